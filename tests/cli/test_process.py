"""The program as a process of its own: what only shows there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import GOLDEN

PROGRAM = [sys.executable, "-m", "kotter_journal"]


def run(*arguments: str | Path, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"LC_ALL": "C"},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A journal with the golden week."""
    assert run("--journal", tmp_path / "j", "init").returncode == 0
    assert run("--journal", tmp_path / "j", "import", "json", GOLDEN).returncode == 0
    return tmp_path / "j"


def test_the_usual_folder_needs_no_name() -> None:
    assert run("list").stderr.endswith("Make one with: kotter-journal init\n")
    assert run("init").returncode == 0
    assert run("add", "45m aligning: Größe 東京").returncode == 0
    found = json.loads(run("list", "--json").stdout)
    assert found["results"][0]["title"] == "Größe 東京"


def test_a_body_comes_from_standard_input(folder: Path) -> None:
    added = run("--journal", folder, "add", "A title", "--body", "-", text="é\nsecond line\n")
    shown = json.loads(run("--journal", folder, "show", added.stdout[:36], "--json").stdout)
    assert (shown["title"], shown["body"]) == ("A title", "é\nsecond line\n")


def test_a_reader_that_has_enough_is_no_error(folder: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "--journal", str(folder), "list", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()
        assert listing.stderr.read() == b""
    assert listing.returncode == 0


def test_what_is_made_is_readable_by_its_owner_alone(folder: Path, tmp_path: Path) -> None:
    assert run("--journal", folder, "export", "json", tmp_path / "o.json").returncode == 0
    made = [tmp_path / "o.json", *folder.iterdir(), *Path(os.environ["HOME"]).rglob("*")]
    assert [path for path in made if path.is_file() and path.stat().st_mode & 0o077] == []


def test_an_export_goes_to_standard_output(folder: Path) -> None:
    done = run("--journal", folder, "export", "json", "-")
    assert len(json.loads(done.stdout)["entries"]) == 12
    assert done.stderr == ""


def test_a_second_writer_is_told_who_holds_the_journal(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from kotter_journal.config.paths import keys_folder\n"
        "from kotter_journal.storage.journal import open_journal\n"
        f"door = open_journal(Path({str(folder)!r}), keys_folder()).writing()\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        holder.stdout.readline()
        refused = run("--journal", folder, "add", "45m plan: x")
        assert json.loads(run("--journal", folder, "list", "--json").stdout)["total"] == 12
        holder.stdin.close()
    assert refused.returncode == 1
    assert f"({holder.pid})" in refused.stderr
    assert run("--journal", folder, "add", "45m plan: x").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["list"], {"PySide6", "alembic", "kotter_journal.gui"}),
        (["--version"], {"PySide6", "alembic"}),
    ],
)
def test_a_command_does_not_load_the_window(arguments: list[str], absent: set[str]) -> None:
    script = (
        "import sys\nfrom kotter_journal.__main__ import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        f"print(sorted(set(sys.modules) & {absent!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_start_of_the_window_loads_no_command_line() -> None:
    script = (
        "import sys, kotter_journal.__main__;"
        "print('sqlalchemy' in sys.modules, 'argparse' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["False", "False"]
