from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, DirectionTouches, Entry, EntryId, Method
from kotter_journal.domain.errors import EntryMissing, EntryProblem, InvalidEntry
from kotter_journal.domain.positions import day_of, first_of
from kotter_journal.services.entries import (
    delete_entries,
    restore_entries,
    revise_entry,
    write_entries,
)
from kotter_journal.storage import entries, vocabulary
from kotter_journal.storage.database import Database
from tests.conftest import DAY, WRITTEN_AT

ALIGNING = Activity.ALIGNING_PEOPLE


def kept(door: Database, entry_id: EntryId) -> Entry:
    with door.transaction() as tx:
        return entries.entry(tx, entry_id)


def bodies(door: Database) -> list[str]:
    with door.transaction() as tx:
        return [e.body for e in entries.entries_at(tx, entries.all_positions(tx))]


def test_an_entry_comes_back_as_it_went_in(door: Database, write: Callable[..., Entry]) -> None:
    entry = write(
        "Body with  spaces \n\n- list\n",
        at="09:30",
        title="A title",
        duration=60,
        allocations=(
            Allocation(
                ALIGNING, 20, Method.EXPLICIT, "calendar", "uid-1", "a note", {"later": [1, None]}
            ),
            Allocation(Activity.OUTSIDE, 10),
        ),
        tags=("ops", "Größe"),
        people=("Dana", "Zoë"),
        starred=True,
        planned=False,
        develops_leader=True,
        direction=DirectionTouches(stated=True, revision="r1"),
    )
    utc = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)
    assert kept(door, entry.id) == replace(entry, utc=utc)


