"""kill -9 amid all that changes a journal: what was acknowledged is there, and all checks pass."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kotter_journal.services.backups import backup_folder
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import write_entries
from kotter_journal.services.transfer import export_to_file
from kotter_journal.storage import entries
from kotter_journal.storage.journal import create, open_journal
from kotter_journal.storage.purged import purged_ids
from kotter_journal.storage.verify import verify
from tests.conftest import DAY, WRITTEN_AT

ACT = """
import random, sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from kotter_journal.domain.entries import EntryDraft, begin, tags_in
from kotter_journal.formats import journal_json
from kotter_journal.services.backups import back_up
from kotter_journal.services.entries import delete_entries, revise_entry, write_entry
from kotter_journal.services.erase import erase_entries
from kotter_journal.services.transfer import import_journal
from kotter_journal.storage.journal import open_journal

folder, keys, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)
journal = open_journal(folder, keys)
door = journal.writing(wait=5)
file = Path(sys.argv[4])
mine = []
number = 0
def say(*words):
    print(*words, flush=True)
say("begins")
while True:
    number += 1
    now = datetime.now(UTC)
    act = chance.choice("write write write revise delete erase backup import".split())
    if act == "write" or not mine:
        words = " ".join(chance.choices("where why who what when how #ops #team".split(), k=400))
        draft = EntryDraft(on=date(2020, 1, 1 + number % 28), body=words, tags=tags_in(words))
        entry = begin(draft, now, chance.getrandbits(74))
        with door.transaction() as tx:
            write_entry(tx, entry)
        mine.append(entry)
        say("written", entry.id)
    elif act == "revise":
        entry = replace(mine.pop(), body="short", modified_at=now)
        with door.transaction() as tx:
            revise_entry(tx, entry)
        mine.append(entry)
        say("revised", entry.id)
    elif act == "delete":
        with door.transaction() as tx:
            delete_entries(tx, [chance.choice(mine).id], now)
    elif act == "erase":
        entry = mine.pop(chance.randrange(len(mine)))
        say("erasing", entry.id)
        with door.transaction() as tx:
            erase_entries(tx, [entry.id], now)
        say("erased", entry.id)
    elif act == "backup":
        back_up(journal, now + timedelta(seconds=number))
        say("backup")
    else:
        with door.transaction() as tx:
            import_journal(tx, journal_json.read(file), now)
        say("imported")
"""


def export_of_demo(place: Path, keys: Path) -> Path:
    """A file to import, of 60 entries."""
    create(place / "demo", keys, WRITTEN_AT)
    journal, path = open_journal(place / "demo", keys), place / "file.json"
    door = journal.writing()
    with door.transaction() as tx:
        write_entries(tx, list(demo_entries(60, 3, DAY)))
        export_to_file(tx, path, WRITTEN_AT, version="1")
    door.close()
    journal.close()
    return path


def kill_and_check(folder: Path, keys: Path, file: Path, times: int) -> dict[str, int]:
    """Kill ``times`` times; how often each act was acknowledged."""
    chance = random.Random(times)  # noqa: S311
    written: set[str] = set()
    erased: set[str] = set()
    counts: dict[str, int] = {}
    for seed in range(times):
        command = [sys.executable, "-c", ACT, str(folder), str(keys), str(seed), str(file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.25))
            writer.kill()
            lines = [line.split() for line in writer.stdout if line.endswith("\n")]
        for act, *ids in lines:
            counts[act] = counts.get(act, 0) + 1
            if act == "written":
                written |= set(ids)
            elif act == "erasing":
                written -= set(ids)
            elif act == "erased":
                erased |= set(ids)
        check(folder, keys, written, erased)
    return counts


def check(folder: Path, keys: Path, written: set[str], erased: set[str]) -> None:
    journal = open_journal(folder, keys)
    door = journal.writing(wait=0)
    with door.transaction() as tx:
        assert written <= entries.existing_ids(tx, written)
        assert erased <= purged_ids(tx)
        assert not entries.existing_ids(tx, erased)
    found = verify(journal, [backup_folder(folder)], lambda *_: None)
    assert [one for one in found if not one.ok] == []
    door.close()
    journal.close()


def test_nothing_acknowledged_is_lost_amid_all_acts(
    folder: Path, keys: Path, tmp_path: Path
) -> None:
    create(folder, keys, WRITTEN_AT)
    assert kill_and_check(folder, keys, export_of_demo(tmp_path, keys), 6)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_amid_all_acts_in_420_kills(
    folder: Path, keys: Path, tmp_path: Path
) -> None:
    create(folder, keys, WRITTEN_AT)
    counts = kill_and_check(folder, keys, export_of_demo(tmp_path, keys), 420)
    print(f"\n420 kills, acknowledged and kept: {counts}")
