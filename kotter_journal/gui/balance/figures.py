"""Figures: what the Balance page reads in one go, and what its charts make of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kotter_journal.domain.balance import Balance, DayMinutes, balance_of
from kotter_journal.domain.own_band import band_in
from kotter_journal.domain.periods import Period, Span, shifted
from kotter_journal.domain.trailing import (
    WEEKS,
    TrailingPoint,
    reads_from,
    trailing_points,
    weeks_until,
    window_of,
)
from kotter_journal.domain.working_time import Band, WorkingTime
from kotter_journal.gui.balance.buckets import Bucket, buckets_of
from kotter_journal.gui.balance.day_strip import MOST_DAYS
from kotter_journal.services.working_time import working_time
from kotter_journal.storage import day_totals
from kotter_journal.storage import working_time as working_rows
from kotter_journal.storage.database import Transaction

HEAT_WEEKS = 53
SHORT_DAYS, USUAL_WEEKS = 56, 26
"""Below so many days the trailing share looks at so many weeks."""
MOST_WEEKS, _POINTS = 624, 160
"""Twelve years, and the most weeks that are shown one by one."""


@dataclass(frozen=True)
class Asked:
    """A period as it was chosen (``whole``), and of it what is past; weeks begin on a weekday."""

    whole: Period
    today: date
    span: Span | None
    first_weekday: int

    @property
    def period(self) -> Period:
        """The chosen period without the days still to come."""
        return so_far(self.whole, self.today)

    @property
    def earlier(self) -> Period | None:
        """The four weeks before four weeks."""
        four = self.span is Span.FOUR_WEEKS
        return shifted(Span.FOUR_WEEKS, self.whole, -1) if four else None

    @property
    def is_cut(self) -> bool:
        """Whether the trailing share shows only the last MOST_WEEKS of a longer period."""
        return self.period.days > 7 * MOST_WEEKS

    @cached_property
    def weeks(self) -> list[Period]:
        """The weeks of the trailing share: all, or where those are very many every fourth."""
        first, last = (
            weeks_until(day, 1, self.first_weekday)[0].start
            for day in (self.period.start, self.period.last)
        )
        count = min((last - first).days // 7 + 1, MOST_WEEKS)
        if self.period.days < SHORT_DAYS:
            count = USUAL_WEEKS
        weeks = weeks_until(self.period.last, count, self.first_weekday)
        step = 1 if len(weeks) <= _POINTS else WEEKS
        return weeks[::-1][::step][::-1]

    @property
    def heat(self) -> Period:
        """The year of the heat map."""
        weeks = weeks_until(self.period.last, HEAT_WEEKS, self.first_weekday)
        return Period(weeks[0].start, self.period.end)

    @property
    def strip(self) -> Period:
        """The days of the strip."""
        first = max(self.period.start.toordinal(), self.period.end.toordinal() - MOST_DAYS)
        return Period(date.fromordinal(first), self.period.end)

    @property
    def reads(self) -> Period:
        """Everything from the first day that any chart needs."""
        starts = [self.period.start, self.heat.start, reads_from(self.weeks)]
        starts += [self.earlier.start] if self.earlier is not None else []
        return Period(min(starts), self.period.end)


class Figures:
    """What was read, and the balances that the charts show."""

    def __init__(
        self,
        asked: Asked,
        days: Sequence[DayMinutes],
        working: WorkingTime,
        bands: Sequence[Band],
        first_and_last: tuple[date, date] | None,
    ) -> None:
        self.asked = asked
        self.bands = bands
        self.first_and_last = first_and_last
        self._days, self._working = days, working
        self.balance = self._sum(asked.period)

    @cached_property
    def earlier(self) -> Balance | None:
        """The balance before, where the two may be compared."""
        return None if self.asked.earlier is None else self._sum(self.asked.earlier)

    @cached_property
    def band(self) -> Band | None:
        """The user's band that held at the end of the period."""
        return band_in(self.bands, self.asked.period)

    @cached_property
    def buckets(self) -> list[Bucket]:
        """The bars over time."""
        return buckets_of(self.balance, self.asked.whole, self.asked.first_weekday)

    @cached_property
    def points(self) -> list[TrailingPoint]:
        """The trailing share."""
        return trailing_points(self.asked.weeks, self._days, self._working)

    @cached_property
    def trailing(self) -> Balance:
        """All that the trailing share rests on."""
        weeks = self.asked.weeks
        return self._sum(Period(window_of(weeks[0]).start, weeks[-1].end))

    @cached_property
    def newest(self) -> Balance:
        """The newest point of the trailing share, or the four weeks where there is none."""
        shown = [point.balance for point in self.points if point.balance is not None]
        return shown[-1] if shown else self._sum(window_of(self.asked.weeks[-1]))

    @cached_property
    def heat(self) -> Balance:
        """The year of the heat map."""
        return self._sum(self.asked.heat)

    @cached_property
    def strip(self) -> Balance:
        """The days of the strip."""
        return self._sum(self.asked.strip)

    def _sum(self, period: Period) -> Balance:
        return balance_of(period, self._days, self._working)


def read_figures(tx: Transaction, asked: Asked) -> Figures:
    """What the page shows for a period; a bounded, indexed query."""
    reads = asked.reads
    return Figures(
        asked,
        day_totals.day_minutes(tx, reads.start, reads.end),
        working_time(tx, Period(reads.start, asked.whole.end)),
        working_rows.bands(tx),
        day_totals.first_and_last(tx),
    )


def so_far(period: Period, today: date) -> Period:
    """``period`` without the days still to come, as long as it runs on ``today``."""
    return (
        Period(period.start, min(period.end, today + timedelta(days=1)))
        if today in period
        else period
    )
