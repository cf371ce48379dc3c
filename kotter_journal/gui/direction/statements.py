"""StatementsSection: where to, and why; how it was said before; whether it is still true."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kotter_journal.gui.section import Section
from kotter_journal.gui.session import JournalSession


class StatementsSection(Section):
    """The signals are those of DirectionPage."""

    query_asked = Signal(str)
    draft_asked = Signal(object)
    told = Signal(str, object)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
