"""Workspace: the open journal in the window, and who hears of whom.

This module brings SQL with it, so the program imports it on the worker while the first frame shows.
"""

import importlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QUndoStack

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import Entry, EntryDraft, EntryId, begin
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.quick_line import QuickReading
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui.actions import set_shortcuts
from kotter_journal.gui.doors import OnlyReading, OpenDoors
from kotter_journal.gui.fault_notices import FaultNotices
from kotter_journal.gui.leaving import Leaving
from kotter_journal.gui.main_window import DIRECTION, TODAY, MainWindow
from kotter_journal.gui.messages import may_lose_text
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.tasks import TaskRunner
from kotter_journal.gui.theme import Theme
from kotter_journal.gui.today.day_list import DayList
from kotter_journal.gui.today.insight_cards import InsightCards
from kotter_journal.gui.today.page import day_text
from kotter_journal.gui.today.prompt_card import PromptCard
from kotter_journal.gui.today.reading_row import ReadingRow
from kotter_journal.gui.today.side_panel import SidePanel
from kotter_journal.gui.unsent_line import UnsentLine
from kotter_journal.services import keys
from kotter_journal.services.entries import delete_entries, write_entry
from kotter_journal.storage.database import Transaction

if TYPE_CHECKING:
    from kotter_journal.gui.pages import Pages
    from kotter_journal.gui.reading_only import ReadingOnly
    from kotter_journal.gui.start_notices import StartNotices

_READING_ONLY = "kotter_journal.gui.reading_only"
_START_NOTICES = "kotter_journal.gui.start_notices"
PAGES = "kotter_journal.gui.pages"
PARTS_OF_PAGES = (
    "kotter_journal.domain.fuzzy",
    "kotter_journal.services.revisions",
    "kotter_journal.services.names",
    "kotter_journal.services.backups",
    "kotter_journal.services.reviews",
    "kotter_journal.gui.entries.highlighter",
    "kotter_journal.gui.entries.editor",
    "kotter_journal.gui.entries.activity_panel",
    "kotter_journal.gui.entries.list_view",
    "kotter_journal.gui.entries.sidebar",
    "kotter_journal.gui.entries.preview",
    "kotter_journal.gui.entries.page",
    "kotter_journal.gui.entries.reading_page",
    "kotter_journal.gui.entries.year_page",
    "kotter_journal.gui.balance.headline",
    "kotter_journal.gui.balance.more_cards",
    "kotter_journal.gui.balance.page",
    "kotter_journal.gui.direction.page",
    "kotter_journal.gui.names.page",
    "kotter_journal.gui.palette.palette",
    "kotter_journal.gui.review.page",
    "kotter_journal.gui.settings.page",
    PAGES,
)
"""What the other pages need, in parts that each take a moment."""
_MIDNIGHT_CHECK_MS = 30_000


