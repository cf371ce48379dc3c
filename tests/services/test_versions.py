from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, Entry, EntryId, Method, revised
from kotter_journal.domain.errors import EntryMissing, InvalidEntry
from kotter_journal.domain.versions import MOST_VERSIONS, EntryVersion
from kotter_journal.services.entries import revise_entry
from kotter_journal.services.versions import restore_version
from kotter_journal.storage import entries, versions
from kotter_journal.storage.database import Database

TEXT = "The night shift asked why the line stops twice an hour. " * 6


@pytest.fixture
def revise(door: Database) -> Callable[..., Entry]:
    """Saves new words so many minutes after the last change of the entry."""

    def revised_after(entry: Entry, minutes: float, **fields: object) -> Entry:
        later = revised(entry, entry.modified_at + timedelta(minutes=minutes), **fields)
        with door.transaction() as tx:
            revise_entry(tx, later)
        return later

    return revised_after


def kept(door: Database, entry: Entry) -> list[EntryVersion]:
    with door.transaction() as tx:
        return versions.versions_of(tx, entry.id)


def test_typing_on_keeps_nothing(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    entry = write(TEXT)
    for number in range(20):
        entry = revise(entry, 0.1, body=f"{entry.body} {number}")
    assert kept(door, entry) == []


def test_an_hour_of_typing_keeps_a_version_every_ten_minutes(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    entry = write(TEXT)
    for number in range(60):
        entry = revise(entry, 1, body=f"{entry.body} {number}")
    found = kept(door, entry)
    assert len(found) in (5, 6)
    moments = [v.modified_at for v in found]
    assert moments == sorted(moments, reverse=True)
    assert min(a - b for a, b in pairwise(moments)) >= timedelta(minutes=9)


def test_coming_back_later_keeps_what_stood_there_once(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    first = write(TEXT)
    entry = revise(first, 300, body=f"{TEXT} And more.")
    for number in range(5):
        entry = revise(entry, 0.1, body=f"{entry.body} {number}")
    (only,) = kept(door, entry)
    assert (only.draft.body, only.modified_at) == (TEXT, first.modified_at)
    assert only.size == len(TEXT)


def test_what_is_deleted_at_once_is_kept(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    entry = revise(write(TEXT), 0.1, body=f"{TEXT} typed since")
    entry = revise(entry, 0.1, body="The night shift")
    entry = revise(entry, 0.1, body="")
    assert kept(door, entry)[0].draft.body == f"{TEXT} typed since"


def test_stars_keep_nothing_and_minutes_do(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    entry = revise(write(TEXT, duration=60), 60, starred=True)
    assert kept(door, entry) == []
    row = Allocation(Activity.ALIGNING_PEOPLE, 45, Method.SINGLE, note="whom", extra={"a": 1})
    entry = revise(entry, 60, allocations=(row,))
    entry = revise(entry, 60, allocations=())
    assert [v.draft.allocations for v in kept(door, entry)] == [(row,), ()]


def test_a_version_holds_everything_of_a_draft(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    entry = write(
        f"{TEXT} #ops @Dana", title="Title", at="9:30", duration=30, tags=("ops",), people=("Dana",)
    )
    with door.transaction() as tx:
        stored = entries.entry(tx, entry.id)
    revise(entry, 60, title=None, body="new")
    (only,) = kept(door, entry)
    for name in type(only.draft).__dataclass_fields__:
        assert getattr(only.draft, name) == getattr(stored, name), name
    with door.transaction() as tx:
        assert versions.version(tx, only.id) == only


def test_a_version_nobody_kept_is_missing(door: Database) -> None:
    with pytest.raises(EntryMissing), door.transaction() as tx:
        versions.version(tx, "nothing")


def test_restoring_in_place_brings_back_the_words_and_keeps_what_stood_there(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    entry = write(f"{TEXT} #ops", title="Old title", tags=("ops",), duration=30)
    row = Allocation(Activity.ALIGNING_PEOPLE, 30, Method.SINGLE)
    entry = revise(entry, 60, title=None, body="spoilt", tags=(), allocations=(row,))
    (before,) = kept(door, entry)
    now = entry.modified_at + timedelta(seconds=3)
    with door.transaction() as tx:
        changes = restore_version(tx, before.id, now, in_place=True)
        found = entries.entry(tx, entry.id)
    assert changes.entries == {entry.id}
    assert (found.title, found.body, found.tags) == ("Old title", f"{TEXT} #ops", ("ops",))
    assert (found.allocations, found.modified_at) == ((row,), now)
    assert kept(door, entry)[0].draft.body == "spoilt"


def test_restoring_with_facts_brings_back_date_and_minutes(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    entry = write(TEXT, at="9:30", duration=30)
    with door.transaction() as tx:
        stored = entries.entry(tx, entry.id)
    moved = revise(entry, 60, on=entry.on + timedelta(days=2), at=None, duration=600)
    (before,) = kept(door, entry)
    with door.transaction() as tx:
        changes = restore_version(tx, before.id, moved.modified_at, in_place=True, with_facts=True)
        found = entries.entry(tx, entry.id)
    assert changes.membership
    assert replace(found, modified_at=stored.modified_at) == stored


def test_a_copy_counts_no_hour_twice(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    row = Allocation(Activity.ALIGNING_PEOPLE, 1400, Method.SINGLE)
    entry = write(TEXT, duration=1400, allocations=(row,), starred=True)
    entry = revise(entry, 60, body="spoilt")
    (before,) = kept(door, entry)
    with door.transaction() as tx:
        changes = restore_version(tx, before.id, entry.modified_at, in_place=False)
        (copy_id,) = changes.entries
        copy = entries.entry(tx, copy_id)
        assert entries.entry(tx, entry.id).body == "spoilt"
    assert copy.id != entry.id
    assert (copy.body, copy.on, copy.starred, copy.duration) == (TEXT, entry.on, True, None)
    assert [(a.activity, a.minutes) for a in copy.allocations] == [(row.activity, 0)]


def test_a_day_that_is_full_refuses_the_old_minutes_and_keeps_everything(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    entry = revise(write(TEXT, duration=800), 60, duration=10)
    write("the rest of the day", duration=1000)
    (before,) = kept(door, entry)
    with pytest.raises(InvalidEntry), door.transaction() as tx:
        restore_version(tx, before.id, entry.modified_at, in_place=True, with_facts=True)
    assert len(kept(door, entry)) == 1


def test_versions_are_thinned_as_they_are_kept(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    entry = write(TEXT)
    for number in range(MOST_VERSIONS + 30):
        entry = revise(entry, 11, body=f"{TEXT} {number}")
    found = kept(door, entry)
    assert len(found) <= MOST_VERSIONS
    assert found[-1].draft.body == TEXT


def test_with_the_clock_set_back_a_rest_still_keeps_a_version(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    entry = revise(write(TEXT), -60 * 24 * 365, body=f"{TEXT} a year earlier")
    for number in range(3):
        entry = revise(entry, 0.1, body=f"{entry.body} {number}")
    assert len(kept(door, entry)) == 1


def test_a_save_that_keeps_nothing_costs_one_statement_more_at_most(
    door: Database, write: Callable[..., Entry]
) -> None:
    entry = write(TEXT)
    statements: list[str] = []
    listener = lambda *args: statements.append(args[2])  # noqa: E731
    with door.transaction() as tx:
        sa.event.listen(tx, "before_cursor_execute", listener)
        revise_entry(tx, revised(entry, entry.modified_at, body=f"{TEXT} x"))
        sa.event.remove(tx, "before_cursor_execute", listener)
    assert len([s for s in statements if "entry_version" in s]) == 1
    assert len(statements) <= 8


def test_an_entry_without_words_leaves_no_version(
    door: Database, write: Callable[..., Entry], revise: Callable[..., Entry]
) -> None:
    assert kept(door, revise(write(""), 60, body="first words")) == []


def test_versions_of_an_unknown_entry_are_none(door: Database) -> None:
    with door.transaction() as tx:
        assert versions.versions_of(tx, EntryId("nothing")) == []
