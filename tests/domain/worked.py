"""The worked week and the thirty examples, by hand, for the tests of balance."""

from collections.abc import Iterable
from datetime import date, timedelta

from kotter_journal.domain.activities import SIX, Activity
from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.periods import Period

DIR, ALI, MOT, PLA, ORG, CON, OTH = Activity
MONDAY = date(2026, 3, 2)
WORK_WEEK = Period(MONDAY, date(2026, 3, 7))

Worked = tuple[int | None, dict[Activity, int], bool]
"""Duration, allocations, and whether they are an even split."""

WORKED_WEEK: list[list[Worked]] = [
    [(60, {PLA: 60}, False), (45, {CON: 45}, False), (30, {ALI: 20, CON: 10}, False)],
    [(50, {DIR: 17, ALI: 17, PLA: 16}, True), (90, {OTH: 90}, False), (25, {MOT: 25}, False)],
    [(120, {ORG: 90}, False), (None, {MOT: 0}, False)],
    [(60, {CON: 60}, False), (40, {DIR: 40}, False)],
    [(45, {MOT: 45}, False), (75, {PLA: 50, ALI: 25}, False)],
]

EXAMPLES: list[tuple[int | None, dict[Activity, int]]] = [
    (75, {DIR: 75}),
    (90, {PLA: 90}),
    (60, {PLA: 60}),
    (45, {ALI: 45}),
    (20, {CON: 15, ALI: 5}),
    (30, {ORG: 30}),
    (40, {MOT: 40}),
    (30, {CON: 20, PLA: 10}),
    (10, {MOT: 10}),
    (110, {CON: 110}),
    (60, {DIR: 40, ALI: 20}),
    (90, {ORG: 90}),
    (45, {ALI: 35, ORG: 10}),
    (60, {PLA: 60}),
    (50, {ALI: 50}),
    (120, {ORG: 120}),
    (30, {ORG: 30}),
    (40, {CON: 40}),
    (150, {OTH: 150}),
    (45, {OTH: 45}),
    (55, {DIR: 55}),
    (45, {CON: 10, ALI: 35}),
    (30, {CON: 30}),
    (25, {MOT: 25}),
    (60, {ALI: 60}),
    (40, {ORG: 40}),
    (15, {ALI: 15}),
    (70, {PLA: 70}),
    (30, {ORG: 30}),
    (None, {DIR: 0}),
]


def day(on: date, entries: Iterable[Worked]) -> DayMinutes:
    """What a day's entries sum to, all written on that day."""
    entries = list(entries)
    logged = sum(duration or 0 for duration, _, _ in entries)
    return DayMinutes(
        on=on,
        minutes={a: sum(given.get(a, 0) for _, given, _ in entries) for a in Activity},
        logged=logged,
        even=sum(given.get(a, 0) for _, given, even in entries if even for a in SIX),
        same_day=logged,
        entries=len(entries),
        untimed=sum(duration is None for duration, _, _ in entries),
    )


def split(on: date, leading: int, managing: int, outside: int = 0) -> DayMinutes:
    """A day with one entry per side."""
    sides = {DIR: leading, PLA: managing, OTH: outside}
    return day(on, [(minutes, {a: minutes}, False) for a, minutes in sides.items() if minutes])


def run_of_days(start: date, sides: Iterable[tuple[int, int]]) -> list[DayMinutes]:
    """Days in a row with these leading and managing minutes."""
    return [split(start + timedelta(days=i), *side) for i, side in enumerate(sides)]


def worked_week() -> list[DayMinutes]:
    """Monday 2 to Friday 6 March 2026."""
    return [day(MONDAY + timedelta(days=i), entries) for i, entries in enumerate(WORKED_WEEK)]
