"""Panel layouts: the parts of the activity panel beside the editor, and as a strip under it."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.activities import LEADING, MANAGING, PAIRS, Activity
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.activity_row import ActivityRow
from kotter_journal.gui.entries.facts_box import FactsBox
from kotter_journal.gui.entries.rule import rule
from kotter_journal.gui.entries.splits import Splits
from kotter_journal.gui.entries.time_head import TimeHead
from kotter_journal.gui.notice import Notice

WIDTH, PADDING = 320, 20
"""Pixels at 100 %."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What both layouts arrange; a part lies in one of them at a time."""

    head: TimeHead
    rows: dict[Activity, ActivityRow]
    notice: Notice
    remark: QLabel
    splits: Splits
    facts: FactsBox
    privacy: QWidget


class Column(QWidget):
    """All parts one under the other, 320 wide, the privacy line at the bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        page = QWidget()
        theme.mark(page, "clear")
        self._inner = QVBoxLayout(page)
        self._inner.setContentsMargins(PADDING, 14, PADDING, 12)
        self._inner.setSpacing(4)
        self._groups: dict[Activity, QVBoxLayout] = {}
        self._head = _slot(self._inner)
        for pair, activities in PAIRS.items():
            self._inner.addWidget(label(pair.label, "meta"))
            for activity in activities:
                self._groups[activity] = _slot(self._inner)
            self._inner.addSpacing(4)
        self._groups[Activity.OUTSIDE] = _slot(self._inner)
        self._inner.addSpacing(10)
        self._splits = _slot(self._inner)
        self._inner.addSpacing(6)
        self._inner.addWidget(rule())
        self._inner.addSpacing(6)
        self._facts = _slot(self._inner)
        self._inner.addStretch(1)
        self._area = _scrolled(page)
        self._area.verticalScrollBar().rangeChanged.connect(self._on_range)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(PADDING, 8, PADDING, 12)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._area, 1)
        whole.addLayout(self._foot)

    def take(self, parts: Parts) -> None:
        """Arrange the parts here."""
        parts.head.set_level(False)
        for part in (parts.head, parts.notice, parts.remark):
            self._head.addWidget(part)
        for activity, row in parts.rows.items():
            row.set_short(False)
            self._groups[activity].addWidget(row)
        self._splits.addWidget(parts.splits)
        self._facts.addWidget(parts.facts)
        self._foot.addWidget(parts.privacy)

    def _on_range(self, least: int, most: int) -> None:
        """Let a scroll bar stand in the margin, so that nothing moves when it comes."""
        taken = self._area.verticalScrollBar().sizeHint().width() if most > least else 0
        margins = self._inner.contentsMargins()
        if self.isRightToLeft():
            margins.setLeft(PADDING - taken)
        else:
            margins.setRight(PADDING - taken)
        self._inner.setContentsMargins(margins)


class Strip(QWidget):
    """The six in two lines of three, leading above; the rest behind a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.details = QPushButton(self.tr("Details"))
        self.details.setObjectName("details")
        theme.mark(self.details, "chip")
        self.details.setAccessibleName(self.tr("Day, flags and sharing of this entry"))
        self.window_ = DetailsWindow(self)
        self.details.clicked.connect(self._on_details)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 6, 16, 12)
        whole.setSpacing(6)
        line = QHBoxLayout()
        whole.addLayout(line)
        self._head = _slot(line)
        line.addStretch(1)
        line.addWidget(self.details)
        self._words = _slot(whole)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        whole.addLayout(self._grid)

    def take(self, parts: Parts) -> None:
        """Arrange the parts here."""
        parts.head.set_level(True)
        self._head.addWidget(parts.head)
        self._words.addWidget(parts.notice)
        self._words.addWidget(parts.remark)
        for line, side in enumerate((LEADING, MANAGING)):
            for column, activity in enumerate(side):
                parts.rows[activity].set_short(True)
                self._grid.addWidget(parts.rows[activity], line, column)
        for column in range(3):
            self._grid.setColumnStretch(column, 1)
        self.window_.take(parts)

    def _on_details(self) -> None:
        corner = QPoint(0 if self.isRightToLeft() else self.details.width(), 0)
        self.window_.show_above(self.details.mapToGlobal(corner))


class DetailsWindow(QFrame):
    """What the strip has no room for; Esc or a click elsewhere closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        theme.mark(self, "popover")
        page = QWidget()
        theme.mark(page, "clear")
        self._inner = QVBoxLayout(page)
        self._inner.setContentsMargins(16, 12, 16, 12)
        self._inner.setSpacing(12)
        self._area = _scrolled(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self._area)

    def take(self, parts: Parts) -> None:
        """Arrange the parts here."""
        parts.rows[Activity.OUTSIDE].set_short(False)
        for part in (parts.rows[Activity.OUTSIDE], parts.splits, parts.facts):
            self._inner.addWidget(part)
        self._inner.addWidget(parts.privacy)

    def show_above(self, corner: QPoint) -> None:
        """Show it with its lower end corner there."""
        height = min(self._inner.sizeHint().height() + 4, self.screen().availableSize().height())
        self.resize(QSize(theme.px(WIDTH), height))
        x = corner.x() if self.isRightToLeft() else corner.x() - self.width()
        self.move(max(0, x), max(0, corner.y() - self.height() - 6))
        self.show()


def _slot(layout: QBoxLayout) -> QVBoxLayout:
    """A place into which parts are put later."""
    place = QVBoxLayout()
    place.setSpacing(6)
    layout.addLayout(place)
    return place


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    theme.mark(area, "clear")
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    theme.mark(area.verticalScrollBar(), "on-surface")
    area.setWidget(page)
    return area
