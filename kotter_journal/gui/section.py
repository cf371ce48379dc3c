"""Section: one subject of a page, as a column of cards."""

from typing import TypeVar

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kotter_journal.gui import theme
from kotter_journal.gui.card import Card

W = TypeVar("W", bound=QWidget)


class Section(QWidget):
    """Starts empty; ``add_card`` adds the cards from top to bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)

    def add_card(self, title: str) -> Card:
        """A card with a title, below those there are."""
        return self.add(Card(title))

    def add(self, part: W) -> W:
        """Something below what there is."""
        self._column.addWidget(part)
        return part


def fit_height(dialog: QDialog, width: int) -> None:
    """Make a dialog so many pixels wide, and as high as its words then need."""
    wide = theme.px(width)
    dialog.setFixedWidth(wide)
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        by_width = layout.totalHeightForWidth(wide)  # -1 where nothing in it wraps
        dialog.setFixedHeight(by_width if by_width >= 0 else layout.totalSizeHint().height())


def buttons(*row: QPushButton) -> QHBoxLayout:
    """Buttons beside one another, at the beginning of the line."""
    line = QHBoxLayout()
    line.setSpacing(8)
    for button in row:
        line.addWidget(button)
    line.addStretch(1)
    return line


def button(text: str, name: str, look: str = "") -> QPushButton:
    """A button with an object name, in one of the looks of the style sheet."""
    made = QPushButton(text)
    made.setObjectName(name)
    # In a dialog, Enter would press whichever such button comes first.
    made.setAutoDefault(False)
    if look:
        theme.mark(made, look)
    return made
