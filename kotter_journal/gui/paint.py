"""Painted bars that several parts of the window share: the split, and the three pairs."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from kotter_journal.domain.activities import LEADING, MANAGING, PAIRS, Activity, Pair
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.chart import Chart, Mark
from kotter_journal.gui.drawing import Align, Canvas, Corners, inset, isolated, width_of

SPLIT_ORDER = LEADING + tuple(reversed(MANAGING))
"""The six as a split shows them: mirrored round the middle, twins equally far from it."""
GAP, MIDDLE = 2, 6
"""Pixels between two segments, and between the two sides."""


def split_rects(minutes: Mapping[Activity, int], area: QRectF) -> dict[Activity, QRectF]:
    """Where each activity with minutes lies in a split that fills ``area``.

    A segment is never thinner than 3 pixels, so that five minutes beside a week can be seen.
    """
    shown = [a for a in SPLIT_ORDER if minutes.get(a, 0)]
    if not shown:
        return {}
    gaps = [
        MIDDLE if before in LEADING and after in MANAGING else GAP
        for before, after in pairwise(shown)
    ]
    widths = _widths([minutes[a] for a in shown], area.width() - sum(gaps), least=3)
    rects, x = {}, area.left()
    for index, activity in enumerate(shown):
        rects[activity] = QRectF(x, area.top(), widths[index], area.height())
        x += widths[index] + (gaps[index] if index < len(gaps) else 0)
    return rects


def draw_split(canvas: Canvas, rects: Mapping[Activity, QRectF], radius: float) -> None:
    """Paint the segments of split_rects; only the two outer ends are round."""
    shown = list(rects)
    for activity, rect in rects.items():
        corners = Corners(
            radius if activity is shown[0] else 1.5, radius if activity is shown[-1] else 1.5
        )
        canvas.activity(rect, activity, corners)


def split_description(minutes: Mapping[Activity, int]) -> str:
    """The numbers of a split in words."""
    parts = [f"{a.label} {minutes_text(minutes[a])}" for a in SPLIT_ORDER if minutes.get(a, 0)]
    return "; ".join(parts)


def _widths(parts: Sequence[int], room: float, least: float) -> list[float]:
    """``room`` dealt out in proportion, but at least ``least`` to each part."""
    whole = sum(parts)
    widths = [max(least, room * part / whole) for part in parts]
    over = sum(widths) - room
    ample = sum(width - least for width in widths)
    return [w - over * (w - least) / ample if ample > 0 else w for w in widths]


class SplitBar(Chart):
    """The six activities of one day, week or entry in one bar, with the hours of both sides.

    Outside the six and not yet classified are no part of it. It shows a percentage only if its
    caller says there is enough to speak of one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minutes: Mapping[Activity, int] = {}
        self._percent: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_minutes({})

    def set_minutes(
        self, minutes: Mapping[Activity, int], leading_percent: int | None = None
    ) -> None:
        """Show these minutes; ``leading_percent`` 0..100 only where a ratio may be shown."""
        self._minutes = dict(minutes)
        self._percent = leading_percent
        numbers = split_description(minutes) or self.tr("nothing classified yet")
        if leading_percent is not None:
            numbers += "; " + self.tr("{0} % leading").format(leading_percent)
        self.describe(self.tr("Leading and managing"), numbers)
        self.refresh()

    def _sides(self) -> tuple[int, int]:
        return (
            sum(self._minutes.get(a, 0) for a in LEADING),
            sum(self._minutes.get(a, 0) for a in MANAGING),
        )

    def _captions(self) -> tuple[str, str]:
        names = self.tr("Leading"), self.tr("Managing")
        if self._percent is None:
            return names
        return (
            f"{names[0]} {isolated(f'{self._percent} %')}",
            f"{names[1]} {isolated(f'{100 - self._percent} %')}",
        )

    def _bar(self, area: QRectF) -> QRectF:
        top = area.top() + theme.px(24)
        return QRectF(area.left(), top, area.width(), theme.px(18))

    def lay_out(self, area: QRectF) -> list[Mark]:
        """One mark a segment."""
        return [
            Mark(rect, f"{a.label}: {minutes_text(self._minutes[a])}")
            for a, rect in split_rects(self._minutes, self._bar(area)).items()
        ]

    def draw(self, canvas: Canvas) -> None:
        """Captions with the hours of the sides over the bar."""
        tokens, bar = theme.tokens(), self._bar(canvas.area)
        rects = split_rects(self._minutes, bar)
        if not rects:
            canvas.box(bar, tokens.sunken, tokens.line, Corners(5, 5))
        draw_split(canvas, rects, 5)
        row = QRectF(bar.left(), canvas.area.top(), bar.width(), theme.px(18))
        below = self._percent is not None
        strong, plain = theme.font(13, 600), theme.font(12 if below else 13)
        for caption, minutes, align in zip(
            self._captions(), self._sides(), (Align.START, Align.END), strict=True
        ):
            canvas.text(row, caption, strong, tokens.text, align)
            beside = row.translated(0, theme.px(46)) if below else row
            if not below:
                shift = width_of(caption, strong) + theme.px(7)
                beside = inset(row, shift, align)
            canvas.text(beside, isolated(minutes_text(minutes)), plain, tokens.text2, align)

    def _height(self) -> int:
        return theme.px(44 if self._percent is None else 66)

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Wide enough for both captions."""
        return QSize(theme.px(280), self._height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrower loses the captions."""
        return QSize(theme.px(200), self._height())


