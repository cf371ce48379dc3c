"""Fuzzy matching: what fits, what does not, and which of two fits better."""

import pytest

from kotter_journal.domain.fuzzy import likeness

NAMES = [
    "Today",
    "Journal",
    "Balance",
    "Back to today",
    "New full entry",
    "Quick line",
    "Go to date",
]


def best(typed: str) -> str:
    """The name that comes first for what was typed."""
    fitting = [(likeness(typed, name), name) for name in NAMES]
    return max((score, name) for score, name in fitting if score is not None)[1]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("tod", "Today"),
        ("btt", "Back to today"),
        ("nfe", "New full entry"),
        ("gtd", "Go to date"),
        ("jrnl", "Journal"),
        ("BAL", "Balance"),
        ("line", "Quick line"),
        ("new entry", "New full entry"),
    ],
)
def test_a_few_letters_stand_for_the_name_that_one_means(typed: str, name: str) -> None:
    assert best(typed) == name


@pytest.mark.parametrize(("typed", "name"), [("xyz", "Today"), ("yadot", "Today"), ("a", "")])
def test_letters_that_do_not_occur_in_order_do_not_fit(typed: str, name: str) -> None:
    assert likeness(typed, name) is None


def test_nothing_typed_fits_everything_alike() -> None:
    assert {likeness("", name) for name in NAMES} == {0.0}


def test_the_shorter_of_two_that_fit_alike_comes_first() -> None:
    short, long = likeness("plan", "planning"), likeness("plan", "planning and budgeting")
    assert short is not None
    assert long is not None
    assert short > long


def test_case_and_width_do_not_matter() -> None:
    assert likeness("STRASSE", "Straße") == likeness("strasse", "straße")
    assert likeness("STRASSE", "Straße") is not None


def test_a_very_long_name_is_looked_at_only_at_its_beginning() -> None:
    assert likeness("z", "a" * 10_000 + "z") is None
