"""Areas: how one stood on a day, and what its entries are told about it."""

from datetime import date

import pytest

from kotter_journal.domain.areas import (
    Amount,
    Area,
    AreaMinutes,
    AreaState,
    Control,
    amount_of,
    attention,
    expectation,
    held_since,
    state_on,
)

OUT, IN = Control.OUT_OF_CONTROL, Control.IN_CONTROL


def day(number: int) -> date:
    """A day of March 2026."""
    return date(2026, 3, number)


AREA = Area(
    "a",
    "line-3",
    (AreaState("1", day(2), IN), AreaState("2", day(10), OUT), AreaState("3", day(20), OUT)),
)


@pytest.mark.parametrize(
    ("on", "control"), [(1, None), (2, IN), (9, IN), (10, OUT), (19, OUT), (31, OUT)]
)
def test_a_state_holds_until_the_next(on: int, control: Control | None) -> None:
    state = state_on(AREA, day(on))
    assert (state.control if state else None) is control


def test_a_state_that_was_confirmed_holds_since_it_began() -> None:
    assert held_since(AREA.states, day(25)) == day(10)
    assert held_since(AREA.states, day(5)) == day(2)
    assert held_since(AREA.states, day(1)) is None
    assert AREA.looked_at_on == day(20)


def test_attention_goes_to_the_state_of_each_day() -> None:
    minutes = [
        AreaMinutes("a", "e1", day(1), 5, 0, 10),
        AreaMinutes("a", "e2", day(9), 0, 30, 30),
        AreaMinutes("a", "e3", day(10), 20, 40, 90),
        AreaMinutes("other", "e4", day(10), 500, 0, 500),
        AreaMinutes("a", "e5", day(21), 10, 0, 10),
    ]
    found = [
        (a.control, a.leading, a.managing, a.logged, a.entry_ids) for a in attention(AREA, minutes)
    ]
    assert found == [
        (IN, 0, 30, 30, ("e2",)),
        (OUT, 30, 40, 100, ("e3", "e5")),
        (None, 5, 0, 10, ("e1",)),
    ]


@pytest.mark.parametrize(
    ("answer", "amount"),
    [
        (None, None),
        (1, Amount.LOW),
        (2, Amount.LOW),
        (3, Amount.MIDDLE),
        (4, Amount.HIGH),
        (5, Amount.HIGH),
    ],
)
def test_answers_in_three_words(answer: int | None, amount: Amount | None) -> None:
    assert amount_of(answer) is amount


@pytest.mark.parametrize(
    ("change", "complexity", "words"),
    [
        (5, 5, "Much change, high complexity a lot of both."),
        (1, 1, "Little change, low complexity little of either."),
        (
            4,
            2,
            "Much change, low complexity considerable leading and little managing.",
        ),
        (
            2,
            4,
            "Little change, high complexity considerable managing and little leading.",
        ),
        (
            3,
            5,
            "Some change, high complexity some leading and considerable managing.",
        ),
        (None, 5, ""),
        (5, None, ""),
    ],
)
def test_what_change_and_complexity_ask_for(
    change: int | None, complexity: int | None, words: str
) -> None:
    assert expectation(change, complexity).replace(": Kotter would expect", "") == words
