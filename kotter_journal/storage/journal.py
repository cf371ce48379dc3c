"""Journal: the folder of one journal, how it is made, and its two doors."""

import errno
import importlib
import os
import secrets
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import Enum
from pathlib import Path

import sqlalchemy as sa

from kotter_journal.config.files import private_folder, sync_folder
from kotter_journal.domain.entries import uuid7
from kotter_journal.domain.errors import (
    JournalDamaged,
    JournalExists,
    JournalMissing,
    JournalTooNew,
    KeyTrouble,
    KeyUnavailable,
    KotterError,
    StorageFailed,
    StorageTrouble,
)
from kotter_journal.storage.database import (
    Database,
    Transaction,
    keep_key_generation,
    key_generation,
)
from kotter_journal.storage.entries import milliseconds
from kotter_journal.storage.key_header import HEADER, read_header, write_header
from kotter_journal.storage.lock import WriterLock
from kotter_journal.storage.mark import Mark
from kotter_journal.storage.recovery_key import RecoveryKey
from kotter_journal.storage.stamps import stamp_of
from kotter_journal.storage.tables import (
    FORMAT_VERSION,
    REVISION,
    alembic_version,
    create_all,
    vault,
)
from kotter_journal.storage.vault import (
    Vault,
    create_vault,
    forget_device,
    open_vault,
    renew_header,
)

DATABASE, LOCK, MARK = "journal.db", "journal.lock", "journal.mark"
OLDER_REVISIONS: tuple[str, ...] = ("0001", "0002")
"""Revisions that a migration brings up to today's."""


class Older(Enum):
    """What to do with a journal that is older than the last state saved on this computer."""

    REFUSED = "refused"
    READ = "read"
    ACCEPTED = "accepted"


class Journal:
    """An opened journal: it gives a reading door and, to one process, a writing door."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self.folder = folder
        self._vault = vault
        self._lock: WriterLock | None = None
        self._copies: list[weakref.finalize[..., Journal]] = []

    def reading(self) -> Database:
        """A connection that cannot write. Raises JournalDamaged and StorageFailed."""
        path = self.folder / DATABASE
        if os.access(self.folder, os.W_OK):
            return Database(path, self._vault.database_key, read_only=True)
        with disk_errors(path):
            return self._reading_untouched(path)

    def _reading_untouched(self, path: Path) -> Database:
        """In a folder where nothing can be made, not even what SQLite needs beside a file.

        What only the log holds is brought into a copy, which is encrypted like the file itself.
        """
        log = path.with_name(f"{path.name}-wal")
        if log.is_file() and log.stat().st_size:
            copies = Path(tempfile.mkdtemp(prefix="kotter-journal-"))
            self.goes_with(copies)
            for file in (path, log):
                shutil.copyfile(file, copies / file.name)
            path = copies / path.name
            merging = Database(path, self._vault.database_key)
            merging.empty_log()
            merging.close()
        return Database(path, self._vault.database_key, read_only=True, unchanging=True)

    def writing(self, wait: float = 2.0) -> Database:
        """The writing connection, after at most ``wait`` seconds. Raises JournalBusy as well.

        Close the connection first, then the journal.
        """
        with disk_errors(self.folder / LOCK):
            self._lock = self._lock or WriterLock(self.folder / LOCK, wait)
        door = Database(self.folder / DATABASE, self._vault.database_key, mark=self._mark())
        # It may lag: a full disk must not keep anybody out of a journal that can be read.
        with suppress(StorageFailed), door.transaction() as tx:
            if key_generation(tx) < self._vault.generation:
                keep_key_generation(tx, self._vault.generation)
        with suppress(StorageFailed):
            door.finish_wiping()
        return door

    @property
    def vault(self) -> Vault:
        """Its keys, and the ways to open it."""
        return self._vault

    def keep_vault(self, tx: Transaction, vault: Vault) -> None:
        """Go on with a vault whose header was changed; ``tx`` is of the writing door."""
        self._vault = vault
        keep_key_generation(tx, vault.generation)

    def check_generation(self, seen: int) -> None:
        """Raise KeyUnavailable where the key header is older than one the journal has seen."""
        if self._vault.generation < seen:
            raise KeyUnavailable(KeyTrouble.HEADER_TAMPERED, self.folder / HEADER)

    def goes_with(self, folder: Path) -> None:
        """Have a folder of copies removed when the journal is closed, or the program ends."""
        self._copies.append(weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True))

    def close(self) -> None:
        """Let another process write, and leave no copies."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        for remove in self._copies:
            remove()

    def _mark(self) -> Mark:
        return Mark(self.folder / MARK, self._vault.mark_key)

    def check_age(self, counter: int) -> None:
        """Raise StorageFailed where the file is older than the last state that was saved here."""
        if self._mark().read() > counter:
            raise StorageFailed(StorageTrouble.OLDER_THAN_SAVED, self.folder / DATABASE)

    def accept_age(self, counter: int) -> None:
        """Take the state in the file for the last one, whatever was saved here later.

        Raises JournalBusy and StorageFailed.
        """
        with disk_errors(self.folder / MARK):
            self._lock = self._lock or WriterLock(self.folder / LOCK, 0)
            self._mark().set_back(counter)


