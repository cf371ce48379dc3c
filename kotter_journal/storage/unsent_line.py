"""UnsentLine: what stood in the quick line when the journal was closed, until it opens again."""

import sqlalchemy as sa

from kotter_journal.storage.database import Transaction

_KEEP = sa.text("UPDATE vault SET extra = json_set(extra, '$.unsent_line', :line)")
_FORGET = sa.text("UPDATE vault SET extra = json_remove(extra, '$.unsent_line')")
_READ = sa.text("SELECT json_extract(extra, '$.unsent_line') FROM vault")


def keep_line(tx: Transaction, line: str) -> None:
    """Keep a line that nobody has sent yet; an empty one is forgotten."""
    if line:
        tx.execute(_KEEP, {"line": line})
    else:
        tx.execute(_FORGET)


def kept_line(tx: Transaction) -> str:
    """The line that was kept; empty without one."""
    return tx.execute(_READ).scalar_one() or ""
