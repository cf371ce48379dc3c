"""When something was logged, and what kind of days: heat map, strip, and their table."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QLocale, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.periods import Period, Span, period_of
from kotter_journal.domain.working_time import DayStatus, SetDay, WorkingTime
from kotter_journal.gui import theme
from kotter_journal.gui.balance.heat_map import LEVELS, shade
from kotter_journal.gui.balance.page import BalancePage
from tests.gui.balance.conftest import Known
from tests.gui.balance.days import THURSDAY, day, days_until
from tests.gui.balance.reading import rows_of, tips, whole

# A tool tip raises itself, which the offscreen platform cannot.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

PageOf = Callable[..., BalancePage]


def untimed(on: date) -> DayMinutes:
    """A day with an entry that has no duration."""
    return day(on)


def test_the_heat_map_ends_with_the_period_and_has_a_year(page_of: PageOf, qtbot: QtBot) -> None:
    page = page_of(days_until(THURSDAY, 300))
    keys = page.heat.chart.marks()
    assert len(keys) == 52 * 7 + 4
    assert keys[-1].key == Period(THURSDAY, THURSDAY + timedelta(days=1))
    page.bar.choose(None, Period(date(2020, 1, 1), THURSDAY))
    whole(page, qtbot)
    assert len(page.heat.chart.marks()) == 52 * 7 + 3
    assert "last 53 weeks" in page.heat.note


@pytest.mark.parametrize("first_weekday", [0, 6])
def test_a_column_begins_with_the_first_weekday(
    page_of: PageOf, first_weekday: int, qtbot: QtBot
) -> None:
    page = page_of(days_until(THURSDAY, 300))
    page.set_first_weekday(first_weekday)
    whole(page, qtbot)
    tops = [mark.rect.top() for mark in page.heat.chart.marks()[:8]]
    assert tops[0] == tops[7]
    assert tops[:7] == sorted(set(tops[:7]))
    name = QLocale().dayName(7 if first_weekday else 1)
    assert page.heat.chart.marks()[0].tip.startswith(name)


def test_more_hours_are_a_stronger_shade_of_one_hue() -> None:
    limits = (1, *LEVELS)
    shades = [shade(minutes) for minutes in limits]
    assert shades == list(theme.tokens().heat)
    assert shade(LEVELS[0] - 1) == shade(1)
    assert shade(24 * 60) == shades[-1]


def test_a_day_says_its_hours_and_whether_it_is_a_workday(page_of: PageOf, known: Known) -> None:
    wednesday, holiday = THURSDAY - timedelta(days=1), THURSDAY - timedelta(days=2)
    known.working = WorkingTime(
        set_days={wednesday: SetDay(wednesday, DayStatus.PARTIAL)},
        holidays={holiday: "Feast of Tests"},
    )
    sunday = THURSDAY - timedelta(days=4)
    page = page_of([day(sunday, 60), untimed(holiday), day(THURSDAY, 60, 30)])
    said = tips(page.heat.chart)
    assert said[-5:] == [
        "Sunday 10 May 2026: 1 h in 1 entry; day off",
        "Monday 11 May 2026: nothing logged; workday",
        "Tuesday 12 May 2026: 0 m in 1 entry; day off, Feast of Tests",
        "Wednesday 13 May 2026: nothing logged; half a workday",
        "Thursday 14 May 2026: 1 h 30 m in 1 entry; workday",
    ]


def test_days_off_are_hatched_and_logged_ones_filled(page_of: PageOf, qtbot: QtBot) -> None:
    page = page_of(days_until(THURSDAY, 300))
    chart = page.heat.chart
    qtbot.waitUntil(lambda: chart.height() == chart.sizeHint().height())
    image = chart.grab().toImage()

    def colors(tip: str) -> set[str]:
        mark = next(one for one in chart.marks() if one.tip.startswith(tip))
        place = chart.place_of(mark)
        spots = [place.topLeft() + QPointF(x, y) for x in range(3, 12) for y in range(3, 12)]
        return {image.pixelColor(spot.toPoint()).name() for spot in spots}

    assert len(colors("Saturday 9 May")) > 1
    assert len(colors("Friday 8 May")) == 1
    assert colors("Friday 8 May") < {color.name() for color in theme.tokens().heat}


def test_keys_go_by_days_and_weeks_and_enter_opens_the_day(page_of: PageOf, qtbot: QtBot) -> None:
    page = page_of(days_until(THURSDAY, 300))
    chart = page.heat.chart
    chart.go_to(len(chart.marks()) - 1)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Up)
    with qtbot.waitSignal(page.activity_chosen) as asked:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    wednesday = THURSDAY - timedelta(days=8)
    assert asked.args == [None, Period(wednesday, wednesday + timedelta(days=1))]


def test_the_strip_needs_five_logged_days(page_of: PageOf) -> None:
    page = page_of(days_until(THURSDAY, 4))
    chart = page.strip.chart
    assert chart.marks() == []
    assert chart.accessibleDescription() == chart.thin_words()
    low = chart.sizeHint().height()
    page = page_of(days_until(THURSDAY, 5))
    assert len(page.strip.chart.marks()) == 25
    assert page.strip.chart.sizeHint().height() > low


def test_the_strip_shows_the_last_sixty_days_of_a_longer_period(page_of: PageOf) -> None:
    page = page_of(days_until(THURSDAY, 300), Span.YEAR)
    assert len(page.strip.chart.marks()) == 60
    assert "last 60 days" in page.strip.note
    assert page.strip.basis is not None
    assert page.strip.basis.period.days == 60


def test_managing_leads_up_and_leading_down(page_of: PageOf, qtbot: QtBot) -> None:
    days = [day(THURSDAY - timedelta(days=back), 0, 0, 60, 0, 0, 120) for back in range(5)]
    page = page_of(days[::-1])
    chart = page.strip.chart
    qtbot.waitUntil(lambda: chart.height() == chart.sizeHint().height())
    image = chart.grab().toImage()
    bar = chart.place_of(chart.marks()[-1])
    plot = chart._plot(bar, chart._ticks())
    column = [image.pixelColor(int(bar.center().x()), y) for y in range(image.height())]
    middle = int(plot.center().y())
    managing = theme.activity_colors(Activity.CONTROLLING_PROBLEM_SOLVING).fill
    leading = theme.activity_colors(Activity.MOTIVATING_INSPIRING).fill
    above, below = column[:middle], column[middle:]
    assert managing in above
    assert leading in below
    assert managing not in below
    # Two hours are twice as long as one.
    assert above.count(managing) == pytest.approx(2 * below.count(leading), abs=6)


def test_the_table_holds_what_both_charts_say(page_of: PageOf) -> None:
    page = page_of(days_until(THURSDAY, 40))
    page.bar._table.click()
    rows = {row[0]: row for row in rows_of(page.tables._by_day.model())}
    logged = [tip for tip in tips(page.heat.chart) if "nothing logged" not in tip]
    assert len(rows) == len(logged) == 40
    for tip in logged:
        name, _, rest = tip.partition(": ")
        hours, _, status = rest.partition("; ")
        row = rows[name]
        assert hours == f"{row[1]} in 1 entry"
        assert status == row[6]
    for tip in tips(page.strip.chart):
        name, _, rest = tip.partition(": ")
        if name in rows:
            words = f"leading {rows[name][2]}, managing {rows[name][3]}; other {rows[name][4]}"
            assert rest == words
        else:
            assert rest == "nothing logged"


@pytest.mark.parametrize("span", list(Span))
def test_both_paint_in_both_directions(page_of: PageOf, span: Span) -> None:
    page = page_of(days_until(THURSDAY, 200), span)
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        page.setLayoutDirection(direction)
        assert not page.heat.chart.grab().isNull()
        assert not page.strip.chart.grab().isNull()


def test_the_first_days_of_the_calendar_can_be_shown(page_of: PageOf, qtbot: QtBot) -> None:
    page = page_of([day(date.min, 60)], Span.WEEK)
    page.bar.choose(Span.WEEK, period_of(Span.WEEK, date.min))
    whole(page, qtbot)
    assert page.heat.chart.marks()
    assert not page.heat.chart.grab().isNull()
