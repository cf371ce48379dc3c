"""A made-up journal has a leader's practice that its entries belong to."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from kotter_journal.domain.commitments import CommitmentState
from kotter_journal.domain.delegation import Stage
from kotter_journal.domain.direction import revision_on
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.demo_practice import DemoPractice
from kotter_journal.services.entries import write_entries
from kotter_journal.storage import (
    areas,
    commitments,
    delegations,
    directions,
    entries,
    verify_rules,
)
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.journal import create, open_journal
from kotter_journal.storage.people import invested_in
from tests.conftest import WRITTEN_AT

FRIDAY = date(2026, 3, 6)


@contextmanager
def demo(place: Path, count: int, seed: int = 1) -> Iterator[Transaction]:
    """A made-up journal to look at."""
    create(place / "journal", place / "keys", WRITTEN_AT, zone="Europe/Berlin")
    journal = open_journal(place / "journal", place / "keys")
    practice, door = DemoPractice(seed, FRIDAY), journal.writing()
    made = [practice.seen(entry) for entry in demo_entries(count, seed, FRIDAY)]
    with door.transaction() as tx:
        write_entries(tx, made)
    with door.transaction() as tx:
        practice.keep(tx)
    with door.transaction() as tx:
        yield tx
    door.close()
    journal.close()


def test_everything_of_a_practice_is_there(tmp_path: Path) -> None:
    with demo(tmp_path, 900) as tx:
        (direction,) = directions.directions(tx)
        assert len({one.origin for one in direction.revisions}) == 3
        known = areas.areas(tx)
        assert [len(one.states) for one in known] == [2, 4, 3, 2]
        tasks = delegations.delegations(tx)
        stages = {one.stage for one in tasks}
        assert stages == set(Stage) - {Stage.DIRECTION_CHECK}
        assert all(one.person or one.stage in (Stage.NOTICED, Stage.KEPT) for one in tasks)
        made = commitments.commitments(tx)
        states = Counter(one.state for one in made)
        assert states.keys() == set(CommitmentState)
        assert 5 <= states[CommitmentState.OPEN] <= 8
        assert any(one.days_overdue(FRIDAY) == 0 for one in made)
        people = invested_in(tx, FRIDAY - timedelta(90), FRIDAY)
        assert [one.relation for one in people[:4]] == ["direct report"] * 4
        assert any(one.developed_on for one in people)
        assert verify_rules.orphans(tx) == verify_rules.broken_rules(tx) == {}


def test_entries_belong_to_the_direction_of_their_day_to_areas_and_to_tasks(
    tmp_path: Path,
) -> None:
    with demo(tmp_path, 900) as tx:
        (direction,) = directions.directions(tx)
        seen = directions.touches(tx, FRIDAY - timedelta(365), FRIDAY)
        assert len(seen) > 30
        for touch in seen:
            held = revision_on(direction, touch.on)
            assert touch.revision == (held.id if held else None)
        minutes = areas.area_minutes(tx, FRIDAY - timedelta(365), FRIDAY)
        assert len({one.area_id for one in minutes}) == 4
        boxes = [one for one in commitments.commitments(tx) if one.entry_id]
        for box in boxes:
            assert box.text in entries.entry(tx, box.entry_id or "").body
        assert boxes
        tied = delegations.delegable_entries(tx, FRIDAY - timedelta(365), FRIDAY)
        assert len({one.delegation_id for one in tied} - {None}) == 6


@pytest.mark.parametrize("count", [1, 60])
def test_the_same_seed_gives_the_same_practice(tmp_path: Path, count: int) -> None:
    said = []
    for name, seed in (("one", 5), ("two", 5), ("three", 6)):
        with demo(tmp_path / name, count, seed) as tx:
            states = [one.states for one in areas.areas(tx)]
            texts = [(one.id, one.text) for one in commitments.commitments(tx)]
            steps = [(one.id, one.steps, one.person) for one in delegations.delegations(tx)]
            said.append((directions.directions(tx), states, texts, steps))
            assert verify_rules.orphans(tx) == {}
    assert said[0] == said[1]
    assert said[0][0] != said[2][0]
