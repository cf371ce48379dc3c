"""Tag counts: how many entries of a period have which activities."""

from datetime import date

import sqlalchemy as sa

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.positions import DAY_BITS
from kotter_journal.domain.tag_counts import TagCounts, tag_counts
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.tables import allocation, entry

_BITS = {activity: 1 << rank for rank, activity in enumerate(Activity)}


def counts_between(tx: Transaction, start: date, end: date) -> TagCounts:
    """The counts of the entries from ``start`` to before ``end``; those in the trash are none."""
    bounds = {"start": start.toordinal() << DAY_BITS, "end": end.toordinal() << DAY_BITS}
    found = {
        frozenset(activity for activity, bit in _BITS.items() if mask & bit): number
        for mask, number in tx.execute(_COUNTS, bounds)
    }
    return tag_counts(found)


_MASKS = (
    sa.select(
        sa.func.coalesce(
            sa.func.sum(
                sa.distinct(
                    sa.case({a.value: bit for a, bit in _BITS.items()}, value=allocation.c.activity)
                )
            ),
            0,
        ).label("mask")
    )
    .select_from(
        entry.outerjoin(
            allocation,
            sa.and_(allocation.c.entry_id == entry.c.id, allocation.c.deleted_at.is_(None)),
        )
    )
    .where(
        entry.c.position >= sa.bindparam("start"),
        entry.c.position < sa.bindparam("end"),
        # The plus keeps SQLite from its index of the living, which it would read from end to end.
        sa.literal_column("+entry.deleted_at").is_(None),
    )
    .group_by(entry.c.position)
    .subquery()
)
_COUNTS = sa.select(_MASKS.c.mask, sa.func.count()).group_by(_MASKS.c.mask)
