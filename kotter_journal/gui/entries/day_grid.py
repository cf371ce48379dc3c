"""DayGrid: weeks of days, each with a mark of its hours; one of them is chosen."""

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.drawing import Align, Canvas, Corners, mirrored
from kotter_journal.gui.entries.days import (
    first_weekday,
    full_day_text,
    months_later,
    weekday_letter,
)

MARGIN = 12
_MARK_HEIGHT, _SHORTEST, _LONGEST, _FULL_DAY = 4, 8, 20, 480
"""A mark grows from 8 pixels to 20 at eight hours."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_RETHEMED = (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange)


class DayGrid(QWidget):
    """Paints days and is walked over with the arrow keys.

    ``chosen`` carries the day that was clicked or taken with Enter; ``moved`` the day to which
    the keys went, which may lie outside the days that are shown.
    """

    chosen = Signal(object)
    moved = Signal(object)

    weeks = 6
    cell_height = 34
    letters_height = 24
    page_months = 1

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = today
        self.month: int | None = None
        self._today = self._chosen = self._cursor = today
        self._totals: Mapping[date, DayMinutes] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def last(self) -> date:
        """The last day that is shown."""
        return _shifted(self.first, self.weeks * 7 - 1)

    @property
    def cursor_day(self) -> date:
        """The day on which the keys stand."""
        return self._cursor

    def show_from(self, first: date, month: int | None) -> None:
        """Show the weeks that begin with ``first``; days outside ``month`` stand back."""
        self.first, self.month = first, month
        self.update()

    def set_days(self, today: date, chosen: date, cursor: date) -> None:
        """Which days are marked out."""
        self._today, self._chosen, self._cursor = today, chosen, cursor
        self.setAccessibleDescription(self.words_of(cursor))
        self.update()

    def set_totals(self, totals: Iterable[DayMinutes]) -> None:
        """What the days that are shown hold."""
        self._totals = {total.on: total for total in totals}
        self.setAccessibleDescription(self.words_of(self._cursor))
        self.update()

    def words_of(self, day: date) -> str:
        """A day and what it holds, in words."""
        total = self._totals.get(day)
        if total is None:
            return self.tr("{0}, no entries").format(full_day_text(day))
        one = total.entries == 1
        entries = self.tr("1 entry") if one else self.tr("{0} entries").format(total.entries)
        return f"{full_day_text(day)}, {entries}, {minutes_text(total.logged)}"

    def day_at(self, point: QPointF) -> date | None:
        """The day under a point of the widget."""
        area = QRectF(self.rect())
        if self.isRightToLeft():
            point = mirrored(QRectF(point, point), area).topLeft()
        column = int((point.x() - MARGIN) // self._cell_width())
        row = int((point.y() - theme.px(self.letters_height)) // theme.px(self.cell_height))
        inside = 0 <= column < 7 and 0 <= row < self.weeks and point.x() >= MARGIN
        return _shifted(self.first, row * 7 + column) if inside else None

    def _cell_width(self) -> float:
        return (self.width() - 2 * MARGIN) / 7

    def _cell(self, number: int) -> QRectF:
        row, column = divmod(number, 7)
        width, height = self._cell_width(), theme.px(self.cell_height)
        top = theme.px(self.letters_height) + row * height
        return QRectF(MARGIN + column * width, top, width, height)

    def _draw_letters(self, canvas: Canvas) -> None:
        for column in range(7):
            cell = self._cell(column)
            letter = weekday_letter((first_weekday() + column) % 7)
            line = QRectF(cell.x(), 0, cell.width(), theme.px(self.letters_height))
            self._draw_letter(canvas, line, letter, chosen=False)

    def _draw_letter(self, canvas: Canvas, line: QRectF, letter: str, *, chosen: bool) -> None:
        tokens = theme.tokens()
        color = tokens.on_accent if chosen else tokens.text2
        canvas.text(line, letter, theme.font(12, 500), color, Align.CENTER)

    def _draw_day(self, canvas: Canvas, number: int) -> None:
        day = _shifted(self.first, number)
        tokens, cell = theme.tokens(), self._cell(number)
        chosen = day == self._chosen
        self._draw_ground(canvas, cell, day)
        outside = self.month is not None and day.month != self.month
        color = tokens.text3 if outside else tokens.text
        if day == self._today:
            color = tokens.accent
        if chosen:
            color = tokens.on_accent
        weight = 700 if day == self._today else 400 if outside else 600
        middle = self._number_middle(cell)
        line = QRectF(cell.x(), middle - theme.px(10), cell.width(), theme.px(20))
        canvas.text(line, str(day.day), theme.font(13, weight), color, Align.CENTER)
        total = self._totals.get(day)
        if total is not None:
            center = QPointF(cell.center().x(), middle + theme.px(13))
            self._draw_mark(canvas, center, total, chosen=chosen)

    def _number_middle(self, cell: QRectF) -> float:
        return cell.y() + theme.px(13)

    def _plate(self, cell: QRectF) -> QRectF:
        """The box that a day may fill."""
        side = min(cell.width() - 2, theme.px(32))
        return QRectF(cell.center().x() - side / 2, cell.y(), side, cell.height() - theme.px(2))

    def _draw_ground(self, canvas: Canvas, cell: QRectF, day: date) -> None:
        tokens, plate = theme.tokens(), self._plate(cell)
        if day == self._chosen:
            canvas.box(plate, tokens.accent, None, Corners(8, 8))
        elif day == self._today:
            canvas.box(plate, tokens.accent_soft, None, Corners(8, 8))
        if self.hasFocus() and day == self._cursor:
            ring = canvas.mirror(plate).adjusted(-1, -1, 1, 1)
            canvas.painter.setPen(QPen(tokens.text if day == self._chosen else tokens.accent, 2))
            canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
            canvas.painter.drawRoundedRect(ring, 8, 8)

    def _draw_mark(
        self, canvas: Canvas, center: QPointF, total: DayMinutes, *, chosen: bool
    ) -> None:
        """As long as the day's hours: leading, then managing, then an outline for the rest."""
        tokens, height = theme.tokens(), theme.px(_MARK_HEIGHT)
        leading = tokens.on_accent if chosen else tokens.leading
        managing = _faded(tokens.on_accent) if chosen else tokens.control
        if not total.logged:
            canvas.dot(center, height / 2 - 0.5, None, leading if chosen else tokens.text3)
            return
        part = min(1.0, total.logged / _FULL_DAY)
        length = theme.px(_SHORTEST + (_LONGEST - _SHORTEST) * part)
        rest = total.logged - total.classified
        x = center.x() - length / 2
        shares = ((total.leading, leading), (total.managing, managing), (rest, None))
        for minutes, fill in shares:
            if not minutes:
                continue
            width = length * minutes / total.logged
            box = QRectF(x, center.y() - height / 2, max(2.0, width - 1), height)
            canvas.box(box, fill, managing if fill is None else None, Corners(2, 2))
            x += width

    def _go_to(self, day: date) -> None:
        if day == self._cursor:
            return
        self._cursor = day
        self.moved.emit(day)
        said = self.words_of(day)
        self.setAccessibleDescription(said)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Seven columns and as many rows as there are weeks."""
        height = self.letters_height + self.weeks * self.cell_height
        return QSize(theme.px(34 * 7) + 2 * MARGIN, theme.px(height))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As tall as it must be."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Weekdays, then the days."""
        with QPainter(self) as painter:
            canvas = Canvas(painter, QRectF(self.rect()), rtl=self.isRightToLeft())
            self._draw_letters(canvas)
            for number in range(self.weeks * 7):
                self._draw_day(canvas, number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the day under the pointer."""
        day = self.day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self._cursor = day
            self.chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows by days and weeks, pages by months, Home to today; Enter and Space choose."""
        key = Qt.Key(event.key())
        if key in _STEPS and event.modifiers() in _NO_MODIFIERS:
            sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            flip = -1 if sideways and self.isRightToLeft() else 1
            self._go_to(_shifted(self._cursor, _STEPS[key] * flip))
        elif key in _PAGES:
            self._go_to(months_later(self._cursor, _PAGES[key] * self.page_months))
        elif key == Qt.Key.Key_Home:
            self._go_to(self._today)
        elif key in _CHOOSE:
            self.chosen.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show where the keys stand."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Forget the ring."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the theme and the text size."""
        super().changeEvent(event)
        if event.type() in _RETHEMED:
            self.updateGeometry()
            self.update()


class WeekRow(DayGrid):
    """One week, its weekday letters inside the days."""

    weeks = 1
    cell_height = 54
    letters_height = 0

    def _draw_letters(self, canvas: Canvas) -> None:
        """Each day draws its own."""

    def _draw_day(self, canvas: Canvas, number: int) -> None:
        super()._draw_day(canvas, number)
        day, cell = _shifted(self.first, number), self._cell(number)
        line = QRectF(cell.x(), cell.y() + theme.px(3), cell.width(), theme.px(18))
        letter = weekday_letter(day.weekday())
        self._draw_letter(canvas, line, letter, chosen=day == self._chosen)

    def _number_middle(self, cell: QRectF) -> float:
        return cell.y() + theme.px(28)


_NO_MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def _faded(color: QColor) -> QColor:
    return QColor(color.red(), color.green(), color.blue(), 130)


def _shifted(day: date, days: int) -> date:
    """``day`` moved by days, clamped to the calendar."""
    number = day.toordinal() + days
    return date.fromordinal(max(1, min(date.max.toordinal(), number)))
