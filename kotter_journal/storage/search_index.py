"""Search index: how the words of many entries get into it at once."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from kotter_journal.storage.database import Transaction
from kotter_journal.storage.tables import INDEX_THE_REST, TRIGGERS

_BY_TRIGGER = "entry_indexed"
_REST = tuple(map(sa.text, INDEX_THE_REST))
_FORGET = tuple(
    sa.text(f"INSERT INTO {name}({name}) VALUES ('delete-all')")  # noqa: S608  (our own names)
    for name in ("entry_text", "entry_run")
)


def index_anew(tx: Transaction) -> None:
    """Forget every word of the index and read all texts again."""
    for statement in (*_FORGET, *_REST):
        tx.execute(statement)


@contextmanager
def indexed_together(tx: Transaction) -> Iterator[None]:
    """New entries written in here are found only after its end, and cost a third.

    A trigger that may refuse a row makes FTS5 write its index to the file before each row
    (SQLite opens a savepoint for it); one statement for all of them writes it once. Where the
    block fails, the transaction must fail with it.
    """
    tx.execute(sa.text(f"DROP TRIGGER {_BY_TRIGGER}"))
    yield
    for statement in _REST:
        tx.execute(statement)
    tx.execute(sa.text(f"CREATE TRIGGER {_BY_TRIGGER} {TRIGGERS[_BY_TRIGGER]}"))
