"""RestoreText: an entry that went back to an earlier text, as a step that can be undone."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand

from kotter_journal.gui.session import JournalSession
from kotter_journal.services.versions import put_back


class RestoreText(QUndoCommand):
    """Made when it was done already: pushing it does nothing, undoing and redoing do.

    ``before`` and ``after`` are fields of the entry. What each step replaces is kept as an earlier
    text, so that even words that were typed between the steps can be found again.
    """

    def __init__(
        self,
        session: JournalSession,
        entry_id: str,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        *,
        is_done: bool = True,
    ) -> None:
        super().__init__(QCoreApplication.translate("undo", "Restore an earlier text"))
        self._session = session
        self._entry_id = entry_id
        self._before, self._after = before, after
        self._is_done = is_done

    def reverse(self) -> "RestoreText":
        """A step of its own that takes this one back."""
        return RestoreText(self._session, self._entry_id, self._after, self._before, is_done=False)

    def _put(self, held: Mapping[str, Any]) -> None:
        entry_id, now = self._entry_id, self._session.now()
        self._session.write(lambda tx: put_back(tx, entry_id, held, now), owner=self._session)

    # Qt overrides

    def redo(self) -> None:
        """Go back to the earlier text, but for the first time."""
        if self._is_done:
            self._is_done = False
        else:
            self._put(self._after)

    def undo(self) -> None:
        """Set the entry as it was before."""
        self._put(self._before)
