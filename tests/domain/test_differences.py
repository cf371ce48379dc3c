import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain import differences
from kotter_journal.domain.differences import Difference, Run, difference, words_changed


def changed(side: tuple[Run, ...]) -> list[str]:
    return [run.text for run in side if run.changed]


def test_one_word_changed_marks_that_word_only() -> None:
    found = difference("We open on Monday, then rest.", "We open on Friday, then rest.")
    assert changed(found.before) == ["Monday, "]
    assert changed(found.after) == ["Friday, "]
    assert found.before[0] == Run("We open on ", False)


def test_a_line_that_came_is_marked_on_one_side() -> None:
    found = difference("one\nthree\n", "one\ntwo\nthree\n")
    assert changed(found.before) == []
    assert changed(found.after) == ["two\n"]


def test_the_same_text_has_no_difference() -> None:
    assert difference("as it was", "as it was") == Difference(
        (Run("as it was", False),), (Run("as it was", False),)
    )
    assert difference("as it was", "as it was").is_empty
    assert difference("", "").is_empty


@given(st.text("ab \n", max_size=80), st.text("ab \n", max_size=80))
def test_the_runs_of_a_side_are_its_text(before: str, after: str) -> None:
    found = difference(before, after)
    assert "".join(run.text for run in found.before) == before
    assert "".join(run.text for run in found.after) == after
    same = ["".join(r.text for r in s if not r.changed) for s in (found.before, found.after)]
    assert same[0] == same[1]
    assert found.is_empty == (before == after)


def test_small_edits_far_apart_in_a_long_text_are_marked_alone() -> None:
    lines = [f"word {number} and more\n" for number in range(400)]
    before = "\n".join(lines)
    after = before.replace("word 7 ", "word seven ").replace("word 390 and", "word 390 or")
    found = difference(before, after)
    assert changed(found.before) == ["7 ", "and "]
    assert changed(found.after) == ["seven ", "or "]


def test_a_word_changed_in_each_line_of_a_long_text_is_marked_alone() -> None:
    before = "".join(f"of the plan that we have {number % 9}\n" for number in range(400))
    found = difference(before, before.replace("plan", "goal"))
    assert changed(found.before) == ["plan "] * 400
    assert changed(found.after) == ["goal "] * 400


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_both_ways_of_looking_give_runs_that_are_the_texts(before: str, after: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(differences, "_MOST_PAIRS", -1)
        found = difference(before, after)
    assert "".join(run.text for run in found.before) == before
    assert "".join(run.text for run in found.after) == after
    same = ["".join(r.text for r in s if not r.changed) for s in (found.before, found.after)]
    assert same[0] == same[1]
    assert found.is_empty == (before == after)


def test_words_that_went_and_came_are_counted() -> None:
    assert words_changed("we keep the plan", "we drop the old plan") == (1, 2)
    assert words_changed("one two", "two one") == (0, 0)
    assert words_changed("", "a b") == (0, 2)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 100_000, "b a " * 50_000),
        ("line\n" * 100_000, "other\nline\n" * 50_000),
        ("x" * 1_000_000, "y" * 1_000_000),
        ("word" + " word" * 300, "words" + " word" * 290),
    ],
)
def test_hostile_texts_are_compared_in_bounded_time(before: str, after: str) -> None:
    began = time.monotonic()
    found = difference(before, after)
    assert time.monotonic() - began < 5
    assert "".join(run.text for run in found.after) == after
