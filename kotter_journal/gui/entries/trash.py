"""Trash: the deleted entries, and the way back for each."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import EntryId, EntrySummary
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import date_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.drawing import Canvas, Corners
from kotter_journal.gui.entries.one_line import OneLine
from kotter_journal.gui.entry_words import untitled
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage import entries, trash

Index = QModelIndex | QPersistentModelIndex
DELETED_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW = 54


class TrashModel(QAbstractListModel):
    """The entries of the trash, last deleted first, each with the day on which it was deleted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[EntrySummary, str]] = []

    def set_rows(self, rows: list[tuple[EntrySummary, str]]) -> None:
        """Show these entries, each with words about its deletion."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def entry_id(self, row: int) -> EntryId:
        """The id of the entry in a row."""
        return self._rows[row][0].id

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """How many entries lie in the trash."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be chosen; there is nothing else."""
        return super().flags(index) if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title above, dates below."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        summary, deleted = self._rows[index.row()]
        heading = summary.heading or untitled()
        if role == Qt.ItemDataRole.DisplayRole:
            return heading
        if role == DELETED_ROLE:
            return deleted
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{heading}, {deleted}"
        return None


class TrashView(QWidget):
    """The trash in place of the list.

    ``restore_asked`` carries an entry's id, ``erase_asked`` a list of them.
    """

    restore_asked = Signal(str)
    erase_asked = Signal(object)
    left = Signal()
    failed = Signal(object)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = TrashModel(self)
        self.view = _TrashList()
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("Entries in the trash"))
        self.view.restore_asked.connect(self._on_restore)
        self.view.left.connect(self.left)
        self.restore_button = QPushButton(self.tr("Restore"))
        self.restore_button.clicked.connect(self._on_restore)
        self.erase_button = QPushButton(self.tr("Erase…"))
        self.erase_button.setObjectName("erase")
        self.erase_button.setAccessibleName(self.tr("Erase for good"))
        self.empty_button = QPushButton(self.tr("Empty the trash…"))
        self.empty_button.setObjectName("empty_trash")
        for button in (self.erase_button, self.empty_button):
            theme.mark(button, "link")
        self.erase_button.clicked.connect(self._on_erase)
        self.view.erase_asked.connect(self.erase_button.click)
        self.empty_button.clicked.connect(self._on_empty)
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(lambda *_: self._enable())
        session.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read what lies in the trash."""
        try:
            found, deleted = self._session.read(
                lambda tx: (entries.trash(tx), trash.deleted_at(tx))
            )
        except KotterError as error:
            self.failed.emit(error)
            return
        zone, sentence = self._session.now().tzinfo, self.tr("{0}, deleted {1}")
        rows = []
        for summary in found:
            day = deleted[summary.id].astimezone(zone).date()
            rows.append((summary, sentence.format(date_text(summary.on), date_text(day))))
        row = self.view.currentIndex().row()
        self.model.set_rows(rows)
        had_focus = self.window().focusWidget() is self.view
        self._stack.setCurrentIndex(0 if rows else 1)
        if not rows and had_focus:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        if rows:
            self.view.setCurrentIndex(self.model.index(max(0, min(row, len(rows) - 1))))
        self._enable()

    def _lay_out(self) -> None:
        self._back = back = QToolButton()
        back.setObjectName("leave_trash")
        back.setIcon(theme.icon("arrow-left"))
        back.setToolTip(self.tr("Back to the entries"))
        back.setAccessibleName(self.tr("Back to the entries"))
        back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(back)
        head.addWidget(label(self.tr("Trash"), "section"), 1)
        head.addWidget(self.restore_button)
        empty = label(
            self.tr("The trash is empty. What you delete waits here."), "quiet", wrap=True
        )
        empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.erase_button)
        foot.addStretch(1)
        foot.addWidget(self.empty_button)
        column.addLayout(foot)

    def _enable(self) -> None:
        writable = not self._session.read_only
        chosen = self.view.currentIndex().isValid() and writable
        self.restore_button.setEnabled(chosen)
        self.erase_button.setEnabled(chosen)
        self.empty_button.setEnabled(self.model.rowCount() > 0 and writable)

    def _on_restore(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self.restore_asked.emit(self.model.entry_id(index.row()))

    def _on_erase(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self.erase_asked.emit([self.model.entry_id(index.row())])

    def _on_empty(self) -> None:
        rows = range(self.model.rowCount())
        self.erase_asked.emit([self.model.entry_id(row) for row in rows])

    def _on_changed(self, changes: Changes) -> None:
        if changes.membership and self.isVisible():
            self.refresh()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc goes back from the buttons as well."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _TrashDelegate(QStyledItemDelegate):
    """Title above, dates below."""

    # Qt overrides

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        area, tokens = QRectF(option.rect), theme.tokens()
        painter.save()
        canvas = Canvas(painter, area, rtl=option.direction == Qt.LayoutDirection.RightToLeft)
        if option.state & QStyle.StateFlag.State_Selected:
            canvas.box(area.adjusted(2, 2, -2, -2), tokens.accent_soft, None, Corners(6, 6))
        line = area.adjusted(12, theme.px(7), -12, 0)
        line.setHeight(theme.px(20))
        title = OneLine(theme.font(13, 600))
        words = title.elided(index.data(), line.width())
        canvas.text(line, words, title.font, tokens.text)
        below = OneLine(theme.font(12))
        words = below.elided(index.data(DELETED_ROLE), line.width())
        canvas.text(line.translated(0, theme.px(20)), words, below.font, tokens.text2)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """All rows are of one height."""
        return QSize(theme.px(120), theme.px(_ROW))


class _TrashList(QListView):
    """A plain list of two lines a row; Enter restores, Del asks about erasing, Esc leaves."""

    restore_asked = Signal()
    erase_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.mark(self, "framed")
        self.setObjectName("trash_list")
        self.setItemDelegate(_TrashDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter restores the current entry, Del erases it for good, Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.restore_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.erase_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
