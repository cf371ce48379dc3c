"""Key header: the file beside the database that holds the slots of a vault, and its copy.

``journal.key`` is canonical JSON of at most 16 KiB closed by a CRC-32, ``journal.key2`` the same
again, written afterwards. Of two whole copies the one with the higher generation counts, so that
a change is in force from the moment the first is replaced.
"""

import base64
import json
import uuid
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from kotter_journal.config.files import write_atomically
from kotter_journal.domain.errors import JournalTooNew, KeyTrouble, KeyUnavailable

HEADER, HEADER_COPY = "journal.key", "journal.key2"
_FORMAT, _VERSION = "kotter-journal-key", 1
_MAX_BYTES, _MOST_SLOTS, _MOST_GENERATIONS = 16 * 1024, 8, 2**31


class SlotKind(StrEnum):
    """The ways to open a vault."""

    DEVICE = "device"
    PASSPHRASE = "passphrase"  # noqa: S105
    RECOVERY = "recovery"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key, wrapped in one way; ``facts`` say what opens it, such as a salt."""

    kind: str
    id: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    nonce: bytes = field(default=b"", repr=False)
    wrapped: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFacts:
    """How a journal can be opened, for people to see. ``recovery_saved_at`` is None as long as
    its owner never said that the recovery key is kept somewhere."""

    passphrase: bool
    device: bool
    keyring: bool
    recovery: bool
    recovery_saved_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands in the file. ``sealed_recovery_key`` is kept until the key was saved;
    ``retired`` are the device slots that went, whose secrets must go as well."""

    vault: str
    generation: int
    slots: tuple[Slot, ...]
    recovery_saved_at: str | None = None
    sealed_recovery_key: str | None = None
    retired: tuple[str, ...] = ()
    mac: str = ""

    def of_kind(self, kind: SlotKind) -> tuple[Slot, ...]:
        """The slots of one kind."""
        return tuple(slot for slot in self.slots if slot.kind == kind)

    def without(self, *kinds: SlotKind) -> tuple[Slot, ...]:
        """All slots but those of some kinds."""
        return tuple(slot for slot in self.slots if slot.kind not in kinds)

    @property
    def facts(self) -> KeyFacts:
        """What may be told of it."""
        saved = self.recovery_saved_at
        return KeyFacts(
            passphrase=bool(self.of_kind(SlotKind.PASSPHRASE)),
            device=bool(self.of_kind(SlotKind.DEVICE)),
            keyring=bool(self.of_kind(SlotKind.KEYRING)),
            recovery=bool(self.of_kind(SlotKind.RECOVERY)),
            recovery_saved_at=None if saved is None else datetime.fromisoformat(saved),
        )

    @property
    def sealed_text(self) -> bytes:
        """What the MAC covers: everything else."""
        return canonical(_object(replace(self, mac="")))

    @property
    def content(self) -> bytes:
        """The file."""
        members = _object(self)
        return canonical(members | {"crc": _crc(members)})


def bound_text(vault: str, slot: Slot) -> bytes:
    """What a wrapped key is bound to, so that it opens in no other vault and under no other
    facts."""
    place = {"format": _FORMAT, "version": _VERSION, "vault": vault}
    return canonical({**place, **slot.facts, "kind": slot.kind, "id": slot.id})


def read_header(folder: Path) -> Header:
    """The header of the vault in ``folder``, by the newer of its whole copies.

    Raises KeyUnavailable, JournalTooNew and OSError.
    """
    present = [path for name in (HEADER, HEADER_COPY) if (path := folder / name).is_file()]
    if not present:
        raise KeyUnavailable(KeyTrouble.HEADER_MISSING, folder / HEADER)
    headers = [header for path in present if (header := _read(path)) is not None]
    if not headers:
        raise KeyUnavailable(KeyTrouble.HEADER_DAMAGED, folder / HEADER)
    return max(headers, key=lambda header: header.generation)


