"""Delegations: tasks, the steps they made, and the entries that belong to them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime

import sqlalchemy as sa

from kotter_journal.domain.delegation import DelegableEntry, Delegation, Stage, Step
from kotter_journal.domain.entries import Delegable
from kotter_journal.domain.positions import day_of, span_of
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_tables import delegation, delegation_step, entry_delegation
from kotter_journal.storage.rows import alive, day_text, milliseconds, set_deleted
from kotter_journal.storage.tables import allocation, entry, person
from kotter_journal.storage.vocabulary import relink, upsert


def delegations(tx: Transaction) -> list[Delegation]:
    """All tasks, the oldest first."""
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    made = delegation_step.c
    asked = (
        sa.select(made.id, made.delegation_id, made.stage, made.on_date, made.note)
        .where(made.deleted_at.is_(None))
        .order_by(made.on_date, made.updated_at, made.id)
    )
    for row in tx.execute(asked):
        step = Step(row.id, Stage(row.stage), date.fromisoformat(row.on_date), row.note)
        steps[row.delegation_id].append(step)
    rows = tx.execute(
        sa.select(delegation, person.c.name)
        .outerjoin(person, person.c.id == delegation.c.person_id)
        .where(delegation.c.deleted_at.is_(None))
        .order_by(delegation.c.created_at, delegation.c.id)
    )
    return [
        Delegation(
            id=row.id,
            task=row.task,
            steps=tuple(steps[row.id]),
            created_at=datetime.fromtimestamp(row.created_at / 1000, UTC),
            person_id=row.person_id,
            person=row.name or "",
            minutes_a_week=row.minutes_a_week,
            entry_id=row.entry_id,
        )
        for row in rows
        if steps[row.id]
    ]


def delegable_entries(tx: Transaction, start: date, end: date) -> list[DelegableEntry]:
    """The entries of a half-open period that are delegable or belong to a task, oldest first.

    One that belongs to two tasks comes twice.
    """
    first, after = span_of(start, end)
    minutes = (
        sa.select(sa.func.coalesce(sa.func.sum(allocation.c.minutes), 0))
        .where(allocation.c.entry_id == entry.c.id, allocation.c.deleted_at.is_(None))
        .scalar_subquery()
    )
    flagged = entry.c.delegable.in_((Delegable.COULD.value, Delegable.SHOULD.value))
    links = entry_delegation.c
    linked = sa.and_(links.entry_id == entry.c.id, links.deleted_at.is_(None))
    asked = (
        sa.select(entry.c.id, entry.c.position, entry.c.heading, minutes, flagged)
        .add_columns(links.delegation_id)
        .outerjoin_from(entry, entry_delegation, linked)
        .where(
            entry.c.position >= first,
            entry.c.position < after,
            sa.literal_column("+entry.deleted_at").is_(None),
            sa.or_(flagged, links.delegation_id.is_not(None)),
        )
        .order_by(entry.c.position)
    )
    return [
        DelegableEntry(row[0], day_of(row[1]), row[2], row[3], bool(row[4]), row[5])
        for row in tx.execute(asked)
    ]


def keep_delegation(tx: Transaction, one: Delegation, stamp: str) -> None:
    """Keep a task, new or in the place of the one with its id; not its steps."""
    row = {
        "id": one.id,
        "task": one.task,
        "person_id": one.person_id,
        "minutes_a_week": one.minutes_a_week,
        "entry_id": one.entry_id,
        "created_at": milliseconds(one.created_at),
    }
    upsert(tx, delegation, [alive(row, stamp)])


def append_step(tx: Transaction, delegation_id: str, step: Step, stamp: str) -> None:
    """Say that a task reached a stage."""
    row = {
        "id": step.id,
        "delegation_id": delegation_id,
        "stage": step.stage.value,
        "on_date": day_text(step.on),
        "note": step.note,
    }
    upsert(tx, delegation_step, [alive(row, stamp)])


def drop_delegation(tx: Transaction, delegation_id: str, stamp: str) -> None:
    """The journal no longer has this task; keeping it again brings it back."""
    set_deleted(tx, delegation, [delegation_id], stamp, deleted=True)


def drop_step(tx: Transaction, step_id: str, stamp: str) -> None:
    """The task never made this step."""
    set_deleted(tx, delegation_step, [step_id], stamp, deleted=True)


def link_delegations(
    tx: Transaction, entry_id: str, delegation_ids: Sequence[str], stamp: str
) -> None:
    """Let an entry belong to just these tasks."""
    relink(tx, entry_delegation, "delegation_id", {entry_id: tuple(delegation_ids)}, stamp)


def delegations_of(tx: Transaction, entry_id: str) -> list[str]:
    """The ids of the tasks to which an entry belongs."""
    links = entry_delegation.c
    asked = sa.select(links.delegation_id).where(
        links.entry_id == entry_id, links.deleted_at.is_(None)
    )
    return list(tx.execute(asked.order_by(links.sort_key)).scalars())
