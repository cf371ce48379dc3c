"""The writing side of the Journal page, on the screen."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.gui.entries.activity_panel import ActivityPanel
from kotter_journal.gui.entries.editor import EntryEditor
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from tests.gui.entries.writing import Desk, Disk


@pytest.fixture
def desk(
    qtbot: QtBot, session: JournalSession, undo_stack: QUndoStack, theme: Theme
) -> Iterator[Desk]:
    page = QWidget()
    editor = EntryEditor(session, undo_stack)
    panel = ActivityPanel(session, editor.desk, undo_stack)
    panel.install_keys(page)
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(editor, 1)
    row.addWidget(panel)
    page.resize(976, 744)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    yield Desk(qtbot, session, undo_stack, editor, panel)
    undo_stack.clear()
    qtbot.waitUntil(lambda: session.idle)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)
