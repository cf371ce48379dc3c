"""Printing: entries on paper, some at a time: the window stays alive, and it can be stopped."""

from array import array

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPainter,
    QPalette,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
)
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from kotter_journal.domain.entries import Entry, title_of
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import date_text, minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.preview import Preview
from kotter_journal.gui.entries.reading_text import text_below
from kotter_journal.gui.entry_words import time_text, untitled
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage import entries

_SOME = 10
"""Entries that are laid out and printed between two looks at the keyboard."""
_MARGIN_MM, _BODY_POINTS, _HEAD_POINTS = 18, 11, 9


class Printing(QObject):
    """``row`` shows how far it is and the button that stops it; ``ended`` says how many pages."""

    ended = Signal(int)

    def __init__(self, session: JournalSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._source = Preview(parent)
        self._source.hide()
        self._positions: array[int] = array("q")
        self._done = self._pages = 0
        self._title = ""
        self._printer: QPrinter | None = None
        self._painter: QPainter | None = None
        self._left = 0.0
        self.row = QWidget(parent)
        self._words, self._bar = label("", "quiet"), QProgressBar()
        self._bar.setTextVisible(False)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.stop)
        line = QHBoxLayout(self.row)
        line.setContentsMargins(24, 0, 24, 8)
        line.addWidget(self._words)
        line.addWidget(self._bar, 1)
        line.addWidget(self.cancel_button)
        self.row.hide()

    def begin(self, printer: QPrinter, positions: "array[int]", title: str) -> None:
        """Print the entries at these positions, oldest first, under a title."""
        self._printer, self._positions, self._title = printer, positions, title
        self._done = self._pages = 0
        self._painter = QPainter(printer)
        self._begin_page()
        self._words.setText(self.tr("Printing"))
        self._bar.setRange(0, len(positions))
        self.row.show()
        QTimer.singleShot(0, self, self._print_some)

    def stop(self) -> None:
        """Print no more; what was printed is printed."""
        if self._painter is not None:
            self._painter.end()
        self._painter = self._printer = None
        self.row.hide()
        self.ended.emit(self._pages)

    def _print_some(self) -> None:
        if self._painter is None:
            return
        places = list(self._positions[self._done : self._done + _SOME])
        if not places:
            self.stop()
            return
        try:
            found = self._session.read(lambda tx: entries.entries_at(tx, places))
        except KotterError as error:
            self.stop()
            self._session.failed.emit(error)
            return
        for entry in found:
            self._print(entry)
        self._done += len(places)
        self._bar.setValue(self._done)
        QTimer.singleShot(0, self, self._print_some)

    def _print(self, entry: Entry) -> None:
        """Lay an entry out as wide as the page, and put it on as many pages as it takes."""
        room = self._room()
        document = self._document(entry, room.width())
        height, offset = document.size().height(), 0.0
        first_lines = min(height, 4 * self._line())
        if self._left < first_lines:
            self._new_page()
        while offset < height:
            end = self._break(document, offset, offset + self._left)
            self._paint(document, offset, end)
            self._left -= end - offset
            offset = end
            if offset < height:
                self._new_page()
        self._left -= self._line()

    def _document(self, entry: Entry, width: float) -> QTextDocument:
        made = QTextDocument()
        made.documentLayout().setPaintDevice(self._painter.device())  # type: ignore[union-attr]
        made.setDefaultFont(_font(_BODY_POINTS))
        made.setDocumentMargin(0)
        cursor = QTextCursor(made)
        strong, quiet = cursor.charFormat(), cursor.charFormat()
        strong.setFont(_font(_BODY_POINTS + 2, bold=True))
        quiet.setFont(_font(_HEAD_POINTS))
        cursor.insertText(title_of(entry.title, entry.body) or untitled(), strong)
        cursor.insertBlock()
        cursor.insertText(_facts(entry), quiet)
        cursor.insertBlock()
        plain = cursor.charFormat()
        plain.setFont(_font(_BODY_POINTS))
        cursor.setCharFormat(plain)
        self._source.show_markdown(text_below(entry))
        cursor.setBlockFormat(self._source.document().begin().blockFormat())
        cursor.insertFragment(QTextDocumentFragment(self._source.document()))
        _set_fonts(made)
        made.setTextWidth(width)
        return made

    def _break(self, document: QTextDocument, start: float, end: float) -> float:
        """Where the page ends: between two lines, never through one."""
        if document.size().height() <= end:
            return document.size().height()
        layout, last = document.documentLayout(), start
        block = document.begin()
        while block.isValid():
            box = layout.blockBoundingRect(block)
            for number in range(block.layout().lineCount()):
                line = block.layout().lineAt(number)
                bottom = box.top() + line.y() + line.height()
                if bottom > end:
                    # A line higher than a page cannot be helped.
                    return last if last > start else end
                last = max(last, bottom)
            block = block.next()
        return document.size().height()  # only room below the last line is left

    def _paint(self, document: QTextDocument, start: float, end: float) -> None:
        painter, room = self._painter, self._room()
        if painter is None:
            return
        painter.save()
        top = room.bottom() - self._left
        painter.translate(room.left(), top - start)
        clip = QRectF(0, start, room.width(), end - start)
        painter.setClipRect(clip)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = clip
        # Ink, whatever the theme of the screen.
        context.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _new_page(self) -> None:
        if self._printer is not None:
            self._printer.newPage()
        self._begin_page()

    def _begin_page(self) -> None:
        self._pages += 1
        room, painter = self._room(), self._painter
        if painter is None:
            return
        self._left = room.height()
        painter.setFont(_font(_HEAD_POINTS))
        above = QRectF(room.left(), room.top() - 2 * self._line(), room.width(), self._line())
        painter.drawText(above, int(Qt.AlignmentFlag.AlignLeft), self._title)
        painter.drawText(above, int(Qt.AlignmentFlag.AlignRight), str(self._pages))

    def _room(self) -> QRectF:
        """What of the page is written on, in its own units."""
        if self._printer is None:
            return QRectF()
        unit = self._printer.resolution() / 25.4
        page = QRectF(self._printer.pageRect(QPrinter.Unit.DevicePixel))
        size = QSizeF(page.width(), page.height())
        margin = _MARGIN_MM * unit
        return QRectF(
            margin,
            margin + 2 * self._line(),
            size.width() - 2 * margin,
            size.height() - 2 * margin - 2 * self._line(),
        )

    def _line(self) -> float:
        resolution = self._printer.resolution() if self._printer is not None else 72
        return 1.4 * _BODY_POINTS * resolution / 72


