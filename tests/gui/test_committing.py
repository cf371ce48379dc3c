"""A commitment made of the line in which somebody writes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import EntryDraft, begin
from kotter_journal.gui.commitment_dialogs import CommitmentDialog
from kotter_journal.gui.committing import Committing, promised
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services.entries import write_entry
from kotter_journal.storage import commitments
from tests.gui.conftest import NOW


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- [ ] Ask  Dana ", "Ask Dana"),
        ("3. [x] Book a room", "Book a room"),
        ("- call Bo", "call Bo"),
        ("## Next steps", "Next steps"),
        ("Plain words", "Plain words"),
        ("", ""),
    ],
)
def test_the_words_of_a_line(line: str, words: str) -> None:
    assert promised(line) == words


@pytest.mark.usefixtures("theme")
def test_a_line_is_promised_and_taken_back(
    qtbot: QtBot, session: JournalSession, theme: Theme
) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.show()
    entry = begin(EntryDraft(on=NOW.date(), body="- [ ] Ask Dana"), NOW, 1)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, entry), owner=session)
    asking = Committing(session, ground)
    asking.ask("- [ ] Ask Dana", entry.id)
    qtbot.waitUntil(lambda: bool(ground.findChildren(CommitmentDialog)))
    (dialog,) = ground.findChildren(CommitmentDialog)
    with qtbot.waitSignal(asking.told) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    (one,) = session.read(commitments.commitments)
    assert (one.text, one.entry_id, one.is_open) == ("Ask Dana", entry.id, True)
    with qtbot.waitSignal(session.changed):
        told.args[1]()
    assert session.read(commitments.commitments) == []
    ground.close()
