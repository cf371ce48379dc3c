"""Preview: an entry's Markdown as it reads, with nothing in it that could act."""

import re
from collections.abc import Iterator
from functools import cache
from html import escape

from PySide6.QtCore import QByteArray, QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QHelpEvent,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
)
from PySide6.QtWidgets import QTextBrowser, QToolTip, QWidget

from kotter_journal.domain.invisible import deceptive, name_of, named
from kotter_journal.domain.links import LINK
from kotter_journal.gui import theme
from kotter_journal.gui.entries.address import address_text
from kotter_journal.gui.entries.side_margins import side_margins
from kotter_journal.gui.entries.wrapping import LONGEST_LINE, wrap_mode
from kotter_journal.gui.utf16 import units

_ENTRY = "entry"
"""The scheme under which links to other entries stand in the document, and nowhere else."""
SCHEMES = frozenset({"http", "https", "mailto"})
_MOST = 400_000
_DEEPEST = 12
_MOST_CELLS, _MOST_BRACKETS = 2_000, 5_000
_LEAD = re.compile(r"[>\s*+\-]*(?:\d{1,9}[.)]\s)?[>\s*+\-]*")
_LINE_HEIGHT = 140
_LONGEST_WORDS = 200
_MOST_MORE = 4_000
"""Characters that names may add where Markdown is rendered; each is put in by itself."""
_NOTHING = QByteArray(b"nothing")


def is_safe(text: str) -> bool:
    """Whether ``text`` can be rendered in a moment; deep nesting and long lines cannot."""
    lines = text.split("\n")
    if len(text) > _MOST or any(len(line) > LONGEST_LINE for line in lines):
        return False
    if text.count("|") > _MOST_CELLS or text.count("[") > _MOST_BRACKETS:
        return False
    return all(_depth(line) <= _DEEPEST for line in lines)


def _depth(line: str) -> int:
    """How many quotes and lists are opened at the beginning of a line, or so deep an indent."""
    lead = _LEAD.match(line)
    marks = lead[0] if lead else ""
    opened = sum(marks.count(mark) for mark in ">*+-")
    is_rule = marks.strip() == line.strip() and ">" not in marks
    indent = len(line) - len(line.lstrip())
    return (0 if is_rule else opened) + min(indent, 400) // 4


