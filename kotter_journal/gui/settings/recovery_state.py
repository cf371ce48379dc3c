"""RecoveryState: whether the recovery key was ever kept, and the way to it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import date_text, error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.section import button, buttons
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.recovery_dialog import RecoveryDialog
from kotter_journal.services import keys
from kotter_journal.storage.recovery_key import RecoveryKey


class RecoveryState(QWidget):
    """Stands wherever somebody thinks of losing the journal: with the keys and the backups."""

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.words = label("", "quiet", wrap=True)
        self.words.setObjectName("recovery_state")
        self.show_button = button(self.tr("Show the recovery key…"), "show_recovery_key")
        self.new_button = button(self.tr("Make another…"), "new_recovery_key")
        self.show_button.clicked.connect(self.show_key)
        self.new_button.clicked.connect(self._on_new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addLayout(buttons(self.show_button, self.new_button))
        self.refresh()
        session.keys_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Say what holds now."""
        facts = self._session.journal.vault.facts
        saved = facts.recovery_saved_at
        writable = not self._session.read_only
        self.show_button.setVisible(facts.recovery and saved is None and writable)
        self.new_button.setVisible((saved is not None or not facts.recovery) and writable)
        if saved is not None:
            local = saved.astimezone(self._session.now().tzinfo).date()
            sentence = self.tr("You said on {0} that you keep the recovery key.")
            text = sentence.format(date_text(local))
        elif facts.recovery:
            text = self.tr(
                "The recovery key was never kept. If the passphrase is forgotten or this computer"
                " is lost, the journal and its backups cannot be opened without it."
            )
            if not facts.passphrase:
                text = self.tr(
                    "The recovery key was never kept. If this computer is lost, the journal and its"
                    " backups cannot be opened without it."
                )
        else:
            text = self.tr("The journal has no recovery key.")
        theme.mark(self.words, "quiet" if saved is not None else "warn")
        self.words.setText(text)

    def show_key(self) -> None:
        """Show the key, as long as nobody has said that it is kept."""
        key = keys.unsaved_recovery_key(self._session.journal)
        if key is not None:
            self._open(key)

    def _on_new(self) -> None:
        """The one before is replaced only after somebody has read what that means."""
        if self.new_button.property("asked"):
            self.new_button.setProperty("asked", False)
            self.new_button.setText(self.tr("Make another…"))
            self._session.write_keys(
                keys.new_recovery_key, owner=self, done=self._open, refused=self._on_refused
            )
            return
        self.new_button.setProperty("asked", True)
        self.new_button.setText(self.tr("Make another and let the old one go"))
        theme.mark(self.words, "warn")
        self.words.setText(
            self.tr(
                "With another key, the one you keep no longer opens this journal; it still opens"
                " backups made before today."
            )
        )

    def _open(self, key: RecoveryKey) -> None:
        dialog = RecoveryDialog(self._session, key, self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_refused(self, error: KotterError) -> None:
        theme.mark(self.words, "danger")
        self.words.setText(error_sentence(error))
