"""Commitments: what was promised, and what became of it."""

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.commitments import (
    Commitment,
    CommitmentState,
    EntryBox,
    Owner,
    checkboxes_in,
)
from kotter_journal.domain.positions import day_of, span_of
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_tables import commitment
from kotter_journal.storage.rows import alive, day_from, day_text, milliseconds, set_deleted
from kotter_journal.storage.tables import entry, person
from kotter_journal.storage.vocabulary import upsert


def commitments(tx: Transaction) -> list[Commitment]:
    """All of them: the open ones by their due date, then the settled ones, the newest first."""
    return _in_order(_commitments(tx))


def open_commitments(tx: Transaction) -> list[Commitment]:
    """Those to be kept, by their due date; those without one come last."""
    return _in_order(_commitments(tx, commitment.c.state == CommitmentState.OPEN.value))


def commitments_of_entry(tx: Transaction, entry_id: str) -> list[Commitment]:
    """Those that come from an entry's checkboxes."""
    return _in_order(_commitments(tx, commitment.c.entry_id == entry_id))


def boxes_in_entries(tx: Transaction, start: date, end: date) -> list[EntryBox]:
    """The checkboxes in the entries from ``start`` to before ``end``, in the order of time.

    Their words are as in Commitment.text, so that both can be compared.
    """
    first, after = span_of(start, end)
    asked = (
        sa.select(entry.c.id, entry.c.position, entry.c.heading, entry.c.body)
        .where(
            entry.c.position >= first,
            entry.c.position < after,
            sa.literal_column("+entry.deleted_at").is_(None),
            sa.or_(entry.c.body.contains("[ ]"), entry.c.body.contains("[x]")),
        )
        .order_by(entry.c.position)
    )
    return [
        EntryBox(row.id, day_of(row.position), row.heading, " ".join(box.text.split()), box.ticked)
        for row in tx.execute(asked)
        for box in checkboxes_in(row.body)
    ]


def keep_commitment(tx: Transaction, one: Commitment, stamp: str) -> None:
    """Keep a commitment, new or in the place of the one with its id."""
    row = {
        "id": one.id,
        "text": one.text,
        "owner": one.owner.value,
        "person_id": one.person_id,
        "due_on": day_text(one.due_on),
        "state": one.state.value,
        "settled_on": day_text(one.settled_on),
        "note": one.note,
        "entry_id": one.entry_id,
        "review_id": one.review_id,
        "created_at": milliseconds(one.created_at),
    }
    upsert(tx, commitment, [alive(row, stamp)])


def drop_commitment(tx: Transaction, commitment_id: str, stamp: str) -> None:
    """The journal no longer has it; keeping it again brings it back."""
    set_deleted(tx, commitment, [commitment_id], stamp, deleted=True)


def _commitments(tx: Transaction, *conditions: sa.ColumnElement[bool]) -> list[Commitment]:
    rows = tx.execute(
        sa.select(commitment, person.c.name)
        .outerjoin(person, person.c.id == commitment.c.person_id)
        .where(commitment.c.deleted_at.is_(None), *conditions)
    )
    return [_commitment(row) for row in rows]


def _in_order(found: list[Commitment]) -> list[Commitment]:
    still = sorted(
        (one for one in found if one.is_open),
        key=lambda one: (one.due_on is None, one.due_on, one.created_at, one.id),
    )
    settled = [one for one in found if not one.is_open]
    settled.sort(key=lambda one: (str(one.settled_on), one.created_at, one.id), reverse=True)
    return still + settled


def _commitment(row: Any) -> Commitment:
    return Commitment(
        id=row.id,
        text=row.text,
        created_at=datetime.fromtimestamp(row.created_at / 1000, UTC),
        owner=Owner(row.owner),
        person_id=row.person_id,
        person=row.name or "",
        due_on=day_from(row.due_on),
        state=CommitmentState(row.state),
        settled_on=day_from(row.settled_on),
        note=row.note,
        entry_id=row.entry_id,
        review_id=row.review_id,
    )
