"""Which period a review looks at, and what stays of it."""

from datetime import UTC, date, datetime

import pytest

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.balance import DayMinutes, balance_of
from kotter_journal.domain.periods import Period
from kotter_journal.domain.reviews import (
    Answer,
    Review,
    ReviewSpan,
    differs,
    frozen_minutes,
    period_after,
    period_before,
    period_due,
    review_period,
    review_text,
    review_title,
    statistics_of,
)
from kotter_journal.domain.working_time import WorkingTime

WEEK, MONTH, QUARTER = ReviewSpan
FRIDAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("span", "day", "title"),
    [
        (WEEK, FRIDAY, "Week of 2 to 8 March 2026"),
        (MONTH, FRIDAY, "March 2026"),
        (QUARTER, FRIDAY, "Quarter 1 of 2026"),
        (QUARTER, date(2026, 12, 31), "Quarter 4 of 2026"),
    ],
)
def test_the_period_with_a_day(span: ReviewSpan, day: date, title: str) -> None:
    period = review_period(span, day)
    assert day in period
    assert review_title(span, period) == title


@pytest.mark.parametrize("span", ReviewSpan)
def test_periods_follow_one_another(span: ReviewSpan) -> None:
    period = review_period(span, FRIDAY)
    assert period_before(span, period_after(span, period)) == period
    assert period_after(span, period).start == period.end
    first, last = review_period(span, date.min), review_period(span, date.max)
    assert period_before(span, first) == first
    assert period_after(span, last) == last


@pytest.mark.parametrize(
    ("span", "today", "start"),
    [
        (WEEK, date(2026, 3, 5), date(2026, 2, 23)),
        (WEEK, date(2026, 3, 6), date(2026, 3, 2)),
        (MONTH, date(2026, 3, 27), date(2026, 2, 1)),
        (MONTH, date(2026, 3, 28), date(2026, 3, 1)),
        (QUARTER, date(2026, 3, 24), date(2025, 10, 1)),
        (QUARTER, date(2026, 3, 25), date(2026, 1, 1)),
    ],
)
def test_the_period_due_is_the_one_that_is_ending(
    span: ReviewSpan, today: date, start: date
) -> None:
    assert period_due(span, today).start == start


def day_of(minutes: int) -> DayMinutes:
    """A day of controlling."""
    of_day = dict.fromkeys(Activity, 0) | {Activity.CONTROLLING_PROBLEM_SOLVING: minutes}
    return DayMinutes(
        on=FRIDAY,
        minutes=of_day,
        logged=minutes,
        even=0,
        same_day=minutes,
        entries=1,
        untimed=0,
    )


def test_the_figures_are_frozen() -> None:
    week = review_period(WEEK, FRIDAY)
    then = balance_of(week, [day_of(60)], WorkingTime())
    told = statistics_of(then, [date(2026, 3, 2)])
    assert frozen_minutes(told)[Activity.CONTROLLING_PROBLEM_SOLVING] == 60
    assert told["unlogged_workdays"] == ["2026-03-02"]
    assert not differs(told, then)
    assert differs(told, balance_of(week, [day_of(61)], WorkingTime()))


def test_figures_of_another_program_are_no_trouble() -> None:
    assert sum(frozen_minutes({"leading": 189}).values()) == 0


def test_its_text_leaves_out_what_nobody_answered() -> None:
    at = datetime(2026, 3, 6, 16, tzinfo=UTC)
    answers = (Answer("1", "A", "What moved?", " The night shift. "), Answer("2", "B", "Who?"))
    week = Period(date(2026, 3, 2), date(2026, 3, 9))
    one = Review("r", WEEK, week, at, answers, "Be on the floor", "")
    assert review_text(one) == (
        "## What moved?\n\nThe night shift.\n\n## Intention\n\nBe on the floor\n"
    )
