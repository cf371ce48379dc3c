"""Connection: the driver's own, with its key and every pragma set."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from kotter_journal.domain.errors import JournalDamaged, StorageFailed, StorageTrouble
from kotter_journal.storage.pages import PAGE

_BUSY_TIMEOUT_MS = 5000
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


def connect(path: Path, key: bytes, *, read_only: bool, unchanging: bool) -> Any:
    """A keyed connection with every pragma set, in the order that SQLCipher needs."""
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?immutable=1" if unchanging else str(path),
        isolation_level=None,
        check_same_thread=False,
        timeout=_BUSY_TIMEOUT_MS / 1000,
        uri=unchanging,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in _PRAGMAS:
            # Whoever only reads must not change how the file is kept.
            if not (read_only and pragma.startswith("journal_mode")):
                connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.Error:
        connection.close()
        raise
    return connection


def check_there(path: Path) -> None:
    """See that a file lies there which could be a database.

    SQLite takes none, or next to none, for a new one and would begin to fill it. Raises
    StorageFailed and JournalDamaged.
    """
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise StorageFailed(StorageTrouble.GONE, path) from None
    if size < PAGE:
        raise JournalDamaged(path)
