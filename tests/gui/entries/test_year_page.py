"""The whole year: what each day holds, by pointer and by keyboard."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from kotter_journal.gui.entries.year_page import YearPage
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from tests.gui.entries.journals import TODAY, draft, fill


@pytest.fixture
def year(session: JournalSession, qtbot: QtBot, theme: Theme) -> Iterator[YearPage]:
    """The year 2026, today being the 14 May, with two entries on 3 March and one on New Year."""
    fill(
        session,
        qtbot,
        [
            draft(on=date(2026, 3, 3), controlling_problem_solving=30),
            draft(on=date(2026, 3, 3), controlling_problem_solving=45),
            draft(on=date(2025, 1, 1), controlling_problem_solving=60),
        ],
    )
    page = YearPage(session)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show_day(TODAY)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(lambda: session.idle and page.grids[4].hasFocus())
    yield page
    page.close()


def test_every_month_shows_its_own_days_and_what_they_hold(year: YearPage) -> None:
    assert [grid.month for grid in year.grids] == list(range(1, 13))
    assert year.heading.text() == "2026"
    assert year.count.text() == "2 entries, 1 h 15 m"
    assert year.grids[2].words_of(date(2026, 3, 3)) == "Tuesday 3 March 2026, 2 entries, 1 h 15 m"
    assert year.grids[2].words_of(date(2026, 3, 4)).endswith("no entries")


def test_the_keys_walk_from_month_to_month_and_from_year_to_year(
    year: YearPage, qtbot: QtBot, session: JournalSession
) -> None:
    assert [g.focusPolicy() == Qt.FocusPolicy.StrongFocus for g in year.grids].count(True) == 1
    for _ in range(3):
        QTest.keyClick(year.grids[4], Qt.Key.Key_Down)
    assert year.day == date(2026, 6, 4)
    assert year.grids[5].hasFocus()
    QTest.keyClick(year.grids[5], Qt.Key.Key_PageUp)
    assert year.day == date(2025, 6, 4)
    qtbot.waitUntil(lambda: year.count.text() == "1 entry, 1 h")
    assert year.heading.text() == "2025"
    with qtbot.waitSignal(year.day_chosen) as chosen:
        QTest.keyClick(year.grids[5], Qt.Key.Key_Return)
    assert chosen.args == [date(2025, 6, 4)]
    with qtbot.waitSignal(year.left):
        QTest.keyClick(year.grids[5], Qt.Key.Key_Escape)


def test_only_days_of_the_month_can_be_clicked(year: YearPage, qtbot: QtBot) -> None:
    may = year.grids[4]
    first_cell = may._cell(0).center()  # Monday 27 April
    assert may.day_at(QPointF(first_cell)) is None
    with qtbot.waitSignal(year.day_chosen) as chosen:
        QTest.mouseClick(may, Qt.MouseButton.LeftButton, pos=may._cell(4).center().toPoint())
    assert chosen.args == [date(2026, 5, 1)]


def test_a_month_is_read_and_the_year_turned_with_the_pointer(year: YearPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(year.month_chosen) as chosen:
        QTest.mouseClick(year.month_buttons[2], Qt.MouseButton.LeftButton)
    assert chosen.args == [date(2026, 3, 1)]
    later = year.findChild(QToolButton, "later")
    assert later is not None
    QTest.mouseClick(later, Qt.MouseButton.LeftButton)
    assert year.heading.text() == "2027"
    qtbot.waitUntil(lambda: year.count.text() in ("No entries", "0 entries"))


def test_what_is_written_meanwhile_appears(
    year: YearPage, qtbot: QtBot, session: JournalSession
) -> None:
    fill(session, qtbot, [draft(on=TODAY, controlling_problem_solving=15)])
    qtbot.waitUntil(lambda: year.count.text().startswith("3 entries"))


@pytest.mark.parametrize(("width", "across"), [(1280, 4), (1024, 3), (600, 2)])
def test_months_stand_side_by_side_as_there_is_room(
    year: YearPage, qtbot: QtBot, width: int, across: int
) -> None:
    year.resize(width, 700)
    qtbot.waitUntil(lambda: len({month.x() for month in year._months}) == across)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_no_fault(
    year: YearPage, qtbot: QtBot, session: JournalSession, day: date
) -> None:
    failures: list[object] = []
    year.failed.connect(failures.append)
    year.show_day(day)
    year.grab()
    qtbot.waitUntil(lambda: session.idle)
    assert failures == []
