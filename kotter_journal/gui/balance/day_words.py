"""Words for days: their names, and whether they are workdays."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from kotter_journal.domain.sentences import date_text
from kotter_journal.domain.working_time import DayStatus, WorkingTime


def _tr(text: str) -> str:
    return QCoreApplication.translate("DayWords", text)


def day_text(on: date) -> str:
    """A day with its weekday: "Thursday 14 May 2026"."""
    return f"{QLocale().dayName(on.weekday() + 1)} {date_text(on)}"


def status_text(working: WorkingTime, on: date) -> str:
    """Whether a day is a workday, or the name of the holiday that it is."""
    words = {
        DayStatus.WORK: _tr("workday"),
        DayStatus.PARTIAL: _tr("half a workday"),
        DayStatus.OFF: _tr("day off"),
    }
    status, holiday = working.status_of(on), working.why_off(on)
    if status is DayStatus.OFF and holiday and on not in working.set_days:
        return _tr("day off, {0}").format(holiday)
    return words[status]
