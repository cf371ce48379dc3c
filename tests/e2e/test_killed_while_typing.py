"""A crash takes at most the last moment of typing with it."""

import os
import random
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from kotter_journal.storage.entries import entry, summaries_between
from kotter_journal.storage.journal import open_journal

PROBE = Path(__file__).with_name("typing_probe.py")
MOST_LOST_MS = 2000
"""Autosave comes 800 ms after a key; the rest is for a machine that is busy with other things."""


def typed_until_killed(folder: Path, lines: int) -> list[tuple[int, int]]:
    """(milliseconds, words) of every word that the probe typed before it was killed."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, PROBE, folder],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(lines)]
    process.send_signal(signal.SIGKILL)
    told += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    pairs = (line.split() for line in told if line.endswith("\n"))
    return [(int(ms), int(words)) for ms, words in pairs]


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of Unix")
@pytest.mark.parametrize("seed", range(3))
def test_words_older_than_a_moment_survive_kill_9(tmp_path: Path, seed: int) -> None:
    typed = typed_until_killed(tmp_path, random.Random(seed).randint(120, 240))  # noqa: S311
    killed_at = typed[-1][0]
    safe = max((words for ms, words in typed if ms < killed_at - MOST_LOST_MS), default=0)
    assert safe > 0
    journal = open_journal(tmp_path / "journal", tmp_path / "keys")
    door = journal.reading()
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011
    with door.transaction() as tx:
        (summary,) = summaries_between(tx, tomorrow - timedelta(days=2), tomorrow)
        kept = entry(tx, summary.id).body.split()
    door.close()
    assert kept == [f"w{number:05d}" for number in range(1, len(kept) + 1)]
    assert len(kept) >= safe
