"""Verify, rules: the queries that find rows which break a rule, and how many there are."""

import sqlalchemy as sa

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import MINUTES_A_DAY, Method
from kotter_journal.domain.positions import DAY_BITS
from kotter_journal.storage import verify_practice
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.tables import (
    allocation,
    entry,
    entry_person,
    entry_tag,
    entry_version,
    person,
    purged,
    saved_search,
    tag,
    vault,
)

_STAMPED = (
    *(entry, allocation, entry_tag, entry_person, entry_version, tag, person, saved_search),
    *verify_practice.TABLES,
)
_CLOCK = 17
"""The part of a stamp before its device."""


def broken_rules(tx: Transaction) -> dict[str, int]:
    """How many rows break each rule of time and meaning, in words; only rules that are broken."""
    counts = {name: _count(tx, asked) for name, asked in _RULES.items()}
    return {name: count for name, count in counts.items() if count}


def misplaced(tx: Transaction) -> int:
    """Entries whose position does not say their date and time."""
    return _count(tx, _MISPLACED)


def orphans(tx: Transaction) -> dict[str, int]:
    """How many rows have lost what they belong to, such as their entry or person, in words."""
    counts = {name: _count(tx, asked) for name, asked in _ORPHANS.items()}
    return {name: count for name, count in counts.items() if count}


def stamps_ahead(tx: Transaction) -> int:
    """Rows that were changed later than the journal's own clock says."""
    now = sa.select(sa.func.substr(vault.c.hlc, 1, _CLOCK)).scalar_subquery()
    return sum(
        _count(tx, sa.select(table.c.id).where(sa.func.substr(table.c.updated_at, 1, _CLOCK) > now))
        for table in _STAMPED
    )


def _count(tx: Transaction, asked: sa.Select[tuple[str]]) -> int:
    return int(tx.execute(sa.select(sa.func.count()).select_from(asked.subquery())).scalar_one())


_ALIVE = allocation.c.deleted_at.is_(None)
_GIVEN = (
    sa.select(sa.func.coalesce(sa.func.sum(allocation.c.minutes), 0))
    .where(allocation.c.entry_id == entry.c.id, _ALIVE)
    .scalar_subquery()
)
_RULES: dict[str, sa.Select[tuple[str]]] = {
    "entries that do not last 1 minute to 24 hours (T1)": sa.select(entry.c.id).where(
        sa.not_(entry.c.duration_minutes.between(1, MINUTES_A_DAY))
    ),
    "activities that do not take 0 minutes to 24 hours (T1)": sa.select(allocation.c.id).where(
        sa.not_(allocation.c.minutes.between(0, MINUTES_A_DAY))
    ),
    "entries whose activities take more time than there is (T2)": sa.select(entry.c.id).where(
        entry.c.duration_minutes < _GIVEN
    ),
    "entries without a duration whose activities have minutes (T3)": sa.select(entry.c.id).where(
        entry.c.duration_minutes.is_(None), _GIVEN > 0
    ),
    "dates with more than 24 hours (T4)": sa.select(entry.c.local_date)
    .where(entry.c.deleted_at.is_(None))
    .group_by(entry.c.local_date)
    .having(sa.func.sum(entry.c.duration_minutes) > MINUTES_A_DAY),
    "activities with minutes from an unknown source (T8)": sa.select(allocation.c.id).where(
        allocation.c.method.not_in([m.value for m in Method])
    ),
    "unknown activities (M1, M2)": sa.select(allocation.c.id).where(
        allocation.c.activity.not_in([a.value for a in Activity])
    ),
    "deleted entries without a trace of their text (M5)": sa.select(entry.c.id).where(
        entry.c.deleted_at.is_not(None), entry.c.deleted_hash.is_(None)
    ),
    **verify_practice.RULES,
}
_ORDINAL = sa.cast(sa.func.julianday(entry.c.local_date) - 1721424.5, sa.Integer)
_MINUTE = sa.case(
    (entry.c.local_time.is_(None), 0),
    else_=1
    + 60 * sa.cast(sa.func.substr(entry.c.local_time, 1, 2), sa.Integer)
    + sa.cast(sa.func.substr(entry.c.local_time, 4, 2), sa.Integer),
)
_MISPLACED = sa.select(entry.c.id).where(
    sa.or_(
        entry.c.local_date.is_distinct_from(sa.func.date(entry.c.local_date)),
        entry.c.position.bitwise_rshift(DAY_BITS) != _ORDINAL,
        entry.c.position.bitwise_rshift(20).bitwise_and(0xFFFFF) != _MINUTE,
    )
)


def _without_entry(table: sa.Table) -> sa.Select[tuple[str]]:
    known = sa.union_all(sa.select(entry.c.id), sa.select(purged.c.id))
    return sa.select(table.c.id).where(table.c.entry_id.not_in(known), table.c.deleted_at.is_(None))


def _without_name(links: sa.Table, other: str, vocabulary: sa.Table) -> sa.Select[tuple[str]]:
    return sa.select(links.c.id).where(
        links.c[other].not_in(sa.select(vocabulary.c.id)), links.c.deleted_at.is_(None)
    )


_ORPHANS = {
    **{
        f"{t.name} without its entry": _without_entry(t)
        for t in (allocation, entry_tag, entry_person, entry_version)
    },
    "entry_tag without tag": _without_name(entry_tag, "tag_id", tag),
    "entry_person without person": _without_name(entry_person, "person_id", person),
    "erased entry that is there": sa.select(entry.c.id).where(
        entry.c.id.in_(sa.select(purged.c.id))
    ),
    **verify_practice.ORPHANS,
}
