"""Balance page: asks for the days of a period and shows them as cards or as tables."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.balance import Balance, DayMinutes, Status, balance_of
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.periods import Period, Span, period_of, shifted
from kotter_journal.domain.working_time import WorkingTime
from kotter_journal.gui import theme
from kotter_journal.gui.balance.activity_rows import ActivityRows
from kotter_journal.gui.balance.buckets import Bucket, Step, buckets_of
from kotter_journal.gui.balance.headline import HeadlineCard
from kotter_journal.gui.balance.pairs_chart import PairsChart
from kotter_journal.gui.balance.period_bar import PeriodBar
from kotter_journal.gui.balance.tables import BalanceTables
from kotter_journal.gui.balance.time_chart import FEW_DAYS, TimeChart
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.segments import Segments
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.working_time import working_time
from kotter_journal.storage import day_totals
from kotter_journal.storage.database import Transaction

_TWO_COLUMNS = 900


class EmptyCard(Card):
    """What to do where a period has no entries."""

    last_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._words = label("", "quiet", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = label(self.tr("Nothing logged in this period"), "section")
        self._back = QPushButton(self.tr("Show the last period with entries"))
        self._back.clicked.connect(self.last_wanted)
        self.body.setContentsMargins(40, 56, 40, 56)
        self.body.addWidget(title, 0, Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._words)
        self.body.addWidget(self._back, 0, Qt.AlignmentFlag.AlignCenter)

    def offer_last(self, *, some: bool) -> None:
        """Say where to go; ``some`` tells whether there are entries at another time."""
        self._words.setText(
            self.tr("Write what you did on Today and give it minutes. It shows up here at once.")
        )
        self._back.setVisible(some)


class TimeCard(Card):
    """The time chart with its switch between hours and shares."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self.chart = TimeChart()
        self._shares = False
        self._buckets: list[Bucket] = []
        self._switch = Segments(
            {False: self.tr("Hours"), True: self.tr("Share")}, self.tr("Unit of the bars")
        )
        self._switch.set_current(False)
        self._switch.chosen.connect(self._on_unit)
        self.head.addWidget(self._switch)
        self.body.addWidget(self.chart, 1)

    def set_buckets(self, buckets: list[Bucket], *, shares_allowed: bool) -> None:
        """Show these bars; where the period has too little for a ratio, in hours only."""
        self._buckets = buckets
        self._switch.setVisible(shares_allowed)
        if not shares_allowed:
            self._shares = False
            self._switch.set_current(False)
        self._show()

    def _on_unit(self, shares: bool) -> None:
        self._shares = shares
        self._show()

    def _show(self) -> None:
        titles = {
            Step.DAY: self.tr("Day by day"),
            Step.WEEK: self.tr("Week by week"),
            Step.MONTH: self.tr("Month by month"),
            Step.QUARTER: self.tr("Quarter by quarter"),
            Step.YEAR: self.tr("Year by year"),
        }
        step = self._buckets[0].step if self._buckets else Step.WEEK
        notes = [self.tr("share of the six, hours below") if self._shares else self.tr("hours")]
        notes.append(self.tr("leading below the line, managing above"))
        if step is not Step.DAY:
            notes.append(self.tr("hollow = fewer than {0} logged days").format(FEW_DAYS))
        if step is Step.WEEK:
            notes.append(self.tr("dots = workdays, filled where logged"))
        self.set_title(titles[step], " · ".join(notes))
        self.chart.set_buckets(self._buckets, shares=self._shares)


