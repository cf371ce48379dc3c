"""A person at the editor: what she does, and what then lies in the journal."""

from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import Entry, EntryDraft
from kotter_journal.domain.errors import KotterError
from kotter_journal.gui.entries import autosave, work
from kotter_journal.gui.entries.activity_panel import ActivityPanel
from kotter_journal.gui.entries.editor import EntryEditor
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage import entries
from kotter_journal.storage.database import Transaction
from tests.gui.entries.journals import fill


@dataclass
class Desk:
    """Editor and panel over a real journal."""

    bot: QtBot
    session: JournalSession
    undo_stack: QUndoStack
    editor: EntryEditor
    panel: ActivityPanel

    def opens(self, draft: EntryDraft) -> Entry:
        """Keeps an entry and opens it."""
        self.settles()
        [entry] = fill(self.session, self.bot, [draft])
        self.editor.open_entry(entry.id)
        return entry

    def tool(self, name: str) -> QToolButton:
        """A button over the text."""
        found = self.editor.tools.findChild(QToolButton, f"tool_{name}")
        assert isinstance(found, QToolButton)
        return found

    def types(self, text: str) -> None:
        """Keys into the text, where the caret stands."""
        QTest.keyClicks(self.editor.text, text)

    def presses(self, key: Qt.Key, *, shift: bool = False) -> None:
        """One key in the text."""
        modifier = Qt.KeyboardModifier
        QTest.keyClick(self.editor.text, key, modifier.ShiftModifier if shift else modifier(0))

    def waits_until_saved(self) -> None:
        """Saves, and waits until it is on the disk."""
        self.editor.flush()
        self.bot.waitUntil(lambda: self.session.idle and self.editor.is_saved)

    def settles(self) -> None:
        """Waits until everything that was told has been done."""
        self.bot.waitUntil(lambda: self.session.idle)

    def stored(self, entry_id: str | None = None) -> Entry:
        """The entry as the disk has it."""
        asked = entry_id or self.editor.current_id() or ""
        return self.session.read(lambda tx: entries.entry(tx, asked))

    def count(self) -> int:
        """How many entries the journal has."""
        return self.session.read(lambda tx: len(entries.all_positions(tx)))

    def state(self) -> str:
        """What the footer says."""
        return self.editor.footer.state.text()


class Disk:
    """A disk that refuses writes while it has an ``error``; all else about it is real."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.error: KotterError | None = None
        self.refusals = 0
        patch.setattr(autosave, "keep", self._keep)

    def _keep(self, tx: Transaction, ours: Entry, touched: Iterable[str]) -> tuple[Changes, Entry]:
        if self.error is not None:
            self.refusals += 1
            raise self.error
        return work.keep(tx, ours, touched)
