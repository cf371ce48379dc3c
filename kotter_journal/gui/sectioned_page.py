"""SectionedPage: a list of sections at the side, and the one that was chosen."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.gui import theme
from kotter_journal.gui.card import label

_LIST = 232


class SectionedPage(QWidget):
    """Sections are added with ``add_section`` and made when they are first looked at.

    ``left``: Esc, back to the page before.
    """

    left = Signal()

    def __init__(self, title: str, measure: int, parent: QWidget | None = None) -> None:
        """``measure`` is the greatest width of a section, in pixels at text size 100 %."""
        super().__init__(parent)
        self._measure = measure
        self._names: list[str] = []
        self._makers: list[Callable[[], QWidget]] = []
        self._made: dict[str, QWidget] = {}
        self.sections = QListWidget()
        self.sections.setAccessibleName(self.tr("Sections: {0}").format(title))
        theme.mark(self.sections, "sections")
        self._pages = QStackedWidget()
        self._lay_out(title)
        self.sections.currentRowChanged.connect(self._on_row)
        self.setFocusProxy(self.sections)

    def add_section(self, name: str, title: str, icon: str, make: Callable[[], QWidget]) -> None:
        """A section below those there are; the first one shows."""
        self._names.append(name)
        self._makers.append(make)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.addWidget(area)
        self.sections.addItem(QListWidgetItem(theme.icon(icon), title))

    def show_section(self, name: str) -> None:
        """Bring a section to the front."""
        self.sections.setCurrentRow(self._names.index(name))

    def section(self, name: str) -> QWidget:
        """The section of that name, made where nobody has looked at it yet."""
        rank = self._names.index(name)
        area = self._pages.widget(rank)
        assert isinstance(area, QScrollArea)  # noqa: S101  (every page was added as one)
        if name not in self._made:
            self._made[name] = self._makers[rank]()
            self._fill(area, self._made[name])
        return self._made[name]

    def _fill(self, area: QScrollArea, section: QWidget) -> None:
        ground = QWidget()
        theme.mark(ground, "page")
        row = QHBoxLayout(ground)
        row.setContentsMargins(32, 26, 32, 32)
        section.setMaximumWidth(theme.px(self._measure))
        row.addWidget(section, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(0)
        area.setWidget(ground)

    def _lay_out(self, title: str) -> None:
        side = QFrame()
        theme.mark(side, "side")
        side.setFixedWidth(theme.px(_LIST))
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 24, 16, 16)
        column.setSpacing(14)
        column.addWidget(label(title, "heading"))
        column.addWidget(self.sections, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self._pages, 1)

    def _on_row(self, row: int) -> None:
        self.section(self._names[row])
        self._pages.setCurrentIndex(row)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc goes back to the page before."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
