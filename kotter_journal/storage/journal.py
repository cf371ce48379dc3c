"""Journal: the folder of one journal, how it is made, and its two doors."""

import errno
import importlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from kotter_journal.config.files import private_folder, sync_folder
from kotter_journal.domain.entries import uuid7
from kotter_journal.domain.errors import (
    JournalDamaged,
    JournalExists,
    JournalMissing,
    JournalTooNew,
    StorageFailed,
    StorageTrouble,
)
from kotter_journal.storage.database import Database
from kotter_journal.storage.entries import milliseconds
from kotter_journal.storage.lock import WriterLock
from kotter_journal.storage.mark import Mark
from kotter_journal.storage.stamps import stamp_of
from kotter_journal.storage.tables import (
    FORMAT_VERSION,
    REVISION,
    alembic_version,
    create_all,
    vault,
)
from kotter_journal.storage.vault import Vault, create_vault, open_vault

DATABASE, LOCK, MARK = "journal.db", "journal.lock", "journal.mark"
OLDER_REVISIONS: tuple[str, ...] = ()
"""Revisions that a migration brings up to today's."""


class Journal:
    """An opened journal: it gives a reading door and, to one process, a writing door."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self.folder = folder
        self._vault = vault
        self._lock: WriterLock | None = None

    def reading(self) -> Database:
        """A connection that cannot write. Raises JournalDamaged and StorageFailed."""
        return Database(self.folder / DATABASE, self._vault.database_key, read_only=True)

    def reading_copy(self, path: Path) -> Database:
        """A connection to a copy of the database that cannot write. Raises JournalDamaged."""
        return Database(path, self._vault.database_key, read_only=True)

    def writing(self, wait: float = 2.0) -> Database:
        """The writing connection, after at most ``wait`` seconds. Raises JournalBusy as well.

        Close the connection first, then the journal.
        """
        with disk_errors(self.folder / LOCK):
            self._lock = self._lock or WriterLock(self.folder / LOCK, wait)
        return Database(self.folder / DATABASE, self._vault.database_key, mark=self._mark())

    def close(self) -> None:
        """Let another process write."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _mark(self) -> Mark:
        return Mark(self.folder / MARK, self._vault.mark_key)

    def check_age(self, counter: int) -> None:
        """Raise StorageFailed where the file is older than the last state that was saved here."""
        if self._mark().read() > counter:
            raise StorageFailed(StorageTrouble.OLDER_THAN_SAVED, self.folder / MARK)


def exists(folder: Path) -> bool:
    """Whether a journal lies in ``folder``."""
    return (folder / DATABASE).is_file()


def create(
    folder: Path,
    keys_folder: Path,
    now: datetime,
    *,
    name: str = "Journal",
    zone: str | None = None,
) -> None:
    """Make an empty journal that this device opens without a passphrase.

    It appears whole or not at all. Raises JournalExists and StorageFailed.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise JournalExists(folder)
    with disk_errors(folder):
        private_folder(folder.parent)
        made = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
        made.mkdir(mode=0o700)
        try:
            _fill(made, keys_folder, now, name, zone)
            if folder.exists():
                folder.rmdir()
            made.rename(folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def open_journal(folder: Path, keys_folder: Path) -> Journal:
    """Open the journal in ``folder``, brought up to today's schema where it is older.

    Raises JournalMissing, KeyUnavailable, JournalTooNew, JournalDamaged and StorageFailed.
    """
    if not exists(folder):
        raise JournalMissing(folder)
    if not (folder / DATABASE).stat().st_size:
        # SQLite takes an empty file for a new database and would begin to fill it.
        raise JournalDamaged(folder / DATABASE)
    with disk_errors(folder):
        journal = Journal(folder, open_vault(folder, keys_folder))
        revision, min_reader, counter = _state(journal)
    if min_reader > FORMAT_VERSION or revision not in (REVISION, *OLDER_REVISIONS):
        raise JournalTooNew(folder)
    journal.check_age(counter)
    if revision != REVISION:
        # Alembic is heavy and almost never needed, so it is loaded only here.
        importlib.import_module("kotter_journal.storage.migrations.upgrade").upgrade(journal)
    return journal


def _state(journal: Journal) -> tuple[str, int, int]:
    """Revision, oldest format that may read it, and change counter."""
    door = journal.reading()
    try:
        with door.transaction() as tx:
            revision = tx.execute(sa.select(alembic_version.c.version_num)).scalar_one()
            row = tx.execute(sa.select(vault.c.min_reader, vault.c.change_counter)).one()
    except sa.exc.SQLAlchemyError as error:
        raise JournalDamaged(journal.folder / DATABASE) from error
    finally:
        door.close()
    return revision, row.min_reader, row.change_counter


def _fill(folder: Path, keys_folder: Path, now: datetime, name: str, zone: str | None) -> None:
    keys = create_vault(folder, keys_folder)
    path = folder / DATABASE
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    door = Database(path, keys.database_key)
    device = uuid7(now, secrets.randbits(74))
    with door.transaction() as tx:
        create_all(tx)
        tx.execute(sa.insert(alembic_version).values(version_num=REVISION))
        tx.execute(
            sa.insert(vault).values(
                id=keys.id,
                device_id=device,
                name=name,
                time_zone=zone,
                created_at=milliseconds(now),
                format_version=FORMAT_VERSION,
                min_reader=FORMAT_VERSION,
                hlc=stamp_of(now, device),
                change_counter=0,
            )
        )
    door.close()


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """What the file system refuses, in the words of the journal."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        closed = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        trouble = StorageTrouble.DISK_FULL if full else StorageTrouble.DISK_ERROR
        raise StorageFailed(StorageTrouble.READ_ONLY if closed else trouble, path) from error
