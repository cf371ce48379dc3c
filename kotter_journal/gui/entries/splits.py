"""Splits: how the minutes of the entry and of its day divide, in hours and never in percent."""

from datetime import date

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.entries import Entry
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.rule import rule
from kotter_journal.gui.paint import SplitBar


class Splits(QWidget):
    """The bar of the entry, and under it the bar of the day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.of_entry, self.of_day = SplitBar(), SplitBar()
        self.day_name = label("", "strong")
        self.day_hours = label("", "meta")
        self.day_hours.setObjectName("day_hours")
        head = QHBoxLayout()
        head.addWidget(self.day_name, 1)
        head.addWidget(self.day_hours)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.of_entry)
        column.addWidget(rule())
        column.addLayout(head)
        column.addWidget(self.of_day)

    def show_entry(self, entry: Entry) -> None:
        """Show the minutes of ``entry``."""
        self.of_entry.set_minutes({a: entry.minutes_of(a) or 0 for a in Activity})

    def show_day(self, on: date, today: date, days: list[DayMinutes]) -> None:
        """Show what is logged on the date of the entry."""
        name = QLocale().toString(QDate(on.year, on.month, on.day), "dddd d MMMM")
        self.day_name.setText(self.tr("Today so far") if on == today else name)
        day = days[0] if days else None
        self.of_day.set_minutes(day.minutes if day else {})
        self.day_hours.setText(self.tr("{0} logged").format(minutes_text(day.logged if day else 0)))
