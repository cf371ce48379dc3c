"""Day totals: what each local date holds, kept in step with the entries by every write."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.activities import SIX, Activity
from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.positions import DAY_BITS
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.tables import allocation, day_total, entry


def refresh(tx: Transaction, days: Iterable[date]) -> None:
    """Compute anew the totals of ``days`` from their entries."""
    wanted = _wanted(days)
    tx.execute(_FORGET, wanted)
    tx.execute(_COMPUTE, wanted)


def day_minutes(tx: Transaction, start: date, end: date) -> list[DayMinutes]:
    """The totals of each date with entries, from ``start`` to before ``end``, in order."""
    asked = _TOTALS.where(
        day_total.c.day >= start.toordinal(), day_total.c.day < end.toordinal()
    ).order_by(day_total.c.day)
    return [_day(row) for row in tx.execute(asked).all()]


def refresh_all(tx: Transaction) -> None:
    """Compute every total anew."""
    tx.execute(sa.delete(day_total))
    tx.execute(_COMPUTE, {"days": json.dumps(list(tx.execute(_DAYS).scalars()))})


def wrong_days(tx: Transaction) -> list[int]:
    """The days (ordinals) whose totals are not what their entries sum up to; none, one hopes."""
    days = json.dumps(list(tx.execute(_DAYS).scalars()))
    kept = {row.day: tuple(row) for row in tx.execute(_KEPT)}
    fresh = {row.day: tuple(row) for row in tx.execute(_FRESH, {"days": days})}
    return [day for day in sorted(kept | fresh) if kept.get(day) != fresh.get(day)]


def logged_on(tx: Transaction, days: Iterable[date]) -> dict[date, int]:
    """The logged minutes of those of these dates that have any."""
    return {date.fromordinal(row.day): row.logged for row in tx.execute(_LOGGED, _wanted(days))}


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


def _wanted(days: Iterable[date]) -> dict[str, str]:
    """The dates as one parameter, so that one prepared statement serves one and ten years."""
    return {"days": json.dumps(sorted({day.toordinal() for day in days}))}


def _day(row: Sequence[Any]) -> DayMinutes:
    """A row of ``_TOTALS``; ten years have thousands."""
    return DayMinutes(
        on=date.fromordinal(row[0]),
        minutes=dict(zip(_SEVEN, row[6:], strict=True)),
        logged=row[1],
        even=row[2],
        same_day=row[3],
        entries=row[4],
        untimed=row[5],
    )


def _sum_where(
    condition: sa.ColumnElement[bool], minutes: sa.ColumnElement[int], label: str
) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, minutes), else_=0)), 0).label(label)


_SEVEN = tuple(Activity)
_TOTALS = sa.select(
    *(day_total.c[name] for name in ("day", "logged", "even", "same_day", "entries", "untimed")),
    *(day_total.c[activity.value] for activity in _SEVEN),
)
_WANTED = sa.func.json_each(sa.bindparam("days")).table_valued(
    sa.column("value", sa.Integer), name="wanted"
)
_DAY = _WANTED.c.value
_OF_DAY = sa.and_(
    entry.c.position >= _DAY.bitwise_lshift(DAY_BITS),
    entry.c.position < (_DAY + 1).bitwise_lshift(DAY_BITS),
    # The plus keeps SQLite from its index of the living, which it would read from end to end.
    sa.literal_column("+entry.deleted_at").is_(None),
)
_ENTRIES = (
    sa.select(
        _DAY.label("day"),
        sa.func.coalesce(sa.func.sum(entry.c.duration_minutes), 0).label("logged"),
        _sum_where(entry.c.written_on == entry.c.local_date, entry.c.duration_minutes, "same_day"),
        sa.func.count().label("entries"),
        sa.func.count().filter(entry.c.duration_minutes.is_(None)).label("untimed"),
    )
    .select_from(_WANTED.join(entry, _OF_DAY))
    .group_by(_DAY)
    .subquery()
)
_MINUTES = (
    sa.select(
        _DAY.label("day"),
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
        _WANTED.join(entry, _OF_DAY).join(
            allocation,
            sa.and_(allocation.c.entry_id == entry.c.id, allocation.c.deleted_at.is_(None)),
            isouter=True,  # so that SQLite starts from the days, not from all allocations
        )
    )
    .group_by(_DAY)
    .subquery()
)
_COUNTED = [*(activity.value for activity in Activity), "even"]
_DAYS = (
    sa.select(entry.c.position.bitwise_rshift(DAY_BITS))
    .where(entry.c.deleted_at.is_(None))
    .distinct()
)
_LOGGED = sa.select(day_total.c.day, day_total.c.logged).where(day_total.c.day.in_(sa.select(_DAY)))
_FORGET = sa.delete(day_total).where(day_total.c.day.in_(sa.select(_DAY)))
_FRESH = sa.select(
    *(_ENTRIES.c[name] for name in ("day", "logged", "same_day", "entries", "untimed")),
    *(sa.func.coalesce(_MINUTES.c[name], 0).label(name) for name in _COUNTED),
).select_from(_ENTRIES.outerjoin(_MINUTES, _MINUTES.c.day == _ENTRIES.c.day))
_KEPT = sa.select(*(day_total.c[column.name] for column in _FRESH.selected_columns))
_COMPUTE = sa.insert(day_total).from_select(
    ["day", "logged", "same_day", "entries", "untimed", *_COUNTED], _FRESH
)
