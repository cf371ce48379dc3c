"""Pages: Journal, Balance, Direction, Review and Settings, loaded once Today is shown."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import EntryDraft, EntryId
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.periods import Period
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui.backup_clock import BackupClock
from kotter_journal.gui.balance.page import BalancePage
from kotter_journal.gui.committing import Committing
from kotter_journal.gui.direction.page import DirectionPage
from kotter_journal.gui.entries.delegating import Delegating
from kotter_journal.gui.entries.erase_dialog import EraseDialog
from kotter_journal.gui.entries.page import EntriesPage
from kotter_journal.gui.entries.reading_page import ReadingPage, Stretch
from kotter_journal.gui.entries.year_page import YearPage
from kotter_journal.gui.main_window import (
    BALANCE,
    DIRECTION,
    JOURNAL,
    NAMES,
    READING,
    REVIEW,
    SETTINGS,
    TODAY,
    YEAR,
    MainWindow,
)
from kotter_journal.gui.names.page import NamesPage
from kotter_journal.gui.palette.palette import Palette
from kotter_journal.gui.palette.places import Places
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.review.page import ReviewPage
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.page import SettingsPage
from kotter_journal.gui.theme import Theme
from kotter_journal.services.working_time import working_time

_BESIDE = (SETTINGS, NAMES, READING, YEAR)
"""Pages from which Esc leads back to the one before."""
_TAKE_CARET = (DIRECTION, REVIEW, *_BESIDE)


class Pages(QObject):
    """Builds the pages and connects them with the window.

    Each takes a moment on this thread, so they come one at a time: first ``entries``, and in the
    next turn of the loop ``balance``, followed by ``completed``; the settings when asked for.
    """

    completed = Signal()

    def __init__(
        self,
        window: MainWindow,
        session: JournalSession,
        undo_stack: QUndoStack,
        look: Theme,
        preferences: Preferences,
        first_weekday: int,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._undo_stack = undo_stack
        self._look = look
        self._preferences = preferences
        self._first_weekday = first_weekday
        self.settings: SettingsPage | None = None
        self.reading: ReadingPage | None = None
        self.year: YearPage | None = None
        self.review: ReviewPage | None = None
        self._before = TODAY
        self.entries = EntriesPage(session, undo_stack, look, window.pages)
        self.entries.told.connect(window.toast.tell)
        self.entries.erase_asked.connect(self._on_erase)
        self.entries.panel.areas_asked.connect(lambda: self.show_direction("areas"))
        self.entries.years_asked.connect(self.read_on_this_day)
        self.entries.year_asked.connect(self.show_year)
        self.entries.left.connect(lambda: window.show_page(TODAY))
        window.page_shown.connect(self._on_page_shown)
        window.install(JOURNAL, self.entries)
        QTimer.singleShot(0, self._add_balance)

    def _add_balance(self) -> None:
        self.balance = BalancePage(self._session, self._window.pages)
        self.balance.set_first_weekday(self._first_weekday)
        self._load_holidays()
        self.balance.activity_chosen.connect(self._on_activity_chosen)
        self.balance.told.connect(self._window.toast.tell)
        self.balance.warned.connect(self._window.toast.warn)
        self._window.install(BALANCE, self.balance)
        self._window.page_awaited.connect(self._on_page_awaited)
        self.palette = self._make_palette()
        self.delegating = Delegating(self._session, self._window)
        self.delegating.told.connect(self._window.toast.tell)
        self.committing = Committing(self._session, self._window)
        self.committing.told.connect(self._window.toast.tell)
        self._window.covered.connect(self.palette.close_palette)
        self.backup_clock = BackupClock(self._session, self._preferences, self)
        self.backup_clock.kept.connect(lambda: self._window.notices.dismiss("backup"))
        self.backup_clock.failed.connect(self._on_backup_failed)
        self.backup_clock.not_copied.connect(self._on_not_copied)
        self.completed.emit()

    def _load_holidays(self) -> None:
        """On the worker: the first look at a country's holidays takes a tenth of a second."""
        today = self._session.today()
        year = Period(today - timedelta(days=400), today + timedelta(days=365))
        self._session.run(lambda tx: working_time(tx, year), owner=self, done=lambda _: None)

    def _make_palette(self) -> Palette:
        window = self._window
        places = Places(
            window_actions=window.actions_by_name.values(),
            show_entry=self.show_entry,
            show_day=self.show_day,
            search=self.show_query,
        )
        return Palette(self._session, places, window)

    def _on_backup_failed(self, error: KotterError) -> None:
        self._tell_of_backup(self.tr("Today’s backup failed. {0}"), error)

    def _on_not_copied(self, error: KotterError) -> None:
        self._tell_of_backup(
            self.tr("Today’s backup was taken, but not copied to the second folder. {0}"), error
        )

    def _tell_of_backup(self, sentence: str, error: KotterError) -> None:
        sentence = sentence.format(error_sentence(error))
        to_backups = partial(self.show_settings, "backups")
        self._window.notices.tell("backup", sentence, self.tr("Backups"), to_backups)

    def show_direction(self, section: str) -> None:
        """Show the Direction page at the section of that name."""
        self._window.show_page(DIRECTION)
        self.direction.show_section(section)

    def show_settings(self, section: str = "") -> None:
        """Show the settings, at the section of that name where one is given."""
        self._window.show_page(SETTINGS)
        if section and self.settings is not None:
            self.settings.show_section(section)

    def _on_erase(self, ids: list[EntryId]) -> None:
        dialog = EraseDialog(self._session, self._preferences, ids, self._window)
        # A step that brings an erased entry back could not be undone.
        dialog.erased.connect(self._undo_stack.clear)
        told = self.tr("Erased for good.")
        # It takes the place of the one that offers to bring the entry back from the trash.
        dialog.erased.connect(lambda: self._window.toast.tell(told))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def delegate(self, entry_id: str | None) -> None:
        """Ask which task to hand over: one of this entry, or else of the one in hand."""
        if self._window.rank == JOURNAL:
            self.entries.flush()
            entry_id = self.entries.editor.current_id()
        self.delegating.ask(EntryId(entry_id) if entry_id else None)

    def commit(self) -> None:
        """Ask what is promised: the line in hand of the entry in hand, or anything."""
        line, entry_id = "", None
        if self._window.rank == JOURNAL:
            self.entries.flush()
            entry_id = self.entries.editor.current_id()
            cursor = self.entries.editor.text.textCursor()
            line = cursor.selectedText() or cursor.block().text()
        self.committing.ask(line, EntryId(entry_id) if entry_id else None)

    def read(self) -> None:
        """Read what the Journal page shows: what a search found, or all from its day on."""
        page, (query, text) = self._reading(), self.entries.asked
        if query.is_empty:
            page.show_day(self.entries.day)
        else:
            page.show_query(query, text)
        self._window.show_page(READING)

    def read_on_this_day(self, day: date) -> None:
        """Read what was written on the same day of earlier years."""
        self._reading().show_on_this_day(day)
        self._window.show_page(READING)

    def read_month(self, first: date) -> None:
        """Read what was written in a month."""
        self._reading().show_day(first, Stretch.MONTH)
        self._window.show_page(READING)

    def show_year(self, day: date | None = None) -> None:
        """Show the year of a day as a whole, or that of the day in hand."""
        if self.year is None:
            self.year = page = YearPage(self._session)
            page.day_chosen.connect(self.show_day)
            page.month_chosen.connect(self.read_month)
            page.left.connect(lambda: self._window.show_page(self._before))
            page.failed.connect(self._session.failed)
            self._window.install(YEAR, page)
        self.year.show_day(day or self.entries.day)
        self._window.show_page(YEAR)

    def print_what_is_read(self) -> None:
        """Print what the reading page shows, shown first where it is not in front."""
        if self._window.rank != READING:
            self.read()
        else:
            self._reading().ask_printer()

    def _reading(self) -> ReadingPage:
        if self.reading is None:
            self.reading = ReadingPage(self._session)
            self.reading.chosen.connect(self.show_entry)
            self.reading.left.connect(lambda: self._window.show_page(JOURNAL))
            self.reading.link_asked.connect(self._on_link)
            self.reading.failed.connect(self._session.failed)
            self._window.install(READING, self.reading)
        return self.reading

    def _on_link(self, inside: str) -> None:
        self._window.show_page(JOURNAL)
        self.entries.follow_link(inside)

    def _add_names(self) -> None:
        page = NamesPage(self._session)
        page.query_asked.connect(self.show_query)
        page.told.connect(self._window.toast.tell)
        page.left.connect(lambda: self._window.show_page(self._before))
        self._window.install(NAMES, page)

    def _add_direction(self) -> None:
        self.direction = page = DirectionPage(self._session)
        page.query_asked.connect(self.show_query)
        page.entries_asked.connect(self.show_entries)
        page.draft_asked.connect(self.start_entry)
        page.told.connect(self._window.toast.tell)
        page.left.connect(lambda: self._window.show_page(TODAY))
        self._window.install(DIRECTION, page)

    def _add_review(self) -> None:
        self.review = page = ReviewPage(self._session, self._first_weekday)
        page.entries_asked.connect(self.show_entries)
        page.draft_asked.connect(self.start_entry)
        page.entry_chosen.connect(self.show_entry)
        page.told.connect(self._window.toast.tell)
        self._window.install(REVIEW, page)

    def flush(self) -> None:
        """Hand over to the worker what is typed on a page and not on the disk."""
        self.entries.flush()
        if self.review is not None:
            self.review.keeping.flush()

    @property
    def is_saved(self) -> bool:
        """Whether all that is typed on the pages is on the disk."""
        return self.entries.is_saved and (self.review is None or self.review.keeping.is_saved)

    @property
    def trouble(self) -> str:
        """Why the disk refused some of it; empty while it does not."""
        of_review = self.review.keeping.trouble if self.review is not None else ""
        return self.entries.trouble or of_review

    def unsaved_text(self) -> str:
        """What stands on the pages and not on the disk, as text."""
        of_review = self.review.keeping.unsaved_text() if self.review is not None else ""
        return "\n\n".join(
            part for part in (self.entries.editor.desk.unsaved_text(), of_review) if part
        )

    def _on_page_awaited(self, rank: int) -> None:
        makers = {
            DIRECTION: self._add_direction,
            REVIEW: self._add_review,
            NAMES: self._add_names,
            SETTINGS: self._add_settings,
        }
        if rank in makers:
            makers[rank]()

    def _add_settings(self) -> None:
        self.settings = SettingsPage(
            self._session, self._preferences, self._look, self._window.actions_by_name
        )
        self.settings.left.connect(lambda: self._window.show_page(self._before))
        self.settings.reopen_asked.connect(self._window.reopen_asked)
        self.settings.lock_asked.connect(self._window.lock_asked)
        self.settings.told.connect(self._window.toast.tell)
        self._window.install(SETTINGS, self.settings)

    @property
    def day(self) -> date | None:
        """The day that the page in front is about; None where Today or Balance is in front."""
        return self.entries.day if self._window.rank == JOURNAL else None

    def show_entry(self, entry_id: str) -> None:
        """Open an entry on the Journal page."""
        self._window.show_page(JOURNAL)
        self.entries.show_entry(entry_id)

    def show_day(self, day: date) -> None:
        """Go to a day of the Journal page."""
        self._window.show_page(JOURNAL)
        self.entries.show_day(day)

    def show_query(self, text: str) -> None:
        """List the entries that answer a search, written as in the search field."""
        self._window.show_page(JOURNAL)
        self.entries.show_query(text)

    def show_entries(self, ids: Sequence[EntryId], words: str) -> None:
        """List exactly these entries; ``words`` say what they have in common."""
        self._window.show_page(JOURNAL)
        self.entries.show_entries(ids, words)

    def start_entry(self, draft: EntryDraft) -> None:
        """Begin an entry in the editor with what ``draft`` brings along."""
        self._window.show_page(JOURNAL)
        self.entries.start_entry(draft)

    def new_entry(self, day: date) -> None:
        """Begin an empty entry on a day."""
        self._window.show_page(JOURNAL)
        self.entries.new_entry(day)

    def search(self) -> None:
        """Go to the search field."""
        self._window.show_page(JOURNAL)
        self.entries.focus_search()

    def step(self, step: int) -> None:
        """On the page in front go to today (0), or so many days or periods on."""
        if self._window.rank == BALANCE:
            self.balance.bar.step(step)
        elif self._window.rank == REVIEW and self.review is not None:
            self.review.step_period(step)
        elif self._window.rank == READING and self.reading is not None and step:
            self.reading.step_day(step)
        else:
            day = self.entries.day + timedelta(days=step) if step else self._session.today()
            self.entries.show_day(day)

    def _on_activity_chosen(self, activity: Activity | None, period: Period) -> None:
        self._window.show_page(JOURNAL)
        self.entries.show_activity(activity, period)

    def _on_page_shown(self, rank: int) -> None:
        if rank != JOURNAL:
            self.flush()
        if rank == BALANCE:
            self.balance.bar.setFocus()
        shown = self._window.pages.currentWidget()
        if rank in _TAKE_CARET and shown is not None:
            shown.setFocus()
        if rank not in _BESIDE:
            self._before = rank
