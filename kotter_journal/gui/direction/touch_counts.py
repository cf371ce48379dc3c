"""TouchCounts: how often each week the direction was stated, heard back and challenged."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kotter_journal.domain.balance_sentences import period_text
from kotter_journal.domain.sentences import date_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.direction.touch_chart import TouchChart
from kotter_journal.gui.direction.touch_weeks import TouchWeek
from kotter_journal.gui.numbers_table import NumbersTable, Row
from kotter_journal.gui.section import button


class TouchCounts(Card):
    """A chart, or the same numbers as a table with the newest week first.

    ``entries_asked`` carries the ids of a week's entries, ``table_asked`` whether the table shows.
    """

    entries_asked = Signal(object, str)
    table_asked = Signal(bool)

    def __init__(
        self, weeks: Sequence[TouchWeek], *, as_table: bool = False, parent: QWidget | None = None
    ) -> None:
        """``weeks`` come oldest first."""
        super().__init__(self.tr("How often it came up"), parent)
        self.set_title(self.tr("How often it came up"), self.tr("entries, not minutes"))
        self.chart = TouchChart()
        self.chart.setObjectName("touch_chart")
        self.chart.set_weeks(weeks)
        self.chart.chosen.connect(self._ask_entries)
        self.table = NumbersTable(self.tr("How often it came up"))
        self.table.setObjectName("touch_counts")
        newest_first = list(reversed(weeks))
        headers = (self.tr("Week"), self.tr("Stated"), self.tr("Heard back"))
        rows = [_row(week) for week in newest_first]
        self.table.set_rows((*headers, self.tr("Challenged"), self.tr("New wording")), rows)
        self.table.entered.connect(lambda row: self._ask_entries(newest_first[row]))
        self.table_button = button(" " + self.tr("Show as table"), "show_table")
        self.table_button.setIcon(theme.icon("table"))
        self.table_button.setCheckable(True)
        self.table_button.setChecked(as_table)
        self.table_button.toggled.connect(self.chart.setHidden)
        self.table_button.toggled.connect(self.table.setVisible)
        self.table_button.toggled.connect(self.table_asked)
        self.head.addWidget(self.table_button)
        words = self.tr(
            "Mark an entry as stated, heard back or challenged in its panel. Enter on a week"
            " shows its entries."
        )
        self.body.addWidget(self.chart)
        self.body.addWidget(self.table)
        self.body.addWidget(label(words, "meta", wrap=True))
        self.chart.setVisible(not as_table)
        self.table.setVisible(as_table)

    def _ask_entries(self, week: TouchWeek) -> None:
        if week.entry_ids:
            words = self.tr("The direction came up, {0}.").format(period_text(week.period))
            self.entries_asked.emit(list(week.entry_ids), words)


def _row(week: TouchWeek) -> Row:
    counts = (str(count) if count else "–" for count in week.counts)
    return (period_text(week.period), *counts, ", ".join(date_text(day) for day in week.worded))
