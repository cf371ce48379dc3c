"""Notice: one sentence in the page with what can be done about it, instead of a dialog."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kotter_journal.gui import theme
from kotter_journal.gui.card import label


class Notice(QFrame):
    """Hidden until ``say``; it goes when its button was used, or when it is dismissed.

    A ``wide`` one has its buttons beside the words instead of below. ``gone`` follows its going.
    """

    gone = Signal()

    def __init__(self, parent: QWidget | None = None, *, wide: bool = False) -> None:
        super().__init__(parent)
        theme.mark(self, "warning")
        self.words: QLabel = label("", "quiet", wrap=True)
        self.button = QPushButton()
        self.dismissal = QPushButton(self.tr("Dismiss"))
        theme.mark(self.dismissal, "link")
        self._act: Callable[[], None] | None = None
        self._left: QWidget | None = None
        answers = QHBoxLayout()
        answers.setSpacing(6)
        answers.addWidget(self.button)
        answers.addWidget(self.dismissal)
        if wide:
            row = QHBoxLayout(self)
            row.setContentsMargins(14, 6, 8, 6)
            row.addWidget(self.words, 1)
            row.addLayout(answers)
        else:
            answers.addStretch(1)
            column = QVBoxLayout(self)
            column.setContentsMargins(12, 10, 12, 8)
            column.setSpacing(6)
            column.addWidget(self.words)
            column.addLayout(answers)
        self.button.clicked.connect(self._on_button)
        self.dismissal.clicked.connect(self.dismiss)
        self.hide()

    def say(self, sentence: str, answer: str = "", act: Callable[[], None] | None = None) -> None:
        """Show ``sentence`` and, with ``act``, a button named ``answer`` that does it."""
        self._act = act
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.button.setText(answer)
        self.button.setVisible(act is not None)
        self.dismissal.setText(self.tr("Leave it") if act else self.tr("Dismiss"))
        self.show()

    def take_focus(self, left: QWidget) -> None:
        """Let Enter press the button, Esc dismiss it, and either go back to ``left``."""
        self._left = left
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Hide it and do nothing."""
        self._act = None
        if self._left is not None and (self.button.hasFocus() or self.dismissal.hasFocus()):
            self._left.setFocus(Qt.FocusReason.OtherFocusReason)
        self._left = None
        self.hide()
        self.gone.emit()

    def _on_button(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses the button that has the focus, Esc dismisses."""
        pressed = next((b for b in (self.button, self.dismissal) if b.hasFocus()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and pressed is not None:
            pressed.click()
        else:
            super().keyPressEvent(event)
