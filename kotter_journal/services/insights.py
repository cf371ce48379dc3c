"""Insights of today, and what is answered to them."""

import secrets
from datetime import date, datetime, timedelta

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import uuid7
from kotter_journal.domain.insight_states import Answered, InsightState
from kotter_journal.domain.insights import REST, WEEKS_READ, Facts, Insight, insights
from kotter_journal.domain.periods import Period
from kotter_journal.services.working_time import working_time
from kotter_journal.storage import (
    areas,
    commitments,
    day_totals,
    delegations,
    directions,
    insight_facts,
    insight_states,
)
from kotter_journal.storage import working_time as bands
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import tick


def todays_insights(tx: Transaction, today: date) -> tuple[Insight, ...]:
    """What the rules say today, two at most, given what was answered before."""
    return tuple(insights(gather(tx, today), insight_states.insight_states(tx)))


def gather(tx: Transaction, today: date) -> Facts:
    """What the rules read."""
    end = today + timedelta(days=1)
    start = end - timedelta(weeks=WEEKS_READ)
    both = day_totals.first_and_last(tx)
    return Facts(
        today=today,
        first_on=both[0] if both else None,
        entries=insight_facts.entry_facts(tx, start, end),
        days=tuple(day_totals.day_minutes(tx, start, end)),
        working=working_time(tx, Period(start, end)),
        bands=bands.bands(tx),
        people=insight_facts.people_facts(tx),
        directions=tuple(directions.directions(tx)),
        areas=tuple(areas.areas(tx)),
        delegations=tuple(delegations.delegations(tx)),
        commitments=tuple(commitments.commitments(tx)),
    )


def answer_insight(
    tx: Transaction, one: Insight, answer: Answered, now: datetime
) -> tuple[Changes, InsightState]:
    """Not now, not useful, or done: it rests for three weeks."""
    today = now.date()
    made = uuid7(now, secrets.randbits(74))
    state = InsightState(made, one.rule, one.subject, answer, today, today + REST)
    insight_states.keep_state(tx, state, tick(tx, now))
    return Changes(), state


def take_back_answer(tx: Transaction, state_id: str, now: datetime) -> Changes:
    """Undo ``answer_insight``."""
    insight_states.drop_state(tx, state_id, tick(tx, now))
    return Changes()
