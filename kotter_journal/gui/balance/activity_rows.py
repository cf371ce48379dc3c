"""Activity rows: where the time went, one bar an activity, in hours."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from kotter_journal.domain.activities import NUMBER_KEYS, Activity
from kotter_journal.domain.balance import Balance, Status
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.chart import Chart, Mark
from kotter_journal.gui.drawing import SWATCH, Align, Canvas, Corners, inset, isolated, width_of

ROW_ORDER = (*NUMBER_KEYS.values(),)
"""Twins side by side, outside the six last."""


@dataclass(frozen=True, slots=True)
class _Row:
    activity: Activity | None
    label: str
    minutes: int
    percent: str


class ActivityRows(Chart):
    """Seven activities and what is not yet classified; choosing a row gives its activity."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_balance(self, balance: Balance) -> None:
        """Show this balance; percentages only where there is enough for a ratio."""
        allowed = balance.status is not Status.TOO_LITTLE
        percent = (balance.percent or {}) if allowed else {}
        rows = [
            _Row(a, a.label, balance.minutes[a], f"{percent[a]} %" if a in percent else "")
            for a in ROW_ORDER
        ]
        rows.append(_Row(None, self.tr("Not yet classified"), balance.unclassified, ""))
        self._rows = rows
        self.describe(self.tr("Hours by activity"), "; ".join(self._tip(row) for row in rows))
        self.refresh()

    def _hours(self, row: _Row) -> str:
        return minutes_text(row.minutes) if row.minutes else self.tr("none logged")

    def _tip(self, row: _Row) -> str:
        share = self.tr(", {0} of the six").format(row.percent) if row.percent else ""
        hours = self._hours(row) if row.activity is not None else minutes_text(row.minutes)
        return f"{row.label}: {hours}{share}"

    def lay_out(self, area: QRectF) -> list[Mark]:
        """One mark a row."""
        height = area.height() / max(1, len(self._rows))
        return [
            Mark(
                QRectF(area.left(), area.top() + rank * height, area.width(), height),
                self._tip(row),
                row.activity,
            )
            for rank, row in enumerate(self._rows)
        ]

    def draw(self, canvas: Canvas) -> None:
        """Swatch, name, bar, hours and percent in columns."""
        plain, strong = theme.font(13), theme.font(13, 600)
        names = max((width_of(row.label, plain) for row in self._rows), default=0)
        hours = max((width_of(minutes_text(row.minutes), strong) for row in self._rows), default=0)
        with_percent = any(row.percent for row in self._rows)
        percent = width_of("100 %", plain) + theme.px(14) if with_percent else 0
        start = canvas.area.left() + theme.px(SWATCH + 8) + names + theme.px(16)
        end = canvas.area.right() - percent - hours - theme.px(12)
        most = max([1, *(row.minutes for row in self._rows)])
        height = canvas.area.height() / max(1, len(self._rows))
        for rank, row in enumerate(self._rows):
            line = QRectF(
                canvas.area.left(),
                canvas.area.top() + rank * height,
                canvas.area.width(),
                height,
            )
            self._draw_words(canvas, row, line, percent)
            track = QRectF(start, line.center().y() - theme.px(8), end - start, theme.px(16))
            self._draw_bar(canvas, row, track, most)

    def _draw_words(self, canvas: Canvas, row: _Row, line: QRectF, percent: float) -> None:
        tokens, plain, strong = theme.tokens(), theme.font(13), theme.font(13, 600)
        canvas.swatch(line.left(), line.center().y() - theme.px(SWATCH) / 2, row.activity)
        step = theme.px(SWATCH + 8)
        canvas.text(inset(line, step, Align.START), row.label, plain, tokens.text)
        some = row.minutes > 0
        hours = isolated(minutes_text(row.minutes)) if some else self.tr("none logged")
        if row.activity is None and not some:
            hours = isolated(minutes_text(0))
        font, color = (strong, tokens.text) if some else (theme.font(12), tokens.text3)
        before = inset(line, percent, Align.END)
        canvas.text(before, hours, font, color, Align.END)
        if row.percent:
            canvas.text(line, isolated(row.percent), plain, tokens.text2, Align.END)

    def _draw_bar(self, canvas: Canvas, row: _Row, track: QRectF, most: int) -> None:
        if not row.minutes or track.width() <= 8:
            return
        width = max(3.0, track.width() * row.minutes / most)
        bar = QRectF(track.left(), track.top(), width, track.height())
        if row.activity is None:
            canvas.hatch(bar, Corners(2, 4))
        else:
            canvas.activity(bar, row.activity, Corners(2, 4))

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Eight rows."""
        return QSize(theme.px(520), 8 * theme.px(36))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrower has no room for bars."""
        return QSize(theme.px(420), 8 * theme.px(30))
