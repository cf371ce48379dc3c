"""Backup changes: a backup written anew with something changed in it, verified, then replaced."""

import importlib
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from kotter_journal.domain.errors import BackupTrouble, BackupUnusable
from kotter_journal.storage.backup import Meter, checked_facts, pack
from kotter_journal.storage.backup_file import read_header_of
from kotter_journal.storage.database import Database, Transaction, WorkProgress
from kotter_journal.storage.journal import DATABASE, OLDER_REVISIONS, disk_errors
from kotter_journal.storage.restore import unpack_checked
from kotter_journal.storage.tables import REVISION, alembic_version
from kotter_journal.storage.vault import Vault
from kotter_journal.storage.work_folder import work_folder


def change_database(
    path: Path, keys: Vault, change: Callable[[Transaction], bool], progress: WorkProgress
) -> bool:
    """Let ``change`` alter the database in a backup; it answers whether there was anything to do.

    The backup keeps its date and is replaced only by one that was read through. Raises
    BackupUnusable, StorageFailed and what ``progress`` raises; the backup then is as it was.
    """
    with disk_errors(path), work_folder(path.parent) as folder:
        database = folder / DATABASE
        meter = Meter(progress, 2 * path.stat().st_size)
        said = unpack_checked(path, database, keys, meter)
        if not _changed(path, database, keys, change):
            return False
        facts = checked_facts(keys, database, said.taken_at, meter.look)
        pack(path, read_header_of(path), database, facts, keys, meter.moved)
    return True


def renew_header(path: Path, keys: Vault, progress: WorkProgress) -> bool:
    """Let a backup open as ``keys`` do, with today's passphrase; False where it does already.

    Raises as ``change_database``.
    """
    with disk_errors(path), work_folder(path.parent) as folder:
        if read_header_of(path) == keys.header.content:
            return False
        database = folder / DATABASE
        meter = Meter(progress, 2 * path.stat().st_size)
        facts = unpack_checked(path, database, keys, meter)
        pack(path, keys.header.content, database, facts, keys, meter.moved)
    return True


def _changed(
    path: Path, database: Path, keys: Vault, change: Callable[[Transaction], bool]
) -> bool:
    door = Database(database, keys.database_key)
    try:
        with door.transaction() as tx:
            revision = tx.execute(sa.select(alembic_version.c.version_num)).scalar_one()
        if revision not in (REVISION, *OLDER_REVISIONS):
            raise BackupUnusable(BackupTrouble.TOO_NEW, path)
        if revision != REVISION:
            module = importlib.import_module("kotter_journal.storage.migrations.upgrade")
            module.upgrade_copy(door)
        with door.transaction() as tx:
            changed = change(tx)
        # One file, as it lies in a backup.
        door.execute_outside("PRAGMA journal_mode = DELETE")
    finally:
        door.close()
    return changed
