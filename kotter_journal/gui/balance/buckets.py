"""Buckets: a period cut into the stretches of time that one bar each can show."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kotter_journal.domain.balance import Balance, balance_of
from kotter_journal.domain.periods import Period

MOST_BARS = 60
"""More bars than that cannot be told apart."""


class Step(Enum):
    """How much time one bar holds."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bar: its stretch of time clipped to the period, and the balance of it."""

    step: Step
    period: Period
    balance: Balance


def buckets_of(balance: Balance, whole: Period, first_weekday: int = 0) -> list[Bucket]:
    """``whole`` in equal steps, in order, each with the days of ``balance`` that fall in it.

    ``whole`` may reach beyond the period of ``balance``: what is still to come is empty and
    expects nothing.
    """
    step, periods = _steps(whole, first_weekday)
    days = [day.on for day in balance.days]
    buckets = []
    for period in periods:
        inside = balance.days[bisect_left(days, period.start) : bisect_left(days, period.end)]
        past = Period(period.start, max(period.start, min(period.end, balance.period.end)))
        buckets.append(Bucket(step, period, balance_of(past, inside, balance.working)))
    return buckets


def _steps(whole: Period, first_weekday: int) -> tuple[Step, list[Period]]:
    if whole.days <= 13:
        days = range(whole.start.toordinal(), whole.end.toordinal())
        return Step.DAY, [Period(date.fromordinal(d), date.fromordinal(d + 1)) for d in days]
    weeks = whole.weeks(first_weekday) if whole.days <= 7 * MOST_BARS else []
    if weeks:
        return Step.WEEK, weeks
    for step in (Step.MONTH, Step.QUARTER):
        if whole.days <= _MONTHS[step] * 30 * MOST_BARS:
            return step, _months(whole, _MONTHS[step])
    return Step.YEAR, _months(whole, 12)


def _months(whole: Period, length: int) -> list[Period]:
    """Calendar stretches of ``length`` months that touch ``whole``, clipped to it."""
    periods, start = [], whole.start
    while start < whole.end:
        months = start.year * 12 + (start.month - 1) // length * length + length
        year, month = divmod(months, 12)
        end = date(year, month + 1, 1) if year <= date.max.year else whole.end
        periods.append(Period(start, min(end, whole.end)))
        start = periods[-1].end
    return periods
