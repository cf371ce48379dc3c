"""Places of one text that answer to places of another."""

from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.differences import difference
from kotter_journal.gui.entries.alignment import Alignment, Place
from kotter_journal.gui.utf16 import units


def aligned(before: str, after: str) -> Alignment:
    """Of the difference of two texts."""
    return Alignment(difference(before, after))


def test_changes_are_listed_with_what_went_and_what_came() -> None:
    places = aligned("we keep the plan 😀 today", "so we drop the plan 😀 now today").places
    assert places == (
        Place(0, "", 0, "so "),
        Place(3, "keep ", 6, "drop "),
        Place(20, "", 23, "now "),
    )


def test_places_answer_to_one_another() -> None:
    text = "".join(f"line {number}\n" for number in range(100, 200))
    shorter = text.replace("".join(f"line {number}\n" for number in range(120, 150)), "")
    found = aligned(text, shorter)
    assert found.after(text.index("line 110")) == shorter.index("line 110")
    assert found.after(text.index("line 160")) == shorter.index("line 160")
    assert found.after(text.index("line 130")) == shorter.index("line 150")
    assert found.before(shorter.index("line 160")) == text.index("line 160")


def test_without_any_text_there_is_no_place() -> None:
    found = aligned("", "")
    assert (found.places, found.after(0), found.before(0)) == ((), 0, 0)


@given(st.text("ab 😀\n", max_size=40), st.text("ab 😀\n", max_size=40), st.integers(0, 90))
def test_every_place_lies_in_the_other_text(before: str, after: str, position: int) -> None:
    found = aligned(before, after)
    assert 0 <= found.after(min(position, units(before))) <= units(after)
    assert 0 <= found.before(min(position, units(after))) <= units(before)
    for place in found.places:
        assert place.gone or place.come
        assert before.encode("utf-16-le")[2 * place.before :].startswith(
            place.gone.encode("utf-16-le")
        )
        assert after.encode("utf-16-le")[2 * place.after :].startswith(
            place.come.encode("utf-16-le")
        )


def test_the_same_text_answers_to_itself() -> None:
    found = aligned("as it was", "as it was")
    assert [found.after(position) for position in range(10)] == list(range(10))
