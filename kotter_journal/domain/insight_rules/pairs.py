"""Pairs: leading and managing complement each other in each of the three tasks (seed S7)."""

from collections.abc import Iterator

from kotter_journal.domain.activities import PAIRS, Activity, Pair
from kotter_journal.domain.insight_rules.facts import Facts, Insight, carrying, ids_of
from kotter_journal.domain.sentences import hours_text

_MUCH = 180


def one_sided_pair(facts: Facts) -> Iterator[Insight]:
    """I22: three hours on one side of a pair in four weeks, nothing on the other; gated.

    The subject is the pair.
    """
    period = facts.weeks(4)
    if not facts.is_well_logged(period):
        return
    balance, entries = facts.balance(period), facts.within(period)
    for pair, (lead, twin) in PAIRS.items():
        for much, none in ((lead, twin), (twin, lead)):
            if balance.minutes[much] < _MUCH or carrying(entries, none):
                continue
            yield Insight(
                rule="I22",
                fact=(
                    f"{much.label}: {hours_text(balance.minutes[much])} in the last 4 weeks;"
                    f" {none.label.lower()}: none logged."
                ),
                question=_QUESTIONS[much],
                period=period,
                subject=pair.value,
                entry_ids=ids_of(carrying(entries, much)),
                absence=True,
            )


def silent_pair(facts: Facts) -> Iterator[Insight]:
    """I23: neither side of a pair logged in four weeks; gated.

    The subject is the pair.
    """
    period = facts.weeks(4)
    if not facts.is_well_logged(period):
        return
    entries = facts.within(period)
    for pair, (lead, twin) in PAIRS.items():
        if not carrying(entries, lead, twin):
            yield Insight(
                rule="I23",
                fact=(
                    f"{pair.label}: neither {lead.label.lower()} nor {twin.label.lower()} logged"
                    " in 4 weeks."
                ),
                question=_SILENCE[pair],
                period=period,
                subject=pair.value,
                absence=True,
            )


_QUESTIONS = {
    Activity.PLANNING_BUDGETING: "Which sentence of direction do those plans serve?",
    Activity.SETTING_DIRECTION: "What is the next dated step, and who owns it?",
    Activity.ORGANIZING_STAFFING: "Who is in a new place without knowing why?",
    Activity.ALIGNING_PEOPLE: "Which agreement has no owner, role or authority behind it yet?",
    Activity.CONTROLLING_PROBLEM_SOLVING: "Who needed encouragement more than correction?",
    Activity.MOTIVATING_INSPIRING: "Which standard has drifted in that time?",
}
"""By the activity that took all of its pair."""
_SILENCE = {
    Pair.WHAT_NEEDS_DOING: "Is the path so clear that nobody talks about it, or has it gone quiet?",
    Pair.WHO_IT_TAKES: "When did you last learn something from outside your reporting line?",
    Pair.GETTING_IT_DONE: "How would you learn today that something is going wrong, or well?",
}
