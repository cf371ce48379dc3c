"""Segments: a choice of a few, all of them in sight."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from kotter_journal.gui import theme


class Segments(QFrame):
    """A row of buttons of which exactly one is on; ``chosen`` gives its key."""

    chosen = Signal(object)

    def __init__(
        self, choices: dict[object, str], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.mark(self, "segments")
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._keys = list(choices)
        for number, text in enumerate(choices.values()):
            button = QPushButton(text)
            button.setCheckable(True)
            theme.mark(button, "segment")
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._keys[number]))

    def set_current(self, key: object) -> None:
        """Switch the button of ``key`` on, without a signal; Tab then comes to it."""
        button = self._group.button(self._keys.index(key))
        button.setChecked(True)
        self.setFocusProxy(button)
