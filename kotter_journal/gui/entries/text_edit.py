"""ProseEdit: the field in which the text of an entry is written, as Markdown source."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from kotter_journal.domain.entries import clean_text
from kotter_journal.domain.invisible import name_of
from kotter_journal.domain.search import SearchQuery
from kotter_journal.gui import theme
from kotter_journal.gui.entries.highlighter import MarkdownHighlighter
from kotter_journal.gui.entries.markdown_lines import LineTool, continued, toggled
from kotter_journal.gui.entries.markdown_spans import Fence
from kotter_journal.gui.entries.marks import marks_in, paint_mark
from kotter_journal.gui.entries.side_margins import side_margins
from kotter_journal.gui.entries.wrapping import is_unbroken, wrap_mode

_INSET = 2
"""Pixels that the caret needs beside the first letter."""
LINE_HEIGHT = 132
"""Percent."""
MOST = 1_000_000
"""Characters that can be written here; a text of 1,000 pages."""
_HIGHLIGHTED = 400_000
"""Characters up to which the source is coloured; beyond, colouring would hold up the window."""
_REACH = 3
"""Pixels beside a mark that still count as it."""


class ProseEdit(QTextEdit):
    """The text byte for byte as it was: LF between lines, nothing else touched."""

    typed = Signal()  # the text was changed by a person
    refused_long = Signal(int)  # characters that the text would have had

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "prose")
        self.setObjectName("entry_text")
        self.setAccessibleName(self.tr("Text of the entry"))
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.mark(self.verticalScrollBar(), "on-surface")
        self._side = 0
        self._setting = False
        self._revision = 0
        self._highlighter = MarkdownHighlighter(self.document())
        self.verticalScrollBar().rangeChanged.connect(self._set_margins)
        self.document().contentsChanged.connect(self._on_contents)

    def set_prose(self, text: str) -> None:
        """Show ``text`` with the caret at its beginning and nothing to undo."""
        document = self.document()
        self._setting = True
        self._highlighter.set_active(len(text) <= _HIGHLIGHTED)
        document.setUndoRedoEnabled(False)
        self._wrap_for(text)
        document.clear()
        document.setDocumentMargin(_INSET)
        cursor = QTextCursor(document)
        cursor.setBlockFormat(_block_format())
        cursor.insertText(text)
        document.setUndoRedoEnabled(True)
        document.setModified(False)
        self._revision = document.revision()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._setting = False

    def prose(self) -> str:
        """The text; a no-break space and a line separator stay what they are."""
        return self.document().toRawText().replace("\u2029", "\n")

    def show_hits(self, query: SearchQuery) -> None:
        """Mark the words of a search."""
        self._setting = True
        self._highlighter.show_hits(query)
        self._setting = False

    def retheme(self) -> None:
        """Take on the colours and the text size now in force."""
        self._setting = True
        self._highlighter.retheme()
        self._setting = False

    def set_side_margins(self, side: int) -> None:
        """Pixels left free on both sides of the text; a scroll bar stands in the one at the end."""
        self._side = side
        self._set_margins()

    def wrap(self, mark: str) -> None:
        """Put ``mark`` round the selection or the word at the caret, or take it away there."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        width = len(mark)
        cursor.beginEditBlock()
        if self._reads(start - width, mark) and self._reads(end, mark):
            self._replace(end, end + width, "")
            self._replace(start - width, start, "")
            start, end = start - width, end - width
        else:
            self._replace(end, end, mark)
            self._replace(start, start, mark)
            start, end = start + width, end + width
        cursor.endEditBlock()
        self._select(start, end)

    def toggle_lines(self, tool: LineTool) -> None:
        """Give the lines of the selection a mark, or take it away."""
        cursor = self.textCursor()
        document = self.document()
        first = document.findBlock(cursor.selectionStart())
        last = document.findBlock(cursor.selectionEnd())
        start, end = first.position(), last.position() + last.length() - 1
        from_end = last.position() + last.length() - 1 - self.textCursor().position()
        lines, block = [], first
        while block.isValid() and block.position() <= last.position():
            lines.append(block.text())
            block = block.next()
        had_selection = cursor.hasSelection()
        self._replace(start, end, "\n".join(toggled(lines, tool)))
        now_last = document.findBlock(start)
        for _ in lines[1:]:
            now_last = now_last.next()
        now_end = now_last.position() + now_last.length() - 1
        if had_selection:
            self._select(start, now_end)
        else:
            place = max(start, now_end - from_end)
            self._select(place, place)

    def _reads(self, position: int, word: str) -> bool:
        document = self.document()
        return all(
            position + i >= 0 and document.characterAt(position + i) == c
            for i, c in enumerate(word)
        )

    def _replace(self, start: int, end: int, text: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)

    def _select(self, start: int, end: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _wrap_for(self, text: str) -> None:
        mode = wrap_mode(text)
        if self.wordWrapMode() != mode:
            self.setWordWrapMode(mode)

    def _on_contents(self) -> None:
        """Colouring reports contents too, but gives the document no new revision."""
        revision = self.document().revision()
        if not self._setting and revision != self._revision:
            self._revision = revision
            self.typed.emit()

    def _set_margins(self) -> None:
        left, right = side_margins(self, self._side)
        self.setViewportMargins(left, 0, right, 0)

    def _continue_list(self) -> bool:
        """Enter inside a list or a quote; False where it is an ordinary Enter."""
        cursor = self.textCursor()
        block = cursor.block()
        if cursor.hasSelection() or block.userState() > Fence.NONE:
            return False
        next_mark = continued(block.text(), cursor.positionInBlock())
        if next_mark is None:
            return False
        cursor.beginEditBlock()
        if next_mark:
            cursor.insertBlock()
            cursor.insertText(next_mark)
        else:
            cursor.movePosition(
                QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.removeSelectedText()
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def _blocks_in(self, area: QRect) -> Iterator[QTextBlock]:
        """The lines that meet an area of the viewport."""
        layout = self.document().documentLayout()
        offset = self.verticalScrollBar().value()
        block = self.cursorForPosition(QPoint(0, area.top())).block()
        while block.isValid() and layout.blockBoundingRect(block).top() - offset <= area.bottom():
            yield block
            block = block.next()

    def _marks_in(self, area: QRect) -> Iterator[tuple[QRectF, str]]:
        """The marks that meet an area of the viewport, with the characters they are for."""
        layout = self.document().documentLayout()
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for block in self._blocks_in(area):
            corner = layout.blockBoundingRect(block).topLeft() - scrolled
            top, bottom = area.top() - corner.y(), area.bottom() - corner.y()
            for place, character in marks_in(block, top, bottom):
                yield place.translated(corner), character

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        """Where the text has nothing to undo or redo, the key is for the rest of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document, keys = self.document(), QKeySequence.StandardKey
            undo = event.matches(keys.Undo) and not document.isUndoAvailable()
            redo = event.matches(keys.Redo) and not document.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes on with a list; with Shift it begins a plain line, never a soft break."""
        plain_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if plain_enter and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if self._continue_list():
                return
        elif event.matches(QKeySequence.StandardKey.InsertLineSeparator):
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        """Only text."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Plain text, without what cannot be stored, and no more than fits."""
        text = clean_text(source.text())
        cursor = self.textCursor()
        kept = self.document().characterCount() - 1
        kept -= cursor.selectionEnd() - cursor.selectionStart()
        if kept + len(text) > MOST:
            self.refused_long.emit(kept + len(text))
            return
        if is_unbroken(text):
            self._wrap_for(text)
        if kept + len(text) > _HIGHLIGHTED:
            self._highlighter.set_active(False)
        cursor.insertText(text)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """A mark where an invisible character stands that can deceive."""
        super().paintEvent(event)
        places = [place for place, _ in self._marks_in(event.rect())]
        if places:
            with QPainter(self.viewport()) as painter:
                for place in places:
                    paint_mark(painter, place)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Over a mark, the name of the character that it is for."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = QPointF(event.pos())
            near = QRect(0, event.pos().y(), self.viewport().width(), 1)
            for place, character in self._marks_in(near):
                if place.adjusted(-_REACH, 0, _REACH, 0).contains(at):
                    words = self.tr("Invisible character: {0}").format(name_of(character))
                    QToolTip.showText(event.globalPos(), words, self)
                    return True
            QToolTip.hideText()
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the margins."""
        super().resizeEvent(event)
        self._set_margins()


def _block_format() -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return made
