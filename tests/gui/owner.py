"""Owner: somebody with a real journal to which something happens, at the real window."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.app.program import Program
from kotter_journal.domain.entries import Entry
from kotter_journal.gui.fault_page import FaultPage
from kotter_journal.gui.faults import Way
from kotter_journal.services.backups import back_up
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import write_entries
from kotter_journal.storage import day_totals
from kotter_journal.storage.journal import Journal, create, open_journal
from kotter_journal.storage.recovery_key import RecoveryKey
from tests.gui.conftest import NOW

LONG_MS = 30_000


class Owner:
    """Starts and closes the program, and waits for what they see."""

    def __init__(self, qtbot: QtBot, place: Path) -> None:
        self._qtbot = qtbot
        self.place = place
        self.folder = place / "journal"
        self.keys = place / "keys"
        self.now = NOW
        self.made: list[Entry] = []
        self._programs: list[Program] = []

    def makes_a_journal(
        self, entries: int = 60, *, passphrase: str | None = None, backups: int = 1
    ) -> RecoveryKey:
        """A journal with made-up entries up to today, and so many backups of it."""
        key = create(self.folder, self.keys, NOW, passphrase=passphrase)
        journal = open_journal(self.folder, self.keys, passphrase=passphrase)
        self.made = list(demo_entries(entries, 4, NOW.date()))
        door = journal.writing()
        with door.transaction() as tx:
            write_entries(tx, self.made)
        door.close()
        for day in range(backups, 0, -1):
            back_up(journal, NOW - timedelta(days=day))
        journal.close()
        return key

    def starts(self, folder: Path | None = None, **more: Any) -> Program:
        """Open the program, without waiting for anything."""
        program = Program(
            folder or self.folder,
            keys=self.keys,
            settings=self.place / "settings.toml",
            now=lambda: self.now,
            **more,
        )
        self._programs.append(program)
        program.window.show()
        return program

    def opens(self, folder: Path | None = None, **more: Any) -> Program:
        """Open the program, and wait until all of the journal is there."""
        program = self.starts(folder, **more)
        self.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
        self.sees(lambda: hasattr(program.workspace.pages, "palette") and program.tasks.idle)
        return program

    def meets_a_fault(self, folder: Path | None = None, **more: Any) -> tuple[Program, FaultPage]:
        """Open the program on a journal that does not open."""
        program = self.starts(folder, **more)
        return program, self.page_of(program)

    def page_of(self, program: Program, before: FaultPage | None = None) -> FaultPage:
        """The page that says what is wrong, another than the one before."""

        def is_there() -> bool:
            page = program.window.pages.currentWidget()
            return isinstance(page, FaultPage) and page.isEnabled() and page is not before

        self.sees(is_there)
        page = program.window.pages.currentWidget()
        assert isinstance(page, FaultPage)
        return page

    def sees(self, condition: Callable[[], object]) -> None:
        """Wait until it is so."""
        self._qtbot.waitUntil(lambda: bool(condition()), timeout=LONG_MS)

    def takes(self, page: FaultPage, way: Way) -> None:
        """Click a way out."""
        assert page.ways[way].isEnabled()
        page.ways[way].click()

    def sees_dialog(self, kind: type[QDialog]) -> Any:
        """The dialog of that kind, once it shows."""

        def found() -> list[QDialog]:
            tops = QApplication.topLevelWidgets()
            return [one for one in tops if isinstance(one, kind) and one.isVisible()]

        self.sees(found)
        return found()[0]

    def presses(self, widget: QWidget, name: str) -> None:
        """Click the button of that name, once it can be."""
        button = widget.findChild(QPushButton, name)
        assert button is not None
        self.sees(lambda: button.isVisible() and button.isEnabled())
        button.click()

    def count_in(self, folder: Path, **keys: Any) -> int:
        """How many entries a closed journal holds, read beside the program."""
        journal = open_journal(folder, self.keys, **keys)
        return self.count_of(journal)

    def count_of(self, journal: Journal) -> int:
        """How many entries the journal holds that are not in the trash."""
        door = journal.reading()
        with door.transaction() as tx:
            count = day_totals.entry_count(tx)
        door.close()
        return count

    def closes(self, program: Program) -> None:
        """Close the window where it is open, and let everything go."""
        self._programs.remove(program)
        program.window.close()
        self.sees(lambda: not program.window.isVisible())
        program.close()
        program.window.deleteLater()
        program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def leaves(self) -> None:
        """Close whatever is open still."""
        for program in list(self._programs):
            self.gives_up(program)
            self.closes(program)

    def gives_up(self, program: Program) -> None:
        """Let go of what could not be saved, which would be asked about otherwise."""
        pages = program.workspace.pages if program.workspace is not None else None
        if pages is not None:
            pages.entries.editor.desk._autosave._works.clear()
            pages.entries.editor.desk._typed = False
            program.workspace._unsent_line.trouble = ""
            program.window.today_page.quick_line.field.clear()
            program.workspace.may_close = program.window.may_close = self._closing(program)

    def _closing(self, program: Program) -> Callable[[], bool]:
        def close() -> bool:
            if not program.workspace._is_closed:
                program.workspace.close()
            return True

        return close

    def waits_a_day(self) -> datetime:
        """It is the day after."""
        self.now += timedelta(days=1)
        return self.now
