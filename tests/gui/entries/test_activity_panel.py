from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from kotter_journal.domain.activities import NUMBER_KEYS, Activity
from kotter_journal.domain.entries import (
    Allocation,
    Delegable,
    EntryDraft,
    Sharing,
    TimeSource,
)
from kotter_journal.gui.entries.activity_row import ActivityRow
from kotter_journal.gui.entries.minutes_box import MinutesBox
from kotter_journal.gui.theme import Theme
from kotter_journal.services.entries import revise_entry
from tests.gui.entries.journals import TODAY, draft
from tests.gui.entries.writing import Desk

ALIGNING, DIRECTION, PLANNING = (
    Activity.ALIGNING_PEOPLE,
    Activity.SETTING_DIRECTION,
    Activity.PLANNING_BUDGETING,
)
KEYS = Qt.KeyboardModifier


def typed(duration: int | None, at: time | None = None, **minutes: int) -> EntryDraft:
    rows = tuple(Allocation(Activity(key), given) for key, given in minutes.items())
    source = TimeSource.TYPED if duration else TimeSource.NONE
    return EntryDraft(
        on=TODAY, at=at, title="Talk", duration=duration, time_source=source, allocations=rows
    )


def row(desk: Desk, activity: Activity) -> ActivityRow:
    return desk.panel.parts.rows[activity]


def box(desk: Desk, activity: Activity) -> MinutesBox:
    """The number of a row, with the caret in it."""
    found = row(desk, activity).box
    found.setFocus()
    return found


def shown(desk: Desk, activity: Activity) -> str:
    return row(desk, activity).box.text()


def kept(desk: Desk) -> tuple[int | None, dict[Activity, int]]:
    """Duration and minutes on the disk."""
    desk.waits_until_saved()
    entry = desk.stored()
    return entry.duration, {a.activity: a.minutes for a in entry.allocations}


def notice(desk: Desk) -> str:
    found = desk.panel.parts.notice
    return "" if found.isHidden() else found.words.text()


@pytest.mark.parametrize(("number", "activity"), NUMBER_KEYS.items())
def test_ctrl_and_a_digit_adds_fifteen_minutes_from_the_text(
    desk: Desk, number: int, activity: Activity
) -> None:
    desk.opens(typed(None))
    desk.editor.focus_text()
    key = Qt.Key(Qt.Key.Key_0 + number)
    QTest.keyClick(desk.editor.text, key, KEYS.ControlModifier)
    QTest.keyClick(desk.editor.text, key, KEYS.ControlModifier)
    assert kept(desk) == (30, {activity: 30})
    QTest.keyClick(desk.editor.text, key, KEYS.ControlModifier | KEYS.ShiftModifier)
    assert kept(desk) == (15, {activity: 15})


def test_digits_type_minutes(desk: Desk) -> None:
    desk.opens(typed(60))
    QTest.keyClicks(box(desk, ALIGNING), "25")
    QTest.keyClick(box(desk, ALIGNING), Qt.Key.Key_Return)
    assert kept(desk) == (60, {ALIGNING: 25})
    assert shown(desk, ALIGNING) == "25 m"


def test_what_was_typed_counts_when_the_row_is_left(desk: Desk) -> None:
    desk.opens(typed(60))
    QTest.keyClicks(box(desk, ALIGNING), "1:00")
    box(desk, PLANNING)
    assert kept(desk) == (60, {ALIGNING: 60})


def test_esc_takes_back_what_was_typed_in_a_row(desk: Desk) -> None:
    desk.opens(typed(60, aligning_people=20))
    QTest.keyClicks(box(desk, ALIGNING), "45")
    QTest.keyClick(box(desk, ALIGNING), Qt.Key.Key_Escape)
    box(desk, PLANNING)
    assert kept(desk) == (60, {ALIGNING: 20})


