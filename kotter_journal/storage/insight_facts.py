"""Insight facts: what the insight rules read of entries and people."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.activities import SIX, Activity
from kotter_journal.domain.entries import Delegable, Method
from kotter_journal.domain.insights import EntryFacts, PersonFacts
from kotter_journal.domain.positions import day_of, span_of
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_tables import entry_area, entry_delegation
from kotter_journal.storage.tables import allocation, entry, entry_person
from kotter_journal.storage.vocabulary import people_rows

_SIX = frozenset(one.value for one in SIX)


def entry_facts(tx: Transaction, start: date, end: date) -> tuple[EntryFacts, ...]:
    """What the rules read of the entries of a half-open period, oldest first."""
    first, after = span_of(start, end)
    inside = (
        entry.c.position >= first,
        entry.c.position < after,
        sa.literal_column("+entry.deleted_at").is_(None),
    )
    columns = entry.c
    rows = tx.execute(
        sa.select(
            columns.id,
            columns.position,
            columns.heading,
            columns.duration_minutes,
            columns.local_date,
            columns.written_on,
            columns.delegable,
            columns.develops_leader,
            columns.direction_stated,
            columns.direction_heard_back,
            columns.direction_challenged,
        )
        .where(*inside)
        .order_by(columns.position)
    ).all()
    minutes, even = _minutes(tx, inside)
    people = _linked(tx, entry_person.c.person_id, entry_person, inside)
    areas = _linked(tx, entry_area.c.area_id, entry_area, inside)
    tasks = _linked(tx, entry_delegation.c.delegation_id, entry_delegation, inside)
    return tuple(
        EntryFacts(
            entry_id=row.id,
            on=day_of(row.position),
            heading=row.heading,
            logged=row.duration_minutes or 0,
            minutes=minutes[row.id],
            even=even[row.id],
            same_day=row.local_date == row.written_on,
            delegable=Delegable(row.delegable),
            develops_leader=bool(row.develops_leader),
            stated=bool(row.direction_stated),
            heard_back=bool(row.direction_heard_back),
            challenged=bool(row.direction_challenged),
            people=people[row.id],
            areas=areas[row.id],
            delegations=tasks[row.id],
        )
        for row in rows
    )


def people_facts(tx: Transaction) -> tuple[PersonFacts, ...]:
    """Everybody, by id."""
    found = []
    for row in people_rows(tx):
        notes = json.loads(row.extra)
        alias = (notes.get("aliases") or [""])[0]
        found.append(PersonFacts(row.id, row.name, alias, str(notes.get("relation", ""))))
    return tuple(found)


def _minutes(
    tx: Transaction, inside: Sequence[sa.ColumnElement[bool]]
) -> tuple[dict[str, dict[Activity, int]], dict[str, int]]:
    given: defaultdict[str, dict[Activity, int]] = defaultdict(dict)
    even: defaultdict[str, int] = defaultdict(int)
    asked = (
        sa.select(
            allocation.c.entry_id,
            allocation.c.activity,
            allocation.c.minutes,
            allocation.c.method,
        )
        .join(entry, entry.c.id == allocation.c.entry_id)
        .where(allocation.c.deleted_at.is_(None), *inside)
    )
    for entry_id, activity, minutes, method in tx.execute(asked):
        given[entry_id][Activity(activity)] = minutes
        if method == Method.EVEN.value and activity in _SIX:
            even[entry_id] += minutes
    return given, even


def _linked(
    tx: Transaction,
    other: sa.ColumnElement[str],
    links: sa.Table,
    inside: Sequence[sa.ColumnElement[bool]],
) -> defaultdict[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    asked: sa.Select[Any] = (
        sa.select(links.c.entry_id, other)
        .join(entry, entry.c.id == links.c.entry_id)
        .where(links.c.deleted_at.is_(None), *inside)
        .order_by(links.c.entry_id, links.c.sort_key)
    )
    for entry_id, one in tx.execute(asked):
        found[entry_id] += (one,)
    return found
