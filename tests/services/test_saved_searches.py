"""Searches under a name: kept, replaced, let go and brought back."""

from datetime import UTC, datetime

import pytest

from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.services.saved_searches import bring_back_search, drop_search, save_search
from kotter_journal.storage.database import Database
from kotter_journal.storage.saved_searches import saved_searches

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def test_searches_are_kept_by_name(door: Database) -> None:
    with door.transaction() as tx:
        save_search(tx, "  Board   papers ", "#board ", NOW)
        save_search(tx, "Aligning", "activity:a", NOW)
        kept = [(one.name, one.query) for one in saved_searches(tx)]
    assert kept == [("Aligning", "activity:a"), ("Board papers", "#board")]


def test_the_same_name_takes_the_place_of_the_one_before(door: Database) -> None:
    with door.transaction() as tx:
        save_search(tx, "Board", "#board", NOW)
        save_search(tx, "BOARD", "#board is:starred", NOW)
        kept = [(one.name, one.query) for one in saved_searches(tx)]
    assert kept == [("BOARD", "#board is:starred")]


def test_one_that_was_let_go_can_come_back(door: Database) -> None:
    with door.transaction() as tx:
        save_search(tx, "Board", "#board", NOW)
        (one,) = saved_searches(tx)
        drop_search(tx, one.id, NOW)
        assert saved_searches(tx) == []
        bring_back_search(tx, one, NOW)
        assert saved_searches(tx) == [one]


@pytest.mark.parametrize(("name", "query"), [("", "x"), ("  ", "x"), ("n" * 81, "x"), ("n", " ")])
def test_without_a_name_or_a_question_nothing_is_kept(
    door: Database, name: str, query: str
) -> None:
    with pytest.raises(UnreadableInput), door.transaction() as tx:
        save_search(tx, name, query, NOW)
    with door.transaction() as tx:
        assert saved_searches(tx) == []
