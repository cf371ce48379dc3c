"""Another name for a tag or a person, wherever a text names it; names that look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.entries import fold, people_in, tags_in
from kotter_journal.domain.naming import NameKind, can_be_written, look_alikes, renamed_in

TAG, PERSON = NameKind.TAG, NameKind.PERSON


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("#launch today", "#go-live today"),
        ("Today: #launch, then lunch.", "Today: #go-live, then lunch."),
        ("#Launch and #LAUNCH", "#go-live and #go-live"),
        ("#launch.", "#go-live."),
        ("#launch-", "#go-live-"),
        ("#launches #relaunch #launch/eu", "#launches #relaunch #launch/eu"),
        ("`#launch` and #launch", "`#launch` and #go-live"),
        ("```\n#launch\n```\n#launch", "```\n#launch\n```\n#go-live"),
        ("https://a.example/#launch #launch", "https://a.example/#launch #go-live"),
        ("\\#launch", "\\#launch"),
        ("@launch", "@launch"),
        ("no mention", "no mention"),
        ("", ""),
    ],
)
def test_a_tag_is_renamed_where_the_text_names_it_and_nowhere_else(before: str, after: str) -> None:
    assert renamed_in(before, TAG, "launch", "go-live") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@Dana's plan, @dana.", "@Danuta's plan, @Danuta."),
        ("mail dana@dana.example", "mail dana@dana.example"),
        ("@Dana-Lee @Dana", "@Dana-Lee @Danuta"),
        ("@Dána", "@Dána"),
    ],
)
def test_a_person_is_renamed_where_the_text_names_them(before: str, after: str) -> None:
    assert renamed_in(before, PERSON, "Dana", "Danuta") == after


@given(st.text(alphabet="#@ab`. \n'/-é"), st.sampled_from(["a", "ab", "b-a"]))
def test_a_renamed_text_names_the_new_one_in_the_place_of_the_old(text: str, old: str) -> None:
    renamed = renamed_in(text, TAG, old, "zz")
    expected = ["zz" if fold(name) == fold(old) else name for name in tags_in(text)]
    assert list(tags_in(renamed)) == expected
    assert people_in(renamed) == people_in(text)


@given(st.text(alphabet="#a`. \n'/-", max_size=60))
def test_renaming_back_gives_the_text_again(text: str) -> None:
    assert renamed_in(renamed_in(text, TAG, "a", "zz"), TAG, "zz", "a") == text


@pytest.mark.parametrize("name", ["go-live", "Ops/EU", "café", "q3"])
def test_what_a_text_can_name(name: str) -> None:
    assert can_be_written(TAG, name)


@pytest.mark.parametrize("name", ["", "two words", "42", "a#b", "end-", "#a", "a\nb"])
def test_what_no_text_can_name(name: str) -> None:
    assert not can_be_written(TAG, name)


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (["launch", "Launch-", "budget"], [("launch", "Launch-")]),
        (["cafe", "café"], [("cafe", "café")]),
        (["go-live", "golive"], [("go-live", "golive")]),
        (["customer", "customers"], [("customer", "customers")]),
        (["staffing", "stafing"], [("staffing", "stafing")]),
        (["planning", "plannign"], [("plannign", "planning")]),
        (["budget", "badget"], [("badget", "budget")]),
        (["ops", "ocs"], []),
        (["quarter1", "quarter2"], []),
        (["launch", "lunch"], [("launch", "lunch")]),
        (["launch", "launching"], []),
        (["a"], []),
        ([], []),
    ],
)
def test_names_that_may_mean_the_same(names: list[str], pairs: list[tuple[str, str]]) -> None:
    assert look_alikes(names) == pairs
