from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from kotter_journal.domain.trouble_sentences import (
    clock_sentence,
    conflict_sentence,
    rescued_sentence,
    sync_sentence,
)

HERE = Path("shared") / "journal"


def test_a_synced_folder_is_named_with_what_may_happen_and_what_to_do() -> None:
    assert sync_sentence(HERE, "Dropbox") == (
        "The journal lies in a folder that Dropbox keeps the same on other computers:"
        f" {HERE}. Where two of them write, one can overwrite the other's file. Keep the"
        " journal on this computer, and let Dropbox have its backups."
    )


def test_conflict_copies_are_named() -> None:
    one, two = HERE / "journal (1).db", HERE / "journal-LAPTOP.db"
    assert f"journal (1).db in {HERE}:" in conflict_sentence([one])
    assert "copy it as journal.db" in conflict_sentence([one])
    assert "journal (1).db, journal-LAPTOP.db in" in conflict_sentence([one, two])
    assert "copy one of them as journal.db" in conflict_sentence([one, two])


def test_a_clock_that_stands_before_the_last_change_is_told_in_its_own_zone() -> None:
    now = datetime(2026, 5, 14, 18, 0, tzinfo=timezone(timedelta(hours=2)))
    changed = datetime(2026, 5, 15, 7, 12, tzinfo=UTC)
    sentence = clock_sentence(now, changed)
    assert "says 14 May 2026, 18:00, but" in sentence
    assert "last changed on 15 May 2026, 09:12:" in sentence


def test_what_could_be_read_is_counted() -> None:
    assert rescued_sentence(1, 0, 0).startswith("1 entry could be read. What lies")
    assert rescued_sentence(1203, 2, 1).startswith(
        "1,203 entries could be read, 2 entries only in part, which were left out, 1 entry without"
        " the minutes of the activities."
    )
    assert "read, 1 part of a task, an area or a review was left out." in rescued_sentence(
        2, 0, 0, 1
    )
    assert "1,200 parts of tasks, areas or reviews were left out." in rescued_sentence(
        2, 0, 0, 1200
    )