def exists(folder: Path) -> bool:
    """Whether a journal lies in ``folder``."""
    return (folder / DATABASE).is_file()


def needs_passphrase(folder: Path) -> bool:
    """Whether the journal in ``folder`` is locked with a passphrase; reads one small file.

    The system's keyring may still open it. Raises JournalMissing, KeyUnavailable, JournalTooNew
    and StorageFailed.
    """
    if not exists(folder):
        raise JournalMissing(folder)
    with disk_errors(folder):
        return read_header(folder).facts.passphrase


def create(
    folder: Path,
    keys_folder: Path,
    now: datetime,
    *,
    name: str = "Journal",
    zone: str | None = None,
    passphrase: str | None = None,
) -> RecoveryKey:
    """Make an empty journal that opens with a passphrase, or else on this device by itself.

    It appears whole or not at all. Answers with its recovery key, which the opened journal can
    show until its owner has kept it. Raises JournalExists and StorageFailed.
    """
    with appearing(folder) as made:
        return _fill(made, keys_folder, now, name, zone, passphrase)


def fill_with_keys(
    folder: Path, keys: Vault, now: datetime, *, name: str, zone: str | None
) -> None:
    """Make an empty journal in an empty folder that opens as another one does. Raises OSError."""
    write_header(folder, keys.header)
    _fill_database(folder / DATABASE, keys, now, name, zone)


