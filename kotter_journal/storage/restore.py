"""Restore: a journal made from a backup, never over one that exists."""

import secrets
import tempfile
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from kotter_journal.domain.entries import uuid7
from kotter_journal.domain.errors import (
    BackupTrouble,
    BackupUnusable,
    JournalDamaged,
    KeyUnavailable,
    WrongPassphrase,
)
from kotter_journal.storage.backup import Meter, checked_facts
from kotter_journal.storage.backup_file import BackupFacts, read_header_of, unpack
from kotter_journal.storage.database import Database, Transaction, WorkProgress
from kotter_journal.storage.journal import DATABASE, MARK, appearing, disk_errors
from kotter_journal.storage.key_header import HEADER, write_header
from kotter_journal.storage.mark import Mark
from kotter_journal.storage.tables import FORMAT_VERSION, vault
from kotter_journal.storage.vault import Vault, open_vault
from kotter_journal.storage.work_folder import TEMPORARY


def check_backup(path: Path, keys: Vault, progress: WorkProgress) -> BackupFacts:
    """Read a backup through, open its database and read every page of it.

    Raises BackupUnusable, StorageFailed and what ``progress`` raises.
    """
    with disk_errors(path), tempfile.TemporaryDirectory(prefix=TEMPORARY) as folder:
        meter = Meter(progress, 2 * path.stat().st_size)
        return unpack_checked(path, Path(folder) / DATABASE, keys, meter)


def open_backup(
    path: Path,
    keys_folder: Path,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
) -> Vault:
    """The keys of a backup, by its own header. Raises BackupUnusable and as ``open_vault``."""
    with disk_errors(path), tempfile.TemporaryDirectory(prefix=TEMPORARY) as folder:
        (Path(folder) / HEADER).write_bytes(read_header_of(path))
        try:
            return open_vault(
                Path(folder), keys_folder, passphrase=passphrase, recovery_key=recovery_key
            )
        except WrongPassphrase:
            raise WrongPassphrase(path) from None
        except KeyUnavailable as error:
            inside = error.path.parent == Path(folder)
            raise KeyUnavailable(error.trouble, path if inside else error.path) from None


def restore(
    path: Path, into: Path, keys: Vault, now: datetime, progress: WorkProgress
) -> BackupFacts:
    """Make a journal in the new folder ``into`` from a backup; it opens with ``keys``.

    It appears whole and verified or not at all. It counts as another device of the same journal.
    Raises JournalExists, BackupUnusable, StorageFailed and what ``progress`` raises.
    """
    with appearing(into) as made:
        return _fill(made, path, keys, now, progress)


def _fill(
    folder: Path, path: Path, keys: Vault, now: datetime, progress: WorkProgress
) -> BackupFacts:
    database = folder / DATABASE
    with disk_errors(path):
        meter = Meter(progress, 2 * path.stat().st_size)
        checked = unpack_checked(path, database, keys, meter)
    write_header(folder, keys.header)
    door = Database(database, keys.database_key)
    try:
        with door.transaction() as tx:
            if tx.execute(sa.select(vault.c.min_reader)).scalar_one() > FORMAT_VERSION:
                raise BackupUnusable(BackupTrouble.TOO_NEW, path)
            _become_another_device(tx, now)
    finally:
        door.close()
    Mark(folder / MARK, keys.mark_key).write(checked.change_counter)
    return checked


def unpack_checked(path: Path, database: Path, keys: Vault, meter: Meter) -> BackupFacts:
    """The database of a backup in a file of its own, every page read.

    Raises BackupUnusable and OSError.
    """
    said = unpack(path, database, keys.data_key, meter.moved)
    try:
        found = checked_facts(keys, database, said.taken_at, meter.look)
    except JournalDamaged:
        raise BackupUnusable(BackupTrouble.DAMAGED, path) from None
    meter.finish()
    return found


def _become_another_device(tx: Transaction, now: datetime) -> None:
    """Two devices of one id would give two changes the same stamp."""
    device = uuid7(now, secrets.randbits(74))
    clock = tx.execute(sa.select(vault.c.hlc)).scalar_one().rpartition("-")[0]
    tx.execute(sa.update(vault).values(device_id=device, hlc=f"{clock}-{device[-8:]}"))
