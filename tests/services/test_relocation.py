from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kotter_journal.domain.entries import Entry
from kotter_journal.domain.errors import Cancelled, JournalExists
from kotter_journal.services.relocation import move_journal
from kotter_journal.storage import day_totals
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import Journal, open_journal
from tests.conftest import WRITTEN_AT

NOW = WRITTEN_AT + timedelta(hours=1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where backups go."""
    made = tmp_path / "shared"
    made.mkdir()
    return made


def test_a_journal_goes_elsewhere_and_its_backup_stays(
    journal: Journal,
    door: Database,
    write: Callable[..., Entry],
    place: Path,
    tmp_path: Path,
    keys: Path,
) -> None:
    for day in range(3):
        write("words", day=day)
    steps: list[tuple[int, int]] = []
    into = tmp_path / "local" / "journal"
    facts = move_journal(journal, into, place, NOW, progress=lambda *step: steps.append(step))
    assert facts.entries == 3
    assert len(list(place.iterdir())) == 1
    moved = open_journal(into, keys)
    reading = moved.reading()
    with reading.transaction() as tx:
        assert day_totals.entry_count(tx) == 3
    reading.close()
    parts = [done / total for done, total in steps]
    assert parts == sorted(parts)
    assert parts[-1] == 1


def test_nothing_is_moved_over_anything_and_stopping_leaves_nothing(
    journal: Journal, door: Database, place: Path, tmp_path: Path
) -> None:
    with pytest.raises(JournalExists):
        move_journal(journal, journal.folder, place, NOW, progress=lambda *_: None)

    def stop(done: int, total: int) -> None:
        if done * 2 > total:
            raise Cancelled

    with pytest.raises(Cancelled):
        move_journal(journal, tmp_path / "into", place, NOW, progress=stop)
    assert not (tmp_path / "into").exists()
    assert not list(tmp_path.glob(".*"))
