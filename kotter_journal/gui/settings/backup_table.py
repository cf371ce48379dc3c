"""BackupTable: backups in rows, the newest first, and which of them is chosen."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from kotter_journal.domain.sentences import age_text, date_text, entries_text, size_text
from kotter_journal.gui import theme
from kotter_journal.services.backups import Backup

_ROWS = 8


class BackupTable(QTableWidget):
    """As high as its rows, up to a handful; the chosen one stays chosen when it is filled anew."""

    def __init__(self, own: Path, parent: QWidget | None = None) -> None:
        """``own`` is the folder of the journal's own backups; others lie in the second one."""
        super().__init__(0, 5, parent)
        self._own = own
        self._listed: Sequence[Backup] = ()
        self.setObjectName("backups")
        self.setAccessibleName(self.tr("Backups"))
        self.setHorizontalHeaderLabels(
            [
                self.tr("Taken"),
                self.tr("Age"),
                self.tr("Holds"),
                self.tr("Size"),
                self.tr("Folder"),
            ]
        )
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)

    def fill(self, listed: Sequence[Backup], now: datetime) -> None:
        """Show these backups."""
        before = self.chosen
        self._listed = listed
        self.setRowCount(len(listed))
        for row, one in enumerate(listed):
            for column, text in enumerate(self._texts(one, now)):
                item = QTableWidgetItem(text)
                item.setToolTip(str(one.path))
                if one.facts is None:
                    item.setForeground(theme.tokens().warn)
                self.setItem(row, column, item)
        self._fit_height()
        paths = [one.path for one in listed]
        self.clearSelection()
        if listed:
            self.selectRow(paths.index(before.path) if before and before.path in paths else 0)

    @property
    def chosen(self) -> Backup | None:
        """The backup whose row is selected."""
        row = self.currentRow()
        return self._listed[row] if 0 <= row < len(self._listed) else None

    def _fit_height(self) -> None:
        """Of one or two backups no tall empty table remains; of many a part shows."""
        shown = min(max(len(self._listed), 1), _ROWS)
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        header = self.horizontalHeader()
        needed = sum(
            max(header.sectionSizeHint(column), self.sizeHintForColumn(column))
            for column in range(self.columnCount())
        )
        is_wide = needed > self.viewport().width()
        header.setStretchLastSection(not is_wide)
        if is_wide:
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height + shown * self.verticalHeader().defaultSectionSize())

    def _texts(self, one: Backup, now: datetime) -> tuple[str, ...]:
        local = one.taken_at.astimezone(now.tzinfo)
        holds = self.tr("cannot be read") if one.facts is None else entries_text(one.facts.entries)
        if one.occasion:
            holds = self.tr("{0}, before an update").format(holds)
        own = one.path.parent == self._own
        return (
            f"{date_text(local.date())} {local:%H:%M}",
            age_text(one.taken_at, now),
            holds,
            size_text(one.size),
            self.tr("own") if own else self.tr("second"),
        )

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A scroll bar below takes no row away."""
        super().resizeEvent(event)
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """What cannot be read keeps its colour in light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for row, one in enumerate(self._listed):
                for column in range(self.columnCount()):
                    item = self.item(row, column)
                    if one.facts is None and item is not None:
                        item.setForeground(theme.tokens().warn)
            self._fit_height()
