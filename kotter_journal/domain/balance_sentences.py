"""Balance sentences: what a balance says in words, never a percentage without its hours."""

from math import floor

from kotter_journal.domain.balance import (
    ENOUGH_DAYS,
    ENOUGH_MINUTES,
    SOUND_DAYS,
    Balance,
    Status,
    change_between,
    comparable,
)
from kotter_journal.domain.periods import MONTHS, Period
from kotter_journal.domain.sentences import date_text, hours_text, minutes_text

_LOW_COVERAGE, _MANY_EVEN = 40, 30
_WIDE = 20
"""Percent and percentage points from which a remark is due."""


def percent_text(share: float) -> str:
    """A share as whole percent, a half rounded up: "36 %"."""
    return f"{_percent(share)} %"


def period_text(period: Period) -> str:
    """First and last date in words: "2 to 8 March 2026"; one date where it is one day."""
    first, last = period.start, period.last
    if first == last:
        return date_text(first)
    if first.year != last.year:
        return f"{date_text(first)} to {date_text(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} to {date_text(last)}"
    return f"{first.day} to {date_text(last)}"


def balance_sentence(balance: Balance) -> str:
    """What a balance says: the headline and every remark that belongs beside it."""
    return " ".join((headline_sentence(balance), *balance_remarks(balance)))


def headline_sentence(balance: Balance) -> str:
    """The share with its hours, days and coverage, or that there is too little to speak of one."""
    if balance.status is Status.TOO_LITTLE:
        return _too_little(balance)
    provisional = " (provisional)" if balance.status is Status.PROVISIONAL else ""
    return (
        f"{balance.percent_leading} % leading{provisional}"
        f" in the {hours_text(balance.classified)} you classified;"
        f" {_days(balance)}{_expected(balance)} logged."
    )


def balance_remarks(balance: Balance) -> tuple[str, ...]:
    """What must be said beside the headline, one sentence each, most important first."""
    remarks = []
    shown = balance.status is not Status.TOO_LITTLE
    if shown and 0 < 100 * balance.logged < _LOW_COVERAGE * balance.expected:
        remarks.append("Describes what you logged, not your week.")
    if shown and 100 * balance.even > _MANY_EVEN * balance.classified:
        part = percent_text(balance.even / balance.classified)
        remarks.append(f"{part} of it ({minutes_text(balance.even)}) rests on even splits.")
    if balance.untimed:
        verb = "is" if balance.untimed == 1 else "are"
        entries = _count(balance.untimed, "entry", "entries")
        remarks.append(f"{entries} without minutes {verb} not in this figure.")
    if balance.outside:
        remarks.append(f"{minutes_text(balance.outside)} outside the six not counted.")
    if balance.unclassified:
        remarks.append(_unclassified(balance))
    return tuple(remarks)


def coverage_sentence(balance: Balance) -> str:
    """What the figures rest on: hours, entries, days, coverage and same-day logging."""
    entries = _count(balance.entries, "entry", "entries")
    if balance.same_day_share is None:
        return f"{entries}, no time logged. Time you did not log is not counted."
    return (
        f"Based on {minutes_text(balance.logged)} logged in {entries},"
        f" on {_days(balance)}{_expected(balance)};"
        f" {percent_text(balance.same_day_share)} written down the same day."
        " Time you did not log is not counted."
    )


def range_sentence(balance: Balance) -> str:
    """How the days varied, as the 80 % range; empty where no share is shown."""
    between = balance.range_80
    if balance.status is Status.TOO_LITTLE or between is None:
        return ""
    low, high = (_percent(share) for share in between)
    figure = f"{low}-{high} %" if low < high else f"{low} %"
    basis = f"{balance.logged_days} days ({hours_text(balance.classified)})"
    another = f"{_another(balance.period)} could give {figure}."
    if high - low >= _WIDE:
        return f"Your {basis} ranged so widely that {another}"
    return f"Going by how your {basis} varied, {another}"


def change_sentence(earlier: Balance, later: Balance) -> str:
    """How the share compares with that of the period before, with the hours of both sides."""
    before = _before(earlier.period)
    if not comparable(earlier, later):
        return (
            f"Too little logged to compare with {before}: it takes {SOUND_DAYS} logged days and"
            f" {minutes_text(ENOUGH_MINUTES)} classified in each."
        )
    change = change_between(earlier, later)
    if change is None:
        verdict = f"About the same as in {before}"
    else:
        verdict = f"{'More' if change.difference > 0 else 'Less'} leading than in {before}"
    return (
        f"{verdict}: {later.percent_leading} %, before {earlier.percent_leading} %."
        f" Leading {hours_text(later.leading)}, before {hours_text(earlier.leading)};"
        f" managing {hours_text(later.managing)}, before {hours_text(earlier.managing)}."
    )


def _percent(share: float) -> int:
    return floor(share * 100 + 0.5)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _too_little(balance: Balance) -> str:
    if not balance.entries:
        return f"Nothing logged, {period_text(balance.period)}: too little to speak of a balance."
    entries = _count(balance.entries, "entry", "entries")
    if not balance.classified:
        return f"No classified time in {entries}: too little to speak of a balance."
    return (
        f"{minutes_text(balance.classified)} classified in {entries}, {_days(balance)}:"
        " too little to speak of a balance."
        f" That takes {ENOUGH_DAYS} logged days and {minutes_text(ENOUGH_MINUTES)} classified."
    )


def _days(balance: Balance) -> str:
    """Logged days of workdays; days off on which something was logged stand apart."""
    others = balance.logged_days - balance.logged_workdays
    if not balance.workdays:
        return _count(others, "day", "days")
    days = f"{balance.logged_workdays} of {_count(balance.workdays, 'workday', 'workdays')}"
    return f"{days} and {_count(others, 'day', 'days')} off" if others else days


def _expected(balance: Balance) -> str:
    coverage = balance.coverage
    return "" if coverage is None else f", {percent_text(coverage)} of expected hours"


def _unclassified(balance: Balance) -> str:
    unsorted = f"{minutes_text(balance.unclassified)} not yet classified"
    bounds = balance.bounds
    if balance.status is Status.TOO_LITTLE or bounds is None:
        return f"{unsorted}."
    low, high = (_percent(share) for share in bounds)
    if low == high:
        return f"{unsorted}, too little to move the share."
    return f"{unsorted}: with it the share would lie somewhere in {low}-{high} %."


def _before(period: Period) -> str:
    """What to call the stretch of time before one as long as ``period``."""
    kinds = {7: "week", 28: "4 weeks", 84: "12 weeks", 365: "year", 366: "year"}
    return f"the {kinds.get(period.days, 'period')} before"


def _another(period: Period) -> str:
    """What to call one more stretch of time like ``period``."""
    if period.days <= 7:
        return "another such week"
    if period.days in (28, 84):
        return f"another {period.days // 7} such weeks"
    return f"another such {'year' if period.days in (365, 366) else 'period'}"
