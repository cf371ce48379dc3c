"""Rescue: what stands in the window while a journal does not open, and the ways from there."""

import importlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from kotter_journal.domain.errors import JournalMissing, KotterError
from kotter_journal.gui.apart import Apart
from kotter_journal.gui.main_window import MainWindow
from kotter_journal.gui.preferences import Preferences
from kotter_journal.storage.key_header import HEADER, HEADER_COPY

# Loaded only where something is wrong: they bring SQL with them.
_FAULT_PAGE, _REMEDIES = "kotter_journal.gui.fault_page", "kotter_journal.gui.remedies"
_REMAINS = (HEADER, HEADER_COPY, "backups")
"""What tells that a journal was in a folder."""


class Rescue(QObject):
    """Shows the page of the fault, and does long work for it on a thread of its own.

    ``is_shown``: the page stands in the window. ``has_keys``: it holds the journal's keys.
    ``try_again`` asks to open it as usual; ``enter_asked`` carries a callable that is given the
    module of the doors, on the worker, and answers as they do.
    """

    try_again = Signal()
    enter_asked = Signal(object)
    reopen_asked = Signal(object)

    def __init__(
        self,
        folder: Path,
        keys: Path,
        window: MainWindow,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_shown = self.has_keys = False
        self._folder = folder
        self._keys = keys
        self._window = window
        self._preferences = preferences
        self._apart = Apart(self)

    @property
    def was_here(self) -> bool:
        """Whether a journal was in the folder before: then one that is gone is no first start."""
        if self._preferences.settings.journal_folder == str(self._folder):
            return True
        return any((self._folder / name).exists() for name in _REMAINS)

    def show(self, error: KotterError, vault: Any) -> None:
        """Say what is wrong, with every way out; ``vault`` are the keys, where they were had."""
        self.is_shown, self.has_keys = True, vault is not None
        now: Callable[[], datetime] = self._window.now
        page = importlib.import_module(_FAULT_PAGE).FaultPage(
            error, self._case(error), vault, self._apart, now
        )
        page.reopen_asked.connect(self.reopen_asked)
        page.try_again.connect(lambda: self._enter(vault))
        page.access_asked.connect(lambda keys, access: self._enter(keys, access, error))
        page.readable.connect(self._enter_readable)
        self._window.show_closed(page)

    def leave(self) -> None:
        """Something else stands in the window now."""
        self.is_shown = self.has_keys = False

    def finish(self) -> None:
        """Cancel what is under way, and end the thread."""
        self._apart.finish()

    def _case(self, error: KotterError) -> Any:
        return importlib.import_module(_REMEDIES).case_of(
            self._folder,
            self._keys,
            self._preferences.settings.second_folder,
            is_gone=isinstance(error, JournalMissing),
        )

    def _enter(self, vault: Any, access: Any = None, why: KotterError | None = None) -> None:
        if vault is None:
            self.try_again.emit()
            return
        folder = self._folder

        def enter(doors: Any) -> Any:
            return doors.enter(folder, vault, access or doors.Access.USUAL, why=why)

        self.enter_asked.emit(enter)

    def _enter_readable(self, journal: Any, rescued: Any) -> None:
        folder = self._folder
        self.enter_asked.emit(lambda doors: doors.enter_readable(journal, rescued, folder))
