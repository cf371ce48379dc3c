"""The section that says which days count and what is expected of them."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.periods import Period
from kotter_journal.domain.working_time import DayStatus
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.working_time import WorkingTimeSection
from kotter_journal.services.working_time import working_time
from tests.gui.conftest import NOW

TODAY = NOW.date()  # Thursday 14 May 2026, Ascension Day
MONDAY = date(2026, 5, 11)


@pytest.fixture
def section(session: JournalSession, window: QWidget, qtbot: QtBot) -> WorkingTimeSection:
    made = WorkingTimeSection(session, window)
    qtbot.waitUntil(lambda: made.country.count() > 100)
    return made


def qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def expected(session: JournalSession, start: date, days: int) -> int:
    """Minutes that are expected from a date on."""
    period = Period(start, start + timedelta(days=days))
    return session.read(lambda tx: working_time(tx, period)).minutes_in(period)


def rows(section: WorkingTimeSection, of: str) -> list[str]:
    """The texts of the rows that can be taken back."""
    column = getattr(section, of)
    widgets = [column.itemAt(rank).widget() for rank in range(column.count())]
    return [one.findChildren(QLabel)[0].text() for one in widgets]


def take_back(section: WorkingTimeSection, of: str) -> None:
    getattr(section, of).itemAt(0).widget().findChild(QPushButton, "take_back").click()


def test_it_begins_with_five_days_of_eight_hours(section: WorkingTimeSection) -> None:
    assert [box.value() for box in section.hours] == [8.0] * 5 + [0.0, 0.0]
    assert section.country.currentData() == ""
    assert section.subdivision.isHidden()


def test_a_week_with_holidays_holds_from_its_date_on_and_can_be_taken_back(
    section: WorkingTimeSection, session: JournalSession, qtbot: QtBot
) -> None:
    section.hours[4].setValue(4.5)
    section.country.setCurrentIndex(section.country.findData("DE"))
    assert not section.subdivision.isHidden()
    section.subdivision.setCurrentIndex(section.subdivision.findData("BY"))
    section.since.setDate(qdate(MONDAY))
    section.keep_button.click()
    text = "From 11 May 2026: 36 h 30 m a week, holidays of Germany (BY)"
    qtbot.waitUntil(lambda: rows(section, "weeks") == [text])
    # Ascension Day is off; the week before is as it was.
    assert expected(session, MONDAY, 7) == 3 * 480 + 270
    assert expected(session, MONDAY - timedelta(days=7), 7) == 5 * 480
    take_back(section, "weeks")
    qtbot.waitUntil(lambda: rows(section, "weeks") == [])
    assert expected(session, MONDAY, 7) == 5 * 480


def test_days_in_a_row_are_set_and_taken_back_together(
    section: WorkingTimeSection, session: JournalSession, qtbot: QtBot
) -> None:
    section.first.setDate(qdate(MONDAY))
    section.last.setDate(qdate(MONDAY + timedelta(days=1)))
    section.status.setCurrentIndex(section.status.findData(DayStatus.OFF))
    section.set_button.click()
    qtbot.waitUntil(lambda: rows(section, "days") == ["11 May 2026 to 12 May 2026: off"])
    assert expected(session, MONDAY, 7) == 3 * 480
    take_back(section, "days")
    qtbot.waitUntil(lambda: rows(section, "days") == [])
    assert expected(session, MONDAY, 7) == 5 * 480


def test_the_last_day_follows_the_first_and_never_goes_before_it(
    section: WorkingTimeSection, session: JournalSession, qtbot: QtBot
) -> None:
    later = qdate(TODAY + timedelta(days=30))
    section.first.setDate(later)
    section.first.userDateChanged.emit(later)
    assert section.last.date() == later
    section.last.setDate(qdate(TODAY))
    section.set_button.click()
    assert section.told.text() == "The last day is before the first one."
    qtbot.waitUntil(lambda: session.idle)
    assert rows(section, "days") == []
