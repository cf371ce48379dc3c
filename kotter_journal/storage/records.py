"""Records: the rows on a page of a table, read without SQLite (its file format, sections 1.6-2).

Every number in a damaged page may be anything, so each is checked before it is used.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kotter_journal.storage.pages import USABLE

Value = int | float | str | bytes | None
_LEAF_TABLE = 0x0D
_FILE_HEADER, _PAGE_HEADER = 100, 8
_MOST_LOCAL = USABLE - 35
_LEAST_LOCAL = (USABLE - 12) * 32 // 255 - 23
_CHAINED = USABLE - 4
_LONGEST = 128 * 1024 * 1024
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_NULL, _FLOAT, _ZERO, _ONE, _BYTES = 0, 7, 8, 9, 12


@dataclass(frozen=True, slots=True)
class Record:
    """A row as it lies on a page."""

    row_id: int
    values: tuple[Value, ...]


def records_of(
    number: int, content: bytes, page: Callable[[int], bytes | None]
) -> Iterator[Record]:
    """The rows of a leaf page of any table; none of another page, and none that is cut off.

    ``page`` gives the pages on which long rows go on, or None.
    """
    start = _FILE_HEADER if number == 1 else 0
    if content[start] != _LEAF_TABLE:
        return
    (count,) = struct.unpack_from(">H", content, start + 3)
    pointers = start + _PAGE_HEADER
    if pointers + 2 * count > USABLE:
        return
    for (offset,) in struct.iter_unpack(">H", content[pointers : pointers + 2 * count]):
        try:
            yield _record(content, offset, page)
        except (ValueError, IndexError, struct.error):
            continue


def _record(content: bytes, offset: int, page: Callable[[int], bytes | None]) -> Record:
    length, offset = _varint(content, offset)
    row_id, offset = _varint(content, offset)
    if not 0 < length <= _LONGEST:
        raise ValueError("no length")
    local = length
    if length > _MOST_LOCAL:
        local = _LEAST_LOCAL + (length - _LEAST_LOCAL) % _CHAINED
        local = local if local <= _MOST_LOCAL else _LEAST_LOCAL
    payload = content[offset : offset + local]
    if local < length:
        (following,) = struct.unpack_from(">I", content, offset + local)
        payload += _rest(following, length - local, page)
    if len(payload) != length:
        raise ValueError("cut off")
    return Record(row_id - (1 << 64) if row_id >> 63 else row_id, tuple(_values(payload)))


def _rest(following: int, missing: int, page: Callable[[int], bytes | None]) -> bytes:
    parts = []
    while missing > 0:
        content = page(following)
        if content is None:
            raise ValueError("a page is missing")
        (following,) = struct.unpack_from(">I", content)
        parts.append(content[4 : 4 + min(missing, _CHAINED)])
        missing -= len(parts[-1])
    return b"".join(parts)


def _values(payload: bytes) -> Iterator[Value]:
    size, at = _varint(payload, 0)
    body = size
    if not at <= size <= len(payload):
        raise ValueError("no header")
    while at < size:
        kind, at = _varint(payload, at)
        value, body = _value(payload, kind, body)
        yield value
    if at != size or body != len(payload):
        raise ValueError("header and row differ")


def _value(payload: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind in (_NULL, _ZERO, _ONE):
        return (None if kind == _NULL else kind - _ZERO), at
    if kind in (10, 11):
        raise ValueError("unknown kind")
    length = _INTEGERS.get(kind, 8) if kind < _BYTES else (kind - _BYTES) // 2
    piece = payload[at : at + length]
    if len(piece) != length:
        raise ValueError("cut off")
    if kind in _INTEGERS:
        return int.from_bytes(piece, "big", signed=True), at + length
    if kind == _FLOAT:
        return struct.unpack(">d", piece)[0], at + length
    return (piece.decode() if kind % 2 else piece), at + length


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for _ in range(8):
        byte = content[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
    return value << 8 | content[at], at + 1
