"""Reviews: a look back at a week, a month or a quarter, and one sentence ahead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kotter_journal.domain.periods import Period


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
