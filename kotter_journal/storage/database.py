"""Database: one SQLCipher connection, its key, its pragmas and its transactions."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
from kotter_journal.storage.mark import Mark

Transaction = sa.Connection
"""What every function of this room takes first; services name it without knowing SQLAlchemy."""

_BUSY_TIMEOUT_MS = 5000
_MARK_SECONDS = 1.0
_PRAGMAS = (
    "cipher_compatibility = 4",
    "temp_store = MEMORY",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "foreign_keys = ON",
    "mmap_size = 0",
    f"busy_timeout = {_BUSY_TIMEOUT_MS}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
)


class Database:
    """One connection to the encrypted file; it belongs to the thread that made it."""

    def __init__(
        self, path: Path, key: bytes, *, read_only: bool = False, mark: Mark | None = None
    ) -> None:
        """Open ``path`` with a raw 32-byte key; a writing door keeps ``mark`` up to date.

        Raises JournalDamaged and StorageFailed.
        """
        self.path = path
        self._thread = threading.get_ident()
        self._mark = mark
        self._marked_at = 0.0
        self._begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
        with self._translated():
            driver = _connect(path, key, read_only=read_only)
        # The pool holds the one connection that exists; the key never stands in an address.
        self._engine = sa.create_engine(
            "sqlite://",
            module=sqlcipher,
            creator=lambda: driver,
            poolclass=StaticPool,
            hide_parameters=True,
        )
        sa.event.listen(self._engine, "begin", self._on_begin)
        with self._translated():
            self._connection = self._engine.connect()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One transaction: kept as a whole, or not at all.

        A read-only door sees one unchanging state of the journal in it. Raises KotterError for
        what the disk refuses.
        """
        self._check_thread()
        counter = None
        with self._translated(), self._connection.begin():
            yield self._connection
            if self._mark is not None and time.monotonic() - self._marked_at >= _MARK_SECONDS:
                counter = self._change_counter()
        if counter is not None:
            self._write_mark(counter)

    def execute_outside(self, statement: str, values: tuple[str, ...] = ()) -> None:
        """Run what SQLite ignores or refuses inside a transaction, such as VACUUM INTO."""
        self._check_thread()
        with self._translated():
            driver: Any = self._connection.connection.driver_connection
            driver.execute(statement, values)

    def close(self) -> None:
        """Bring the mark up to date and close the connection."""
        self._check_thread()
        if self._mark is not None:
            with self._translated(), self._connection.begin():
                counter = self._change_counter()
            self._write_mark(counter)
        self._connection.close()
        self._engine.dispose()

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


_DAMAGE = ("not a database", "malformed", "corrupt", "hmac check failed", "file is encrypted")
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


def _connect(path: Path, key: bytes, *, read_only: bool) -> Any:
    """A keyed connection with every pragma set, in the order that SQLCipher needs."""
    connection = sqlcipher.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=_BUSY_TIMEOUT_MS / 1000
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.Error:
        connection.close()
        raise
    return connection
