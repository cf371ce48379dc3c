"""Pages: the encrypted file and its write-ahead log read page by page, without SQLite.

The format is that of SQLCipher 4 with a raw key: pages of 4096 bytes, each AES-256-CBC over all
but the last 80 bytes, which hold the IV (16) and an HMAC-SHA512 (64) over ciphertext, IV and the
page's number (little-endian, 32 bit). The first 16 bytes of the file are the salt in the clear;
the HMAC key is PBKDF2-HMAC-SHA512 of the key with the salt, each byte XOR 0x3a, 2 rounds.
"""

import hashlib
import hmac
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE, USABLE = 4096, 4016
SALT = 16
_IV = 16
_LOG_HEADER, _FRAME_HEADER = 32, 24


@dataclass(frozen=True, slots=True)
class Page:
    """A page in plain, 4016 bytes; the first one begins with 16 bytes of zero for its salt.

    ``genuine`` says that its HMAC holds. Of pages in the log, ``run`` tells those of one run of
    it from what an earlier run left behind them, and ``commits`` the last of a transaction.
    """

    number: int
    content: bytes
    genuine: bool
    run: bytes = b""
    commits: bool = False


class PageReader:
    """Decrypts the pages of one database."""

    def __init__(self, key: bytes, salt: bytes) -> None:
        self._key = key
        mask = bytes(byte ^ 0x3A for byte in salt)
        self._hmac_key = hashlib.pbkdf2_hmac("sha512", key, mask, 2, 32)

    def file_pages(self, path: Path) -> Iterator[Page]:
        """The pages of the database file that are there in full. Raises OSError."""
        with path.open("rb") as file:
            number = 1
            while len(raw := file.read(PAGE)) == PAGE:
                yield self._page(number, raw)
                number += 1

    def log_pages(self, path: Path) -> Iterator[Page]:
        """The pages in a write-ahead log, oldest first, whether they were committed or not."""
        with path.open("rb") as file:
            file.seek(_LOG_HEADER)
            while len(frame := file.read(_FRAME_HEADER + PAGE)) == _FRAME_HEADER + PAGE:
                number, size, run = struct.unpack_from(">II8s", frame)
                yield self._page(number, frame[_FRAME_HEADER:], run, commits=size > 0)

    def _page(self, number: int, raw: bytes, run: bytes = b"", *, commits: bool = False) -> Page:
        start = SALT if number == 1 else 0
        sealed, seal = raw[start : USABLE + _IV], raw[USABLE + _IV :]
        found = hmac.new(self._hmac_key, sealed + struct.pack("<I", number), hashlib.sha512)
        cipher = Cipher(AES(self._key), CBC(raw[USABLE : USABLE + _IV])).decryptor()
        content = bytes(start) + cipher.update(raw[start:USABLE])
        return Page(number, content, hmac.compare_digest(found.digest(), seal), run, commits)


def salt_of(path: Path) -> bytes:
    """The salt of a database file; empty where there is none. Raises OSError."""
    with path.open("rb") as file:
        salt = file.read(SALT)
    return salt if len(salt) == SALT and any(salt) else b""
