"""ReadingPage: a period, or what a search found, to be read from beginning to end, and printed."""

from array import array
from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.periods import Period, Span, period_of
from kotter_journal.domain.positions import day_of, first_of
from kotter_journal.domain.search import SearchQuery
from kotter_journal.domain.sentences import date_text, entries_text
from kotter_journal.gui import theme
from kotter_journal.gui.actions import key_text
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.days import first_weekday, full_day_text
from kotter_journal.gui.entries.printing import Printing
from kotter_journal.gui.entries.reading_text import ReadingText
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage import day_totals, entries, search
from kotter_journal.storage.database import Transaction

_MEASURE, _MARGIN = 720, 40


class Stretch(Enum):
    """How much is read at once."""

    EVERYTHING = "everything"
    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


class ReadingPage(QWidget):
    """``chosen`` carries the id of an entry to edit, ``link_asked`` what a link to another holds.

    ``left``: back to the page before.
    """

    chosen = Signal(str)
    link_asked = Signal(str)
    left = Signal()
    failed = Signal(object)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._title = ""
        self._found: array[int] = array("q")
        self._ask: Callable[[Transaction], array[int]] | None = None
        self._day = session.today()
        self.heading = label("", "heading")
        self.count = label("", "meta")
        self.stretch = QComboBox()
        self.stretch.setAccessibleName(self.tr("How much to read"))
        for stretch, text in (
            (Stretch.EVERYTHING, self.tr("Everything")),
            (Stretch.YEAR, self.tr("The year")),
            (Stretch.MONTH, self.tr("The month")),
            (Stretch.WEEK, self.tr("The week")),
            (Stretch.DAY, self.tr("The day")),
        ):
            self.stretch.addItem(text, stretch)
        self.stretch.activated.connect(self._on_stretch)
        self.text = ReadingText(session)
        self.text.chosen.connect(self.chosen)
        self.text.entry_asked.connect(self.link_asked)
        self.text.left.connect(self.left)
        self.text.failed.connect(self.failed)
        self.print_button = QPushButton(self.tr("Print…"))
        self.print_button.setToolTip(key_text("Ctrl+P"))
        self.print_button.clicked.connect(self.ask_printer)
        self.printing = Printing(session, self)
        self._nothing = label(self.tr("Nothing was written then."), "quiet")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self.setFocusProxy(self.text)
        session.changed.connect(self._on_changed)

    def show_day(self, day: date, stretch: Stretch | None = None) -> None:
        """Read what was written round a day, as much as was chosen before or is given."""
        if stretch is not None:
            self.stretch.setCurrentIndex(self.stretch.findData(stretch))
        self._day = day
        chosen: Stretch = self.stretch.currentData()
        period = _period(chosen, day)
        title = _title(chosen, day, period)
        self.stretch.show()
        self._load(title or self.tr("Everything"), lambda tx: _written_in(tx, period), day)

    def show_query(self, query: SearchQuery, text: str) -> None:
        """Read what a search found, oldest first."""

        def ask(tx: Transaction) -> "array[int]":
            return array("q", sorted(search.positions(tx, query)))

        self.stretch.hide()
        self._load(self.tr("“{0}”").format(text), ask, None)

    def show_on_this_day(self, day: date) -> None:
        """Read what was written on the same day of earlier years."""

        def ask(tx: Transaction) -> "array[int]":
            first = day_totals.first_and_last(tx)
            return array("q", entries.on_this_day(tx, day, first[0].year) if first else [])

        self.stretch.hide()
        title = self.tr("{0} {1} in earlier years").format(day.day, f"{day:%B}")
        self._load(title, ask, None)

    def step_day(self, by: int) -> None:
        """Go to the next day with entries (1), or the one before (-1)."""
        position = self.text.current_position()
        if position is None:
            return
        days = sorted({one >> 40 for one in self._found})
        rank = days.index(position >> 40) + by
        if 0 <= rank < len(days):
            self.text.go_to(first_of(date.fromordinal(days[rank]), None))

    def ask_printer(self) -> None:
        """Ask where to print, and print what is shown."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._title)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.printing.begin(printer, self._found, self._title)

    def _lay_out(self) -> None:
        back = QToolButton()
        back.setObjectName("leave_reading")
        back.setIcon(theme.icon("arrow-left"))
        back.setToolTip(self.tr("Back (Esc)"))
        back.setAccessibleName(self.tr("Back"))
        back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.setSpacing(12)
        head.addWidget(back)
        head.addWidget(self.heading)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.stretch)
        head.addWidget(self.print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.printing.row)
        column.addWidget(self._nothing, 1)
        column.addWidget(self.text, 1)
        self._nothing.hide()

    def _load(
        self, title: str, ask: Callable[[Transaction], "array[int]"], day: date | None
    ) -> None:
        self._title, self._ask = title, ask
        self.heading.setText(title)

        def show(found: "array[int]") -> None:
            at = first_of(day, None) if day is not None else (found[0] if found else 0)
            self._show(found, at)

        self._session.run(ask, owner=self, done=show, refused=self.failed.emit, latest="reading")

    def _show(self, found: "array[int]", at: int) -> None:
        self._found = found
        self.count.setText(entries_text(len(found)))
        self.text.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self.print_button.setEnabled(bool(found))
        self.text.show_positions(found, at)
        if self.isVisible() and found:
            self.text.setFocus()

    def _on_stretch(self) -> None:
        position = self.text.current_position()
        self.show_day(self._day if position is None else day_of(position))

    def _on_changed(self, _changes: object) -> None:
        """What was written meanwhile is there when one comes back."""
        position = self.text.current_position()
        if self._ask is not None and self.isVisible():
            ask = self._ask
            self._session.run(
                ask,
                owner=self,
                done=lambda found: self._show(found, position or 0),
                refused=self.failed.emit,
                latest="reading",
            )

    # Qt overrides

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """Keep the text in the middle, and no wider than can be read well."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.text.set_side_margins(max(_MARGIN, (self.width() - theme.px(_MEASURE)) // 2))


def _period(stretch: Stretch, day: date) -> Period | None:
    """The stretch of days round a day; None for all of them."""
    if stretch is Stretch.EVERYTHING:
        return None
    if stretch is Stretch.DAY:
        return Period(day, day + timedelta(days=1))
    if stretch is Stretch.WEEK:
        return period_of(Span.WEEK, day, first_weekday())
    if stretch is Stretch.YEAR:
        return period_of(Span.YEAR, day)
    start = day.replace(day=1)
    return Period(start, (start + timedelta(days=31)).replace(day=1))


def _title(stretch: Stretch, day: date, period: Period | None) -> str:
    if period is None:
        return ""
    if stretch is Stretch.DAY:
        return full_day_text(day)
    if stretch is Stretch.MONTH:
        return f"{day:%B} {day.year}"
    if stretch is Stretch.YEAR:
        return str(day.year)
    return f"{date_text(period.start)} – {date_text(period.last)}"


def _written_in(tx: Transaction, period: Period | None) -> "array[int]":
    if period is None:
        return entries.all_positions(tx)
    found = search.positions(tx, SearchQuery(since=period.start, until=period.end))
    found.reverse()
    return found
