"""StepStrip: where a review is, and every step one click away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from kotter_journal.gui import theme


class StepStrip(QWidget):
    """``chosen`` carries the rank of a step (0..)."""

    chosen = Signal(int)

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for rank, name in enumerate(names):
            made = QPushButton(name)
            made.setCheckable(True)
            self._group.addButton(made, rank)
            row.addWidget(made, 1)
        self._group.idClicked.connect(self.chosen)
        self._names = names

    def show_step(self, rank: int) -> None:
        """Mark a step as the present one, and those before it as passed."""
        for button in self._group.buttons():
            own = self._group.id(button)
            button.setChecked(own == rank)
            theme.mark(button, "step-passed" if own <= rank else "step-ahead")
            words = self.tr("Step {0} of {1}: {2}")
            button.setAccessibleName(words.format(own + 1, len(self._names), self._names[own]))
