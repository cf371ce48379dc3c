"""Trailing share: the leadership share of the four weeks that end with each week."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kotter_journal.domain.balance import Balance, DayMinutes, Status, balance_of
from kotter_journal.domain.balance_sentences import percent_text
from kotter_journal.domain.periods import Period
from kotter_journal.domain.sentences import date_text, minutes_text
from kotter_journal.domain.working_time import WorkingTime

WEEKS = 4
"""Weeks that one point rests on."""
SEEN_WEEKS, NEEDED_WEEKS, NEEDED_DAYS = 6, 4, 3
"""A point takes four of the last six weeks with three logged days each."""


@dataclass(frozen=True, slots=True)
class TrailingPoint:
    """The four weeks that end with ``week``; ``balance`` is None where they hold too little."""

    week: Period
    balance: Balance | None


def weeks_until(last: date, count: int, first_weekday: int = 0) -> list[Period]:
    """The ``count`` calendar weeks that end with that of ``last``; the last one ends on it."""
    start = _moved(last, -((last.weekday() - first_weekday) % 7) - 7 * (count - 1))
    return Period(start, _moved(last, 1)).weeks(first_weekday)


def reads_from(weeks: Sequence[Period]) -> date:
    """The first day that the points of ``weeks`` look back to."""
    return _moved(weeks[0].start, -7 * (SEEN_WEEKS - 1))


def window_of(week: Period) -> Period:
    """The four weeks that end with a week."""
    return Period(_moved(week.start, -7 * (WEEKS - 1)), week.end)


def trailing_points(
    weeks: Sequence[Period], days: Sequence[DayMinutes], working: WorkingTime
) -> list[TrailingPoint]:
    """A point for each of these calendar weeks; ``days`` in order, from ``reads_from`` on."""
    dates = [day.on for day in days]
    logged = [day.on for day in days if day.classified]

    def balance_at(week: Period) -> Balance | None:
        if not _may_be_shown(week, logged):
            return None
        window = window_of(week)
        inside = days[bisect_left(dates, window.start) : bisect_left(dates, window.end)]
        balance = balance_of(window, inside, working)
        return None if balance.status is Status.TOO_LITTLE else balance

    return [TrailingPoint(week, balance_at(week)) for week in weeks]


def trailing_sentence(point: TrailingPoint) -> str:
    """A point in words, its percentage never without its hours."""
    balance = point.balance
    ending = f"week ending {date_text(point.week.last)}"
    between = None if balance is None else balance.range_80
    if balance is None or between is None:
        return f"{ending}: not enough logged to say"
    low, high = (percent_text(share) for share in between)
    figure = high if low == high else f"{low.removesuffix(' %')}–{high}"
    provisional = " (provisional)" if balance.status is Status.PROVISIONAL else ""
    return (
        f"{ending}: {balance.percent_leading} % leading{provisional}"
        f" of {minutes_text(balance.classified)} in the four weeks, range {figure}"
    )


def _may_be_shown(week: Period, logged: Sequence[date]) -> bool:
    """Whether enough of the weeks up to this one have enough logged days."""
    starts = [_moved(week.start, -7 * back) for back in range(SEEN_WEEKS)]
    ends = [week.end, *starts[:-1]]
    full = [
        bisect_left(logged, end) - bisect_left(logged, start) >= NEEDED_DAYS
        for start, end in zip(starts, ends, strict=True)
    ]
    return sum(full) >= NEEDED_WEEKS


def _moved(day: date, days: int) -> date:
    """``day`` moved by days, clamped to the calendar."""
    return date.fromordinal(max(1, min(date.max.toordinal(), day.toordinal() + days)))
