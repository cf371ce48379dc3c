"""Reviews: their answers as they are typed, and their figures once they are finished."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.periods import Period
from kotter_journal.domain.reviews import Answer, Review, ReviewSpan
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_tables import review, review_answer
from kotter_journal.storage.rows import alive, day_text, instant, milliseconds, set_deleted
from kotter_journal.storage.vocabulary import sort_key, upsert


def reviews(tx: Transaction) -> list[Review]:
    """All reviews with their answers, the newest period first."""
    rows = tx.execute(
        sa.select(review)
        .where(review.c.deleted_at.is_(None))
        .order_by(review.c.starts_on.desc(), review.c.span, review.c.id)
    ).all()
    return _with_answers(tx, rows)


def review_of(tx: Transaction, span: ReviewSpan, period: Period) -> Review | None:
    """The review of a period, begun or finished."""
    rows = tx.execute(
        sa.select(review)
        .where(
            review.c.span == span.value,
            review.c.starts_on == day_text(period.start),
            review.c.deleted_at.is_(None),
        )
        .order_by(review.c.started_at)
        .limit(1)
    ).all()
    return next(iter(_with_answers(tx, rows)), None)


def prompts_asked(tx: Transaction, since: date) -> dict[str, date]:
    """The keys of the questions asked in reviews since a date, and when each was asked last."""
    asked = (
        sa.select(review_answer.c.prompt, sa.func.max(review.c.started_at).label("at"))
        .join(review, review.c.id == review_answer.c.review_id)
        .where(review_answer.c.deleted_at.is_(None), review.c.deleted_at.is_(None))
        .group_by(review_answer.c.prompt)
    )
    found = {r.prompt: datetime.fromtimestamp(r.at / 1000, UTC).date() for r in tx.execute(asked)}
    return {key: day for key, day in found.items() if day >= since}


def keep_review(tx: Transaction, one: Review, stamp: str) -> None:
    """Keep a review, new or in the place of the one with its id; not its answers."""
    figures = None if one.statistics is None else json.dumps(dict(one.statistics), sort_keys=True)
    row = {
        "id": one.id,
        "span": one.span.value,
        "starts_on": day_text(one.period.start),
        "ends_on": day_text(one.period.end),
        "intention": one.intention,
        "outcome": one.outcome,
        "statistics": figures,
        "entry_id": one.entry_id,
        "started_at": milliseconds(one.started_at),
        "finished_at": milliseconds(one.finished_at),
    }
    upsert(tx, review, [alive(row, stamp)])


def keep_answers(tx: Transaction, one: Review, stamp: str) -> None:
    """Keep the answers of a review in their order."""
    rows = [
        alive(
            {
                "id": answer.id,
                "review_id": one.id,
                "prompt": answer.prompt,
                "question": answer.question,
                "answer": answer.answer,
                "sort_key": sort_key(rank),
            },
            stamp,
        )
        for rank, answer in enumerate(one.answers)
    ]
    upsert(tx, review_answer, rows)


def drop_review(tx: Transaction, one: Review, stamp: str) -> None:
    """The journal no longer has this review nor its answers."""
    set_deleted(tx, review, [one.id], stamp, deleted=True)
    set_deleted(tx, review_answer, [answer.id for answer in one.answers], stamp, deleted=True)


def _with_answers(tx: Transaction, rows: Sequence[Any]) -> list[Review]:
    answers: defaultdict[str, list[Answer]] = defaultdict(list)
    said = review_answer.c
    asked = (
        sa.select(said.id, said.review_id, said.prompt, said.question, said.answer)
        .where(said.review_id.in_([row.id for row in rows]), said.deleted_at.is_(None))
        .order_by(said.review_id, said.sort_key, said.id)
    )
    for row in tx.execute(asked):
        answers[row.review_id].append(Answer(row.id, row.prompt, row.question, row.answer))
    return [_review(row, tuple(answers[row.id])) for row in rows]


def _review(row: Any, answers: tuple[Answer, ...]) -> Review:
    return Review(
        id=row.id,
        span=ReviewSpan(row.span),
        period=Period(date.fromisoformat(row.starts_on), date.fromisoformat(row.ends_on)),
        started_at=datetime.fromtimestamp(row.started_at / 1000, UTC),
        answers=answers,
        intention=row.intention,
        outcome=row.outcome,
        finished_at=instant(row.finished_at),
        statistics=None if row.statistics is None else _figures(row.statistics),
        entry_id=row.entry_id,
    )


def _figures(text: str) -> dict[str, Any]:
    """Other programs may have kept anything."""
    told = json.loads(text)
    return told if isinstance(told, dict) else {}
