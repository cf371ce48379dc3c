"""Autosave: hands work over to the journal, and over again until it is on the disk."""

from collections.abc import Callable
from dataclasses import dataclass, field

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import Entry, EntryId, revised
from kotter_journal.domain.errors import InvalidEntry, KotterError
from kotter_journal.gui.entries.work import Work, keep
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage.database import Transaction

RETRY_MS = 5000


@dataclass(slots=True)
class _Kept:
    """What a save wrote, told by the worker to the answer on the GUI thread."""

    entries: list[Entry] = field(default_factory=list)


class Autosave(QObject):
    """Everything that was typed or given and is not on the disk yet, in any number of entries.

    A save that the disk refuses is tried again every 5 seconds and with the next change, however
    many other entries were opened meanwhile.
    """

    saved = Signal(object)  # Work, after it is on the disk
    refused = Signal(object, object)  # Work, KotterError

    def __init__(self, session: JournalSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._works: dict[EntryId, Work] = {}
        self.last_announced: Changes | None = None
        self._retry = QTimer(self)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.hand_over_all)

    def work_on(self, entry_id: str) -> Work | None:
        """The unsaved work on an entry, if there is any."""
        return self._works.get(EntryId(entry_id))

    def unsaved(self) -> list[Work]:
        """Every work that is not on the disk."""
        return [work for work in self._works.values() if not work.is_saved]

    def watch(self, work: Work) -> None:
        """Keep ``work`` until it is saved."""
        self._works[work.entry.id] = work

    def forget_blank(self, work: Work) -> None:
        """Let go of a new entry in which nothing ever stood."""
        if work.is_blank:
            self._works.pop(work.entry.id, None)

    def hand_over_all(self) -> None:
        """Hand over whatever is not under way."""
        for work in self.unsaved():
            self.hand_over(work)

    def hand_over(self, work: Work) -> None:
        """Have ``work`` written, unless its newest revision is under way already."""
        if work.is_saved or (work.under_way and work.handed == work.revision):
            return
        ours = revised(work.entry, self._session.now())
        touched, revision, kept = frozenset(work.touched), work.revision, _Kept()
        work.handed = revision
        work.under_way += 1

        def tell(tx: Transaction) -> Changes:
            changes, entry = keep(tx, ours, touched)
            kept.entries.append(entry)
            return changes

        self._session.write(
            tell,
            owner=self,
            done=self._settles(work, revision, kept),
            refused=lambda error: self._on_refused(work, error),
        )

    def _settles(self, work: Work, revision: int, kept: _Kept) -> Callable[[Changes], None]:
        def done(changes: Changes) -> None:
            if not shiboken6.isValid(self):
                return
            work.under_way -= 1
            work.settle(kept.entries[-1], revision)
            if not work.touched:
                self._works.pop(work.entry.id, None)
            self.last_announced = changes
            self._stop_if_all_is_well()
            self.saved.emit(work)

        return done

    def _on_refused(self, work: Work, error: KotterError) -> None:
        if not shiboken6.isValid(self):
            return
        work.under_way -= 1
        work.error = error
        if not isinstance(error, InvalidEntry):
            self._retry.start()
        self.refused.emit(work, error)

    def _stop_if_all_is_well(self) -> None:
        if not any(work.error for work in self._works.values()):
            self._retry.stop()