def write_header(folder: Path, header: Header) -> None:
    """Replace both copies, the first one first. Raises OSError if the change is not in force."""
    content = header.content
    try:
        write_atomically(folder / HEADER, content)
    except OSError:
        # The file may have been replaced before the disk failed; then the change has happened.
        if _content(folder / HEADER) != content:
            raise
    heal_header(folder, header)


def heal_header(folder: Path, header: Header) -> None:
    """Write each copy anew that is missing or says something else, where that is possible."""
    for name in (HEADER, HEADER_COPY):
        if _content(folder / name) != header.content:
            # The other copy is whole; the next opening tries again.
            with suppress(OSError):
                write_atomically(folder / name, header.content)


def canonical(value: object) -> bytes:
    """The one way to write a value as JSON."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def text_of(value: bytes) -> str:
    """Bytes as text for JSON."""
    return base64.b64encode(value).decode()


def bytes_of(text: object) -> bytes:
    """The bytes that ``text_of`` wrote. Raises ValueError."""
    if not isinstance(text, str):
        raise ValueError("not a text")
    return base64.b64decode(text, validate=True)


def _crc(members: Mapping[str, Any]) -> str:
    return f"{zlib.crc32(canonical(members)):08x}"


def _content(path: Path) -> bytes | None:
    """What the file says; None where it is too long or there is none."""
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    return content if len(content) <= _MAX_BYTES else None


def _read(path: Path) -> Header | None:
    """The header, or None where the file is not exactly one. Raises JournalTooNew."""
    content = _content(path)
    try:
        members = json.loads(content or b"")
        crc = members.pop("crc")
        version = members["version"]
        if members["format"] != _FORMAT or type(version) is not int or crc != _crc(members):
            return None
        if version > _VERSION:
            raise JournalTooNew(path.parent)
        header = _header_of(members)
        whole = header.content == content
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return header if whole else None


def _object(header: Header) -> dict[str, Any]:
    """The members of the file but for its CRC; what says nothing is left out."""
    more = {
        "recovery_saved_at": header.recovery_saved_at,
        "sealed_recovery_key": header.sealed_recovery_key,
        "retired": list(header.retired),
        "mac": header.mac,
    }
    return {
        "format": _FORMAT,
        "version": _VERSION,
        "vault": header.vault,
        "generation": header.generation,
        "slots": [_slot_object(slot) for slot in header.slots],
        **{name: value for name, value in more.items() if value},
    }


def _slot_object(slot: Slot) -> dict[str, str | int]:
    wrapped = {"nonce": text_of(slot.nonce), "wrapped": text_of(slot.wrapped)}
    return {**slot.facts, "kind": slot.kind, "id": slot.id, **wrapped}


def _header_of(members: dict[str, Any]) -> Header:
    """Raises ValueError, KeyError, TypeError and AttributeError for what is no header."""
    slots = tuple(_slot_of(dict(members_of_slot)) for members_of_slot in members["slots"])
    header = Header(
        vault=str(uuid.UUID(members["vault"])),
        generation=members["generation"],
        slots=slots,
        recovery_saved_at=members.get("recovery_saved_at"),
        sealed_recovery_key=members.get("sealed_recovery_key"),
        retired=tuple(str(uuid.UUID(one)) for one in members.get("retired", [])),
        mac=str(members["mac"]),
    )
    if type(header.generation) is not int or not 1 <= header.generation < _MOST_GENERATIONS:
        raise ValueError("no generation")
    if not 1 <= len(slots) <= _MOST_SLOTS:
        raise ValueError("not so many slots")
    if header.recovery_saved_at is not None:
        datetime.fromisoformat(header.recovery_saved_at).astimezone(UTC)
    if header.sealed_recovery_key is not None:
        bytes_of(header.sealed_recovery_key)
    return header


def _slot_of(members: dict[str, Any]) -> Slot:
    nonce, wrapped = bytes_of(members.pop("nonce")), bytes_of(members.pop("wrapped"))
    kind, slot_id = members.pop("kind"), str(uuid.UUID(members.pop("id")))
    if not isinstance(kind, str) or not all(type(fact) in (str, int) for fact in members.values()):
        raise ValueError("no slot")
    return Slot(kind, slot_id, members, nonce, wrapped)
