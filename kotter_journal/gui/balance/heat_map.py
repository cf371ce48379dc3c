"""Heat map: on which days something was logged, and how many hours."""

from bisect import bisect_right
from datetime import timedelta
from itertools import pairwise

from PySide6.QtCore import QDate, QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy, QWidget

from kotter_journal.domain.balance import Balance, DayMinutes
from kotter_journal.domain.periods import Period
from kotter_journal.domain.sentences import entries_text, minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.balance.day_words import day_text, status_text
from kotter_journal.gui.chart import Chart, Mark
from kotter_journal.gui.drawing import Align, Canvas, Corners, width_of

LEVELS = (120, 240, 360, 480)
"""Minutes from which a day is a shade stronger."""
_PITCH, _GAP, _TOP, _FOOT, _WIDEST = 20, 3, 20, 30, 26

_FAINT = 90
"""How strongly days off are hatched, 0..255."""
_STEPS = {
    Qt.Key.Key_Left: -7,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 7,
    Qt.Key.Key_Down: 1,
}


class HeatMap(Chart):
    """Weeks as columns, weekdays as rows; one hue, stronger with more hours. Days off are hatched.

    Choosing a day gives a Period of that day. Up and Down go by days, Left and Right by weeks.
    """

    begins_at_end = True
    steps = _STEPS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._balance: Balance | None = None
        self._weeks: list[Period] = []
        self._by_day: dict[int, DayMinutes] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_balance(self, balance: Balance, first_weekday: int = 0) -> None:
        """Show the days of this balance, whose period begins with a week."""
        self._balance = balance
        self._weeks = balance.period.weeks(first_weekday)
        self._by_day = {day.on.toordinal(): day for day in balance.days}
        timed = sum(day.logged > 0 for day in balance.days)
        words = self.tr("{0} logged on {1} days; the arrow keys go from day to day")
        self.describe(self.tr("When do I log?"), words.format(minutes_text(balance.logged), timed))
        self.refresh()

    def _tip(self, ordinal: int) -> str:
        balance = self._balance
        if balance is None:
            return ""
        on = balance.period.start + timedelta(days=ordinal - balance.period.start.toordinal())
        one, status = self._by_day.get(ordinal), status_text(balance.working, on)
        if one is None:
            words = self.tr("nothing logged")
        else:
            words = self.tr("{0} in {1}").format(
                minutes_text(one.logged), entries_text(one.entries)
            )
        return f"{day_text(on)}: {words}; {status}"

    def _names_width(self) -> float:
        names = (
            self.locale().dayName(n + 1, self.locale().FormatType.ShortFormat) for n in range(7)
        )
        return max(width_of(name, theme.font(11)) for name in names) + theme.px(8)

    def _cells(self, area: QRectF) -> dict[int, QRectF]:
        """Where each day lies, by its ordinal."""
        left, columns = area.left() + self._names_width(), max(1, len(self._weeks))
        across = min(theme.px(_WIDEST), (area.right() - left) / columns)
        down, top = theme.px(_PITCH), area.top() + theme.px(_TOP)
        cells = {}
        for column, week in enumerate(self._weeks):
            x, right = round(left + column * across), round(left + (column + 1) * across)
            for row in range(week.days):
                cells[week.start.toordinal() + row] = QRectF(
                    x, top + row * down, max(2, right - x - _GAP), down - _GAP
                )
        return cells

    def lay_out(self, area: QRectF) -> list[Mark]:
        """One mark a day."""
        start = self._balance.period.start if self._balance is not None else None
        if start is None:
            return []
        return [
            Mark(place, self._tip(day), self._key(day)) for day, place in self._cells(area).items()
        ]

    def _key(self, ordinal: int) -> Period | None:
        one = self._by_day.get(ordinal)
        return None if one is None else Period(one.on, one.on + timedelta(days=1))

    def draw(self, canvas: Canvas) -> None:
        """Names of weekdays and months, days, and what the shades mean."""
        if self._balance is None or not self._weeks:
            return
        cells = self._cells(canvas.area)
        self._draw_names(canvas, cells)
        for day, place in cells.items():
            self._draw_day(canvas, day, place)
        self._draw_legend(canvas)

    def _draw_day(self, canvas: Canvas, ordinal: int, place: QRectF) -> None:
        tokens, one, balance = theme.tokens(), self._by_day.get(ordinal), self._balance
        if balance is None:
            return
        on = balance.period.start + timedelta(days=ordinal - balance.period.start.toordinal())
        corners, off = Corners(3, 3), not balance.working.is_workday(on)
        fill = shade(one.logged) if one is not None and one.logged else None
        if off:
            faint = QColor(tokens.control)
            faint.setAlpha(_FAINT)
            strong = tokens.surface if fill is not None else faint
            canvas.hatch(place, corners, fill=fill, color=strong)
        elif fill is not None:
            canvas.box(place, fill, None, corners)
        else:
            canvas.box(place, tokens.surface, tokens.line, corners)
        if one is not None and not one.logged:
            canvas.dot(place.center(), 2, tokens.text3, tokens.text3)

    def _draw_names(self, canvas: Canvas, cells: dict[int, QRectF]) -> None:
        font, color, locale = theme.font(11), theme.tokens().text2, self.locale()
        whole = self._weeks[0] if self._weeks[0].days == 7 else self._weeks[-1]
        for row in range(0, whole.days, 2):
            first = cells[whole.start.toordinal() + row]
            day = (whole.start.weekday() + row) % 7 + 1
            box = QRectF(canvas.area.left(), first.top(), self._names_width(), first.height())
            canvas.text(box, locale.dayName(day, locale.FormatType.ShortFormat), font, color)
        free = canvas.area.left()
        for before, week in pairwise((self._weeks[0], *self._weeks)):
            if week.last.month == before.last.month and week is not before:
                continue
            last = week.last
            name = locale.toString(QDate(last.year, last.month, 1), "MMM yyyy")
            if last.month != 1 and week is not self._weeks[0]:
                name = locale.toString(QDate(last.year, last.month, 1), "MMM")
            x, wide = cells[week.start.toordinal()].left(), width_of(name, font) + theme.px(6)
            if x >= free and x + wide <= canvas.area.right() + theme.px(6):
                box = QRectF(x, canvas.area.top(), wide, theme.px(_TOP - 2))
                canvas.text(box, name, font, color)
                free = x + wide

    def _draw_legend(self, canvas: Canvas) -> None:
        tokens, font, side = theme.tokens(), theme.font(11), theme.px(13)
        y = canvas.area.top() + theme.px(_TOP + 7 * _PITCH + 10)
        x = canvas.area.left() + self._names_width()
        plain = self.tr("no minutes")
        for minutes, words in [*self._legend(), (-1, self.tr("day off")), (0, plain)]:
            box = QRectF(x, y, side, side)
            if minutes < 0:
                canvas.hatch(box, Corners(3, 3), color=tokens.control)
            elif minutes:
                canvas.box(box, shade(minutes), None, Corners(3, 3))
            else:
                canvas.box(box, tokens.surface, tokens.line, Corners(3, 3))
                canvas.dot(box.center(), 2, tokens.text3, tokens.text3)
            wide = width_of(words, font)
            place = QRectF(x + side + theme.px(6), y - 2, wide + 2, side + 4)
            canvas.text(place, words, font, tokens.text2, Align.START)
            x += side + theme.px(6) + wide + theme.px(16)

    def _legend(self) -> list[tuple[int, str]]:
        hours = [minutes // 60 for minutes in LEVELS]
        words = [self.tr("under {0} h").format(hours[0])]
        words += [self.tr("{0}–{1} h").format(*both) for both in pairwise(hours)]
        words.append(self.tr("{0} h and more").format(hours[-1]))
        return list(zip((1, *LEVELS), words, strict=True))

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Seven rows, the months over them and the shades below."""
        return QSize(theme.px(900), theme.px(_TOP + 7 * _PITCH + _FOOT))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrower has no room for a year."""
        return QSize(theme.px(320), self.sizeHint().height())


def shade(minutes: int) -> QColor:
    """The colour of a day with so many logged minutes."""
    return theme.tokens().heat[bisect_right(LEVELS, minutes)]
