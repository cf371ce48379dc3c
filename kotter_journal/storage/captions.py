"""Captions: the owner's own sentence to a chart of a period."""

from collections.abc import Mapping

import sqlalchemy as sa

from kotter_journal.domain.periods import Period
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_tables import caption
from kotter_journal.storage.rows import alive, day_text, set_deleted
from kotter_journal.storage.vocabulary import upsert


def captions(tx: Transaction, period: Period) -> dict[str, str]:
    """The sentences to the charts of just this period, by the names of the charts."""
    return {name: text for name, (_, text) in _rows(tx, period).items()}


def keep_caption(
    tx: Transaction, chart: str, period: Period, text: str, new_id: str, stamp: str
) -> None:
    """Keep a sentence in the place of the one before; an empty one takes it away."""
    known = _rows(tx, period).get(chart)
    if not text:
        if known is not None:
            set_deleted(tx, caption, [known[0]], stamp, deleted=True)
        return
    row = {
        "id": known[0] if known else new_id,
        "chart": chart,
        "starts_on": day_text(period.start),
        "ends_on": day_text(period.end),
        "text": text,
    }
    upsert(tx, caption, [alive(row, stamp)])


def _rows(tx: Transaction, period: Period) -> Mapping[str, tuple[str, str]]:
    asked = (
        sa.select(caption.c.chart, caption.c.id, caption.c.text)
        .where(
            caption.c.starts_on == day_text(period.start),
            caption.c.ends_on == day_text(period.end),
            caption.c.deleted_at.is_(None),
        )
        .order_by(caption.c.updated_at)
    )
    return {chart: (one, text) for chart, one, text in tx.execute(asked)}
