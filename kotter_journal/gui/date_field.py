"""Date fields: a date with its calendar."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit

from kotter_journal.gui import theme


def date_edit(day: date) -> QDateEdit:
    """A field with its calendar, on a date."""
    edit = QDateEdit(QDate(day.year, day.month, day.day))
    edit.setCalendarPopup(True)
    theme.settle(edit.calendarWidget())
    edit.setDisplayFormat("d MMM yyyy")
    return edit


def date_of(edit: QDateEdit) -> date:
    """The date that a field shows."""
    chosen = edit.date()
    return date(chosen.year(), chosen.month(), chosen.day())
