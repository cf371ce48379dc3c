"""ClosedPage: why the journal is not open, and what opens it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kotter_journal.domain.errors import (
    KeyTrouble,
    KeyUnavailable,
    KotterError,
    MistypedRecoveryKey,
    WrongPassphrase,
)
from kotter_journal.gui import theme
from kotter_journal.gui.card import label

_BY_RECOVERY_KEY = {
    KeyTrouble.DEVICE_SECRET_MISSING,
    KeyTrouble.DEVICE_SECRET_WRONG,
    KeyTrouble.RECOVERY_KEY_WRONG,
}


class ClosedPage(QFrame):
    """One sentence in the middle of the window, and the field that can help, if one can.

    ``asked`` carries a passphrase and a recovery key, of which one may be given and the other is
    empty; both are empty where trying again is all there is.
    """

    asked = Signal(str, str)

    def __init__(self, error: KotterError, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "page")
        trouble = error.trouble if isinstance(error, KeyUnavailable) else None
        self._by_key = trouble in _BY_RECOVERY_KEY or isinstance(error, MistypedRecoveryKey)
        by_words = isinstance(error, WrongPassphrase) or trouble is KeyTrouble.PASSPHRASE_NEEDED
        self._has_field = self._by_key or by_words
        self.field = QLineEdit()
        self.field.setObjectName("unlock")
        self.field.returnPressed.connect(self._on_asked)
        self.field.setVisible(self._has_field)
        words = label(sentence, "quiet", wrap=True)
        words.setObjectName("trouble")
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        theme.mark(self.button, "primary")
        self.button.clicked.connect(self._on_asked)
        self._other = QPushButton()
        theme.mark(self._other, "link")
        self._other.clicked.connect(self._on_other)
        self._other.setVisible(by_words or isinstance(error, MistypedRecoveryKey))
        self._lay_out(label(self.tr("The journal is not open"), "title"), words)
        self._show_kind()
        self.setFocusProxy(self.field if self._has_field else self.button)

    def _lay_out(self, *words: QWidget) -> None:
        column = QVBoxLayout()
        column.setSpacing(12)
        for part in (*words, self.field):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(self._other)
        row.addStretch(1)
        column.addLayout(row)
        middle = QWidget()
        middle.setLayout(column)
        middle.setFixedWidth(theme.px(440))
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def _show_kind(self) -> None:
        name = self.tr("Recovery key") if self._by_key else self.tr("Passphrase")
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        # A recovery key is copied from paper: one wants to see what one types.
        hidden = QLineEdit.EchoMode.Password
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if self._by_key else hidden)
        self.button.setText(self.tr("Unlock") if self._has_field else self.tr("Try again"))
        other = self.tr("Use the passphrase") if self._by_key else self.tr("Use the recovery key")
        self._other.setText(other)

    def _on_other(self) -> None:
        self._by_key = not self._by_key
        self.field.clear()
        self._show_kind()
        self.field.setFocus()

    def _on_asked(self) -> None:
        text = self.field.text()
        if self._has_field and not text:
            return
        self.setEnabled(False)
        self.asked.emit("" if self._by_key else text, text if self._by_key else "")
