from datetime import date

import pytest

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.allotting import (
    duration_in,
    extended,
    given,
    lasting,
    stepped,
    toggled,
)
from kotter_journal.domain.entries import Allocation, EntryDraft, Method, TimeSource
from kotter_journal.domain.errors import EntryProblem, InvalidEntry

ALIGNING, PLANNING = Activity.ALIGNING_PEOPLE, Activity.PLANNING_BUDGETING
EMPTY = EntryDraft(on=date(2026, 5, 14))


def typed(duration: int, **minutes: int) -> EntryDraft:
    rows = tuple(Allocation(Activity(key), given) for key, given in minutes.items())
    return EntryDraft(
        on=date(2026, 5, 14),
        duration=duration,
        time_source=TimeSource.TYPED,
        allocations=rows,
    )


def test_the_first_step_gives_the_entry_its_duration() -> None:
    once = stepped(EMPTY, ALIGNING, 15)
    assert (once.duration, once.minutes_of(ALIGNING)) == (15, 15)
    assert once.allocations[0].method is Method.SINGLE


def test_a_step_takes_what_is_left_before_it_makes_the_entry_longer() -> None:
    entry = typed(60, aligning_people=50)
    full = stepped(entry, ALIGNING, 15)
    assert (full.duration, full.allocated) == (60, 60)
    longer = stepped(full, PLANNING, 15)
    assert (longer.duration, longer.allocated) == (75, 75)


def test_a_duration_that_grew_with_steps_shrinks_with_them() -> None:
    entry = stepped(stepped(stepped(EMPTY, ALIGNING, 15), ALIGNING, 15), PLANNING, 15)
    back = stepped(entry, ALIGNING, -15)
    assert (back.duration, back.unclassified) == (30, 0)
    nothing = stepped(stepped(back, ALIGNING, -15), PLANNING, -15)
    assert (nothing.duration, nothing.time_source) == (None, TimeSource.NONE)
    assert nothing.allocations == ()


def test_a_duration_that_was_typed_stays_when_minutes_are_taken_away() -> None:
    entry = stepped(typed(60, aligning_people=60), ALIGNING, -15)
    assert (entry.duration, entry.unclassified) == (60, 15)


def test_taking_more_than_there_is_takes_the_activity_away() -> None:
    entry = stepped(typed(60, aligning_people=5), ALIGNING, -15)
    assert entry.minutes_of(ALIGNING) is None


def test_no_step_leads_beyond_a_day() -> None:
    entry = stepped(typed(1440, aligning_people=1435), ALIGNING, 15)
    assert entry.minutes_of(ALIGNING) == 1440
    assert stepped(entry, PLANNING, 15).duration == 1440


def test_minutes_that_do_not_fit_are_refused_with_both_numbers() -> None:
    with pytest.raises(InvalidEntry) as refused:
        given(typed(60, aligning_people=30), PLANNING, 31)
    error = refused.value
    assert (error.problem, error.minutes, error.limit) == (EntryProblem.OVER_ALLOCATED, 61, 60)


def test_the_entry_can_be_made_as_long_as_the_minutes_need() -> None:
    entry = extended(typed(60, aligning_people=30), PLANNING, 31)
    assert (entry.duration, entry.unclassified) == (61, 0)
    assert extended(entry, PLANNING, 1).duration == 61


def test_minutes_in_an_entry_without_duration_become_its_duration() -> None:
    assert given(EMPTY, ALIGNING, 25).duration == 25
    assert given(EMPTY, ALIGNING, 0).duration is None


def test_a_toggle_tags_with_what_is_left_or_without_time() -> None:
    assert toggled(EMPTY, ALIGNING).minutes_of(ALIGNING) == 0
    entry = toggled(typed(60, planning_budgeting=20), ALIGNING)
    assert entry.minutes_of(ALIGNING) == 40
    assert toggled(entry, ALIGNING).minutes_of(ALIGNING) is None


def test_a_duration_below_what_is_allocated_is_refused() -> None:
    entry = typed(60, aligning_people=50)
    assert lasting(entry, 50).unclassified == 0
    for duration, problem in (
        (49, EntryProblem.OVER_ALLOCATED),
        (None, EntryProblem.MINUTES_WITHOUT_DURATION),
        (1441, EntryProblem.DURATION_OUT_OF_RANGE),
    ):
        with pytest.raises(InvalidEntry) as refused:
            lasting(entry, duration)
        assert refused.value.problem is problem


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("75", 75),
        (" 75m ", 75),
        ("1h15", 75),
        ("1:15", 75),
        ("1 h 15 m", 75),
        ("1.5 h", 90),
        ("2 h", 120),
        ("0", 0),
        ("", None),
        ("soon", None),
        ("75 minutes of talk", None),
        ("15a", None),
        ("1234567", None),
    ],
)
def test_durations_are_read_as_people_write_them(text: str, minutes: int | None) -> None:
    assert duration_in(text) == minutes
