"""A terminal for tests: runs a command in this process and keeps what it said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from kotter_journal.__main__ import main
from kotter_journal.cli import commands

NOW = datetime(2026, 3, 6, 16, 40, tzinfo=timezone(timedelta(hours=1)))
GOLDEN = Path(__file__).parents[1] / "formats" / "golden" / "golden-week.json"


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str


Terminal = Callable[..., Answer]


@pytest.fixture
def terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Terminal:
    """Runs a command on the journal in ``tmp_path / "journal"``; the clock stands still."""
    monkeypatch.setattr(commands, "now", lambda: NOW)
    monkeypatch.setattr(commands, "local_zone", lambda: "Europe/Berlin")

    def run(*arguments: str | Path) -> Answer:
        command = ["--journal", str(tmp_path / "journal"), *map(str, arguments)]
        try:
            status = main(command)
        except SystemExit as stop:
            status = int(stop.code or 0)
        said = capsys.readouterr()
        return Answer(status, said.out, said.err)

    return run


@pytest.fixture
def golden(terminal: Terminal) -> Terminal:
    """The same, on the golden week."""
    assert terminal("init").status == 0
    assert terminal("import", "json", GOLDEN).status == 0
    return terminal
