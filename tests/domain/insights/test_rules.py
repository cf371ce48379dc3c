"""Every rule fires right at its threshold, and not just short of it, below the gate or answered."""

import re
from datetime import timedelta
from itertools import chain

import pytest

from kotter_journal.domain.insight_rules import RULES
from kotter_journal.domain.insights import (
    Answered,
    Facts,
    Insight,
    InsightState,
    gate,
    insights,
)
from kotter_journal.domain.periods import Period
from tests.domain.insights.cases import ALSO, FIRES, SILENT
from tests.domain.insights.made import TODAY, expecting, facts, logged_on

GATED = [
    *("I01", "I02", "I03", "I06", "I12", "I14", "I15"),
    *("I16", "I19", "I20", "I22", "I23", "I25"),
]


def found(rule: str, given: Facts) -> list[Insight]:
    return list(RULES[rule](given))


def window(rule: str, given: Facts) -> Period:
    """Where a rule wants the gate passed."""
    return given.weeks(6) if rule == "I20" else found(rule, given)[0].period


def answered(rule: str, state: Answered, days: int = 0) -> InsightState:
    return InsightState(rule + state, rule, "", state, TODAY - timedelta(days=days))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_fires_right_at_its_threshold(rule: str) -> None:
    (one, *_) = found(rule, FIRES[rule])
    assert one.rule == rule
    assert one.period.last == TODAY or rule == "I19"


@pytest.mark.parametrize(("rule", "given"), ALSO)
def test_a_rule_fires_in_other_ways(rule: str, given: Facts) -> None:
    assert [one.rule for one in found(rule, given)] == [rule]


@pytest.mark.parametrize(
    ("rule", "given"), [pytest.param(r, g, id=f"{r} {why}") for r, why, g in SILENT]
)
def test_a_rule_is_silent_just_short_of_its_threshold(rule: str, given: Facts) -> None:
    assert found(rule, given) == []


@pytest.mark.parametrize("rule", GATED)
def test_a_gated_rule_needs_half_of_the_expected_minutes(rule: str) -> None:
    given = FIRES[rule]
    period = window(rule, given)
    assert found(rule, expecting(given, period, beyond_half=0))
    assert found(rule, expecting(given, period, beyond_half=1)) == []


@pytest.mark.parametrize("rule", GATED)
def test_a_gated_rule_needs_eight_logged_days(rule: str) -> None:
    given = FIRES[rule]
    period = window(rule, given)
    assert found(rule, logged_on(given, period, 8))
    assert found(rule, logged_on(given, period, 7)) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in GATED])
def test_the_other_rules_do_not_ask_what_was_expected(rule: str) -> None:
    given = FIRES[rule]
    assert found(rule, expecting(given, given.weeks(4), beyond_half=10_000))


def test_where_no_work_is_expected_nothing_is_said_of_what_is_not_logged() -> None:
    given = expecting(facts(), facts().weeks(1), beyond_half=0)
    assert given.balance(given.weeks(1)).coverage == 0.5
    assert given.balance(Period(TODAY, TODAY)).coverage is None
    assert not gate(given.balance(given.weeks(4, ago=4)))


@pytest.mark.parametrize("rule", RULES)
def test_a_dismissed_rule_is_silent_for_three_weeks(rule: str) -> None:
    others = [
        answered(other, Answered.DISMISSED) for other in RULES if other != rule for _ in range(2)
    ]
    given = FIRES[rule]
    assert {one.rule for one in insights(given, others)} == {rule}
    assert not insights(given, [*others, answered(rule, Answered.DISMISSED, 20)])
    assert insights(given, [*others, answered(rule, Answered.DISMISSED, 21)])


SPOKEN = [one for rule, given in chain(FIRES.items(), ALSO) for one in RULES[rule](given)]


@pytest.mark.parametrize("one", SPOKEN, ids=lambda one: one.rule)
def test_what_is_said_is_a_fact_and_a_question(one: Insight) -> None:
    assert one.question.endswith("?")
    assert one.fact.endswith(".") or one.rule == "I29"
    assert not re.search(r"you should|you did none|\d\.\d+ %|\bbest\b|\bworst\b", one.fact)
    assert "%" not in one.fact or " h" in one.fact


@pytest.mark.parametrize("one", SPOKEN, ids=lambda one: one.rule)
def test_an_absence_says_that_it_is_about_what_was_logged(one: Insight) -> None:
    assert not one.absence or "logged" in one.fact


def test_an_empty_journal_gives_nothing() -> None:
    empty = facts(quiet=False)
    assert [one for rule in RULES.values() for one in rule(empty)] == []