def _facts(entry: Entry) -> str:
    parts = [date_text(entry.on)]
    parts += [time_text(entry.at)] if entry.at else []
    parts += [minutes_text(entry.duration)] if entry.duration else []
    parts += [
        f"{one.activity.label} {minutes_text(one.minutes)}" if one.minutes else one.activity.label
        for one in entry.allocations
    ]
    return ", ".join(parts)


def _font(points: float, *, bold: bool = False) -> QFont:
    """The program's typeface in points: pixels of the screen mean nothing on paper."""
    made = QFont(theme.font(12).family())
    made.setPointSizeF(points)
    made.setBold(bold)
    # Ligatures of signs, such as a raised colon, are not found in a PDF.
    made.setFeature(QFont.Tag("calt"), 0)
    return made


def _set_fonts(document: QTextDocument) -> None:
    """Give text that was laid out for the screen the size of paper, and ink for its colour."""
    block = document.begin().next().next()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            cursor = QTextCursor(document)
            cursor.setPosition(fragment.position())
            cursor.setPosition(
                fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor
            )
            form = fragment.charFormat()
            size = _BODY_POINTS + (1 if block.blockFormat().headingLevel() else 0)
            italic, struck = form.fontItalic(), form.fontStrikeOut()
            form.clearForeground()
            form.setFont(_font(size, bold=form.fontWeight() > QFont.Weight.Medium))
            form.setFontItalic(italic)
            form.setFontStrikeOut(struck)
            cursor.setCharFormat(form)
            fragments += 1
        block = block.next()
