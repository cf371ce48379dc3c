"""Balance page: asks for the days of a period and shows them as cards or as tables."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.balance import SOUND_DAYS, Status
from kotter_journal.domain.balance_sentences import period_text
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.periods import Period, Span, period_of
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.domain.tag_counts import TagCounts
from kotter_journal.domain.workings import pair_workings
from kotter_journal.gui import theme
from kotter_journal.gui.balance.chart_card import ChartCard
from kotter_journal.gui.balance.empty_card import EmptyCard
from kotter_journal.gui.balance.figures import Asked, Figures, read_figures
from kotter_journal.gui.balance.headline import HeadlineCard
from kotter_journal.gui.balance.more_cards import HeatCard, StripCard, TrailingCard
from kotter_journal.gui.balance.pairs_chart import PairsChart
from kotter_journal.gui.balance.period_bar import PeriodBar
from kotter_journal.gui.balance.rows_card import RowsCard
from kotter_journal.gui.balance.sheet import save_sheet
from kotter_journal.gui.balance.tables import BalanceTables
from kotter_journal.gui.balance.time_card import TimeCard
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.captions import set_caption
from kotter_journal.storage.captions import captions
from kotter_journal.storage.tag_counts import counts_between

_TWO_COLUMNS = 900


class BalancePage(QWidget):
    """How the hours of a period divide.

    ``activity_chosen`` asks for the entries behind a figure: an Activity, or None for any, and
    the Period. ``told`` says what became of a picture, ``warned`` why there is none. The page
    reads anew when the journal changes, once it is seen again.
    """

    activity_chosen = Signal(object, object)
    told = Signal(str)
    warned = Signal(str)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._first_weekday = 0
        self._is_stale = True
        self.is_whole = False
        """Whether the cards further down show what those above do."""
        self._figures: Figures | None = None
        self._counts: TagCounts | None = None
        self._is_narrow: bool | None = None
        self.bar = PeriodBar(session.today())
        self.headline = HeadlineCard()
        self.rows_card = RowsCard()
        self.rows = self.rows_card.chart
        self.pairs = PairsChart()
        self.pairs_card = ChartCard(self.tr("Three pairs"), self.pairs, how=pair_workings)
        self.over_time = TimeCard()
        self.trailing, self.heat, self.strip = TrailingCard(), HeatCard(), StripCard()
        self.tables = BalanceTables()
        self.empty = EmptyCard()
        self._arrange()
        self._connect()

    @property
    def cards(self) -> tuple[ChartCard, ...]:
        """The cards with charts, in the order in which they are read."""
        first = (self.headline, self.rows_card, self.pairs_card, self.over_time)
        return (*first, self.trailing, self.heat, self.strip)

    @property
    def _named_cards(self) -> dict[str, ChartCard]:
        """The cards by the names under which the journal keeps what is said of them."""
        names = ("split", "activities", "pairs", "time", "trailing", "hours", "days")
        return dict(zip(names, self.cards, strict=True))

    def set_first_weekday(self, first_weekday: int) -> None:
        """The first day of the week (0 Monday .. 6 Sunday)."""
        self._first_weekday = first_weekday
        self._refresh_or_wait()

    def refresh(self) -> None:
        """Ask the journal and show what it answers."""
        today = self._session.today()
        self.bar.set_calendar(today, self._first_weekday)
        asked = Asked(self.bar.period, today, self.bar.span, self._first_weekday)
        try:
            figures, captioned = self._session.read(
                lambda tx: (read_figures(tx, asked), captions(tx, asked.whole))
            )
        except KotterError as error:
            self._session.failed.emit(error)
            return
        self._is_stale = False
        self._show(figures)
        for name, card in self._named_cards.items():
            card.show_caption(captioned.get(name, ""))

    def _show(self, figures: Figures) -> None:
        self._figures, self._counts = figures, None
        balance = figures.balance
        allowed = balance.status is not Status.TOO_LITTLE
        self.headline.set_balances(balance, figures.earlier, figures.band)
        self.pairs.set_balance(balance)
        self.rows_card.set_balance(balance)
        self.over_time.set_buckets(figures.buckets, shares_allowed=allowed)
        for card in (self.pairs_card, self.over_time):
            card.rest_on(lambda: balance)
        self.is_whole = False
        self.headline.split.installEventFilter(self)
        self.headline.split.update()
        self.empty.offer_last(some=figures.first_and_last is not None)
        self._choose_part()

    def _show_rest(self) -> None:
        """The cards further down, once those above have been painted."""
        if self._figures is None or self.is_whole:
            return
        self.is_whole = True
        for card in (self.trailing, self.heat, self.strip):
            card.set_figures(self._figures)
            card.show()

    def _choose_part(self) -> None:
        figures, as_table = self._figures, self.bar.shows_table
        something = figures is not None and figures.balance.entries > 0
        if figures is not None and something and as_table:
            self.tables.set_numbers(figures, self._counts)
            if self._counts is None:
                self._ask_counts()
        self.empty.setVisible(not something)
        self.tables.setVisible(something and as_table)
        self._cards.setVisible(something and not as_table)

    def _ask_counts(self) -> None:
        """On the worker: ten years of entries take longer than a picture may."""
        if self._figures is None:
            return
        figures, period = self._figures, self._figures.asked.period
        self._session.run(
            lambda tx: counts_between(tx, period.start, period.end),
            owner=self,
            done=lambda counts: self._show_counts(figures, counts),
            latest="entries by activity",
        )

    def _show_counts(self, figures: Figures, counts: TagCounts) -> None:
        if figures is not self._figures:
            return
        self._counts = counts
        self.rows_card.set_counts(counts)
        if self.bar.shows_table:
            self.tables.set_numbers(figures, counts)

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
        self.pairs_card.set_title(
            self.tr("Three pairs"), self.tr("hours to both sides of a middle line")
        )
        self.pairs_card.body.addWidget(self.pairs)
        grid.addWidget(self.headline, 0, 0, 1, 2)
        grid.addWidget(self.rows_card, 1, 0)
        grid.addWidget(self.pairs_card, 1, 1)
        for rank, card in enumerate(self.cards[3:], start=3):
            grid.addWidget(card, rank, 0, 1, 2)
            card.setVisible(card is self.over_time)
        grid.setColumnStretch(0, 6)
        grid.setColumnStretch(1, 5)

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

    def save_sheet(self) -> None:
        """Ask for a file and write all charts into it, from ten logged days on."""
        if self._figures is None:
            return
        balance = self._figures.balance
        if balance.status is not Status.SOUND:
            words = self.tr("It takes {0} logged days for a document of all charts.")
            self.told.emit(words.format(SOUND_DAYS))
            return
        self._show_rest()
        pictures = [one for card in self.cards if (one := card.picture()) is not None]
        title = self.tr("Balance, {0}").format(period_text(balance.period))
        path = self.ask_where(title)
        if path is None:
            return
        try:
            path = save_sheet(pictures, title, path)
        except KotterError as error:
            self.told.emit(error_sentence(error))
            return
        self.told.emit(self.tr("Saved in {0}, which is not encrypted.").format(path))

    def ask_where(self, title: str) -> Path | None:
        """The PDF file that somebody chooses."""
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save all charts (not encrypted)"),
            str(Path.home() / f"{title}.pdf"),
            self.tr("Document (*.pdf)"),
        )
        return Path(chosen) if chosen else None

    def _connect(self) -> None:
        all_charts = self.tr("Save all charts as one document…")
        self.headline.picture_button.menu().addAction(all_charts, self.save_sheet)
        self._session.changed.connect(self._refresh_or_wait)
        self.bar.chosen.connect(self.refresh)
        self.bar.as_table.connect(self._choose_part)
        self.empty.last_wanted.connect(self._on_last_wanted)
        self.rows_card.counts_wanted.connect(self._ask_counts)
        for name, card in self._named_cards.items():
            card.captioned.connect(partial(self._on_captioned, name))
            card.caption_action.setEnabled(not self._session.read_only)
            card.told.connect(self.told)
            card.failed.connect(self.warned)
            card.entries_asked.connect(lambda period: self.activity_chosen.emit(None, period))
            card.chart.chosen.connect(self._on_chosen)

    def _on_captioned(self, name: str, text: str) -> None:
        period, now = self.bar.period, self._session.now()
        self._session.write(
            lambda tx: set_caption(tx, name, period, text, now),
            owner=self,
            done=lambda _: self.refresh(),
        )

    def _refresh_or_wait(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def _on_chosen(self, key: Activity | Period) -> None:
        if isinstance(key, Period):
            self.activity_chosen.emit(None, key)
        elif self._figures is not None:
            self.activity_chosen.emit(key, self._figures.asked.period)

    def _on_last_wanted(self) -> None:
        if self._figures is not None and self._figures.first_and_last is not None:
            span = self.bar.span or Span.FOUR_WEEKS
            last = self._figures.first_and_last[1]
            self.bar.choose(span, period_of(span, last, self._first_weekday))

    def _fit(self) -> None:
        """Rows and pairs side by side, or one below the other where that is too narrow."""
        narrow = self.width() < theme.px(_TWO_COLUMNS)
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        for rank, card in enumerate((self.rows_card, self.pairs_card)):
            self._grid.removeWidget(card)
            place = (1 + rank, 0, 1, 2) if narrow else (1, rank, 1, 1)
            self._grid.addWidget(card, *place)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Go on with the cards further down once the first one is painted."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._show_rest)
        return False

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
