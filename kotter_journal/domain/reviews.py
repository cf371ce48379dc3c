"""Reviews: a look back at a week, a month or a quarter, and one sentence ahead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from kotter_journal.domain.activities import SIX, Activity
from kotter_journal.domain.balance import Balance
from kotter_journal.domain.balance_figures import figures_of
from kotter_journal.domain.balance_sentences import (
    balance_sentence,
    coverage_sentence,
    period_text,
    range_sentence,
)
from kotter_journal.domain.periods import MONTHS, Period, Span, period_of


class ReviewSpan(StrEnum):
    """How long the period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question as it was asked, and what was answered; ``prompt`` is the key of the question."""

    id: str
    prompt: str
    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """``intention`` is for the period after, ``outcome`` what became of the one before.

    ``statistics`` are frozen when the review is finished, and only then; ``entry_id`` is the entry
    that holds the finished answers.
    """

    id: str
    span: ReviewSpan
    period: Period
    started_at: datetime
    answers: tuple[Answer, ...] = ()
    intention: str = ""
    outcome: str = ""
    finished_at: datetime | None = None
    statistics: Mapping[str, Any] | None = None
    entry_id: str | None = None

    @property
    def is_finished(self) -> bool:
        """Whether its figures are frozen."""
        return self.finished_at is not None


_ENDING = {ReviewSpan.WEEK: 3, ReviewSpan.MONTH: 4, ReviewSpan.QUARTER: 7}
"""The last days of a period, on which one may look back at it already."""
_MONTHS = {ReviewSpan.MONTH: 1, ReviewSpan.QUARTER: 3}
_MOST_MINUTES = 92 * 1440
"""Of a quarter; a file that says more is wrong."""


def review_period(span: ReviewSpan, day: date, first_weekday: int = 0) -> Period:
    """The calendar week, month or quarter with ``day``; weeks begin on ``first_weekday`` (0..6)."""
    if span is ReviewSpan.WEEK:
        return period_of(Span.WEEK, day, first_weekday)
    length = _MONTHS[span]
    first = day.month - (day.month - 1) % length
    year, month = divmod(day.year * 12 + first - 1 + length, 12)
    end = date(year, month + 1, 1) if year <= date.max.year else date.max
    return Period(date(day.year, first, 1), end)


def period_before(span: ReviewSpan, period: Period, first_weekday: int = 0) -> Period:
    """The week, month or quarter before; the same one where the calendar begins."""
    if period.start == date.min:
        return period
    return review_period(span, period.start - timedelta(days=1), first_weekday)


def period_after(span: ReviewSpan, period: Period, first_weekday: int = 0) -> Period:
    """The week, month or quarter after; the same one where the calendar ends."""
    return review_period(span, period.end, first_weekday) if period.end < date.max else period


def period_due(span: ReviewSpan, today: date, first_weekday: int = 0) -> Period:
    """What to look back at: the period that is ending within days, or else the one before."""
    running = review_period(span, today, first_weekday)
    if (running.end - today).days <= _ENDING[span]:
        return running
    return period_before(span, running, first_weekday)


def review_title(span: ReviewSpan, period: Period) -> str:
    """The period as a heading: "Week of 2 to 8 March 2026", "March 2026", "Quarter 1 of 2026"."""
    start = period.start
    if span is ReviewSpan.WEEK:
        return f"Week of {period_text(period)}"
    if span is ReviewSpan.MONTH:
        return f"{MONTHS[start.month - 1]} {start.year}"
    return f"Quarter {(start.month + 2) // 3} of {start.year}"


def statistics_of(balance: Balance, unlogged: Sequence[date]) -> dict[str, Any]:
    """What a finished review keeps: the figures, the sentences of that day, and the gaps.

    ``unlogged``: the workdays on which nothing was logged.
    """
    sentences = (balance_sentence(balance), coverage_sentence(balance), range_sentence(balance))
    return {
        "balance": figures_of(balance),
        "sentences": [one for one in sentences if one],
        "unlogged_workdays": [day.isoformat() for day in unlogged],
    }


def differs(statistics: Mapping[str, Any], balance: Balance) -> bool:
    """Whether the journal says otherwise today than when the review was finished."""
    return bool(statistics.get("balance") != figures_of(balance))


def frozen_minutes(statistics: Mapping[str, Any]) -> dict[Activity, int]:
    """The minutes of the seven activities at the time, 0 where a file does not say."""
    told = _members(_members(statistics.get("balance")).get("minutes"))
    return {a: _minutes(told.get(a.value)) for a in (*SIX, Activity.OUTSIDE)}


def frozen_sentences(statistics: Mapping[str, Any]) -> list[str]:
    """What was said of the figures at the time; none where a file does not say."""
    told = statistics.get("sentences")
    return [str(one) for one in told] if isinstance(told, list) else []


def _members(told: object) -> Mapping[str, Any]:
    return told if isinstance(told, dict) else {}


def _minutes(told: object) -> int:
    return told if isinstance(told, int) and 0 <= told <= _MOST_MINUTES else 0


def review_text(one: Review) -> str:
    """The finished review as Markdown: figures, answers, what became of the last aim, the next."""
    parts = []
    if one.statistics:
        parts.append("\n".join(one.statistics.get("sentences", ())))
    parts += [f"## {a.question}\n\n{a.answer.strip()}" for a in one.answers if a.answer.strip()]
    if one.outcome.strip():
        parts.append(f"## What became of the last intention\n\n{one.outcome.strip()}")
    if one.intention.strip():
        parts.append(f"## Intention\n\n{one.intention.strip()}")
    return "\n\n".join(parts) + "\n"
