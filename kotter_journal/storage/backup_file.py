"""Backup file: one ZIP file without compression that holds a whole journal, still encrypted.

Its members are ``journal.key`` and ``journal.db``, as they lie in a journal's folder, so that any
program for ZIP files takes it apart, and ``about``: what the backup holds, sealed with a key from
the data key (ChaCha20-Poly1305, RFC 8439), with the SHA-256 of ``journal.db``.
"""

import hashlib
import json
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from kotter_journal.domain.errors import BackupTrouble, BackupUnusable
from kotter_journal.storage.key_header import HEADER, canonical
from kotter_journal.storage.pages import SALT
from kotter_journal.storage.slots import derive

DATABASE_MEMBER, ABOUT_MEMBER = "journal.db", "about"
_MEMBERS = (HEADER, DATABASE_MEMBER, ABOUT_MEMBER)
_MOST_SMALL = 64 * 1024
_FORMAT, _NONCE = 1, 12
_PIECE = 1 << 20

Moved = Callable[[int], object]
"""Hears how many bytes were read or written since the last time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFacts:
    """What a backup holds. Dates are local; ``last_heading`` is that of the newest entry."""

    taken_at: datetime
    vault: str
    entries: int
    trash: int
    first_on: date | None
    last_on: date | None
    last_heading: str
    change_counter: int
    key_generation: int


def write_backup_file(
    out: IO[bytes],
    header: bytes,
    database: Path,
    facts: BackupFacts,
    data_key: bytes,
    moved: Moved,
) -> None:
    """Write the ZIP file. Raises OSError."""
    digest = hashlib.sha256()
    at = facts.taken_at.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        file.writestr(_member(HEADER, at), header)
        with (
            database.open("rb") as source,
            file.open(_member(DATABASE_MEMBER, at), "w", force_zip64=True) as target,
        ):
            while piece := source.read(_PIECE):
                digest.update(piece)
                target.write(piece)
                moved(len(piece))
        about = {
            "format": _FORMAT,
            "sha256": digest.hexdigest(),
            **asdict(facts),
            "taken_at": facts.taken_at.isoformat(),
            "first_on": None if facts.first_on is None else facts.first_on.isoformat(),
            "last_on": None if facts.last_on is None else facts.last_on.isoformat(),
        }
        file.writestr(_member(ABOUT_MEMBER, at), _sealed(about, data_key))


def read_header_of(path: Path) -> bytes:
    """The key header in a backup. Raises BackupUnusable and OSError."""
    with _opened(path) as file:
        return file.read(HEADER)


def read_salt_of(path: Path) -> bytes:
    """The first 16 bytes of the database, which are those of the journal itself.

    Raises BackupUnusable and OSError.
    """
    with _opened(path) as file, file.open(DATABASE_MEMBER) as database:
        return database.read(SALT)


def read_facts_of(path: Path, data_key: bytes) -> BackupFacts:
    """What a backup says that it holds; whether it does, only ``unpack`` sees.

    Raises BackupUnusable and OSError.
    """
    with _opened(path) as file:
        return _facts(_about(path, file, data_key))


def unpack(path: Path, database: Path, data_key: bytes, moved: Moved) -> BackupFacts:
    """Write the database of a backup to ``database``, byte for byte what was backed up.

    Raises BackupUnusable where it is not, and OSError.
    """
    with private_file(database) as target:
        return _read_through(path, data_key, moved, target.write)


def check_file(path: Path, data_key: bytes, moved: Moved) -> BackupFacts:
    """See that every byte of a backup's database is as it was. Raises as ``unpack``."""
    return _read_through(path, data_key, moved, len)


def _read_through(
    path: Path, data_key: bytes, moved: Moved, take: Callable[[bytes], int]
) -> BackupFacts:
    digest = hashlib.sha256()
    with _opened(path) as file:
        about = _about(path, file, data_key)
        with file.open(DATABASE_MEMBER) as source:
            while piece := source.read(_PIECE):
                digest.update(piece)
                take(piece)
                moved(len(piece))
    if digest.hexdigest() != about["sha256"]:
        raise BackupUnusable(BackupTrouble.DAMAGED, path)
    return _facts(about)


def _member(name: str, at: tuple[int, ...]) -> zipfile.ZipInfo:
    year, month, day, hour, minute, second = at
    made = zipfile.ZipInfo(name, (max(1980, year), month, day, hour, minute, second))
    made.external_attr = 0o100600 << 16
    return made


def private_file(path: Path) -> IO[bytes]:
    """A new file to write to, readable by its owner alone. Raises OSError."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The ZIP file, if it holds our members and nothing that could fill memory."""
    try:
        with path.open("rb") as raw, zipfile.ZipFile(raw) as file:
            members = {info.filename: info for info in file.infolist()}
            if HEADER not in members or DATABASE_MEMBER not in members:
                raise BackupUnusable(BackupTrouble.NOT_A_BACKUP, path)
            plain = all(i.compress_type == zipfile.ZIP_STORED for i in members.values())
            small = all(
                info.file_size <= _MOST_SMALL
                for name, info in members.items()
                if name != DATABASE_MEMBER
            )
            if not (plain and small and members.keys() == set(_MEMBERS)):
                raise BackupUnusable(BackupTrouble.DAMAGED, path)
            yield file
    except zipfile.BadZipFile:
        raise BackupUnusable(_whose(path), path) from None
    except (NotImplementedError, RuntimeError, EOFError, struct.error, ValueError, OverflowError):
        raise BackupUnusable(BackupTrouble.DAMAGED, path) from None


def _whose(path: Path) -> BackupTrouble:
    """Whether a file that is no whole ZIP file was one of ours."""
    with path.open("rb") as raw:
        start = raw.read(64)
    ours = start.startswith(b"PK") or HEADER.encode() in start
    return BackupTrouble.DAMAGED if ours else BackupTrouble.NOT_A_BACKUP


def _sealed(about: dict[str, Any], data_key: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(data_key).encrypt(nonce, canonical(about), None)


def _about(path: Path, file: zipfile.ZipFile, data_key: bytes) -> dict[str, Any]:
    sealed = file.read(ABOUT_MEMBER)
    try:
        text = _cipher(data_key).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except InvalidTag:
        raise BackupUnusable(BackupTrouble.DAMAGED, path) from None
    about: dict[str, Any] = json.loads(text)
    if about["format"] > _FORMAT:
        raise BackupUnusable(BackupTrouble.TOO_NEW, path)
    return about


def _cipher(data_key: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(derive(data_key, "kotter-journal/backup"))


def _facts(about: dict[str, Any]) -> BackupFacts:
    first, last = about["first_on"], about["last_on"]
    return BackupFacts(
        taken_at=datetime.fromisoformat(about["taken_at"]),
        vault=about["vault"],
        entries=about["entries"],
        trash=about["trash"],
        first_on=None if first is None else date.fromisoformat(first),
        last_on=None if last is None else date.fromisoformat(last),
        last_heading=about["last_heading"],
        change_counter=about["change_counter"],
        key_generation=about["key_generation"],
    )
