"""Headline: both sides of a balance, the six between them, and what the figures rest on."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kotter_journal.domain.activities import Activity, Side
from kotter_journal.domain.balance import SOUND_DAYS, Balance, Status, comparable
from kotter_journal.domain.balance_sentences import (
    balance_remarks,
    change_sentence,
    coverage_sentence,
    headline_sentence,
    percent_text,
    range_sentence,
)
from kotter_journal.domain.own_band import band_sentence
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.domain.working_time import Band
from kotter_journal.domain.workings import share_workings
from kotter_journal.gui import theme
from kotter_journal.gui.balance import band_scale
from kotter_journal.gui.balance.chart_card import ChartCard
from kotter_journal.gui.card import label, with_swatch
from kotter_journal.gui.chart import Chart, Mark
from kotter_journal.gui.drawing import Align, Canvas, Corners, isolated, width_of
from kotter_journal.gui.paint import draw_split, split_description, split_rects


class BigSplit(Chart):
    """The six in one tall bar, each with its name and percent, or hours where no percent may be.

    Choosing a segment gives its activity.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minutes: Mapping[Activity, int] = {}
        self._percent: Mapping[Activity, int] = {}
        self._band: Band | None = None
        self._share = 0.0
        self._band_words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_balance(self, balance: Balance, band: Band | None, band_words: str) -> None:
        """Show this balance, and where there are words for it the user's own band below."""
        self._minutes = balance.minutes
        shown = balance.status is not Status.TOO_LITTLE
        self._percent = (balance.percent or {}) if shown else {}
        self._band_words = band_words
        self._band = band if band_words else None
        self._share = balance.share or 0.0
        words = filter(None, (split_description(balance.minutes), self._band_words))
        self.describe(self.tr("Leading and managing"), "; ".join(words))
        self.refresh()

    def _bar(self, area: QRectF) -> QRectF:
        below = theme.px(band_scale.HEIGHT) if self._band is not None else 0
        return area.adjusted(0, 0, 0, -below)

    def _figure(self, activity: Activity) -> str:
        if activity in self._percent:
            return f"{self._percent[activity]} %"
        return minutes_text(self._minutes[activity])

    def lay_out(self, area: QRectF) -> list[Mark]:
        """One mark a segment, and one for the band."""
        marks, bar = [], self._bar(area)
        for activity, rect in split_rects(self._minutes, bar).items():
            tip = f"{activity.label}: {minutes_text(self._minutes[activity])}"
            if activity in self._percent:
                tip += f", {self._percent[activity]} %"
            marks.append(Mark(rect, tip, activity))
        if self._band is not None:
            marks.append(Mark(area.adjusted(0, bar.height(), 0, 0), self._band_words))
        return marks

    def draw(self, canvas: Canvas) -> None:
        """Segments, with words in those that are wide enough."""
        tokens, area = theme.tokens(), self._bar(canvas.area)
        rects = split_rects(self._minutes, area)
        if self._band is not None:
            below = canvas.area.adjusted(0, area.height(), 0, 0)
            band_scale.draw_band(canvas, below, self._band, self._share)
        if not rects:
            canvas.box(area, tokens.sunken, tokens.line, Corners(10, 10))
            words = self.tr("no classified time")
            canvas.text(area, words, theme.font(12), tokens.text3, Align.CENTER)
            return
        draw_split(canvas, rects, 10)
        name_font, figure_font = theme.font(12, 600), theme.font(12)
        for activity, rect in rects.items():
            color = theme.activity_colors(activity).label
            name, figure = activity.short_label, self._figure(activity)
            room, half = rect.width() - theme.px(8), rect.height() / 2
            if width_of(figure, figure_font) > room:
                continue
            upper = QRectF(rect.left(), rect.top() + 4, rect.width(), half - 4)
            lower = QRectF(rect.left(), rect.top() + half, rect.width(), half - 4)
            if width_of(name, name_font) > room:
                canvas.text(rect, isolated(figure), figure_font, color, Align.CENTER)
                continue
            canvas.text(upper, name, name_font, color, Align.CENTER)
            canvas.text(lower, isolated(figure), figure_font, color, Align.CENTER)

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Two lines of words high, and the band where there is one."""
        band = band_scale.HEIGHT if self._band is not None else 0
        return QSize(theme.px(600), theme.px(52 + band))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As small as a window may get."""
        return QSize(theme.px(320), self.sizeHint().height())


