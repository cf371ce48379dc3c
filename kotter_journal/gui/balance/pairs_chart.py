"""Pairs chart: each leading activity beside its managing twin, in hours from a middle line."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from kotter_journal.domain.activities import PAIRS, SIX, Activity, Pair
from kotter_journal.domain.balance import Balance, Status
from kotter_journal.domain.balance_sentences import percent_text
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.chart import Chart, Mark
from kotter_journal.gui.drawing import SWATCH, Align, Canvas, Corners, inset, isolated, width_of

_MIDDLE = 1.5


class PairsChart(Chart):
    """Three diverging bars to one scale; the share of a pair as text where it may be shown.

    Choosing a side gives its activity.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._balance: Balance | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_balance(self, balance: Balance) -> None:
        """Show this balance."""
        self._balance = balance
        words = [
            ", ".join(filter(None, (self._tip(lead), self._tip(twin), self._share(pair))))
            for pair, (lead, twin) in PAIRS.items()
        ]
        self.describe(self.tr("Three pairs"), "; ".join(words))
        self.refresh()

    def _minutes(self, activity: Activity) -> int:
        return self._balance.minutes[activity] if self._balance is not None else 0

    def _hours(self, activity: Activity) -> str:
        minutes = self._minutes(activity)
        return minutes_text(minutes) if minutes else self.tr("none logged")

    def _tip(self, activity: Activity) -> str:
        return f"{activity.label}: {self._hours(activity)}"

    def _share(self, pair: Pair) -> str:
        balance = self._balance
        if balance is None or balance.status is Status.TOO_LITTLE:
            return ""
        share = balance.pair_shares[pair]
        if share is None:
            return ""
        return self.tr("{0} leading").format(percent_text(share))

    def lay_out(self, area: QRectF) -> list[Mark]:
        """One mark for each side of each pair."""
        row, half = area.height() / 3, area.width() / 2
        marks = []
        for rank, (lead, twin) in enumerate(PAIRS.values()):
            top = area.top() + rank * row + theme.px(20)
            height = theme.px(56)
            marks += [
                Mark(QRectF(area.left(), top, half, height), self._tip(lead), lead),
                Mark(QRectF(area.left() + half, top, half, height), self._tip(twin), twin),
            ]
        return marks

    def draw(self, canvas: Canvas) -> None:
        """Names, bars and the share of each pair, with a rule between pairs."""
        area, row = canvas.area, canvas.area.height() / 3
        for rank, pair in enumerate(Pair):
            top = area.top() + rank * row
            self._draw_words(canvas, pair, top)
            track = QRectF(area.left(), top + theme.px(46), area.width(), theme.px(26))
            self._draw_bars(canvas, pair, track)
            if rank:
                y = round(top - theme.px(6)) + 0.5
                rule = theme.tokens().line
                canvas.line(QPointF(area.left(), y), QPointF(area.right(), y), rule)

    def _draw_words(self, canvas: Canvas, pair: Pair, top: float) -> None:
        area, tokens = canvas.area, theme.tokens()
        line = QRectF(area.left(), top, area.width(), theme.px(18))
        canvas.text(line, pair.label, theme.font(12, 500), tokens.text2, Align.CENTER)
        names = line.translated(0, theme.px(22))
        lead, twin = PAIRS[pair]
        side, step = theme.px(SWATCH), theme.px(SWATCH + 7)
        y = names.center().y() - side / 2
        strong = theme.font(13, 600)
        room = area.width() - 2 * step - theme.px(12)
        widest = max(width_of(a.label + b.label, strong) for a, b in PAIRS.values())
        short = widest > room
        for activity, align in ((lead, Align.START), (twin, Align.END)):
            x = area.left() if align is Align.START else area.right() - side
            canvas.swatch(x, y, activity)
            name = activity.short_label if short else activity.label
            canvas.text(inset(names, step, align), name, strong, tokens.text, align)
        share = self._share(pair)
        below = line.translated(0, theme.px(74))
        canvas.text(below, isolated(share), theme.font(12), tokens.text2, Align.CENTER)

    def _draw_bars(self, canvas: Canvas, pair: Pair, track: QRectF) -> None:
        tokens = theme.tokens()
        strong, plain = theme.font(13, 600), theme.font(12)
        canvas.box(track, tokens.sunken, None, Corners(6, 6))
        words = max(width_of(self._hours(a), strong) for a in SIX) + theme.px(16)
        most = max(1, *(self._minutes(a) for a in SIX))
        middle, room = track.center().x(), track.width() / 2 - words
        lead, twin = PAIRS[pair]
        for activity, align in ((lead, Align.END), (twin, Align.START)):
            minutes = self._minutes(activity)
            width = max(3.0, room * minutes / most) if minutes else 0.0
            leads = activity is lead
            x = middle - _MIDDLE - width if leads else middle + _MIDDLE
            bar = QRectF(x, track.top() + 1, width, track.height() - 2)
            if minutes:
                canvas.activity(bar, activity, Corners(5, 1) if leads else Corners(1, 5))
            beside = QRectF(track.left(), track.top(), x - track.left(), track.height())
            if not leads:
                beside = QRectF(x + width, track.top(), track.right() - x - width, track.height())
            font, color = (strong, tokens.text) if minutes else (plain, tokens.text3)
            words_at = inset(beside, theme.px(8), align)
            canvas.text(words_at, isolated(self._hours(activity)), font, color, align)
        canvas.line(
            QPointF(middle, track.top() - 2), QPointF(middle, track.bottom() + 2), tokens.text, 1.5
        )

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for three pairs."""
        return QSize(theme.px(400), 3 * theme.px(104))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrower has no room for bars beside their words."""
        return QSize(theme.px(320), 3 * theme.px(100))
