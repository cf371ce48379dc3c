"""Erasing entries for good."""

from collections.abc import Iterable
from datetime import datetime

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import EntryId
from kotter_journal.domain.errors import EntryMissing
from kotter_journal.storage import day_totals, entries
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.purged import purge, trash_ids
from kotter_journal.storage.stamps import tick


def erase_entries(tx: Transaction, ids: Iterable[EntryId], now: datetime) -> Changes:
    """Erase entries with all their earlier texts; there is no way back. Raises EntryMissing.

    Backups still hold them; see ``erase_in_backups``.
    """
    gone = list(dict.fromkeys(ids))
    if missing := sorted(set(gone) - entries.existing_ids(tx, gone)):
        raise EntryMissing(missing[0])
    if not gone:
        return Changes()
    days = purge(tx, gone, tick(tx, now))
    day_totals.refresh(tx, days)
    return Changes.of(gone, days, membership=True)


def empty_trash(tx: Transaction, now: datetime) -> Changes:
    """Erase for good whatever lies in the trash."""
    return erase_entries(tx, trash_ids(tx), now)
