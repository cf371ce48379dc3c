"""Saying which days count: the working week, single days, and the user's own band."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import uuid7
from kotter_journal.domain.periods import Period
from kotter_journal.domain.working_time import (
    Band,
    DayStatus,
    SetDay,
    WorkingTime,
    WorkingWeek,
    checked_band,
    checked_week,
)
from kotter_journal.services.public_holidays import public_holidays
from kotter_journal.storage import working_time as rows
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import tick


def working_time(tx: Transaction, period: Period) -> WorkingTime:
    """What is expected on the days of a period, public holidays included."""
    weeks = rows.weeks(tx)
    holidays: dict[date, str] = {}
    for rank, week in enumerate(weeks):
        until = weeks[rank + 1].valid_from if rank + 1 < len(weeks) else period.end
        part = Period(max(week.valid_from, period.start), min(until, period.end))
        if week.country and part.days:
            holidays |= public_holidays(week.country, week.subdivision, part)
    return WorkingTime(weeks, rows.set_days(tx, period.start, period.end), holidays)


def set_week(
    tx: Transaction,
    minutes: Sequence[int],
    valid_from: date,
    now: datetime,
    *,
    country: str = "",
    subdivision: str = "",
) -> tuple[Changes, WorkingWeek]:
    """Expect so many minutes of each weekday from a date on. Raises UnreadableInput."""
    week = WorkingWeek(checked_week(minutes), valid_from, country, subdivision, _new(now))
    rows.keep_week(tx, week, tick(tx, now))
    return Changes(), week


def take_back_week(tx: Transaction, week_id: str, now: datetime) -> Changes:
    """Undo a working week."""
    rows.drop_weeks(tx, [week_id], tick(tx, now))
    return Changes()


def set_status(
    tx: Transaction,
    first: date,
    last: date,
    status: DayStatus | None,
    now: datetime,
    *,
    expected: int | None = None,
) -> tuple[Changes, tuple[SetDay, ...]]:
    """Set the status of the days from ``first`` to ``last``; None lets them follow their weekday.

    Answers with the days as they were set before; ``put_back`` undoes it.
    """
    end = last + timedelta(days=1)
    before = tuple(rows.set_days(tx, first, end).values())
    stamp = tick(tx, now)
    if before:
        rows.drop_days(tx, [one.id for one in before], stamp)
    if status is not None:
        days = [first + timedelta(days=n) for n in range((end - first).days)]
        rows.keep_days(tx, [SetDay(one, status, expected, _new(now)) for one in days], stamp)
    return Changes.of([], [], membership=False), before


def put_back(
    tx: Transaction, first: date, last: date, before: Sequence[SetDay], now: datetime
) -> Changes:
    """Undo ``set_status``."""
    set_status(tx, first, last, None, now)
    if before:
        rows.keep_days(tx, [replace(one) for one in before], tick(tx, now))
    return Changes()


def set_band(
    tx: Transaction, low: int | None, high: int | None, valid_from: date, now: datetime
) -> tuple[Changes, Band]:
    """Want a leadership share of ``low`` to ``high`` percent from a date on, or None for no band.

    Raises UnreadableInput.
    """
    if low is not None and high is not None:
        checked_band(low, high)
    one = Band(valid_from, low, high, _new(now))
    rows.keep_band(tx, one, tick(tx, now))
    return Changes(), one


def take_back_band(tx: Transaction, band_id: str, now: datetime) -> Changes:
    """Undo a band."""
    rows.drop_bands(tx, [band_id], tick(tx, now))
    return Changes()


def _new(now: datetime) -> str:
    return uuid7(now, secrets.randbits(74))
