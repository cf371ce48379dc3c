"""Periods: half-open ranges of local dates, and dates as a person types them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kotter_journal.domain.errors import UnreadableInput

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""English names, whatever the locale."""

_LAST = date.max.toordinal()
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Period:
    """The local dates from ``start`` to before ``end``; may be empty."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many dates it holds."""
        return max(0, (self.end - self.start).days)

    @property
    def last(self) -> date:
        """The last date it holds, or ``start`` where it is empty."""
        return self.end - timedelta(days=1) if self.days else self.start

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def weeks(self, first_weekday: int = 0) -> list["Period"]:
        """The calendar weeks that touch it, in order, clipped to it.

        ``first_weekday`` is 0 for Monday .. 6 for Sunday.
        """
        weeks = []
        start, end = self.start, self.end
        while start < end:
            step = 7 - (start.weekday() - first_weekday) % 7
            reached = min(end.toordinal(), start.toordinal() + step)
            weeks.append(Period(start, date.fromordinal(reached)))
            start = weeks[-1].end
        return weeks


class Span(StrEnum):
    """How much of the calendar is looked at in one go."""

    WEEK = "week"
    FOUR_WEEKS = "4_weeks"
    TWELVE_WEEKS = "12_weeks"
    YEAR = "year"


_WEEKS = {Span.WEEK: 1, Span.FOUR_WEEKS: 4, Span.TWELVE_WEEKS: 12}


def period_of(span: Span, day: date, first_weekday: int = 0) -> Period:
    """The week with ``day``, the 4 or 12 weeks that end with it, or the calendar year.

    ``first_weekday`` is 0 for Monday .. 6 for Sunday. Clipped where the calendar ends
    (1 January of year 1, 31 December 9999).
    """
    if span is Span.YEAR:
        return _clipped(date(day.year, 1, 1).toordinal(), _first_day_after(day.year))
    end = day.toordinal() - (day.weekday() - first_weekday) % 7 + 7
    return _clipped(end - 7 * _WEEKS[span], end)


def shifted(span: Span, period: Period, steps: int) -> Period:
    """``period`` moved by ``steps`` times its span; unchanged where that leaves the calendar."""
    if span is Span.YEAR:
        year = period.start.year + steps
        inside = date.min.year <= year <= date.max.year
        return period_of(span, date(year, 1, 1)) if inside else period
    move = 7 * _WEEKS[span] * steps
    start, end = period.start.toordinal() + move, period.end.toordinal() + move
    return _clipped(start, end) if start >= 1 and end <= _LAST else period


def period_between(first: date, last: date) -> Period:
    """The period from ``first`` to ``last``, both included; raises UnreadableInput."""
    if last < first:
        raise UnreadableInput(f"{first} to {last}", "the first date comes after the last one")
    return _clipped(first.toordinal(), last.toordinal() + 1)


def parse_date(text: str, where: str = "date") -> date:
    """The date of an ISO text such as "2026-03-02"; raises UnreadableInput.

    ``where`` names the place for the error, such as "--from".
    """
    parts = _ISO_DATE.fullmatch(text.strip())
    if not parts:
        reason = f"{text[:40]!r} is not a date; write year-month-day, such as 2026-03-02"
        raise UnreadableInput(where, reason)
    year, month, day = (int(part) for part in parts.groups())
    if year == 0 or not 1 <= month <= 12:
        what = "year 0" if year == 0 else f"month {month}"
        raise UnreadableInput(where, f"{parts[0]} is not a date; there is no {what}")
    longest = monthrange(year, month)[1]
    if not 1 <= day <= longest:
        name = f"{MONTHS[month - 1]} {year}"
        raise UnreadableInput(where, f"{day} {name} is not a date; {name} has {longest} days")
    return date(year, month, day)


def _first_day_after(year: int) -> int:
    return date(year, 12, 31).toordinal() + 1


def _clipped(start: int, end: int) -> Period:
    return Period(date.fromordinal(max(start, 1)), date.fromordinal(min(end, _LAST)))
