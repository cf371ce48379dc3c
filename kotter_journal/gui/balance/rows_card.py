"""Rows card: where the time went, with its switch between minutes and entries."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kotter_journal.domain.balance import Balance
from kotter_journal.domain.tag_counts import TagCounts
from kotter_journal.domain.workings import activity_workings
from kotter_journal.gui.balance.activity_rows import ActivityRows
from kotter_journal.gui.balance.chart_card import ChartCard
from kotter_journal.gui.segments import Segments


class RowsCard(ChartCard):
    """``counts_wanted``: entries are to be shown, and how many there are is not known yet."""

    counts_wanted = Signal()

    chart: ActivityRows

    def __init__(self, parent: QWidget | None = None) -> None:
        title = self.tr("Where the time went")
        super().__init__(title, ActivityRows(), parent, how=activity_workings)
        self.shows_entries = False
        self._balance: Balance | None = None
        self._counts: TagCounts | None = None
        self.switch = Segments(
            {False: self.tr("Minutes"), True: self.tr("Entries")}, self.tr("Unit of the rows")
        )
        self.switch.set_current(False)
        self.switch.chosen.connect(self._on_unit)
        self.head.insertWidget(2, self.switch)
        self.body.addWidget(self.chart, 1)

    def set_balance(self, balance: Balance) -> None:
        """Show this balance; of its entries nothing is known until ``set_counts``."""
        self._balance, self._counts = balance, None
        self.rest_on(lambda: balance)
        self._show()

    def set_counts(self, counts: TagCounts) -> None:
        """How many entries of the balance there are."""
        self._counts = counts
        self._show()

    def _on_unit(self, entries: bool) -> None:
        self.shows_entries = entries
        self._show()

    def _show(self) -> None:
        if self._balance is None:
            return
        if not self.shows_entries:
            self.set_title(self.title)
            self.chart.set_balance(self._balance)
        elif self._counts is None:
            self.counts_wanted.emit()
        else:
            words = self.tr("{0} entries, shared; “in” = that include it, does not add to 100 %")
            self.set_title(self.title, words.format(self._counts.tagged))
            self.chart.set_counts(self._counts)
