"""MonthCalendar and WeekStrip: where in time one is, and how long each day was."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.errors import KotterError
from kotter_journal.gui import theme
from kotter_journal.gui.entries.day_grid import MARGIN, DayGrid, WeekRow
from kotter_journal.gui.entries.days import month_text, months_later, span_text, week_start
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage import day_totals


class Calendar(QWidget):
    """A heading with two arrows above a grid of days. Shows ``day`` and what days hold.

    ``day_chosen`` carries the date that was clicked or taken with Enter; ``year_asked`` one of
    the year to show as a whole.
    """

    day_chosen = Signal(object)
    year_asked = Signal(object)
    failed = Signal(object)

    def __init__(
        self, session: JournalSession, grid: DayGrid, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._shown = self.day = session.today()
        self._is_new = True
        self.grid = grid
        self._heading = QPushButton()
        self._heading.setToolTip(self.tr("The whole year"))
        theme.mark(self._heading, "period")
        self._heading.clicked.connect(lambda: self.year_asked.emit(self._shown))
        self._earlier = self._arrow("earlier", self.tr("Earlier"), -1)
        self._later = self._arrow("later", self.tr("Later"), 1)
        self._point_arrows()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(grid)
        grid.chosen.connect(self._on_chosen)
        grid.moved.connect(self._on_moved)
        session.changed.connect(self._on_changed)
        self.show_day(self.day)

    def show_day(self, day: date) -> None:
        """Mark ``day`` out and show it among its neighbours."""
        self.day = day
        self._show(day)

    def first_of(self, day: date) -> date:
        """The first day of the grid that shows ``day``."""
        raise NotImplementedError

    def heading_of(self, day: date) -> str:
        """The heading of the grid that shows ``day``."""
        raise NotImplementedError

    def turned(self, day: date, steps: int) -> date:
        """``day`` moved on by pages of the grid."""
        raise NotImplementedError

    def _show(self, cursor: date) -> None:
        self._shown = cursor
        first = self.first_of(cursor)
        moved = first != self.grid.first
        self.grid.show_from(first, cursor.month if self.grid.weeks > 1 else None)
        self.grid.set_days(self._session.today(), self.day, cursor)
        self._heading.setText(self.heading_of(cursor))
        self.grid.setAccessibleName(self.tr("Calendar, {0}").format(self._heading.text()))
        if moved or self._is_new:
            self._is_new = False
            self.refresh()

    def refresh(self) -> None:
        """Read what the days that are shown hold."""
        first, last = self.grid.first, self.grid.last
        end = min(last, date.max - timedelta(days=1)) + timedelta(days=1)
        try:
            totals = self._session.read(lambda tx: day_totals.day_minutes(tx, first, end))
        except KotterError as error:
            self.failed.emit(error)
        else:
            self.grid.set_totals(totals)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(0)
        row.addWidget(self._heading)
        row.addStretch(1)
        row.addWidget(self._earlier)
        row.addWidget(self._later)
        return row

    def _arrow(self, object_name: str, name: str, steps: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName(object_name)
        button.setIconSize(QSize(18, 18))
        button.setFixedSize(32, 32)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self._show(self.turned(self._shown, steps)))
        return button

    def _point_arrows(self) -> None:
        back, on = "chevron-left", "chevron-right"
        if self.isRightToLeft():
            back, on = on, back
        self._earlier.setIcon(theme.icon(back))
        self._later.setIcon(theme.icon(on))

    def _on_chosen(self, day: date) -> None:
        self.show_day(day)
        self.day_chosen.emit(day)

    def _on_moved(self, day: date) -> None:
        self._show(day)

    def _on_changed(self, changes: Changes) -> None:
        seen = any(self.grid.first <= day <= self.grid.last for day in changes.days)
        if seen or (changes.membership and not changes.days):
            self.refresh()

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Arrows point the way that time runs."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._point_arrows()


class MonthCalendar(Calendar):
    """Six weeks around a month."""

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(session, DayGrid(session.today()), parent)
        self.setObjectName("month_calendar")

    def first_of(self, day: date) -> date:
        """The week with the first of the month."""
        return week_start(day.replace(day=1))

    def heading_of(self, day: date) -> str:
        """The month."""
        return month_text(day)

    def turned(self, day: date, steps: int) -> date:
        """By months."""
        return months_later(day, steps)


class WeekStrip(Calendar):
    """One week, where there is no room for a month."""

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(session, WeekRow(session.today()), parent)
        self.setObjectName("week_strip")

    def first_of(self, day: date) -> date:
        """The week's first day."""
        return week_start(day)

    def heading_of(self, day: date) -> str:
        """First and last day of the week."""
        first = week_start(day)
        return span_text(first, min(first, date.max - timedelta(days=6)) + timedelta(days=6))

    def turned(self, day: date, steps: int) -> date:
        """By weeks."""
        number = day.toordinal() + 7 * steps
        return date.fromordinal(number) if 1 <= number <= date.max.toordinal() else day
