"""RenameDialog: another name for a tag or a person, or one name for two."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QDialog, QLineEdit, QVBoxLayout, QWidget

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import fold
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.invisible import named
from kotter_journal.domain.naming import NameKind, can_be_written
from kotter_journal.domain.sentences import entries_text, error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.section import button, buttons, fit_height
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.names import Renaming, rename
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.names import NameUse

_WIDTH = 440


class RenameDialog(QDialog):
    """Says what will happen while the name is typed. ``renamed`` carries the Renaming."""

    renamed = Signal(object)

    def __init__(
        self,
        session: JournalSession,
        kind: NameKind,
        use: NameUse,
        known: list[NameUse],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._kind, self._use = session, kind, use
        self._known = {fold(one.name): one for one in known}
        title = self.tr("Rename {0}").format(named(f"{kind.value}{use.name}"))
        self.setWindowTitle(self.tr("Rename"))
        self.name = QLineEdit(use.name)
        self.name.setAccessibleName(self.tr("The new name"))
        completer = QCompleter([one.name for one in known], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name.setCompleter(completer)
        self.name.textChanged.connect(self._on_text)
        self.words = label("", "quiet", wrap=True)
        self.words.setObjectName("what_happens")
        self.accept_button = button(self.tr("Rename"), "accept", "primary")
        self.cancel_button = button(self.tr("Cancel"), "cancel")
        self.accept_button.clicked.connect(self._on_accept)
        self.cancel_button.clicked.connect(self.reject)
        self.name.returnPressed.connect(self._on_accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addWidget(label(title, "section"))
        column.addWidget(self.name)
        column.addWidget(self.words)
        column.addLayout(buttons(self.accept_button, self.cancel_button))
        self.name.selectAll()
        self._on_text()

    def _typed(self) -> str:
        return self.name.text().strip().removeprefix(self._kind.value)

    def _on_text(self) -> None:
        typed = self._typed()
        other = self._known.get(fold(typed))
        merges = other is not None and other.id != self._use.id
        possible = can_be_written(self._kind, typed) and typed != self._use.name
        self.accept_button.setEnabled(possible)
        self.accept_button.setText(self.tr("Merge") if merges else self.tr("Rename"))
        if merges and other is not None:
            text = self.tr(
                "The journal has {0} already, in {1}. The two become one; {2} are changed, and what"
                " they were is kept as an earlier text."
            )
            name = named(f"{self._kind.value}{other.name}")
            self._tell(
                text.format(name, entries_text(other.entries), entries_text(self._use.entries)),
                "warn",
            )
        elif possible:
            text = self.tr("{0} are changed, and what they were is kept as an earlier text.")
            self._tell(text.format(entries_text(self._use.entries)), "quiet")
        elif typed and typed != self._use.name:
            text = self.tr(
                "A name is one word of letters, digits and hyphens, with a letter in it."
            )
            self._tell(text, "warn")
        else:
            self._tell(self.tr("Type the new name."), "quiet")

    def _on_accept(self) -> None:
        if not self.accept_button.isEnabled():
            return
        for part in (self.accept_button, self.cancel_button, self.name):
            part.setEnabled(False)
        done: list[Renaming] = []
        kind, use, new, now = self._kind, self._use, self._typed(), self._session.now()

        def tell(tx: Transaction) -> Changes:
            changes, renaming = rename(tx, kind, use.id, use.name, new, now)
            done.append(renaming)
            return changes

        self._session.write(
            tell, owner=self, done=lambda _: self._on_done(done[0]), refused=self._on_refused
        )

    def _on_done(self, renaming: Renaming) -> None:
        self.accept()
        self.renamed.emit(renaming)

    def _on_refused(self, error: KotterError) -> None:
        for part in (self.accept_button, self.cancel_button, self.name):
            part.setEnabled(True)
        self._tell(error_sentence(error), "danger")

    def _tell(self, sentence: str, look: str) -> None:
        theme.mark(self.words, look)
        self.words.setText(sentence)
        fit_height(self, _WIDTH)
