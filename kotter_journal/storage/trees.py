"""Trees: which table each page belongs to, read without SQLite (its file format, section 1.6).

Below a page that cannot be read nothing is known.
"""

import struct
from collections.abc import Callable, Iterator

from kotter_journal.storage.pages import USABLE
from kotter_journal.storage.records import records_of

PageGetter = Callable[[int], bytes | None]
_INNER_TABLE = 0x05
_FILE_HEADER, _INNER_HEADER = 100, 12
_SCHEMA = 1


def tables_of_pages(page: PageGetter) -> dict[int, str]:
    """The name of the table of each page as far as trees can be followed.

    ``page`` gives the content of a page by its number (1..), or None.
    """
    found: dict[int, str] = {}
    for number in _tree(_SCHEMA, page, set()):
        for record in records_of(number, page(number) or b"\0", page):
            match record.values:
                case ("table", str(name), _, int(root), _):
                    found |= dict.fromkeys(_tree(root, page, set()), name)
    return found


def _tree(root: int, page: PageGetter, seen: set[int]) -> Iterator[int]:
    """The page and all below it that can be reached, each once."""
    content = page(root)
    if content is None or root in seen:
        return
    seen.add(root)
    yield root
    for child in _children(root, content):
        yield from _tree(child, page, seen)


def _children(number: int, content: bytes) -> list[int]:
    start = _FILE_HEADER if number == _SCHEMA else 0
    if content[start] != _INNER_TABLE:
        return []
    (count,) = struct.unpack_from(">H", content, start + 3)
    (last,) = struct.unpack_from(">I", content, start + 8)
    pointers = content[start + _INNER_HEADER : start + _INNER_HEADER + 2 * count]
    cells = [offset for (offset,) in struct.iter_unpack(">H", pointers) if offset + 4 <= USABLE]
    return [*(struct.unpack_from(">I", content, offset)[0] for offset in cells), last]
