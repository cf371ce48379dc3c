"""CommitmentRow: a promise, or what could become one, in a row of its card."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.section import button


class CommitmentRow(QFrame):
    """Words and facts. ``taken``: its one offer; ``menu_asked`` carries a point of the screen."""

    taken = Signal()
    menu_asked = Signal(object)

    def __init__(self, words: str, facts: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._words = name, words
        self.setObjectName(f"row {name}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{words}. {facts}")
        theme.mark(self, "task")
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(label(words, "strong", wrap=True))
        column.addWidget(label(facts, "meta", wrap=True))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 6, 6, 6)
        self._row.addLayout(column, 1)
        self.more_button = button("", f"more {name}", "link")
        self.more_button.setIcon(theme.icon("ellipsis"))
        self.more_button.setAccessibleName(self.tr("More about: {0}").format(words))
        self.more_button.clicked.connect(self._ask_menu)
        self._row.addWidget(self.more_button)

    def offer(self, text: str, *, enabled: bool) -> None:
        """A button beside the words."""
        made = button(text, f"take {self._name}", "link")
        made.setAccessibleName(f"{text}: {self._words}")
        made.setEnabled(enabled)
        made.clicked.connect(self.taken)
        self._row.insertWidget(1, made)

    def _ask_menu(self) -> None:
        corner = self.more_button.rect().bottomLeft()
        self.menu_asked.emit(self.more_button.mapToGlobal(corner))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter and the menu key open the menu."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            self._ask_menu()
        else:
            super().keyPressEvent(event)
