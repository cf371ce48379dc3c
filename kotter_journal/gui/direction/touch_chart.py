"""Touch chart: week by week how often the direction was stated, heard back and challenged."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, QPointF, QRectF, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from kotter_journal.gui import theme
from kotter_journal.gui.chart import Chart, Mark
from kotter_journal.gui.direction.touch_weeks import TouchWeek, week_sentence
from kotter_journal.gui.drawing import Align, Canvas, Corners, isolated, width_of

_LEGEND, _DATES, _TICK, _PLOT, _LABEL = 26, 16, 10, 130, 22
"""Heights in pixels at 100 %: kinds, dates of new wording, their marks, bars, weeks."""
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MOST_STEPS = 4
_STATED, _HEARD_BACK, _CHALLENGED = range(3)
_SWATCH = 13


class TouchChart(Chart):
    """Three bars a week on one axis of whole counts from zero, and a mark at each new wording.

    Stated is solid, heard back a frame, challenged hatched, always in this order. Choosing a week
    gives its TouchWeek. Where the direction never came up it says so instead of bars.
    """

    begins_at_end = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weeks: Sequence[TouchWeek] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_weeks(self, weeks: Sequence[TouchWeek]) -> None:
        """Show these weeks, the oldest first."""
        self._weeks = weeks
        said = ". ".join(week_sentence(week) for week in weeks)
        if not self._most:
            said = f"{self.empty_words()} {said}"
        self.describe(self.tr("How often the direction came up"), said)
        self.refresh()

    def empty_words(self) -> str:
        """What is said where there is nothing to count."""
        words = self.tr("It came up in no entry of these {0} weeks.")
        return words.format(len(self._weeks))

    @property
    def _most(self) -> int:
        return max((max(week.counts) for week in self._weeks), default=0)

    def _plot(self, area: QRectF) -> QRectF:
        axis = width_of(str(ticks_for(self._most)[-1]), theme.font(11)) + theme.px(10)
        above = theme.px(_LEGEND + _DATES + _TICK)
        return area.adjusted(axis, above, -1, -theme.px(_LABEL))

    def lay_out(self, area: QRectF) -> list[Mark]:
        """One mark a week, from below the dates of new wording down to its own."""
        plot = self._plot(area)
        pitch = plot.width() / max(1, len(self._weeks))
        top = area.top() + theme.px(_LEGEND + _DATES)
        return [
            Mark(
                QRectF(plot.left() + rank * pitch, top, pitch, area.bottom() - top),
                week_sentence(week),
                week if week.entry_ids else None,
            )
            for rank, week in enumerate(self._weeks)
        ]

    def draw(self, canvas: Canvas) -> None:
        """What the bars mean, lines across, bars, marks of new wording, weeks."""
        if not self._weeks:
            return
        plot = self._plot(canvas.area)
        self._draw_legend(canvas)
        if self._most:
            self._draw_bars(canvas, plot)
        else:
            self._draw_empty(canvas, plot)
        self._draw_wording(canvas, plot)
        self._draw_weeks(canvas, plot)

    def _draw_empty(self, canvas: Canvas, plot: QRectF) -> None:
        tokens, y = theme.tokens(), round(plot.bottom()) + 0.5
        ends = QPointF(plot.left(), y), QPointF(plot.right(), y)
        canvas.line(*ends, tokens.control, 1, Qt.PenStyle.DotLine)
        canvas.text(plot, self.empty_words(), theme.font(13), tokens.text2, Align.CENTER)

    def _draw_bars(self, canvas: Canvas, plot: QRectF) -> None:
        tokens, ticks = theme.tokens(), ticks_for(self._most)
        for tick in ticks:
            y = round(plot.bottom() - plot.height() * tick / ticks[-1]) + 0.5
            ends = QPointF(plot.left(), y), QPointF(plot.right(), y)
            canvas.line(*ends, tokens.line if tick else tokens.control)
            room = QRectF(canvas.area.left(), y - 9, plot.left() - canvas.area.left() - 6, 18)
            canvas.text(room, isolated(str(tick)), theme.font(11), tokens.text2, Align.END)
        pitch = plot.width() / len(self._weeks)
        width = max(2, min(theme.px(14), round(pitch * 0.8 / 3) - 2))
        for rank, week in enumerate(self._weeks):
            left = round(plot.left() + (rank + 0.5) * pitch - 1.5 * width - 2)
            for kind, count in enumerate(week.counts):
                height = round(plot.height() * count / ticks[-1])
                top = round(plot.bottom()) - height
                self._draw_kind(canvas, kind, QRectF(left + kind * (width + 2), top, width, height))

    def _draw_kind(self, canvas: Canvas, kind: int, place: QRectF) -> None:
        tokens, corners = theme.tokens(), Corners(2, 2)
        if place.height() < 1:
            return
        if kind == _STATED:
            canvas.box(place, tokens.leading, None, corners)
        elif kind == _HEARD_BACK:
            canvas.box(place, tokens.accent_soft, tokens.leading, corners)
        else:
            canvas.hatch(place, corners, color=tokens.text2)

    def _draw_legend(self, canvas: Canvas) -> None:
        tokens, font, side = theme.tokens(), theme.font(12), theme.px(_SWATCH)
        x, y = canvas.area.left(), canvas.area.top() + 1
        kinds = (self.tr("stated"), self.tr("heard back"), self.tr("challenged"))
        for kind, words in enumerate((*kinds, self.tr("new wording"))):
            if kind <= _CHALLENGED:
                self._draw_kind(canvas, kind, QRectF(x, y, side, side))
            else:
                self._draw_mark(canvas, round(x + side / 2), y, side)
            wide = width_of(words, font)
            place = QRectF(x + side + theme.px(6), y - 3, wide + 2, side + 6)
            canvas.text(place, words, font, tokens.text2)
            x += side + theme.px(6) + wide + theme.px(16)

    def _draw_mark(self, canvas: Canvas, x: float, top: float, height: float) -> None:
        canvas.line(QPointF(x, top), QPointF(x, top + height), theme.tokens().text, 2)

    def _draw_wording(self, canvas: Canvas, plot: QRectF) -> None:
        """An upright mark over the day on which wording is new, with its date where that fits."""
        font, color, pitch = theme.font(11), theme.tokens().text, plot.width() / len(self._weeks)
        free, top = canvas.area.left(), canvas.area.top() + theme.px(_LEGEND)
        for rank, week in enumerate(self._weeks):
            for day in week.worded:
                part = ((day - week.period.start).days + 0.5) / week.period.days
                x = round(plot.left() + (rank + part) * pitch)
                self._draw_mark(canvas, x, top + theme.px(_DATES), theme.px(_TICK - 2))
                words = self.locale().toString(QDate(day.year, day.month, day.day), "d MMM")
                wide = width_of(words, font) + theme.px(6)
                left = max(canvas.area.left(), min(x - wide / 2, canvas.area.right() - wide))
                if left >= free:
                    box = QRectF(left, top, wide, theme.px(_DATES))
                    canvas.text(box, words, font, color, Align.CENTER)
                    free = left + wide

    def _draw_weeks(self, canvas: Canvas, plot: QRectF) -> None:
        """The first day under each week, as far as they fit, the newest first."""
        font, color, pitch = theme.font(11), theme.tokens().text2, plot.width() / len(self._weeks)
        days = [week.period.start for week in self._weeks]
        words = [self.locale().toString(QDate(d.year, d.month, d.day), "d MMM") for d in days]
        wide = max(width_of(word, font) for word in words) + theme.px(8)
        free = canvas.area.right()
        for rank in reversed(range(len(days))):
            right = min(plot.left() + (rank + 0.5) * pitch + wide / 2, canvas.area.right())
            if right <= free:
                box = QRectF(right - wide, plot.bottom() + theme.px(4), wide, theme.px(_LABEL - 4))
                canvas.text(box, words[rank], font, color, Align.CENTER)
                free = right - wide

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """A calm height."""
        return QSize(theme.px(640), theme.px(_LEGEND + _DATES + _TICK + _PLOT + _LABEL))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrower has no room for the words over the bars."""
        return QSize(theme.px(360), self.sizeHint().height())


def ticks_for(most: int) -> list[int]:
    """Whole counts from 0 up in even steps; the last is the first that reaches ``most``."""
    step = next((one for one in _STEPS if one * _MOST_STEPS >= most), None)
    if step is None:
        step = -(-most // _MOST_STEPS)
    count = max(1, -(-most // step))
    return [step * rank for rank in range(count + 1)]
