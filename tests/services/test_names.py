"""Renaming and merging tags and people in a real journal, and taking it back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kotter_journal.domain.commitments import CommitmentState
from kotter_journal.domain.entries import Entry, EntryDraft, EntryId, begin
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.domain.naming import NameKind
from kotter_journal.domain.search import SearchQuery
from kotter_journal.services.commitments import make_commitment, settle
from kotter_journal.services.delegations import notice_task
from kotter_journal.services.entries import delete_entries, named_in_text, write_entry
from kotter_journal.services.names import Renaming, note_person, rename, take_back
from kotter_journal.storage import (
    commitments,
    delegations,
    entries,
    names,
    search,
    verify_rules,
    versions,
)
from kotter_journal.storage.database import Database

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TAG, PERSON = NameKind.TAG, NameKind.PERSON


def write(door: Database, body: str, on: date = date(2026, 3, 4)) -> EntryId:
    """An entry whose tags and people are those of its text."""
    draft = EntryDraft(on=on, body=body)
    tags, people = named_in_text(draft)
    entry = begin(EntryDraft(on=on, body=body, tags=tags, people=people), NOW, hash(body) % 2**70)
    with door.transaction() as tx:
        write_entry(tx, entry)
    return entry.id


def read(door: Database, one: EntryId) -> Entry:
    """An entry as the journal has it."""
    with door.transaction() as tx:
        return entries.entry(tx, one)


def renamed(door: Database, kind: NameKind, old: str, new: str, at: datetime = LATER) -> Renaming:
    """Give a name another."""
    with door.transaction() as tx:
        name_id = names.id_of(tx, kind, old)
        assert name_id is not None
        _, done = rename(tx, kind, name_id, old, new, at)
    return done


def known(door: Database, kind: NameKind) -> dict[str, int]:
    """Each name with the number of its entries."""
    with door.transaction() as tx:
        return {use.name: use.entries for use in names.uses(tx, kind)}


def found(door: Database, tag: str) -> int:
    """How many entries a search for a tag finds."""
    with door.transaction() as tx:
        return search.count(tx, SearchQuery(tags=(tag,)))


def test_a_tag_is_counted_with_its_last_use(door: Database) -> None:
    write(door, "#launch", on=date(2026, 3, 1))
    write(door, "again #launch", on=date(2026, 3, 3))
    gone = write(door, "later #launch", on=date(2026, 3, 9))
    with door.transaction() as tx:
        delete_entries(tx, [gone], NOW)
        (use,) = names.uses(tx, TAG)
    assert (use.name, use.entries, use.last_on) == ("launch", 2, date(2026, 3, 3))


def test_a_renamed_tag_is_renamed_in_texts_and_found_by_its_new_name(door: Database) -> None:
    one = write(door, "Talked about #launch and `#launch`.")
    gone = write(door, "In the trash: #launch")
    with door.transaction() as tx:
        delete_entries(tx, [gone], NOW)
    renamed(door, TAG, "launch", "go-live")
    assert read(door, one).body == "Talked about #go-live and `#launch`."
    assert read(door, one).tags == ("go-live",)
    assert read(door, gone).body == "In the trash: #go-live"
    assert read(door, gone).deleted_at is not None
    assert known(door, TAG) == {"go-live": 1}
    assert (found(door, "launch"), found(door, "go-live")) == (0, 1)
    with door.transaction() as tx:
        assert [v.draft.body for v in versions.versions_of(tx, one)] == [
            "Talked about #launch and `#launch`."
        ]


def test_two_tags_become_one(door: Database) -> None:
    one, two = write(door, "#launch"), write(door, "#lauch and #launch")
    renamed(door, TAG, "lauch", "launch")
    assert read(door, one).body == "#launch"
    assert (read(door, two).body, read(door, two).tags) == ("#launch and #launch", ("launch",))
    assert known(door, TAG) == {"launch": 2}


def test_renaming_is_taken_back(door: Database) -> None:
    one = write(door, "#launch")
    done = renamed(door, TAG, "launch", "go-live")
    with door.transaction() as tx:
        _, left = take_back(tx, done, LATER + timedelta(minutes=1))
    assert left == 0
    assert (read(door, one).body, read(door, one).tags) == ("#launch", ("launch",))
    assert known(door, TAG) == {"launch": 1}


def test_merging_is_taken_back_and_both_are_there_again(door: Database) -> None:
    one, two = write(door, "#launch"), write(door, "#lauch and #launch")
    done = renamed(door, TAG, "lauch", "launch")
    with door.transaction() as tx:
        take_back(tx, done, LATER + timedelta(minutes=1))
    assert read(door, one).tags == ("launch",)
    assert read(door, two).tags == ("lauch", "launch")
    assert known(door, TAG) == {"lauch": 1, "launch": 2}


def test_what_was_written_since_stays_when_a_renaming_is_taken_back(door: Database) -> None:
    one, two = write(door, "#launch"), write(door, "also #launch")
    done = renamed(door, TAG, "launch", "go-live")
    renamed(door, TAG, "go-live", "release", LATER + timedelta(minutes=1))
    with door.transaction() as tx:
        _, left = take_back(tx, done, LATER + timedelta(minutes=2))
    assert left == 2
    assert [read(door, each).tags for each in (one, two)] == [("release",), ("release",)]
    assert known(door, TAG) == {"release": 2}


def test_another_spelling_of_the_same_name(door: Database) -> None:
    one = write(door, "#launch")
    done = renamed(door, TAG, "launch", "Launch")
    assert (read(door, one).body, known(door, TAG)) == ("#Launch", {"Launch": 1})
    with door.transaction() as tx:
        take_back(tx, done, LATER + timedelta(minutes=1))
    assert (read(door, one).body, known(door, TAG)) == ("#launch", {"launch": 1})


def test_the_old_name_can_be_used_again(door: Database) -> None:
    write(door, "#launch")
    renamed(door, TAG, "launch", "go-live")
    write(door, "A new #launch")
    assert known(door, TAG) == {"go-live": 1, "launch": 1}


def test_a_person_keeps_alias_and_relation_under_another_name(door: Database) -> None:
    write(door, "@Dana's idea")
    with door.transaction() as tx:
        name_id = names.id_of(tx, PERSON, "dana")
        assert name_id is not None
        note_person(tx, name_id, alias=" D. ", relation="direct report", now=NOW)
    renamed(door, PERSON, "dana", "Danuta")
    with door.transaction() as tx:
        (use,) = names.uses(tx, PERSON)
    assert (use.name, use.alias, use.relation) == ("Danuta", "D.", "direct report")


def whose(door: Database) -> dict[str, str]:
    """The person of each commitment and task."""
    with door.transaction() as tx:
        promised = {one.text: one.person for one in commitments.commitments(tx)}
        return promised | {one.task: one.person for one in delegations.delegations(tx)}


@pytest.mark.parametrize("new", ["Danuta", "Sam"], ids=["another name", "two become one"])
def test_tasks_and_commitments_go_with_a_person_and_come_back(door: Database, new: str) -> None:
    write(door, "@Dana and @Sam")
    with door.transaction() as tx:
        dana, sam = (names.id_of(tx, PERSON, one) for one in ("dana", "sam"))
        make_commitment(tx, "Dana's", NOW, person_id=dana)
        make_commitment(tx, "Sam's", NOW, person_id=sam)
        notice_task(tx, "Rota", NOW, person_id=dana)
    before = {"Dana's": "Dana", "Sam's": "Sam", "Rota": "Dana"}
    assert whose(door) == before
    done = renamed(door, PERSON, "dana", new)
    assert whose(door) == {"Dana's": new, "Sam's": "Sam", "Rota": new}
    with door.transaction() as tx:
        _, settled = settle(
            tx, commitments.commitments(tx)[0], CommitmentState.KEPT, NOW.date(), "", NOW
        )
        take_back(tx, done, LATER + timedelta(minutes=1))
        assert verify_rules.orphans(tx) == {}
    assert settled.state is CommitmentState.KEPT
    assert whose(door) == before


def test_what_was_noted_about_a_person_can_be_taken_away(door: Database) -> None:
    write(door, "@Dana")
    with door.transaction() as tx:
        name_id = names.id_of(tx, PERSON, "dana")
        assert name_id is not None
        note_person(tx, name_id, alias="D.", relation="peer", now=NOW)
        note_person(tx, name_id, alias="", relation="", now=NOW)
        assert names.notes_of(tx, PERSON, name_id) == {}


@pytest.mark.parametrize("new", ["", "two words", "42", "#launch", "a\nb"])
def test_a_name_that_no_text_could_carry_is_refused_and_nothing_changes(
    door: Database, new: str
) -> None:
    one = write(door, "#launch")
    with pytest.raises(UnreadableInput):
        renamed(door, TAG, "launch", new)
    assert (read(door, one).body, known(door, TAG)) == ("#launch", {"launch": 1})
