"""TodayPage: the quick line over one day; it shows before the journal is open."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.today.quick_line import QuickLine

PANEL_WIDTH = 360


def day_text(day: date) -> str:
    """A date as a heading: "Thursday 14 May"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "dddd d MMMM")


class TodayPage(QWidget):
    """The heading, the quick line, and room for the day and the side panel."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "page")
        self.heading = label(day_text(now().date()), "title", wrap=True)
        self.heading.setObjectName("day_heading")
        self.total = label("", "strong")
        self.quick_line = QuickLine()
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.total)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(40, 26, 40, 0)
        self._column.setSpacing(14)
        self._column.addLayout(head)
        self._column.addWidget(self.quick_line)
        self._room = QWidget()
        self._column.addWidget(self._room, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addLayout(self._column, 1)
        self._panel: QWidget = QFrame()
        self._panel.setFixedWidth(PANEL_WIDTH)
        theme.mark(self._panel, "panel")
        self._row.addWidget(self._panel)

    def fill(self, above: Sequence[QWidget], day_list: QWidget, side_panel: QWidget) -> None:
        """Put the day, what stands above it and the panel in, once the journal is open."""
        for part in above:
            self._column.insertWidget(self._column.indexOf(self._room), part)
        self._column.replaceWidget(self._room, day_list)
        self._room.deleteLater()
        self._row.replaceWidget(self._panel, side_panel)
        self._panel.deleteLater()