class Workspace(QObject):
    """Fills Today as soon as the journal is open, and lets the other pages follow.

    ``completed`` says that all pages are there; ``pages`` is None until then.
    """

    completed = Signal()

    def __init__(
        self,
        window: MainWindow,
        look: Theme,
        preferences: Preferences,
        doors: OpenDoors,
        tasks: TaskRunner,
    ) -> None:
        super().__init__(window)
        self.window = window
        self._tasks = tasks
        self.session = JournalSession(
            doors.journal,
            doors.working,
            tasks,
            window.now,
            doors.zone,
            by_recovery_key=doors.by_recovery_key,
        )
        self._new_key = doors.recovery_key
        self.undo_stack = QUndoStack(self)
        self.pages: Pages | None = None
        self._waiting: list[Callable[[Pages], None]] = []
        self._look = look
        self._preferences = preferences
        self._first_weekday = QLocale().firstDayOfWeek().value - 1
        self.day_list = DayList(self.session)
        self.side_panel = SidePanel(self.session, self._first_weekday)
        self.prompt_card = PromptCard(self.session, preferences)
        self.insight_cards = InsightCards(self.session)
        above = self.prompt_card, self.insight_cards
        window.today_page.fill(above, self.day_list, self.side_panel)
        self.side_panel.direction.asked.connect(lambda: window.show_page(DIRECTION))
        self.reading_row = ReadingRow(
            window.today_page.quick_line, self.session.now, self.session.zone
        )
        self._unsent_line = UnsentLine(self.session, window.today_page.quick_line.field, self)
        self.leaving = Leaving(window, self.session, self, self)
        self.reading_only = self._only_reading(doors.only_reading)
        self.fault_notices = FaultNotices(window, self.session, self.flush, self.unsaved_text, self)
        self._is_closed = self._is_settled = False
        window.may_close = self.may_close
        self._today = self.session.today()
        self._clock = QTimer(self, interval=_MIDNIGHT_CHECK_MS)
        self._clock.timeout.connect(self._on_clock)
        self._clock.start()
        self._connect()
        self._connect_actions()
        self._on_summed(self.day_list.sum_text)
        window.today_page.quick_line.show_reading(self.reading_row)
        self._bring_back_unsent_line()
        if self.reading_only is not None:
            self.reading_only.tell()
        # The other pages would hold up the first sight of today's entries.
        window.today_page.installEventFilter(self)

    def _only_reading(self, why: OnlyReading | None) -> "ReadingOnly | None":
        if why is None:
            return None
        module = importlib.import_module(_READING_ONLY)
        made: ReadingOnly = module.ReadingOnly(
            self.window, self.session, self._preferences, why, self
        )
        return made

    def may_close(self) -> bool:
        """Save what is open, and close the doors once it is on the disk; ask where that failed."""
        if self._is_closed:
            return True
        if not self._is_settled:
            self.flush()
        if not self.session.idle:
            self.session.idled.connect(self._close_settled, Qt.ConnectionType.SingleShotConnection)
            return False
        if not self.is_saved:  # the disk has refused it
            leaves = may_lose_text(self.window, self.trouble)
            if not leaves:
                return False
        self.close()
        return True

    def _close_settled(self) -> None:
        # What was refused just now is not handed over again: that would go on for ever.
        self._is_settled = True
        self.window.close()
        self._is_settled = False

    def close(self) -> None:
        """Stop the clocks, finish what was told and close the journal."""
        self._is_closed = True
        self._clock.stop()
        self.leaving.stop()
        if self.pages is not None:
            self.pages.backup_clock.stop()
        self.session.close()

    def save_now(self) -> None:
        """See everything typed on the disk; the system is about to end the session."""
        self.flush()
        self.session.settle()

    def flush(self) -> None:
        """Hand over to the worker what is typed and not on the disk."""
        if self.pages is not None:
            self.pages.flush()
        self._unsent_line.keep()

    @property
    def is_saved(self) -> bool:
        """Whether all that is typed is on the disk."""
        is_saved = self.pages is None or self.pages.is_saved
        return is_saved and not self._unsent_line.trouble

    @property
    def trouble(self) -> str:
        """Why the disk refused some of it; empty while it does not."""
        return (self.pages.trouble if self.pages else "") or self._unsent_line.trouble

    def unsaved_text(self) -> str:
        """What stands in the window and not on the disk, as text."""
        line = self.window.today_page.quick_line.field.text()
        typed = self.pages.unsaved_text() if self.pages is not None else ""
        return "\n\n".join(part for part in (line, typed) if part)

    def _bring_back_unsent_line(self) -> None:
        try:
            self._unsent_line.bring_back()
        except KotterError as error:
            self._on_failed(error)

    def _load_pages(self, rank: int = 0) -> None:
        """Module by module on this thread: classes of widgets that come into being on another one
        while Qt paints end the program now and then, without a word."""
        if self._is_closed:
            return
        module = importlib.import_module(PARTS_OF_PAGES[rank])
        if rank + 1 < len(PARTS_OF_PAGES):
            QTimer.singleShot(0, self, lambda: self._load_pages(rank + 1))
        else:
            self._on_loaded(module)

    def _on_loaded(self, module: object) -> None:
        make: type[Pages] = module.Pages  # type: ignore[attr-defined]
        pages = make(
            self.window,
            self.session,
            self.undo_stack,
            self._look,
            self._preferences,
            self._first_weekday,
        )
        self.pages = pages
        pages.completed.connect(self.completed)
        pages.completed.connect(self._after_opening)
        for ask in self._waiting:
            ask(pages)
        self._waiting.clear()

    def _after_opening(self) -> None:
        """What is to be said about the keys, once everything is there."""
        if self._new_key is not None:
            # It brings printing with it, which nobody needs at a usual start.
            module = importlib.import_module("kotter_journal.gui.settings.recovery_dialog")
            dialog = module.RecoveryDialog(self.session, self._new_key, self.window)
            self._new_key = None
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
        if self.session.by_recovery_key and not self.session.read_only:
            self._offer_other_key()
        self._look_around()
        self._ask_of_today()

    def _ask_of_today(self) -> None:
        self.prompt_card.remember()
        self.insight_cards.refresh()

    def _look_around(self) -> None:
        """What is to be said of the journal's place and of the clock."""
        module = importlib.import_module(_START_NOTICES)
        self.start_notices: StartNotices = module.StartNotices(
            self.window, self.session, self._preferences, self.leaving, self
        )
        self.start_notices.look()

    def _offer_other_key(self) -> None:
        def to_keys() -> None:
            self._with_pages(lambda pages: pages.show_settings("keys"))

        if self.session.journal.vault.facts.passphrase:
            sentence = self.tr(
                "The recovery key opened the journal. If the passphrase is forgotten, set another."
            )
            self.window.notices.tell("keys", sentence, self.tr("Settings"), to_keys)
            return
        sentence = self.tr(
            "The recovery key opened the journal, and this computer cannot do so by itself yet."
        )
        act = self._let_this_computer_open
        self.window.notices.tell("keys", sentence, self.tr("Let this computer open it"), act)

    def _let_this_computer_open(self) -> None:
        self.session.write_keys(keys.remove_passphrase, owner=self, refused=self._on_failed)

    def _with_pages(self, ask: Callable[["Pages"], None]) -> None:
        """Do something with the pages, now or as soon as they are there."""
        if self.pages is not None:
            ask(self.pages)
        else:
            self._waiting.append(ask)

    def _connect(self) -> None:
        window, row = self.window, self.reading_row
        row.submitted.connect(self._on_submitted)
        row.expanded.connect(self._on_expanded)
        for above in (self.prompt_card, self.insight_cards):
            above.told.connect(window.toast.tell)
            above.draft_asked.connect(self._on_draft_asked)
        self.insight_cards.entries_asked.connect(self._on_entries_asked)
        self.day_list.summed.connect(self._on_summed)
        self.day_list.chosen.connect(self.show_entry)
        self.day_list.deletion_asked.connect(self._on_deletion)
        self.session.failed.connect(self._on_failed)
        self.fault_notices.check_asked.connect(self._check_journal)
        window.top_bar.palette_asked.connect(self._show_palette)

    def _connect_actions(self) -> None:
        slots = {
            "show_palette": self._show_palette,
            "go_to_date": self._show_palette,
            "search": self._search,
            "read": lambda: self._with_pages(lambda pages: pages.read()),
            "show_year": lambda: self._with_pages(lambda pages: pages.show_year()),
            "print": lambda: self._with_pages(lambda pages: pages.print_what_is_read()),
            "quick_line": self._to_quick_line,
            "new_entry": self._new_entry,
            "delegate": self._delegate,
            "commit": lambda: self._with_pages(lambda pages: pages.commit()),
            "go_to_today": lambda: self._show_day(0),
            "day_before": lambda: self._show_day(-1),
            "day_after": lambda: self._show_day(1),
            "undo": self.undo_stack.undo,
            "redo": self.undo_stack.redo,
        }
        for name, slot in slots.items():
            self.window.actions_by_name[name].triggered.connect(lambda _=False, slot=slot: slot())
        self._set_shortcuts()
        self._preferences.changed.connect(self._set_shortcuts)

    def _set_shortcuts(self) -> None:
        set_shortcuts(self.window.actions_by_name, self._preferences.settings.shortcuts)

    def show_entry(self, entry_id: str) -> None:
        """Open an entry on the Journal page."""
        self._with_pages(lambda pages: pages.show_entry(entry_id))

    def _on_submitted(self, reading: QuickReading) -> None:
        line = self.window.today_page.quick_line
        entry = begin(reading.draft, self.session.now(), secrets.randbits(74))
        line.wait()

        def tell(tx: Transaction) -> Changes:
            self._unsent_line.forget(tx)
            return write_entry(tx, entry)

        def kept(_changes: object) -> None:
            line.accept()
            self._unsent_line.sent()
            self._tell_saved(entry)

        def refused(error: KotterError) -> None:
            line.keep()
            self.reading_row.tell(error_sentence(error))

        self.session.write(tell, owner=self, done=kept, refused=refused)

    def _tell_saved(self, entry: Entry) -> None:
        if entry.on == self.day_list.day:
            text = self.tr("Saved.")
        else:
            text = self.tr("Saved on {0}.").format(day_text(entry.on))
        self.window.toast.tell(text, lambda: self._delete(entry.id))

    def _on_expanded(self, draft: EntryDraft) -> None:
        def expand(pages: "Pages") -> None:
            pages.start_entry(draft)
            self.window.today_page.quick_line.accept()

        self._with_pages(expand)

    def _on_draft_asked(self, draft: EntryDraft) -> None:
        self._with_pages(lambda pages: pages.start_entry(draft))

    def _on_entries_asked(self, ids: list[EntryId], words: str) -> None:
        self._with_pages(lambda pages: pages.show_entries(ids, words))

    def _delegate(self) -> None:
        chosen = self.day_list.chosen_id if self.window.rank == TODAY else None
        self._with_pages(lambda pages: pages.delegate(chosen))

    def _on_deletion(self, entry_id: str) -> None:
        self._with_pages(lambda pages: pages.entries.delete_entry(entry_id))

    def _delete(self, entry_id: EntryId) -> None:
        now = self.session.now()
        self.session.write(lambda tx: delete_entries(tx, [entry_id], now), owner=self)

    def _on_failed(self, error: KotterError) -> None:
        if not self.fault_notices.tells_of(error):
            self.window.toast.warn(error_sentence(error))

    def _check_journal(self) -> None:
        self._with_pages(lambda pages: pages.show_settings("check"))

    def _show_palette(self) -> None:
        self._with_pages(lambda pages: pages.palette.open())

    def _search(self) -> None:
        self._with_pages(lambda pages: pages.search())

    def _to_quick_line(self) -> None:
        self.window.show_page(TODAY)

    def _new_entry(self) -> None:
        self._with_pages(lambda pages: pages.new_entry(pages.day or self.day_list.day))

    def _show_day(self, step: int) -> None:
        """Go to today (0) or one day on, on the page in front."""
        if self.window.rank != TODAY:
            self._with_pages(lambda pages: pages.step(step))
            return
        day = self.day_list.day + timedelta(days=step) if step else self.session.today()
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
        self.prompt_card.refresh()
        self._ask_of_today()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Load the other pages as soon as today's entries are on the screen."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._load_pages)
        return False
