"""Facts made by hand: entries some days ago, and what the other rows of a journal are then."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kotter_journal.domain.activities import SIX, Activity
from kotter_journal.domain.areas import Area, AreaState, Control
from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.commitments import Commitment
from kotter_journal.domain.delegation import Delegation, Stage, Step
from kotter_journal.domain.direction import Direction, Origin, Revision
from kotter_journal.domain.insights import WEEKS_READ, EntryFacts, Facts, PersonFacts
from kotter_journal.domain.periods import Period
from kotter_journal.domain.working_time import DayStatus, SetDay, WorkingTime, WorkingWeek

TODAY = date(2026, 3, 29)
AT = datetime(2026, 3, 1, tzinfo=UTC)
LITTLE_WORK = WorkingTime((WorkingWeek((1,) * 7),))
"""A minute a day is expected, so that any log covers it."""
ALEX, SAM = PersonFacts("alex", "Alex", "A.", "direct report"), PersonFacts("sam", "Sam")
OUT, STEADY = Control.OUT_OF_CONTROL, Control.IN_CONTROL


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def entry(days: int, minutes: Mapping[Activity, int] | None = None, **more: Any) -> EntryFacts:
    """An entry of so many days ago, as long as its minutes unless ``logged`` says otherwise."""
    minutes = minutes or {}
    logged = more.pop("logged", sum(minutes.values()))
    made = ",".join((str(days), *minutes, *more))
    return EntryFacts(entry_id=made, on=ago(days), minutes=minutes, logged=logged, **more)


def facts(*entries: EntryFacts, quiet: bool = True, **more: Any) -> Facts:
    """What a journal holds; with ``quiet`` a minute of motivating a day besides the entries.

    It stands in the days alone: enough for the gate, and behind no rule.
    """
    ordered = tuple(sorted(entries, key=lambda one: one.on))
    of_day: dict[date, list[EntryFacts]] = {}
    for one in ordered:
        of_day.setdefault(one.on, []).append(one)
    dates = {ago(days) for days in range(7 * WEEKS_READ)} if quiet else set(of_day)
    given = {
        "today": TODAY,
        "first_on": ago(400),
        "working": LITTLE_WORK,
        "entries": ordered,
        "days": tuple(_day(on, of_day.get(on, ()), int(quiet)) for on in sorted(dates)),
    }
    return Facts(**given | more)


def _day(on: date, entries: Iterable[EntryFacts], quiet: int) -> DayMinutes:
    entries = list(entries)
    minutes = {a: sum(one.minutes.get(a, 0) for one in entries) for a in Activity}
    minutes[Activity.MOTIVATING_INSPIRING] += quiet
    return DayMinutes(
        on=on,
        minutes=minutes,
        logged=sum(one.logged for one in entries) + quiet,
        even=sum(one.even for one in entries),
        same_day=sum(one.logged for one in entries if one.same_day) + quiet,
        entries=len(entries),
        untimed=sum(not one.logged for one in entries),
    )


def expecting(given: Facts, period: Period, *, beyond_half: int) -> Facts:
    """The facts where twice what was logged in the period is expected, and so many minutes more."""
    expected = 2 * given.balance(period).logged + beyond_half
    one = SetDay(period.last, DayStatus.WORK, expected)
    return replace(given, working=WorkingTime((WorkingWeek((0,) * 7),), {one.on: one}))


def logged_on(given: Facts, period: Period, count: int) -> Facts:
    """The facts where only the fullest days of a period hold minutes of the six."""
    inside = sorted((d for d in given.days if d.on in period), key=lambda d: -d.classified)
    kept = {day.on for day in inside[:count]}
    none = dict.fromkeys(Activity, 0)
    days = (
        replace(d, minutes=none) if d.on in period and d.on not in kept else d for d in given.days
    )
    return replace(given, days=tuple(days))


def direction(*effective: int, origin: Origin = Origin.SELF, **more: Any) -> Direction:
    """A direction with a revision so many days ago each, in that order."""
    said = [
        Revision(f"r{n}", "d", "Calm by noon", "", origin, ago(days), AT)
        for n, days in enumerate(effective)
    ]
    return Direction("d", "Line 3", tuple(said), **more)


def area(days: int, control: Control | None = None, **more: Any) -> Area:
    """An area that stands so since some days."""
    rated = {name: more.pop(name) for name in ("change", "complexity") if name in more}
    return Area("a", "line-3", (AreaState("s", ago(days), control, **rated),), **more)


def task(*steps: tuple[Stage, int], **more: Any) -> Delegation:
    """A task that reached stages some days ago."""
    made = tuple(Step(str(n), stage, ago(days)) for n, (stage, days) in enumerate(steps))
    return Delegation("t", "Shift rota", made, AT, **more)


def promise(days: int, **more: Any) -> Commitment:
    """A promise that was due some days ago."""
    return Commitment("c", "Call Dana", AT, due_on=ago(days), **more)


def spread(days: Iterable[int], *sides: Mapping[Activity, int]) -> list[EntryFacts]:
    """An entry on each of the days, with the minutes of the sides in turn."""
    return [entry(day, sides[n % len(sides)]) for n, day in enumerate(days)]


DIR, ALI, MOT, PLA, ORG, CON = SIX
OTH = Activity.OUTSIDE
