"""Trash: how many entries lie in it, and since when."""

from datetime import datetime

import sqlalchemy as sa

from kotter_journal.domain.entries import EntryId
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.entries import instant
from kotter_journal.storage.tables import entry


def size(tx: Transaction) -> int:
    """How many entries lie in the trash."""
    asked = sa.select(sa.func.count()).where(entry.c.deleted_at.is_not(None))
    return int(tx.execute(asked.select_from(entry)).scalar_one())


def deleted_at(tx: Transaction) -> dict[EntryId, datetime]:
    """When each entry of the trash was deleted, as an instant in UTC."""
    asked = sa.select(entry.c.id, entry.c.deleted_at).where(entry.c.deleted_at.is_not(None))
    return {EntryId(row.id): instant(int(row.deleted_at[:12], 16)) for row in tx.execute(asked)}
