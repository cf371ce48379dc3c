"""Balance: how the logged minutes of a period divide between leading and managing."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from kotter_journal.domain.activities import LEADING, MANAGING, PAIRS, SIX, Activity, Pair
from kotter_journal.domain.periods import Period
from kotter_journal.domain.working_time import WorkingTime

ENOUGH_DAYS, ENOUGH_MINUTES, SOUND_DAYS = 5, 300, 10
_CHANGE_POINTS, _CHANGE_ERRORS = 10, 1.645


class _Sums:
    """What any stretch of logged time adds up to, one date or many; all in minutes."""

    __slots__ = ()

    minutes: Mapping[Activity, int]
    logged: int

    @property
    def leading(self) -> int:
        """Minutes of the three leading activities (L)."""
        return sum(map(self.minutes.__getitem__, LEADING))

    @property
    def managing(self) -> int:
        """Minutes of the three managing activities (M)."""
        return sum(map(self.minutes.__getitem__, MANAGING))

    @property
    def classified(self) -> int:
        """Minutes of the six (L + M)."""
        return self.leading + self.managing

    @property
    def outside(self) -> int:
        """Minutes outside the six (O); in no share."""
        return self.minutes[Activity.OUTSIDE]

    @property
    def unclassified(self) -> int:
        """Logged minutes that no activity has yet (U)."""
        return self.logged - self.classified - self.outside


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMinutes(_Sums):
    """What was logged on one local date, in minutes; entries in the trash do not count.

    ``minutes`` holds all seven activities. ``logged`` sums the durations, ``even`` those minutes
    of the six that nobody chose (method EVEN), ``same_day`` the durations of entries written on
    that very date. ``untimed`` counts the entries without a duration among ``entries``.
    """

    on: date
    minutes: Mapping[Activity, int]
    logged: int
    even: int
    same_day: int
    entries: int
    untimed: int


class Status(StrEnum):
    """How much a share may be made of."""

    TOO_LITTLE = "too_little"
    PROVISIONAL = "provisional"
    SOUND = "sound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance(_Sums):
    """The sums of a period, and what follows from them.

    The sums are those of DayMinutes. ``logged_days`` are days with classified minutes, of which
    ``logged_workdays`` fall on workdays; ``workdays`` and ``expected`` (minutes) come from
    ``working``. ``days`` are the days with entries, in order.
    """

    period: Period
    minutes: Mapping[Activity, int]
    logged: int
    even: int
    same_day: int
    entries: int
    untimed: int
    logged_days: int
    logged_workdays: int
    workdays: int
    expected: int
    days: tuple[DayMinutes, ...]
    working: WorkingTime

    @property
    def status(self) -> Status:
        """Whether there is enough to speak of a balance."""
        if self.logged_days < ENOUGH_DAYS or self.classified < ENOUGH_MINUTES:
            return Status.TOO_LITTLE
        return Status.SOUND if self.logged_days >= SOUND_DAYS else Status.PROVISIONAL

    @property
    def share(self) -> float | None:
        """The leadership share L / (L + M), 0..1: a ratio of sums; None without classified time."""
        return _ratio(self.leading, self.classified)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The share if all unclassified minutes were managing, and if all were leading."""
        whole = self.classified + self.unclassified
        if not self.classified:
            return None
        return self.leading / whole, (self.leading + self.unclassified) / whole

    @property
    def range_80(self) -> tuple[float, float] | None:
        """The 80 % range of the share, see range_of_shares."""
        return range_of_shares(self.days)

    @property
    def percent(self) -> Mapping[Activity, int] | None:
        """Whole percent of the six, summing to 100; None without classified time."""
        if not self.classified:
            return None
        return dict(zip(SIX, largest_remainder([self.minutes[a] for a in SIX]), strict=True))

    @property
    def percent_leading(self) -> int | None:
        """The share in whole percent, a half rounded up; None without classified time."""
        if not self.classified:
            return None
        return largest_remainder([self.leading, self.managing])[0]

    @property
    def pair_shares(self) -> Mapping[Pair, float | None]:
        """The leading part of each pair, 0..1; None where both sides are empty."""
        return {
            pair: _ratio(self.minutes[lead], self.minutes[lead] + self.minutes[twin])
            for pair, (lead, twin) in PAIRS.items()
        }

    @property
    def coverage(self) -> float | None:
        """Logged of expected minutes, over 1 with overtime; None where none are expected."""
        return _ratio(self.logged, self.expected)

    @property
    def even_share(self) -> float | None:
        """The part of the classified minutes, 0..1, that rests on even splits."""
        return _ratio(self.even, self.classified)

    @property
    def same_day_share(self) -> float | None:
        """The part of the logged minutes, 0..1, that was written down on the same date."""
        return _ratio(self.same_day, self.logged)


