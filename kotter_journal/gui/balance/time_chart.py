"""Time chart: how the hours, or the shares, follow one another, a stacked bar each."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy, QWidget

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.balance import Status
from kotter_journal.domain.balance_sentences import period_text
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.balance.axis import (
    LABEL,
    PERCENT_TICKS,
    axis_width,
    bar_labels,
    draw_labels,
    draw_ticks,
    ticks_for,
)
from kotter_journal.gui.balance.buckets import Bucket, Step
from kotter_journal.gui.chart import Chart, Mark
from kotter_journal.gui.drawing import Canvas, Corners
from kotter_journal.gui.paint import SPLIT_ORDER

FEW_DAYS = 3
"""A week with fewer logged days is drawn hollow."""
_DOT, _STRIP = 6, 28


class TimeChart(Chart):
    """Stacked bars from zero: leading below, managing above, then outside, then unclassified.

    In hours, or as shares of the six with the hours in a strip below. Choosing a bar gives its
    Period. Dots stand for workdays, filled where something was logged.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buckets: Sequence[Bucket] = ()
        self._dotted: list[list[date]] = []
        self._shares = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_buckets(self, buckets: Sequence[Bucket], *, shares: bool) -> None:
        """Show these bars, as shares or in hours."""
        self._buckets = buckets
        self._dotted = [_dotted(one) for one in buckets if one.step is Step.WEEK]
        self._shares = shares
        some = [bucket for bucket in buckets if bucket.balance.entries]
        self.describe(
            self.tr("Over time"), "; ".join(self._tip(b).replace("\n", ", ") for b in some)
        )
        self.refresh()

    def _tip(self, bucket: Bucket) -> str:
        balance = bucket.balance
        lines = [period_text(bucket.period)]
        if not balance.entries:
            return f"{lines[0]}\n{self.tr('nothing logged')}"
        if bucket.step is Step.DAY:
            lines.append(self.tr("Logged: {0}").format(minutes_text(balance.logged)))
        else:
            words = self.tr("Logged: {0} on {1} of {2} workdays")
            lines.append(
                words.format(
                    minutes_text(balance.logged), balance.logged_workdays, balance.workdays
                )
            )
        lines += [
            f"{a.label}: {minutes_text(balance.minutes[a])}"
            for a in (*SPLIT_ORDER, Activity.OUTSIDE)
            if balance.minutes[a]
        ]
        if balance.unclassified:
            lines.append(
                self.tr("Not yet classified: {0}").format(minutes_text(balance.unclassified))
            )
        if balance.status is not Status.TOO_LITTLE:
            words = self.tr("{0} % leading of {1} classified")
            lines.append(words.format(balance.percent_leading, minutes_text(balance.classified)))
        return "\n".join(lines)

    def _is_hollow(self, bucket: Bucket) -> bool:
        return bucket.step is not Step.DAY and bucket.balance.logged_days < FEW_DAYS

    def _most(self) -> int:
        return max([60, *(bucket.balance.logged for bucket in self._buckets)])

    def _ticks(self) -> list[tuple[float, str]]:
        """Height 0..1 and words of every line across."""
        if self._shares:
            return PERCENT_TICKS
        ticks = ticks_for(self._most())
        return [(tick / ticks[-1], minutes_text(tick) if tick else "0") for tick in ticks]

    def _plot(self, area: QRectF) -> QRectF:
        """Where the bars stand."""
        axis = axis_width(self._ticks())
        below = theme.px(LABEL + 4) + self._dots_height(area.width() - axis)
        if self._shares:
            below += theme.px(_STRIP + 6)
        top = theme.px(8)
        return area.adjusted(axis, top, 0, -below)

    def _pitch(self, width: float) -> float:
        return width / max(1, len(self._buckets))

    def _dots_height(self, width: float) -> float:
        if not self._dotted:
            return 0
        most = max(map(len, self._dotted))
        return theme.px(12) if self._dots_lie(width) else most * theme.px(_DOT) + theme.px(4)

    def _dots_lie(self, width: float) -> bool:
        return self._pitch(width) >= theme.px(7 * _DOT)

    def lay_out(self, area: QRectF) -> list[Mark]:
        """One mark a bar, as high as the chart."""
        plot = self._plot(area)
        pitch = self._pitch(plot.width())
        return [
            Mark(
                QRectF(plot.left() + rank * pitch, area.top(), pitch, area.height()),
                self._tip(bucket),
                bucket.period if bucket.balance.entries else None,
            )
            for rank, bucket in enumerate(self._buckets)
        ]

    def draw(self, canvas: Canvas) -> None:
        """Lines across, bars, labels, dots, and the strip of hours."""
        plot = self._plot(canvas.area)
        ticks = self._ticks()
        draw_ticks(canvas, plot, ticks)
        pitch = self._pitch(plot.width())
        width = max(2.0, min(pitch * 0.64, theme.px(48)))
        if width >= 6:
            width = round(width)
        top = self._most() if self._shares else ticks_for(self._most())[-1]
        lie = self._dots_lie(plot.width())
        for rank, bucket in enumerate(self._buckets):
            center = plot.left() + (rank + 0.5) * pitch
            left = round(center - width / 2) if width >= 6 else center - width / 2
            self._draw_bar(canvas, bucket, QRectF(left, plot.top(), width, plot.height()), top)
            below = plot.bottom() + theme.px(LABEL + 4)
            if self._shares:
                self._draw_strip(canvas, bucket, QRectF(left, below, width, theme.px(_STRIP)))
                below += theme.px(_STRIP + 6)
            if self._dotted:
                self._draw_dots(canvas, rank, QPointF(center, below + theme.px(5)), lie)
        crowded = pitch < theme.px(24)
        draw_labels(canvas, plot, bar_labels(self._buckets, self.locale(), crowded=crowded))

    def _draw_bar(self, canvas: Canvas, bucket: Bucket, room: QRectF, top: int) -> None:
        balance = bucket.balance
        whole = balance.classified if self._shares else top
        if not whole or not balance.logged:
            return
        if self._is_hollow(bucket):
            height = room.height() * (1 if self._shares else balance.logged / whole)
            hollow = QRectF(room.left(), room.bottom() - height, room.width(), height)
            canvas.box(hollow, None, theme.tokens().control, Corners(3, 3))
            return
        y = room.bottom()
        parts: list[tuple[Activity | None, int]] = [(a, balance.minutes[a]) for a in SPLIT_ORDER]
        if not self._shares:
            parts += [(Activity.OUTSIDE, balance.outside), (None, balance.unclassified)]
        for activity, minutes in parts:
            height = room.height() * minutes / whole
            if not minutes:
                continue
            gap = 1 if height > 4 else 0
            rect = QRectF(room.left(), y - height, room.width(), height - gap)
            if activity is None:
                canvas.hatch(rect, Corners(2, 2))
            else:
                canvas.activity(rect, activity, Corners(2, 2))
            y -= height
        self._draw_seam(canvas, bucket, room, whole)

    def _draw_seam(self, canvas: Canvas, bucket: Bucket, room: QRectF, whole: int) -> None:
        """A short line between leading and managing, where both are there."""
        if not bucket.balance.leading or not bucket.balance.managing or room.width() < 10:
            return
        y = round(room.bottom() - room.height() * bucket.balance.leading / whole) + 0.5
        over = min(4.0, (self._pitch(self._plot(canvas.area).width()) - room.width()) / 2 - 2)
        canvas.line(
            QPointF(room.left() - over, y),
            QPointF(room.right() + over, y),
            theme.tokens().text,
            2,
        )

    def _draw_strip(self, canvas: Canvas, bucket: Bucket, room: QRectF) -> None:
        minutes = bucket.balance.logged
        if not minutes:
            return
        height = max(1.0, room.height() * minutes / self._most())
        bar = QRectF(room.left(), room.bottom() - height, room.width(), height)
        canvas.box(bar, theme.tokens().text3, None, Corners(2, 2))

    def _draw_dots(self, canvas: Canvas, week: int, center: QPointF, lie: bool) -> None:
        balance, dates = self._buckets[week].balance, self._dotted[week]
        step = theme.px(_DOT + 1) if lie else theme.px(_DOT)
        logged = {day.on for day in balance.days if day.classified}
        radius = theme.px(2.5) if lie else min(2.0, step / 3)
        tokens = theme.tokens()
        for rank, day in enumerate(dates):
            shift = (rank - (len(dates) - 1) / 2) * step if lie else rank * step
            place = center + (QPointF(shift, 0) if lie else QPointF(0, shift))
            fill: QColor | None = tokens.text2 if day in logged else None
            canvas.dot(place, radius, fill, tokens.text2 if day in logged else tokens.control)

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """A calm height."""
        return QSize(theme.px(640), theme.px(300))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Lower has no room for bars."""
        return QSize(theme.px(320), theme.px(260))


def _dotted(bucket: Bucket) -> list[date]:
    """The workdays of a week so far, and the days off on which something was logged."""
    balance = bucket.balance
    logged = {day.on for day in balance.days if day.classified}
    past = (balance.period.start + timedelta(days=n) for n in range(balance.period.days))
    return [day for day in past if balance.working.is_workday(day) or day in logged]
