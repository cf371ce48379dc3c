"""Time card: the time chart with its switch between hours and shares."""

from PySide6.QtWidgets import QWidget

from kotter_journal.domain.workings import time_workings
from kotter_journal.gui.balance.buckets import Bucket, Step
from kotter_journal.gui.balance.chart_card import ChartCard
from kotter_journal.gui.balance.time_chart import FEW_DAYS, TimeChart
from kotter_journal.gui.segments import Segments


class TimeCard(ChartCard):
    """How the mix moves."""

    chart: TimeChart

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Over time"), TimeChart(), parent, how=time_workings)
        self._shares = False
        self._buckets: list[Bucket] = []
        self._switch = Segments(
            {False: self.tr("Hours"), True: self.tr("Share")}, self.tr("Unit of the bars")
        )
        self._switch.set_current(False)
        self._switch.chosen.connect(self._on_unit)
        self.head.insertWidget(2, self._switch)
        self.body.addWidget(self.chart, 1)

    def set_buckets(self, buckets: list[Bucket], *, shares_allowed: bool) -> None:
        """Show these bars; where the period has too little for a ratio, in hours only."""
        self._buckets = buckets
        self._switch.setVisible(shares_allowed)
        if not shares_allowed:
            self._shares = False
            self._switch.set_current(False)
        self._show()

    def _on_unit(self, shares: bool) -> None:
        self._shares = shares
        self._show()

    def _show(self) -> None:
        titles = {
            Step.DAY: self.tr("Day by day"),
            Step.WEEK: self.tr("Week by week"),
            Step.MONTH: self.tr("Month by month"),
            Step.QUARTER: self.tr("Quarter by quarter"),
            Step.YEAR: self.tr("Year by year"),
        }
        step = self._buckets[0].step if self._buckets else Step.WEEK
        notes = [self.tr("share of the six, hours below") if self._shares else self.tr("hours")]
        notes.append(self.tr("leading below the line, managing above"))
        if step is not Step.DAY:
            notes.append(self.tr("hollow = fewer than {0} logged days").format(FEW_DAYS))
        if step is Step.WEEK:
            notes.append(self.tr("dots = workdays, filled where logged"))
        self.set_title(titles[step], " · ".join(notes))
        self.chart.set_buckets(self._buckets, shares=self._shares)
