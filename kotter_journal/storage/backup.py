"""Backup: an online copy of the encrypted journal in one file, read again before it counts."""

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa

from kotter_journal.config.files import sync_folder
from kotter_journal.domain.errors import (
    BackupUnusable,
    JournalDamaged,
    StorageFailed,
    StorageTrouble,
)
from kotter_journal.storage.backup_file import (
    BackupFacts,
    check_file,
    private_file,
    write_backup_file,
)
from kotter_journal.storage.database import Database, Transaction, WorkProgress, key_generation
from kotter_journal.storage.journal import DATABASE, Journal, disk_errors
from kotter_journal.storage.key_header import HEADER
from kotter_journal.storage.tables import entry, vault
from kotter_journal.storage.vault import Vault
from kotter_journal.storage.work_folder import work_folder

_PIECE = 1 << 20


class Meter:
    """Adds up bytes for a WorkProgress; the total is a guess until the end."""

    def __init__(self, progress: WorkProgress, total: int) -> None:
        self._progress = progress
        self._total = max(1, total)
        self._done = 0

    def moved(self, size: int) -> None:
        """So many bytes more."""
        self._done = min(self._total, self._done + size)
        self._progress(self._done, self._total)

    def finish(self) -> None:
        """It is all done."""
        self.moved(self._total)

    def look(self) -> None:
        """Give the caller a chance to stop."""
        self.moved(0)


def write_backup(
    journal: Journal, path: Path, taken_at: datetime, progress: WorkProgress
) -> BackupFacts:
    """Copy the journal as it is into ``path`` while it stays in use, and read the copy again.

    The file appears whole and verified or not at all; one that is there is replaced only then.
    Raises JournalDamaged, StorageFailed and what ``progress`` raises.
    """
    with disk_errors(path), work_folder(path.parent) as folder:
        copy = folder / DATABASE
        meter = Meter(progress, 3 * (journal.folder / DATABASE).stat().st_size)
        _copy_database(journal, copy, meter)
        try:
            facts = checked_facts(journal.vault, copy, taken_at, meter.look)
        except JournalDamaged:
            raise StorageFailed(StorageTrouble.DISK_ERROR, path) from None
        header = (journal.folder / HEADER).read_bytes()
        pack(path, header, copy, facts, journal.vault, meter.moved)
        meter.finish()
    return facts


def pack(
    path: Path,
    header: bytes,
    database: Path,
    facts: BackupFacts,
    keys: Vault,
    moved: Callable[[int], None],
) -> None:
    """Write a backup of ``database`` to ``path``, and see that it reads as it was written.

    Raises StorageFailed.
    """
    with disk_errors(path), work_folder(path.parent) as folder:
        made = folder / path.name
        with private_file(made) as out:
            write_backup_file(out, header, database, facts, keys.data_key, moved)
            out.flush()
            os.fsync(out.fileno())
        _put_in_place(made, path, keys, moved)


def _put_in_place(made: Path, path: Path, keys: Vault, moved: Callable[[int], object]) -> None:
    try:
        check_file(made, keys.data_key, moved)
    except BackupUnusable:
        # It is not what was written: the disk does not keep what it is given.
        raise StorageFailed(StorageTrouble.DISK_ERROR, path) from None
    os.replace(made, path)
    sync_folder(path.parent)


def copy_backup(path: Path, to: Path, keys: Vault, progress: WorkProgress) -> Path:
    """Copy a backup file to another place, read again there.

    Raises BackupUnusable where ``path`` itself is not whole, StorageFailed and what ``progress``
    raises; nothing is left then.
    """
    with disk_errors(path):
        meter = Meter(progress, 2 * path.stat().st_size)
    with disk_errors(to), work_folder(to.parent) as folder:
        made = folder / to.name
        with path.open("rb") as source, private_file(made) as out:
            while piece := source.read(_PIECE):
                out.write(piece)
                meter.moved(len(piece))
            out.flush()
            os.fsync(out.fileno())
        try:
            _put_in_place(made, to, keys, meter.moved)
        except StorageFailed:
            check_file(path, keys.data_key, lambda _: meter.look())
            raise
    meter.finish()
    return to


def checked_facts(
    keys: Vault, database: Path, taken_at: datetime, look: Callable[[], None]
) -> BackupFacts:
    """What a closed database holds, after every page and every index of it were read.

    Raises JournalDamaged.
    """
    door = Database(database, keys.database_key, read_only=True, unchanging=True)
    try:
        with door.watched(look), door.transaction() as tx:
            unsound = tx.execute(sa.text("PRAGMA cipher_integrity_check")).first()
            if unsound or tx.execute(sa.text("PRAGMA quick_check")).scalar() != "ok":
                raise JournalDamaged(database)
            return _facts_in(tx, keys.id, taken_at)
    finally:
        door.close()


def _copy_database(journal: Journal, copy: Path, meter: Meter) -> None:
    """One unchanging state in one file, under the same key, while others write on."""
    door = journal.reading()
    try:
        before = _counter(door)
        door.execute_outside("PRAGMA query_only = OFF")
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with door.watched(meter.look):
            door.execute_outside("VACUUM INTO ?", (str(copy),))
        after = _counter(door)
    finally:
        door.close()
    check = Database(copy, journal.vault.database_key, read_only=True, unchanging=True)
    try:
        if not before <= _counter(check) <= after:
            raise JournalDamaged(copy)
    finally:
        check.close()
    meter.moved(copy.stat().st_size)


def _counter(door: Database) -> int:
    with door.transaction() as tx:
        return int(tx.execute(sa.select(vault.c.change_counter)).scalar_one())


def _facts_in(tx: Transaction, vault_id: str, taken_at: datetime) -> BackupFacts:
    alive = entry.c.deleted_at.is_(None)
    counts = sa.select(
        sa.func.count().filter(alive),
        sa.func.count().filter(sa.not_(alive)),
        sa.func.min(entry.c.local_date).filter(alive),
        sa.func.max(entry.c.local_date).filter(alive),
    ).select_from(entry)
    living, trash, first, last = tx.execute(counts).one()
    newest = sa.select(entry.c.heading).where(alive).order_by(entry.c.position.desc()).limit(1)
    return BackupFacts(
        taken_at=taken_at,
        vault=vault_id,
        entries=living,
        trash=trash,
        first_on=None if first is None else date.fromisoformat(first),
        last_on=None if last is None else date.fromisoformat(last),
        last_heading=tx.execute(newest).scalar() or "",
        change_counter=tx.execute(sa.select(vault.c.change_counter)).scalar_one(),
        key_generation=key_generation(tx),
    )