@pytest.mark.parametrize(
    ("key", "modifier", "minutes"),
    [
        (Qt.Key.Key_Plus, KEYS.NoModifier, 45),
        (Qt.Key.Key_Minus, KEYS.NoModifier, 15),
        (Qt.Key.Key_Up, KEYS.NoModifier, 35),
        (Qt.Key.Key_Down, KEYS.NoModifier, 25),
        (Qt.Key.Key_Up, KEYS.ShiftModifier, 45),
        (Qt.Key.Key_Down, KEYS.ShiftModifier, 15),
    ],
)
def test_keys_step_in_a_row(
    desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier, minutes: int
) -> None:
    desk.opens(typed(60, aligning_people=30))
    QTest.keyClick(box(desk, ALIGNING), key, modifier)
    assert kept(desk) == (60, {ALIGNING: minutes})


def test_space_tags_with_what_is_left_and_takes_the_tag_away(desk: Desk) -> None:
    desk.opens(typed(60, aligning_people=20))
    QTest.keyClick(box(desk, PLANNING), Qt.Key.Key_Space)
    assert kept(desk) == (60, {ALIGNING: 20, PLANNING: 40})
    QTest.keyClick(box(desk, PLANNING), Qt.Key.Key_Space)
    assert kept(desk) == (60, {ALIGNING: 20})


def test_space_in_an_entry_without_time_is_a_tag(desk: Desk) -> None:
    desk.opens(typed(None))
    QTest.keyClick(box(desk, PLANNING), Qt.Key.Key_Space)
    assert kept(desk) == (None, {PLANNING: 0})
    assert shown(desk, PLANNING) == "tag"


def test_del_clears_a_row(desk: Desk) -> None:
    desk.opens(typed(60, aligning_people=20))
    QTest.keyClick(box(desk, ALIGNING), Qt.Key.Key_Delete)
    assert kept(desk) == (60, {})


def test_a_click_on_an_empty_row_gives_it_fifteen_minutes(desk: Desk) -> None:
    desk.opens(typed(None))
    QTest.mouseClick(row(desk, DIRECTION), Qt.MouseButton.LeftButton)
    assert kept(desk) == (15, {DIRECTION: 15})
    row(desk, DIRECTION).plus.click()
    row(desk, DIRECTION).minus.click()
    row(desk, DIRECTION).minus.click()
    assert kept(desk) == (None, {})


def test_too_many_typed_minutes_are_offered_as_a_longer_entry(desk: Desk) -> None:
    desk.opens(typed(60))
    QTest.keyClicks(box(desk, ALIGNING), "61")
    QTest.keyClick(box(desk, ALIGNING), Qt.Key.Key_Return)
    assert (
        notice(desk) == "1 h 1 m for Aligning people would take 1 h 1 m, and the entry lasts 1 h."
    )
    assert kept(desk) == (60, {})
    assert shown(desk, ALIGNING) == ""
    assert desk.panel.parts.notice.button.text() == "Make the entry 1 h 1 m"
    desk.panel.parts.notice.button.click()
    assert kept(desk) == (61, {ALIGNING: 61})
    assert notice(desk) == ""


def test_the_offer_is_taken_with_enter_and_left_with_esc(desk: Desk) -> None:
    desk.opens(typed(60))
    answer = desk.panel.parts.notice.button
    QTest.keyClicks(box(desk, ALIGNING), "61")
    QTest.keyClick(box(desk, ALIGNING), Qt.Key.Key_Return)
    assert answer.hasFocus()
    QTest.keyClick(answer, Qt.Key.Key_Escape)
    assert (kept(desk), notice(desk)) == ((60, {}), "")
    assert row(desk, ALIGNING).box.hasFocus()
    QTest.keyClicks(box(desk, ALIGNING), "61")
    QTest.keyClick(box(desk, ALIGNING), Qt.Key.Key_Return)
    QTest.keyClick(answer, Qt.Key.Key_Return)
    assert kept(desk) == (61, {ALIGNING: 61})
    assert row(desk, ALIGNING).box.hasFocus()


def test_the_offer_can_be_left(desk: Desk) -> None:
    desk.opens(typed(60))
    desk.panel._on_minutes(ALIGNING, 61)
    desk.panel.parts.notice.dismissal.click()
    assert (kept(desk), notice(desk)) == ((60, {}), "")


