"""The rules of time and meaning, held by the database itself: raw SQL past all our code."""

# ruff: noqa: S608 - raw statements are what is tested here

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, Entry, even_split
from kotter_journal.domain.errors import EntryProblem, InvalidEntry
from kotter_journal.storage import day_totals
from kotter_journal.storage.database import Database

ALIGNING, PLANNING = Activity.ALIGNING_PEOPLE, Activity.PLANNING_BUDGETING


@pytest.fixture
def timed(write: Callable[..., Entry]) -> Entry:
    return write("An hour", at="9:00", duration=60, allocations=(Allocation(ALIGNING, 40),))


def broken_rule(door: Database, *statements: str) -> EntryProblem | str:
    try:
        with door.transaction() as tx:
            for statement in statements:
                tx.exec_driver_sql(statement)
    except InvalidEntry as error:
        return error.problem
    except sa.exc.IntegrityError as error:
        return str(error.orig)
    return "none"


NEW_ALLOCATION = (
    "INSERT INTO allocation(id, entry_id, activity, minutes, method, sort_key, updated_at)"
    " SELECT 'x', id, '{activity}', {minutes}, '{method}', '1', 's' FROM entry"
)


@pytest.mark.parametrize("minutes", [0, -1, 1441])
def test_t1_a_duration_lies_between_1_and_1440(door: Database, timed: Entry, minutes: int) -> None:
    with door.transaction() as tx:
        tx.exec_driver_sql("DELETE FROM allocation")
    assert "T1" in broken_rule(door, f"UPDATE entry SET duration_minutes = {minutes}")


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_t1_an_allocation_lies_between_0_and_1440(
    door: Database, timed: Entry, minutes: int
) -> None:
    assert "T1" in broken_rule(door, f"UPDATE allocation SET minutes = {minutes}")


@pytest.mark.parametrize("value", ["'sixty'", "1.5"])
def test_t1_minutes_are_whole_numbers(door: Database, timed: Entry, value: str) -> None:
    assert "store" in broken_rule(door, f"UPDATE entry SET duration_minutes = {value}")


def test_t2_allocations_do_not_exceed_the_duration(door: Database, timed: Entry) -> None:
    more = NEW_ALLOCATION.format(activity=PLANNING, minutes=21, method="explicit")
    assert broken_rule(door, more) == EntryProblem.OVER_ALLOCATED
    assert broken_rule(door, "UPDATE allocation SET minutes = 61") == EntryProblem.OVER_ALLOCATED
    shorter = "UPDATE entry SET duration_minutes = 39"
    assert broken_rule(door, shorter) == EntryProblem.OVER_ALLOCATED


def test_t2_allocations_may_leave_a_rest(door: Database, timed: Entry) -> None:
    exact = NEW_ALLOCATION.format(activity=PLANNING, minutes=20, method="explicit")
    assert broken_rule(door, exact) == "none"


def test_t3_without_a_duration_there_are_no_minutes(door: Database, timed: Entry) -> None:
    untimed = "UPDATE entry SET duration_minutes = NULL"
    assert broken_rule(door, untimed) == EntryProblem.MINUTES_WITHOUT_DURATION
    assert broken_rule(door, "UPDATE allocation SET minutes = 0", untimed) == "none"
    minutes = "UPDATE allocation SET minutes = 5"
    assert broken_rule(door, minutes) == EntryProblem.MINUTES_WITHOUT_DURATION


def test_t4_a_date_holds_1440_minutes(door: Database, write: Callable[..., Entry]) -> None:
    write("most of it", duration=1380)
    write("the rest", duration=60)
    longer = "UPDATE entry SET duration_minutes = 61 WHERE duration_minutes = 60"
    assert broken_rule(door, longer) == EntryProblem.DAY_TOO_LONG
    with pytest.raises(InvalidEntry):
        write("one minute more", duration=1)


def test_t4_the_trash_does_not_count_until_it_comes_back(
    door: Database, write: Callable[..., Entry]
) -> None:
    write("all day", duration=1440)
    gone = "UPDATE entry SET deleted_at = 's' WHERE duration_minutes = 1440"
    assert broken_rule(door, gone) == "none"
    with door.transaction() as tx:
        tx.exec_driver_sql("DELETE FROM day_total")
    write("another", duration=30)
    back = "UPDATE entry SET deleted_at = NULL"
    assert broken_rule(door, back) == EntryProblem.DAY_TOO_LONG


def test_t5_an_entry_stands_on_the_date_of_its_position(door: Database, timed: Entry) -> None:
    assert "position" in broken_rule(door, "UPDATE entry SET local_date = '2026-03-05'")
    assert "position" in broken_rule(door, "UPDATE entry SET position = 5")


@pytest.mark.parametrize("text", ["2026-02-31", "2026-3-4", "tomorrow", ""])
def test_t5_a_date_is_a_date(door: Database, timed: Entry, text: str) -> None:
    assert "CHECK" in broken_rule(door, f"UPDATE entry SET local_date = '{text}'")


def test_t5_only_a_time_of_day_has_an_instant(door: Database, timed: Entry) -> None:
    assert "utc_at" in broken_rule(door, "UPDATE entry SET local_time = NULL")


def test_t8_an_even_split_gives_the_rest_to_the_first(
    door: Database, write: Callable[..., Entry]
) -> None:
    three = [Activity.SETTING_DIRECTION, ALIGNING, PLANNING]
    entry = write("Agenda", duration=50, allocations=even_split(50, three))
    assert [a.minutes for a in entry.allocations] == [17, 17, 16]
    with door.transaction() as tx:
        (day,) = day_totals.day_minutes(tx, entry.on, entry.on.replace(day=5))
    assert day.even == 50


def test_t8_a_method_is_one_of_three(door: Database, timed: Entry) -> None:
    assert "T8" in broken_rule(door, "UPDATE allocation SET method = 'guess'")


def test_m1_outside_and_unclassified_stay_apart(
    door: Database, write: Callable[..., Entry]
) -> None:
    rows = (Allocation(Activity.OUTSIDE, 10), Allocation(ALIGNING, 20))
    entry = write("Both", duration=60, allocations=rows)
    with door.transaction() as tx:
        (day,) = day_totals.day_minutes(tx, entry.on, entry.on.replace(day=5))
    assert (day.outside, day.unclassified, day.classified) == (10, 30, 20)


def test_m2_an_activity_is_one_of_the_seven(door: Database, timed: Entry) -> None:
    assert "M2" in broken_rule(door, "UPDATE allocation SET activity = 'leading'")


def test_m2_one_entry_may_carry_all_of_them(write: Callable[..., Entry]) -> None:
    write("Everything", duration=70, allocations=tuple(Allocation(a, 10) for a in Activity))


@pytest.mark.parametrize(
    "change",
    [
        "starred = 2",
        "planned = 5",
        "sharing = 'public'",
        "delegable = 'maybe'",
        "time_source = 'magic'",
        "develops_leader = -1",
        "direction_stated = 9",
    ],
)
def test_flags_hold_only_what_they_mean(door: Database, timed: Entry, change: str) -> None:
    assert "CHECK" in broken_rule(door, f"UPDATE entry SET {change}")


def test_an_id_stands_only_once(door: Database, timed: Entry, write: Callable[..., Entry]) -> None:
    write("another", day=1)
    assert "UNIQUE" in broken_rule(door, f"UPDATE entry SET id = '{timed.id}'")
