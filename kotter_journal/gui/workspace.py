"""Workspace: the pages of an open journal, and who hears of whom.

This module brings SQL with it, so the program imports it on the worker while the first frame shows.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Qt, QTimer
from PySide6.QtGui import QUndoStack

from kotter_journal.config.zone import local_zone
from kotter_journal.domain.activities import Activity
from kotter_journal.domain.balance import WorkPattern
from kotter_journal.domain.entries import Entry, EntryDraft, EntryId, begin
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.periods import Period
from kotter_journal.domain.quick_line import QuickReading
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui.balance.page import BalancePage
from kotter_journal.gui.entries.page import EntriesPage
from kotter_journal.gui.main_window import BALANCE, JOURNAL, TODAY, MainWindow
from kotter_journal.gui.messages import may_lose_text
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.tasks import TaskRunner
from kotter_journal.gui.theme import Theme
from kotter_journal.gui.today.day_list import DayList
from kotter_journal.gui.today.side_panel import SidePanel
from kotter_journal.gui.today.words import day_text
from kotter_journal.services.entries import delete_entries, restore_entries, write_entry
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import Journal, create, exists, open_journal

_MIDNIGHT_CHECK_MS = 30_000


@dataclass(frozen=True, slots=True)
class OpenDoors:
    """What the worker hands over: an open journal, its writing door, this computer's zone."""

    journal: Journal
    writing: Database
    zone: str | None


def open_doors(folder: Path, keys_folder: Path, now: datetime) -> OpenDoors:
    """Open the journal in ``folder``, made first where there is none; on the worker.

    Raises KotterError.
    """
    zone = local_zone()
    if not exists(folder):
        create(folder, keys_folder, now, zone=zone)
    journal = open_journal(folder, keys_folder)
    return OpenDoors(journal, journal.writing(), zone)