def test_entries_stand_in_the_order_of_day_time_and_writing(
    door: Database, write: Callable[..., Entry]
) -> None:
    for body, day, at in (
        ("5", 1, None),
        ("3", 0, "9:00"),
        ("4", 0, "9:00"),
        ("2", 0, "0:00"),
        ("1", 0, None),
        ("6", 1, "23:59"),
        ("0", -400, "12:00"),
    ):
        write(body, day=day, at=at)
    assert bodies(door) == ["0", "1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize("on", [date(1, 1, 1), date(1969, 12, 31), date(9999, 12, 31)])
def test_the_first_and_the_last_day_there_is_can_be_kept(
    door: Database, write: Callable[..., Entry], make: Callable[..., Entry], on: date
) -> None:
    entry = replace(make("far away"), on=on, at=time(12), zone=None, duration=5)
    with door.transaction() as tx:
        write_entries(tx, [entry])
        position = entries.position_of(tx, entry.id)
    assert position is not None
    assert day_of(position) == on
    assert kept(door, entry.id) == entry


def test_a_moved_entry_gets_a_place_at_its_new_time(
    door: Database, write: Callable[..., Entry]
) -> None:
    entry = write("moves", at="9:00")
    write("stays", at="10:00")
    with door.transaction() as tx:
        changes = revise_entry(tx, replace(entry, at=time(11), utc=None))
    assert bodies(door) == ["stays", "moves"]
    assert changes.membership


def test_a_change_of_the_text_keeps_its_place(door: Database, write: Callable[..., Entry]) -> None:
    entry = write("before", at="9:00", day=2)
    write("after", at="9:00", day=2)
    with door.transaction() as tx:
        place = entries.position_of(tx, entry.id)
        changes = revise_entry(tx, replace(entry, body="changed #new", tags=("new",)))
        assert entries.position_of(tx, entry.id) == place
    assert not changes.membership
    assert changes.days == {DAY + timedelta(2)}


def test_a_deleted_entry_stays_as_a_tombstone(door: Database, write: Callable[..., Entry]) -> None:
    entry = write("gone", duration=30)
    now = WRITTEN_AT + timedelta(hours=1, milliseconds=5)
    with door.transaction() as tx:
        delete_entries(tx, [entry.id], now)
        assert entries.position_of(tx, entry.id) is None
        assert not entries.all_positions(tx)
        assert len(entries.all_positions(tx, trash=True)) == 1
        assert [s.id for s in entries.trash(tx)] == [entry.id]
        row = tx.exec_driver_sql("SELECT deleted_hash, checksum FROM entry").one()
    assert row.deleted_hash == row.checksum
    assert kept(door, entry.id) == replace(entry, deleted_at=now)


def test_a_restored_entry_is_as_before(door: Database, write: Callable[..., Entry]) -> None:
    entry = write("comes back", duration=30, allocations=(Allocation(ALIGNING, 30),))
    with door.transaction() as tx:
        delete_entries(tx, [entry.id], WRITTEN_AT)
        restore_entries(tx, [entry.id], WRITTEN_AT)
    assert kept(door, entry.id) == entry


def test_there_is_no_room_to_restore_into_a_full_day(
    door: Database, write: Callable[..., Entry]
) -> None:
    entry = write("all day", duration=1440)
    with door.transaction() as tx:
        delete_entries(tx, [entry.id], WRITTEN_AT)
    write("took the room", duration=1)
    with pytest.raises(InvalidEntry) as caught, door.transaction() as tx:
        restore_entries(tx, [entry.id], WRITTEN_AT)
    assert caught.value.problem is EntryProblem.DAY_TOO_LONG


def test_a_deleted_entry_needs_no_room_when_it_is_written(
    door: Database, write: Callable[..., Entry], make: Callable[..., Entry]
) -> None:
    write("all day", duration=1440)
    gone = replace(make("in the trash", duration=60), deleted_at=WRITTEN_AT)
    with door.transaction() as tx:
        write_entries(tx, [gone])
    assert kept(door, gone.id) == gone


def test_a_duration_and_its_minutes_shrink_in_one_go(
    door: Database, write: Callable[..., Entry]
) -> None:
    entry = write("an hour", duration=60, allocations=(Allocation(ALIGNING, 60),))
    half = replace(entry, duration=30, allocations=(Allocation(ALIGNING, 30),))
    with door.transaction() as tx:
        revise_entry(tx, half)
    assert kept(door, entry.id) == half
    with door.transaction() as tx:
        revise_entry(tx, entry)
    assert kept(door, entry.id) == entry


def test_an_unknown_id_is_missing(door: Database) -> None:
    with pytest.raises(EntryMissing), door.transaction() as tx:
        entries.entry(tx, "00000000-0000-7000-8000-000000000000")


def test_tags_keep_their_order_when_it_changes(door: Database, write: Callable[..., Entry]) -> None:
    entry = write("#a #b", tags=("a", "b"), people=("Dana", "Sam"))
    turned = replace(entry, tags=("b", "a"), people=("Sam", "Dana"))
    with door.transaction() as tx:
        revise_entry(tx, turned)
    assert kept(door, entry.id) == turned


def test_one_tag_in_two_spellings_is_one(door: Database, write: Callable[..., Entry]) -> None:
    write("#Vision", tags=("Vision",))
    second = write("#vision", tags=("vision",))
    with door.transaction() as tx:
        assert vocabulary.known_tags(tx) == ["Vision"]
    assert kept(door, second.id).tags == ("Vision",)


def test_many_entries_of_one_minute_keep_the_order_of_writing(
    door: Database, make: Callable[..., Entry]
) -> None:
    many = [make(str(number), at="9:00") for number in range(300)]
    with door.transaction() as tx:
        write_entries(tx, many[:100])
        write_entries(tx, many[100:])
    assert bodies(door) == [str(number) for number in range(300)]


def test_a_summary_needs_no_body(door: Database, write: Callable[..., Entry]) -> None:
    entry = write("# Heading **bold**\n\nThe rest of it", at="9:00", duration=5)
    with door.transaction() as tx:
        (summary,) = entries.summaries_between(tx, DAY, DAY + timedelta(1))
    assert (summary.heading, summary.excerpt) == ("Heading bold", "The rest of it")
    assert summary.id == entry.id
    assert first_of(DAY, time(9)) < summary.position


def test_overlapping_entries_are_found_and_touching_ones_are_not(
    door: Database, write: Callable[..., Entry]
) -> None:
    entry = write("9 to 10", at="9:00", duration=60)
    write("touches", at="10:00", duration=30)
    inside = write("inside", at="9:30", duration=5)
    write("no time", duration=30)
    with door.transaction() as tx:
        found = entries.overlapping(tx, entries.entry(tx, entry.id))
    assert [s.id for s in found] == [inside.id]


def test_every_write_raises_the_change_counter_and_the_stamp(
    door: Database, write: Callable[..., Entry]
) -> None:
    states = []
    for body in ("one", "two", "three"):
        write(body)
        with door.transaction() as tx:
            states.append(tuple(tx.exec_driver_sql("SELECT change_counter, hlc FROM vault").one()))
    assert states == sorted(set(states))
