"""Day strip: what kind of days there were, a bar each, managing above and leading below."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, QPointF, QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from kotter_journal.domain.activities import LEADING, MANAGING, Activity
from kotter_journal.domain.balance import ENOUGH_DAYS, Balance, DayMinutes
from kotter_journal.domain.periods import Period
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.balance.axis import (
    LABEL,
    axis_width,
    draw_labels,
    draw_tick_words,
    ticks_for,
)
from kotter_journal.gui.balance.day_words import day_text
from kotter_journal.gui.chart import Chart, Mark
from kotter_journal.gui.drawing import Align, Canvas, Corners

MOST_DAYS = 60


class DayStrip(Chart):
    """Every day of a period, to one scale of hours in both directions from a middle line.

    Choosing a bar gives a Period of its day. Below five logged days it says so instead.
    """

    begins_at_end = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._balance: Balance | None = None
        self._days: list[tuple[date, DayMinutes | None]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_balance(self, balance: Balance) -> None:
        """Show the days of this balance, at most MOST_DAYS of them."""
        self._balance = balance
        held = {day.on: day for day in balance.days}
        dates = [balance.period.start + timedelta(days=n) for n in range(balance.period.days)]
        enough = balance.logged_days >= ENOUGH_DAYS
        self._days = [(on, held.get(on)) for on in dates] if enough else []
        some = [self._tip(on, one) for on, one in self._days if one is not None]
        self.describe(self.tr("What kind of days"), "; ".join(some) or self.thin_words())
        self.refresh()

    def thin_words(self) -> str:
        """What is said where there are too few days."""
        words = self.tr("Not enough yet: it takes {0} logged days to see what kind they are.")
        return words.format(ENOUGH_DAYS)

    def _tip(self, on: date, one: DayMinutes | None) -> str:
        if one is None:
            return self.tr("{0}: nothing logged").format(day_text(on))
        words = self.tr("{0}: leading {1}, managing {2}")
        text = words.format(day_text(on), minutes_text(one.leading), minutes_text(one.managing))
        rest = one.logged - one.classified
        return f"{text}; {self.tr('other {0}').format(minutes_text(rest))}" if rest else text

    def _ticks(self) -> list[int]:
        most = max(max(one.leading, one.managing) for _, one in self._days if one is not None)
        return ticks_for(max(most, 60))

    def _words_of(self, ticks: Sequence[int]) -> list[tuple[float, str]]:
        return [(0.0, minutes_text(tick) if tick else "0") for tick in (0, ticks[-1])]

    def _plot(self, area: QRectF, ticks: Sequence[int]) -> QRectF:
        axis = axis_width(self._words_of(ticks))
        return area.adjusted(axis, theme.px(8), 0, -theme.px(LABEL + 4))

    def lay_out(self, area: QRectF) -> list[Mark]:
        """One mark a day, as high as the chart."""
        if not self._days:
            return []
        plot = self._plot(area, self._ticks())
        pitch = plot.width() / len(self._days)
        return [
            Mark(
                QRectF(plot.left() + rank * pitch, area.top(), pitch, area.height()),
                self._tip(on, one),
                None if one is None else Period(on, on + timedelta(days=1)),
            )
            for rank, (on, one) in enumerate(self._days)
        ]

    def draw(self, canvas: Canvas) -> None:
        """Lines across, bars from the middle line, dates."""
        if not self._days:
            words, color = self.thin_words(), theme.tokens().text2
            canvas.text(canvas.area, words, theme.font(13), color, Align.CENTER)
            return
        ticks = self._ticks()
        plot = self._plot(canvas.area, ticks)
        middle, pitch = round(plot.center().y()) + 0.5, plot.width() / len(self._days)
        self._draw_lines(canvas, plot, ticks, middle)
        width = max(2.0, min(pitch * 0.7, theme.px(36)))
        scale = (plot.height() / 2 - 1) / ticks[-1]
        for rank, (_, one) in enumerate(self._days):
            if one is not None:
                left = round(plot.left() + (rank + 0.5) * pitch - width / 2)
                self._draw_bar(canvas, one, QRectF(left, middle, round(width), scale))
        draw_labels(canvas, plot, self._labels(pitch))

    def _draw_lines(
        self, canvas: Canvas, plot: QRectF, ticks: Sequence[int], middle: float
    ) -> None:
        tokens = theme.tokens()
        for tick in ticks:
            away = (plot.height() / 2 - 1) * tick / ticks[-1]
            for y in {round(middle - away) + 0.5, round(middle + away) + 0.5}:
                canvas.line(QPointF(plot.left(), y), QPointF(plot.right(), y), tokens.line)
                if tick in (0, ticks[-1]):
                    words = minutes_text(tick) if tick else "0"
                    draw_tick_words(canvas, plot, y, words)
        ends = QPointF(plot.left(), middle), QPointF(plot.right(), middle)
        canvas.line(*ends, tokens.text, 1.5)

    def _draw_bar(self, canvas: Canvas, one: DayMinutes, room: QRectF) -> None:
        """Both sides of a day; the height of ``room`` is that of a minute, its top the middle."""
        for side, way in ((tuple(reversed(LEADING)), 1), (tuple(reversed(MANAGING)), -1)):
            y = room.top() + way
            for activity in side:
                height = one.minutes[activity] * room.height()
                if height:
                    self._draw_part(
                        canvas, activity, QRectF(room.left(), y, room.width(), way * height)
                    )
                    y += way * height

    def _draw_part(self, canvas: Canvas, activity: Activity, part: QRectF) -> None:
        place = part.normalized()
        gap = 1 if place.height() > 4 else 0
        canvas.activity(place.adjusted(0, 0, 0, -gap), activity, Corners(2, 2))

    def _labels(self, pitch: float) -> list[str]:
        """Each day's, or that of each first day of a week or month where days are close."""
        locale, few = self.locale(), pitch >= theme.px(44)
        first = self._days[0][0].weekday()
        return [
            locale.toString(QDate(on.year, on.month, on.day), "ddd d" if few else "d MMM")
            if few or on.weekday() == first
            else ""
            for on, _ in self._days
        ]

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for both directions, or for a sentence."""
        return QSize(theme.px(640), theme.px(220 if self._days else 60))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrower has no room for days."""
        return QSize(theme.px(320), self.sizeHint().height())
