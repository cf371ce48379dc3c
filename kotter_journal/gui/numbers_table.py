"""NumbersTable: figures in rows and columns, as high as they need."""

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from kotter_journal.gui import theme

Row = tuple[str, ...]
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HIGHEST = 560


class NumbersModel(QAbstractTableModel):
    """Rows of words that are there already; the first column names the row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headers: Row = ()
        self._rows: list[Row] = []

    def set_rows(self, headers: Row, rows: list[Row]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._headers = headers
        self._rows = rows
        self.endResetModel()

    # Qt overrides

    def rowCount(  # noqa: N802
        self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()
    ) -> int:
        """Rows of the table; a cell has none."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(  # noqa: N802
        self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()
    ) -> int:
        """Columns of the table; a cell has none."""
        return 0 if parent.isValid() else len(self._headers)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Words, aligned at the end but for the first column; readers hear the column too."""
        if not index.isValid():
            return None
        words = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headers[index.column()]}: {words}" if index.column() else words
        if role == Qt.ItemDataRole.FontRole and not index.column():
            return theme.font(13, 600)
        return None

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._headers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class NumbersTable(QTableView):
    """``entered`` carries a row (0..) on which somebody pressed Enter or double-clicked."""

    entered = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = NumbersModel(self)
        self.setModel(self._numbers)
        self.setAccessibleName(title)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(30))
        self.doubleClicked.connect(lambda index: self.entered.emit(index.row()))

    def set_rows(self, headers: Row, rows: list[Row]) -> None:
        """Show these rows, and be as high as they are."""
        self._numbers.set_rows(headers, rows)
        self.resizeColumnsToContents()
        height = theme.px(34) + len(rows) * theme.px(30) + 16
        self.setFixedHeight(min(height, theme.px(_HIGHEST)))
        self.setMaximumWidth(self.horizontalHeader().length() + theme.px(20))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter says which row is meant."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.entered.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
