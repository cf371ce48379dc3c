"""EntryDesk: the one entry in hand, which editor and panel propose changes to."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QUndoStack

from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import (
    MINUTES_A_DAY,
    Entry,
    EntryDraft,
    EntrySummary,
    begin,
    check,
)
from kotter_journal.domain.errors import EntryMissing, EntryProblem, InvalidEntry, KotterError
from kotter_journal.gui.entries.autosave import Autosave
from kotter_journal.gui.entries.undo import ReviseFacts
from kotter_journal.gui.entries.work import FACTS, TEXT, Work
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage import day_totals, entries
from kotter_journal.storage.database import Transaction

T = TypeVar("T")
AUTOSAVE_MS = 800


class Saving(Enum):
    """How safe the text is."""

    NOTHING_YET = "nothing_yet"
    SAVED = "saved"
    UNSAVED = "unsaved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SaveState:
    """What the footer says; ``elsewhere`` where it is another entry that cannot be saved."""

    saving: Saving
    error: KotterError | None = None
    elsewhere: bool = False


class EntryDesk(QObject):
    """Holds the entry in hand as one frozen value, and sees to it that it is saved.

    The text being typed lives in the editor's document until it is collected: 800 ms after the
    first key that is not saved, when another entry is opened, when the program loses the focus,
    and on ``flush``.
    Facts (minutes, time, flags) are proposed as a whole new value; they can be undone, and are
    saved at once. Made by EntryEditor; ActivityPanel is given it.
    """

    laid_out = Signal(object)  # Entry | None: another entry lies here
    facts_changed = Signal(object)  # Entry: minutes, time or flags changed, here or elsewhere
    text_changed = Signal(object)  # Entry: its text changed elsewhere, and nothing was typed here
    state_changed = Signal()
    saved = Signal(object)  # Entry, after it is safe on the disk
    objected = Signal(object)  # InvalidEntry: the facts were refused and are as they were

    def __init__(
        self, session: JournalSession, undo_stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._undo_stack = undo_stack
        self._autosave = Autosave(session, self)
        self._work: Work | None = None
        self._read_text: Callable[[], tuple[str | None, str]] | None = None
        self._typed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AUTOSAVE_MS)
        self._timer.timeout.connect(self.flush)
        self._autosave.saved.connect(self._on_saved)
        self._autosave.refused.connect(self._on_refused)
        session.changed.connect(self._on_session_changed)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_application_state)

    def read_text_with(self, read_text: Callable[[], tuple[str | None, str]]) -> None:
        """Who knows the title and the body that are being typed."""
        self._read_text = read_text

    @property
    def entry(self) -> Entry | None:
        """The entry in hand; its text may lag behind what is being typed."""
        return self._work.entry if self._work else None

    @property
    def state(self) -> SaveState:
        """How safe everything is that was typed, here and in entries left before."""
        work = self._work
        if work is not None and work.error is not None:
            return SaveState(Saving.REFUSED, work.error)
        for other in self._autosave.unsaved():
            if other.error is not None:
                return SaveState(Saving.REFUSED, other.error, elsewhere=True)
        if work is not None and not work.is_saved:
            return SaveState(Saving.UNSAVED)
        fresh = work is None or work.stored is None
        return SaveState(Saving.NOTHING_YET if fresh else Saving.SAVED)

    @property
    def is_saved(self) -> bool:
        """Whether nothing that was typed or given is still to be saved."""
        return not self._typed and not self._autosave.unsaved()

    def unsaved_text(self) -> str:
        """Dates, titles and texts that are not on the disk; empty where everything is."""
        self._collect()
        works = [work.entry for work in self._autosave.unsaved()]
        parts = ((one.on.isoformat(), one.title or "", one.body) for one in works)
        return "\n\n".join("\n".join(part for part in some if part) for some in parts)

    def open(self, entry_id: str) -> None:
        """Lay out an entry, as the disk or unsaved work has it. Raises KotterError."""
        if self._work is not None and self._work.entry.id == entry_id:
            return
        self.flush()
        work = self._autosave.work_on(entry_id)
        self._lay_out(work or Work(stored := self._stored(entry_id), stored))

    def start(self, draft: EntryDraft) -> None:
        """Lay out a new entry; what the draft brings along is saved like something typed."""
        self.flush()
        work = Work(begin(draft, self._session.now(), secrets.randbits(74)))
        brought = _differing(work.entry, EntryDraft(on=draft.on)) - {"on", "at", "zone", "utc"}
        if brought:
            work.touch(brought)
            self._autosave.watch(work)
        self._lay_out(work)
        if brought:
            self._timer.start()

    def close(self) -> None:
        """Hand over what was typed, and lay out nothing."""
        self.flush()
        self._lay_out(None)

    def typed(self) -> None:
        """Say that title or body changed; it is saved 800 ms later, however fast keys follow."""
        if self._work is None:
            return
        before = self.state
        self._typed = True
        self._work.touch(TEXT)
        self._autosave.watch(self._work)
        if not self._timer.isActive():
            self._timer.start()
        if self.state != before:
            self.state_changed.emit()

    def flush(self) -> bool:
        """Hand over everything now; False where a save was refused and text is not safe yet."""
        self._timer.stop()
        self._collect()
        self._autosave.hand_over_all()
        return not any(work.error for work in self._autosave.unsaved())

    def propose(self, wanted: Entry, words: str, step: str = "") -> InvalidEntry | None:
        """Make ``wanted`` the entry in hand, undoably, or say which rule that would break.

        ``words`` name it in the undo menu; neighbouring steps with the same ``step`` become one.
        """
        work = self._work
        if work is None or wanted.id != work.entry.id or self._session.refuses():
            return None
        changed = sorted(_differing(wanted, work.entry) & FACTS)
        if not changed:
            return None
        objection = self._objection(wanted)
        if objection is not None:
            return objection
        before = {name: getattr(work.entry, name) for name in changed}
        after = {name: getattr(wanted, name) for name in changed}
        self._undo_stack.push(ReviseFacts(self.put_facts, wanted.id, before, after, words, step))
        return None

    def put_facts(self, entry_id: str, facts: dict[str, Any]) -> bool:
        """Set facts of an entry, in hand or not, and save it; False where the entry is gone."""
        work = self._work
        if work is None or work.entry.id != entry_id:
            try:
                work = self._autosave.work_on(entry_id) or Work(
                    stored := self._stored(entry_id), stored
                )
            except EntryMissing:
                return False
            except KotterError as error:
                self._session.failed.emit(error)
                return False
        work.entry = replace(work.entry, **facts)
        work.touch(facts)
        self._autosave.watch(work)
        if work is self._work:
            self._collect()
            self.facts_changed.emit(work.entry)
        self._autosave.hand_over(work)
        self.state_changed.emit()
        return True

    def day_minutes(self) -> list[DayMinutes]:
        """What is logged on the date of the entry in hand, as the disk has it."""
        if self._work is None:
            return []
        on = self._work.entry.on
        return self._read(lambda tx: day_totals.day_minutes(tx, on, _next(on))) or []

    def overlapping(self) -> list[EntrySummary]:
        """Entries whose clock times overlap with that of the entry in hand."""
        entry = self.entry
        if entry is None:
            return []
        return self._read(lambda tx: entries.overlapping(tx, entry)) or []

    def _read(self, ask: Callable[[Transaction], T]) -> T | None:
        """The answer, or None where the journal cannot be read; that is told by the session."""
        try:
            return self._session.read(ask)
        except KotterError as error:
            self._session.failed.emit(error)
            return None

    def _stored(self, entry_id: str) -> Entry:
        return self._session.read(lambda tx: entries.entry(tx, entry_id))

    def _lay_out(self, work: Work | None) -> None:
        if self._work is not None:
            self._autosave.forget_blank(self._work)
        self._work = work
        self._typed = False
        self.laid_out.emit(self.entry)
        self.state_changed.emit()

    def _collect(self) -> None:
        """Take the typed text into the entry in hand."""
        if self._typed and self._work is not None and self._read_text is not None:
            title, body = self._read_text()
            self._work.entry = replace(self._work.entry, title=title, body=body)
            self._typed = False

    def _objection(self, wanted: Entry) -> InvalidEntry | None:
        """The rule that ``wanted`` would break, as far as can be known before it is saved."""
        try:
            check(wanted)
        except InvalidEntry as error:
            return error
        return self._read(lambda tx: _day_objection(tx, wanted))

    def _on_saved(self, work: Work) -> None:
        if work is self._work:
            self.facts_changed.emit(work.entry)
        self.state_changed.emit()
        self.saved.emit(work.entry)

    def _on_refused(self, work: Work, error: KotterError) -> None:
        if isinstance(error, InvalidEntry) and error.problem is not EntryProblem.TOO_LONG:
            work.give_up_facts()
            work.error = None
            if work is self._work:
                self.facts_changed.emit(work.entry)
            self.objected.emit(error)
            self._autosave.hand_over(work)
        self.state_changed.emit()

    def _on_session_changed(self, changes: Changes) -> None:
        work = self._work
        if work is None or changes is self._autosave.last_announced:
            return
        if work.stored is None or work.entry.id not in changes.entries:
            return
        try:
            theirs = self._stored(work.entry.id)
        except EntryMissing:
            self._lay_out(None)
            return
        except KotterError as error:
            self._session.failed.emit(error)
            return
        if theirs.deleted_at is not None and work.entry.deleted_at is None:
            self.close()
            return
        self._take_over(work, theirs)

    def _take_over(self, work: Work, theirs: Entry) -> None:
        before = work.entry
        work.take_over(theirs)
        if work.entry == before:
            return
        if not self._typed and (before.title, before.body) != (work.entry.title, work.entry.body):
            self.text_changed.emit(work.entry)
        self.facts_changed.emit(work.entry)

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self.flush()


def _differing(one: EntryDraft, other: EntryDraft) -> set[str]:
    names = EntryDraft.__dataclass_fields__
    return {name for name in names if getattr(one, name) != getattr(other, name)}


def _day_objection(tx: Transaction, wanted: Entry) -> InvalidEntry | None:
    """What is wrong where the day of ``wanted`` would hold more than 1,440 minutes (T4)."""
    more = wanted.duration or 0
    if entries.existing_ids(tx, [wanted.id]):
        stored = entries.entry(tx, wanted.id)
        if stored.on == wanted.on and stored.deleted_at is None:
            more -= stored.duration or 0
    kept = sum(d.logged for d in day_totals.day_minutes(tx, wanted.on, _next(wanted.on)))
    if more <= 0 or kept + more <= MINUTES_A_DAY:
        return None
    return InvalidEntry(
        EntryProblem.DAY_TOO_LONG, kept + more, MINUTES_A_DAY, wanted.on.isoformat()
    )


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
