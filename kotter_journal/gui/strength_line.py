"""StrengthLine: what a passphrase is worth, below the field in which it is typed."""

import importlib
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kotter_journal.gui.card import label

_REST_MS = 250
Ask = Callable[[Callable[[], str], Callable[[str], None]], None]
"""Does the first on a worker and tells its answer to the second."""


class StrengthLine(QWidget):
    """A sentence that follows what is typed, after a short rest; empty for an empty field."""

    def __init__(self, field: QLineEdit, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._ask = ask
        self.words = label("", "meta", wrap=True)
        self.words.setObjectName("strength")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._estimate)
        field.textChanged.connect(self._on_text)

    def _on_text(self, text: str) -> None:
        if text:
            self._rest.start()
        else:
            self._rest.stop()
            self.words.clear()

    def _estimate(self) -> None:
        typed = self._field.text()
        self._ask(lambda: _sentence(typed), lambda sentence: self._show(typed, sentence))

    def _show(self, typed: str, sentence: str) -> None:
        if typed == self._field.text():
            self.words.setText(sentence)


def _sentence(passphrase: str) -> str:
    # Its lists of words are large, and needed only here.
    strength = importlib.import_module("kotter_journal.services.passphrase_strength")
    sentences = importlib.import_module("kotter_journal.domain.sentences")
    sentence: str = sentences.strength_sentence(strength.estimate_strength(passphrase))
    return sentence
