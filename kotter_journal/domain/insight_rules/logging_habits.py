"""Logging habits: what the other figures rest on."""

from collections.abc import Iterator

from kotter_journal.domain.balance_sentences import percent_text
from kotter_journal.domain.insight_rules.facts import Facts, Insight, ids_of
from kotter_journal.domain.sentences import hours_text

_UNCLASSIFIED_PERCENT, _EVEN_PERCENT, _SAME_DAY_PERCENT = 25, 30, 40
_ENTRIES = 20


def much_unclassified(facts: Facts) -> Iterator[Insight]:
    """I26: more than 25 % of the logged minutes of four weeks have no activity yet."""
    period = facts.weeks(4)
    balance = facts.balance(period)
    if 100 * balance.unclassified <= _UNCLASSIFIED_PERCENT * balance.logged:
        return
    yield Insight(
        rule="I26",
        fact=(
            f"{hours_text(balance.unclassified)} of {hours_text(balance.logged)} logged in the last"
            " 4 weeks are not yet classified."
        ),
        question="Sort them?",
        period=period,
        entry_ids=ids_of(one for one in facts.within(period) if one.unclassified),
    )


def many_even_splits(facts: Facts) -> Iterator[Insight]:
    """I27: more than 30 % of the classified minutes of four weeks come from even splits."""
    period = facts.weeks(4)
    balance = facts.balance(period)
    if 100 * balance.even <= _EVEN_PERCENT * balance.classified:
        return
    yield Insight(
        rule="I27",
        fact=(
            f"{hours_text(balance.even)} of {hours_text(balance.classified)} classified in the last"
            f" 4 weeks ({percent_text(balance.even / balance.classified)}) rest on even splits."
        ),
        question="Is there one among them whose parts you know better?",
        period=period,
        entry_ids=ids_of(one for one in facts.within(period) if one.even),
    )


def written_later(facts: Facts) -> Iterator[Insight]:
    """I28: of four weeks with 20 entries, under 40 % of the minutes were written the same day."""
    period = facts.weeks(4)
    balance = facts.balance(period)
    later = balance.logged - balance.same_day
    if balance.entries < _ENTRIES:
        return
    if 100 * balance.same_day >= _SAME_DAY_PERCENT * balance.logged:
        return
    yield Insight(
        rule="I28",
        fact=(
            f"{hours_text(later)} of {hours_text(balance.logged)} logged in the last 4 weeks were"
            " written down on a later day; short episodes tend to be missing then."
        ),
        question="Which short ones come to mind?",
        period=period,
        entry_ids=ids_of(one for one in facts.within(period) if not one.same_day),
    )