class Preview(QTextBrowser):
    """Shows no HTML and no picture, loads nothing, and opens nothing by itself.

    ``link_asked`` carries the address of a link that may be opened, ``entry_asked`` what a link to
    another entry holds between its brackets; all others do nothing.
    """

    link_asked = Signal(str)
    entry_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "prose")
        theme.mark(self.verticalScrollBar(), "on-surface")
        self.setObjectName("entry_preview")
        self.setAccessibleName(self.tr("Preview of the entry"))
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self._side = 0
        self.anchorClicked.connect(self._on_anchor)
        self.verticalScrollBar().rangeChanged.connect(self._set_margins)

    def show_markdown(self, text: str) -> None:
        """Render ``text``; as plain text where rendering would take too long.

        Invisible characters that can deceive are shown by their names.
        """
        shown = named(text[: _MOST + 1])
        self.setWordWrapMode(wrap_mode(shown))
        if not is_safe(shown) or len(shown) > len(text) + _MOST_MORE:
            self.setPlainText(shown[:_MOST])
            return
        features = QTextDocument.MarkdownFeature
        self.document().setMarkdown(text, features.MarkdownDialectGitHub | features.MarkdownNoHTML)
        self.document().setDocumentMargin(2)
        self._space_out()
        self._replace_pictures()
        self._name_invisible()
        self._link_entries()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def set_side_margins(self, side: int) -> None:
        """Pixels left free on both sides of the text."""
        self._side = side
        self._set_margins()

    def _space_out(self) -> None:
        """Room between the blocks, and headings no larger than in the source."""
        whole = QTextCursor(self.document())
        whole.beginEditBlock()
        for block in self._blocks():
            cursor = QTextCursor(block)
            level = block.blockFormat().headingLevel()
            quoted = block.blockFormat().hasProperty(QTextBlockFormat.Property.BlockQuoteLevel)
            made = QTextBlockFormat()
            made.setLineHeight(
                _LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
            )
            made.setTopMargin(theme.px(16 if level else 0))
            goes_on = block.textList() and block.next().textList()
            made.setBottomMargin(theme.px(2 if goes_on else 8))
            cursor.mergeBlockFormat(made)
            if level or quoted:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(_heading(level) if level else _quote())
        whole.endEditBlock()

    def _replace_pictures(self) -> None:
        """Words in their place: another document that takes this text over would read the files."""
        pictures = [
            fragment
            for block in self._blocks()
            for fragment in _fragments_of(block)
            if fragment.charFormat().isImageFormat()
        ]
        words, look = self.tr("[Picture: {0}]"), _quote()
        for fragment in reversed(pictures):
            what = str(fragment.charFormat().property(QTextFormat.Property.ImageAltText))
            cursor = QTextCursor(self.document())
            cursor.setPosition(fragment.position())
            end = fragment.position() + fragment.length()
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(words.format(what[:_LONGEST_WORDS]), look)

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def _name_invisible(self) -> None:
        """Done here and not in the source, so that links lead where they did."""
        for block in self._blocks():
            text = block.text()
            for at in reversed(list(deceptive(text))):
                cursor = QTextCursor(block)
                # Positions, since steps are as long as what looks like one character.
                start = block.position() + units(text[:at])
                cursor.setPosition(start)
                cursor.setPosition(start + units(text[at]), QTextCursor.MoveMode.KeepAnchor)
                cursor.insertText(f"‹{name_of(text[at])}›", cursor.charFormat())

    def _link_entries(self) -> None:
        """``[[...]]`` becomes a link, but for code; done after rendering, as with names."""
        if not self.document().find("[[").isNull():
            block = self.document().begin()
            while block.isValid():
                for match in reversed(list(LINK.finditer(block.text()))):
                    self._link_entry(block, match)
                block = block.next()

    def _link_entry(self, block: QTextBlock, match: re.Match[str]) -> None:
        cursor = QTextCursor(block)
        start = block.position() + units(match.string[: match.start()])
        cursor.setPosition(start)
        cursor.setPosition(start + units(match[0]), QTextCursor.MoveMode.KeepAnchor)
        form = cursor.charFormat()
        if form.fontFixedPitch() or form.isAnchor():
            return
        address = QUrl()
        address.setScheme(_ENTRY)
        address.setPath(match[1])
        form.setAnchor(True)
        form.setAnchorHref(address.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        form.setForeground(theme.tokens().accent)
        cursor.insertText(match[2] or match[1], form)

    def _set_margins(self) -> None:
        left, right = side_margins(self, self._side)
        self.setViewportMargins(left, 0, right, 0)

    def _on_anchor(self, url: QUrl) -> None:
        if url.scheme() == _ENTRY:
            self.entry_asked.emit(url.path(QUrl.ComponentFormattingOption.FullyDecoded))
            return
        if not url.isValid() or url.scheme().lower() not in SCHEMES:
            return
        # Without a host a browser would look for one in the path.
        if url.host() or url.scheme() == "mailto":
            self.link_asked.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    # Qt overrides

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802
        """Nothing, neither from the net nor from this computer.

        None would be no answer, nor would a picture without pixels: Qt then reads the file itself.
        """
        is_image = kind == QTextDocument.ResourceType.ImageResource.value
        return _no_picture() if is_image else _NOTHING

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Over a link, where it leads; its title would be read as HTML."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().viewportEvent(event)
        link = self.anchorAt(event.pos())
        words = f"<p>{escape(address_text(QUrl(link)))}</p>" if link else ""
        QToolTip.showText(event.globalPos(), words, self)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the margins."""
        super().resizeEvent(event)
        self._set_margins()


@cache
def _no_picture() -> QImage:
    """One pixel that nobody sees."""
    made = QImage(1, 1, QImage.Format.Format_ARGB32)
    made.fill(Qt.GlobalColor.transparent)
    return made


def _fragments_of(block: QTextBlock) -> Iterator[QTextFragment]:
    """The stretches of a block that look alike."""
    at = block.begin()
    while not at.atEnd():
        yield at.fragment()
        at += 1


def _heading(level: int) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.DemiBold)
    made.setProperty(QTextCharFormat.Property.FontSizeAdjustment, max(0, 3 - level))
    return made


def _quote() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontItalic(True)
    made.setForeground(theme.tokens().text2)
    return made


def open_outside(address: str) -> None:
    """Hand an address to the browser or the mail program."""
    QDesktopServices.openUrl(QUrl(address))
