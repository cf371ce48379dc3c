"""HowDialog: how a figure is computed, with the numbers put in."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kotter_journal.gui.card import label
from kotter_journal.gui.section import button, buttons, fit_height

_WIDTH = 560


class HowDialog(QDialog):
    """``entries_asked``: somebody wants to see the entries behind the figure."""

    entries_asked = Signal()

    def __init__(self, title: str, sentences: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How is this computed?"))
        self.sentences = tuple(sentences)
        self.entries_button = button(self.tr("Show the entries"), "show_entries")
        self.close_button = button(self.tr("Close"), "close", "primary")
        self.entries_button.clicked.connect(self._on_entries)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(label(title, "section"))
        for sentence in sentences:
            column.addWidget(label(_kept_together(sentence), "quiet", wrap=True))
        column.addLayout(buttons(self.close_button, self.entries_button))
        self.close_button.setFocus()
        fit_height(self, _WIDTH)

    def _on_entries(self) -> None:
        self.accept()
        self.entries_asked.emit()


def _kept_together(sentence: str) -> str:
    """No line ends between a number and its unit."""
    return re.sub(r"(?<=\d) (?=[hm%])", "\u00a0", sentence)
