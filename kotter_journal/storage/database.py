"""Database: one SQLCipher connection, its key, its pragmas and its transactions."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.pool import StaticPool

from kotter_journal.domain.errors import (
    EntryProblem,
    InvalidEntry,
    JournalDamaged,
    KotterError,
    StorageFailed,
    StorageTrouble,
)
from kotter_journal.storage.connection import check_there, connect
from kotter_journal.storage.mark import Mark

Transaction = sa.Connection
"""What every function of this room takes first; services name it without knowing SQLAlchemy."""

WorkProgress = Callable[[int, int], None]
"""Hears how much of how much is done; it may raise Cancelled to stop the work."""

_WIPE = "wipe"
_TO_WIPE = "UPDATE vault SET extra = json_set(extra, '$.wipe', 1)"
_WIPED = "UPDATE vault SET extra = json_remove(extra, '$.wipe')"
_WIPE_IS_DUE = "SELECT json_extract(extra, '$.wipe') FROM vault"
_STEPS_BETWEEN_LOOKS = 20_000
"""Steps of SQLite's machine after which a long statement is looked at."""

_MARK_SECONDS = 1.0


class Database:
    """One connection to the encrypted file; it belongs to the thread that made it."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        *,
        read_only: bool = False,
        unchanging: bool = False,
        mark: Mark | None = None,
    ) -> None:
        """Open ``path`` with a raw 32-byte key; a writing door keeps ``mark`` up to date.

        An ``unchanging`` file is read as it lies there, without its write-ahead log and without
        any file made beside it. Raises JournalDamaged and StorageFailed.
        """
        self.path = path
        self.read_only = read_only
        self._thread = threading.get_ident()
        self._mark = mark
        self._marked_at = 0.0
        self._begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
        if read_only or mark is not None:
            check_there(path)
        self._dial = partial(connect, path, key, read_only=read_only, unchanging=unchanging)
        self._connect()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One transaction: kept as a whole, or not at all.

        A read-only door sees one unchanging state of the journal in it. Raises KotterError for
        what the disk refuses.
        """
        self._check_thread()
        counter = None
        try:
            with self._translated(), self._connection.begin():
                yield self._connection
                self._check_files()
                if self._mark is not None and time.monotonic() - self._marked_at >= _MARK_SECONDS:
                    counter = self._change_counter()
        except JournalDamaged:
            self._connect_anew()
            raise
        except StorageFailed as error:
            if error.trouble is StorageTrouble.GONE:
                # Where only the log is gone, all that was acknowledged comes into the file.
                with suppress(StorageFailed):
                    self.empty_log()
            raise
        if counter is not None:
            self._write_mark(counter)
        if _WIPE in self._connection.info:
            # The change itself is kept; where the disk refuses, a later transaction wipes.
            with suppress(StorageFailed):
                self._wipe()

    def empty_log(self) -> bool:
        """Bring everything into the file and cut the write-ahead log to nothing.

        False where another connection still reads an older state. Raises StorageFailed.
        """
        self._check_thread()
        with self._translated():
            busy, *_ = self._driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def _wipe(self) -> None:
        """Write the file anew from what it holds, and empty the log.

        ``secure_delete`` alone leaves words in the unused ends of pages that were divided.
        """
        info = self._connection.info
        if info[_WIPE]:
            self.execute_outside("VACUUM")
            with self._translated(), self._connection.begin():
                self._connection.exec_driver_sql(_WIPED)
            info[_WIPE] = False
        if self.empty_log():
            del info[_WIPE]

    def finish_wiping(self) -> None:
        """Wipe what a full disk or the end of the program kept from being wiped.

        Raises StorageFailed.
        """
        with self._translated(), self._connection.begin():
            due = self._connection.exec_driver_sql(_WIPE_IS_DUE).scalar()
        if due:
            self._connection.info[_WIPE] = True
            self._wipe()

    @contextmanager
    def watched(self, look: Callable[[], None]) -> Iterator[None]:
        """Call ``look`` now and then while a long statement runs; what it raises stops that."""
        stopped: list[BaseException] = []

        def looked() -> int:
            try:
                look()
            except BaseException as error:  # noqa: BLE001 - it goes on behind SQLite's back
                stopped.append(error)
            return len(stopped)

        self._driver.set_progress_handler(looked, _STEPS_BETWEEN_LOOKS)
        try:
            yield
        except (sa.exc.DBAPIError, sqlcipher.Error, KotterError):
            if stopped:
                raise stopped[0] from None
            raise
        finally:
            self._driver.set_progress_handler(None, 0)

    def execute_outside(self, statement: str, values: tuple[str, ...] = ()) -> None:
        """Run what SQLite ignores or refuses inside a transaction, such as VACUUM INTO."""
        self._check_thread()
        with self._translated():
            self._driver.execute(statement, values)

    @property
    def strange_files(self) -> list[Path]:
        """Files that lie where this connection has its own, and are others."""
        return [path for path, one in self._files if _identity(path) not in (one, None)]

    def close(self) -> None:
        """Bring the mark up to date and close the connection."""
        self._check_thread()
        try:
            if self._mark is not None:
                with self._translated(), self._connection.begin():
                    counter = self._change_counter()
                self._write_mark(counter)
        finally:
            self._connection.close()
            self._engine.dispose()

    def _connect(self) -> None:
        """Raises JournalDamaged and StorageFailed."""
        with self._translated():
            driver = self._dial()
        self._files = () if self.read_only else _identities(self.path)
        # The pool holds the one connection that exists; the key never stands in an address.
        self._engine = sa.create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=lambda: driver,
            poolclass=StaticPool,
            hide_parameters=True,
        )
        sa.event.listen(self._engine, "begin", self._on_begin)
        try:
            with self._translated():
                self._connection = self._engine.connect()
        except BaseException:
            driver.close()
            raise

    def _connect_anew(self) -> None:
        """After a damaged page: SQLCipher refuses sound ones as well from then on.

        Not where the file is another one by now; that has to be told.
        """
        if any(_identity(path) != one for path, one in self._files):
            return
        with suppress(KotterError, sa.exc.SQLAlchemyError):
            check_there(self.path)
            before, engine = self._connection, self._engine
            self._connect()
            before.close()
            engine.dispose()

    @property
    def _driver(self) -> Any:
        return self._connection.connection.driver_connection

    def _check_files(self) -> None:
        """Refuse to keep what would go into a file that nobody can find any more.

        A file that was deleted or replaced still takes what an open connection writes.
        """
        for path, identity in self._files:
            if _identity(path) != identity:
                raise StorageFailed(StorageTrouble.GONE, path)

    def _change_counter(self) -> int:
        counter = self._connection.exec_driver_sql("SELECT change_counter FROM vault").scalar()
        return int(counter or 0)

    def _write_mark(self, counter: int) -> None:
        """A mark that lags is harmless, so that a full disk does not undo a save that is kept."""
        if self._mark is not None:
            with suppress(OSError):
                self._mark.write(counter)
            self._marked_at = time.monotonic()

    def _check_thread(self) -> None:
        if threading.get_ident() != self._thread:
            raise RuntimeError("a database connection was used outside the thread that made it")

    def _on_begin(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(self._begin)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Driver errors that a person can meet become KotterErrors; the rest are bugs and pass."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            known = self._known(error.orig)
            if known is None:
                raise
            raise known from None
        except sqlcipher.Error as error:
            known = self._known(error)
            if known is None:
                raise
            raise known from None

    def _known(self, error: BaseException | None) -> KotterError | None:
        """The error a person can act on, by SQLite's own message."""
        message = str(error).lower()
        if message in _BROKEN_RULES:
            return InvalidEntry(_BROKEN_RULES[message])
        if any(word in message for word in _DAMAGE):
            return JournalDamaged(self.path)
        for words, trouble in _TROUBLES.items():
            if words in message:
                return StorageFailed(trouble, self.path)
        return None


def key_generation(tx: Transaction) -> int:
    """The highest generation of the key header that the journal has seen; 0 before the first."""
    return int(tx.exec_driver_sql("PRAGMA user_version").scalar_one())


def keep_key_generation(tx: Transaction, generation: int) -> None:
    """Remember the generation of the key header, so that an older one put back is noticed."""
    tx.exec_driver_sql(f"PRAGMA user_version = {generation:d}")


_DAMAGE = (
    "not a database",
    "malformed",
    "corrupt",
    "hmac check failed",
    "file is encrypted",
    "vtable constructor failed",  # the search index does not find its own pages
)
_TROUBLES = {
    "disk is full": StorageTrouble.DISK_FULL,
    "readonly database": StorageTrouble.READ_ONLY,
    "unable to open database": StorageTrouble.READ_ONLY,
    "disk i/o error": StorageTrouble.DISK_ERROR,
    "database is locked": StorageTrouble.BUSY,
    "database table is locked": StorageTrouble.BUSY,
}
_BROKEN_RULES = {
    "t2": EntryProblem.OVER_ALLOCATED,
    "t3": EntryProblem.MINUTES_WITHOUT_DURATION,
    "t4": EntryProblem.DAY_TOO_LONG,
}


def wipe_after(tx: Transaction) -> None:
    """Have everything that is no longer in use go from file and log, after the commit.

    The journal remembers it until it is done.
    """
    tx.exec_driver_sql(_TO_WIPE)
    tx.info[_WIPE] = True


def _identities(path: Path) -> tuple[tuple[Path, tuple[int, int] | None], ...]:
    return tuple((one, _identity(one)) for one in (path, path.with_name(f"{path.name}-wal")))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
