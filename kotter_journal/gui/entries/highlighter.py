"""Highlighter: paints Markdown as it is typed, and the words of a search."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextLayout,
)

from kotter_journal.domain.search import SearchQuery
from kotter_journal.gui import theme
from kotter_journal.gui.entries.markdown_spans import (
    SCANNED,
    Fence,
    Part,
    Span,
    layered,
    spans_of,
    utf16_offsets,
)


class MarkdownHighlighter(QObject):
    """Colours and weights for the source; nothing of it changes the text.

    No QSyntaxHighlighter: that has the document laid out again after each line, so that a paste
    or a new fence in a text of 4,000 lines takes 4 seconds. Here it is once for all lines.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._active = True
        self._hits: re.Pattern[str] | None = None
        self._formats: dict[frozenset[Part], QTextCharFormat] = {}
        document.contentsChange.connect(self._on_change)

    def set_active(self, active: bool) -> None:
        """Whether what comes in from now on is painted; what stands there stays as it is."""
        self._active = active

    def show_hits(self, query: SearchQuery) -> None:
        """Mark the words and phrases of ``query``; an empty one marks none."""
        hits = _pattern_of(query)
        if hits != self._hits:
            self._hits = hits
            self.rehighlight()

    def retheme(self) -> None:
        """Paint anew in the colours now in force."""
        self._formats.clear()
        self.rehighlight()

    def rehighlight(self) -> None:
        """Paint every line anew."""
        if self._active:
            self._paint(self._document.firstBlock(), self._document.lastBlock())

    def _on_change(self, position: int, removed: int, added: int) -> None:
        if self._active:
            last = self._document.findBlock(position + added)
            self._paint(
                self._document.findBlock(position),
                last if last.isValid() else self._document.lastBlock(),
            )

    def _paint(self, first: QTextBlock, last: QTextBlock) -> None:
        """Paint these lines, and those after them as far as a fence now begins or ends."""
        end = last.position()
        block, fence_moved = first, False
        dirty: list[QTextBlock] = []
        while block.isValid() and (block.position() <= end or fence_moved):
            before = block.userState()
            if self._paint_line(block):
                dirty.append(block)
            fence_moved = block.userState() != before
            block = block.next()
        if dirty:
            start = dirty[0].position()
            length = dirty[-1].position() + dirty[-1].length() - start
            self._document.markContentsDirty(start, length)

    def _paint_line(self, block: QTextBlock) -> bool:
        """Whether the line looks different now. Qt counts UTF-16 units, Python code points."""
        text = block.text()
        spans, after = spans_of(text, Fence(max(0, block.previous().userState())))
        block.setUserState(after)
        if self._hits is not None:
            spans += _hits_in(text, self._hits)
        layout = block.layout()
        if not spans and not layout.formats():
            return False
        offsets = utf16_offsets(text)
        ranges = []
        for start, end, parts in layered(spans):
            one = QTextLayout.FormatRange()
            one.start = start if offsets is None else offsets[start]
            one.length = (end if offsets is None else offsets[end]) - one.start
            one.format = self._format(parts)
            ranges.append(one)
        ranges = _round_preedit(layout, ranges)
        if ranges == layout.formats():
            return False
        layout.setFormats(ranges)
        return True

    def _format(self, parts: frozenset[Part]) -> QTextCharFormat:
        made = self._formats.get(parts)
        if made is None:
            made = QTextCharFormat()
            for part in Part:
                if part in parts:
                    _LOOKS[part](made)
            # A mark stays as dim inside a heading or a link as it is elsewhere.
            if Part.MARK in parts:
                made.setForeground(theme.tokens().text3)
            self._formats[parts] = made
        return made


def _round_preedit(
    layout: QTextLayout, ranges: list[QTextLayout.FormatRange]
) -> list[QTextLayout.FormatRange]:
    """The ranges moved round what an input method is composing, which keeps its own looks."""
    start, length = layout.preeditAreaPosition(), len(layout.preeditAreaText())
    if not length:
        return ranges
    for one in ranges:
        if one.start >= start:
            one.start += length
        elif one.start + one.length > start:
            one.length += length
    own = [f for f in layout.formats() if start <= f.start and f.start + f.length <= start + length]
    return [*own, *ranges]


def _hits_in(line: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    plain = "".join(_plain(c) for c in line[:SCANNED])
    return (Span(found.start(), found.end(), Part.HIT) for found in pattern.finditer(plain))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """A letter without its accents and in lower case, where that is one letter again."""
    base = unicodedata.normalize("NFD", character)[:1].lower()
    return base if len(base) == 1 else character


def _pattern_of(query: SearchQuery) -> re.Pattern[str] | None:
    words = [*query.words, *query.phrases]
    if not words:
        return None
    endings = [r"(?!\w)"] * len(words)
    if query.open_ended and query.words:
        endings[len(query.words) - 1] = r"\w*"
    found = [
        r"\W+".join(re.escape("".join(map(_plain, part))) for part in word.split()) + ending
        for word, ending in zip(words, endings, strict=True)
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})")


def _heading(size: int) -> Callable[[QTextCharFormat], None]:
    def look(made: QTextCharFormat) -> None:
        made.setFontWeight(QFont.Weight.DemiBold)
        made.setProperty(QTextCharFormat.Property.FontPixelSize, theme.px(size))

    return look


def _bold(made: QTextCharFormat) -> None:
    made.setFontWeight(QFont.Weight.Bold)


def _italic(made: QTextCharFormat) -> None:
    made.setFontItalic(True)


def _struck(made: QTextCharFormat) -> None:
    made.setFontStrikeOut(True)


def _done(made: QTextCharFormat) -> None:
    made.setFontStrikeOut(True)
    made.setForeground(theme.tokens().text3)


def _code(made: QTextCharFormat) -> None:
    families = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families()
    made.setFontFamilies(families)
    made.setFontFixedPitch(True)
    made.setBackground(_tinted(theme.tokens().control, 38))


def _quote(made: QTextCharFormat) -> None:
    made.setFontItalic(True)
    made.setForeground(theme.tokens().text2)


def _checkbox(made: QTextCharFormat) -> None:
    made.setFontWeight(QFont.Weight.Bold)
    made.setForeground(theme.tokens().accent)


def _name(made: QTextCharFormat) -> None:
    made.setFontWeight(QFont.Weight.Medium)
    made.setForeground(theme.tokens().accent)


def _link(made: QTextCharFormat) -> None:
    made.setForeground(theme.tokens().accent)
    made.setFontUnderline(True)


def _hit(made: QTextCharFormat) -> None:
    made.setBackground(_tinted(theme.tokens().warn, 70))


def _mark(made: QTextCharFormat) -> None:
    made.setForeground(theme.tokens().text3)


def _tinted(color: QColor, alpha: int) -> QColor:
    tint = QColor(color)
    tint.setAlpha(alpha)
    return tint


_LOOKS: dict[Part, Callable[[QTextCharFormat], None]] = {
    Part.MARK: _mark,
    Part.HEADING_1: _heading(20),
    Part.HEADING_2: _heading(18),
    Part.HEADING_3: _heading(16),
    Part.BOLD: _bold,
    Part.ITALIC: _italic,
    Part.STRUCK: _struck,
    Part.CODE: _code,
    Part.QUOTE: _quote,
    Part.CHECKBOX: _checkbox,
    Part.DONE: _done,
    Part.LINK: _link,
    Part.TAG: _name,
    Part.PERSON: _name,
    Part.HIT: _hit,
}
