"""Erasing entries for good."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import EntryId
from kotter_journal.domain.errors import BackupUnusable, EntryMissing
from kotter_journal.storage import day_totals, entries
from kotter_journal.storage.backup_changes import change_database
from kotter_journal.storage.database import Transaction, WorkProgress
from kotter_journal.storage.purged import Taken, purge, taken_from, trash_ids
from kotter_journal.storage.stamps import tick
from kotter_journal.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class ErasedInBackups:
    """Which backups were written anew, and which could not be read, so that they were left."""

    rewritten: tuple[Path, ...]
    unreadable: tuple[Path, ...]


def goes_as_well(tx: Transaction, ids: Iterable[EntryId]) -> Taken:
    """How many commitments and tasks, taken from these entries, are erased with them."""
    return taken_from(tx, list(dict.fromkeys(ids)))


def erase_entries(tx: Transaction, ids: Iterable[EntryId], now: datetime) -> Changes:
    """Erase entries with all their earlier texts; there is no way back. Raises EntryMissing.

    The commitments and tasks that were taken from them go as well, since they hold their words.
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


def erase_in_backups(
    paths: Sequence[Path],
    vault: Vault,
    ids: Collection[EntryId],
    now: datetime,
    *,
    progress: WorkProgress = lambda _done, _total: None,
) -> ErasedInBackups:
    """Erase entries in each of these backups that holds one; ``purged_ids`` are all that ever were.

    A backup is replaced only by one that was read through; where a disk refuses, it stays whole
    and those before it are done. Raises StorageFailed and what ``progress`` raises.
    """
    rewritten, unreadable = [], []

    def erase(tx: Transaction) -> bool:
        held = entries.existing_ids(tx, ids)
        if held:
            day_totals.refresh(tx, purge(tx, sorted(held), tick(tx, now)))
        return bool(held)

    for number, path in enumerate(paths):
        progress(number, len(paths))
        try:
            if change_database(
                path, vault, erase, lambda *_, number=number: progress(number, len(paths))
            ):
                rewritten.append(path)
        except BackupUnusable:
            unreadable.append(path)
    progress(len(paths), len(paths))
    return ErasedInBackups(tuple(rewritten), tuple(unreadable))
