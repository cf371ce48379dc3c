"""CaptionDialog: one's own sentence to a chart."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kotter_journal.gui.card import label
from kotter_journal.gui.plain_text import PlainText
from kotter_journal.gui.section import button, buttons, fit_height

_WIDTH, _LONGEST = 480, 500
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CaptionDialog(QDialog):
    """``said`` carries the sentence; empty for none."""

    said = Signal(str)

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Your own sentence"))
        self.text = PlainText(self.tr("Your own sentence to: {0}").format(title), 3)
        self.text.setPlainText(text)
        self.text.selectAll()
        keep = button(self.tr("Keep"), "keep", "primary")
        cancel = button(self.tr("Cancel"), "cancel")
        keep.clicked.connect(self._on_keep)
        cancel.clicked.connect(self.reject)
        self.text.textChanged.connect(
            lambda: keep.setEnabled(len(" ".join(self.text.words.split())) <= _LONGEST)
        )
        words = self.tr(
            "What this chart shows, in your own words. It belongs to this period, and stands on"
            " every picture of it."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addWidget(label(title, "section"))
        column.addWidget(label(words, "quiet", wrap=True))
        column.addWidget(self.text)
        column.addLayout(buttons(keep, cancel))
        self._keep = keep
        fit_height(self, _WIDTH)
        self.text.setFocus()

    def _on_keep(self) -> None:
        self.accept()
        self.said.emit(self.text.words)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+Enter keeps it."""
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in _ENTER and with_control and self._keep.isEnabled():
            self._on_keep()
        else:
            super().keyPressEvent(event)
