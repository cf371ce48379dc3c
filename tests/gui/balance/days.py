"""Days for the tests of the balance charts."""

import random
from datetime import date, timedelta

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.balance import DayMinutes

THURSDAY = date(2026, 5, 14)


def day(on: date, *minutes: int, extra: int = 0) -> DayMinutes:
    """A day with these minutes in the fixed order of activities, and unclassified ones."""
    by_activity = dict.fromkeys(Activity, 0) | dict(zip(Activity, minutes, strict=False))
    logged = sum(by_activity.values()) + extra
    return DayMinutes(
        on=on,
        minutes=by_activity,
        logged=logged,
        even=0,
        same_day=logged,
        entries=1,
        untimed=0,
    )


def days_until(last: date, count: int, seed: int = 1) -> list[DayMinutes]:
    """``count`` workdays up to ``last`` with a seeded mix of minutes."""
    chance = random.Random(seed)  # noqa: S311  (test data)
    made: list[DayMinutes] = []
    on = last
    while len(made) < count:
        if on.weekday() < 5:
            minutes = [5 * chance.randint(0, 20) for _ in Activity]
            made.append(day(on, *minutes, extra=15))
        on -= timedelta(days=1)
    return made[::-1]
