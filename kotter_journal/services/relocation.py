"""Relocation: a journal goes to another folder by way of a backup, which stays."""

from datetime import datetime
from pathlib import Path

from kotter_journal.services.backups import back_up_to, restore_backup
from kotter_journal.storage.backup_file import BackupFacts
from kotter_journal.storage.database import WorkProgress
from kotter_journal.storage.journal import Journal


def move_journal(
    journal: Journal, into: Path, backups: Path, now: datetime, *, progress: WorkProgress
) -> BackupFacts:
    """Back ``journal`` up to the folder ``backups``, and restore that into the new folder ``into``.

    The old one stays as it is. Nobody may write to it meanwhile. Raises JournalExists,
    StorageFailed and what ``progress`` raises; of ``into`` nothing is left then.
    """
    path, _ = back_up_to(
        journal, backups, now, progress=lambda done, total: progress(done, 2 * total)
    )
    return restore_backup(
        path,
        into,
        journal.vault,
        now,
        progress=lambda done, total: progress(total + done, 2 * total),
    )
