"""Committing: makes a commitment of a line, from any page."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.commitments import Commitment, checkboxes_in
from kotter_journal.domain.entries import EntryId
from kotter_journal.gui.commitment_dialogs import CommitmentDialog
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.commitments import drop_commitment, make_commitment
from kotter_journal.storage import vocabulary
from kotter_journal.storage.database import Transaction

_LONGEST = 500


class Committing(QObject):
    """``told`` carries a sentence, and what takes it back."""

    told = Signal(str, object)

    def __init__(self, session: JournalSession, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window

    def ask(self, line: str, entry_id: EntryId | None) -> None:
        """Ask what is promised; ``line`` is where somebody writes, of the entry ``entry_id``."""
        if self._session.refuses():
            return

        def look(tx: Transaction) -> list[tuple[str, str]]:
            people = ((row.id, row.name) for row in vocabulary.people_rows(tx))
            return sorted(people, key=lambda one: one[1].casefold())

        self._session.run(look, owner=self, done=lambda people: self._open(line, entry_id, people))

    def _open(self, line: str, entry_id: EntryId | None, people: list[tuple[str, str]]) -> None:
        session = self._session
        blank = Commitment("", promised(line), session.now(), entry_id=entry_id)
        dialog = CommitmentDialog(blank, people, session.today(), self._window)
        dialog.changed.connect(self._keep)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _keep(self, wanted: Commitment) -> None:
        session, made = self._session, list[Commitment]()
        entry_id = EntryId(wanted.entry_id) if wanted.entry_id else None

        def tell(tx: Transaction) -> Changes:
            changes, one = make_commitment(
                tx,
                wanted.text,
                session.now(),
                owner=wanted.owner,
                person_id=wanted.person_id,
                due_on=wanted.due_on,
                entry_id=entry_id,
            )
            made.append(one)
            return changes

        def undo() -> None:
            session.write(lambda tx: drop_commitment(tx, made[0].id, session.now()), owner=self)

        told = self.tr("Promised; it stands under Direction, Commitments.")
        session.write(tell, owner=self, done=lambda _: self.told.emit(told, undo))


def promised(line: str) -> str:
    """The words of a line without its list mark, its box or its heading mark."""
    boxes = checkboxes_in(line)
    words = boxes[0].text if boxes else line.strip().lstrip("#>-*+ ")
    return " ".join(words.split())[:_LONGEST]