def test_the_duration_is_typed(desk: Desk) -> None:
    desk.opens(typed(60, aligning_people=20))
    field = desk.panel.parts.head.duration
    field.selectAll()
    QTest.keyClicks(field, "1h30")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert kept(desk) == (90, {ALIGNING: 20})
    assert field.text() == "1 h 30 m"
    assert desk.panel.parts.head.rest.text() == "1 h 10 m not yet classified"


@pytest.mark.parametrize("text", ["10", ""])
def test_a_duration_below_what_is_allocated_is_refused(desk: Desk, text: str) -> None:
    desk.opens(typed(60, aligning_people=20))
    field = desk.panel.parts.head.duration
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert notice(desk) != ""
    assert field.text() == "1 h"
    assert kept(desk) == (60, {ALIGNING: 20})


def test_what_is_no_duration_is_said(desk: Desk) -> None:
    desk.opens(typed(60))
    field = desk.panel.parts.head.duration
    field.selectAll()
    QTest.keyClicks(field, "soon")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "soon" in notice(desk)
    assert kept(desk) == (60, {})


def test_the_rest_can_be_given_to_an_activity(desk: Desk) -> None:
    desk.opens(typed(60, aligning_people=20))
    desk.panel.parts.head.rest_asked.emit(ALIGNING)
    assert kept(desk) == (60, {ALIGNING: 60})
    assert desk.panel.parts.head.rest.isHidden()


def test_steps_of_one_row_are_undone_together(desk: Desk) -> None:
    desk.opens(typed(None))
    for _ in range(3):
        desk.panel.step(ALIGNING, 15)
    desk.panel.step(PLANNING, 15)
    assert desk.undo_stack.count() == 2
    desk.undo_stack.undo()
    assert kept(desk) == (45, {ALIGNING: 45})
    desk.undo_stack.undo()
    assert kept(desk) == (None, {})
    desk.undo_stack.redo()
    assert kept(desk) == (45, {ALIGNING: 45})


def test_steps_that_lead_nowhere_leave_nothing_to_undo(desk: Desk) -> None:
    desk.opens(typed(60))
    desk.panel.step(ALIGNING, 15)
    desk.panel.step(ALIGNING, -15)
    assert desk.undo_stack.count() == 0


def test_undo_reaches_an_entry_that_is_no_longer_open(desk: Desk) -> None:
    entry = desk.opens(typed(None))
    desk.panel.step(ALIGNING, 15)
    desk.opens(typed(None))
    desk.undo_stack.undo()
    desk.waits_until_saved()
    assert desk.stored(entry.id).duration is None


def test_undoing_minutes_leaves_the_text_that_is_being_typed(desk: Desk) -> None:
    desk.opens(typed(None))
    desk.panel.step(ALIGNING, 15)
    desk.types("word")
    desk.undo_stack.undo()
    assert desk.editor.text.prose() == "word"
    desk.waits_until_saved()
    assert (desk.stored().body, desk.stored().duration) == ("word", None)


def test_a_day_too_long_is_said_and_nothing_is_changed(desk: Desk) -> None:
    desk.opens(typed(1400))
    desk.opens(typed(30))
    desk.panel._on_duration(41)
    assert "24 hours" in notice(desk)
    assert kept(desk) == (30, {})
    assert desk.undo_stack.count() == 0
    desk.panel._on_duration(40)
    assert (kept(desk), notice(desk)) == ((40, {}), "")


def test_a_long_day_and_overlaps_are_remarked_on_and_not_refused(desk: Desk) -> None:
    desk.opens(typed(600, at=time(8)))
    desk.opens(typed(360, at=time(17)))
    remark = desk.panel.parts.remark
    assert remark.text() == "At the same time as “Talk” (08:00)."
    desk.panel._on_duration(380)
    desk.settles()
    assert remark.text() == (
        "The entries of this day last 16 h 20 m together. At the same time as “Talk” (08:00)."
    )
    assert kept(desk) == (380, {})


def test_the_day_is_shown_in_hours(desk: Desk) -> None:
    desk.opens(typed(60, aligning_people=60))
    desk.opens(typed(30, planning_budgeting=30))
    splits = desk.panel.parts.splits
    assert (splits.day_name.text(), splits.day_hours.text()) == (
        "Today so far",
        "1 h 30 m logged",
    )
    for bar in (splits.of_day, splits.of_entry):
        assert "%" not in bar.accessibleDescription()
    desk.panel.step(ALIGNING, 15)
    desk.waits_until_saved()
    assert splits.day_hours.text() == "1 h 45 m logged"


