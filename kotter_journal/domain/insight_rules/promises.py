"""Promises: commitments whose day has passed."""

from collections.abc import Iterator

from kotter_journal.domain.commitments import Commitment, Owner
from kotter_journal.domain.insight_rules.facts import Facts, Insight
from kotter_journal.domain.sentences import date_text

_OVERDUE = 7


def overdue_commitment(facts: Facts) -> Iterator[Insight]:
    """I29: an open commitment was due 7 days ago or earlier; the longest overdue come first."""
    late = [one for one in facts.commitments if one.days_overdue(facts.today) >= _OVERDUE]
    for one in sorted(late, key=lambda one: -one.days_overdue(facts.today)):
        if one.due_on is not None:
            yield Insight(
                rule="I29",
                fact=f"Promised{_by(facts, one)} for {date_text(one.due_on)}: {one.text}",
                question="Kept, put off or dropped?",
                period=facts.since(one.due_on),
                subject=one.id,
                entry_ids=(one.entry_id,) if one.entry_id else (),
            )


def _by(facts: Facts, one: Commitment) -> str:
    """Whose promise it is, where it is not the writer's."""
    if one.owner is Owner.ME:
        return ""
    names = {person.id: person.shown_name for person in facts.people}
    name = names.get(one.person_id or "", one.person)
    return f" by {name}" if name else " by somebody else"