@contextmanager
def appearing(folder: Path) -> Iterator[Path]:
    """A folder to fill, which becomes ``folder`` at the end, or goes with all that is in it.

    Raises JournalExists where anything is there already, and StorageFailed.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise JournalExists(folder)
    with disk_errors(folder):
        private_folder(folder.parent)
        made = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
        made.mkdir(mode=0o700)
        try:
            yield made
            if folder.exists():
                folder.rmdir()
            made.rename(folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def open_journal(
    folder: Path,
    keys_folder: Path,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
) -> Journal:
    """Open the journal in ``folder``, brought up to today's schema where it is older.

    A passphrase is not looked at where the journal has none. Raises JournalMissing,
    WrongPassphrase, MistypedRecoveryKey, KeyUnavailable, JournalTooNew, JournalDamaged and
    StorageFailed.
    """
    if not exists(folder):
        raise JournalMissing(folder)
    with disk_errors(folder):
        keys = open_vault(folder, keys_folder, passphrase=passphrase, recovery_key=recovery_key)
    return open_with_keys(folder, keys)


def open_with_keys(folder: Path, keys: Vault, *, older: Older = Older.REFUSED) -> Journal:
    """The same with keys that are at hand. Raises as ``open_journal``, and JournalBusy.

    ``older`` says what to do with a file that is older than the last state saved here.
    """
    if not exists(folder):
        raise JournalMissing(folder)
    if not (folder / DATABASE).stat().st_size:
        # SQLite takes an empty file for a new database and would begin to fill it.
        raise JournalDamaged(folder / DATABASE)
    with disk_errors(folder):
        journal = Journal(folder, keys)
        revision, min_reader, counter, generation = _state(journal)
    journal.check_generation(generation)
    if min_reader > FORMAT_VERSION or revision not in (REVISION, *OLDER_REVISIONS):
        raise JournalTooNew(folder)
    if older is Older.REFUSED:
        journal.check_age(counter)
    elif older is Older.ACCEPTED:
        journal.accept_age(counter)
    if revision != REVISION:
        # Alembic is heavy and almost never needed, so it is loaded only here.
        importlib.import_module("kotter_journal.storage.migrations.upgrade").upgrade(journal)
    return journal


def open_anew(journal: Journal, door: Database) -> tuple[Journal, Database]:
    """Open a journal and its writing door again, whose files were replaced or away meanwhile.

    Every other door of it is closed by then; these are closed whatever happens. Raises as
    ``open_with_keys``, and JournalBusy.
    """
    with _aside(door.strange_files), suppress(KotterError, sa.exc.SQLAlchemyError):
        door.close()
    journal.close()
    anew = open_with_keys(journal.folder, journal.vault)
    try:
        return anew, anew.writing()
    except BaseException:
        anew.close()
        raise


@contextmanager
def _aside(strange: list[Path]) -> Iterator[None]:
    """Keep files out of SQLite's way, which removes a log by its name, whosever it is."""
    moved = [(path, path.with_name(f".{path.name}.{secrets.token_hex(4)}")) for path in strange]
    for path, aside in moved:
        path.rename(aside)
    try:
        yield
    finally:
        for path, aside in moved:
            aside.rename(path)


def put_keys_back(folder: Path, keys: Vault) -> None:
    """Write the key header of ``keys`` into ``folder``, as newer than any the journal has seen.

    Only where the database opens with them. Raises JournalMissing, JournalDamaged, StorageFailed.
    """
    if not exists(folder):
        raise JournalMissing(folder)
    with disk_errors(folder):
        *_, seen = _state(Journal(folder, keys))
        renew_header(keys, folder, max(seen, keys.generation) + 1)


def _state(journal: Journal) -> tuple[str, int, int, int]:
    """Revision, oldest format that may read it, change counter, generation of the key header."""
    door = journal.reading()
    try:
        with door.transaction() as tx:
            revision = tx.execute(sa.select(alembic_version.c.version_num)).scalar_one()
            row = tx.execute(sa.select(vault.c.min_reader, vault.c.change_counter)).one()
            generation = key_generation(tx)
    except sa.exc.SQLAlchemyError as error:
        raise JournalDamaged(journal.folder / DATABASE) from error
    finally:
        door.close()
    return revision, row.min_reader, row.change_counter, generation


def _fill(
    folder: Path,
    keys_folder: Path,
    now: datetime,
    name: str,
    zone: str | None,
    passphrase: str | None,
) -> RecoveryKey:
    keys, recovery_key = create_vault(folder, keys_folder, passphrase=passphrase)
    try:
        _fill_database(folder / DATABASE, keys, now, name, zone)
    except BaseException:
        forget_device(keys)
        raise
    return recovery_key


def _fill_database(path: Path, keys: Vault, now: datetime, name: str, zone: str | None) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    door = Database(path, keys.database_key)
    device = uuid7(now, secrets.randbits(74))
    try:
        with door.transaction() as tx:
            create_all(tx)
            keep_key_generation(tx, keys.generation)
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
    finally:
        door.close()  # an open file of a folder that goes would keep its room


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
