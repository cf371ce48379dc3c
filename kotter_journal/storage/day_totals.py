"""Day totals: what each local date holds, kept in step with the entries by every write."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.activities import SIX, Activity
from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.positions import DAY_BITS, span_of
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.tables import allocation, day_total, entry


def refresh(tx: Transaction, days: Iterable[date]) -> None:
    """Compute anew the totals of ``days`` from their entries."""
    ordered = sorted(day.toordinal() for day in set(days))
    for start in range(0, len(ordered), _DAYS_AT_ONCE):
        _refresh(tx, ordered[start : start + _DAYS_AT_ONCE])


def _refresh(tx: Transaction, days: list[int]) -> None:
    """The same for a few days, which may lie far apart: each is read by its own range."""
    tx.execute(sa.delete(day_total).where(day_total.c.day.in_(days)))
    within = sa.or_(*(_within(date.fromordinal(day)) for day in days))
    totals = {row.day: row._asdict() for row in tx.execute(_ENTRIES.where(within))}
    for row in tx.execute(_MINUTES.where(within)):
        totals[row.day] |= row._asdict()
    nothing = {activity.value: 0 for activity in Activity} | {"even": 0}
    if totals:
        tx.execute(sa.insert(day_total), [nothing | row for row in totals.values()])


def day_minutes(tx: Transaction, start: date, end: date) -> list[DayMinutes]:
    """The totals of each date with entries, from ``start`` to before ``end``, in order."""
    asked = (
        sa.select(day_total)
        .where(day_total.c.day >= start.toordinal(), day_total.c.day < end.toordinal())
        .order_by(day_total.c.day)
    )
    return [_day(row) for row in tx.execute(asked)]


def logged_on(tx: Transaction, days: Iterable[date]) -> dict[date, int]:
    """The logged minutes of those of these dates that have any."""
    ordered = sorted(day.toordinal() for day in set(days))
    found: dict[date, int] = {}
    for start in range(0, len(ordered), _DAYS_AT_ONCE):
        asked = sa.select(day_total.c.day, day_total.c.logged).where(
            day_total.c.day.in_(ordered[start : start + _DAYS_AT_ONCE])
        )
        found |= {date.fromordinal(row.day): row.logged for row in tx.execute(asked)}
    return found


def first_and_last(tx: Transaction) -> tuple[date, date] | None:
    """The dates of the oldest and the newest entry; None in an empty journal."""
    first, last = tx.execute(
        sa.select(sa.func.min(day_total.c.day), sa.func.max(day_total.c.day))
    ).one()
    return None if first is None else (date.fromordinal(first), date.fromordinal(last))


def entry_count(tx: Transaction) -> int:
    """How many entries there are, the trash not counted."""
    return int(
        tx.execute(sa.select(sa.func.coalesce(sa.func.sum(day_total.c.entries), 0))).scalar_one()
    )


def _day(row: sa.Row[Any]) -> DayMinutes:
    values = row._mapping  # noqa: SLF001  (SQLAlchemy's public name)
    return DayMinutes(
        on=date.fromordinal(row.day),
        minutes={activity: values[activity.value] for activity in Activity},
        logged=row.logged,
        even=row.even,
        same_day=row.same_day,
        entries=row.entries,
        untimed=row.untimed,
    )


def _within(day: date) -> sa.ColumnElement[bool]:
    first, last = span_of(day, day + timedelta(days=1))
    return sa.and_(entry.c.position >= first, entry.c.position < last, entry.c.deleted_at.is_(None))


def _sum_where(
    condition: sa.ColumnElement[bool], minutes: sa.ColumnElement[int], label: str
) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, minutes), else_=0)), 0).label(label)


_DAYS_AT_ONCE = 50
_DAY = entry.c.position.bitwise_rshift(DAY_BITS).label("day")

_ENTRIES = sa.select(
    _DAY,
    sa.func.coalesce(sa.func.sum(entry.c.duration_minutes), 0).label("logged"),
    _sum_where(entry.c.written_on == entry.c.local_date, entry.c.duration_minutes, "same_day"),
    sa.func.count().label("entries"),
    sa.func.count().filter(entry.c.duration_minutes.is_(None)).label("untimed"),
).group_by(_DAY)

_MINUTES = (
    sa.select(
        _DAY,
        *(
            _sum_where(allocation.c.activity == a.value, allocation.c.minutes, a.value)
            for a in Activity
        ),
        _sum_where(
            sa.and_(
                allocation.c.method == "even", allocation.c.activity.in_([a.value for a in SIX])
            ),
            allocation.c.minutes,
            "even",
        ),
    )
    .select_from(
        entry.join(
            allocation,
            sa.and_(allocation.c.entry_id == entry.c.id, allocation.c.deleted_at.is_(None)),
        )
    )
    .group_by(_DAY)
)
