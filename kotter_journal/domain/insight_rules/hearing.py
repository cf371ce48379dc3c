"""Hearing: where the direction comes from, and whether it is heard (seeds S3 and S4)."""

from collections.abc import Iterator

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.direction import Origin, in_force
from kotter_journal.domain.insight_rules.facts import (
    Facts,
    Insight,
    carrying,
    ids_of,
    minutes_of,
    quoted,
)
from kotter_journal.domain.sentences import date_text, hours_text

_FROM_ABOVE = (Origin.SELF, Origin.MANAGER)
_FROM_BELOW = (Origin.INDIVIDUAL, Origin.TEAM, Origin.GROUNDSWELL)
_REVISIONS = 3
_DIRECTION_MINUTES = 60
_CONVERSATIONS, _FEW_STATED = 10, 1
_OFTEN_STATED = 5


def direction_from_above(facts: Facts) -> Iterator[Insight]:
    """I11: a direction in force has three revisions, all from the writer or their manager."""
    for one in facts.directions:
        if not one.holds_on(facts.today):
            continue
        held = [said for said in one.revisions if said.effective_on <= facts.today]
        if len(held) >= _REVISIONS and all(said.origin in _FROM_ABOVE for said in held):
            yield Insight(
                rule="I11",
                fact=(
                    f"All {len(held)} revisions of the direction {quoted(held[-1].text)} came from"
                    " you or from above."
                ),
                question="What have others tried to say?",
                period=facts.since(held[0].effective_on),
                subject=one.id,
            )


def direction_without_team(facts: Facts) -> Iterator[Insight]:
    """I12: an hour of direction-setting in four weeks, nobody of the team named in it; gated.

    Nothing where no direct or skip-level report is noted among the people.
    """
    period = facts.weeks(4)
    entries = carrying(facts.within(period), Activity.SETTING_DIRECTION)
    minutes = minutes_of(entries, Activity.SETTING_DIRECTION)
    team = {one.id for one in facts.people if one.is_of_the_team}
    if minutes < _DIRECTION_MINUTES or not team:
        return
    if any(team.intersection(one.people) for one in entries) or not facts.is_well_logged(period):
        return
    yield Insight(
        rule="I12",
        fact=(
            f"{hours_text(minutes)} of direction-setting in the last 4 weeks; nobody from the team"
            " logged in it."
        ),
        question="Who of them sees something from where they stand?",
        period=period,
        entry_ids=ids_of(entries),
        absence=True,
    )


def direction_from_others(facts: Facts) -> Iterator[Insight]:
    """I13: a revision in force came from the people led, within the last four weeks.

    The subject is the revision.
    """
    period = facts.weeks(4)
    for one in facts.directions:
        for revision in in_force([one], facts.today):
            if revision.origin in _FROM_BELOW and revision.effective_on in period:
                yield Insight(
                    rule="I13",
                    fact=(
                        f"The direction since {date_text(revision.effective_on)},"
                        f" {quoted(revision.text)}, came {revision.origin.label}."
                    ),
                    question="Do they know?",
                    period=period,
                    subject=revision.id,
                )


def conversations_without_direction(facts: Facts) -> Iterator[Insight]:
    """I14: ten entries with people in two weeks, the direction stated in one at most; gated."""
    period = facts.weeks(2)
    entries = [one for one in facts.within(period) if one.people]
    stated = sum(one.stated for one in entries)
    if len(entries) < _CONVERSATIONS or stated > _FEW_STATED or not facts.is_well_logged(period):
        return
    yield Insight(
        rule="I14",
        fact=(
            f"{len(entries)} conversations logged in the last 2 weeks; the direction stated in"
            f" {stated or 'none'} of them."
        ),
        question="Where would it have fitted in a sentence?",
        period=period,
        entry_ids=ids_of(entries),
        absence=True,
    )


def stated_not_heard_back(facts: Facts) -> Iterator[Insight]:
    """I15: the direction stated five times in four weeks, not once heard back; gated.

    Gated as every absence is, section 6 of the domain text.
    """
    period = facts.weeks(4)
    entries = facts.within(period)
    stated = [one for one in entries if one.stated]
    if len(stated) < _OFTEN_STATED or any(one.heard_back for one in entries):
        return
    if not facts.is_well_logged(period):
        return
    yield Insight(
        rule="I15",
        fact=(
            f"The direction was stated {len(stated)} times in the last 4 weeks; heard back: none"
            " logged."
        ),
        question="Whom could you ask?",
        period=period,
        entry_ids=ids_of(stated),
        absence=True,
    )
