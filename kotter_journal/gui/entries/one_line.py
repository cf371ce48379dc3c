"""OneLine: text that is cut to a width, and text in which the hits of a search stand out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from kotter_journal.gui.drawing import Canvas

Ranges = Sequence[tuple[int, int]]
_BEFORE_HIT = 14
"""Characters kept before the first hit where the line is too short for the hit otherwise."""
_CACHED = 1024


@dataclass(frozen=True, slots=True)
class HitColors:
    """Of the text, of its hits, and of the ground below the hits."""

    text: QColor
    hit: QColor
    ground: QColor


class OneLine:
    """A font that remembers how wide words are and how they were cut."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self.width = lru_cache(_CACHED)(self._width)
        self.elided = lru_cache(_CACHED)(self._elided)

    def _width(self, text: str) -> float:
        return self._metrics.horizontalAdvance(text)

    def _elided(self, text: str, width: float) -> str:
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def draw_hits(
        self, canvas: Canvas, rect: QRectF, text: str, hits: Ranges, colors: HitColors
    ) -> None:
        """One line with its first hit in sight; hits, in code points, are bold on a ground."""
        place = canvas.mirror(rect)
        text, hits = self._around_first_hit(text, hits, place.width())
        layout = QTextLayout(self.elided(text, place.width()), self.font)
        sides = Qt.AlignmentFlag
        option = QTextOption(sides.AlignRight if canvas.rtl else sides.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats(_formats(text, hits, colors))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(place.width())
        layout.endLayout()
        canvas.painter.setPen(colors.text)
        top = place.center().y() - line.height() / 2
        layout.draw(canvas.painter, QPointF(place.x(), top), clip=place)

    def _around_first_hit(self, text: str, hits: Ranges, width: float) -> tuple[str, Ranges]:
        """``text`` without its beginning where the first hit would be cut off."""
        first, end = hits[0]
        if self.width(text[:end]) < width * 0.8 or first <= _BEFORE_HIT:
            return text, hits
        cut = text.find(" ", first - _BEFORE_HIT, first) + 1 or first
        moved = cut - 1
        return f"…{text[cut:]}", [(a - moved, b - moved) for a, b in hits]


def _formats(text: str, hits: Ranges, colors: HitColors) -> list[QTextLayout.FormatRange]:
    strong = QTextCharFormat()
    strong.setFontWeight(QFont.Weight.Bold)
    strong.setForeground(colors.hit)
    strong.setBackground(colors.ground)
    ranges = []
    for start, end in hits:
        part = QTextLayout.FormatRange()
        part.start, part.length = _utf16_length(text[:start]), _utf16_length(text[start:end])
        part.format = strong
        ranges.append(part)
    return ranges


def _utf16_length(text: str) -> int:
    """Qt counts UTF-16 code units, Python code points."""
    return len(text) + sum(character > "\uffff" for character in text)