def test_flags_are_kept_and_undone(desk: Desk) -> None:
    desk.opens(draft())
    facts = desk.panel.parts.facts
    for flag in (facts.star, facts.develops, facts.stated, facts.heard_back, facts.challenged):
        flag.click()
    facts.delegable.setCurrentIndex(3)
    facts.delegable.activated.emit(3)
    facts.sharing.setCurrentIndex(2)
    facts.sharing.activated.emit(2)
    desk.waits_until_saved()
    entry = desk.stored()
    touches = entry.direction
    assert entry.starred
    assert entry.develops_leader
    assert touches.stated and touches.heard_back and touches.challenged  # noqa: PT018
    assert (entry.delegable, entry.sharing) == (Delegable.SHOULD, Sharing.NEVER)
    assert "Never shared" in desk.panel._privacy.words.text()
    while desk.undo_stack.canUndo():
        desk.undo_stack.undo()
    desk.waits_until_saved()
    assert not desk.stored().starred
    assert desk.stored().sharing is Sharing.PRIVATE
    assert not facts.star.isChecked()


def test_minutes_changed_elsewhere_are_shown(desk: Desk) -> None:
    entry = desk.opens(typed(60, aligning_people=20))
    longer = replace(entry, duration=90)
    with desk.bot.waitSignal(desk.session.changed):
        desk.session.write(lambda tx: revise_entry(tx, longer), owner=desk.session)
    assert desk.panel.parts.head.duration.text() == "1 h 30 m"


def test_the_strip_holds_the_same_rows_and_what_was_done_stays(desk: Desk) -> None:
    desk.opens(typed(None))
    desk.panel.step(ALIGNING, 15)
    desk.panel.set_compact(True)
    assert row(desk, ALIGNING).isVisible()
    assert shown(desk, ALIGNING) == "15 m"
    assert row(desk, ALIGNING).name.text() == "Aligning"
    desk.panel.set_compact(False)
    assert row(desk, Activity.OUTSIDE).isVisible()
    assert kept(desk) == (15, {ALIGNING: 15})


def test_without_an_entry_nothing_can_be_given(desk: Desk) -> None:
    desk.panel.step(ALIGNING, 15)
    desk.settles()
    assert not desk.panel.isEnabled()
    assert desk.count() == 0


def test_a_row_is_a_spin_box_to_a_screen_reader(desk: Desk) -> None:
    desk.opens(typed(60, aligning_people=20))
    found = QAccessible.queryAccessibleInterface(row(desk, ALIGNING).box)
    assert found.role() == QAccessible.Role.SpinBox
    assert found.text(QAccessible.Text.Name) == "Minutes of Aligning people"
    assert found.text(QAccessible.Text.Description) == "20 m"


def test_a_save_does_not_take_away_what_is_being_typed_in_a_row(desk: Desk) -> None:
    desk.opens(typed(60))
    desk.types("word")
    QTest.keyClicks(box(desk, ALIGNING), "2")
    desk.waits_until_saved()
    QTest.keyClicks(box(desk, ALIGNING), "5")
    QTest.keyClick(box(desk, ALIGNING), Qt.Key.Key_Return)
    assert kept(desk) == (60, {ALIGNING: 25})


def test_a_save_does_not_take_away_a_duration_that_is_being_typed(desk: Desk) -> None:
    desk.opens(typed(60))
    desk.types("word")
    field = desk.panel.parts.head.duration
    field.selectAll()
    QTest.keyClicks(field, "9")
    desk.waits_until_saved()
    QTest.keyClicks(field, "0")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert kept(desk) == (90, {})


def test_another_text_size_makes_the_panel_wider(desk: Desk, theme: Theme) -> None:
    desk.opens(typed(60, aligning_people=20))
    theme.text_size = 150
    assert desk.panel.width() == 480
    theme.text_size = 100
    assert desk.panel.maximumWidth() == 320
