"""Power cuts, played: nothing acknowledged is lost, nothing is damaged."""

import random
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kotter_journal.domain.errors import KotterError
from kotter_journal.services.backups import backup_folder
from kotter_journal.storage import entries
from kotter_journal.storage.journal import Journal, open_journal
from kotter_journal.storage.verify import verify
from tests.torture.played_disk import PlayedDisk, read_deeds

HERE = Path(__file__).parent
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not sys.platform.startswith("linux") or shutil.which("cc") is None,
        reason="the shim is made for Linux by a C compiler",
    ),
    pytest.mark.usefixtures("cheap_argon2"),
]


@dataclass(slots=True)
class Told:
    """What had been acknowledged up to a moment, and what was under way."""

    made: bool = False
    texts: dict[str, set[str]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    backups: set[str] = field(default_factory=set)
    passphrases: set[str] = field(default_factory=lambda: {"0"})
    acknowledged: int = 0

    def hear(self, line: str) -> None:
        act, *words = line.split()
        self.acknowledged += act in ("text", "erased", "backup", "locked")
        if act == "made":
            self.made = True
        elif act == "text":
            self.texts[words[0]] = {words[1]}
        elif act == "revising":
            self.texts[words[0]] = self.texts[words[0]] | {words[1]}
        elif act == "erasing":
            self.texts.pop(words[0])
        elif act == "erased":
            self.erased.add(words[0])
        elif act == "backup":
            self.backups.add(words[0])
        elif act == "locking":
            self.passphrases = self.passphrases | {words[0]}
        else:
            self.passphrases = {words[0]}


def record(place: Path, seconds: float, synchronous: str) -> Path:
    """Let the writer work below ``place / "disk"``; the log of its deeds."""
    shim, disk, log = place / "shim.so", place / "disk", place / "deeds"
    disk.mkdir()
    source = str(HERE / "power_shim.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"], check=True)  # noqa: S607
    environment = {
        "LD_PRELOAD": str(shim),
        "POWER_SHIM_LOG": str(log),
        "POWER_SHIM_ROOT": str(disk),
    }
    command = [sys.executable, str(HERE / "power_writer.py"), str(disk), str(seconds), synchronous]
    subprocess.run(command, check=True, env=environment)
    return log


def play(place: Path, log: Path, cuts: int, seed: int) -> tuple[int, list[str]]:
    """Cut the power at random deeds; how much was acknowledged in all, and what was wrong."""
    chance = random.Random(seed)  # noqa: S311
    deeds = list(read_deeds(log))
    moments = sorted(chance.sample(range(len(deeds)), min(cuts, len(deeds))))
    disk, told, problems, total = PlayedDisk(place / "disk"), Told(), [], 0
    for number, deed in enumerate(deeds):
        if deed.path == str(place / "disk" / "told"):
            if deed.kind == "w":
                told.hear(deed.second.decode())
        else:
            disk.play(deed)
        if moments and number == moments[0]:
            moments.pop(0)
            after = place / "after"
            shutil.rmtree(after, ignore_errors=True)
            after.mkdir()
            disk.cut(after, chance)
            total += told.acknowledged
            problems += [f"deed {number}: {one}" for one in wrong_after(after, told)]
    return total, problems


def wrong_after(after: Path, told: Told) -> list[str]:
    if not told.made:
        return []
    journal = None
    for number in told.passphrases:
        try:
            journal = open_journal(after / "journal", after / "keys", passphrase=f"words {number}")
            break
        except KotterError as error:
            problem = f"does not open: {error}"
    return [problem] if journal is None else wrong_in(journal, told)


def wrong_in(journal: Journal, told: Told) -> list[str]:
    door = journal.writing(wait=0)
    problems = []
    with door.transaction() as tx:
        found: dict[str, str] = {
            e.id: e.body.split()[0] for e in entries.entries_of(tx, list(told.texts))
        }
        back = entries.existing_ids(tx, told.erased)
    lost = [one for one, texts in told.texts.items() if found.get(one) not in texts]
    if lost:
        problems.append(f"{len(lost)} texts lost or old")
    if back:
        problems.append(f"{len(back)} erased entries are back")
    checks = verify(journal, [backup_folder(journal.folder)], lambda *_: None)
    problems += [f"{one.name}: {one.detail}" for one in checks if not one.ok]
    # Of one day the newest backup stays; it is one that was told, or a later one.
    names = [path.name for path in backup_folder(journal.folder).glob("*.zip")]
    if told.backups and max(names, default="") < max(told.backups):
        problems.append("the newest backup is missing")
    door.close()
    journal.close()
    return problems


def test_power_cuts_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    log = record(tmp_path, 6, "FULL")
    total, problems = play(tmp_path, log, 100, 1)
    print(f"\n100 cuts, {total} acknowledged, {len(problems)} problems")
    assert problems == []


def test_the_played_disk_shows_what_a_weaker_setting_loses(tmp_path: Path) -> None:
    log = record(tmp_path, 3, "NORMAL")
    _, problems = play(tmp_path, log, 60, 2)
    print(f"\n60 cuts with synchronous = NORMAL: {len(problems)} problems")
    assert problems