class CoverageBar(Chart):
    """How much of the expected hours was logged; hours first, then percent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._part = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_balance(self, balance: Balance) -> None:
        """Show this balance; hidden where no work is expected."""
        coverage = balance.coverage
        self.setVisible(coverage is not None)
        self._part = min(1.0, coverage or 0)
        self._words = self.tr("{0} of {1} expected").format(
            percent_text(coverage or 0), minutes_text(balance.expected)
        )
        self.describe(self.tr("Coverage"), self._words)
        self.refresh()

    def lay_out(self, area: QRectF) -> list[Mark]:
        """The bar as a whole."""
        return [Mark(area, self._words)]

    def draw(self, canvas: Canvas) -> None:
        """A thin bar and its words."""
        tokens, area = theme.tokens(), canvas.area
        track = QRectF(area.left(), area.center().y() - 3, theme.px(160), 6)
        canvas.box(track, tokens.line, None, Corners(3, 3))
        if self._part:
            done = QRectF(track.left(), track.top(), max(6, track.width() * self._part), 6)
            canvas.box(done, tokens.text3, None, Corners(3, 3))
        words = area.adjusted(theme.px(160 + 10), 0, 0, 0)
        canvas.text(words, isolated(self._words), theme.font(12, 500), tokens.text2)

    # Qt overrides

    def sizeHint(self) -> QSize:  # noqa: N802
        """Bar and words."""
        words = width_of(self._words, theme.font(12, 500))
        return QSize(theme.px(170) + int(words) + 4, theme.px(18))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """No narrower than its words."""
        return self.sizeHint()


class _SideFigure(QWidget):
    """The figure of one side: percent where it may be shown, and always hours."""

    def __init__(self, side: Side, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure = label("", "big")
        self._hours = label("", "quiet")
        beside = QVBoxLayout()
        beside.setSpacing(2)
        beside.addStretch(1)
        caption = with_swatch(side, label(name, "section"))
        trailing = side is Side.MANAGING
        (caption.insertStretch(0, 1) if trailing else caption.addStretch(1))
        beside.addLayout(caption)
        edge = Qt.AlignmentFlag.AlignTrailing if trailing else Qt.AlignmentFlag.AlignLeading
        beside.addWidget(self._hours, 0, edge)
        beside.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(beside)
        row.insertWidget(1 if trailing else 0, self._figure)

    def set_figures(self, percent: int | None, minutes: int) -> None:
        """Show these figures; percent None where there is too little for one."""
        theme.mark(self._figure, "title" if percent is None else "big")
        hours = minutes_text(minutes)
        self._figure.setText(hours if percent is None else f"{percent}\u202f%")
        self._hours.setText(hours)
        self._hours.setVisible(percent is not None)


class HeadlineCard(ChartCard):
    """Both sides, the split, what is outside it, and the sentences that belong beside a ratio."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.split = BigSplit()
        title = self.tr("Leading and managing")
        super().__init__(title, self.split, parent, how=share_workings, headless=True)
        self._leading = _SideFigure(Side.LEADING, self.tr("Leading"))
        self._managing = _SideFigure(Side.MANAGING, self.tr("Managing"))
        self._verdict = label("", "strong", wrap=True)
        self._detail = label("", "meta", wrap=True)
        self._outside, self._unsorted = label("", "quiet"), label("", "quiet")
        self._basis = label("", "quiet", wrap=True)
        self._coverage = CoverageBar()
        self._remarks = label("", "meta", wrap=True)
        self.body.addLayout(self._top())
        self.body.addWidget(self.split)
        self.body.addLayout(self._besides())
        self.body.addLayout(self._footing())
        self.body.addWidget(self._remarks)

    def set_balances(
        self, balance: Balance, earlier: Balance | None, band: Band | None = None
    ) -> None:
        """Show ``balance``; ``earlier`` is the period before it, where the two may be compared.

        ``band`` is the user's own that held in the period.
        """
        shown = balance.status is not Status.TOO_LITTLE
        leading = balance.percent_leading if shown else None
        self._leading.set_figures(leading, balance.leading)
        self._managing.set_figures(None if leading is None else 100 - leading, balance.managing)
        band_words, range_words = band_sentence(balance, band), range_sentence(balance)
        self.split.set_balance(balance, band, band_words)
        self.rest_on(lambda: balance)
        self.note = " ".join(filter(None, (headline_sentence(balance), range_words)))
        self._show_middle(balance, earlier)
        self._outside.setText(self.tr("Outside the six {0}").format(minutes_text(balance.outside)))
        self._unsorted.setText(
            self.tr("Not yet classified {0}").format(minutes_text(balance.unclassified))
        )
        self._basis.setText(coverage_sentence(balance))
        self._coverage.set_balance(balance)
        remarks = " ".join(filter(None, (band_words, range_words, *_other_remarks(balance))))
        self._remarks.setText(remarks)
        self._remarks.setVisible(bool(remarks))

    def _show_middle(self, balance: Balance, earlier: Balance | None) -> None:
        verdict, detail = "", ""
        if balance.status is Status.TOO_LITTLE:
            detail = headline_sentence(balance)
        elif balance.status is Status.PROVISIONAL:
            verdict = self.tr("Provisional")
            detail = self.tr("{0} logged days; it takes {1} for a steadier figure.").format(
                balance.logged_days, SOUND_DAYS
            )
        elif earlier is not None and comparable(earlier, balance):
            verdict, _, detail = change_sentence(earlier, balance).partition(": ")
            if balance.period.days < earlier.period.days:
                detail += " " + self.tr("The present week is still running.")
        elif earlier is not None:
            detail = change_sentence(earlier, balance)
        for words, text in ((self._verdict, verdict), (self._detail, detail)):
            words.setText(text)
            words.setVisible(bool(text))

    def _top(self) -> QHBoxLayout:
        middle = QVBoxLayout()
        middle.setSpacing(2)
        middle.addStretch(1)
        for words in (self._verdict, self._detail):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            middle.addWidget(words)
        middle.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self._leading)
        row.addLayout(middle, 1)
        row.addWidget(self._managing)
        return row

    def _besides(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(with_swatch(Activity.OUTSIDE, self._outside))
        row.addLayout(with_swatch(None, self._unsorted))
        row.addStretch(1)
        row.addLayout(self.tools)
        return row

    def _footing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self._basis, 1)
        row.addWidget(self._coverage, 0, Qt.AlignmentFlag.AlignVCenter)
        return row


def _other_remarks(balance: Balance) -> list[str]:
    """The remarks that the card does not show in another way already."""
    shown = (
        f"{minutes_text(balance.outside)} outside the six",
        f"{minutes_text(balance.unclassified)} not yet classified.",
    )
    return [words for words in balance_remarks(balance) if not words.startswith(shown)]
