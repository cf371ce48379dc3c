"""Working time: the weeks, the days that were set, and the user's bands."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from kotter_journal.domain.working_time import Band, DayStatus, SetDay, WorkingWeek
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_tables import band, day, working_week
from kotter_journal.storage.rows import alive, day_text, set_deleted
from kotter_journal.storage.vocabulary import upsert

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def weeks(tx: Transaction) -> tuple[WorkingWeek, ...]:
    """The working weeks by the date from which they are valid; of one date the last one counts."""
    columns = working_week.c
    asked = (
        sa.select(working_week)
        .where(columns.deleted_at.is_(None))
        .order_by(columns.valid_from, columns.updated_at, columns.id)
    )
    found = {
        row.valid_from: WorkingWeek(
            tuple(getattr(row, name) for name in _WEEKDAYS),
            date.fromisoformat(row.valid_from),
            row.country or "",
            row.subdivision or "",
            row.id,
        )
        for row in tx.execute(asked)
    }
    return tuple(found.values())


def set_days(tx: Transaction, start: date, end: date) -> dict[date, SetDay]:
    """The days of a half-open period whose status somebody set."""
    asked = sa.select(day.c.id, day.c.local_date, day.c.status, day.c.expected_minutes).where(
        day.c.local_date >= day_text(start),
        day.c.local_date < day_text(end),
        day.c.deleted_at.is_(None),
    )
    found = (
        SetDay(date.fromisoformat(on), DayStatus(status), expected, one)
        for one, on, status, expected in tx.execute(asked.order_by(day.c.updated_at, day.c.id))
    )
    return {one.on: one for one in found}


def bands(tx: Transaction) -> tuple[Band, ...]:
    """The user's bands by the date from which they hold; of one date the last one counts."""
    columns = band.c
    asked = (
        sa.select(columns.id, columns.valid_from, columns.low, columns.high)
        .where(columns.deleted_at.is_(None))
        .order_by(columns.valid_from, columns.updated_at, columns.id)
    )
    found = {
        since: Band(date.fromisoformat(since), low, high, one)
        for one, since, low, high in tx.execute(asked)
    }
    return tuple(found.values())


def keep_week(tx: Transaction, week: WorkingWeek, stamp: str) -> None:
    """Keep a working week."""
    row = {
        "id": week.id,
        "valid_from": day_text(week.valid_from),
        "country": week.country or None,
        "subdivision": week.subdivision or None,
        **dict(zip(_WEEKDAYS, week.minutes, strict=True)),
    }
    upsert(tx, working_week, [alive(row, stamp)])


def keep_days(tx: Transaction, days: Sequence[SetDay], stamp: str) -> None:
    """Keep the status of days."""
    rows = [
        alive(
            {
                "id": one.id,
                "local_date": day_text(one.on),
                "status": one.status.value,
                "expected_minutes": one.expected,
            },
            stamp,
        )
        for one in days
    ]
    upsert(tx, day, rows)


def keep_band(tx: Transaction, one: Band, stamp: str) -> None:
    """Keep a band."""
    row = {
        "id": one.id,
        "valid_from": day_text(one.valid_from),
        "low": one.low,
        "high": one.high,
    }
    upsert(tx, band, [alive(row, stamp)])


def drop_weeks(tx: Transaction, ids: Sequence[str], stamp: str) -> None:
    """The journal no longer has these weeks."""
    set_deleted(tx, working_week, ids, stamp, deleted=True)


def drop_days(tx: Transaction, ids: Sequence[str], stamp: str) -> None:
    """These days follow their weekday again."""
    set_deleted(tx, day, ids, stamp, deleted=True)


def drop_bands(tx: Transaction, ids: Sequence[str], stamp: str) -> None:
    """The journal no longer has these bands."""
    set_deleted(tx, band, ids, stamp, deleted=True)
