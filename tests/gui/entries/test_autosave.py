from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, Entry, EntryDraft
from kotter_journal.domain.errors import StorageFailed, StorageTrouble
from kotter_journal.gui.entries.desk import Saving
from kotter_journal.services.entries import delete_entries, restore_entries, revise_entry
from tests.gui.entries.journals import TODAY, draft
from tests.gui.entries.writing import Desk, Disk

FULL = StorageFailed(StorageTrouble.DISK_FULL, Path("/j/journal.db"))
NEW = EntryDraft(on=TODAY)


def revises(desk: Desk, entry: Entry) -> None:
    """Somebody else than the editor changes an entry."""
    with desk.bot.waitSignal(desk.session.changed):
        desk.session.write(lambda tx: revise_entry(tx, entry), owner=desk.session)


def test_text_is_saved_when_the_keys_have_been_quiet(desk: Desk) -> None:
    desk.opens(draft(body=""))
    desk.types("word")
    assert desk.state() == "Not saved yet"
    assert desk.stored().body == ""
    with desk.bot.waitSignal(desk.editor.saved):
        pass
    assert desk.stored().body == "word"
    assert desk.state() == "Saved 18:00"


def test_saved_is_said_only_when_it_is_on_the_disk(desk: Desk) -> None:
    desk.opens(draft(body=""))
    desk.types("word")
    assert desk.editor.flush()
    assert desk.state() == "Not saved yet"
    assert not desk.editor.is_saved
    desk.settles()
    assert desk.state() == "Saved 18:00"
    assert desk.editor.is_saved


def test_opening_another_entry_loses_nothing(desk: Desk) -> None:
    one = desk.opens(draft(body=""))
    other = desk.opens(draft(body=""))
    for entry, word in ((one, "first"), (other, "second"), (one, "third")):
        desk.editor.open_entry(entry.id)
        desk.types(word)
    desk.waits_until_saved()
    assert desk.stored(one.id).body == "thirdfirst"
    assert desk.stored(other.id).body == "second"


def test_an_entry_left_a_moment_ago_opens_with_what_was_typed(desk: Desk) -> None:
    one = desk.opens(draft(body=""))
    other = desk.opens(draft(body=""))
    desk.editor.open_entry(one.id)
    desk.types("typed")
    desk.editor.open_entry(other.id)
    desk.editor.open_entry(one.id)
    assert desk.editor.text.prose() == "typed"


def test_typing_goes_on_while_a_save_is_under_way(desk: Desk) -> None:
    desk.opens(draft(body=""))
    for word in ("one ", "two ", "three"):
        desk.types(word)
        desk.editor.flush()
    desk.types("!")
    desk.settles()
    assert desk.state() == "Not saved yet"
    desk.waits_until_saved()
    assert desk.stored().body == "one two three!"


def test_leaving_the_program_saves(desk: Desk) -> None:
    desk.opens(draft(body=""))
    desk.types("word")
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    desk.settles()
    assert desk.stored().body == "word"


def test_an_emptied_entry_is_kept(desk: Desk) -> None:
    desk.opens(draft(title=None, body="x"))
    desk.presses(Qt.Key.Key_Delete)
    desk.waits_until_saved()
    assert desk.stored().body == ""
    assert desk.count() == 1


def test_a_new_entry_in_which_nothing_stands_is_not_kept(desk: Desk) -> None:
    desk.editor.start_entry(NEW)
    assert desk.state() == "Nothing to save yet"
    desk.types("x")
    desk.presses(Qt.Key.Key_Backspace)
    assert desk.editor.flush()
    assert desk.editor.is_saved
    desk.editor.close_entry()
    desk.settles()
    assert desk.count() == 0


def test_a_new_entry_is_kept_with_the_first_word(desk: Desk) -> None:
    desk.editor.start_entry(NEW)
    desk.types("x")
    desk.waits_until_saved()
    assert (desk.count(), desk.stored().body) == (1, "x")


def test_a_new_entry_is_kept_with_the_first_minutes(desk: Desk) -> None:
    desk.editor.start_entry(NEW)
    desk.panel.step(Activity.ALIGNING_PEOPLE, 15)
    desk.waits_until_saved()
    assert (desk.count(), desk.stored().duration) == (1, 15)


def test_what_a_draft_brings_along_is_kept(desk: Desk) -> None:
    desk.editor.start_entry(replace(NEW, body="from the quick line"))
    desk.editor.close_entry()
    desk.settles()
    assert desk.count() == 1


def test_tags_and_people_follow_the_text_and_others_stay(desk: Desk) -> None:
    given = replace(draft(body="#old @Ann"), tags=("old", "imported"), people=("Ann", "Bo"))
    desk.opens(given)
    desk.editor.text.selectAll()
    desk.types("#new @Cy")
    desk.waits_until_saved()
    assert set(desk.stored().tags) == {"new", "imported"}
    assert set(desk.stored().people) == {"Cy", "Bo"}


def test_a_full_disk_is_said_and_tried_again(desk: Desk, disk: Disk) -> None:
    desk.opens(draft(body=""))
    disk.error = FULL
    desk.types("word")
    desk.editor.flush()
    desk.settles()
    assert "NOT saved" in desk.state()
    assert desk.editor.text.prose() == "word"
    assert not desk.editor.flush()
    desk.settles()
    assert disk.refusals == 2
    disk.error = None
    desk.types("s")
    desk.waits_until_saved()
    assert desk.stored().body == "words"
    assert desk.state() == "Saved 18:00"


