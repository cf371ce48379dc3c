"""Empty card: what to do where a period has no entries."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from kotter_journal.gui.card import Card, label


class EmptyCard(Card):
    """``last_wanted``: the last period that has entries."""

    last_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._words = label("", "quiet", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = label(self.tr("Nothing logged in this period"), "section")
        self._back = QPushButton(self.tr("Show the last period with entries"))
        self._back.clicked.connect(self.last_wanted)
        self.body.setContentsMargins(40, 56, 40, 56)
        self.body.addWidget(title, 0, Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._words)
        self.body.addWidget(self._back, 0, Qt.AlignmentFlag.AlignCenter)

    def offer_last(self, *, some: bool) -> None:
        """Say where to go; ``some`` tells whether there are entries at another time."""
        self._words.setText(
            self.tr("Write what you did on Today and give it minutes. It shows up here at once.")
        )
        self._back.setVisible(some)
