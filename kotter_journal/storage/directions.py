"""Directions: statements and their revisions, and how often each week they came up."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from kotter_journal.domain.direction import Direction, Origin, Revision
from kotter_journal.domain.positions import day_of, span_of
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_tables import direction, direction_revision
from kotter_journal.storage.rows import alive, day_from, day_text, milliseconds, set_deleted
from kotter_journal.storage.tables import entry
from kotter_journal.storage.vocabulary import sort_key, upsert


@dataclass(frozen=True, slots=True)
class Touch:
    """An entry in which the direction came up, and how."""

    entry_id: str
    on: date
    stated: bool
    heard_back: bool
    challenged: bool
    revision: str | None


def directions(tx: Transaction, *, retired: bool = True) -> list[Direction]:
    """All statements in their order, those that were retired as well unless told otherwise."""
    by_direction: defaultdict[str, list[Revision]] = defaultdict(list)
    said = direction_revision.c
    order = said.effective_on, said.created_at, said.updated_at, said.id
    asked = sa.select(direction_revision).where(said.deleted_at.is_(None)).order_by(*order)
    for row in tx.execute(asked):
        revision = Revision(
            row.id,
            row.direction_id,
            row.text,
            row.why,
            Origin(row.origin),
            date.fromisoformat(row.effective_on),
            datetime.fromtimestamp(row.created_at / 1000, UTC),
        )
        by_direction[row.direction_id].append(revision)
    rows = tx.execute(
        sa.select(direction)
        .where(direction.c.deleted_at.is_(None))
        .order_by(direction.c.sort_key, direction.c.id)
    )
    return [
        Direction(
            row.id,
            row.name,
            tuple(by_direction[row.id]),
            day_from(row.confirmed_on),
            day_from(row.retired_on),
        )
        for row in rows
        if by_direction[row.id] and (retired or row.retired_on is None)
    ]


def keep(tx: Transaction, one: Direction, rank: int, stamp: str) -> None:
    """Keep a statement itself, new or in the place of the one with its id; not its revisions."""
    row = {
        "id": one.id,
        "name": one.name,
        "confirmed_on": day_text(one.confirmed_on),
        "retired_on": day_text(one.retired_on),
        "sort_key": sort_key(rank),
    }
    upsert(tx, direction, [alive(row, stamp)])


def append(tx: Transaction, revision: Revision, stamp: str) -> None:
    """Add a revision; one that is there is never changed."""
    row = {
        "id": revision.id,
        "direction_id": revision.direction_id,
        "text": revision.text,
        "why": revision.why,
        "origin": revision.origin.value,
        "effective_on": day_text(revision.effective_on),
        "created_at": milliseconds(revision.created_at),
    }
    upsert(tx, direction_revision, [alive(row, stamp)])


def set_dates(tx: Transaction, direction_id: str, stamp: str, **dates: date | None) -> None:
    """Set ``confirmed_on`` or ``retired_on``."""
    values = {name: day_text(day) for name, day in dates.items()}
    tx.execute(
        sa.update(direction)
        .where(direction.c.id == direction_id)
        .values(values | {"updated_at": stamp})
    )


def drop(tx: Transaction, direction_id: str, stamp: str) -> None:
    """The journal no longer has this direction."""
    set_deleted(tx, direction, [direction_id], stamp, deleted=True)


def drop_revisions(tx: Transaction, ids: Sequence[str], stamp: str) -> None:
    """The journal no longer has these revisions."""
    set_deleted(tx, direction_revision, ids, stamp, deleted=True)


def touches(tx: Transaction, start: date, end: date) -> list[Touch]:
    """The entries of a half-open period in which the direction came up, oldest first."""
    first, after = span_of(start, end)
    columns = (
        entry.c.position,
        entry.c.id,
        entry.c.direction_stated,
        entry.c.direction_heard_back,
        entry.c.direction_challenged,
        entry.c.direction_revision,
    )
    flags = columns[2:5]
    asked = (
        sa.select(*columns)
        .where(
            entry.c.position >= first,
            entry.c.position < after,
            sa.literal_column("+entry.deleted_at").is_(None),
            sa.or_(*(flag == 1 for flag in flags)),
        )
        .order_by(entry.c.position)
    )
    return [
        Touch(row[1], day_of(row[0]), bool(row[2]), bool(row[3]), bool(row[4]), row[5])
        for row in tx.execute(asked)
    ]
