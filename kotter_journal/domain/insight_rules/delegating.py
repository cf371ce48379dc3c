"""Delegating: what a team that knows the direction could take over (seed S2)."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from statistics import mean, stdev

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.balance import (
    Balance,
    DayMinutes,
    balance_of,
    change_between,
    comparable,
)
from kotter_journal.domain.balance_sentences import percent_text
from kotter_journal.domain.delegation import Delegation, Stage
from kotter_journal.domain.entries import fold
from kotter_journal.domain.insight_rules.facts import (
    EntryFacts,
    Facts,
    Insight,
    carrying,
    ids_of,
    minutes_of,
)
from kotter_journal.domain.sentences import date_text, hours_text, minutes_text

_PLANNING, _ALIGNING = Activity.PLANNING_BUDGETING, Activity.ALIGNING_PEOPLE
_ORGANIZING, _CONTROLLING = Activity.ORGANIZING_STAFFING, Activity.CONTROLLING_PROBLEM_SOLVING
_DELEGABLE_PERCENT = 20
_REPEATED_WEEKS, _REPEATED_WITHIN = 3, 8
_WAITING = timedelta(days=21)
_BACK = 2
_ERRORS = 1.645
"""Standard errors of a difference, as in change_between."""


def much_delegable(facts: Facts) -> Iterator[Insight]:
    """I06: 20 % of the allocated minutes of four weeks are of delegable entries; gated.

    The minutes of an entry are those given to activities, outside the six included.
    """
    period = facts.weeks(4)
    flagged = [one for one in facts.within(period) if one.is_delegable]
    balance = facts.balance(period)
    whole = balance.classified + balance.outside
    by_activity = {activity: minutes_of(flagged, activity) for activity in Activity}
    part = sum(by_activity.values())
    if not part or 100 * part < _DELEGABLE_PERCENT * whole or not facts.is_well_logged(period):
        return
    most = max(Activity, key=lambda activity: by_activity[activity])
    yield Insight(
        rule="I06",
        fact=(
            f"{hours_text(part)} of {hours_text(whole)} in the last 4 weeks marked as delegable"
            f" ({percent_text(part / whole)}), mostly {most.label.lower()}."
        ),
        question="One candidate?",
        period=period,
        entry_ids=ids_of(flagged),
    )


def repeated_delegable_planning(facts: Facts) -> Iterator[Insight]:
    """I07: delegable planning of one title or area in 3 of the last 8 weeks, and no task for it.

    The weeks are counted back from today. The subject is the folded title, or else the id of the
    area; an area whose entries have one of the titles already is left out. A task stands for
    entries that belong to it, for the one where it was noticed, and for those it is named as.
    """
    period = facts.weeks(_REPEATED_WITHIN)
    noticed = {one.entry_id for one in facts.delegations}
    tasks = {fold(one.task) for one in facts.delegations}
    by_title: defaultdict[str, list[EntryFacts]] = defaultdict(list)
    by_area: defaultdict[str, list[EntryFacts]] = defaultdict(list)
    for entry in carrying(facts.within(period), _PLANNING):
        if entry.is_delegable:
            by_title[fold(entry.heading)].append(entry)
            for area_id in entry.areas:
                by_area[area_id].append(entry)
    by_title.pop("", None)
    areas = {one.id: one.name for one in facts.areas}
    told: set[str] = set()
    for subject, entries in (*by_title.items(), *by_area.items()):
        name = areas.get(subject, entries[-1].heading)
        ids = ids_of(entries)
        is_known = fold(name) in tasks or any(
            one.delegations or one.entry_id in noticed for one in entries
        )
        weeks = _weeks_of(facts, entries)
        if weeks < _REPEATED_WEEKS or is_known or told.issuperset(ids):
            continue
        told.update(ids)
        yield Insight(
            rule="I07",
            fact=f'"{name}" came up as delegable planning in {weeks} of the last 8 weeks.',
            question="Who could take it over?",
            period=period,
            subject=subject,
            entry_ids=ids,
        )


def waiting_delegation(facts: Facts) -> Iterator[Insight]:
    """I08: a task noticed or offered more than 21 days ago, and no step since."""
    for one in facts.delegations:
        waits = one.stage in (Stage.NOTICED, Stage.OFFERED)
        if waits and facts.today - one.since > _WAITING:
            yield Insight(
                rule="I08",
                fact=f'"{one.task}": {one.stage.label.lower()}, waiting since'
                f" {date_text(one.since)}.",
                question=_who_knows(facts, one),
                period=facts.since(one.since),
                subject=one.id,
                entry_ids=(one.entry_id,) if one.entry_id else (),
            )


def back_in_a_delegation(facts: Facts) -> Iterator[Insight]:
    """I09: two entries of planning or controlling in two weeks in a task after its handing over."""
    period = facts.weeks(2)
    entries = carrying(facts.within(period), _PLANNING, _CONTROLLING)
    for one in facts.delegations:
        since = one.handed_over_on
        back = [e for e in entries if since and e.on > since and one.id in e.delegations]
        if since and len(back) >= _BACK:
            yield Insight(
                rule="I09",
                fact=(
                    f"{len(back)} entries of planning or controlling in the last 2 weeks belong to"
                    f' "{one.task}", handed over on {date_text(since)}.'
                ),
                question="What does the task still need to stand without you?",
                period=period,
                subject=one.id,
                entry_ids=ids_of(back),
            )


def team_takes_over(facts: Facts) -> Iterator[Insight]:
    """I10: the aligning part of aligning and organizing rises, and planning a logged day falls.

    The last four weeks against the four before. The rise is a change_between of the days with
    nothing but these two activities on them. The fall of the mean is at least a tenth of what was
    classified a logged day before (10 points of a day) and more than 1.645 standard errors of the
    difference; both periods need what any comparison needs.
    """
    earlier, later = facts.balance(facts.weeks(4, ago=4)), facts.balance(facts.weeks(4))
    before, now = _aligning_share(earlier), _aligning_share(later)
    change = change_between(before, now)
    if change is None or change.difference < 0 or not _planning_falls(earlier, later):
        return
    yield Insight(
        rule="I10",
        fact=(
            f"More aligning, less planning than the 4 weeks before: {hours_text(now.leading)} of"
            f" {hours_text(now.classified)} aligning or organizing were aligning, before"
            f" {hours_text(before.leading)} of {hours_text(before.classified)};"
            f" {_planning_a_day(later)} of planning a logged day, before"
            f" {_planning_a_day(earlier)}."
        ),
        question="Is the team taking the plan over?",
        period=later.period,
        entry_ids=ids_of(carrying(facts.within(later.period), _ALIGNING)),
    )


def _weeks_of(facts: Facts, entries: Iterable[EntryFacts]) -> int:
    """In how many weeks, counted back from today, the entries lie."""
    return len({(facts.today - one.on).days // 7 for one in entries})


def _who_knows(facts: Facts, one: Delegation) -> str:
    if one.person_id is None:
        return "Who could take it, and do they know the aim?"
    known = {person.id for person in facts.people}
    name = facts.shown_name(one.person_id) if one.person_id in known else one.person
    return f"Does {name or 'somebody'} know the aim?"


def _aligning_share(balance: Balance) -> Balance:
    """The balance of a period as if nothing but aligning and organizing had been logged."""
    kept = (_ALIGNING, _ORGANIZING)
    days = [replace(day, minutes=_only(day, kept)) for day in balance.days]
    return balance_of(balance.period, days, balance.working)


def _only(day: DayMinutes, kept: Sequence[Activity]) -> dict[Activity, int]:
    return {activity: day.minutes[activity] if activity in kept else 0 for activity in Activity}


def _planning_falls(earlier: Balance, later: Balance) -> bool:
    if not comparable(earlier, later):
        return False
    before, now = _planned(earlier), _planned(later)
    # In whole numbers, so that exactly a tenth counts as a tenth.
    fall = sum(before) * len(now) - sum(now) * len(before)
    enough = 10 * fall >= earlier.classified * len(now)
    noise = _ERRORS * math.hypot(*(stdev(some) / math.sqrt(len(some)) for some in (before, now)))
    return enough and mean(before) - mean(now) > noise


def _planned(balance: Balance) -> list[int]:
    """Planning minutes of each logged day."""
    return [day.minutes[_PLANNING] for day in balance.days if day.classified]


def _planning_a_day(balance: Balance) -> str:
    return minutes_text(round(mean(_planned(balance))))
