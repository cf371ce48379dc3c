"""Insights: which of what the rules find is shown, given what was answered before."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from kotter_journal.domain.activities import Pair
from kotter_journal.domain.insight_rules import RULES
from kotter_journal.domain.insight_rules.facts import (
    WEEKS_READ,
    EntryFacts,
    Facts,
    Insight,
    PersonFacts,
    gate,
)
from kotter_journal.domain.insight_states import Answered, InsightState

__all__ = [
    "MOST_AT_A_TIME",
    "REST",
    "WEEKS_READ",
    "Answered",
    "EntryFacts",
    "Facts",
    "Insight",
    "InsightState",
    "PersonFacts",
    "Theme",
    "gate",
    "insights",
    "is_silent",
    "theme_of",
]

MOST_AT_A_TIME = 2
REST = timedelta(days=21)
"""How long an insight rests after an answer."""
_FIRST_WEEKS = timedelta(days=14)
_OFF_AFTER = 2


class Theme(StrEnum):
    """What an insight is about: one of the three pairs, change, the log itself, or promises."""

    WHAT_NEEDS_DOING = Pair.WHAT_NEEDS_DOING.value
    WHO_IT_TAKES = Pair.WHO_IT_TAKES.value
    GETTING_IT_DONE = Pair.GETTING_IT_DONE.value
    CHANGE = "change"
    LOG = "log"
    PROMISES = "promises"


def insights(facts: Facts, states: Sequence[InsightState]) -> list[Insight]:
    """What to show today, two at most, of different themes where there are any.

    None in the first two weeks after the journal's first entry. The same for the same facts.
    """
    if facts.first_on is None or facts.today - facts.first_on < _FIRST_WEEKS:
        return []
    spoken = [
        one
        for rule in RULES.values()
        for one in rule(facts)
        if not is_silent(one.rule, one.subject, states, facts.today)
    ]
    first_of_theme: dict[Theme, Insight] = {}
    for one in spoken:
        first_of_theme.setdefault(theme_of(one), one)
    first = list(first_of_theme.values())
    rest = [one for one in spoken if one not in first]
    return [*first, *rest][:MOST_AT_A_TIME]


def is_silent(rule: str, subject: str, states: Iterable[InsightState], today: date) -> bool:
    """Whether earlier answers keep an insight from being shown.

    Snoozed, it is silent before its day (three weeks where none is given); acted on, for three
    weeks. "Not useful" silences the rule for three weeks whatever the subject, said twice for
    good.
    """
    of_rule = [one for one in states if one.rule == rule]
    dismissed = [one.on for one in of_rule if one.state is Answered.DISMISSED]
    if len(dismissed) >= _OFF_AFTER or any(today < on + REST for on in dismissed):
        return True
    return any(
        today < (one.until or one.on + REST)
        for one in of_rule
        if one.subject == subject and one.state is not Answered.DISMISSED
    )


def theme_of(one: Insight) -> Theme:
    """What an insight is about."""
    return _THEMES.get(one.rule) or Theme(one.subject)


_THEMES = {
    rule: theme
    for theme, rules in {
        Theme.PROMISES: "I29",
        Theme.WHAT_NEEDS_DOING: "I01 I02 I03 I04 I05 I11 I12 I13 I14 I15",
        Theme.WHO_IT_TAKES: "I06 I07 I08 I09 I10",
        Theme.GETTING_IT_DONE: "I16 I17 I18 I19 I20 I21",
        Theme.CHANGE: "I24 I25",
        Theme.LOG: "I26 I27 I28",
    }.items()
    for rule in rules.split()
}
"""The themes of all rules but those whose subject is a pair."""
