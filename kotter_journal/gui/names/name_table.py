"""NameTable: every tag or person with how often and when it was named last."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from kotter_journal.domain.entries import fold
from kotter_journal.domain.invisible import named
from kotter_journal.domain.naming import NameKind
from kotter_journal.domain.sentences import date_text
from kotter_journal.gui import theme
from kotter_journal.storage.names import NameUse

Index = QModelIndex | QPersistentModelIndex
NAME, ENTRIES, LAST, ALIAS, RELATION = range(5)
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDTHS = {NAME: 170, ENTRIES: 84, LAST: 150, ALIAS: 110}


class NameModel(QAbstractTableModel):
    """One row a name; people have two columns more."""

    def __init__(self, kind: NameKind) -> None:
        super().__init__()
        self._kind = kind
        self.uses: Sequence[NameUse] = ()

    def set_uses(self, uses: Sequence[NameUse]) -> None:
        """Show these."""
        self.beginResetModel()
        self.uses = uses
        self.endResetModel()

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """How many names there are."""
        return 0 if parent.isValid() else len(self.uses)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Name, entries, last use; of a person alias and relation as well."""
        if parent.isValid():
            return 0
        return RELATION + 1 if self._kind is NameKind.PERSON else LAST + 1

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        name = self.tr("Person") if self._kind is NameKind.PERSON else self.tr("Tag")
        last = (self.tr("Last named"), self.tr("Alias"), self.tr("Relation"))
        return (name, self.tr("Entries"), *last)[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, and what it is sorted by."""
        if not index.isValid() or index.row() >= len(self.uses):
            return None
        use, column = self.uses[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            last = date_text(use.last_on) if use.last_on else ""
            words = (
                f"{self._kind.value}{use.name}",
                f"{use.entries:,}",
                last,
                use.alias,
                use.relation,
            )
            return named(words[column])
        if role == SORT_ROLE:
            last_day = use.last_on.toordinal() if use.last_on else 0
            alias, relation = fold(use.alias), fold(use.relation)
            return (fold(use.name), use.entries, last_day, alias, relation)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column == ENTRIES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class NameTable(QTableView):
    """Sorted by any column, filtered by what is typed elsewhere. ``entered``: Enter on a row."""

    entered = Signal()
    chosen_changed = Signal()

    def __init__(self, kind: NameKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = NameModel(kind)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self.names)
        self._shown.setSortRole(SORT_ROLE)
        self._shown.setFilterKeyColumn(-1)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._shown)
        self.setObjectName("names")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setSortingEnabled(True)
        self.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, theme.px(width))
        self.doubleClicked.connect(lambda _: self.entered.emit())
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen_changed.emit())

    def show_uses(self, uses: Sequence[NameUse]) -> None:
        """Show these; the same name stays chosen where it is still there."""
        before = self.chosen()
        self.names.set_uses(uses)
        if before is None or not self.choose(before.name):
            self.setCurrentIndex(self._shown.index(0, 0))

    def filter(self, text: str) -> None:
        """Show only rows in which ``text`` occurs."""
        self._shown.setFilterFixedString(text)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._shown.index(0, 0))

    def chosen(self) -> NameUse | None:
        """The name in the current row."""
        index = self._shown.mapToSource(self.currentIndex())
        return self.names.uses[index.row()] if index.isValid() else None

    def choose(self, name: str) -> bool:
        """Make a name the current row; False where it does not show."""
        for row, use in enumerate(self.names.uses):
            if fold(use.name) == fold(name):
                index = self._shown.mapFromSource(self.names.index(row, NAME))
                if index.isValid():
                    self.setCurrentIndex(index)
                    return True
        return False

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter shows the entries."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.entered.emit()
        else:
            super().keyPressEvent(event)
