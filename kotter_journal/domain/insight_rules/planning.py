"""Planning and direction: a plan is worth what the direction behind it is (seed S1)."""

from collections.abc import Iterator
from datetime import timedelta

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.direction import in_force
from kotter_journal.domain.insight_rules.facts import (
    Facts,
    Insight,
    carrying,
    ids_of,
    minutes_of,
    quoted,
)
from kotter_journal.domain.sentences import date_text, hours_text, minutes_text

_PLANNING = Activity.PLANNING_BUDGETING
_WEEKLY_PLANNING, _MUCH_PLANNING = 60, 120
_NEW = timedelta(days=14)
_OLD = timedelta(days=180)


def planning_without_direction(facts: Facts) -> Iterator[Insight]:
    """I01: an hour of planning in each of three weeks in a row, no direction-setting; gated."""
    period = facts.weeks(3)
    entries = facts.within(period)
    weeks = period.weeks(period.start.weekday())
    if any(minutes_of(facts.within(one), _PLANNING) < _WEEKLY_PLANNING for one in weeks):
        return
    if carrying(entries, Activity.SETTING_DIRECTION) or not facts.is_well_logged(period):
        return
    hours = hours_text(minutes_of(entries, _PLANNING))
    yield Insight(
        rule="I01",
        fact=f"Planning in each of the last 3 weeks ({hours}); no direction-setting logged.",
        question="Which direction do these plans serve?",
        period=period,
        entry_ids=ids_of(carrying(entries, _PLANNING)),
        absence=True,
    )


def planning_without_mention(facts: Facts) -> Iterator[Insight]:
    """I02: two hours of planning in four weeks, the direction came up in no entry; gated."""
    period = facts.weeks(4)
    entries = facts.within(period)
    planned = minutes_of(entries, _PLANNING)
    if planned < _MUCH_PLANNING or any(one.touches_direction for one in entries):
        return
    if not facts.is_well_logged(period):
        return
    yield Insight(
        rule="I02",
        fact=(
            f"{hours_text(planned)} of planning in the last 4 weeks; no entry logged in which the"
            " direction came up."
        ),
        question="In which of these conversations could it have come up?",
        period=period,
        entry_ids=ids_of(carrying(entries, _PLANNING)),
        absence=True,
    )


def new_direction_without_aligning(facts: Facts) -> Iterator[Insight]:
    """I03: a revision in force for less than 14 days and no aligning since; gated.

    The window begins with the revision, so that 8 days were logged since then.
    """
    for one in facts.directions:
        for revision in in_force([one], facts.today):
            period = facts.since(revision.effective_on)
            is_new = facts.today - revision.effective_on < _NEW
            aligned = carrying(facts.within(period), Activity.ALIGNING_PEOPLE)
            if is_new and not aligned and facts.is_well_logged(period):
                yield Insight(
                    rule="I03",
                    fact=(
                        f"The direction changed on {date_text(revision.effective_on)} to"
                        f" {quoted(revision.text)}; no aligning logged since."
                    ),
                    question="Who has yet to hear of it?",
                    period=period,
                    subject=one.id,
                    absence=True,
                )


def planning_without_statement(facts: Facts) -> Iterator[Insight]:
    """I04: no direction is in force, and planning minutes in the last four weeks."""
    period = facts.weeks(4)
    entries = facts.within(period)
    planned = minutes_of(entries, _PLANNING)
    if not planned or in_force(facts.directions, facts.today):
        return
    yield Insight(
        rule="I04",
        fact=(
            f"No direction statement is active, beside {minutes_text(planned)} of planning in the"
            " last 4 weeks."
        ),
        question="Write one sentence?",
        period=period,
        entry_ids=ids_of(carrying(entries, _PLANNING)),
    )


def old_direction(facts: Facts) -> Iterator[Insight]:
    """I05: a direction in force that nobody revised or confirmed for 180 days."""
    for one in facts.directions:
        if one.holds_on(facts.today) and facts.today - one.touched_on >= _OLD:
            yield Insight(
                rule="I05",
                fact=(
                    f"The direction {quoted(one.newest.text)} was last revised or confirmed on"
                    f" {date_text(one.touched_on)}."
                ),
                question="Still true?",
                period=facts.since(one.touched_on),
                subject=one.id,
            )
