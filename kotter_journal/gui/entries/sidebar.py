"""Sidebar: the calendar, the search, the list and the trash of the Journal page."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.search import SearchQuery
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.calendar import MonthCalendar, WeekStrip
from kotter_journal.gui.entries.days import full_day_text
from kotter_journal.gui.entries.earlier_years import EarlierYears
from kotter_journal.gui.entries.list_model import EntryListModel
from kotter_journal.gui.entries.list_view import EntryListView
from kotter_journal.gui.entries.search_field import SearchField
from kotter_journal.gui.entries.trash import TrashView
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage import trash

WIDE, NARROW, _WIDEST = 304, 264, 380


class Sidebar(QFrame):
    """Finds an entry by day, by words or by scrolling.

    ``chosen`` and ``deletion_asked`` carry an entry's id, ``asked`` a SearchQuery, ``new_asked``
    a date; ``day_without_entries`` a date that was gone to and holds none.
    """

    chosen = Signal(str)
    deletion_asked = Signal(str)
    restore_asked = Signal(str)
    erase_asked = Signal(object)
    new_asked = Signal(object)
    asked = Signal(object)
    day_without_entries = Signal(object)
    left = Signal()
    failed = Signal(object)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._session = session
        self._wanted_day: date | None = None
        self._is_loaded = False
        self._count = 0
        self.model = EntryListModel(session, self)
        self.view = EntryListView(self.model)
        self.month = MonthCalendar(session)
        self.week = WeekStrip(session)
        self.search = SearchField(session)
        self.years = EarlierYears(session)
        self.trash = TrashView(session)
        self._make_hints()
        self._lay_out()
        self._connect()
        self.set_narrow(False)
        self._count_trash()
        self.model.ask()
        self.years.show_day(self.day)

    @property
    def day(self) -> date:
        """The day that the calendar marks out."""
        return self.month.day

    def set_narrow(self, narrow: bool) -> None:
        """A week in place of the month, and less width."""
        self.month.setVisible(not narrow)
        self.week.setVisible(narrow)
        self.setFixedWidth(min(_WIDEST, theme.px(NARROW if narrow else WIDE)))

    def mark_day(self, day: date) -> None:
        """Show ``day`` in the calendar."""
        self.month.show_day(day)
        self.week.show_day(day)
        self.years.show_day(day)

    def show_day(self, day: date) -> None:
        """Go to ``day`` in calendar and list, and open its newest entry."""
        self.mark_day(day)
        self._wanted_day = day
        self.show_list()
        self.search.search("")
        if self._is_loaded and self.model.query.is_empty:
            self._go_to_wanted_day()

    def select(self, entry_id: str | None, *, scroll: bool = True) -> bool:
        """Make an entry the current row; False where the list does not show it."""
        self._day_hint.hide()
        return self.view.select(entry_id, scroll=scroll)

    def show_list(self) -> None:
        """The list in place of the trash."""
        self._pages.setCurrentIndex(0)

    def show_trash(self) -> None:
        """The trash in place of the list."""
        self.trash.refresh()
        self._pages.setCurrentWidget(self.trash)
        self.trash.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add_below_list(self, bar: QWidget) -> None:
        """Put a bar between the list and what stands at the foot."""
        self._finding.addWidget(bar)

    def _make_hints(self) -> None:
        self._day_hint = label("", "meta", wrap=True)
        self._day_hint.setObjectName("day_hint")
        self._day_hint.setContentsMargins(16, 0, 16, 6)
        self._day_hint.hide()
        self._empty = QFrame()
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        self._empty_title = label(self.tr("Nothing written yet"), "strong", wrap=True)
        words = self.tr(
            "Write a full entry with Ctrl+Shift+N, or one line on the Today page with Ctrl+N."
        )
        self._empty_words = label(words, "quiet", wrap=True)
        for part in (self._empty_title, self._empty_words):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addStretch(1)
        self._new = _link(self.tr("New entry"), "new_entry_link")
        self._new.setEnabled(not self._session.read_only)
        self._trash_link = _link("", "trash_link")

    def _lay_out(self) -> None:
        self._list_stack = QStackedWidget()
        self._list_stack.addWidget(self.view)
        self._list_stack.addWidget(self._empty)
        finding = QWidget()
        inner = self._finding = QVBoxLayout(finding)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.search)
        inner.addWidget(self._day_hint)
        inner.addWidget(self._list_stack, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(finding)
        self._pages.addWidget(self.trash)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 2, 10, 2)
        foot.addWidget(self._new)
        foot.addStretch(1)
        foot.addWidget(self._trash_link)
        rule = QFrame()
        theme.mark(rule, "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.month)
        column.addWidget(self.week)
        column.addWidget(self.years)
        column.addWidget(self._pages, 1)
        column.addWidget(rule)
        column.addLayout(foot)

    def _connect(self) -> None:
        for calendar in (self.month, self.week):
            calendar.day_chosen.connect(self.show_day)
        for part in (self.month, self.week, self.model, self.trash):
            # Queued: a view may be painting when its model fails.
            part.failed.connect(self.failed, Qt.ConnectionType.QueuedConnection)
        self.model.answered.connect(self._on_answered)
        self.model.counted.connect(self._on_counted)
        self.view.chosen.connect(self.chosen)
        self.view.deletion_asked.connect(self.deletion_asked)
        self.view.left.connect(self.search.take_focus)
        self.view.escaped.connect(self._on_escaped)
        self.search.asked.connect(self._on_asked)
        self.search.entered.connect(self._on_entered)
        self.search.left.connect(self.view.enter)
        self.trash.left.connect(self._on_trash_left)
        self.trash.restore_asked.connect(self.restore_asked)
        self.trash.erase_asked.connect(self.erase_asked)
        self._new.clicked.connect(lambda: self.new_asked.emit(self.day))
        self._trash_link.clicked.connect(self.show_trash)
        self._session.changed.connect(self._on_changed)

    def _go_to_wanted_day(self) -> None:
        day, self._wanted_day = self._wanted_day, None
        if day is None:
            return
        row = self.model.row_on(day)
        self._day_hint.setVisible(row is None)
        if row is not None:
            self.view.go_to_row(row)
            entry_id = self.model.entry_id(row)
            if entry_id is not None:
                self.chosen.emit(entry_id)
            return
        self._day_hint.setText(self.tr("No entries on {0}.").format(full_day_text(day)))
        self.view.select(None)
        near = self.model.row_until(day)
        if near is not None:
            top = EntryListView.ScrollHint.PositionAtTop
            self.view.scrollTo(self.model.index(near), top)
        self.day_without_entries.emit(day)

    def _on_asked(self, query: SearchQuery) -> None:
        self._day_hint.hide()
        self.show_list()
        self.model.ask(query)
        self.asked.emit(query)

    def _on_answered(self, shown: int) -> None:
        self._is_loaded = True
        everything = self.model.query.is_empty
        self._list_stack.setCurrentIndex(0 if shown or not everything else 1)
        if everything and self._wanted_day is not None:
            self._go_to_wanted_day()

    def _on_counted(self, count: int) -> None:
        self.search.show_count(count, self.model.rowCount())

    def _on_entered(self) -> None:
        """From the search into its results."""
        if self.model.rowCount():
            self.view.enter()

    def _on_escaped(self) -> None:
        """Esc in the list ends a search first, then leaves the page."""
        if self.search.text:
            self.search.search("")
        else:
            self.left.emit()

    def _on_trash_left(self) -> None:
        self.show_list()
        self.view.enter()

    def _on_changed(self, changes: Changes) -> None:
        if changes.membership:
            self._count_trash()

    def _count_trash(self) -> None:
        try:
            count = self._session.read(trash.size)
        except KotterError as error:
            self.failed.emit(error)
            return
        self._trash_link.setText(
            self.tr("Trash ({0})").format(count) if count else self.tr("Trash")
        )


def _link(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    theme.mark(button, "link")
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button
