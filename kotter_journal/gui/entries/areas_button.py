"""AreasButton: the areas to which an entry belongs, and a menu of those there are."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from kotter_journal.domain.entries import EntryId
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.areas import set_areas


class AreasButton(QPushButton):
    """``chosen`` carries the names as they are to be; ``page_asked``: show where areas are made."""

    chosen = Signal(object)
    page_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("areas")
        self._names: tuple[str, ...] = ()
        self._known: tuple[str, ...] = ()
        self.clicked.connect(self._open)

    def show_areas(self, names: Sequence[str], known: Sequence[str]) -> None:
        """Show the areas of an entry; ``known`` are those that can be chosen."""
        self._names, self._known = tuple(names), tuple(known)
        words = ", ".join(names) or self.tr("None")
        self.setText(words if len(words) <= 24 else words[:23] + "…")
        self.setAccessibleName(self.tr("Areas: {0}").format(words))
        self.setToolTip(words if names else self.tr("The areas to which this entry belongs"))

    def made_menu(self) -> QMenu:
        """The menu; it goes when it closes."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for name in dict.fromkeys((*self._known, *self._names)):
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(name in self._names)
            action.triggered.connect(lambda on, name=name: self._toggle(name, on=on))
        if self._known or self._names:
            menu.addSeparator()
        menu.addAction(self.tr("Areas…"), self.page_asked.emit)
        return menu

    def _open(self) -> None:
        self.made_menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _toggle(self, name: str, *, on: bool) -> None:
        rest = [one for one in self._names if one != name]
        self.chosen.emit([*rest, name] if on else rest)


class SetAreas(QUndoCommand):
    """Which areas an entry belongs to, as a step that can be undone."""

    def __init__(
        self,
        session: JournalSession,
        entry_id: EntryId,
        before: Sequence[str],
        after: Sequence[str],
        words: str,
    ) -> None:
        super().__init__(words)
        self._session, self._entry_id = session, entry_id
        self._before, self._after = tuple(before), tuple(after)

    def _set(self, names: tuple[str, ...]) -> None:
        session, entry_id = self._session, self._entry_id
        session.write(lambda tx: set_areas(tx, entry_id, names, session.now())[0], owner=session)

    # Qt overrides

    def redo(self) -> None:
        """Belong to the areas as chosen."""
        self._set(self._after)

    def undo(self) -> None:
        """Belong to those from before."""
        self._set(self._before)
