"""DayList: the entries of one day as cards."""

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import EntrySummary
from kotter_journal.domain.errors import JournalDamaged, KotterError
from kotter_journal.domain.search import SearchQuery
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.around_damage import read_around
from kotter_journal.gui.card import label
from kotter_journal.gui.entry_words import spoken
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.today.card_delegate import SUMMARY_ROLE, CardDelegate
from kotter_journal.storage import entries, search

Index = QModelIndex | QPersistentModelIndex
_HINT_WIDTH = 460


class DayListModel(QAbstractListModel):
    """The few entries of a day, all of them at hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[EntrySummary] = []

    @property
    def rows(self) -> list[EntrySummary]:
        """What is shown, newest first."""
        return self._rows

    def set_rows(self, rows: list[EntrySummary]) -> None:
        """Show ``rows``; where the entries are the same ones, selection and scroll stay."""
        if [r.id for r in rows] == [r.id for r in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Entries of the day."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be chosen; there is nothing else."""
        return super().flags(index) if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The summary, its heading, or the row in words."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == SUMMARY_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        return None


class DayList(QWidget):
    """One day's cards, or what to do where there are none. ``chosen`` carries an entry's id."""

    chosen = Signal(str)
    deletion_asked = Signal(str)
    summed = Signal(str)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.day = session.today()
        self.model = DayListModel(self)
        self.view = _CardView()
        self.view.setObjectName("day_list")
        self.view.setAccessibleName(self.tr("Entries of the day"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(CardDelegate(self.view))
        self.view.activated.connect(self._on_activated)
        self.view.clicked.connect(self._on_activated)
        self.view.deletion_asked.connect(self._on_deletion)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty_state())
        session.changed.connect(self._on_changed)
        self.show_day(self.day)

    def show_day(self, day: date) -> None:
        """Ask for the entries of ``day`` and show them."""
        self.day = day
        self._is_stale = False
        rows = self._rows_of(day)
        self.model.set_rows(rows or [])
        self._stack.setCurrentIndex(0 if rows else 1)
        is_readable = rows is not None
        self._hint_title.setText(
            self.tr("Nothing written on this day yet")
            if is_readable
            else self.tr("This day cannot be read")
        )
        self._hint.setText(self._hint_text() if is_readable else "")
        self.summed.emit(self.sum_text)

    def _rows_of(self, day: date) -> list[EntrySummary] | None:
        """The entries of ``day``; None where it cannot be read. What is wrong is told."""
        after = day + timedelta(days=1)
        try:
            return self._session.read(lambda tx: entries.summaries_between(tx, day, after))
        except JournalDamaged as error:
            self._session.fail(error)
        except KotterError as error:
            self._session.fail(error)
            return None
        return self._rows_around_damage(day, after)

    def _rows_around_damage(self, day: date, after: date) -> list[EntrySummary] | None:
        read = self._session.read
        try:
            found = read(lambda tx: search.positions(tx, SearchQuery(since=day, until=after)))
            rows, *_ = read_around(found, lambda some: read(lambda tx: entries.summaries(tx, some)))
        except KotterError:
            return None
        return [rows[at] for at in found if at in rows] or None

    @property
    def sum_text(self) -> str:
        """How many entries the day has, and how long they are."""
        rows = self.model.rows
        if not rows:
            return ""
        count = self.tr("1 entry") if len(rows) == 1 else self.tr("{0} entries").format(len(rows))
        minutes = sum(row.duration or 0 for row in rows)
        return f"{count}, {minutes_text(minutes)}" if minutes else count

    def _empty_state(self) -> QWidget:
        page = QFrame()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 40, 0, 0)
        column.setSpacing(8)
        self._hint_title = label("", "section")
        self._hint = label("", "quiet", wrap=True)
        self._hint.setFixedWidth(theme.px(_HINT_WIDTH))
        for part in (self._hint_title, self._hint):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _hint_text(self) -> str:
        if self._session.read_only:
            return ""
        if self.day != self._session.today():
            return self.tr(
                "A line that begins with a date, such as “yesterday 45a …”, lands on that day."
            )
        return self.tr(
            "Type one line above and press Enter. “45a why the night shift changes” keeps "
            "45 minutes of aligning people. For a longer entry press Ctrl+Shift+N."
        )

    def _on_activated(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.rows[index.row()].id)

    @property
    def chosen_id(self) -> str | None:
        """The entry on which the keyboard is; None where it is on none."""
        index = self.view.currentIndex()
        is_on = self.view.hasFocus() and index.isValid()
        return self.model.rows[index.row()].id if is_on else None

    def _on_deletion(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self.deletion_asked.emit(self.model.rows[index.row()].id)

    def _on_changed(self, changes: Changes) -> None:
        if self.day not in changes.days:
            return
        if self.isVisible():
            self.show_day(self.day)
        else:  # every autosave in the editor comes by here
            self._is_stale = True

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what was written meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self.show_day(self.day)


class _CardView(QListView):
    """A list of cards on the page's own ground."""

    deletion_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.mark(self, "cards")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete asks for deletion, Enter opens on every platform."""
        if event.key() == Qt.Key.Key_Delete:
            self.deletion_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
