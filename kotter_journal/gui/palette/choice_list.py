"""ChoiceList: what the palette offers, group by group, and which one is chosen."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kotter_journal.gui import theme
from kotter_journal.gui.drawing import Align, Canvas, Corners, elided, inset, width_of
from kotter_journal.gui.entries.one_line import HitColors, OneLine
from kotter_journal.gui.palette.choice import Choice

Index = QModelIndex | QPersistentModelIndex
Row = Choice | str
"""A choice, or the heading of a group."""
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_HEADING, _ONE_LINE, _TWO_LINES = 32, 40, 54
_ICON = 18


class ChoiceModel(QAbstractListModel):
    """Headings and choices; only choices can be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Offer these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """How many rows there are, headings included."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is only read."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a row."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row if isinstance(row, str) else row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row if isinstance(row, str) else ", ".join(_said(row))
        return None


class ChoiceList(QListView):
    """Stays without the focus: the line above it moves the choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "choices")
        self.choices = ChoiceModel()
        self.setModel(self.choices)
        self.setItemDelegate(_ChoiceDelegate(self))
        self.setAccessibleName(self.tr("What was found"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Offer these, the first choice chosen."""
        self.choices.set_rows(rows)
        self.step(1)

    def choice(self) -> Choice | None:
        """What is chosen."""
        index = self.currentIndex()
        row = self.choices.rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Choice) else None

    def step(self, by: int) -> None:
        """Go on to the next choice (1) or the one before (-1), and round at the ends."""
        places = [at for at, row in enumerate(self.choices.rows) if isinstance(row, Choice)]
        if not places:
            return
        here = self.currentIndex().row()
        rank = places.index(here) + by if here in places else 0
        at = places[rank % len(places)]
        self.setCurrentIndex(self.choices.index(at))
        # The heading above the first choice is worth seeing as well.
        self.scrollTo(self.choices.index(0 if at == places[0] else at))

    def wanted_height(self) -> int:
        """Pixels in which every row can be seen."""
        return sum(self.sizeHintForRow(row) for row in range(len(self.choices.rows))) + 8


class _ChoiceDelegate(QStyledItemDelegate):
    """An icon, the name, what it is about, and a note at the end."""

    def _paint_choice(self, canvas: Canvas, area: QRectF, choice: Choice) -> None:
        tokens = theme.tokens()
        icon = theme.px(_ICON)
        middle = area.center().y()
        place = canvas.mirror(QRectF(area.left() + 14, middle - icon / 2, icon, icon))
        theme.icon(choice.icon).paint(canvas.painter, place.toAlignedRect())
        line = area.adjusted(14 + icon + 12, 0, -14, 0)
        note = theme.font(12)
        if choice.note:
            canvas.text(line, choice.note, note, tokens.text2, Align.END)
            line = inset(line, width_of(choice.note, note) + 12, Align.END)
        name = theme.font(14, 600)
        if not choice.detail:
            canvas.text(line, elided(choice.text, name, line.width()), name, tokens.text)
            return
        above = QRectF(line.left(), line.top() + theme.px(7), line.width(), theme.px(20))
        canvas.text(above, elided(choice.text, name, above.width()), name, tokens.text)
        below = OneLine(theme.font(12))
        place = above.translated(0, theme.px(21))
        if choice.hits:
            colors = HitColors(tokens.text2, tokens.text, tokens.accent_soft)
            below.draw_hits(canvas, place, choice.detail, choice.hits, colors)
        else:
            words = below.elided(choice.detail, place.width())
            canvas.text(place, words, below.font, tokens.text2)

    # Qt overrides

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row: Row = index.data(ROW_ROLE)
        area, tokens = QRectF(option.rect), theme.tokens()
        painter.save()
        canvas = Canvas(painter, area, rtl=option.direction == Qt.LayoutDirection.RightToLeft)
        if isinstance(row, str):
            words = area.adjusted(14, theme.px(8), -14, 0)
            canvas.text(words, row, theme.font(12, 600), tokens.text2)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                place = area.adjusted(2, 1, -2, -1)
                canvas.box(place, tokens.accent_soft, tokens.accent, Corners(8, 8))
            self._paint_choice(canvas, area, row)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Two lines are higher than one."""
        row: Row = index.data(ROW_ROLE)
        if isinstance(row, str):
            return QSize(200, theme.px(_HEADING))
        return QSize(200, theme.px(_TWO_LINES if row.detail else _ONE_LINE))


def _said(choice: Choice) -> list[str]:
    return [part for part in (choice.text, choice.detail, choice.note) if part]
