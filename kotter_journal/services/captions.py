"""Saying in one's own words what a chart shows."""

import secrets
from datetime import datetime

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import clean_text, uuid7
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.domain.periods import Period
from kotter_journal.storage.captions import keep_caption
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import tick

_LONGEST = 500


def set_caption(tx: Transaction, chart: str, period: Period, text: str, now: datetime) -> Changes:
    """Let ``text`` stand under a chart of a period; empty for none. Raises UnreadableInput."""
    text = " ".join(clean_text(text).split())
    if len(text) > _LONGEST:
        reason = f"it has {len(text):,} characters, and {_LONGEST} fit under a chart"
        raise UnreadableInput("The sentence", reason)
    keep_caption(tx, chart, period, text, uuid7(now, secrets.randbits(74)), tick(tx, now))
    return Changes()
