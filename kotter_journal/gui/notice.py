"""Notice: one sentence in the page with what can be done about it, instead of a dialog."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from kotter_journal.gui import theme
from kotter_journal.gui.card import label

Answer = tuple[str, Callable[[], None]]
"""The words of a button, and what it does."""


class Notice(QFrame):
    """Hidden until ``say``; it goes when a button of it was used, or when it is dismissed.

    A ``wide`` one has its buttons beside the words instead of below, as long as they are few.
    ``gone`` follows its going.
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
        self._others: list[QPushButton] = []
        self._more = QHBoxLayout()
        self._more.setSpacing(6)
        answers = QHBoxLayout()
        answers.setSpacing(6)
        answers.addWidget(self.button)
        answers.addLayout(self._more)
        answers.addWidget(self.dismissal)
        answers.addStretch(1)
        self._is_wide = wide
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(*((14, 6, 8, 6) if wide else (12, 10, 12, 8)))
        self._box.setSpacing(6)
        self._box.addWidget(self.words, 1)
        self._box.addLayout(answers)
        self.button.clicked.connect(self._on_button)
        self.dismissal.clicked.connect(self.dismiss)
        self.hide()

    def say(
        self,
        sentence: str,
        answer: str = "",
        act: Callable[[], None] | None = None,
        more: Sequence[Answer] = (),
    ) -> None:
        """Show ``sentence`` and, with ``act``, a button named ``answer`` that does it.

        ``more`` are further buttons.
        """
        self._act = act
        self._show_more(more)
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

    @property
    def answers(self) -> list[QPushButton]:
        """Every button that does something, the first one first."""
        return [self.button, *self._others]

    def _show_more(self, more: Sequence[Answer]) -> None:
        beside = self._is_wide and not more
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        for one in self._others:
            self._more.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._others.clear()
        for words, act in more:
            made = QPushButton(words)
            made.clicked.connect(partial(self._on_other, act))
            self._more.addWidget(made)
            self._others.append(made)

    def _on_other(self, act: Callable[[], None]) -> None:
        self.dismiss()
        act()

    def _on_button(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses the button that has the focus, Esc dismisses."""
        pressed = next((b for b in (*self.answers, self.dismissal) if b.hasFocus()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and pressed is not None:
            pressed.click()
        else:
            super().keyPressEvent(event)
