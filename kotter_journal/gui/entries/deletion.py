"""TrashMove: entries put into the trash or taken out of it, as a step that can be undone."""

from collections.abc import Sequence

from PySide6.QtGui import QUndoCommand

from kotter_journal.domain.entries import EntryId
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.entries import delete_entries, restore_entries


class TrashMove(QUndoCommand):
    """Puts entries into the trash, or with ``back`` takes them out; undoing does the other."""

    def __init__(
        self, session: JournalSession, ids: Sequence[EntryId], words: str, *, back: bool = False
    ) -> None:
        super().__init__(words)
        self._session = session
        self._ids = tuple(ids)
        self._back = back

    def reverse(self) -> "TrashMove":
        """A step of its own that takes this one back."""
        return TrashMove(self._session, self._ids, self.text(), back=not self._back)

    def _move(self, *, back: bool) -> None:
        ids, now = self._ids, self._session.now()
        if back:
            self._session.write(lambda tx: restore_entries(tx, ids, now), owner=self._session)
        else:
            self._session.write(lambda tx: delete_entries(tx, ids, now), owner=self._session)

    # Qt overrides

    def redo(self) -> None:
        """Move them."""
        self._move(back=self._back)

    def undo(self) -> None:
        """Move them where they were."""
        self._move(back=not self._back)
