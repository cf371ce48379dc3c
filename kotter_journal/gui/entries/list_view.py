"""EntryListView: the list of entries, whose rows are taller where a day begins."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QCursor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from kotter_journal.gui import theme
from kotter_journal.gui.entries.list_delegate import HEAD, ROW, EntryDelegate
from kotter_journal.gui.entries.list_model import EntryListModel

Index = QModelIndex | QPersistentModelIndex
_Action = QAbstractItemView.CursorAction
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_RETHEMED = (QEvent.Type.StyleChange, QEvent.Type.FontChange)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A row that keeps its place on the screen while rows come and go above it."""

    index: QPersistentModelIndex
    offset: int


class EntryListView(QListView):
    """Lays its rows out by arithmetic: asking 36,500 rows for their height takes too long.

    ``chosen`` gives the id of an entry that was clicked or taken with Enter, followed by
    ``entered`` after Enter; ``deletion_asked`` that of the current one on Delete; ``left`` says
    that Up was pressed in the first row, ``escaped`` that Esc was. Several rows are selected with
    Ctrl or Shift: ``counted`` tells how many, ``menu_asked`` where their menu is wanted,
    ``many_deleted`` that Delete was pressed.
    """

    chosen = Signal(str)
    entered = Signal()
    counted = Signal(int)
    menu_asked = Signal(QPoint)
    many_deleted = Signal()
    deletion_asked = Signal(str)
    left = Signal()
    escaped = Signal()

    def __init__(self, model: EntryListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = model
        self._current_id: str | None = None
        self._is_wanted = False
        self._is_selecting = False
        self._anchor: _Anchor | None = None
        self._delegate = EntryDelegate(self)
        self.setObjectName("entry_list")
        self.setAccessibleName(self.tr("Entries"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setAutoScroll(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # Rows would jump as the bar comes and goes.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.mark(self.verticalScrollBar(), "on-surface")
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.clicked.connect(self._on_clicked)
        model.rowsAboutToBeInserted.connect(self._on_about_to_change)
        model.rowsAboutToBeRemoved.connect(self._on_about_to_change)
        model.answered.connect(self._on_answered)

    def select(self, entry_id: str | None, *, scroll: bool = True) -> bool:
        """Make an entry the current row; False where the list does not show it."""
        self._current_id = entry_id
        row = None if entry_id is None else self._entries.row_of(entry_id)
        self._is_wanted = row is None
        if row is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return False
        if row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self._entries.index(row))
        if scroll:
            self.scrollTo(self.currentIndex())
        return True

    def go_to_row(self, row: int) -> None:
        """Make a row the current one, with its day at the top."""
        index = self._entries.index(row)
        self._current_id = self._entries.entry_id(row)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    def enter(self) -> None:
        """Take the focus, at the current row or else the first."""
        if not self.currentIndex().isValid() and self._entries.rowCount():
            self.setCurrentIndex(self._entries.index(0))
        self.scrollTo(self.currentIndex())
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.selectionModel().hasSelection():
            select = QItemSelectionModel.SelectionFlag.Select
            self.selectionModel().select(self.currentIndex(), select)

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(part.height() for part in self.selectionModel().selection().toList())

    def selected_positions(self) -> list[int]:
        """Where the selected entries stand, without reading them."""
        selection = self.selectionModel().selection().toList()
        rows = [row for part in selection for row in range(part.top(), part.bottom() + 1)]
        return [self._entries.position(row) for row in rows]

    def current_id(self) -> str | None:
        """The id of the entry in the current row."""
        index = self.currentIndex()
        return self._entries.entry_id(index.row()) if index.isValid() else None

    def top_of(self, row: int) -> int:
        """Pixels from the start of the list to a row, its day included."""
        heads = bisect_left(self._entries.day_starts(), row)
        return row * theme.px(ROW) + heads * theme.px(HEAD)

    def height_of(self, row: int) -> int:
        """Pixels of a row, its day included."""
        return theme.px(ROW) + (theme.px(HEAD) if self._entries.is_first_of_day(row) else 0)

    def row_at(self, y: int) -> int:
        """The row at ``y`` pixels from the start of the list, clamped to the rows there are."""
        starts = self._entries.day_starts()
        row_height, head = theme.px(ROW), theme.px(HEAD)
        if not starts:
            return max(0, min(y // row_height, self._entries.rowCount() - 1))
        block = bisect_right(range(len(starts)), y, key=self._block_top) - 1
        if block < 0:
            return 0
        inside = y - self._block_top(block) - head
        last = starts[block + 1] if block + 1 < len(starts) else self._entries.rowCount()
        return min(starts[block] + max(0, inside // row_height), last - 1)

    def _block_top(self, block: int) -> int:
        start = self._entries.day_starts()[block]
        return start * theme.px(ROW) + block * theme.px(HEAD)

    def _whole_height(self) -> int:
        count = self._entries.rowCount()
        return self.top_of(count) + theme.px(8) if count else 0

    def _scroll_to_y(self, y: int) -> None:
        self.updateGeometries()
        self.verticalScrollBar().setValue(y)

    def _on_about_to_change(self) -> None:
        if self._anchor is not None or not self.verticalOffset():
            return
        row = self.row_at(self.verticalOffset())
        offset = self.verticalOffset() - self.top_of(row)
        index = self._entries.index(row)
        self._anchor = _Anchor(QPersistentModelIndex(index), offset)

    def _on_answered(self) -> None:
        """After rows came, went or moved: the same entry stays current, the same row in place."""
        if self._anchor is not None and self._anchor.index.isValid():
            self._scroll_to_y(self.top_of(self._anchor.index.row()) + self._anchor.offset)
        self._anchor = None
        if self._current_id is not None and self.current_id() != self._current_id:
            row = self._entries.row_of(self._current_id)
            if row is not None:
                self.setCurrentIndex(self._entries.index(row))
                if self._is_wanted:
                    self.scrollTo(self.currentIndex())
                self._is_wanted = False
        self.viewport().update()

    def _on_clicked(self, index: QModelIndex) -> None:
        """With Ctrl or Shift a click only selects."""
        if not self._is_selecting:
            self._choose(index)

    def _choose(self, index: Index) -> None:
        entry_id = self._entries.entry_id(index.row())
        if entry_id is not None:
            self._current_id = entry_id
            self.chosen.emit(entry_id)

    def _ask_for_deletion(self) -> None:
        entry_id = self.current_id()
        if self.selected_count() > 1:
            self.many_deleted.emit()
        elif entry_id is not None:
            self.deletion_asked.emit(entry_id)

    def _option(self, base: QStyleOptionViewItem, row: int, hovered: int) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem(base)
        index = self._entries.index(row)
        option.rect = self.visualRect(index)
        state = QStyle.StateFlag.State_Enabled
        if self.selectionModel().isSelected(index):
            state |= QStyle.StateFlag.State_Selected
        if row == hovered:
            state |= QStyle.StateFlag.State_MouseOver
        if self.hasFocus() and index == self.currentIndex():
            state |= QStyle.StateFlag.State_HasFocus
        option.state = state
        return option

    def _tell_reader(self, what: QAccessible.Event, index: Index) -> None:
        if index.isValid() and QAccessible.isActive():
            event = QAccessibleEvent(self, what)
            event.setChild(index.row())
            QAccessible.updateAccessibility(event)

    # Qt overrides. Where QListView would lay out every row, which asks the model for each of
    # 36,500 (75 ms), its own parent is called instead.

    def doItemsLayout(self) -> None:  # noqa: N802
        """Nothing but the scroll bar: rows lie where arithmetic says."""
        QAbstractItemView.doItemsLayout(self)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell a screen reader where the focus is."""
        QAbstractItemView.currentChanged(self, current, previous)
        if self.hasFocus():
            self._tell_reader(QAccessible.Event.Focus, current)

    def selectionChanged(  # noqa: N802
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        """Tell a screen reader what is selected."""
        QAbstractItemView.selectionChanged(self, selected, deselected)
        # Of many rows at once, as with Ctrl+A, the first is told of: the rest would take seconds.
        for part in selected.toList():
            self._tell_reader(QAccessible.Event.SelectionAdd, part.topLeft())
        self.counted.emit(self.selected_count())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The rows that meet the exposed region."""
        count = self._entries.rowCount()
        if not count:
            return
        base = QStyleOptionViewItem()
        self.initViewItemOption(base)
        under = self.viewport().underMouse()
        pointer = self.viewport().mapFromGlobal(QCursor.pos())
        hovered = self.indexAt(pointer).row() if under else -1
        first = self.row_at(event.rect().top() + self.verticalOffset())
        last = self.row_at(event.rect().bottom() + self.verticalOffset())
        with QPainter(self.viewport()) as painter:
            for row in range(first, last + 1):
                option = self._option(base, row, hovered)
                self._delegate.paint(painter, option, self._entries.index(row))

    def visualRect(self, index: Index) -> QRect:  # noqa: N802
        """Where a row lies in the viewport, its day included."""
        if not index.isValid():
            return QRect()
        row = index.row()
        top = self.top_of(row) - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), self.height_of(row))

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802
        """The row under a point; none above the entry, where its day stands."""
        y = point.y() + self.verticalOffset()
        if not self._entries.rowCount() or not 0 <= y < self._whole_height() - theme.px(8):
            return QModelIndex()
        row = self.row_at(y)
        on_day = self._entries.is_first_of_day(row) and y < self.top_of(row) + theme.px(HEAD)
        return QModelIndex() if on_day else self._entries.index(row)

    def scrollTo(  # noqa: N802
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into view, its day included."""
        if not index.isValid():
            return
        top, height = self.top_of(index.row()), self.height_of(index.row())
        room, now = self.viewport().height(), self.verticalOffset()
        hints = QAbstractItemView.ScrollHint
        if hint == hints.PositionAtTop:
            self._scroll_to_y(top)
        elif hint == hints.PositionAtCenter:
            self._scroll_to_y(top - (room - height) // 2)
        elif top < now:
            self._scroll_to_y(top)
        elif hint == hints.PositionAtBottom or top + height > now + room:
            self._scroll_to_y(top + height - room)

    def moveCursor(self, action: _Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802
        """Arrows by rows, pages by what fits, Home and End to the ends."""
        count = self._entries.rowCount()
        if not count:
            return QModelIndex()
        row = self.currentIndex().row()
        page = max(1, self.viewport().height() // theme.px(ROW) - 1)
        target = {
            _Action.MoveUp: row - 1,
            _Action.MovePrevious: row - 1,
            _Action.MoveDown: row + 1,
            _Action.MoveNext: row + 1,
            _Action.MovePageUp: row - page,
            _Action.MovePageDown: row + page,
            _Action.MoveHome: 0,
            _Action.MoveEnd: count - 1,
        }.get(action, row)
        return self._entries.index(max(0, min(count - 1, target)))

    def setSelection(  # noqa: N802
        self, rect: QRect, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        """Select the row under a press, or all rows between two."""
        first = last = self.indexAt(rect.center())
        if rect.height() > 1:
            offset, area = self.verticalOffset(), rect.normalized()
            first = self._entries.index(self.row_at(area.top() + offset))
            last = self._entries.index(self.row_at(area.bottom() + offset))
        self.selectionModel().select(QItemSelection(first, last), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """What must be painted anew when a selection changes."""
        region = QRegion()
        for part in selection.toList():
            first, last = part.topLeft(), part.bottomRight()
            region = region.united(self.visualRect(first).united(self.visualRect(last)))
        return region.intersected(self.viewport().rect())

    def verticalOffset(self) -> int:  # noqa: N802
        """Pixels scrolled."""
        return self.verticalScrollBar().value()

    def updateGeometries(self) -> None:  # noqa: N802
        """Tell the scroll bar how tall the rows are together."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._whole_height() - room))
        bar.setPageStep(room)
        bar.setSingleStep(theme.px(ROW) // 3)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Move what is painted and paint only what comes into view."""
        self.viewport().scroll(0, dy)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Remember whether the click to come is one that selects."""
        selecting = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        self._is_selecting = bool(event.modifiers() & selecting)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens, Delete deletes, Up leaves at the top; the rest moves the current row."""
        index = self.currentIndex()
        if event.key() in _ENTER and index.isValid():
            self._choose(index)
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self._ask_for_deletion()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Up and index.row() <= 0:
            self.left.emit()
        else:
            super().keyPressEvent(event)
            if self.currentIndex() != index:
                self._current_id = self.current_id()
                self.scrollTo(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer what can be done with all that is selected."""
        if self.selected_count() > 1:
            self.menu_asked.emit(event.globalPos())

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Nothing: Qt's own search would read every entry of the journal."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the theme and the text size."""
        super().changeEvent(event)
        if event.type() in _RETHEMED:
            self._delegate.refresh()
            self.updateGeometries()
            self.viewport().update()
