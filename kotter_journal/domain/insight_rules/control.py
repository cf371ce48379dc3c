"""Control, change and complexity: what an area asks for, and what went into it (S5 and S8)."""

from collections.abc import Iterator
from datetime import timedelta

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.areas import Area, Control, held_since
from kotter_journal.domain.balance import Balance, Status
from kotter_journal.domain.balance_sentences import percent_text
from kotter_journal.domain.insight_rules.facts import (
    EntryFacts,
    Facts,
    Insight,
    carrying,
    ids_of,
    minutes_of,
)
from kotter_journal.domain.periods import Period
from kotter_journal.domain.sentences import date_text, hours_text
from kotter_journal.domain.working_time import Band, band_on

_CONTROLLING = Activity.CONTROLLING_PROBLEM_SOLVING
_MUCH_CONTROLLING = 60
_NOT_LOOKED_AT = timedelta(days=60)
_HIGH, _LOW = 4, 2


def fixing_without_changing(facts: Facts) -> Iterator[Insight]:
    """I16: out of control for 14 days, in which an hour of controlling and nothing to change it.

    Direction-setting and aligning change an area. Gated as every absence is.
    """
    period = facts.weeks(2)
    for area, entries in _controlled(facts, Control.OUT_OF_CONTROL, period):
        changed = carrying(entries, Activity.SETTING_DIRECTION, Activity.ALIGNING_PEOPLE)
        if changed or not facts.is_well_logged(period):
            continue
        hours = hours_text(minutes_of(entries, _CONTROLLING))
        yield Insight(
            rule="I16",
            fact=(
                f"{area.name}, out of control: {hours} of controlling and fixing in the last 2"
                " weeks, nothing logged on changing it."
            ),
            question="What would have to be different for this to stay fixed?",
            period=period,
            subject=area.id,
            entry_ids=ids_of(carrying(entries, _CONTROLLING)),
            absence=True,
        )


def checking_what_is_steady(facts: Facts) -> Iterator[Insight]:
    """I17: in control for 28 days, in which an hour of controlling."""
    period = facts.weeks(4)
    for area, entries in _controlled(facts, Control.IN_CONTROL, period):
        hours = hours_text(minutes_of(entries, _CONTROLLING))
        yield Insight(
            rule="I17",
            fact=f"{area.name}, in control: {hours} of checking in the last 4 weeks.",
            question="What could stop or be handed over?",
            period=period,
            subject=area.id,
            entry_ids=ids_of(carrying(entries, _CONTROLLING)),
        )


def area_not_looked_at(facts: Facts) -> Iterator[Insight]:
    """I18: nobody said for 60 days how an area stands."""
    for area, state in facts.standing_areas():
        looked_at = area.states[-1].valid_from
        if state.control is not None and facts.today - looked_at >= _NOT_LOOKED_AT:
            yield Insight(
                rule="I18",
                fact=(
                    f"{area.name} was last looked at on {date_text(looked_at)}:"
                    f" {state.control.label}."
                ),
                question=f"Still {state.control.label}?",
                period=facts.since(looked_at),
                subject=area.id,
            )


def share_beside_band(facts: Facts) -> Iterator[Insight]:
    """I24: much change and the days' range of the share below the band, or little and above it.

    The range is the 80 % range of four weeks with 10 logged days or more. The change is the
    highest of the states that hold today in the areas somebody minds: 4 or 5 is much; it is
    little where none is over 2.
    """
    period = facts.weeks(4)
    changes = [state.change for _, state in facts.standing_areas() if state.change is not None]
    band, balance = band_on(facts.bands, facts.today), facts.balance(period)
    between = balance.range_80
    if not changes or band is None or between is None or balance.status is not Status.SOUND:
        return
    amount = _amount_beside(max(changes), between, band)
    if amount:
        yield Insight(
            rule="I24",
            fact=_beside(amount, between, band, balance),
            question="Is the band right, or the weeks?",
            period=period,
        )


def complexity_without_managing(facts: Facts) -> Iterator[Insight]:
    """I25: complexity 4 or 5 in an area today, no organizing or controlling in four weeks; gated.

    The complexity is the highest of the states that hold today; the minutes are those of all
    entries, whatever their area.
    """
    period = facts.weeks(4)
    rated = [
        (state.complexity, area.name)
        for area, state in facts.standing_areas()
        if state.complexity is not None
    ]
    highest, name = max(rated, key=lambda one: one[0], default=(0, ""))
    entries = carrying(facts.within(period), Activity.ORGANIZING_STAFFING, _CONTROLLING)
    if highest < _HIGH or entries or not facts.is_well_logged(period):
        return
    yield Insight(
        rule="I25",
        fact=(
            f"Complex work ({name}: {highest} of 5); nothing logged on organizing or controlling"
            " in the last 4 weeks."
        ),
        question="Who sees to it that it keeps running?",
        period=period,
        absence=True,
    )


def _controlled(
    facts: Facts, control: Control, period: Period
) -> Iterator[tuple[Area, list[EntryFacts]]]:
    """Areas with an hour of controlling in a period, in all of which they stood so."""
    inside = facts.within(period)
    for area, state in facts.standing_areas():
        since = held_since(area.states, facts.today)
        if state.control is not control or since is None:
            continue
        entries = [one for one in inside if area.id in one.areas]
        long_enough = (facts.today - since).days >= period.days
        if long_enough and minutes_of(entries, _CONTROLLING) >= _MUCH_CONTROLLING:
            yield area, entries


def _amount_beside(change: int, between: tuple[float, float], band: Band) -> str:
    """The amount of change that the share does not go with; empty where it does."""
    if band.low is None or band.high is None:
        return ""
    low, high = (100 * share for share in between)
    if change >= _HIGH and high < band.low:
        return "much"
    return "little" if change <= _LOW and low > band.high else ""


def _beside(amount: str, between: tuple[float, float], band: Band, balance: Balance) -> str:
    low, high = (percent_text(share) for share in between)
    share = low if low == high else f"{low} to {high}"
    return (
        f"You called this a time of {amount} change; your logged share of leading is {share}"
        f" ({hours_text(balance.leading)} of {hours_text(balance.classified)} in the last 4"
        f" weeks), your band {band.low}-{band.high} %."
    )
