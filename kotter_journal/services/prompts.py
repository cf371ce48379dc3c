"""The questions that come with the program."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from kotter_journal.config.paths import resource
from kotter_journal.domain.activities import PAIRS, SIX, Activity, Pair
from kotter_journal.domain.prompts import Prompt, PromptSet

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


def _prompts(
    told: Sequence[Mapping[str, str]], activity: Activity | None = None
) -> tuple[Prompt, ...]:
    return tuple(Prompt(one["key"], one["text"], activity) for one in told)
