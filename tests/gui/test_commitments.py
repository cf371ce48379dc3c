"""Commitments by keyboard: made, kept, dropped, agreed anew, and found in checkboxes."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.commitments import Commitment, CommitmentState
from kotter_journal.domain.entries import EntryDraft, begin, uuid7
from kotter_journal.gui.commitment_dialogs import CommitmentDialog, SettleDialog
from kotter_journal.gui.commitment_row import CommitmentRow
from kotter_journal.gui.commitments import CommitmentsSection
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services.commitments import make_commitment, put_back_commitment
from kotter_journal.services.entries import write_entry
from kotter_journal.storage import commitments
from tests.gui.conftest import NOW

TODAY = NOW.date()


@pytest.fixture
def section(session: JournalSession, qtbot: QtBot, theme: Theme) -> Iterator[CommitmentsSection]:
    """The section of a journal in which nothing was promised."""
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(900, 700)
    made = CommitmentsSection(session, ground)
    made.resize(820, 600)
    ground.show()
    qtbot.waitExposed(ground)
    yield made
    ground.close()


def known(session: JournalSession) -> list[Commitment]:
    """Everything that was promised."""
    return session.read(commitments.commitments)


def add(qtbot: QtBot, section: CommitmentsSection, words: str) -> None:
    """Type a promise and keep it with Enter."""
    section.field.setFocus()
    qtbot.keyClicks(section.field, words)
    with qtbot.waitSignal(section.session.changed):
        qtbot.keyClick(section.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row_of(section, words) is not None)


def row_of(section: CommitmentsSection, words: str) -> CommitmentRow | None:
    """The row with these words, as it shows."""
    rows = section.findChildren(CommitmentRow)
    return next(
        (r for r in rows if r.parent() is not None and r.accessibleName().startswith(words)), None
    )


def press(qtbot: QtBot, section: CommitmentsSection, name: str) -> None:
    """Press a row's offer with the space bar."""
    shown = next(b for b in section.findChildren(QPushButton) if b.objectName() == f"take {name}")
    shown.setFocus()
    with qtbot.waitSignal(section.session.changed):
        qtbot.keyClick(shown, Qt.Key.Key_Space)


def choose(section: CommitmentsSection, words: str, action: str) -> None:
    """Take something from the menu of a promise."""
    one = next(c for c in known(section.session) if c.text == words)
    wanted = [a for a in section.menu_of(one).actions() if a.text() == action]
    wanted[0].trigger()


def dialog_of(section: CommitmentsSection, kind: type[QWidget]) -> QWidget:
    """The dialog in front."""
    return next(d for d in section.window().findChildren(kind) if d.isVisible())


