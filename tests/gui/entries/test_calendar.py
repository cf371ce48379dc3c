from datetime import date

import pytest
from PySide6.QtCore import QLocale, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from kotter_journal.gui.entries.calendar import Calendar, MonthCalendar, WeekStrip
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from tests.gui.entries.journals import TODAY, draft, fill


@pytest.fixture
def month(session: JournalSession, qtbot: QtBot, theme: Theme) -> MonthCalendar:
    """May 2026, today being the 14th."""
    calendar = MonthCalendar(session)
    qtbot.addWidget(calendar)
    calendar.resize(304, 280)
    with qtbot.waitExposed(calendar):
        calendar.show()
    return calendar


def heading(calendar: Calendar) -> str:
    """What stands above the days."""
    return calendar._heading.text()


def test_six_weeks_show_the_whole_month(month: MonthCalendar) -> None:
    assert (month.grid.first, month.grid.last) == (date(2026, 4, 27), date(2026, 6, 7))
    assert heading(month) == "May 2026"


def test_weeks_begin_where_the_locale_says(month: MonthCalendar) -> None:
    QLocale.setDefault(QLocale("en_US"))
    try:
        month.show_day(date(2026, 3, 10))
        assert month.grid.first == date(2026, 3, 1)
    finally:
        QLocale.setDefault(QLocale.c())


def test_keys_walk_over_days_weeks_and_months(month: MonthCalendar, qtbot: QtBot) -> None:
    for key, day in (
        (Qt.Key.Key_Right, date(2026, 5, 15)),
        (Qt.Key.Key_Down, date(2026, 5, 22)),
        (Qt.Key.Key_Left, date(2026, 5, 21)),
        (Qt.Key.Key_Up, date(2026, 5, 14)),
        (Qt.Key.Key_PageUp, date(2026, 4, 14)),
        (Qt.Key.Key_PageUp, date(2026, 3, 14)),
        (Qt.Key.Key_PageDown, date(2026, 4, 14)),
        (Qt.Key.Key_Home, TODAY),
        (Qt.Key.Key_PageDown, date(2026, 6, 14)),
    ):
        QTest.keyClick(month.grid, key)
        assert month.grid.cursor_day == day
        assert month.grid.first <= day <= month.grid.last
    assert heading(month) == "June 2026"
    assert month.day == TODAY
    with qtbot.waitSignal(month.day_chosen) as chosen:
        QTest.keyClick(month.grid, Qt.Key.Key_Return)
    assert chosen.args == [date(2026, 6, 14)]
    assert month.day == date(2026, 6, 14)


def test_the_last_day_of_a_month_has_a_month_before(month: MonthCalendar) -> None:
    month.show_day(date(2026, 3, 31))
    QTest.keyClick(month.grid, Qt.Key.Key_PageUp)
    assert month.grid.cursor_day == date(2026, 2, 28)


@pytest.mark.parametrize("end", [date.min, date.max])
def test_the_calendar_has_ends(month: MonthCalendar, end: date) -> None:
    month.show_day(end)
    for key in (
        Qt.Key.Key_Left,
        Qt.Key.Key_Up,
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    ):
        QTest.keyClick(month.grid, key)
    month.grid.grab()


def test_a_click_chooses_the_day_below_it(month: MonthCalendar, qtbot: QtBot) -> None:
    place = month.grid._cell(0).center().toPoint()
    with qtbot.waitSignal(month.day_chosen) as chosen:
        QTest.mouseClick(
            month.grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
    assert chosen.args == [date(2026, 4, 27)]


def test_right_to_left_the_first_day_is_at_the_right(month: MonthCalendar) -> None:
    month.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right = QPointF(month.grid.width() - 20, month.grid._cell(0).center().y())
    assert month.grid.day_at(right) == date(2026, 4, 27)
    month.grid.setFocus()
    QTest.keyClick(month.grid, Qt.Key.Key_Left)
    assert month.grid.cursor_day == date(2026, 5, 15)


def test_arrows_turn_the_page_and_have_names(month: MonthCalendar) -> None:
    for name, shown in (("later", "June 2026"), ("earlier", "May 2026"), ("earlier", "April 2026")):
        button = month.findChild(QToolButton, name)
        assert isinstance(button, QToolButton)
        assert button.accessibleName()
        button.click()
        assert heading(month) == shown
    assert month.day == TODAY


def test_a_day_says_what_it_holds(
    month: MonthCalendar, session: JournalSession, qtbot: QtBot
) -> None:
    assert month.grid.words_of(TODAY) == "Thursday 14 May 2026, no entries"
    before = month.grid.grab().toImage()
    fill(session, qtbot, [draft(aligning_people=45), draft(planning_budgeting=30)])
    assert month.grid.words_of(TODAY) == "Thursday 14 May 2026, 2 entries, 1 h 15 m"
    assert month.grid.accessibleDescription() == month.grid.words_of(TODAY)
    assert month.grid.grab().toImage() != before


def test_a_week_is_enough_where_there_is_little_room(
    session: JournalSession, qtbot: QtBot, theme: Theme
) -> None:
    strip = WeekStrip(session)
    qtbot.addWidget(strip)
    strip.resize(264, 100)
    assert (strip.grid.first, strip.grid.last) == (date(2026, 5, 11), date(2026, 5, 17))
    assert heading(strip) == "11 – 17 May"
    QTest.keyClick(strip.grid, Qt.Key.Key_Down)
    assert heading(strip) == "18 – 24 May"
    strip.show_day(date(2026, 4, 30))
    assert heading(strip) == "27 Apr – 3 May"
