"""StartNotices: what is to be said once at the start, of the journal's place and of the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from kotter_journal.config.sync_folders import conflict_copies, sync_service
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.trouble_sentences import (
    clock_sentence,
    conflict_sentence,
    sync_sentence,
)
from kotter_journal.gui.leaving import Leaving
from kotter_journal.gui.main_window import MainWindow
from kotter_journal.gui.move_page import MovePage
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage.stamps import last_change

_CLOCKS_DIFFER = timedelta(minutes=5)
"""Two computers' clocks may be so far apart without anything being wrong."""


@dataclass(frozen=True, slots=True)
class _Place:
    service: str
    copies: list[Path]


class StartNotices(QObject):
    """Rows that somebody can leave; they come again at the next start."""

    def __init__(
        self,
        window: MainWindow,
        session: JournalSession,
        preferences: Preferences,
        leaving: Leaving,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._notices = window.notices
        self._session = session
        self._preferences = preferences
        self._leaving = leaving
        self.move_page: MovePage | None = None

    def look(self) -> None:
        """See where the journal lies, and what the clock says."""
        place = self._session.journal.folder
        # A folder in the net may take its time.
        self._session.apart.start(
            lambda _look: _Place(sync_service(place), conflict_copies(place)),
            owner=self,
            done=self._tell_of_place,
        )
        self._look_at_clock()

    def _tell_of_place(self, place: _Place) -> None:
        folder = self._session.journal.folder
        if place.copies:
            self._notices.tell("conflict", conflict_sentence(place.copies))
        if not place.service:
            return
        act: Callable[[], None] | None = None
        if not self._session.read_only:
            act = partial(self.offer_move, place.service)
        answer = self.tr("Keep it on this computer…")
        self._notices.tell("sync", sync_sentence(folder, place.service), answer, act)

    def offer_move(self, service: str) -> None:
        """Show the page that moves the journal, once everything typed is in it."""
        self._leaving.begin(partial(self._show_move_page, service))

    def _show_move_page(self, service: str) -> None:
        page = MovePage(self._session, service, self._session.now)
        page.moved.connect(self._on_moved)
        page.left.connect(self._window.show_open)
        page.reopen_asked.connect(self._window.reopen_asked)
        self.move_page = page
        self._window.show_closed(page)

    def _on_moved(self, _into: Path, backups: Path) -> None:
        """A second folder that its owner chose stays."""
        if self._preferences.settings.second_folder is None:
            self._preferences.change(second_backup_folder=str(backups))

    def _look_at_clock(self) -> None:
        try:
            changed = self._session.read(last_change)
        except KotterError:
            return  # whoever needs the journal says so
        now = self._session.now()
        if changed - now > _CLOCKS_DIFFER:
            self._notices.tell("clock", clock_sentence(now, changed))
