"""Earlier texts of an entry beside today's, restored in place or as a copy."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import Entry, EntryDraft, begin, revised
from kotter_journal.gui.entries.history import HistoryDialog
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services.entries import revise_entry, write_entry
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
    qtbot.waitUntil(lambda: bool(dialog.now.document().toRawText().strip()))
    return dialog.then.document().toRawText(), dialog.now.document().toRawText()


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
    assert (marked(dialog.then), marked(dialog.now)) == (["keep "], ["drop "])


def test_each_version_can_be_looked_at_by_keyboard(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "one", "two", "three")
    dialog = open_history(entry.id)
    shown(qtbot, dialog)
    dialog.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: dialog.then.document().toRawText() == "one")
    assert dialog.list.count() == 2


def test_restored_here_what_it_replaces_is_kept(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "old words", "new words")
    dialog = open_history(entry.id)
    with qtbot.waitSignal(dialog.restored) as told:
        dialog.here_button.click()
    in_place, before = told.args
    assert in_place
    assert session.read(lambda tx: entries.entry(tx, entry.id)).body == "old words"
    assert session.read(lambda tx: versions.version(tx, before)).draft.body == "new words"


def test_restored_as_a_copy_both_are_there(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "old words", "new words", duration=30)
    dialog = open_history(entry.id)
    with qtbot.waitSignal(dialog.restored) as told:
        dialog.copy_button.click()
    assert told.args == [False, ""]
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
    assert dialog._stack.currentIndex() == 1


def test_facts_that_differ_are_named(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "text", title="First title", tags=("a",))
    after = revised(entry, NOW, title="Second title", tags=("b",), body="text and more")
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: revise_entry(tx, after), owner=session)
    dialog = open_history(entry.id)
    shown(qtbot, dialog)
    assert "First title" in dialog.then_words.text()
    assert "#a" in dialog.then_words.text()
    assert "Second title" in dialog.now_words.text()


def test_a_very_long_text_is_shown_in_part(
    qtbot: QtBot, session: JournalSession, open_history: Open
) -> None:
    entry = written(qtbot, session, "a " * 150_000, "b " * 150_000)
    dialog = open_history(entry.id)
    then, _ = shown(qtbot, dialog)
    assert len(then) < 210_000
