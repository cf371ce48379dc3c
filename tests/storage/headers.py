"""Key headers that somebody changed, with a checksum that is right again."""

import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kotter_journal.storage.key_header import HEADER, HEADER_COPY, canonical


def change_header(folder: Path, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Let ``change`` loose on both copies, as somebody without the data key could."""
    members = json.loads((folder / HEADER).read_bytes())
    del members["crc"]
    change(members)
    content = canonical(members | {"crc": f"{zlib.crc32(canonical(members)):08x}"})
    put_header(folder, content)
    return content


def put_header(folder: Path, content: bytes) -> None:
    """Write both copies."""
    for name in (HEADER, HEADER_COPY):
        (folder / name).write_bytes(content)


def header_of(folder: Path) -> dict[str, Any]:
    """What the first copy says."""
    members: dict[str, Any] = json.loads((folder / HEADER).read_bytes())
    return members


def slot_of(members: dict[str, Any], kind: str) -> dict[str, Any]:
    """The only slot of a kind."""
    (slot,) = [slot for slot in members["slots"] if slot["kind"] == kind]
    found: dict[str, Any] = slot
    return found