def test_it_is_tried_again_without_another_key(desk: Desk, disk: Disk) -> None:
    desk.opens(draft(body=""))
    desk.editor.desk._autosave._retry.setInterval(1)
    disk.error = FULL
    desk.types("word")
    desk.editor.flush()
    desk.bot.waitUntil(lambda: disk.refusals > 1)
    disk.error = None
    desk.bot.waitUntil(lambda: desk.editor.is_saved)
    assert desk.stored().body == "word"


def test_text_that_could_not_be_saved_survives_opening_others(desk: Desk, disk: Disk) -> None:
    one = desk.opens(draft(body=""))
    other = desk.opens(draft(body="other"))
    desk.editor.open_entry(one.id)
    disk.error = FULL
    desk.types("word")
    desk.editor.open_entry(other.id)
    desk.settles()
    assert "Another entry is not saved yet" in desk.state()
    assert not desk.editor.is_saved
    desk.editor.open_entry(one.id)
    assert desk.editor.text.prose() == "word"
    desk.editor.open_entry(other.id)
    desk.settles()
    disk.error = None
    desk.waits_until_saved()
    assert desk.stored(one.id).body == "word"
    assert desk.stored(other.id).body == "other"


def test_a_new_entry_that_could_not_be_saved_is_saved_later(desk: Desk, disk: Disk) -> None:
    disk.error = FULL
    desk.editor.start_entry(NEW)
    desk.types("word")
    desk.editor.flush()
    desk.settles()
    disk.error = None
    desk.waits_until_saved()
    assert (desk.count(), desk.stored().body) == (1, "word")


def test_facts_changed_elsewhere_join_what_is_being_typed(desk: Desk) -> None:
    entry = desk.opens(draft(body="text"))
    desk.editor.text.moveCursor(QTextCursor.MoveOperation.End)
    desk.types(" typed")
    revises(desk, replace(entry, starred=True, body="their text"))
    assert desk.editor.text.prose() == "text typed"
    assert desk.editor.desk.entry is not None
    assert desk.editor.desk.entry.starred
    desk.waits_until_saved()
    assert (desk.stored().body, desk.stored().starred) == ("text typed", True)


def test_text_changed_elsewhere_is_shown_where_nothing_is_being_typed(desk: Desk) -> None:
    entry = desk.opens(draft(body="text"))
    revises(desk, replace(entry, body="their text", title="Theirs"))
    assert (desk.editor.text.prose(), desk.editor.title.text()) == ("their text", "Theirs")


def test_a_change_elsewhere_after_the_hand_over_is_not_undone_by_it(desk: Desk) -> None:
    entry = desk.opens(draft(body="text"))
    desk.session.write(
        lambda tx: revise_entry(tx, replace(entry, starred=True)), owner=desk.session
    )
    desk.types("my ")
    desk.waits_until_saved()
    assert (desk.stored().body, desk.stored().starred) == ("my text", True)


def test_an_entry_deleted_elsewhere_leaves_the_screen_and_keeps_its_text(desk: Desk) -> None:
    entry = desk.opens(draft(body="text"))
    desk.types("my ")
    now = desk.session.now()
    with desk.bot.waitSignal(desk.editor.closed):
        desk.session.write(lambda tx: delete_entries(tx, [entry.id], now), owner=desk.session)
    desk.waits_until_saved()
    assert desk.editor.current_id() is None
    assert (desk.stored(entry.id).body, desk.count()) == ("my text", 0)
    with desk.bot.waitSignal(desk.session.changed):
        desk.session.write(lambda tx: restore_entries(tx, [entry.id], now), owner=desk.session)
    assert desk.stored(entry.id).body == "my text"


def test_a_day_that_would_be_too_long_keeps_the_text_and_the_tags(desk: Desk) -> None:
    desk.opens(replace(draft(), duration=1400, allocations=()))
    row = Allocation(Activity.ALIGNING_PEOPLE, 60)
    desk.editor.start_entry(replace(NEW, body="text", duration=60, allocations=(row,)))
    desk.editor.flush()
    desk.settles()
    desk.settles()
    desk.waits_until_saved()
    kept = desk.stored()
    assert (kept.body, kept.duration, kept.minutes_of(Activity.ALIGNING_PEOPLE)) == (
        "text",
        None,
        0,
    )
    assert "24 hours" in desk.panel.parts.notice.words.text()
    assert desk.editor.desk.state.saving is Saving.SAVED


def test_the_title_is_saved_like_the_text(desk: Desk) -> None:
    desk.opens(draft(title=None))
    QTest.keyClicks(desk.editor.title, "Title")
    desk.waits_until_saved()
    assert desk.stored().title == "Title"


@pytest.mark.parametrize("rounds", [40])
def test_no_key_is_lost_whatever_happens_between(desk: Desk, disk: Disk, rounds: int) -> None:
    entries = [desk.opens(draft(body="")) for _ in range(3)]
    expected = dict.fromkeys((e.id for e in entries), "")
    for number in range(rounds):
        entry = entries[number % 3]
        desk.editor.open_entry(entry.id)
        desk.editor.text.moveCursor(QTextCursor.MoveOperation.End)
        desk.types(f"{number} ")
        expected[entry.id] += f"{number} "
        disk.error = FULL if number % 5 == 2 else None
        if number % 2:
            desk.editor.flush()
        if number % 7 == 3:
            desk.settles()
    desk.settles()
    disk.error = None
    desk.waits_until_saved()
    assert {e.id: desk.stored(e.id).body for e in entries} == expected
