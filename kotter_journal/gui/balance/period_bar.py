"""Period bar: which stretch of time the balance page looks at."""

from datetime import date

from PySide6.QtCore import QDate, QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QWidget,
)

from kotter_journal.domain.balance_sentences import period_text
from kotter_journal.domain.periods import Period, Span, period_between, period_of, shifted
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.segments import Segments


class PeriodBar(QWidget):
    """Title, spans, arrows or two dates; ``chosen`` gives the Period, ``as_table`` the switch."""

    chosen = Signal(object)
    as_table = Signal(bool)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._first_weekday = 0
        self._span: Span | None = Span.FOUR_WEEKS
        self._period = period_of(Span.FOUR_WEEKS, today)
        self._is_narrow = False
        self._spans = Segments(
            {
                Span.WEEK: self.tr("Week"),
                Span.FOUR_WEEKS: self.tr("4 weeks"),
                Span.TWELVE_WEEKS: self.tr("12 weeks"),
                Span.YEAR: self.tr("Year"),
                None: self.tr("Custom"),
            },
            self.tr("Period"),
        )
        self.setFocusProxy(self._spans)
        self._spans.set_current(self._span)
        self._spans.chosen.connect(self._on_span)
        self._earlier = self._arrow("chevron-left", self.tr("Earlier"), -1)
        self._later = self._arrow("chevron-right", self.tr("Later"), 1)
        self._words = label("", "strong")
        self._first = self._date_edit(self.tr("First day"))
        self._last = self._date_edit(self.tr("Last day"))
        self._table = QPushButton(theme.icon("table"), " " + self.tr("Show as table"))
        self._table.setCheckable(True)
        self._table.toggled.connect(self.as_table)
        self._nav = self._make_nav()
        self._arrange()
        self._show()

    @property
    def period(self) -> Period:
        """The whole chosen period, the days still to come included."""
        return self._period

    @property
    def span(self) -> Span | None:
        """The chosen span; None for two dates of one's own."""
        return self._span

    @property
    def today(self) -> date:
        """The day on which a period counts as running."""
        return self._today

    @property
    def shows_table(self) -> bool:
        """Whether tables are wanted in place of charts."""
        return self._table.isChecked()

    def choose(self, span: Span | None, period: Period) -> None:
        """Look at ``period``, a ``span`` or (None) any two dates."""
        self._span, self._period = span, period
        self._spans.set_current(span)
        self._show()
        self.chosen.emit(period)

    def step(self, steps: int) -> None:
        """Go so many periods on, or with 0 to the one that holds today; a custom one stays."""
        if self._span is None:
            return
        if steps == 0:
            self.choose(self._span, period_of(self._span, self._today, self._first_weekday))
        elif steps < 0 or self._later.isEnabled():
            self.choose(self._span, shifted(self._span, self._period, steps))

    def set_calendar(self, today: date, first_weekday: int) -> None:
        """Follow a new day or another first day of the week (0 Monday .. 6 Sunday)."""
        was_running = self._today in self._period
        moved = (today, first_weekday) != (self._today, self._first_weekday)
        self._today, self._first_weekday = today, first_weekday
        if moved and self._span is not None:
            day = today if was_running else self._period.last
            self._period = period_of(self._span, day, first_weekday)
        self._show()

    def _make_nav(self) -> QWidget:
        nav = QWidget()
        row = QHBoxLayout(nav)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._to = label(self.tr("to"), "quiet")
        for widget in (self._earlier, self._later, self._words, self._first, self._to, self._last):
            row.addWidget(widget)
        row.addStretch(1)
        return nav

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        self._title = label(self.tr("Balance"), "heading")
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._spans, 0, 1)
        grid.addWidget(self._nav, 0, 2)
        grid.addWidget(self._table, 0, 3)
        grid.setColumnStretch(2, 1)
        self._grid = grid

    def _arrow(self, name: str, words: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(name))
        button.setIconSize(QSize(18, 18))
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.clicked.connect(lambda: self.step(step))
        return button

    def _date_edit(self, name: str) -> QDateEdit:
        edit = QDateEdit()
        edit.setCalendarPopup(True)
        theme.settle(edit.calendarWidget())
        edit.setDisplayFormat("d MMM yyyy")
        edit.setAccessibleName(name)
        edit.setToolTip(name)
        edit.userDateChanged.connect(self._on_date)
        return edit

    def _on_span(self, span: Span | None) -> None:
        if span is None:
            self.choose(None, Period(self._period.start, self._so_far()))
            return
        day = self._today if self._today in self._period else self._period.last
        self.choose(span, period_of(span, min(day, self._today), self._first_weekday))

    def _so_far(self) -> date:
        """The end of the period, or of today while it runs."""
        after_today = date.fromordinal(self._today.toordinal() + 1)
        return (
            min(self._period.end, after_today) if self._today in self._period else self._period.end
        )

    def _on_date(self) -> None:
        first, last = self._first.date().toPython(), self._last.date().toPython()
        if not isinstance(first, date) or not isinstance(last, date):
            return
        if last < first:
            moved_last = self.sender() is self._last
            first, last = (last, last) if moved_last else (first, first)
        self.choose(None, period_between(first, last))

    def _show(self) -> None:
        custom = self._span is None
        moved: tuple[QWidget, ...] = (self._earlier, self._later, self._words)
        typed: tuple[QWidget, ...] = (self._first, self._to, self._last)
        for part in (*moved, *typed):
            part.setVisible((part in typed) == custom)
        words = period_text(self._period)
        runs = self._today in self._period and self._period.last > self._today
        self._words.setText(self.tr("{0}, so far").format(words) if runs else words)
        self._later.setEnabled(self._period.end <= self._today)
        for edit, day in ((self._first, self._period.start), (self._last, self._period.last)):
            edit.blockSignals(True)
            edit.setDate(QDate(day.year, day.month, day.day))
            edit.blockSignals(False)
        self._fit()

    def _fit(self) -> None:
        """The period below the rest where one row is too narrow."""
        fixed = (self._title, self._spans, self._table)
        needed = sum(w.sizeHint().width() for w in fixed) + self._nav.sizeHint().width()
        narrow = needed + 3 * self._grid.horizontalSpacing() > self.width()
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self._grid.removeWidget(self._nav)
        if narrow:
            self._grid.addWidget(self._nav, 1, 0, 1, 4)
        else:
            self._grid.addWidget(self._nav, 0, 2)

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        """Fit anew when a part asks for another size."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """One row or two."""
        super().resizeEvent(event)
        self._fit()
