"""ClosedPage: why no journal is in the window, and what opens it."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kotter_journal.domain.errors import (
    KeyTrouble,
    KeyUnavailable,
    KotterError,
    MistypedRecoveryKey,
    WrongPassphrase,
)
from kotter_journal.gui import theme
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.job_row import JobRow

_NARROW, _WIDE = 360, 480
_BY_RECOVERY_KEY = {KeyTrouble.DEVICE_SECRET_MISSING, KeyTrouble.DEVICE_SECRET_WRONG}
_BY_WHAT_WAS_TYPED = {
    KeyTrouble.RECOVERY_KEY_WRONG,
    KeyTrouble.RECOVERY_KEY_NONE,
    KeyTrouble.OUT_OF_MEMORY,
}


class Opener(Enum):
    """What opens a journal from the page."""

    NOBODY = "nobody"  # it only tells
    NOTHING = "nothing"  # it can be tried again
    PASSPHRASE = "passphrase"  # noqa: S105
    RECOVERY_KEY = "recovery_key"


class ClosedPage(QFrame):
    """A card in the middle of the window: a title, a sentence, and what can help, if anything can.

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
        self._button_text = ""
        self.field = QLineEdit()
        self.field.setObjectName("unlock")
        self.field.returnPressed.connect(self._on_asked)
        self.title = label(title, "heading", wrap=True)
        self.words = label(sentence, "quiet", wrap=True)
        self.words.setObjectName("trouble")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        theme.mark(self.button, "primary")
        self.button.clicked.connect(self._on_asked)
        self._other = QPushButton()
        theme.mark(self._other, "link")
        self._other.clicked.connect(self._on_other)
        self.job_row = JobRow()
        self._offers = QVBoxLayout()
        self._offers.setSpacing(4)
        self._card = Card()
        self._lay_out()
        # Only now: a widget without a parent would show as a window.
        self.words.setVisible(bool(sentence))
        self._other.setVisible(both_keys)
        self._show_kind()
        self.setFocusProxy(self.field if self._has_field else self.button)

    def name_button(self, text: str) -> None:
        """Call what the button does by another name."""
        self._button_text = text
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
        self._card.setFixedWidth(self._width)

    def refuse(self, error: KotterError, sentence: str) -> None:
        """Say that what was typed does not open the journal, and take it again."""
        self.setEnabled(True)
        self._show_kind()
        theme.mark(self.words, "danger")
        self.tell(_refusal(error, sentence))
        # Read out as the keyboard comes to the field.
        self.field.setAccessibleDescription(self.words.text())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def answers(self, error: KotterError) -> bool:
        """Whether the error is about what was typed here, so that it can be typed again."""
        if not self._has_field:
            return False
        trouble = error.trouble if isinstance(error, KeyUnavailable) else None
        return (
            isinstance(error, WrongPassphrase | MistypedRecoveryKey)
            or trouble in _BY_WHAT_WAS_TYPED
        )

    @property
    def _has_field(self) -> bool:
        return self._opener in (Opener.PASSPHRASE, Opener.RECOVERY_KEY)

    @property
    def _width(self) -> int:
        # A path, which only the other sentences name, wants room.
        is_short = self._has_field and len(self.words.text()) < 160
        return theme.px(_NARROW if is_short or not self.words.text() else _WIDE)

    def _lay_out(self) -> None:
        column = self._card.body
        column.setContentsMargins(28, 26, 28, 26)
        for part in (self.title, self.words, self.field):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self._other)
        row.addStretch(1)
        column.addLayout(row)
        column.addLayout(self._offers)
        column.addWidget(self.job_row)
        self._card.setFixedWidth(self._width)
        # Not by alignment: that takes the height which the sentence has on one line.
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._card)
        line.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(line)
        outer.addStretch(3)

    def _show_kind(self) -> None:
        by_key = self._opener is Opener.RECOVERY_KEY
        name = self.tr("Recovery key") if by_key else self.tr("Passphrase")
        self.field.setVisible(self._has_field)
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        # A recovery key is copied from paper: one wants to see what one types.
        hidden = QLineEdit.EchoMode.Password
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if by_key else hidden)
        usual = self.tr("Unlock") if self._has_field else self.tr("Try again")
        self.button.setText(self._button_text or usual)
        self.button.setVisible(self._opener is not Opener.NOBODY)
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
        if self._has_field and not text:
            return
        # Kept nowhere but in the one call.
        self.field.clear()
        self.setEnabled(False)
        self.button.setText(self.tr("Opening…"))
        by_key = self._opener is Opener.RECOVERY_KEY
        self.asked.emit("" if by_key else text, text if by_key else "")

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses the button that has the focus, as in a dialog."""
        focused = self.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(focused, QPushButton) and focused.hasFocus():
            focused.click()
        else:
            super().keyPressEvent(event)


def locked_page(*, has_passphrase: bool) -> ClosedPage:
    """The page of a journal that was locked; it tells nothing of what is in it."""
    title = _tr("Kotter Journal is locked")
    if has_passphrase:
        return ClosedPage(title, "", Opener.PASSPHRASE, both_keys=True)
    words = _tr(
        "The journal has no passphrase: locking hides it, and anybody at this computer can open it."
        " You can set a passphrase in the settings."
    )
    page = ClosedPage(title, words, Opener.NOTHING)
    page.name_button(_tr("Open"))
    return page


def page_for(error: KotterError, sentence: str) -> ClosedPage:
    """The page that says why a journal did not open, with what opens it."""
    trouble = error.trouble if isinstance(error, KeyUnavailable) else None
    if isinstance(error, WrongPassphrase) or trouble is KeyTrouble.PASSPHRASE_NEEDED:
        return locked_page(has_passphrase=True)
    by_key = trouble in _BY_RECOVERY_KEY or isinstance(error, MistypedRecoveryKey)
    opener = Opener.RECOVERY_KEY if by_key else Opener.NOTHING
    return ClosedPage(_tr("The journal is not open"), sentence, opener)


def _refusal(error: KotterError, sentence: str) -> str:
    """On a page that anybody may look at, even the folder of the journal is not named."""
    if isinstance(error, WrongPassphrase):
        return _tr("This passphrase does not open the journal, and nothing was changed.")
    return sentence


def _tr(text: str) -> str:
    return QCoreApplication.translate("closed_page", text)
