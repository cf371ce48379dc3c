"""Trailing chart: whether the balance is changing, four weeks at a time."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy, QWidget

from kotter_journal.domain.balance import Balance, Status
from kotter_journal.domain.own_band import band_text
from kotter_journal.domain.trailing import TrailingPoint, trailing_sentence
from kotter_journal.domain.working_time import Band, band_on
from kotter_journal.gui import theme
from kotter_journal.gui.balance.axis import (
    LABEL,
    PERCENT_TICKS,
    axis_width,
    draw_labels,
    draw_ticks,
    week_labels,
)
from kotter_journal.gui.chart import Chart, Mark
from kotter_journal.gui.drawing import Align, Canvas, Corners, isolated, width_of

_FAINT, _GROUND = 56, 200
"""How much the range, and the ground of words, hide of what lies behind them, 0..255."""


class TrailingChart(Chart):
    """A line of shares with the range of each behind it, and behind that the user's own band.

    From 0 to 100 %. Weeks with too little are gaps. Choosing a point gives its four weeks.
    """

    begins_at_end = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[TrailingPoint] = ()
        self._tips: list[str] = []
        self._bands: list[Band | None] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_points(self, points: Sequence[TrailingPoint], bands: Sequence[Band]) -> None:
        """Show these points; of ``bands`` each week has the one that held on its last day."""
        self._points = points
        self._bands = [band_on(bands, point.week.last) for point in points]
        self._tips = [self._tip(*both) for both in zip(points, self._bands, strict=True)]
        shown = [tip for tip, point in zip(self._tips, points, strict=True) if point.balance]
        self.describe(self.tr("Is the balance changing?"), "; ".join(shown) or self.thin_words())
        self.refresh()

    def thin_words(self) -> str:
        """What is said where there is no point at all."""
        return self.tr(
            "Not enough yet: a point takes four of the last six weeks with three logged days each."
        )

    def _tip(self, point: TrailingPoint, band: Band | None) -> str:
        words = trailing_sentence(point)
        if band is None or point.balance is None:
            return words
        return self.tr("{0}; your band then {1}").format(words, band_text(band))

    def _is_shown(self) -> bool:
        return any(point.balance for point in self._points)

    def _plot(self, area: QRectF) -> QRectF:
        below = theme.px(LABEL + 4)
        return area.adjusted(axis_width(PERCENT_TICKS), theme.px(8), 0, -below)

    def lay_out(self, area: QRectF) -> list[Mark]:
        """One mark a week, as high as the chart."""
        plot = self._plot(area)
        pitch = plot.width() / max(1, len(self._points))
        return [
            Mark(
                QRectF(plot.left() + rank * pitch, area.top(), pitch, area.height()),
                self._tips[rank],
                point.balance.period if point.balance else None,
            )
            for rank, point in enumerate(self._points)
        ]

    def draw(self, canvas: Canvas) -> None:
        """Own band, lines across, range, line, points, weeks."""
        plot = self._plot(canvas.area)
        weeks = [point.week for point in self._points]
        pitch = plot.width() / max(1, len(weeks))
        if not self._is_shown():
            self._draw_thin(canvas, plot)
            draw_labels(canvas, plot, week_labels(weeks, self.locale(), pitch))
            return
        rooms = self._band_rooms(plot)
        for room, _ in rooms:
            canvas.box(room, theme.tokens().accent_soft, None, Corners(0, 0))
        draw_ticks(canvas, plot, PERCENT_TICKS)
        for room, _ in rooms:
            self._draw_edges(canvas, room)
        for run in self._runs():
            self._draw_run(canvas, plot, run)
        for room, band in rooms:
            self._name_band(canvas, room, band)
        draw_labels(canvas, plot, week_labels(weeks, self.locale(), pitch))

    def _draw_thin(self, canvas: Canvas, plot: QRectF) -> None:
        tokens = theme.tokens()
        y = round(plot.bottom()) + 0.5
        dotted = Qt.PenStyle.DotLine
        canvas.line(QPointF(plot.left(), y), QPointF(plot.right(), y), tokens.control, 1, dotted)
        canvas.text(plot, self.thin_words(), theme.font(13), tokens.text2, Align.CENTER)

    def _runs(self) -> list[list[tuple[int, Balance]]]:
        """Points with no gap between them, each with its rank."""
        runs = []
        for is_there, some in groupby(enumerate(self._points), lambda one: bool(one[1].balance)):
            if is_there:
                runs.append([(rank, one.balance) for rank, one in some if one.balance is not None])
        return runs

    def _at(self, plot: QRectF, rank: int, share: float) -> QPointF:
        x = plot.left() + (rank + 0.5) * plot.width() / len(self._points)
        return QPointF(x, plot.bottom() - share * plot.height())

    def _band_rooms(self, plot: QRectF) -> list[tuple[QRectF, Band]]:
        """Where the user's own bands held."""
        pitch, start = plot.width() / len(self._points), 0
        rooms = []
        for band, some in groupby(self._bands):
            end = start + len(list(some))
            if band is not None and band.low is not None and band.high is not None:
                height = plot.height() / 100
                top = round(plot.bottom() - band.high * height)
                bottom = round(plot.bottom() - band.low * height)
                left, right = plot.left() + start * pitch, plot.left() + end * pitch
                rooms.append((QRectF(left, top, right - left, bottom - top), band))
            start = end
        return rooms

    def _draw_edges(self, canvas: Canvas, room: QRectF) -> None:
        for y in (room.top() + 0.5, room.bottom() + 0.5):
            ends = QPointF(room.left(), y), QPointF(room.right(), y)
            canvas.line(*ends, theme.tokens().accent, 1, Qt.PenStyle.DashLine)

    def _name_band(self, canvas: Canvas, room: QRectF, band: Band) -> None:
        """Over the line of shares, which may run there, on a ground of its own."""
        words, font = self.tr("your band {0}").format(band_text(band)), theme.font(11)
        wide = width_of(words, font) + theme.px(8)
        if wide <= room.width():
            line = QRectF(room.left(), room.top() - theme.px(16), wide, theme.px(15))
            ground = QColor(theme.tokens().surface)
            ground.setAlpha(_GROUND)
            canvas.box(line, ground, None, Corners(3, 3))
            canvas.text(line, isolated(words), font, theme.tokens().accent, Align.CENTER)

    def _draw_run(self, canvas: Canvas, plot: QRectF, run: Sequence[tuple[int, Balance]]) -> None:
        tokens = theme.tokens()
        veil = QColor(tokens.text3)
        veil.setAlpha(_FAINT)
        ranges = [(rank, balance.range_80 or (0.0, 1.0)) for rank, balance in run]
        upper = [self._at(plot, rank, high) for rank, (_, high) in ranges]
        lower = [self._at(plot, rank, low) for rank, (low, _) in ranges]
        if len(run) == 1:
            upper, lower = _widened(upper[0], 3), _widened(lower[0], 3)
        canvas.area_between([*upper, *reversed(lower)], veil)
        line = [self._at(plot, rank, balance.share or 0.0) for rank, balance in run]
        for before, after in pairwise(line):
            canvas.path((before, after), tokens.leading, 2)
        radius = max(1.5, min(theme.px(4), 0.3 * plot.width() / len(self._points)))
        for point, (_, balance) in zip(line, run, strict=True):
            sound = balance.status is Status.SOUND
            canvas.dot(point, radius, tokens.leading if sound else tokens.surface, tokens.leading)

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """A calm height, or room for a sentence."""
        return QSize(theme.px(640), theme.px(240 if self._is_shown() else 110))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrower has no room for a line."""
        return QSize(theme.px(320), self.sizeHint().height())


def _widened(point: QPointF, by: float) -> list[QPointF]:
    return [point - QPointF(by, 0), point + QPointF(by, 0)]
