"""Activity rows: where the time went, one bar an activity, in hours or entries."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from kotter_journal.domain.activities import NUMBER_KEYS, SIX, Activity
from kotter_journal.domain.balance import Balance, Status
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.domain.tag_counts import TagCounts, count_text
from kotter_journal.gui import theme
from kotter_journal.gui.chart import Chart, Mark
from kotter_journal.gui.drawing import SWATCH, Align, Canvas, Corners, inset, isolated, width_of

ROW_ORDER = (*NUMBER_KEYS.values(),)
"""Twins side by side, outside the six last."""
SIX_IN_ROWS = tuple(activity for activity in ROW_ORDER if activity in SIX)


@dataclass(frozen=True, slots=True)
class _Row:
    """``amount`` is as long as the bar, ``strong`` and ``beside`` stand after it."""

    activity: Activity | None
    label: str
    amount: float
    strong: str
    beside: str
    tip: str


class ActivityRows(Chart):
    """Seven activities and what is not yet classified; choosing a row gives its activity.

    In minutes or, where counts are given, in entries.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_balance(self, balance: Balance) -> None:
        """Show this balance; percentages only where there is enough for a ratio."""
        allowed = balance.status is not Status.TOO_LITTLE
        percent = (balance.percent or {}) if allowed else {}
        rows = [
            self._row_of_minutes(a, balance.minutes[a], f"{percent[a]} %" if a in percent else "")
            for a in ROW_ORDER
        ]
        rows.append(self._row_of_minutes(None, balance.unclassified, ""))
        self._show(self.tr("Hours by activity"), rows)

    def set_counts(self, counts: TagCounts) -> None:
        """Show these counts: shared between the activities of an entry, and beside it touches."""
        rows = [self._row_of_entries(a, counts) for a in SIX_IN_ROWS]
        rows.append(self._row_of_whole(Activity.OUTSIDE, counts.outside))
        rows.append(self._row_of_whole(None, counts.untagged))
        self._show(self.tr("Entries by activity"), rows)

    def _show(self, name: str, rows: list[_Row]) -> None:
        self._rows = rows
        self.describe(name, "; ".join(row.tip for row in rows))
        self.refresh()

    def _row_of_minutes(self, activity: Activity | None, minutes: int, percent: str) -> _Row:
        label = self.tr("Not yet classified") if activity is None else activity.label
        share = self.tr(", {0} of the six").format(percent) if percent else ""
        hours = minutes_text(minutes) if minutes or activity is None else self.tr("none logged")
        return _Row(activity, label, minutes, hours, percent, f"{label}: {hours}{share}")

    def _row_of_entries(self, activity: Activity, counts: TagCounts) -> _Row:
        shared, touches = counts.shared[activity], counts.touches[activity]
        if not touches:
            none = self.tr("none logged")
            return _Row(activity, activity.label, 0, none, "", f"{activity.label}: {none}")
        words = self.tr("{0}: {1} of {2} entries; {3} include it")
        tip = words.format(activity.label, count_text(shared), counts.tagged, touches)
        beside = self.tr("in {0}").format(touches)
        return _Row(activity, activity.label, float(shared), count_text(shared), beside, tip)

    def _row_of_whole(self, activity: Activity | None, number: int) -> _Row:
        label = self.tr("Without an activity")
        if activity is not None:
            label = self.tr("Only outside the six")
        words = count_text(number)
        return _Row(activity, label, number, words, "", f"{label}: {words}")

    def lay_out(self, area: QRectF) -> list[Mark]:
        """One mark a row."""
        height = area.height() / max(1, len(self._rows))
        return [
            Mark(
                QRectF(area.left(), area.top() + rank * height, area.width(), height),
                row.tip,
                row.activity,
            )
            for rank, row in enumerate(self._rows)
        ]

    def draw(self, canvas: Canvas) -> None:
        """Swatch, name, bar, hours and percent in columns."""
        plain, strong = theme.font(13), theme.font(13, 600)
        names = max((width_of(row.label, plain) for row in self._rows), default=0)
        hours = max((width_of(row.strong, strong) for row in self._rows), default=0)
        beside = max((width_of(row.beside, plain) for row in self._rows), default=0)
        percent = beside + theme.px(14) if beside else 0
        start = canvas.area.left() + theme.px(SWATCH + 8) + names + theme.px(16)
        end = canvas.area.right() - percent - hours - theme.px(12)
        most = max([1.0, *(row.amount for row in self._rows)])
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
        strongly = row.amount > 0
        font = strong if strongly else theme.font(12)
        color = tokens.text if strongly else tokens.text3
        before = inset(line, percent, Align.END)
        canvas.text(before, isolated(row.strong), font, color, Align.END)
        if row.beside:
            canvas.text(line, isolated(row.beside), plain, tokens.text2, Align.END)

    def _draw_bar(self, canvas: Canvas, row: _Row, track: QRectF, most: float) -> None:
        if not row.amount or track.width() <= 8:
            return
        width = max(3.0, track.width() * row.amount / most)
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
