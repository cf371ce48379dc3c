"""ActivityPanel: the minutes and facts of the entry in hand."""

from PySide6.QtWidgets import QWidget

from kotter_journal.domain.activities import Activity
from kotter_journal.gui.entries.desk import EntryDesk
from kotter_journal.gui.session import JournalSession


class ActivityPanel(QWidget):
    """320 wide beside the editor, or ``set_compact(True)``: a strip of about 104 under it.

    ActivityPanel(session, editor.desk, parent); it follows the desk by itself.
    """

    def __init__(
        self, session: JournalSession, desk: EntryDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)

    def set_compact(self, compact: bool) -> None:
        """The 2 x 3 strip for narrow windows, or the panel."""

    def install_keys(self, page: QWidget) -> None:
        """Ctrl+1..6, Ctrl+0 add 15 minutes anywhere on ``page``; with Shift they take 15."""

    def step(self, activity: Activity, by: int) -> None:
        """Add ``by`` minutes (negative takes them) to an activity; undoable."""
