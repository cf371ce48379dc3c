"""The questions that come with the program, and the one of the day."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from kotter_journal.config.paths import resource
from kotter_journal.domain.activities import PAIRS, SIX, Activity, Pair
from kotter_journal.domain.balance import balance_of
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import uuid7
from kotter_journal.domain.insight_states import PROMPT_RULE, Answered, InsightState
from kotter_journal.domain.periods import Period
from kotter_journal.domain.prompts import NOT_AGAIN, Prompt, PromptSet, prompt_of_day
from kotter_journal.domain.working_time import WorkingTime
from kotter_journal.storage import day_totals, entries, reviews
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.insight_states import insight_states, keep_state
from kotter_journal.storage.stamps import tick

_CODES = dict(zip(("DIR", "ALI", "MOT", "PLA", "ORG", "CON"), SIX, strict=True))
_PAIR_CODES = dict(zip(Pair, ("DIR/PLA", "ALI/ORG", "MOT/CON"), strict=True))
_DEEPER = (
    "Growing leaders (S6)",
    "Delegation (S2)",
    "Change and control (S5, S8)",
    "Sources of direction (S3)",
)
_OPEN_PAGE = "Open page (no tag)"
_ASKED_OTHERWISE = frozenset({"WK-1", "WK-12"})
"""A review begins with the days without entries, and ends with a sentence for the next one."""


@cache
def prompt_set() -> PromptSet:
    """Every question of resources/prompts/prompts.json."""
    told: Mapping[str, Any] = json.loads(resource("prompts/prompts.json").read_text("utf-8"))
    groups = told["groups"]
    return PromptSet(
        of_activity={a: _prompts(told["prompts"][code], a) for code, a in _CODES.items()},
        of_pair={
            pair: _prompts(told["pair_balance"][code], PAIRS[pair][0])
            for pair, code in _PAIR_CODES.items()
        },
        weekly=_prompts(
            [one for one in told["weekly_review"] if one["key"] not in _ASKED_OTHERWISE]
        ),
        deeper=tuple(_prompts(groups[name]) for name in _DEEPER),
        open_page=_prompts(groups[_OPEN_PAGE]),
    )


def todays_prompt(tx: Transaction, today: date) -> Prompt | None:
    """The question of the day: the one that was shown already, or else the one that is due.

    None where it was answered, or none is left.
    """
    states = [one for one in insight_states(tx) if one.rule == PROMPT_RULE]
    of_today = [one for one in states if one.on == today]
    if of_today and of_today[-1].state is Answered.ACTED:
        return None
    if of_today and of_today[-1].state is Answered.SNOOZED:
        return prompts_by_key().get(of_today[-1].subject)
    asked = reviews.prompts_asked(tx, today - NOT_AGAIN)
    for one in states:
        asked[one.subject] = max(one.on, asked.get(one.subject, date.min))
    weeks = Period(today - timedelta(days=27), today + timedelta(days=1))
    days = day_totals.day_minutes(tx, weeks.start, weeks.end)
    balance = balance_of(weeks, days, WorkingTime())
    return prompt_of_day(prompt_set(), balance, _tagged_last(tx, today), asked, today)


def say_of_prompt(tx: Transaction, key: str, answer: Answered, now: datetime) -> Changes:
    """A question was shown (SNOOZED), passed over (DISMISSED) or answered (ACTED)."""
    today = now.date()
    made = uuid7(now, secrets.randbits(74))
    one = InsightState(made, PROMPT_RULE, key, answer, today, today + NOT_AGAIN)
    keep_state(tx, one, tick(tx, now))
    return Changes()


def _tagged_last(tx: Transaction, today: date) -> Activity | None:
    """What went most into the last entry of today or the day before that has an activity."""
    since = today - timedelta(days=1)
    for one in entries.summaries_between(tx, since, today + timedelta(days=1))[::-1]:
        if one.minutes:
            return max(one.minutes, key=lambda given: given[1])[0]
    return None


@cache
def prompts_by_key() -> Mapping[str, Prompt]:
    """The questions that a day or a pair can ask, by their keys."""
    known = prompt_set()
    groups = (*known.of_activity.values(), *known.of_pair.values(), known.open_page)
    return {one.key: one for group in groups for one in group}


def _prompts(
    told: Sequence[Mapping[str, str]], activity: Activity | None = None
) -> tuple[Prompt, ...]:
    return tuple(Prompt(one["key"], one["text"], activity) for one in told)
