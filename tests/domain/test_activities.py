import pytest

from kotter_journal.domain.activities import (
    LEADING,
    MANAGING,
    NUMBER_KEYS,
    PAIRS,
    SIX,
    Activity,
    Pair,
    Side,
)


def test_the_keys_and_their_order_are_those_of_the_export() -> None:
    assert [a.value for a in Activity] == [
        "setting_direction",
        "aligning_people",
        "motivating_inspiring",
        "planning_budgeting",
        "organizing_staffing",
        "controlling_problem_solving",
        "outside",
    ]
    assert (*LEADING, *MANAGING, Activity.OUTSIDE) == (*SIX, Activity.OUTSIDE) == tuple(Activity)


def test_the_labels_are_the_terms_of_the_field() -> None:
    assert [a.label for a in Activity] == [
        "Setting a direction",
        "Aligning people",
        "Motivating and inspiring",
        "Planning and budgeting",
        "Organizing and staffing",
        "Controlling and problem solving",
        "Outside the six",
    ]
    assert len({a.short_label for a in Activity}) == 7
    assert all(" " not in a.short_label for a in Activity)
    assert [pair.label for pair in Pair] == [
        "What needs doing",
        "Who it takes",
        "Getting it done",
    ]


def test_every_activity_has_its_side() -> None:
    assert [a.side for a in Activity] == [
        *[Side.LEADING] * 3,
        *[Side.MANAGING] * 3,
        Side.OUTSIDE,
    ]


def test_every_pair_sets_one_that_leads_beside_one_that_manages() -> None:
    assert PAIRS[Pair.WHAT_NEEDS_DOING] == (
        Activity.SETTING_DIRECTION,
        Activity.PLANNING_BUDGETING,
    )
    assert PAIRS[Pair.WHO_IT_TAKES] == (Activity.ALIGNING_PEOPLE, Activity.ORGANIZING_STAFFING)
    assert PAIRS[Pair.GETTING_IT_DONE] == (
        Activity.MOTIVATING_INSPIRING,
        Activity.CONTROLLING_PROBLEM_SOLVING,
    )


@pytest.mark.parametrize("number", range(1, 7))
def test_odd_keys_lead_and_even_keys_manage_pair_by_pair(number: int) -> None:
    pair = list(Pair)[(number - 1) // 2]
    assert NUMBER_KEYS[number] is PAIRS[pair][(number - 1) % 2]
    assert NUMBER_KEYS[number].side is (Side.LEADING if number % 2 else Side.MANAGING)


def test_zero_is_outside() -> None:
    assert NUMBER_KEYS[0] is Activity.OUTSIDE
    assert set(NUMBER_KEYS.values()) == set(Activity)
