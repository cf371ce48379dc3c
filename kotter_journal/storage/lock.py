"""WriterLock: one process at a time holds the writing door of a journal."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from kotter_journal.domain.errors import JournalBusy

_POLL_SECONDS = 0.05

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # the locked byte lies behind the text, which others may read

    def _take(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """An advisory lock on a file; the system frees it when the process ends, however it ends."""

    def __init__(self, path: Path, wait: float) -> None:
        """Take the lock, waiting at most ``wait`` seconds. Raises JournalBusy and OSError."""
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + wait
        while not self._taken():
            if time.monotonic() >= deadline:
                holder = self._holder()
                os.close(self._handle)
                raise JournalBusy(path.parent, holder)
            time.sleep(_POLL_SECONDS)
        with suppress(OSError):  # who holds it is a courtesy; a full disk must not leak the lock
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, str(os.getpid()).encode())

    def release(self) -> None:
        """Let the next one in."""
        os.close(self._handle)

    def _taken(self) -> bool:
        try:
            _take(self._handle)
        except OSError:
            return False
        return True

    def _holder(self) -> int | None:
        os.lseek(self._handle, 0, os.SEEK_SET)
        text = os.read(self._handle, 20)
        return int(text) if text.isdigit() else None
