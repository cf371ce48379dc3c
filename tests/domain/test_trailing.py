"""The trailing share at its thresholds: four of six weeks, three logged days, enough hours."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from kotter_journal.domain.balance import DayMinutes, Status, range_of_shares
from kotter_journal.domain.periods import Period
from kotter_journal.domain.trailing import (
    TrailingPoint,
    reads_from,
    trailing_points,
    trailing_sentence,
    weeks_until,
)
from kotter_journal.domain.working_time import WorkingTime
from tests.domain.worked import MONDAY, split

SUNDAY = MONDAY + timedelta(days=6)


def logged(counts: Sequence[int], leading: int = 60, managing: int = 60) -> list[DayMinutes]:
    """Weeks up to that of MONDAY, oldest first, each with so many logged days."""
    first = MONDAY - timedelta(weeks=len(counts) - 1)
    return [
        split(first + timedelta(weeks=rank, days=number), leading, managing)
        for rank, count in enumerate(counts)
        for number in range(count)
    ]


def last_point(days: Sequence[DayMinutes], last: date = SUNDAY) -> TrailingPoint:
    return trailing_points(weeks_until(last, 1), days, WorkingTime())[0]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((3, 3, 3, 3), True),
        ((3, 3, 3, 2), False),
        ((3, 3, 0, 0, 3, 3), True),
        ((3, 3, 3, 0, 0, 3), True),
        ((3, 3, 0, 0, 3, 2), False),
        # The fourth week lies one further back than is looked at.
        ((3, 0, 0, 0, 3, 3, 3), False),
        ((3, 3, 3, 3, 0, 0), True),
        ((3, 3, 3, 3, 0, 0, 0), False),
        ((7, 7, 7), False),
    ],
)
def test_a_point_takes_four_of_the_last_six_weeks_with_three_days(
    counts: tuple[int, ...], shown: bool
) -> None:
    assert (last_point(logged(counts)).balance is not None) is shown


@pytest.mark.parametrize(("minutes", "shown"), [(25, True), (24, False)])
def test_a_point_takes_five_classified_hours(minutes: int, shown: bool) -> None:
    assert (last_point(logged((3, 3, 3, 3), minutes, 0)).balance is not None) is shown


@pytest.mark.parametrize(
    ("counts", "status"),
    [
        # Six weeks allow the point, of which the last four hold five, nine and ten days.
        ((3, 3, 3, 3, 1, 3), Status.SOUND),
        ((3, 3, 0, 3, 3, 3), Status.PROVISIONAL),
        ((3, 3, 3, 3, 0, 0), Status.PROVISIONAL),
    ],
)
def test_few_days_make_a_provisional_point(counts: tuple[int, ...], status: Status) -> None:
    balance = last_point(logged(counts)).balance
    assert balance is not None
    assert balance.status is status


def test_a_point_rests_on_its_four_weeks_and_their_range() -> None:
    days = [*logged((5,), 0, 600)]
    days = [split(day.on - timedelta(weeks=4), 0, 600) for day in days]
    recent = [
        *logged((3, 3, 3), 30, 90),
        split(MONDAY - timedelta(weeks=3), 100, 20),
        split(MONDAY - timedelta(weeks=3) + timedelta(days=1), 10, 50),
        split(MONDAY - timedelta(weeks=3) + timedelta(days=2), 60, 60),
    ]
    days = sorted((*days, *recent), key=lambda day: day.on)
    balance = last_point(days).balance
    assert balance is not None
    assert balance.period == Period(MONDAY - timedelta(weeks=3), SUNDAY + timedelta(days=1))
    assert balance.leading == 9 * 30 + 170
    assert balance.managing == 9 * 90 + 130
    assert balance.range_80 == range_of_shares(recent)


def test_gaps_stay_gaps() -> None:
    days = logged((3, 3, 3, 3, 0, 0, 0, 3, 3, 3, 3))
    points = trailing_points(weeks_until(SUNDAY, 11), days, WorkingTime())
    shown = "".join("x" if point.balance else "." for point in points)
    assert shown == "...xxx....x"


def test_a_running_week_ends_today_and_begins_where_weeks_begin() -> None:
    thursday = MONDAY + timedelta(days=3)
    weeks = weeks_until(thursday, 2)
    assert weeks == [
        Period(MONDAY - timedelta(days=7), MONDAY),
        Period(MONDAY, thursday + timedelta(days=1)),
    ]
    assert weeks_until(thursday, 1, 6)[0].start == MONDAY - timedelta(days=1)
    assert reads_from(weeks) == MONDAY - timedelta(weeks=6)


def test_the_calendar_ends_somewhere() -> None:
    assert weeks_until(date.min, 26)[0].start == date.min
    weeks = weeks_until(date.max, 3)
    days = [split(date.max - timedelta(days=n), 60, 60) for n in range(30, 0, -1)]
    assert trailing_points(weeks, days, WorkingTime())[-1].balance is not None


def test_a_point_in_words_has_hours_beside_its_percentage() -> None:
    point = last_point(logged((3, 3, 3, 3), 60, 120))
    assert trailing_sentence(point) == (
        "week ending 8 March 2026: 33 % leading of 36 h in the four weeks, range 33 %"
    )
    point = last_point(logged((3, 3, 3, 3, 0, 0), 60, 120))
    assert "33 % leading (provisional) of 18 h" in trailing_sentence(point)
    empty = last_point([])
    assert trailing_sentence(empty) == "week ending 8 March 2026: not enough logged to say"
