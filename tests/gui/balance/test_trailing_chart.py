"""Is the balance changing: points, gaps, bands of then, keys and the table beside it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.periods import Period, Span, period_of
from kotter_journal.domain.working_time import Band
from kotter_journal.gui.balance.page import BalancePage
from tests.gui.balance.conftest import Known
from tests.gui.balance.days import THURSDAY, day, days_until
from tests.gui.balance.reading import rows_of, tips, whole

# A tool tip raises itself, which the offscreen platform cannot.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

PageOf = Callable[..., BalancePage]


def every_day(weeks: int, without: range = range(0)) -> list[DayMinutes]:
    """Five days a week up to THURSDAY's, 20 of 60 minutes leading; some weeks back are empty."""
    monday = THURSDAY - timedelta(days=THURSDAY.weekday())
    return [
        day(on, 20, 0, 0, 40)
        for back in range(weeks, -1, -1)
        if back not in without
        for number in range(5)
        if (on := monday - timedelta(weeks=back) + timedelta(days=number)) <= THURSDAY
    ]


def test_a_short_period_shows_the_half_year_that_ends_with_it(page_of: PageOf) -> None:
    page = page_of(every_day(60), Span.FOUR_WEEKS)
    said = tips(page.trailing.chart)
    assert len(said) == 26
    assert said[-1] == (
        "week ending 14 May 2026: 33 % leading of 19 h in the four weeks, range 33 %"
    )
    assert "26 weeks" in page.trailing.note


def test_a_long_period_shows_all_of_its_weeks(page_of: PageOf, qtbot: QtBot) -> None:
    page = page_of(every_day(60), Span.TWELVE_WEEKS)
    assert len(tips(page.trailing.chart)) == 12
    page.bar.choose(None, Period(date(2016, 5, 1), THURSDAY))
    whole(page, qtbot)
    assert len(tips(page.trailing.chart)) == 132
    assert "every fourth week" in page.trailing.note


def test_weeks_without_entries_are_gaps_in_words_and_cannot_be_chosen(page_of: PageOf) -> None:
    page = page_of(every_day(60, without=range(4, 9)), Span.TWELVE_WEEKS)
    marks = page.trailing.chart.marks()
    shown = "".join("x" if mark.key else "." for mark in marks)
    assert shown == "xxxxx..." + "...x"
    assert "not enough logged" in marks[5].tip


def test_too_little_is_said_and_no_percentage_shown(page_of: PageOf) -> None:
    page = page_of([day(one.on, 60) for one in days_until(THURSDAY, 4)])
    chart = page.trailing.chart
    assert chart.accessibleDescription() == chart.thin_words()
    assert not any("%" in tip for tip in tips(chart))
    assert not chart.grab().isNull()


def test_an_old_week_is_held_against_the_band_of_then(page_of: PageOf, known: Known) -> None:
    known.bands = [
        Band(date(2026, 3, 1), 40, 50),
        Band(date(2026, 4, 1), 30, 45),
        Band(date(2026, 5, 1), None, None),
    ]
    page = page_of(every_day(60), Span.TWELVE_WEEKS)
    bands = [tip.partition("; ")[2] for tip in tips(page.trailing.chart)]
    assert bands[0] == "your band then 40–50 %"
    assert bands[8] == "your band then 30–45 %"
    assert bands[-1] == ""


def test_a_point_leads_to_the_entries_of_its_four_weeks(page_of: PageOf, qtbot: QtBot) -> None:
    page = page_of(every_day(60))
    chart = page.trailing.chart
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    chart.go_to(25)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    with qtbot.waitSignal(page.activity_chosen) as asked:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    sunday = date(2026, 5, 10)
    assert asked.args == [None, Period(sunday - timedelta(days=27), sunday + timedelta(days=1))]


def test_the_table_holds_the_same_numbers(page_of: PageOf, known: Known) -> None:
    known.bands = [Band(date(2026, 3, 1), 40, 50)]
    page = page_of(days_until(THURSDAY, 80), Span.TWELVE_WEEKS)
    page.bar._table.click()
    rows = rows_of(page.tables._trailing.model())[::-1]
    said = tips(page.trailing.chart)
    assert len(rows) == len(said)
    for (when, classified, _, share, between, _, band), tip in zip(rows, said, strict=True):
        assert tip.startswith(f"week ending {when}: ")
        figure = share.replace(" % (provisional)", " % leading (provisional)")
        assert figure.replace(" %", " % leading") in tip or figure in tip
        assert f"of {classified} in the four weeks, range {between}" in tip
        assert (f"your band then {band}" in tip) is bool(band)


def test_how_it_is_computed_has_the_numbers_put_in(page_of: PageOf, qtbot: QtBot) -> None:
    page = page_of(every_day(60))
    page.trailing.how_button.click()
    dialog = next(one for one in page.window().findChildren(QLabel) if "L / (L + M)" in one.text())
    assert "6 h 20 m / 19 h = 33 %" in dialog.text().replace("\u00a0", " ")
    button = page.window().findChild(QPushButton, "show_entries")
    assert button is not None
    with qtbot.waitSignal(page.activity_chosen) as asked:
        button.click()
    assert asked.args == [None, Period(date(2026, 4, 20), date(2026, 5, 15))]


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_it_paints_gaps_lone_points_and_bands_in_both_directions(
    page_of: PageOf, known: Known, direction: Qt.LayoutDirection
) -> None:
    known.bands = [Band(date(2026, 3, 1), 40, 50), Band(date(2026, 5, 1), 20, 95)]
    page = page_of(every_day(60, without=range(4, 9)), Span.TWELVE_WEEKS)
    page.setLayoutDirection(direction)
    assert not page.trailing.chart.grab().isNull()


def test_week_periods_of_the_page_match_the_calendar(page_of: PageOf) -> None:
    page = page_of(every_day(60), Span.YEAR)
    keys = [mark.key for mark in page.trailing.chart.marks()]
    assert isinstance(keys[0], Period)
    assert keys[0].last == period_of(Span.WEEK, date(2026, 1, 1)).last
