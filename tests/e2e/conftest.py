"""The whole window, driven by a Person: the only test code that knows where things are."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.app.program import Program
from kotter_journal.gui.main_window import (
    BALANCE,
    DIRECTION,
    JOURNAL,
    REVIEW,
    SETTINGS,
    TODAY,
)
from kotter_journal.storage.journal import create

START = datetime(2026, 5, 14, 10, 42, tzinfo=timezone(timedelta(hours=2)))
PAGES = {
    TODAY: "Today",
    JOURNAL: "Journal",
    BALANCE: "Balance",
    DIRECTION: "Direction",
    REVIEW: "Review",
    SETTINGS: "Settings",
}


class Person:
    """Somebody at the keyboard, who waits for what they see and never for time."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._qtbot = qtbot
        self._folder = folder
        self.now = START
        create(folder / "journal", folder / "keys", START)
        self.opens_the_program()

    def opens_the_program(self) -> None:
        self.program = Program(
            self._folder / "journal",
            keys=self._folder / "keys",
            settings=self._folder / "settings.toml",
            now=lambda: self.now,
        )
        self.window = self.program.window
        with self._qtbot.waitSignal(self.program.opened):
            self.window.show()
        with self._qtbot.waitSignal(self.program.workspace.completed):
            pass
        self._qtbot.waitExposed(self.window)
        self.is_open = True
        self.window.activateWindow()
        self.sees(lambda: self.window.isActiveWindow())

    def closes_the_program(self) -> None:
        self.window.close()
        self.sees(lambda: not self.window.isVisible())
        self.program.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.is_open = False

    def sees(self, condition: Callable[[], bool]) -> None:
        """Waits until it is so."""
        self._qtbot.waitUntil(lambda: bool(condition()))

    @property
    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    def types(self, text: str) -> None:
        for line in text.split("\n")[:-1]:
            QTest.keyClicks(self.focus, line)
            self.presses("Return")
        QTest.keyClicks(self.focus, text.split("\n")[-1])

    def pastes(self, text: str) -> None:
        """What the keys of a test cannot type, such as letters with accents."""
        QApplication.clipboard().setText(text)
        self.presses("Ctrl+V")

    def presses(self, keys: str, times: int = 1) -> None:
        for _ in range(times):
            combination = QKeySequence(keys)[0]
            QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())

    def pauses(self) -> None:
        """Stops typing until everything is on the disk."""
        pages = self.program.workspace.pages
        self.sees(lambda: pages.is_saved and self.program.workspace.session.idle)

    def goes_where_the_palette_says(self) -> None:
        """Presses Enter in the palette once it knows what the words mean."""
        palette = self.program.workspace.pages.palette
        self.sees(lambda: palette.list.model().rowCount() > 0)
        self.pauses()
        self.presses("Return")
        self.sees(lambda: not palette.isVisible() and self.page() == "Journal")

    def page(self) -> str:
        return PAGES[self.window.rank]

    def keeps_a_line(self, line: str) -> None:
        """Types a quick line and presses Enter."""
        self.presses("Ctrl+N")
        self.types(line)
        self.presses("Return")
        field = self.window.today_page.quick_line.field
        self.sees(lambda: field.text() == "" and not field.isReadOnly())

    def writes_an_entry(self, title: str, body: str) -> None:
        """Opens a full entry by key and writes it; its first line is what lists show."""
        self.presses("Ctrl+Shift+N")
        self.sees(lambda: self.page() == "Journal")
        self.types(f"{title}\n{body}")

    def today_headings(self) -> list[str]:
        return [row.heading for row in self.program.workspace.day_list.model.rows]

    def listed(self) -> list[str]:
        """The headings in the list of the Journal page, from the top."""
        model = self._list.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    @property
    def _list(self) -> QListView:
        found = self.program.workspace.pages.entries.findChild(QListView, "entry_list")
        assert found is not None
        return found


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    somebody = Person(qtbot, tmp_path)
    yield somebody
    if somebody.is_open:
        somebody.closes_the_program()
