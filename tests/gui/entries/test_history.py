"""Earlier texts of an entry beside today's, restored in place or as a copy."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QListWidget, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import Entry, EntryDraft, begin, revised
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui.entries.history import HistoryDialog
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services.entries import revise_entry, write_entry
from kotter_journal.services.erase import erase_entries
from kotter_journal.storage import entries, versions
from tests.gui.conftest import NOW

Open = Callable[[str], HistoryDialog]


@pytest.fixture
def open_history(qtbot: QtBot, theme: Theme, session: JournalSession) -> Open:
    """Opens the dialog over a window, and waits until it shows what there is."""

    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 640)

    def opened(entry_id: str) -> HistoryDialog:
        dialog = HistoryDialog(session, entry_id, window)
        qtbot.waitUntil(lambda: session.idle)
        return dialog

    return opened


def written(qtbot: QtBot, session: JournalSession, *bodies: str, **fields: object) -> Entry:
    """An entry that had each of these texts in turn, an hour after the one before."""
    at: datetime = NOW - timedelta(hours=len(bodies))
    entry = begin(EntryDraft(on=NOW.date(), body=bodies[0], **fields), at, 7)  # type: ignore[arg-type]
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx, e=entry: write_entry(tx, e), owner=session)
    for body in bodies[1:]:
        at += timedelta(hours=1)
        entry = revised(entry, at, body=body)
        with qtbot.waitSignal(session.changed):
            session.write(lambda tx, e=entry: revise_entry(tx, e), owner=session)
    return entry


def shown(qtbot: QtBot, dialog: HistoryDialog) -> tuple[str, str]:
    """Both texts, once the difference is there."""
    texts = dialog.texts
    qtbot.waitUntil(lambda: bool(texts.place.text()))
    return texts.then.document().toRawText(), texts.now.document().toRawText()


def marked(text_edit: object) -> list[str]:
    """The stretches of a text that are marked as different."""
    found = []
    block = text_edit.document().begin()  # type: ignore[attr-defined]
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            form = fragment.charFormat()
            if form.fontStrikeOut() or form.fontUnderline():
                found.append(fragment.text())
            fragments += 1
        block = block.next()
    return found


def test_earlier_texts_stand_beside_todays_with_the_difference_marked(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "We keep the plan.", "We drop the plan.")
    dialog = open_history(entry.id)
    assert dialog.list.count() == 1
    assert shown(qtbot, dialog) == ("We keep the plan.", "We drop the plan.")
    assert (marked(dialog.texts.then), marked(dialog.texts.now)) == (["keep "], ["drop "])


def test_each_version_can_be_looked_at_by_keyboard(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "one", "two", "three")
    dialog = open_history(entry.id)
    shown(qtbot, dialog)
    dialog.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: dialog.texts.then.document().toRawText() == "one")
    assert dialog.list.count() == 2


def body_of(session: JournalSession, entry_id: str) -> str:
    """What the journal has."""
    return session.read(lambda tx: entries.entry(tx, entry_id)).body


def test_restored_here_what_it_replaces_is_kept_and_it_can_be_undone(
    qtbot: QtBot, session: JournalSession, open_history: Open, undo_stack: QUndoStack
) -> None:
    entry = written(qtbot, session, "old words", "new words")
    dialog = open_history(entry.id)
    with qtbot.waitSignal(dialog.restored) as told:
        dialog.here_button.click()
    (step,) = told.args
    assert body_of(session, entry.id) == "old words"
    kept = session.read(lambda tx: versions.versions_of(tx, entry.id))
    assert "new words" in [one.draft.body for one in kept]
    undo_stack.push(step)
    assert session.idle  # pushing it does nothing: it was done already
    for act, body in ((undo_stack.undo, "new words"), (undo_stack.redo, "old words")):
        with qtbot.waitSignal(session.changed):
            act()
        assert body_of(session, entry.id) == body
    with qtbot.waitSignal(session.changed):
        undo_stack.push(step.reverse())
    assert body_of(session, entry.id) == "new words"
    undo_stack.clear()


def test_words_typed_after_restoring_are_kept_when_it_is_undone(
    qtbot: QtBot, session: JournalSession, open_history: Open, undo_stack: QUndoStack
) -> None:
    entry = written(qtbot, session, "old words", "new words")
    dialog = open_history(entry.id)
    with qtbot.waitSignal(dialog.restored) as told:
        dialog.here_button.click()
    undo_stack.push(told.args[0])
    typed = revised(entry, NOW, body="old words and more")
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: revise_entry(tx, typed), owner=session)
    with qtbot.waitSignal(session.changed):
        undo_stack.undo()
    kept = session.read(lambda tx: versions.versions_of(tx, entry.id))
    assert "old words and more" in [one.draft.body for one in kept]
    undo_stack.clear()


def test_undoing_for_an_entry_that_is_gone_is_a_sentence(
    qtbot: QtBot, session: JournalSession, open_history: Open, undo_stack: QUndoStack
) -> None:
    entry = written(qtbot, session, "old words", "new words")
    dialog = open_history(entry.id)
    with qtbot.waitSignal(dialog.restored) as told:
        dialog.here_button.click()
    undo_stack.push(told.args[0])
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: erase_entries(tx, [entry.id], NOW), owner=session)
    with qtbot.waitSignal(session.failed) as failed:
        undo_stack.undo()
    assert error_sentence(failed.args[0])
    undo_stack.clear()


def test_with_its_facts_date_and_minutes_come_back(
    qtbot: QtBot, session: JournalSession, open_history: Open, undo_stack: QUndoStack
) -> None:
    entry = written(qtbot, session, "old words", duration=30)
    moved = revised(entry, NOW, body="new words", on=NOW.date() - timedelta(days=3), duration=45)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: revise_entry(tx, moved), owner=session)
    dialog = open_history(entry.id)
    assert not dialog.with_facts.isHidden()
    assert "Time: 30 m" in dialog.texts.then_words.text()
    assert "Date: 11 May 2026" in dialog.texts.now_words.text()
    dialog.with_facts.setChecked(True)
    with qtbot.waitSignal(dialog.restored) as told:
        dialog.here_button.click()
    now = session.read(lambda tx: entries.entry(tx, entry.id))
    assert (now.body, now.on, now.duration) == ("old words", NOW.date(), 30)
    undo_stack.push(told.args[0])
    with qtbot.waitSignal(session.changed):
        undo_stack.undo()
    now = session.read(lambda tx: entries.entry(tx, entry.id))
    assert (now.body, now.on, now.duration) == ("new words", moved.on, 45)
    undo_stack.clear()


def test_what_the_rules_refuse_is_told_and_nothing_changes(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "old words", duration=1440)
    less = revised(entry, NOW, body="new words", duration=60)
    other = begin(EntryDraft(on=NOW.date(), body="other", duration=120), NOW, 8)
    for act in (lambda tx: revise_entry(tx, less), lambda tx: write_entry(tx, other)):
        with qtbot.waitSignal(session.changed):
            session.write(act, owner=session)
    dialog = open_history(entry.id)
    dialog.with_facts.setChecked(True)
    dialog.here_button.click()
    qtbot.waitUntil(lambda: not dialog.words.isHidden())
    assert "1,440" in dialog.words.text() or "24 h" in dialog.words.text()
    assert dialog.here_button.isEnabled()
    assert body_of(session, entry.id) == "new words"


def test_restored_as_a_copy_both_are_there(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "old words", "new words", duration=30)
    dialog = open_history(entry.id)
    with qtbot.waitSignal(dialog.restored) as told:
        dialog.copy_button.click()
    assert told.args == [None]
    found = session.read(
        lambda tx: entries.summaries_between(tx, NOW.date(), NOW.date() + timedelta(days=1))
    )
    assert sorted((one.heading, one.duration) for one in found) == [
        ("new words", 30),
        ("old words", None),
    ]


def test_without_earlier_texts_it_says_when_they_are_kept(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "only one")
    dialog = open_history(entry.id)
    assert dialog.list.count() == 0
    assert dialog.here_button.isHidden()
    assert dialog._stack.currentIndex() == 2


def test_facts_that_differ_are_named(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "text", title="First title", tags=("a",))
    after = revised(entry, NOW, title="Second title", tags=("b",), body="text and more")
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: revise_entry(tx, after), owner=session)
    dialog = open_history(entry.id)
    shown(qtbot, dialog)
    assert "First title" in dialog.texts.then_words.text()
    assert "#a" in dialog.texts.then_words.text()
    assert "Second title" in dialog.texts.now_words.text()


def test_a_very_long_text_is_shown_in_part(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "a " * 150_000, "b " * 150_000)
    dialog = open_history(entry.id)
    then, _ = shown(qtbot, dialog)
    assert len(then) < 210_000


def test_rows_say_when_it_was_and_how_much_differs(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    at = NOW - timedelta(days=1)
    entry = begin(EntryDraft(on=NOW.date(), body="the plan stands"), at - timedelta(days=40), 7)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, entry), owner=session)
    after = (
        (at, "the plan stands and we go"),
        (NOW - timedelta(hours=5), "the plan falls"),
        (NOW - timedelta(hours=4), "plan the falls"),
        (NOW - timedelta(hours=3), "the plan falls"),
    )
    for when, body in after:
        changed = revised(entry, when, body=body)
        with qtbot.waitSignal(session.changed):
            session.write(lambda tx, e=changed: revise_entry(tx, e), owner=session)
    dialog = open_history(entry.id)
    qtbot.waitUntil(lambda: not dialog.list.item(3).text().endswith("\n"))
    assert [dialog.list.item(row).text() for row in range(4)] == [
        "Today 14:00\nThe same words",
        "Today 13:00\nThe same text",
        "Yesterday 18:00\nRemoved 4 words, added 1",
        "Fri 3 April 2026 18:00\nRemoved 1 word, added 1",
    ]


def test_arrows_lead_from_difference_to_difference(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    lines = [f"line {number} of the plan" for number in range(200)]
    changed = list(lines)
    changed[50], changed[120] = "line 50 of the goal", "line 120 of the goal"
    del changed[80]
    entry = written(qtbot, session, "\n".join(lines), "\n".join(changed))
    dialog = open_history(entry.id)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    shown(qtbot, dialog)
    texts = dialog.texts
    assert texts.place.text() == "3 differences"
    assert top_lines(dialog) == (47, 47)  # the first one is in sight
    texts.on_button.click()
    assert texts.place.text() == "1 of 3"
    assert texts.place.accessibleName() == "Difference 1 of 3: removed “plan”, added “goal”"
    QTest.keyClick(dialog, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert (texts.place.text(), top_lines(dialog)) == ("2 of 3", (77, 77))
    QTest.keyClick(dialog, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    texts.back_button.click()
    assert (texts.place.text(), top_lines(dialog)) == ("3 of 3", (117, 116))
    dialog.close()


def test_both_texts_scroll_to_what_answers(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    lines = [f"line {number}" for number in range(200)]
    entry = written(qtbot, session, "\n".join(lines), "\n".join(lines[:20] + lines[60:]))
    dialog = open_history(entry.id)
    dialog.show()
    shown(qtbot, dialog)
    texts = dialog.texts
    texts.then.verticalScrollBar().setValue(100)
    assert top_lines(dialog) == (100, 60)
    texts.now.verticalScrollBar().setValue(30)
    assert top_lines(dialog) == (70, 30)
    texts.now.verticalScrollBar().setValue(10)
    assert top_lines(dialog) == (10, 10)
    dialog.close()


def top_lines(dialog: HistoryDialog) -> tuple[int, int]:
    """The first visible line of each text."""
    then, now = dialog.texts.then, dialog.texts.now
    return then.firstVisibleBlock().blockNumber(), now.firstVisibleBlock().blockNumber()


@pytest.mark.parametrize("text", ["a word " * 15_000, "x" * 200_000, "\u200b" * 40_000])
def test_no_text_holds_up_the_window(
    qtbot: QtBot, session: JournalSession, open_history: Open, text: str
) -> None:
    paragraphs = text.replace("a word a word a word a word ", "a word a word\n\n")
    entry = written(qtbot, session, paragraphs, f"new {paragraphs} end")
    dialog = open_history(entry.id)
    dialog.show()
    shown(qtbot, dialog)
    found, alignment = dialog.texts._found, dialog.texts._alignment
    assert found is not None
    assert alignment is not None
    took = []
    for _ in range(3):
        before = time.perf_counter()
        dialog.texts.show_difference(found, alignment)
        dialog.texts.grab()
        took.append(time.perf_counter() - before)
    assert min(took) < 0.5
    dialog.close()


def test_invisible_characters_are_named_and_kept(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "pay \u202egnp.exe", "pay png", title="In\u200bvoice")
    dialog = open_history(entry.id)
    assert shown(qtbot, dialog)[0] == "pay ‹RLO›gnp.exe"
    with qtbot.waitSignal(dialog.restored):
        dialog.here_button.click()
    assert body_of(session, entry.id) == "pay \u202egnp.exe"


def test_an_entry_that_was_never_saved_has_no_earlier_text(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    dialog = open_history("019a0000-0000-7000-8000-000000000000")
    qtbot.waitUntil(lambda: dialog._stack.currentIndex() == 2)
    assert dialog.words.isHidden()


def test_everything_has_a_name_for_the_screen_reader(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "one", "two")
    dialog = open_history(entry.id)
    dialog.show()
    shown(qtbot, dialog)
    for kind in (QAbstractButton, QListWidget, QPlainTextEdit):
        for part in dialog.findChildren(kind):
            if part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                spoken = QAccessible.queryAccessibleInterface(part)
                assert spoken.text(QAccessible.Text.Name), part
    dialog.close()


def test_right_to_left_texts_stand_on_their_side(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "שלום עולם", "שלום")
    dialog = open_history(entry.id)
    dialog.show()
    shown(qtbot, dialog)
    text = dialog.texts.then
    assert text.cursorRect().center().x() > text.viewport().width() // 2
    dialog.close()
