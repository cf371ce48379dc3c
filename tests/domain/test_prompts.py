"""Which question is asked: by what the weeks hold, never again within three weeks."""

from datetime import date, timedelta

import pytest

from kotter_journal.domain.activities import SIX, Activity, Pair
from kotter_journal.domain.balance import Balance, DayMinutes, balance_of
from kotter_journal.domain.periods import Period
from kotter_journal.domain.prompts import prompt_of_day, review_prompts
from kotter_journal.domain.reviews import ReviewSpan
from kotter_journal.domain.working_time import WorkingTime
from kotter_journal.services.prompts import prompt_set

TODAY = date(2026, 3, 8)
KNOWN = prompt_set()
EVEN = dict.fromkeys(SIX, 200)


def weeks(minutes: dict[Activity, int]) -> Balance:
    """Four weeks with these minutes."""
    full = dict.fromkeys(Activity, 0) | minutes
    whole = sum(full.values())
    period = Period(TODAY - timedelta(days=27), TODAY + timedelta(days=1))
    day = DayMinutes(
        on=TODAY, minutes=full, logged=whole, even=0, same_day=whole, entries=1, untimed=0
    )
    return balance_of(period, [day], WorkingTime())


def key(balance: Balance, last: Activity | None = None, **asked: date) -> str | None:
    """The key of the question of the day."""
    known = {name.replace("_", "-"): day for name, day in asked.items()}
    found = prompt_of_day(KNOWN, balance, last, known, TODAY)
    return found.key if found else None


def test_all_questions_are_there() -> None:
    assert {a: len(KNOWN.of_activity[a]) for a in SIX} == dict.fromkeys(SIX, 8)
    assert [len(KNOWN.of_pair[pair]) for pair in Pair] == [4, 4, 4]
    assert len(KNOWN.weekly) == 10
    keys = [p.key for group in KNOWN.of_activity.values() for p in group]
    assert len(set(keys)) == 48


@pytest.mark.parametrize(("planning", "expected"), [(180, "DIRPLA-1"), (179, "DIR-1")])
def test_three_hours_on_one_side_alone_come_first(planning: int, expected: str) -> None:
    some = EVEN | {Activity.SETTING_DIRECTION: 0, Activity.PLANNING_BUDGETING: planning}
    assert key(weeks(some)) == expected


def test_then_what_was_tagged_last_then_what_was_written_about_least() -> None:
    assert key(weeks(EVEN), Activity.ALIGNING_PEOPLE) == "ALI-1"
    assert key(weeks(EVEN | {Activity.ORGANIZING_STAFFING: 3})) == "ORG-1"
    assert key(weeks(EVEN), Activity.OUTSIDE) == "DIR-1"


@pytest.mark.parametrize(("days", "expected"), [(20, "ALI-2"), (21, "ALI-1")])
def test_not_again_within_three_weeks(days: int, expected: str) -> None:
    asked = TODAY - timedelta(days=days)
    assert key(weeks(EVEN), Activity.ALIGNING_PEOPLE, ALI_1=asked) == expected


def test_where_everything_was_asked_there_is_none() -> None:
    everything = [*KNOWN.open_page, *(p for g in KNOWN.of_activity.values() for p in g)]
    asked = {p.key: TODAY for p in everything}
    assert prompt_of_day(KNOWN, weeks(EVEN), None, asked, TODAY) is None


def asked_in(balance: Balance, span: ReviewSpan = ReviewSpan.WEEK, **asked: date) -> list[str]:
    """The keys of the questions of a review."""
    known = {name.replace("_", "-"): day for name, day in asked.items()}
    return [p.key for p in review_prompts(KNOWN, span, balance, known, TODAY)]


def test_a_review_asks_one_question_a_pair_by_what_it_holds() -> None:
    some = {
        Activity.PLANNING_BUDGETING: 90,
        Activity.ALIGNING_PEOPLE: 100,
        Activity.ORGANIZING_STAFFING: 40,
    }
    assert asked_in(weeks(some)) == ["DIRPLA-1", "ALIORG-2", "MOTCON-3", "WK-2"]
    assert asked_in(weeks(EVEN)) == ["DIR-1", "ALI-1", "MOT-1", "WK-2"]


def test_a_review_does_not_repeat_itself() -> None:
    some = EVEN | {Activity.PLANNING_BUDGETING: 900}
    week_ago = TODAY - timedelta(days=7)
    assert asked_in(weeks(some), DIRPLA_1=week_ago, WK_2=week_ago)[0::3] == ["DIRPLA-4", "WK-3"]


def test_longer_reviews_go_deeper() -> None:
    assert len(asked_in(weeks(EVEN), ReviewSpan.MONTH)) == 5
    quarter = asked_in(weeks(EVEN), ReviewSpan.QUARTER)
    assert quarter[4:] == ["GRO-1", "DEL-1"]
    later = asked_in(weeks(EVEN), ReviewSpan.QUARTER, GRO_1=TODAY)
    assert later[4:] == ["DEL-1", "CHA-1"]
