"""ClosedPage: why no journal is in the window, and what opens it."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QCoreApplication, Qt, Signal
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
from kotter_journal.gui.job_row import JobRow

_WIDTH = 440
_BY_RECOVERY_KEY = {
    KeyTrouble.DEVICE_SECRET_MISSING,
    KeyTrouble.DEVICE_SECRET_WRONG,
    KeyTrouble.RECOVERY_KEY_WRONG,
}


class Opener(Enum):
    """What opens a journal from the page."""

    NOTHING = "nothing"  # it can be tried again
    PASSPHRASE = "passphrase"  # noqa: S105
    RECOVERY_KEY = "recovery_key"


class ClosedPage(QFrame):
    """A title, a sentence in the middle of the window, and the field that can help, if one can.

    ``asked`` carries a passphrase and a recovery key, of which one may be given and the other is
    empty; both are empty where trying again is all there is. ``offer`` adds other ways out.
    """

    asked = Signal(str, str)

    def __init__(
        self,
        title: str,
        sentence: str,
        opener: Opener,
        *,
        both_keys: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``both_keys``: passphrase and recovery key may be exchanged for one another."""
        super().__init__(parent)
        theme.mark(self, "page")
        self._opener = opener
        self.field = QLineEdit()
        self.field.setObjectName("unlock")
        self.field.returnPressed.connect(self._on_asked)
        self.words = label(sentence, "quiet", wrap=True)
        self.words.setObjectName("trouble")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setVisible(bool(sentence))
        self.button = QPushButton()
        theme.mark(self.button, "primary")
        self.button.clicked.connect(self._on_asked)
        self._other = QPushButton()
        theme.mark(self._other, "link")
        self._other.clicked.connect(self._on_other)
        self.job_row = JobRow()
        self._offers = QVBoxLayout()
        self._offers.setSpacing(4)
        self._lay_out(label(title, "title", wrap=True))
        self._other.setVisible(both_keys)
        self._show_kind()
        self.setFocusProxy(self.button if opener is Opener.NOTHING else self.field)

    def name_button(self, text: str) -> None:
        """Call what the button does by another name."""
        self.button.setText(text)

    def offer(self, text: str, act: Callable[[], None]) -> QPushButton:
        """Another way out, below the button."""
        way = QPushButton(text)
        way.clicked.connect(act)
        self._offers.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        return way

    def tell(self, sentence: str) -> None:
        """Say something else instead, such as what came of an offer."""
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))

    def _lay_out(self, title: QWidget) -> None:
        column = QVBoxLayout()
        column.setSpacing(12)
        for part in (title, self.words, self.field):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(self._other)
        row.addStretch(1)
        column.addLayout(row)
        column.addLayout(self._offers)
        column.addWidget(self.job_row)
        middle = QWidget()
        middle.setLayout(column)
        middle.setFixedWidth(theme.px(_WIDTH))
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def _show_kind(self) -> None:
        by_key = self._opener is Opener.RECOVERY_KEY
        has_field = self._opener is not Opener.NOTHING
        name = self.tr("Recovery key") if by_key else self.tr("Passphrase")
        self.field.setVisible(has_field)
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        # A recovery key is copied from paper: one wants to see what one types.
        hidden = QLineEdit.EchoMode.Password
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if by_key else hidden)
        self.button.setText(self.tr("Unlock") if has_field else self.tr("Try again"))
        other = self.tr("Use the passphrase") if by_key else self.tr("Use the recovery key")
        self._other.setText(other)

    def _on_other(self) -> None:
        by_key = self._opener is Opener.RECOVERY_KEY
        self._opener = Opener.PASSPHRASE if by_key else Opener.RECOVERY_KEY
        self.field.clear()
        self._show_kind()
        self.field.setFocus()

    def _on_asked(self) -> None:
        text = self.field.text()
        if self._opener is not Opener.NOTHING and not text:
            return
        # Kept nowhere but in the one call.
        self.field.clear()
        self.setEnabled(False)
        self.button.setText(self.tr("Opening…"))
        by_key = self._opener is Opener.RECOVERY_KEY
        self.asked.emit("" if by_key else text, text if by_key else "")


def locked_page(*, has_passphrase: bool) -> ClosedPage:
    """The page of a journal that was locked; it tells nothing of what is in it."""
    title = QCoreApplication.translate("closed_page", "Kotter Journal is locked")
    if has_passphrase:
        return ClosedPage(title, "", Opener.PASSPHRASE, both_keys=True)
    words = QCoreApplication.translate(
        "closed_page",
        "The journal has no passphrase: locking hides it, and anybody at this computer can open it."
        " You can set a passphrase in the settings.",
    )
    page = ClosedPage(title, words, Opener.NOTHING)
    page.name_button(QCoreApplication.translate("closed_page", "Open"))
    return page


def page_for(error: KotterError, sentence: str, *, title: str) -> ClosedPage:
    """The page that says why a journal did not open, with what opens it."""
    trouble = error.trouble if isinstance(error, KeyUnavailable) else None
    mistyped = isinstance(error, MistypedRecoveryKey)
    if trouble in _BY_RECOVERY_KEY or mistyped:
        return ClosedPage(title, sentence, Opener.RECOVERY_KEY, both_keys=mistyped)
    if isinstance(error, WrongPassphrase) or trouble is KeyTrouble.PASSPHRASE_NEEDED:
        return ClosedPage(title, sentence, Opener.PASSPHRASE, both_keys=True)
    return ClosedPage(title, sentence, Opener.NOTHING)
