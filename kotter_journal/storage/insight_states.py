"""Insight states: what was answered to insights and to questions of the day."""

from datetime import date

import sqlalchemy as sa

from kotter_journal.domain.insight_states import Answered, InsightState
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_tables import insight_state
from kotter_journal.storage.rows import alive, day_from, day_text, set_deleted
from kotter_journal.storage.vocabulary import upsert


def insight_states(tx: Transaction) -> list[InsightState]:
    """All of them, in the order in which they were said."""
    rows = tx.execute(
        sa.select(insight_state)
        .where(insight_state.c.deleted_at.is_(None))
        .order_by(insight_state.c.on_date, insight_state.c.updated_at)
    )
    return [
        InsightState(
            row.id,
            row.rule,
            row.subject,
            Answered(row.state),
            date.fromisoformat(row.on_date),
            day_from(row.until),
        )
        for row in rows
    ]


def keep_state(tx: Transaction, one: InsightState, stamp: str) -> None:
    """Keep an answer, new or in the place of the one with its id."""
    row = {
        "id": one.id,
        "rule": one.rule,
        "subject": one.subject,
        "state": one.state.value,
        "on_date": day_text(one.on),
        "until": day_text(one.until),
    }
    upsert(tx, insight_state, [alive(row, stamp)])


def drop_state(tx: Transaction, state_id: str, stamp: str) -> None:
    """Take an answer back."""
    set_deleted(tx, insight_state, [state_id], stamp, deleted=True)
