"""The direction: which revision held on a day, and what may be stated."""

from datetime import UTC, date, datetime

import pytest

from kotter_journal.domain.direction import (
    MAX_STATEMENT,
    Direction,
    Origin,
    Revision,
    check_text,
    checked_statement,
    in_force,
    revision_on,
)
from kotter_journal.domain.errors import UnreadableInput

AT = datetime(2026, 3, 1, tzinfo=UTC)


def revision(name: str, day: int) -> Revision:
    """A revision that holds from a day of March on."""
    return Revision(name, "d", name, "", Origin.SELF, date(2026, 3, day), AT)


TWO = Direction("d", "", (revision("first", 2), revision("second", 10)))


@pytest.mark.parametrize(
    ("day", "held"), [(1, None), (2, "first"), (9, "first"), (10, "second"), (31, "second")]
)
def test_a_revision_holds_until_the_next(day: int, held: str | None) -> None:
    found = revision_on(TWO, date(2026, 3, day))
    assert (found.id if found else None) == held


def test_of_one_day_the_last_word_counts() -> None:
    said = Direction("d", "", (revision("first", 2), revision("corrected", 2)))
    found = revision_on(said, date(2026, 3, 2))
    assert found is not None
    assert found.id == "corrected"


def test_a_retired_direction_holds_no_more_but_did() -> None:
    gone = Direction("d", "", TWO.revisions, retired_on=date(2026, 3, 20))
    assert revision_on(gone, date(2026, 3, 20)) is None
    assert revision_on(gone, date(2026, 3, 19)) == TWO.newest
    assert in_force([gone, TWO], date(2026, 3, 25)) == [TWO.newest]


def test_touched_is_the_later_of_revised_and_confirmed() -> None:
    confirmed = Direction("d", "", TWO.revisions, confirmed_on=date(2026, 3, 15))
    assert TWO.touched_on == date(2026, 3, 10)
    assert confirmed.touched_on == date(2026, 3, 15)
    earlier = Direction("d", "", TWO.revisions, confirmed_on=date(2026, 3, 3))
    assert earlier.touched_on == date(2026, 3, 10)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (MAX_STATEMENT + 1)])
def test_a_statement_is_something_that_can_be_said(text: str) -> None:
    with pytest.raises(UnreadableInput):
        checked_statement(text)


def test_the_check_asks_six_questions_about_the_words_themselves() -> None:
    text = check_text("Calm lines.\nNo heroes.")
    assert text.startswith("> Calm lines.\n> No heroes.\n")
    assert text.count("## ") == 6
    assert "## Communicable" in text
