"""ChoiceRow: a few answers beside one another, of which at most one holds."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from kotter_journal.gui import theme

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _Chip(QPushButton):
    """Leaves left and right to its row; in a group Qt would only move the focus."""

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space chooses."""
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class ChoiceRow(QWidget):
    """Left and right go from one answer to the next; ``chosen`` follows each change by hand."""

    chosen = Signal()

    def __init__(
        self,
        name: str,
        answers: Sequence[tuple[object, str]],
        value: object = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._values = [one for one, _ in answers]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for rank, (_, text) in enumerate(answers):
            chip = _Chip(text)
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setAccessibleName(f"{name}: {text}")
            theme.mark(chip, "chip")
            self._group.addButton(chip, rank)
            row.addWidget(chip)
        row.addStretch(1)
        self.set_value(value)
        self._group.idClicked.connect(lambda _: self.chosen.emit())

    @property
    def value(self) -> object:
        """The answer that holds; None for none."""
        rank = self._group.checkedId()
        return self._values[rank] if rank >= 0 else None

    def set_value(self, value: object) -> None:
        """Let this answer hold."""
        for rank, one in enumerate(self._values):
            self._group.button(rank).setChecked(one == value)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Left and right walk."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        if self.isRightToLeft():
            step = -step
        caret = self.focusWidget()
        here = self._group.id(caret) if isinstance(caret, QPushButton) else -1
        rank = max(0, min(len(self._values) - 1, here + step))
        self._group.button(rank).setChecked(True)
        self._group.button(rank).setFocus()
        self.chosen.emit()
