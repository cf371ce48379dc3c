"""Reading a chart or a table as somebody would who cannot see it."""

from PySide6.QtCore import QAbstractItemModel
from pytestqt.qtbot import QtBot

from kotter_journal.gui.balance.page import BalancePage
from kotter_journal.gui.chart import Chart


def whole(page: BalancePage, qtbot: QtBot) -> BalancePage:
    """The page once the cards further down show what those above do."""
    qtbot.waitUntil(lambda: page.is_whole)
    return page


def tips(chart: Chart) -> list[str]:
    """What the arrow keys say, mark by mark."""
    return [mark.tip for mark in chart.marks()]


def rows_of(model: QAbstractItemModel) -> list[list[str]]:
    """The cells of a table."""
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
