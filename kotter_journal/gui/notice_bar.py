"""NoticeBar: what the window has to tell about the journal as a whole, until it is dealt with."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kotter_journal.gui.job_row import JobRow
from kotter_journal.gui.notice import Answer, Notice


class NoticeBar(QWidget):
    """Rows under the top bar, one for each name; hidden while there is nothing to tell.

    ``job_row`` below them shows how far something is that was asked for there.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, Notice] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 16, 10)
        self._column.setSpacing(8)
        self.job_row = JobRow(self)
        self._column.addWidget(self.job_row)
        self.job_row.installEventFilter(self)
        self.hide()

    def tell(
        self,
        name: str,
        sentence: str,
        answer: str = "",
        act: Callable[[], None] | None = None,
        more: Sequence[Answer] = (),
    ) -> None:
        """Say ``sentence`` in the row called ``name``, with buttons for ``act`` and ``more``."""
        row = self._rows.get(name)
        if row is None:
            row = self._rows[name] = Notice(self, wide=True)
            row.setObjectName(f"notice_{name}")
            row.gone.connect(self.show_if_needed)
            self._column.insertWidget(len(self._rows) - 1, row)
        row.say(sentence, answer, act, more)
        self.show_if_needed()

    def dismiss(self, name: str) -> None:
        """What the row called ``name`` said is no longer so."""
        if name in self._rows:
            self._rows[name].dismiss()

    def text(self, name: str) -> str:
        """What the row called ``name`` says; empty while it says nothing."""
        row = self._rows.get(name)
        return "" if row is None or row.isHidden() else row.words.text()

    def row(self, name: str) -> Notice:
        """The row called ``name``, which says something or has said it. Raises KeyError."""
        return self._rows[name]

    def show_if_needed(self) -> None:
        """Show the bar where a row has something to say, or something is under way."""
        rows = (self.job_row, *self._rows.values())
        self.setVisible(any(not row.isHidden() for row in rows))

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the row of a job, which shows and hides itself."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.show_if_needed()
        return super().eventFilter(watched, event)
