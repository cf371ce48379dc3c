"""Search index: how the words of many entries get into it at once."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from kotter_journal.storage.database import Transaction
from kotter_journal.storage.tables import TRIGGERS

_BY_TRIGGER = "entry_indexed"
_INDEX_THE_REST = sa.text(
    "INSERT INTO entry_text(rowid, title, body) SELECT position, title, body FROM entry"
    " WHERE deleted_at IS NULL AND position NOT IN (SELECT id FROM entry_text_docsize)"
    " ORDER BY position"
)
_INDEX_ANEW = (
    sa.text("INSERT INTO entry_text(entry_text) VALUES ('delete-all')"),
    _INDEX_THE_REST,
)


def index_anew(tx: Transaction) -> None:
    """Forget every word of the index and read all texts again."""
    for statement in _INDEX_ANEW:
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
    tx.execute(_INDEX_THE_REST)
    tx.execute(sa.text(f"CREATE TRIGGER {_BY_TRIGGER} {TRIGGERS[_BY_TRIGGER]}"))
