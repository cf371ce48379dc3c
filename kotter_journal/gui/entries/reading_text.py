"""ReadingText: entries one below the other, of which only those near the screen are laid out."""

from array import array
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocumentFragment,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Entry, EntryId, title_of
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.invisible import boxed
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.entries.days import full_day_text
from kotter_journal.gui.entries.preview import Preview
from kotter_journal.gui.entry_words import time_text, untitled
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage import entries

_CHUNK, _MOST = 8, 64
"""Entries that are read at a time, and how many are laid out at once."""
_NEAR = 1.5
"""So many heights of the screen from an end, what lies beyond is read."""


@dataclass(slots=True)
class _Laid:
    """An entry in the document; the cursor moves with the text before it."""

    position: int
    id: EntryId
    start: QTextCursor


class ReadingText(Preview):
    """``chosen`` carries the id of an entry that is to be edited, ``left``: Esc.

    The entries are those at ``positions``, oldest first. As one reads on, entries come at one end
    and go at the other; what is on the screen keeps its place.
    """

    chosen = Signal(str)
    left = Signal()
    failed = Signal(object)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading")
        self.setAccessibleName(self.tr("Entries to read"))
        self._session = session
        self._source = Preview(self)
        self._source.hide()
        self._positions: array[int] = array("q")
        self._laid: deque[_Laid] = deque()
        self._is_laying = False
        self._aim: tuple[int, int] | None = None
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_positions(self, positions: "array[int]", at: int) -> None:
        """Show these entries, the one at position ``at`` or the next one after it at the top."""
        self._positions = positions
        self._laid.clear()
        self.document().clear()
        self.document().setDocumentMargin(theme.px(12))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        place = min(bisect_left(positions, at), max(0, len(positions) - 1))
        self._add(place, min(len(positions), place + _CHUNK), at_end=True)
        self.verticalScrollBar().setValue(0)
        self._fill()
        if self._laid:
            self.go_to(positions[place])

    def go_to(self, position: int) -> None:
        """Bring the entry at ``position``, or the next one after it, to the top."""
        laid = next((one for one in self._laid if one.position >= position), None)
        if laid is None or position < self._laid[0].position:
            if self._positions:
                self.show_positions(self._positions, position)
            return
        self._scroll_to(laid)
        self.setTextCursor(QTextCursor(laid.start))
        self._scroll_to(laid)
        # At the end of what is read an entry may stand below others and be meant all the same.
        self._aim = laid.position, self.verticalScrollBar().value()
        self.viewport().update()

    def step(self, by: int) -> None:
        """Go on to the next entry (1) or the one before (-1)."""
        current = self.current()
        if current is None:
            return
        place = bisect_left(self._positions, current.position) + by
        if 0 <= place < len(self._positions):
            self.go_to(self._positions[place])

    def current_id(self) -> EntryId | None:
        """The entry in hand, see ``current``."""
        current = self.current()
        return None if current is None else current.id

    def current_position(self) -> int | None:
        """Where that entry stands in time."""
        current = self.current()
        return None if current is None else current.position

    def current(self) -> _Laid | None:
        """The entry that was gone to last, or after scrolling on the one at the top.

        That is the last one that begins at or above the top of the screen.
        """
        if self._aim is not None and self._aim[1] == self.verticalScrollBar().value():
            aimed = next((one for one in self._laid if one.position == self._aim[0]), None)
            if aimed is not None:
                return aimed
        top = self.verticalScrollBar().value() + theme.px(24)
        found = None
        for one in self._laid:
            if self._y(one) > top and found is not None:
                break
            found = one
        return found

    def laid_out(self) -> int:
        """How many entries are laid out."""
        return len(self._laid)

    def _y(self, laid: _Laid) -> int:
        block = laid.start.block()
        return int(self.document().documentLayout().blockBoundingRect(block).top())

    def _scroll_to(self, laid: _Laid) -> None:
        self.verticalScrollBar().setValue(max(0, self._y(laid) - theme.px(8)))

    def _on_scrolled(self) -> None:
        if not self._is_laying:
            self._fill()

    def _fill(self) -> None:
        """Read more where an end is near, and let go at the other."""
        if not self._laid:
            return
        bar, screen = self.verticalScrollBar(), max(1, self.viewport().height())
        near = int(screen * _NEAR)
        last = bisect_left(self._positions, self._laid[-1].position) + 1
        while last < len(self._positions) and self._height() - bar.value() - screen < near:
            end = min(len(self._positions), last + _CHUNK)
            self._add(last, end, at_end=True)
            last = end
            self._let_go(at_end=False)
        first = bisect_left(self._positions, self._laid[0].position)
        while first > 0 and bar.value() < near:
            start = max(0, first - _CHUNK)
            self._add(start, first, at_end=False)
            first = start
            self._let_go(at_end=True)

    def _height(self) -> int:
        return int(self.document().size().height())

    def _add(self, start: int, end: int, *, at_end: bool) -> None:
        places = list(self._positions[start:end])
        try:
            found = self._session.read(lambda tx: entries.entries_at(tx, places))
        except KotterError as error:
            self.failed.emit(error)
            return
        self._is_laying = True
        bar = self.verticalScrollBar()
        anchor = self._laid[0] if self._laid and not at_end else None
        before = bar.value() - self._y(anchor) if anchor else 0
        if at_end:
            for place, entry in zip(places, found, strict=False):
                day = self._laid[-1].position >> 40 if self._laid else None
                self._append(place, entry, QTextCursor.MoveOperation.End, day)
        else:
            day = places[0] - (1 << 40) >> 40 if start == 0 else self._positions[start - 1] >> 40
            made: list[_Laid] = []
            cursor = QTextCursor(self.document())
            for place, entry in zip(places, found, strict=False):
                made.append(self._insert(cursor, place, entry, day))
                day = place >> 40
            self._laid.extendleft(reversed(made))
        if anchor is not None:
            bar.setValue(self._y(anchor) + before)
        self._is_laying = False

    def _append(
        self, position: int, entry: Entry, where: QTextCursor.MoveOperation, day: int | None
    ) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(where)
        self._laid.append(self._insert(cursor, position, entry, day))

    def _insert(self, cursor: QTextCursor, position: int, entry: Entry, day: int | None) -> _Laid:
        """Put an entry in at the cursor, under its date where the day before is another."""
        cursor.beginEditBlock()
        begins = cursor.position()
        cursor.setBlockFormat(_block(top=theme.px(18), bottom=theme.px(2)))
        cursor.setBlockCharFormat(QTextCharFormat())
        if day != position >> 40:
            cursor.insertText(full_day_text(entry.on), _chars(13, 600, theme.tokens().text2))
            cursor.insertBlock(_block(top=theme.px(6), bottom=theme.px(2)))
        cursor.insertText(boxed(_heading(entry)), _chars(20, 700, theme.tokens().text))
        cursor.insertBlock(_block(top=0, bottom=theme.px(6)))
        self._insert_minutes(cursor, entry)
        body = text_below(entry)
        if body:
            cursor.insertBlock(_block(top=0, bottom=theme.px(6)))
            cursor.setCharFormat(_chars(16, 400, theme.tokens().text))
            self._source.show_markdown(body)
            if self._source.wordWrapMode() == QTextOption.WrapMode.WrapAnywhere:
                self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
            # The first block of a fragment takes on the format of the one it comes into.
            cursor.setBlockFormat(self._source.document().begin().blockFormat())
            cursor.insertFragment(QTextDocumentFragment(self._source.document()))
        cursor.insertBlock(_block(top=0, bottom=0), QTextCharFormat())
        cursor.endEditBlock()
        start = QTextCursor(self.document())
        start.setPosition(begins)
        # Text that comes before it later must push it on.
        start.setKeepPositionOnInsert(False)
        return _Laid(position, entry.id, start)

    def _insert_minutes(self, cursor: QTextCursor, entry: Entry) -> None:
        tokens, quiet = theme.tokens(), _chars(12, 400, theme.tokens().text2)
        parts = [time_text(entry.at)] if entry.at else []
        parts += [minutes_text(entry.duration)] if entry.duration else []
        cursor.insertText("  ".join(parts), quiet)
        for one in entry.allocations:
            leads = one.activity in _LEADING
            color = (
                theme.activity_colors(one.activity).outline
                if one.activity in _SIX
                else tokens.text3
            )
            cursor.insertText(f"   {'■' if leads else '□'} ", _chars(12, 700, color))
            words = one.activity.label
            text = f"{words} {minutes_text(one.minutes)}" if one.minutes else words
            cursor.insertText(text, quiet)

    def _let_go(self, *, at_end: bool) -> None:
        """Take entries out at one end; what is on the screen keeps its place."""
        while len(self._laid) > _MOST:
            self._is_laying = True
            bar, anchor = self.verticalScrollBar(), self.current()
            before = bar.value() - self._y(anchor) if anchor else 0
            cursor = QTextCursor(self.document())
            if at_end:
                cursor.setPosition(self._laid[-1].start.position())
                cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
                self._laid.pop()
            else:
                self._laid.popleft()
                cursor.setPosition(self._laid[0].start.position(), QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            if anchor is not None and anchor in self._laid:
                bar.setValue(self._y(anchor) + before)
            self._is_laying = False

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Mark the entry in hand with a bar beside its heading."""
        super().paintEvent(event)
        current = self.current() if self.hasFocus() else None
        if current is None:
            return
        layout = self.document().documentLayout()
        heading = layout.blockBoundingRect(current.start.block())
        rtl = self.isRightToLeft()
        x = self.viewport().width() - theme.px(3) if rtl else 0
        y = int(heading.top()) - self.verticalScrollBar().value()
        with QPainter(self.viewport()) as painter:
            painter.fillRect(x, y, theme.px(3), int(heading.height()), theme.tokens().accent)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """N and P go by entries, Enter edits, Esc leaves; the rest scrolls."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        current = self.current_id()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and event.key() in (Qt.Key.Key_N, Qt.Key.Key_P):
            self.step(1 if event.key() == Qt.Key.Key_N else -1)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current:
            self.chosen.emit(current)
        elif plain and event.key() == Qt.Key.Key_Home and self._positions:
            self.go_to(self._positions[0])
        elif plain and event.key() == Qt.Key.Key_End and self._positions:
            self.go_to(self._positions[-1])
        else:
            super().keyPressEvent(event)


_LONGEST_HEADING = 120
_LEADING = frozenset(
    {Activity.SETTING_DIRECTION, Activity.ALIGNING_PEOPLE, Activity.MOTIVATING_INSPIRING}
)
_SIX = frozenset(set(Activity) - {Activity.OUTSIDE})


def _heading(entry: Entry) -> str:
    return ("★ " if entry.starred else "") + (title_of(entry.title, entry.body) or untitled())


def text_below(entry: Entry) -> str:
    """The text of an entry below its title, without the first line where that is the title."""
    if entry.title and entry.title.strip():
        return entry.body
    first, _, rest = entry.body.lstrip().partition("\n")
    return rest.strip("\n") if len(first) <= _LONGEST_HEADING else entry.body


def _block(*, top: int, bottom: int) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(top)
    made.setBottomMargin(bottom)
    return made


def _chars(size: int, weight: int, color: object) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme.font(size, weight))
    made.setForeground(color)  # type: ignore[arg-type]
    return made
