"""Working time: what is expected on a day, and in any period at once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.domain.periods import Period
from kotter_journal.domain.working_time import (
    Band,
    DayStatus,
    SetDay,
    WorkingTime,
    WorkingWeek,
    band_on,
    checked_band,
    checked_week,
)

MONDAY = date(2026, 3, 2)
HALF = WorkingWeek((240, 240, 240, 0, 0, 0, 0), date(2026, 3, 16))


def days(count: int) -> date:
    """So many days after Monday, 2 March 2026."""
    return MONDAY + timedelta(days=count)


def test_without_a_week_it_is_five_days_of_eight_hours() -> None:
    week = Period(MONDAY, days(7))
    assert WorkingTime().minutes_in(week) == 2400
    assert WorkingTime().workdays_in(week) == 5
    assert [WorkingTime().expected_on(days(n)) for n in (0, 4, 5)] == [480, 480, 0]


def test_an_old_week_is_read_by_what_held_then() -> None:
    working = WorkingTime((HALF,))
    assert working.minutes_in(Period(MONDAY, days(7))) == 2400
    assert working.minutes_in(Period(days(14), days(21))) == 720
    assert working.minutes_in(Period(MONDAY, days(28))) == 2 * 2400 + 2 * 720
    assert working.workdays_in(Period(days(7), days(21))) == 5 + 3


def test_days_that_were_set_come_before_holidays_and_weekdays() -> None:
    working = WorkingTime(
        set_days={
            days(0): SetDay(days(0), DayStatus.OFF),
            days(1): SetDay(days(1), DayStatus.PARTIAL),
            days(2): SetDay(days(2), DayStatus.WORK),
            days(5): SetDay(days(5), DayStatus.WORK, 120),
            days(6): SetDay(days(6), DayStatus.PARTIAL),
        },
        holidays={days(2): "Feast", days(3): "Feast"},
    )
    assert [working.expected_on(days(n)) for n in range(7)] == [0, 240, 480, 0, 480, 120, 240]
    assert working.minutes_in(Period(MONDAY, days(7))) == 1560
    assert working.workdays_in(Period(MONDAY, days(7))) == 5
    assert working.why_off(days(3)) == "Feast"
    assert working.why_off(days(4)) == ""


_DAY = st.integers(-30, 60).map(days)
_WEEKS = st.lists(
    st.builds(
        WorkingWeek, st.tuples(*[st.sampled_from([0, 60, 480])] * 7), st.integers(-30, 60).map(days)
    ),
    max_size=3,
).map(lambda weeks: tuple(sorted(weeks, key=lambda one: one.valid_from)))
_SET = st.dictionaries(_DAY, st.tuples(st.sampled_from(DayStatus), st.none() | st.integers(0, 900)))


@given(_WEEKS, _SET, st.sets(_DAY), _DAY, st.integers(0, 80))
def test_a_period_is_the_sum_of_its_days(
    weeks: tuple[WorkingWeek, ...],
    chosen: dict[date, tuple[DayStatus, int | None]],
    feasts: set[date],
    start: date,
    length: int,
) -> None:
    set_days = {day: SetDay(day, *what) for day, what in chosen.items()}
    working = WorkingTime(weeks, set_days, dict.fromkeys(feasts, "Feast"))
    period = Period(start, start + timedelta(days=length))
    every = [start + timedelta(days=n) for n in range(length)]
    assert working.minutes_in(period) == sum(map(working.expected_on, every))
    assert working.workdays_in(period) == sum(map(working.is_workday, every))


def test_a_band_holds_until_the_next_and_none_ends_it() -> None:
    bands = [Band(days(0), 40, 55), Band(days(10), None, None), Band(days(20), 30, 50)]
    held = [band_on(bands, days(n)) for n in (-1, 0, 9, 10, 19, 20)]
    assert [(one.low, one.high) if one else None for one in held] == [
        None,
        (40, 55),
        (40, 55),
        None,
        None,
        (30, 50),
    ]


@pytest.mark.parametrize(("low", "high"), [(-1, 50), (50, 50), (60, 50), (0, 101)])
def test_a_band_that_is_none(low: int, high: int) -> None:
    with pytest.raises(UnreadableInput):
        checked_band(low, high)


def test_a_day_has_no_more_than_24_hours() -> None:
    assert checked_week([1440] * 7) == (1440,) * 7
    with pytest.raises(UnreadableInput):
        checked_week([1441, 0, 0, 0, 0, 0, 0])