def test_a_promise_is_made_and_kept(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Send Mara the reference")
    (one,) = known(session)
    assert one.is_open
    press(qtbot, section, one.id)
    (one,) = known(session)
    assert (one.state, one.settled_on) == (CommitmentState.KEPT, TODAY)


def test_an_overlong_promise_is_refused_with_a_sentence(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    section.field.setText("x" * 501)
    section.field.textEdited.emit(section.field.text())
    qtbot.keyClick(section.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not section.trouble.isHidden())
    assert "500 characters" in section.trouble.text()
    assert known(session) == []


def test_kept_after_its_day_it_was_late(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    due = TODAY - timedelta(days=3)
    session.write(lambda tx: make_commitment(tx, "Call Priya", NOW, due_on=due)[0], owner=section)
    qtbot.waitUntil(lambda: row_of(section, "Call Priya") is not None)
    row = row_of(section, "Call Priya")
    assert row is not None
    assert "3 days ago" in row.accessibleName()
    press(qtbot, section, known(session)[0].id)
    assert known(session)[0].state is CommitmentState.LATE


def test_dropped_with_a_reason_and_taken_back(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Draft the plan")
    choose(section, "Draft the plan", "Dropped…")
    dialog = dialog_of(section, SettleDialog)
    assert isinstance(dialog, SettleDialog)
    qtbot.keyClicks(dialog.note, "the project ended")
    with qtbot.waitSignal(section.told) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    (one,) = known(session)
    assert (one.state, one.note) == (CommitmentState.DROPPED, "the project ended")
    with qtbot.waitSignal(session.changed):
        told.args[1]()
    assert known(session)[0].is_open


def test_another_day_settles_the_old_promise_and_makes_a_new_one(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Review the roster")
    choose(section, "Review the roster", "Agree on another day…")
    dialog = dialog_of(section, SettleDialog)
    with qtbot.waitSignal(section.told) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    new, old = known(session)
    assert (new.is_open, new.due_on) == (True, TODAY + timedelta(days=7))
    assert old.state is CommitmentState.RENEGOTIATED
    with qtbot.waitSignal(session.changed):
        told.args[1]()
    (one,) = known(session)
    assert (one.id, one.is_open) == (old.id, True)


def test_a_checkbox_becomes_a_promise_once(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    draft = EntryDraft(on=TODAY, body="Retro\n\n- [ ] Ask Dana\n- [x] Book a room\n")
    entry = begin(draft, NOW, 1)
    session.write(lambda tx: write_entry(tx, entry), owner=section)
    qtbot.waitUntil(lambda: row_of(section, "Ask Dana") is not None)
    assert row_of(section, "Book a room") is None
    press(qtbot, section, "box 0")
    (one,) = known(session)
    assert (one.text, one.entry_id) == ("Ask Dana", entry.id)
    boxes = [b for b in section.findChildren(QPushButton) if b.objectName() == "take box 0"]
    qtbot.waitUntil(lambda: all(b.window() is not section.window() for b in boxes) or not boxes)
    asked: list[list[str]] = []
    section.entries_asked.connect(lambda ids, _: asked.append(ids))
    choose(section, "Ask Dana", "Show the entry")
    assert asked == [[entry.id]]


def test_a_promise_is_changed_in_its_dialog(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Book 30 min with Jonas")
    choose(section, "Book 30 min with Jonas", "Change…")
    dialog = dialog_of(section, CommitmentDialog)
    assert isinstance(dialog, CommitmentDialog)
    dialog.owner.setCurrentIndex(1)
    dialog.due.box.setChecked(True)
    with qtbot.waitSignal(section.told):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    row = row_of(section, "Book 30 min with Jonas")
    assert row is not None
    assert "promised to you by somebody" in row.accessibleName().lower()


def test_words_of_a_promise_are_never_read_as_markup(
    qtbot: QtBot, section: CommitmentsSection
) -> None:
    add(qtbot, section, "<b>Ask</b> Dana")
    shown = [one.text() for one in section.findChildren(QLabel)]
    assert "<b>Ask</b> Dana" in shown


def test_the_next_promise_may_be_typed_at_once(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    section.field.setFocus()
    qtbot.keyClicks(section.field, "One")
    with qtbot.waitSignal(session.changed):
        for _ in range(2):  # Enter held down
            qtbot.keyClick(section.field, Qt.Key.Key_Return)
        qtbot.keyClicks(section.field, "Tw")
    qtbot.waitUntil(lambda: section.field.hasFocus() and session.idle)
    qtbot.keyClicks(section.field, "o")
    assert section.field.text() == "Two"
    assert section.trouble.isHidden()
    assert [one.text for one in known(session)] == ["One"]


def test_the_caret_goes_on_where_its_button_has_gone(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    add(qtbot, section, "First")
    add(qtbot, section, "Second")
    press(qtbot, section, known(session)[0].id)

    def has_caret() -> bool:
        caret = section.window().focusWidget()
        return caret is not None and caret.objectName() == f"take {known(session)[0].id}"

    qtbot.waitUntil(has_caret)


def test_a_long_promise_of_another_program_comes_back_after_it_was_taken_away(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    long = Commitment(uuid7(NOW, 1), "y" * 900, NOW)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: put_back_commitment(tx, long, NOW), owner=section)
    back: list[Callable[[], None]] = []
    section.told.connect(lambda _, undo: back.append(undo))
    with qtbot.waitSignal(session.changed):
        choose(section, long.text, "Take it away")
    assert known(session) == []
    with qtbot.waitSignal(session.changed):
        back[0]()
    assert [one.text for one in known(session)] == [long.text]


def test_words_that_are_too_long_cannot_be_kept_in_the_dialog(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Short")
    choose(section, "Short", "Change…")
    dialog = dialog_of(section, CommitmentDialog)
    assert isinstance(dialog, CommitmentDialog)
    keep = dialog.findChild(QPushButton, "keep")
    assert isinstance(keep, QPushButton)
    dialog.words.setText("x" * 501)
    assert not keep.isEnabled()
    dialog.words.setText("x" * 500)
    assert keep.isEnabled()
    dialog.reject()


def test_of_many_checkboxes_the_newest_show(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    body = "".join(f"- [ ] Thing {n}\n" for n in range(40))
    entry = begin(EntryDraft(on=TODAY, body=body), NOW, 1)
    session.write(lambda tx: write_entry(tx, entry), owner=section)
    qtbot.waitUntil(lambda: row_of(section, "Thing 39") is not None)
    assert len(section.findChildren(CommitmentRow)) == 30
    assert "and 10 older ones" in [one.text() for one in section.findChildren(QLabel)]


def test_a_promise_is_kept_as_the_journal_keeps_text(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    section.field.setText("a\x00b")
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(section.field, Qt.Key.Key_Return)
    assert [one.text for one in known(session)] == ["a\ufffdb"]


def test_a_checkbox_pressed_twice_is_one_promise(
    qtbot: QtBot, section: CommitmentsSection, session: JournalSession
) -> None:
    entry = begin(EntryDraft(on=TODAY, body="- [ ] Ask Dana\n"), NOW, 1)
    session.write(lambda tx: write_entry(tx, entry), owner=section)
    qtbot.waitUntil(lambda: row_of(section, "Ask Dana") is not None)
    take = section.findChild(QPushButton, "take box 0")
    assert isinstance(take, QPushButton)
    for _ in range(2):
        qtbot.keyClick(take, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.idle)
    assert [one.text for one in known(session)] == ["Ask Dana"]


def test_the_dialog_keeps_a_person_whom_the_journal_no_longer_knows(qtbot: QtBot) -> None:
    one = Commitment(uuid7(NOW, 1), "Call her", NOW, person_id="gone", person="Dana")
    dialog = CommitmentDialog(one, [("other", "Mara")], TODAY)
    qtbot.addWidget(dialog)
    new: list[Commitment] = []
    dialog.changed.connect(new.append)
    dialog.words.setText("Call Dana")
    keep = dialog.findChild(QPushButton, "keep")
    assert isinstance(keep, QPushButton)
    keep.click()
    assert [(c.text, c.person_id, c.person) for c in new] == [("Call Dana", "gone", "Dana")]
