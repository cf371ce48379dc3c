"""YearPage: twelve months at a glance, each day with a mark of its hours."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.sentences import entries_text, minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.drawing import Canvas
from kotter_journal.gui.entries.day_grid import MARGIN, DayGrid
from kotter_journal.gui.entries.days import month_name, months_later, week_start
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage import day_totals

_WIDEST, _NARROWEST = 1400, 250
"""Of the twelve months together, and of each of them, in pixels at 100 %."""
_ACROSS = (4, 3, 2, 1)
"""Numbers of months in a row; they leave no gap at the end."""


class _MonthGrid(DayGrid):
    """The days of one month and no others; its pages are years."""

    page_months = 12

    def day_at(self, point: QPointF) -> date | None:
        """The day of this month under a point of the widget."""
        day = super().day_at(point)
        return day if day is not None and day.month == self.month else None

    def _draw_day(self, canvas: Canvas, number: int) -> None:
        ordinal = self.first.toordinal() + number
        inside = ordinal <= date.max.toordinal()
        if inside and date.fromordinal(ordinal).month == self.month:
            super()._draw_day(canvas, number)


class YearPage(QWidget):
    """``day_chosen`` carries the day to go to, ``month_chosen`` the first of a month to read.

    ``left``: back to the page before.
    """

    day_chosen = Signal(object)
    month_chosen = Signal(object)
    left = Signal()
    failed = Signal(object)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.day = session.today()
        self.heading = label("", "heading")
        self.count = label("", "meta")
        self.grids = [_MonthGrid(self.day) for _ in range(12)]
        self.month_buttons = [QPushButton() for _ in range(12)]
        self._months = [self._make_month(rank) for rank in range(12)]
        self._lay_out()
        session.changed.connect(self._on_changed)

    def show_day(self, day: date) -> None:
        """Show the year of ``day``, with the keys standing on that day."""
        self.day = day
        for rank, grid in enumerate(self.grids):
            first = date(day.year, rank + 1, 1)
            grid.show_from(week_start(first), rank + 1)
            grid.setAccessibleName(self.tr("{0} {1}").format(month_name(first), day.year))
        self.heading.setText(str(day.year))
        self._mark(day)
        # Months that are not laid out yet have no place to scroll to.
        QTimer.singleShot(0, self, self._show_month)
        self.refresh()

    def refresh(self) -> None:
        """Read what the days of the year hold."""
        first, last = date(self.day.year, 1, 1), date(self.day.year, 12, 31)
        end = min(last, date.max - timedelta(days=1)) + timedelta(days=1)
        self._session.run(
            lambda tx: day_totals.day_minutes(tx, first, end),
            owner=self,
            done=self._show_totals,
            refused=self.failed.emit,
            latest="year",
        )

    def _show_totals(self, totals: list[DayMinutes]) -> None:
        for grid in self.grids:
            grid.set_totals(one for one in totals if one.on.month == grid.month)
        entries = entries_text(sum(one.entries for one in totals))
        logged = sum(one.logged for one in totals)
        self.count.setText(f"{entries}, {minutes_text(logged)}" if logged else entries)

    def _mark(self, day: date) -> None:
        """Let the keys stand on ``day``: its month alone is reached with Tab."""
        self.day = day
        for grid in self.grids:
            grid.set_days(self._session.today(), day, day)
            mine = grid.month == day.month
            policy = Qt.FocusPolicy.StrongFocus if mine else Qt.FocusPolicy.ClickFocus
            grid.setFocusPolicy(policy)
        self.setFocusProxy(self.grids[day.month - 1])

    def _on_moved(self, day: date) -> None:
        if day.year != self.day.year:
            self.show_day(day)
        else:
            self._mark(day)
        self.grids[day.month - 1].setFocus()
        self._show_month()

    def _show_month(self) -> None:
        self._scroll.ensureWidgetVisible(self._months[self.day.month - 1], 0, 24)

    def _turn(self, years: int) -> None:
        self.show_day(months_later(self.day, 12 * years))

    def _on_changed(self, changes: Changes) -> None:
        seen = any(day.year == self.day.year for day in changes.days)
        if self.isVisible() and (seen or (changes.membership and not changes.days)):
            self.refresh()

    def _make_month(self, rank: int) -> QWidget:
        grid, button = self.grids[rank], self.month_buttons[rank]
        grid.chosen.connect(self.day_chosen)
        grid.moved.connect(self._on_moved)
        name = month_name(date(2000, rank + 1, 1))
        button.setText(name)
        button.setToolTip(self.tr("Read {0}").format(name))
        theme.mark(button, "period")
        button.clicked.connect(lambda: self.month_chosen.emit(date(self.day.year, rank + 1, 1)))
        month = QWidget()
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 0, MARGIN, 0)
        head.addWidget(button)
        head.addStretch(1)
        column = QVBoxLayout(month)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(grid)
        column.addStretch(1)
        return month

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.setSpacing(12)
        back = self._tool("leave_year", "arrow-left", self.tr("Back (Esc)"))
        back.clicked.connect(self.left)
        head.addWidget(back)
        head.addWidget(self.heading)
        head.addWidget(self.count)
        head.addStretch(1)
        for name, words, years in (
            ("earlier", self.tr("The year before"), -1),
            ("later", self.tr("The year after"), 1),
        ):
            arrow = self._tool(name, "", words)
            arrow.clicked.connect(lambda _=False, years=years: self._turn(years))
            head.addWidget(arrow)
        inside = QWidget()
        theme.mark(inside, "sheet")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(24, 8, 24, 24)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self._point_arrows()

    def _tool(self, name: str, icon: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setIconSize(QSize(18, 18))
        button.setFixedSize(32, 32)
        if icon:
            button.setIcon(theme.icon(icon))
        return button

    def _point_arrows(self) -> None:
        """Arrows point the way that time runs."""
        back, on = "chevron-left", "chevron-right"
        if self.isRightToLeft():
            back, on = on, back
        for name, icon in (("earlier", back), ("later", on)):
            arrow = self.findChild(QToolButton, name)
            if arrow is not None:
                arrow.setIcon(theme.icon(icon))

    def _place_months(self) -> None:
        room = min(self.width(), theme.px(_WIDEST)) - 48
        across = next((n for n in _ACROSS if room // n >= theme.px(_NARROWEST)), 1)
        for rank, month in enumerate(self._months):
            self._grid.addWidget(month, rank // across, rank % across)
        for column in range(_ACROSS[0]):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        side = max(24, (self.width() - theme.px(_WIDEST)) // 2)
        self._grid.setContentsMargins(side, 8, side, 24)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As many months side by side as there is room for."""
        super().resizeEvent(event)
        self._place_months()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the text size and the direction of writing."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._point_arrows()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place_months()