class PairBars(Chart):
    """Three small bars from a middle line: leading to one side, its managing twin to the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minutes: Mapping[Activity, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_minutes({})

    def set_minutes(self, minutes: Mapping[Activity, int]) -> None:
        """Show these minutes, all three bars to one scale."""
        self._minutes = dict(minutes)
        lines = [
            f"{pair.label}: {lead.label} {self._hours(lead)}, {twin.label} {self._hours(twin)}"
            for pair, (lead, twin) in PAIRS.items()
        ]
        self.describe(self.tr("Three pairs"), "; ".join(lines))
        self.refresh()

    def _hours(self, activity: Activity) -> str:
        minutes = self._minutes.get(activity, 0)
        return minutes_text(minutes) if minutes else self.tr("none logged")

    def lay_out(self, area: QRectF) -> list[Mark]:
        """One mark a pair."""
        row = area.height() / 3
        return [
            Mark(
                QRectF(area.left(), area.top() + rank * row, area.width(), row),
                f"{pair.label}\n{lead.label}: {self._hours(lead)}\n"
                f"{twin.label}: {self._hours(twin)}",
            )
            for rank, (pair, (lead, twin)) in enumerate(PAIRS.items())
        ]

    def draw(self, canvas: Canvas) -> None:
        """Words over each bar, to both sides of the middle."""
        row = canvas.area.height() / 3
        for rank, pair in enumerate(Pair):
            top = canvas.area.top() + rank * row
            self._draw_words(canvas, pair, top)
            self._draw_bars(canvas, pair, top + theme.px(21))

    def _draw_words(self, canvas: Canvas, pair: Pair, top: float) -> None:
        area, tokens = canvas.area, theme.tokens()
        plain, strong = theme.font(12), theme.font(12, 600)
        half = area.width() / 2 - theme.px(4)
        for activity, align in zip(PAIRS[pair], (Align.START, Align.END), strict=True):
            left = area.left() if align is Align.START else area.right() - half
            box = QRectF(left, top, half, theme.px(18))
            name, hours = activity.short_label, self._hours(activity)
            shift = width_of(name, plain) + theme.px(6)
            minutes = self._minutes.get(activity, 0)
            font, color = (strong, tokens.text) if minutes else (plain, tokens.text3)
            if not minutes and shift + width_of(hours, font) > half:
                hours = self.tr("none")
            canvas.text(box, name, plain, tokens.text2, align)
            inner = inset(box, shift, align)
            canvas.text(inner, isolated(hours), font, color, align)

    def _draw_bars(self, canvas: Canvas, pair: Pair, top: float) -> None:
        area, tokens = canvas.area, theme.tokens()
        middle, height = area.center().x(), theme.px(10)
        most = max([1, *(self._minutes.get(a, 0) for a in SPLIT_ORDER)])
        room = area.width() / 2 - GAP
        lead, twin = PAIRS[pair]
        for activity in (lead, twin):
            minutes = self._minutes.get(activity, 0)
            if not minutes:
                continue
            width = max(3.0, room * minutes / most)
            x = middle - GAP - width if activity is lead else middle + GAP
            corners = Corners(3, 1) if activity is lead else Corners(1, 3)
            canvas.activity(QRectF(x, top, width, height), activity, corners)
        canvas.line(QPointF(middle, top - 2), QPointF(middle, top + height + 2), tokens.control)

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Forty pixels a pair."""
        return QSize(theme.px(280), 3 * theme.px(40))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrower runs the words into each other."""
        return QSize(theme.px(240), 3 * theme.px(40))
