"""Which insights are shown: two at most, of different themes, and none that was answered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kotter_journal.domain.insight_rules import RULES
from kotter_journal.domain.insights import (
    Answered,
    Facts,
    InsightState,
    Theme,
    insights,
    is_silent,
    theme_of,
)
from tests.domain.insights.cases import FIRES
from tests.domain.insights.made import (
    CON,
    MOT,
    ORG,
    PLA,
    STEADY,
    TODAY,
    ago,
    area,
    entry,
    facts,
    promise,
)

BUSY = facts(
    *(entry(day, {PLA: 60, ORG: 1, CON: 1, MOT: 0}, develops_leader=True) for day in (6, 13, 20)),
    areas=(area(90, STEADY),),
)
"""Fires I01, I02, I04, I18 and I22."""


def said(
    state: Answered, rule: str, days: int, subject: str = "", until: int | None = None
) -> InsightState:
    end = None if until is None else ago(-until)
    return InsightState(f"{rule}{state}{days}", rule, subject, state, ago(days), end)


def shown(given: Facts, *states: InsightState) -> list[str]:
    return [one.rule for one in insights(given, states)]


def test_two_at_most_and_of_different_themes() -> None:
    assert [r for r in RULES if list(RULES[r](BUSY))] == ["I01", "I02", "I04", "I18", "I22"]
    assert shown(BUSY) == ["I01", "I18"]


def test_of_one_theme_where_there_is_no_other() -> None:
    assert shown(replace(BUSY, areas=())) == ["I01", "I02"]


def test_what_has_a_date_comes_first() -> None:
    late = replace(BUSY, commitments=(promise(7), promise(9)))
    assert shown(late) == ["I29", "I01"]


def test_what_was_answered_makes_room_for_the_next() -> None:
    assert shown(BUSY, said(Answered.DISMISSED, "I01", 1)) == ["I02", "I18"]
    assert shown(BUSY, said(Answered.SNOOZED, "I18", 1, "a", 1)) == ["I01", "I02"]


def test_it_is_the_same_each_time() -> None:
    assert insights(BUSY, ()) == insights(BUSY, ())


def test_nothing_is_said_in_the_first_two_weeks() -> None:
    assert shown(replace(BUSY, first_on=ago(13))) == []
    assert shown(replace(BUSY, first_on=ago(14))) == ["I01", "I18"]
    assert shown(replace(BUSY, first_on=None)) == []


@pytest.mark.parametrize(
    ("states", "silent"),
    [
        ([], False),
        ([said(Answered.SNOOZED, "I18", 5, "a", 1)], True),
        ([said(Answered.SNOOZED, "I18", 5, "a", 0)], False),
        ([said(Answered.SNOOZED, "I18", 20, "a")], True),
        ([said(Answered.SNOOZED, "I18", 21, "a")], False),
        ([said(Answered.SNOOZED, "I18", 1, "b", 9)], False),
        ([said(Answered.SNOOZED, "I17", 1, "a", 9)], False),
        ([said(Answered.ACTED, "I18", 20, "a")], True),
        ([said(Answered.ACTED, "I18", 21, "a")], False),
        ([said(Answered.ACTED, "I18", 1, "b")], False),
        ([said(Answered.DISMISSED, "I18", 20, "a")], True),
        ([said(Answered.DISMISSED, "I18", 20, "b")], True),
        ([said(Answered.DISMISSED, "I18", 21, "a")], False),
        ([said(Answered.DISMISSED, "I17", 1, "a")], False),
        ([said(Answered.DISMISSED, "I18", n, s) for n, s in ((900, "a"), (700, "b"))], True),
        ([said(Answered.DISMISSED, r, 900, "a") for r in ("I17", "I18")], False),
        ([said(Answered.ACTED, "I18", n, "a") for n in (900, 700)], False),
    ],
)
def test_an_answer_keeps_an_insight_silent(states: list[InsightState], silent: bool) -> None:
    assert is_silent("I18", "a", states, TODAY) is silent


def test_every_rule_has_a_theme() -> None:
    themes = {theme_of(one) for rule in RULES for one in RULES[rule](FIRES[rule])}
    assert themes == set(Theme)


def test_a_window_of_weeks_ends_with_today() -> None:
    given = facts(entry(27), entry(28), entry(0), entry(-1), quiet=False)
    weeks = given.weeks(4)
    assert (weeks.days, weeks.last) == (28, TODAY)
    assert given.weeks(4, ago=4).end == weeks.start
    assert [one.on for one in given.within(weeks)] == [ago(27), ago(0)]
    assert given.since(ago(-3)).days == 1
    assert given.since(TODAY - timedelta(days=1)).days == 2
