"""kill -9 at random moments of five kinds of work, mixed: nothing acknowledged is ever lost."""

import json
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from kotter_journal.domain.errors import WrongPassphrase
from kotter_journal.services.backups import backup_folder
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import write_entries
from kotter_journal.services.transfer import export_to_file
from kotter_journal.storage import entries
from kotter_journal.storage.journal import Journal, create, open_journal
from kotter_journal.storage.verify import verify
from tests.conftest import DAY, WRITTEN_AT

SCRIPT = Path(__file__).with_name("kill_writer.py")
RELEASED = Path(__file__).parents[1] / "storage" / "journals" / "0001"
WORKING = ("text", "deleted", "backup", "imported", "locked")
ONE_JOURNAL = 100
"""Kills of one journal, before another is begun: an import into one that has it all is no test."""

pytestmark = pytest.mark.usefixtures("cheap_argon2")


class Worked:
    """A journal with a passphrase, and all that was ever acknowledged of it."""

    def __init__(self, place: Path, files: list[Path]) -> None:
        self.folder, self.keys = place / "journal", place / "keys"
        self.files = files
        self.counts = Counter[str]()
        self._passphrases = ["words-0"]
        self._texts: dict[str, set[str]] = {}
        self._imported: set[str] = set()
        self._backups: set[str] = set()
        create(self.folder, self.keys, WRITTEN_AT, passphrase="words-0")

    def kill(self, seed: int, chance: random.Random) -> None:
        """Let a process work, kill it, and hear what it told."""
        given = ["work", str(self.folder), str(self.keys), self._passphrases[0], str(seed)]
        told = told_until_killed([*given, *map(str, self.files)], chance.uniform(0, 0.25))
        for act, *words in told:
            self.counts[act] += 1
            self._hear(act, words)

    def _hear(self, act: str, words: list[str]) -> None:
        match act:
            case "revising":
                self._texts[words[0]].add(words[1])
            case "text":
                self._texts[words[0]] = {words[1]}
            case "backup":
                self._backups.add(words[0])
            case "imported":
                self._imported |= set(texts_in(next(f for f in self.files if f.name == words[0])))
            case "locking":
                self._passphrases.append(words[0])
            case "locked":
                self._passphrases = [words[0]]

    def check(self) -> None:
        """Everything acknowledged is there, one passphrase opens, and all checks pass."""
        journal = self._opened()
        door = journal.writing(wait=0)
        with door.transaction() as tx:
            found = {e.id: e.body.split()[0] for e in entries.entries_of(tx, list(self._texts))}
            assert self._imported <= entries.existing_ids(tx, self._imported)
        assert [one for one, texts in self._texts.items() if found.get(one) not in texts] == []
        assert [c for c in verify(journal, [backup_folder(self.folder)], silent) if not c.ok] == []
        # Of one day the newest backup stays; it is one that was told, or a later one.
        names = [path.name for path in backup_folder(self.folder).glob("*.zip")]
        assert max(names, default="") >= max(self._backups, default="")
        door.close()
        journal.close()

    def _opened(self) -> Journal:
        """By the last passphrase told; by the one being set where that was not yet told."""
        for words in self._passphrases:
            try:
                journal = open_journal(self.folder, self.keys, passphrase=words)
            except WrongPassphrase:
                continue
            self._passphrases = [words]
            return journal
        raise AssertionError("no passphrase opens it")


def silent(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def told_until_killed(arguments: list[str], seconds: float) -> list[list[str]]:
    """Whole lines only, as a person would have seen them."""
    with subprocess.Popen(
        [sys.executable, str(SCRIPT), *arguments], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begins\n"
        time.sleep(seconds)
        process.kill()
        return [line.split() for line in process.stdout if line.endswith("\n")]


def kill_an_upgrade(place: Path, chance: random.Random) -> str:
    """Kill the upgrade of a released journal; whether it was told, and all is there."""
    shutil.copytree(RELEASED, place)
    folder, keys = place / "journal", place / "keys"
    given = ["upgrade", str(folder), str(keys), "", "0"]
    told = told_until_killed(given, chance.uniform(0, 0.45))
    journal = open_journal(folder, keys)
    door = journal.writing(wait=0)
    kept = texts_in(RELEASED / "export.json")
    with door.transaction() as tx:
        assert {e.id: e.body for e in entries.entries_of(tx, list(kept))} == kept
        assert len(entries.trash(tx)) == 2
    assert [c for c in verify(journal, [backup_folder(folder)], silent) if not c.ok] == []
    door.close()
    journal.close()
    shutil.rmtree(place)
    return "upgraded" if told else "upgrade killed"


def texts_in(file: Path) -> dict[str, str]:
    return {one["id"]: one["body"] for one in json.loads(file.read_bytes())["entries"]}


def files_to_import(place: Path, count: int) -> list[Path]:
    made = []
    for number in range(count):
        create(place / "demo", place / "demo keys", WRITTEN_AT)
        journal = open_journal(place / "demo", place / "demo keys")
        door = journal.writing()
        with door.transaction() as tx:
            days_before = DAY - timedelta(days=200 * number)
            write_entries(tx, list(demo_entries(40, number, days_before)))
            export_to_file(tx, place / f"{number}.json", WRITTEN_AT, version="1")
        door.close()
        journal.close()
        made.append(place / f"{number}.json")
        shutil.rmtree(place / "demo")
    return made


def kill_all_kinds(place: Path, times: int) -> Counter[str]:
    """Kill so many times, one in five an upgrade; how often each deed was acknowledged."""
    chance = random.Random(times)  # noqa: S311
    files = files_to_import(place, 8)
    counts = Counter[str]()
    worked = None
    for seed in range(times):
        if seed % ONE_JOURNAL == 0:
            (place / f"from {seed}").mkdir()
            worked = Worked(place / f"from {seed}", files)
        assert worked is not None
        if chance.random() < 0.2:
            counts[kill_an_upgrade(place / f"released {seed}", chance)] += 1
            continue
        worked.counts.clear()
        worked.kill(seed + 1, chance)
        worked.check()
        counts += worked.counts
    return counts


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    counts = kill_all_kinds(tmp_path, 12)
    assert any(counts[act] for act in WORKING)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_a_thousand_kills(tmp_path: Path) -> None:
    counts = kill_all_kinds(tmp_path, 1000)
    print(f"\n1000 kills, acknowledged and kept: {dict(counts)}")
    assert all(counts[act] for act in (*WORKING, "upgraded", "upgrade killed"))
