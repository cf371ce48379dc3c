"""SavedSearches: the button beside the search that keeps searches and brings them back."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from kotter_journal.domain.errors import KotterError
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.section import button, buttons, fit_height
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.saved_searches import drop_search, save_search
from kotter_journal.storage.saved_searches import SavedSearch, saved_searches

_WIDTH = 400


class SavedSearches(QToolButton):
    """Opens a menu of what was saved; ``chosen`` carries a search as it was typed."""

    chosen = Signal(str)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._text = ""
        self.setObjectName("saved_searches")
        self.setIcon(theme.icon("star"))
        self.setToolTip(self.tr("Saved searches"))
        self.setAccessibleName(self.tr("Saved searches"))
        self.clicked.connect(self._open)

    def offer_to_save(self, text: str) -> None:
        """What is typed at the moment."""
        self._text = text.strip()

    def made_menu(self) -> QMenu:
        """What was saved, and what can be done with it; it goes when it closes."""
        menu = QMenu(self)
        try:
            found = self._session.read(saved_searches)
        except KotterError as error:
            self._session.failed.emit(error)
            found = []
        for one in found:
            menu.addAction(one.name, partial(self.chosen.emit, one.query)).setToolTip(one.query)
        if not found:
            menu.addAction(self.tr("No search is saved yet")).setEnabled(False)
        menu.addSeparator()
        save = menu.addAction(self.tr("Save this search…"), self._ask_name)
        save.setEnabled(bool(self._text) and not self._session.read_only)
        if found and not self._session.read_only:
            removing = menu.addMenu(self.tr("Remove"))
            for one in found:
                removing.addAction(one.name, partial(self.remove, one))
        return menu

    def save(self, name: str) -> None:
        """Keep what is typed under a name."""
        text, now = self._text, self._session.now()
        self._session.write(lambda tx: save_search(tx, name, text, now), owner=self)

    def remove(self, one: SavedSearch) -> None:
        """Let a saved search go."""
        now = self._session.now()
        self._session.write(lambda tx: drop_search(tx, one.id, now), owner=self)

    def _open(self) -> None:
        menu = self.made_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _ask_name(self) -> None:
        dialog = NameDialog(self._text, self.window())
        dialog.named.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class NameDialog(QDialog):
    """Asks for the name of a search. ``named`` carries it."""

    named = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save this search"))
        self.name = QLineEdit(text[:80])
        self.name.setMaxLength(80)
        self.name.setAccessibleName(self.tr("Name"))
        self.name.selectAll()
        self.accept_button = button(self.tr("Save"), "accept", "primary")
        cancel = button(self.tr("Cancel"), "cancel")
        self.name.textChanged.connect(
            lambda typed: self.accept_button.setEnabled(bool(typed.strip()))
        )
        self.name.returnPressed.connect(self._on_accept)
        self.accept_button.clicked.connect(self._on_accept)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Save this search"), "section"))
        column.addWidget(label(text, "quiet", wrap=True))
        column.addWidget(self.name)
        column.addLayout(buttons(self.accept_button, cancel))
        fit_height(self, _WIDTH)

    def _on_accept(self) -> None:
        if self.name.text().strip():
            self.accept()
            self.named.emit(self.name.text())
