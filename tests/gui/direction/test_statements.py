"""The direction on its page: stated, revised, confirmed and counted by keyboard."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.direction import Direction
from kotter_journal.domain.entries import DirectionTouches, EntryDraft, begin
from kotter_journal.gui.direction.revisions_dialog import RevisionsDialog
from kotter_journal.gui.direction.statement_dialog import StatementDialog
from kotter_journal.gui.direction.statements import StatementsSection
from kotter_journal.gui.direction.touch_counts import TouchCounts
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.entries import write_entry
from kotter_journal.storage import directions
from tests.gui.conftest import NOW

WORDS = "Every line runs calmly without us"


@pytest.fixture
def section(session: JournalSession, window: QWidget) -> StatementsSection:
    """The section of a journal without a direction."""
    made = StatementsSection(session, window)
    made.resize(820, 600)
    made.show()
    return made


def known(session: JournalSession) -> list[Direction]:
    """The directions of the journal."""
    return session.read(directions.directions)


def dialog_of(section: StatementsSection) -> StatementDialog:
    """The dialog in front."""
    return next(d for d in section.window().findChildren(StatementDialog) if d.isVisible())


def press(qtbot: QtBot, section: StatementsSection, name: str) -> None:
    """Press a button of the section with the space bar."""
    shown = [b for b in section.findChildren(QPushButton, name) if not b.isHidden()]
    shown[0].setFocus()
    qtbot.keyClick(shown[0], Qt.Key.Key_Space)


def state(qtbot: QtBot, section: StatementsSection, words: str = WORDS) -> None:
    """State a direction by keyboard."""
    press(qtbot, section, "state_direction")
    dialog = dialog_of(section)
    qtbot.keyClicks(dialog.text, words)
    with qtbot.waitSignal(section.told):
        qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(statements(section)))


def statements(section: StatementsSection) -> list[str]:
    """The statements that show."""
    return [label.text() for label in section.findChildren(QLabel, "statement")]


def test_the_first_statement(
    qtbot: QtBot, section: StatementsSection, session: JournalSession
) -> None:
    assert statements(section) == []
    state(qtbot, section)
    assert statements(section) == [WORDS]
    (one,) = known(session)
    assert one.newest.effective_on == NOW.date()


def test_an_empty_statement_cannot_be_kept(qtbot: QtBot, section: StatementsSection) -> None:
    press(qtbot, section, "state_direction")
    dialog = dialog_of(section)
    qtbot.keyClicks(dialog.text, "   ")
    assert not dialog.keep_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_stating_can_be_undone(
    qtbot: QtBot, section: StatementsSection, session: JournalSession
) -> None:
    undo: list[Callable[[], None]] = []
    section.told.connect(lambda _, back: undo.append(back))
    state(qtbot, section)
    undo[0]()
    qtbot.waitUntil(lambda: known(session) == [])
    qtbot.waitUntil(lambda: statements(section) == [])


def test_a_revision_keeps_what_was_said(
    qtbot: QtBot, section: StatementsSection, session: JournalSession
) -> None:
    state(qtbot, section)
    press(qtbot, section, "revise")
    dialog = dialog_of(section)
    assert not dialog.keep_button.isEnabled()
    qtbot.keyClicks(dialog.text, "Calm lines on every shift")
    qtbot.keyClicks(dialog.why, "the nights asked")
    dialog.origin.setCurrentIndex(2)
    with qtbot.waitSignal(section.told):
        dialog.keep_button.click()
    qtbot.waitUntil(lambda: statements(section) == ["Calm lines on every shift"])
    assert [r.text for r in known(session)[0].revisions] == [WORDS, "Calm lines on every shift"]
    press(qtbot, section, "earlier")
    shown = next(d for d in section.window().findChildren(RevisionsDialog) if d.isVisible())
    text = shown.text.document().toRawText()
    assert text.index("Calm lines on every shift") < text.index(WORDS)
    assert "from the team" in text
    shown.reject()


def test_still_true_and_no_longer(
    qtbot: QtBot, section: StatementsSection, session: JournalSession
) -> None:
    state(qtbot, section)
    press(qtbot, section, "confirm")
    qtbot.waitUntil(lambda: known(session)[0].confirmed_on == NOW.date())
    press(qtbot, section, "retire")
    qtbot.waitUntil(lambda: known(session)[0].retired_on == NOW.date())
    qtbot.waitUntil(lambda: statements(section) == [])
    press(qtbot, section, "bring_back")
    qtbot.waitUntil(lambda: known(session)[0].retired_on is None)


def test_the_five_minute_check_begins_an_entry(qtbot: QtBot, section: StatementsSection) -> None:
    state(qtbot, section)
    with qtbot.waitSignal(section.draft_asked) as asked:
        press(qtbot, section, "five_minutes")
    draft = asked.args[0]
    assert isinstance(draft, EntryDraft)
    assert WORDS in draft.body


def test_a_week_leads_to_its_entries(
    qtbot: QtBot, section: StatementsSection, session: JournalSession
) -> None:
    day = NOW.date() - timedelta(days=7)
    told = begin(EntryDraft(on=day, body="told", direction=DirectionTouches(stated=True)), NOW, 7)
    session.write(lambda tx: write_entry(tx, told), owner=section)
    state(qtbot, section)
    (counts,) = section.findChildren(TouchCounts)
    counts.table_button.click()
    table = counts.table
    assert [table.model().index(row, 1).data() for row in range(3)] == ["–", "1", "–"]
    assert table.model().index(0, 4).data() == "14 May 2026"
    table.setCurrentIndex(table.model().index(1, 0))
    with qtbot.waitSignal(section.entries_asked) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked.args[0] == [told.id]


def test_the_keyboard_stays_where_it_was(qtbot: QtBot, section: StatementsSection) -> None:
    state(qtbot, section)
    press(qtbot, section, "confirm")
    before = section.window().focusWidget()

    def is_back() -> bool:
        caret = section.window().focusWidget()
        return caret is not None and caret is not before and caret.objectName() == "confirm"

    qtbot.waitUntil(is_back)


def test_the_table_stays_when_something_is_written(
    qtbot: QtBot, section: StatementsSection, session: JournalSession
) -> None:
    state(qtbot, section)
    press(qtbot, section, "show_table")
    (before,) = section.findChildren(TouchCounts)
    told = EntryDraft(on=NOW.date(), body="told", direction=DirectionTouches(stated=True))
    session.write(lambda tx: write_entry(tx, begin(told, NOW, 7)), owner=section)

    def stays() -> bool:
        shown = [c for c in section.findChildren(TouchCounts) if c is not before]
        return bool(shown) and shown[0].table.isVisible()

    qtbot.waitUntil(stays)
