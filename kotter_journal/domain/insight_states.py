"""Insight states: what was answered to an insight, or to a question of the day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Answered(StrEnum):
    """What was answered to an insight; DISMISSED is "not useful"."""

    SNOOZED = "snoozed"
    DISMISSED = "dismissed"
    ACTED = "acted"


@dataclass(frozen=True, slots=True)
class InsightState:
    """``subject`` is the row an insight is about, or the key of a question; it may be empty.

    Silent until ``until``, a local date, where there is one.
    """

    id: str
    rule: str
    subject: str
    state: Answered
    on: date
    until: date | None = None


PROMPT_RULE = "prompt"
"""In the place of a rule, for the questions of the day."""
