"""Backlinks: which entries lead to the open one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import Entry, EntrySummary
from kotter_journal.domain.sentences import date_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.entry_words import untitled
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage.links import linking_to

_SHOWN = 3


class Backlinks(QWidget):
    """One quiet line below the text; hidden where nothing leads here. ``chosen``: an entry's id."""

    chosen = Signal(str)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry: Entry | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self.links: list[QPushButton] = []
        self.hide()
        session.changed.connect(self._on_changed)

    def show_entry(self, entry: Entry | None) -> None:
        """Look for what leads to an entry."""
        self._entry = entry
        if entry is None:
            self._show([])
            return
        self._session.run(
            lambda tx: linking_to(tx, entry), owner=self, done=self._show, latest="backlinks"
        )

    def _show(self, found: list[EntrySummary]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.links = []
        if found:
            self._row.addWidget(label(self.tr("Linked from"), "meta"))
            for one in found[:_SHOWN]:
                self._row.addWidget(self._link(one))
            if len(found) > _SHOWN:
                more = self.tr("and {0} more").format(len(found) - _SHOWN)
                self._row.addWidget(label(more, "meta"))
            self._row.addStretch(1)
        self.setVisible(bool(found))

    def _link(self, one: EntrySummary) -> QPushButton:
        text = (one.heading or untitled())[:40]
        made = QPushButton(f"{text} ({date_text(one.on)})")
        theme.mark(made, "link")
        made.clicked.connect(lambda: self.chosen.emit(one.id))
        self.links.append(made)
        return made

    def _on_changed(self, changes: Changes) -> None:
        if self._entry is not None and changes.entries and self.window().isVisible():
            self.show_entry(self._entry)