class Workspace(QObject):
    """Builds the pages once the journal is open and connects them with the window."""

    def __init__(
        self, window: MainWindow, look: Theme, doors: OpenDoors, tasks: TaskRunner
    ) -> None:
        super().__init__(window)
        self.window = window
        self.session = JournalSession(doors.journal, doors.writing, tasks, window.now, doors.zone)
        self.undo_stack = QUndoStack(self)
        first_weekday = QLocale().firstDayOfWeek().value - 1
        self.day_list = DayList(self.session)
        self.side_panel = SidePanel(self.session, first_weekday)
        window.today_page.fill(self.day_list, self.side_panel)
        self.entries_page = EntriesPage(self.session, self.undo_stack, look)
        self.balance_page = BalancePage(self.session)
        self.balance_page.set_calendar(WorkPattern(), first_weekday)
        window.install(self.entries_page, self.balance_page)
        window.may_close = self.may_close
        self._today = self.session.today()
        self._clock = QTimer(self, interval=_MIDNIGHT_CHECK_MS)
        self._clock.timeout.connect(self._on_clock)
        self._clock.start()
        self._connect()
        self._connect_actions()
        self._on_summed(self.day_list.sum_text)

    def may_close(self) -> bool:
        """Save what is open, and close the doors once it is on the disk; ask where that failed."""
        self.entries_page.flush()
        if not self.session.idle:
            self.session.idled.connect(self.window.close, Qt.ConnectionType.SingleShotConnection)
            return False
        if not self.entries_page.is_saved and not may_lose_text(
            self.window, self.entries_page.trouble
        ):
            return False
        self.close()
        return True

    def close(self) -> None:
        """Stop the clock, finish what was told and close the journal."""
        self._clock.stop()
        self.session.close()

    def save_now(self) -> None:
        """See everything typed on the disk; the system is about to end the session."""
        self.entries_page.flush()
        self.session.settle()

    def _connect(self) -> None:
        window, line = self.window, self.window.today_page.quick_line
        line.zone = self.session.zone
        line.submitted.connect(self._on_submitted)
        line.expanded.connect(self._on_expanded)
        self.day_list.summed.connect(self._on_summed)
        self.day_list.chosen.connect(self.show_entry)
        self.day_list.deletion_asked.connect(self._on_deletion)
        self.entries_page.told.connect(window.toast.tell)
        self.entries_page.left.connect(lambda: window.show_page(TODAY))
        self.balance_page.activity_chosen.connect(self._on_activity_chosen)
        self.session.failed.connect(self._on_failed)
        window.page_shown.connect(self._on_page_shown)
        window.top_bar.search_asked.connect(self._search)

    def _connect_actions(self) -> None:
        slots = {
            "search": self._search,
            "quick_line": self._to_quick_line,
            "new_entry": self._new_entry,
            "go_to_today": lambda: self._show_day(0),
            "day_before": lambda: self._show_day(-1),
            "day_after": lambda: self._show_day(1),
            "undo": self.undo_stack.undo,
            "redo": self.undo_stack.redo,
        }
        for name, slot in slots.items():
            self.window.actions_by_name[name].triggered.connect(lambda _=False, slot=slot: slot())

    def show_entry(self, entry_id: str) -> None:
        """Open an entry on the Journal page."""
        self.window.show_page(JOURNAL)
        self.entries_page.show_entry(entry_id)

    def _on_submitted(self, reading: QuickReading) -> None:
        line = self.window.today_page.quick_line
        entry = begin(reading.draft, self.session.now(), secrets.randbits(74))
        line.wait()

        def kept(_changes: object) -> None:
            line.accept()
            self._tell_saved(entry)

        def refused(error: KotterError) -> None:
            line.refuse(error_sentence(error))

        self.session.write(
            lambda tx: write_entry(tx, entry), owner=self, done=kept, refused=refused
        )

    def _tell_saved(self, entry: Entry) -> None:
        if entry.on == self.day_list.day:
            text = self.tr("Saved.")
        else:
            text = self.tr("Saved on {0}.").format(day_text(entry.on))
        self.window.toast.tell(text, lambda: self._delete(entry.id))

    def _on_expanded(self, draft: EntryDraft) -> None:
        self.window.show_page(JOURNAL)
        self.entries_page.start_entry(draft)
        self.window.today_page.quick_line.accept()

    def _on_deletion(self, entry_id: str) -> None:
        self._delete(EntryId(entry_id))
        self.window.toast.tell(
            self.tr("Moved to the trash."), lambda: self._restore(EntryId(entry_id))
        )

    def _delete(self, entry_id: EntryId) -> None:
        now = self.session.now()
        self.session.write(lambda tx: delete_entries(tx, [entry_id], now), owner=self)

    def _restore(self, entry_id: EntryId) -> None:
        now = self.session.now()
        self.session.write(lambda tx: restore_entries(tx, [entry_id], now), owner=self)

    def _on_activity_chosen(self, activity: Activity | None, period: Period) -> None:
        self.window.show_page(JOURNAL)
        self.entries_page.show_activity(activity, period)

    def _on_failed(self, error: KotterError) -> None:
        self.window.toast.warn(error_sentence(error))

    def _on_page_shown(self, rank: int) -> None:
        if rank != JOURNAL:
            self.entries_page.flush()
        if rank == TODAY:
            self.window.today_page.quick_line.field.setFocus()

    def _search(self) -> None:
        self.window.show_page(JOURNAL)
        self.entries_page.focus_search()

    def _to_quick_line(self) -> None:
        self.window.show_page(TODAY)
        self.window.today_page.quick_line.field.setFocus()

    def _new_entry(self) -> None:
        on_journal = self.window.pages.currentIndex() == JOURNAL
        day = self.entries_page.day if on_journal else self.day_list.day
        self.window.show_page(JOURNAL)
        self.entries_page.new_entry(day)

    def _show_day(self, step: int) -> None:
        """Go to today (0) or one day on, on the page that shows."""
        page = self.window.pages.currentIndex()
        if page == BALANCE:
            self.balance_page.bar.step(step)
            return
        shown = self.entries_page.day if page == JOURNAL else self.day_list.day
        day = shown + timedelta(days=step) if step else self.session.today()
        if page == JOURNAL:
            self.entries_page.show_day(day)
        else:
            self.day_list.show_day(day)
            self.window.today_page.heading.setText(day_text(day))

    def _on_summed(self, text: str) -> None:
        self.window.today_page.total.setText(text)

    def _on_clock(self) -> None:
        """After midnight, today is another day."""
        today = self.session.today()
        if today == self._today:
            return
        if self.day_list.day == self._today:
            self.day_list.show_day(today)
            self.window.today_page.heading.setText(day_text(today))
        self._today = today
        self.side_panel.refresh()