def balance_of(period: Period, days: Iterable[DayMinutes], working: WorkingTime) -> Balance:
    """The balance of a period; days outside it are left out."""
    inside = tuple(sorted((d for d in days if d.on in period), key=lambda d: d.on))
    logged = [d for d in inside if d.classified]
    return Balance(
        period=period,
        minutes={a: sum(d.minutes[a] for d in inside) for a in Activity},
        logged=sum(d.logged for d in inside),
        even=sum(d.even for d in inside),
        same_day=sum(d.same_day for d in inside),
        entries=sum(d.entries for d in inside),
        untimed=sum(d.untimed for d in inside),
        logged_days=len(logged),
        logged_workdays=sum(working.is_workday(d.on) for d in logged),
        workdays=working.workdays_in(period),
        expected=working.minutes_in(period),
        days=inside,
        working=working,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two shares that is more than the days' own spread.

    ``difference`` is later minus earlier, -1..1; ``noise`` is the difference that chance alone
    would exceed in one of ten comparisons.
    """

    earlier: float
    later: float
    noise: float

    @property
    def difference(self) -> float:
        """Later minus earlier share."""
        return self.later - self.earlier


def comparable(earlier: Balance, later: Balance) -> bool:
    """Whether both balances rest on enough days and hours to be held side by side."""
    return earlier.status is later.status is Status.SOUND


def change_between(earlier: Balance, later: Balance) -> Change | None:
    """The change of the share, or None for "about the same" or too little to compare.

    Made for four weeks against the four before. Both need 10 logged days, and the difference
    10 points and 1.645 standard errors of it.
    """
    if not comparable(earlier, later):
        return None
    # |L1/T1 - L2/T2| in whole numbers, so that exactly 10 points count as 10 points.
    apart = abs(earlier.leading * later.classified - later.leading * earlier.classified)
    enough = 100 * apart >= _CHANGE_POINTS * earlier.classified * later.classified
    change = Change(
        earlier=earlier.leading / earlier.classified,
        later=later.leading / later.classified,
        noise=_CHANGE_ERRORS
        * math.hypot(_error_of(_parts_of(earlier.days)), _error_of(_parts_of(later.days))),
    )
    return change if enough and abs(change.difference) > change.noise else None


def largest_remainder(parts: Sequence[int], total: int = 100) -> list[int]:
    """Whole shares of ``total`` in proportion to ``parts``, summing to it exactly.

    What rounding down leaves goes to the largest remainders, among equals to the earlier part.
    All zero where ``parts`` sum to 0.
    """
    whole = sum(parts)
    if not whole:
        return [0] * len(parts)
    floors = [part * total // whole for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: -(parts[i] * total % whole))
    for i in by_remainder[: total - sum(floors)]:
        floors[i] += 1
    return floors


def range_of_shares(days: Iterable[DayMinutes]) -> tuple[float, float] | None:
    """The 80 % range of the share, clipped to 0..1; None below two logged days.

    Share -+ t(0.90, n - 1) standard errors, with the n logged days as the unit: it speaks of
    how the days varied, not of time that was not logged.
    """
    parts = _parts_of(days)
    if len(parts) < 2:
        return None
    share = sum(leading for leading, _ in parts) / sum(classified for _, classified in parts)
    reach = t_quantile(0.90, len(parts) - 1) * _error_of(parts)
    return max(0.0, share - reach), min(1.0, share + reach)


def _parts_of(days: Iterable[DayMinutes]) -> list[tuple[int, int]]:
    """Leading and classified minutes of each logged day."""
    parts = [(day.leading, day.classified) for day in days]
    return [one for one in parts if one[1]]


def _error_of(parts: Sequence[tuple[int, int]]) -> float:
    """Standard error of a ratio of sums over two or more logged days, linearized.

    W. G. Cochran, Sampling Techniques, 3rd ed. 1977, section 6.3: with e_i = L_i - r T_i it is
    sqrt(n / (n - 1) * sum(e_i^2)) / T. Days without classified minutes are none of the n.
    """
    whole = sum(classified for _, classified in parts)
    share = sum(leading for leading, _ in parts) / whole
    squares = math.fsum((leading - share * classified) ** 2 for leading, classified in parts)
    return math.sqrt(len(parts) / (len(parts) - 1) * squares) / whole


@cache
def t_quantile(p: float, df: int) -> float:
    """What Student's t with ``df`` (1..) degrees of freedom stays below with probability ``p``.

    0 < p < 1. Exact for whole ``df``, by bisection of the angle whose tangent is t / sqrt(df).
    """
    if not 0 < p < 1 or df < 1:
        raise ValueError(f"no t quantile for p = {p}, df = {df}")
    if p < 0.5:
        return -t_quantile(1 - p, df)
    low, high = 0.0, math.pi / 2
    for _ in range(60):
        angle = (low + high) / 2
        if _t_within(angle, df) < 2 * p - 1:
            low = angle
        else:
            high = angle
    return math.sqrt(df) * math.tan(low)


def _t_within(angle: float, df: int) -> float:
    """The probability that t lies within -+ sqrt(df) * tan(angle).

    M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 1964, 26.7.3 and 26.7.4.
    """
    odd = df % 2
    cosine = math.cos(angle)
    square = cosine**2
    term = cosine if odd else 1.0
    total = 0.0 if df == 1 else term
    for k in range(2 + odd, df - 1, 2):
        term *= (k - 1) / k * square
        total += term
    total *= math.sin(angle)
    return (angle + total) * 2 / math.pi if odd else total


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
