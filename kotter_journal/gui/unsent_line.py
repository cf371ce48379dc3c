"""UnsentLine: what stands in the quick line and nobody sent; the journal keeps it meanwhile."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.unsent_line import keep_line, kept_line


class UnsentLine(QObject):
    """Writes the line into the journal when the window is left, and puts it back at the next start.

    ``trouble`` is the sentence that says why it could not be written; empty while all is well.
    """

    def __init__(
        self, session: JournalSession, field: QLineEdit, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.trouble = ""
        self._session = session
        self._field = field
        self._kept = self._due = ""

    def bring_back(self) -> None:
        """Put the line of last time before what has been typed already. Raises KotterError."""
        self._kept = self._due = self._session.read(kept_line)
        self._show_due()

    def keep(self) -> None:
        """Have the journal hold what stands there now."""
        if self._session.read_only:
            self._tell_if_lost()
            return
        if self._field.isReadOnly():
            return  # it is on its way as an entry
        line = self._text
        if line == self._kept and not self.trouble:
            return
        self._kept, self.trouble = line, ""

        def tell(tx: Transaction) -> Changes:
            keep_line(tx, line)
            return Changes()

        self._session.write(tell, owner=self, refused=self._on_refused)

    def forget(self, tx: Transaction) -> None:
        """In the transaction that makes an entry of the line: it is no longer unsent."""
        if self._kept and not self._due:
            keep_line(tx, "")

    def sent(self) -> None:
        """The line became an entry, and the field is free."""
        if not self._due:
            self._kept = ""
        self._show_due()

    @property
    def _text(self) -> str:
        return f"{self._due} {self._field.text()}".strip() if self._due else self._field.text()

    def _show_due(self) -> None:
        if self._due and (self._session.read_only or not self._field.isReadOnly()):
            line, self._due = self._text, ""
            self._field.setText(line)

    def _tell_if_lost(self) -> None:
        """What was typed before it was known that nothing can be written here."""
        self.trouble = ""
        if self._text != self._kept:
            self.trouble = self.tr(
                "The journal is open for reading only, so what stands in the quick line is kept"
                " nowhere. Copy it before you leave."
            )

    def _on_refused(self, error: KotterError) -> None:
        self.trouble = error_sentence(error)
