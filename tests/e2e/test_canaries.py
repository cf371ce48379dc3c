"""No word of the journal leaves it: not into the log, a crash file, a title or any other file."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kotter_journal.config.paths import log_file
from tests.e2e.locking import ROOT, make

PROBE = Path(__file__).with_name("canary_probe.py")
WORDS = {
    "line": "Zanzibarrow",
    "name": "Ottolinda",
    "tag": "plovermoor",
    "title": "Harrowgatish",
    "text": "Quillfeather",
    "query": "quillfeath",
}


def forms(word: str) -> Iterator[bytes]:
    """A word as Python, Qt, JSON and an address would write it, in any case."""
    for one in (word, word.lower(), word.upper()):
        for code in ("utf-8", "utf-16-le", "utf-16-be"):
            yield one.encode(code)


def held_in(place: bytes) -> list[str]:
    """The words that stand in some bytes."""
    return [name for name, word in WORDS.items() if any(one in place for one in forms(word))]


@pytest.mark.skipif(sys.platform == "win32", reason="ends by a signal")
def test_no_word_of_the_journal_is_anywhere_but_in_it(tmp_path: Path) -> None:
    folder, temporary = tmp_path / "journal", tmp_path / "temporary"
    temporary.mkdir()
    make(folder)
    home = Path(os.environ["HOME"])
    ended = subprocess.run(
        [sys.executable, str(PROBE), str(folder)],
        input=json.dumps(WORDS) + "\n",
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    print(ended.stderr)
    titles = json.loads(ended.stdout)
    log, crash = log_file(), log_file().with_name("crash.txt")
    # It all came about, or the search below would find nothing whatever the program does.
    assert {"Kotter Journal", "Earlier texts", "Erase for good"} <= set(titles)
    logged = log.read_text(encoding="utf-8")
    for kind in ("ValueError", "KeyError", "OperationalError"):
        assert f"uncaught {kind}" in logged
    assert "Segmentation fault" in crash.read_text(encoding="utf-8")
    # And nothing of it can be read anywhere.
    said = {"titles": ended.stdout.encode(), "standard error": ended.stderr.encode()}
    files = [one for root in (home, tmp_path) for one in root.rglob("*") if one.is_file()]
    said |= {str(one): one.read_bytes() for one in files}
    assert {str(log), str(crash), str(folder / "journal.db")} <= said.keys()
    assert {name: held_in(place) for name, place in said.items() if held_in(place)} == {}
