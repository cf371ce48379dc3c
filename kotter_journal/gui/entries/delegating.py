"""Delegating: notes which task an entry belongs to that somebody else could take over."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.delegation import Delegation
from kotter_journal.domain.entries import EntryId, title_of
from kotter_journal.domain.errors import EntryMissing
from kotter_journal.gui.entries.delegate_dialog import DelegateDialog
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.delegations import drop_task, notice_task, set_delegations
from kotter_journal.storage import delegations, entries
from kotter_journal.storage.database import Transaction

_LONGEST = 120


class Delegating(QObject):
    """``told`` carries a sentence, and what takes it back."""

    told = Signal(str, object)

    def __init__(self, session: JournalSession, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window

    def ask(self, entry_id: EntryId | None) -> None:
        """Ask which task; ``entry_id`` is the entry that belongs to it, None for no entry."""
        if self._session.refuses():
            return

        def look(tx: Transaction) -> tuple[str, list[Delegation], bool]:
            tasks = delegations.delegations(tx)
            try:
                entry = entries.entry(tx, entry_id) if entry_id else None
            except EntryMissing:  # nothing of it has been typed yet
                entry = None
            heading = title_of(entry.title, entry.body) if entry else ""
            return heading, tasks, entry is not None

        self._session.run(look, owner=self, done=lambda found: self._open(entry_id, *found))

    def _open(
        self, entry_id: EntryId | None, heading: str, tasks: list[Delegation], is_there: bool
    ) -> None:
        one = entry_id if is_there else None
        dialog = DelegateDialog(heading[:_LONGEST], tasks if one else (), self._window)
        dialog.typed.connect(lambda text: self._note(text, one))
        dialog.chosen.connect(lambda task: self._add(task, one))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _note(self, text: str, entry_id: EntryId | None) -> None:
        session, made = self._session, list[Delegation]()

        def tell(tx: Transaction) -> Changes:
            changes, one = notice_task(tx, text, session.now(), entry_id=entry_id)
            made.append(one)
            return changes

        def undo() -> None:
            session.write(lambda tx: drop_task(tx, made[0].id, session.now()), owner=self)

        told = self.tr("Noted under Direction, Delegation.")
        session.write(tell, owner=self, done=lambda _: self.told.emit(told, undo))

    def _add(self, task: Delegation, entry_id: EntryId | None) -> None:
        if entry_id is None:
            return
        session, before = self._session, list[str]()

        def tell(tx: Transaction) -> Changes:
            before.extend(delegations.delegations_of(tx, entry_id))
            wanted = list(dict.fromkeys([*before, task.id]))
            return set_delegations(tx, entry_id, wanted, session.now())[0]

        def undo() -> None:
            session.write(
                lambda tx: set_delegations(tx, entry_id, before, session.now())[0], owner=self
            )

        told = self.tr("This entry belongs to the task “{0}”.").format(task.task)
        session.write(tell, owner=self, done=lambda _: self.told.emit(told, undo))
