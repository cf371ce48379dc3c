"""Mark: how far the journal had come when this computer last saved it.

SQLite takes a lost write-ahead log for an empty one and opens an older state without a word. The
mark stands outside the database: two slots of 40 bytes, each a change counter (big-endian, 64 bit)
and its HMAC-SHA256, written in turn, so that one whole slot always remains.
"""

import hashlib
import hmac
import os
from pathlib import Path

from kotter_journal.config.files import write_atomically

_COUNTER, _SEAL = 8, 32
_SLOT = _COUNTER + _SEAL


class Mark:
    """The high-water mark in one file."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def read(self) -> int:
        """The highest counter with a whole seal; 0 without any."""
        return max(self._slots())

    def write(self, counter: int) -> None:
        """Note ``counter`` durably in the older slot; it never goes back. Raises OSError."""
        slots = self._slots()
        if counter <= max(slots):
            return
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            value = counter.to_bytes(_COUNTER, "big")
            os.lseek(handle, slots.index(min(slots)) * _SLOT, os.SEEK_SET)
            os.write(handle, value + self._seal(value))
            os.fsync(handle)
        finally:
            os.close(handle)

    def set_back(self, counter: int) -> None:
        """Note ``counter`` though it may be lower, for an older state that is to count again.

        Raises OSError; what was noted before then stays.
        """
        value = counter.to_bytes(_COUNTER, "big")
        write_atomically(self._path, value + self._seal(value) + bytes(_SLOT))

    def _slots(self) -> list[int]:
        content = self._path.read_bytes() if self._path.is_file() else b""
        return [self._counter(content[at : at + _SLOT]) for at in (0, _SLOT)]

    def _counter(self, slot: bytes) -> int:
        value, seal = slot[:_COUNTER], slot[_COUNTER:]
        whole = len(slot) == _SLOT and hmac.compare_digest(seal, self._seal(value))
        return int.from_bytes(value, "big") if whole else 0

    def _seal(self, value: bytes) -> bytes:
        return hmac.new(self._key, value, hashlib.sha256).digest()
