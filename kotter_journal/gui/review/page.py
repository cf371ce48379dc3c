"""ReviewPage: looks back at a week, a month or a quarter, and ahead."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kotter_journal.gui import theme
from kotter_journal.gui.session import JournalSession


class ReviewPage(QWidget):
    """``query_asked`` carries a search as typed; ``draft_asked`` an EntryDraft to begin.

    ``entries_asked`` carries the ids of entries and the words for what they have in common;
    ``told`` a sentence, and what takes it back or None. ``left``: Esc.
    """

    query_asked = Signal(str)
    entries_asked = Signal(object, str)
    draft_asked = Signal(object)
    told = Signal(str, object)
    left = Signal()

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "page")
        self._session = session

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc goes back to the page before."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
