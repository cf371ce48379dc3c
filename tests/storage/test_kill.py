"""kill -9 in the middle of writing: nothing that was acknowledged is lost."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kotter_journal.storage import entries
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import create, open_journal
from tests.conftest import WRITTEN_AT

WRITE = """
import random, sys
from datetime import UTC, date, datetime
from pathlib import Path
from kotter_journal.domain.entries import EntryDraft, begin, tags_in
from kotter_journal.services.entries import delete_entries, revise_entry, write_entry
from kotter_journal.storage.journal import open_journal
from dataclasses import replace

seed = int(sys.argv[3])
chance = random.Random(seed)
journal = open_journal(Path(sys.argv[1]), Path(sys.argv[2]))
door = journal.writing(wait=5)
number = 0
while True:
    number += 1
    words = " ".join(chance.choices("where why who what when how #ops #team".split(), k=60))
    draft = EntryDraft(on=date(2020, 1, 1 + number % 28), body=words, tags=tags_in(words))
    now = datetime.now(UTC)
    entry = begin(draft, now, chance.getrandbits(74))
    with door.transaction() as tx:
        write_entry(tx, entry)
    print(entry.id, flush=True)
    if number % 3 == 0:
        with door.transaction() as tx:
            revise_entry(tx, replace(entry, body=words + " revised"))
    if number % 7 == 0:
        with door.transaction() as tx:
            delete_entries(tx, [entry.id], now)
"""


def kill_and_look(folder: Path, keys: Path, times: int) -> int:
    """Kill a writer ``times`` times; how many writes were acknowledged and are all still there."""
    chance = random.Random(times)  # noqa: S311
    acknowledged: set[str] = set()
    for seed in range(times):
        with subprocess.Popen(
            [sys.executable, "-c", WRITE, str(folder), str(keys), str(seed)],
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            assert writer.stdout is not None
            first = writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.12))
            writer.kill()
            lines = [first, *writer.stdout.readlines()]
        acknowledged |= {line.strip() for line in lines if line.endswith("\n")}
        journal = open_journal(folder, keys)
        door = journal.writing(wait=0)
        check(door)
        with door.transaction() as tx:
            assert acknowledged <= entries.existing_ids(tx, acknowledged)
        door.close()
        journal.close()
    return len(acknowledged)


def check(door: Database) -> None:
    with door.transaction() as tx:
        assert tx.exec_driver_sql("PRAGMA cipher_integrity_check").first() is None
        assert tx.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        tx.exec_driver_sql("INSERT INTO entry_text(entry_text) VALUES ('integrity-check')")


def test_nothing_acknowledged_is_lost(folder: Path, keys: Path) -> None:
    create(folder, keys, WRITTEN_AT)
    assert kill_and_look(folder, keys, 10) > 10


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_300_kills(folder: Path, keys: Path) -> None:
    create(folder, keys, WRITTEN_AT)
    count = kill_and_look(folder, keys, 300)
    print(f"\n300 kills, {count} acknowledged writes, none lost")
    assert count > 300
