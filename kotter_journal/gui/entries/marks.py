"""Marks: where invisible characters that can deceive stand in a text being edited."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTextBlock, QTextLine

from kotter_journal.domain.invisible import SUSPECT, deceptive
from kotter_journal.gui import theme
from kotter_journal.gui.utf16 import units

_AROUND = 40
"""Characters beside a line that tell whether one in it is needed."""
_MOST_A_LINE, _MOST = 200, 2_000
"""More marks than that lie upon one another; painting them would hold up the window."""
_WIDTH = 3


def marks_in(block: QTextBlock, top: float, bottom: float) -> Iterator[tuple[QRectF, str]]:
    """Each mark between two heights of a block, in its coordinates, with the character it is for.

    At most 2,000 of them, and 200 in a line.
    """
    return islice(_marks_in(block, top, bottom), _MOST)


def _marks_in(block: QTextBlock, top: float, bottom: float) -> Iterator[tuple[QRectF, str]]:
    text = block.text()
    if not SUSPECT.search(text):
        return
    encoded = text.encode("utf-16-le", "surrogatepass")
    layout = block.layout()
    count = layout.lineCount()
    first = bisect_left(range(count), top, key=lambda number: _bottom(layout.lineAt(number)))
    for number in range(first, count):
        line = layout.lineAt(number)
        if line.y() > bottom:
            return
        yield from islice(_marks_in_line(line, encoded), _MOST_A_LINE)


def _marks_in_line(line: QTextLine, encoded: bytes) -> Iterator[tuple[QRectF, str]]:
    start, end = line.textStart(), line.textStart() + line.textLength()
    before = _decoded(encoded, max(0, start - _AROUND), start)
    within = _decoded(encoded, start, end)
    around = before + within + _decoded(encoded, end, end + _AROUND)
    place, done = start, len(before)
    for at in deceptive(around, done, done + len(within)):
        place, done = place + units(around[done:at]), at
        x: Any = line.cursorToX(place)
        x = x[0] if isinstance(x, tuple) else x
        yield QRectF(x - _WIDTH // 2, line.y(), _WIDTH, line.height()), around[at]


def _bottom(line: QTextLine) -> float:
    return line.y() + line.height()


def _decoded(encoded: bytes, start: int, end: int) -> str:
    return encoded[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def paint_mark(painter: QPainter, place: QRectF) -> None:
    """A bar with a box at its top: it says that something stands there, and takes no room."""
    color = theme.tokens().danger
    painter.fillRect(place.adjusted(1, 0, -1, 0), color)
    painter.fillRect(QRectF(place.left() - 1, place.top(), _WIDTH + 2, 4), color)
