"""People: when each of them was last invested in."""

import json
from collections import defaultdict
from datetime import date

import sqlalchemy as sa

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import fold
from kotter_journal.domain.people import Investment, is_direct_report
from kotter_journal.domain.positions import day_of, span_of
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.tables import allocation, entry, entry_person
from kotter_journal.storage.vocabulary import people_rows


def invested_in(tx: Transaction, start: date, end: date) -> list[Investment]:
    """Everybody with a relation and what of a half-open period went into them.

    Direct reports come first, then the others, each in alphabetical order.
    """
    first, after = span_of(start, end)
    motivating = sa.exists().where(
        allocation.c.entry_id == entry.c.id,
        allocation.c.activity == Activity.MOTIVATING_INSPIRING.value,
        allocation.c.deleted_at.is_(None),
    )
    asked = (
        sa.select(entry_person.c.person_id, entry.c.id, entry.c.position)
        .add_columns(entry.c.develops_leader, motivating)
        .join_from(entry, entry_person, entry_person.c.entry_id == entry.c.id)
        .where(
            entry.c.position >= first,
            entry.c.position < after,
            sa.literal_column("+entry.deleted_at").is_(None),
            entry_person.c.deleted_at.is_(None),
            sa.or_(entry.c.develops_leader == 1, motivating),
        )
        .order_by(entry.c.position)
    )
    ids: defaultdict[str, list[str]] = defaultdict(list)
    developed: dict[str, date] = {}
    motivated: dict[str, date] = {}
    for person_id, entry_id, position, develops, motivates in tx.execute(asked):
        ids[person_id].append(entry_id)
        if develops:
            developed[person_id] = day_of(position)
        if motivates:
            motivated[person_id] = day_of(position)
    found = []
    for row in sorted(people_rows(tx), key=lambda one: (fold(one.name), one.id)):
        notes = json.loads(row.extra)
        if relation := str(notes.get("relation", "")):
            aliases = notes.get("aliases") or [""]
            dates = developed.get(row.id), motivated.get(row.id)
            found.append(
                Investment(row.id, row.name, aliases[0], relation, *dates, tuple(ids[row.id]))
            )
    return sorted(found, key=lambda one: not is_direct_report(one.relation))