class BalancePage(QWidget):
    """How the hours of a period divide.

    ``activity_chosen`` asks for the entries behind a figure: an Activity, or None for any, and
    the Period. The page reads anew when the journal changes, once it is seen again.
    """

    activity_chosen = Signal(object, object)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._first_weekday = 0
        self._is_stale = True
        self._balance: Balance | None = None
        self._buckets: list[Bucket] = []
        self._is_narrow: bool | None = None
        self._first_and_last: tuple[date, date] | None = None
        self.bar = PeriodBar(session.today())
        self.headline = HeadlineCard()
        self.pairs = PairsChart()
        self.rows = ActivityRows()
        self.over_time = TimeCard()
        self.tables = BalanceTables()
        self.empty = EmptyCard()
        self._arrange()
        self._connect()

    def set_first_weekday(self, first_weekday: int) -> None:
        """The first day of the week (0 Monday .. 6 Sunday)."""
        self._first_weekday = first_weekday
        self._refresh_or_wait()

    def refresh(self) -> None:
        """Ask the journal and show what it answers."""
        today = self._session.today()
        self.bar.set_calendar(today, self._first_weekday)
        whole = self.bar.period
        period = so_far(whole, today)
        earlier = shifted(Span.FOUR_WEEKS, whole, -1) if self.bar.span is Span.FOUR_WEEKS else None
        start = earlier.start if earlier is not None else period.start

        def ask(
            tx: Transaction,
        ) -> tuple[list[DayMinutes], tuple[date, date] | None, WorkingTime]:
            return (
                day_totals.day_minutes(tx, start, period.end),
                day_totals.first_and_last(tx),
                working_time(tx, Period(start, whole.end)),
            )

        try:
            days, self._first_and_last, working = self._session.read(ask)
        except KotterError as error:
            self._session.failed.emit(error)
            return
        self._is_stale = False
        balance = balance_of(period, days, working)
        before = balance_of(earlier, days, working) if earlier is not None else None
        self._show(balance, before, buckets_of(balance, whole, self._first_weekday))

    def _show(self, balance: Balance, earlier: Balance | None, buckets: list[Bucket]) -> None:
        self._balance, self._buckets = balance, buckets
        allowed = balance.status is not Status.TOO_LITTLE
        self.headline.set_balances(balance, earlier)
        self.pairs.set_balance(balance)
        self.rows.set_balance(balance)
        self.over_time.set_buckets(buckets, shares_allowed=allowed)
        self.empty.offer_last(some=self._first_and_last is not None)
        self._choose_part()

    def _choose_part(self) -> None:
        something = self._balance is not None and self._balance.entries > 0
        as_table = self.bar.shows_table
        if something and as_table and self._balance is not None:
            self.tables.set_numbers(self._balance, self._buckets)
        self.empty.setVisible(not something)
        self.tables.setVisible(something and as_table)
        self._cards.setVisible(something and not as_table)

    def _arrange(self) -> None:
        # From the outside in: a widget that moves is polished anew with all in it.
        column = self._scrolled_column()
        column.addWidget(self.bar)
        self._cards = QWidget()
        for part in (self._cards, self.tables, self.empty):
            column.addWidget(part)
            part.hide()
        column.addStretch(1)
        self._grid = grid = QGridLayout(self._cards)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(16)
        self._pairs_card = pairs = Card(self.tr("Three pairs"))
        pairs.set_title(self.tr("Three pairs"), self.tr("hours to both sides of a middle line"))
        pairs.body.addWidget(self.pairs)
        self._rows_card = rows = Card(self.tr("Where the time went"))
        rows.body.addWidget(self.rows)
        grid.addWidget(self.headline, 0, 0, 1, 2)
        grid.addWidget(self.over_time, 3, 0, 1, 2)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 6)

    def _scrolled_column(self) -> QVBoxLayout:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        content = QWidget()
        theme.mark(content, "page")
        column = QVBoxLayout(content)
        column.setContentsMargins(32, 20, 32, 32)
        column.setSpacing(16)
        scroll.setWidget(content)
        return column

    def _connect(self) -> None:
        self._session.changed.connect(self._refresh_or_wait)
        self.bar.chosen.connect(self.refresh)
        self.bar.as_table.connect(self._choose_part)
        self.empty.last_wanted.connect(self._on_last_wanted)
        for chart in (self.headline.split, self.pairs, self.rows):
            chart.chosen.connect(self._on_activity)
        self.over_time.chart.chosen.connect(lambda period: self.activity_chosen.emit(None, period))

    def _refresh_or_wait(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def _on_activity(self, activity: Activity) -> None:
        if self._balance is not None:
            self.activity_chosen.emit(activity, self._balance.period)

    def _on_last_wanted(self) -> None:
        if self._first_and_last is not None:
            span = self.bar.span or Span.FOUR_WEEKS
            last = self._first_and_last[1]
            self.bar.choose(span, period_of(span, last, self._first_weekday))

    def _fit(self) -> None:
        """Pairs and rows side by side, or one below the other where that is too narrow."""
        narrow = self.width() < theme.px(_TWO_COLUMNS)
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        for card in (self._pairs_card, self._rows_card):
            self._grid.removeWidget(card)
        if narrow:
            self._grid.addWidget(self._pairs_card, 1, 0, 1, 2)
            self._grid.addWidget(self._rows_card, 2, 0, 1, 2)
        else:
            self._grid.addWidget(self._pairs_card, 1, 0)
            self._grid.addWidget(self._rows_card, 1, 1)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """One column or two."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what changed while out of sight."""
        super().showEvent(event)
        if self._is_stale or self.bar.today != self._session.today():
            self.refresh()


def so_far(period: Period, today: date) -> Period:
    """``period`` without the days still to come, as long as it runs on ``today``."""
    return (
        Period(period.start, min(period.end, today + timedelta(days=1)))
        if today in period
        else period
    )
