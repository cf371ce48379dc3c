"""Working time: which days count, and how many minutes of work are expected on them.

A day that somebody set counts as set; then come public holidays, then the working week that was
valid on the day. All of it is dated, so that an old week is read by what held then.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.domain.periods import Period

FULL_DAY = 480
"""Minutes expected of a workday as long as nobody says otherwise."""


class DayStatus(StrEnum):
    """Whether a day is a workday, a part of one, or off."""

    WORK = "work"
    PARTIAL = "partial"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """Expected minutes, Monday to Sunday, from ``valid_from`` on; a weekday with 0 is no workday.

    ``country`` is an ISO 3166-1 code, ``subdivision`` the part after the hyphen in ISO 3166-2;
    their public holidays are off. Empty for none.
    """

    minutes: tuple[int, ...] = (FULL_DAY,) * 5 + (0, 0)
    valid_from: date = date.min
    country: str = ""
    subdivision: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class SetDay:
    """A date whose status somebody set; ``expected`` minutes, or None for what is usual."""

    on: date
    status: DayStatus
    expected: int | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """The leadership share, in percent, that the user wants from ``valid_from`` on.

    None in both for no band any more.
    """

    valid_from: date
    low: int | None
    high: int | None
    id: str = ""


USUAL_WEEK = WorkingWeek()
"""Five days of eight hours."""


@dataclass(frozen=True)
class WorkingTime:
    """``weeks`` by ``valid_from``; ``set_days`` and ``holidays`` by date, with the holidays' names.

    Days before the first week follow the usual one.
    """

    weeks: tuple[WorkingWeek, ...] = ()
    set_days: Mapping[date, SetDay] = field(default_factory=dict)
    holidays: Mapping[date, str] = field(default_factory=dict)

    def week_on(self, day: date) -> WorkingWeek:
        """The working week that was valid on a date."""
        held = [one for one in self.weeks if one.valid_from <= day]
        return held[-1] if held else USUAL_WEEK

    def status_of(self, day: date) -> DayStatus:
        """Whether a date is a workday, a part of one, or off."""
        if one := self.set_days.get(day):
            return one.status
        usual = self.week_on(day).minutes[day.weekday()]
        return DayStatus.OFF if not usual or day in self.holidays else DayStatus.WORK

    def is_workday(self, day: date) -> bool:
        """Whether any work is expected."""
        return self.status_of(day) is not DayStatus.OFF

    def expected_on(self, day: date) -> int:
        """Expected minutes of a date; half of the usual on a part of a workday."""
        status, usual = self.status_of(day), self.week_on(day).minutes
        if status is DayStatus.OFF:
            return 0
        one = self.set_days.get(day)
        if one is not None and one.expected is not None:
            return one.expected
        whole = usual[day.weekday()] or max(usual) or FULL_DAY
        return whole // 2 if status is DayStatus.PARTIAL else whole

    def why_off(self, day: date) -> str:
        """The name of the holiday on a date; empty where it is none."""
        return self.holidays.get(day, "")

    def minutes_in(self, period: Period) -> int:
        """Expected minutes of a period."""
        return self._over(period, self.expected_on, lambda week: week.minutes)

    def workdays_in(self, period: Period) -> int:
        """Workdays of a period."""
        return self._over(
            period,
            lambda day: int(self.is_workday(day)),
            lambda week: [minutes > 0 for minutes in week.minutes],
        )

    @cached_property
    def _unusual(self) -> list[date]:
        """Dates that do not follow their weekday, in order."""
        return sorted({*self.set_days, *self.holidays})

    def _over(
        self,
        period: Period,
        of_day: Callable[[date], int],
        of_week: Callable[[WorkingWeek], Sequence[int]],
    ) -> int:
        """Sum over a period: whole weeks at once, and what is unusual day by day."""
        total = 0
        for week, part in self._parts(period):
            total += _over_weekdays(part, of_week(week))
        first = bisect_left(self._unusual, period.start)
        for day in self._unusual[first : bisect_left(self._unusual, period.end)]:
            total += of_day(day) - int(of_week(self.week_on(day))[day.weekday()])
        return total

    def _parts(self, period: Period) -> Iterable[tuple[WorkingWeek, Period]]:
        """The weeks that were valid within a period, each with its part of it."""
        starts = [one.valid_from for one in self.weeks]
        rank = bisect_right(starts, period.start)
        start = period.start
        while start < period.end:
            end = min(starts[rank], period.end) if rank < len(starts) else period.end
            week = self.weeks[rank - 1] if rank else USUAL_WEEK
            yield week, Period(start, end)
            start, rank = end, rank + 1


def band_on(bands: Iterable[Band], day: date) -> Band | None:
    """The band that held on a date, of those in the order of their dates; None for none."""
    held = [one for one in bands if one.valid_from <= day]
    return held[-1] if held and held[-1].low is not None else None


def checked_week(minutes: Sequence[int]) -> tuple[int, ...]:
    """The minutes of seven weekdays. Raises UnreadableInput for more than 24 hours."""
    for one in minutes:
        if not 0 <= one <= 1440:
            raise UnreadableInput(str(one), "a day has 0 to 1,440 minutes")
    return tuple(minutes)


def checked_band(low: int, high: int) -> tuple[int, int]:
    """A band in percent. Raises UnreadableInput unless 0 <= low < high <= 100."""
    if not 0 <= low < high <= 100:
        reason = "a band goes from a lower to a higher share between 0 and 100 %"
        raise UnreadableInput(f"{low}-{high} %", reason)
    return low, high


def _over_weekdays(period: Period, values: Sequence[int]) -> int:
    weeks, rest = divmod(period.days, 7)
    first = period.start.weekday()
    return weeks * sum(values) + sum(values[(first + i) % 7] for i in range(rest))
