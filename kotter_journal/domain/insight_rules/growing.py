"""Growing: who was developed and encouraged, and when last (seed S6)."""

from collections.abc import Iterator
from datetime import date, timedelta

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.insight_rules.facts import EntryFacts, Facts, Insight, ids_of
from kotter_journal.domain.people import is_direct_report
from kotter_journal.domain.periods import MONTHS, Period, period_between
from kotter_journal.domain.sentences import date_text

_REPORTS = 2
_MENTORING = 2


def month_without_mentoring(facts: Facts) -> Iterator[Insight]:
    """I19: no entry develops a leader in a calendar month, nor after it; gated.

    The month is the last one that is over, which the current one is on its last day.
    """
    month = _last_month(facts.today)
    later = facts.within(facts.since(month.start))
    if any(one.develops_leader for one in later) or not facts.is_well_logged(month):
        return
    yield Insight(
        rule="I19",
        fact=f"No mentoring logged in {MONTHS[month.start.month - 1]} {month.start.year}.",
        question="Who took a step as a leader in that time?",
        period=month,
        absence=True,
    )


def report_without_motivating(facts: Facts) -> Iterator[Insight]:
    """I20: nothing motivates or develops a direct report for six weeks; gated.

    From two direct reports on.
    """
    period = facts.weeks(6)
    reports = [one for one in facts.people if is_direct_report(one.relation)]
    if len(reports) < _REPORTS or not facts.is_well_logged(period):
        return
    last = _last_invested(facts)
    for one in reports:
        since = last.get(one.id)
        if since is None or since.on not in period:
            when = f"since {date_text(since.on)}" if since else "in the last 6 weeks"
            yield Insight(
                rule="I20",
                fact=f"{one.shown_name}: no motivating or mentoring logged {when}.",
                question="What have they done well in that time?",
                period=facts.since(since.on) if since else period,
                subject=one.id,
                entry_ids=ids_of([since]) if since else (),
                absence=True,
            )


def mentoring_of_one_person(facts: Facts) -> Iterator[Insight]:
    """I21: two or more entries of eight weeks develop a leader, all with the same person.

    Entries that name nobody do not count. The subject is the person.
    """
    period = facts.weeks(8)
    entries = [one for one in facts.within(period) if one.develops_leader and one.people]
    people = {person_id for one in entries for person_id in one.people}
    if len(entries) < _MENTORING or len(people) != 1:
        return
    (person_id,) = people
    yield Insight(
        rule="I21",
        fact=(
            f"Mentoring in the last 8 weeks: {len(entries)} entries that name somebody,"
            f" {facts.shown_name(person_id)} in all of them and nobody else."
        ),
        question="Who else is growing?",
        period=period,
        subject=person_id,
        entry_ids=ids_of(entries),
    )


def _last_month(today: date) -> Period:
    """The last calendar month that ends with or before a date."""
    end = today + timedelta(days=1)
    last = end - timedelta(days=end.day)
    return period_between(last.replace(day=1), last)


def _last_invested(facts: Facts) -> dict[str, EntryFacts]:
    """The last entry that motivates or develops each person."""
    return {
        person_id: one
        for one in facts.entries
        if one.develops_leader or one.carries(Activity.MOTIVATING_INSPIRING)
        for person_id in one.people
    }
