"""How the program is started anew in its own place."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kotter_journal.app import successor
from kotter_journal.app.successor import Place, arguments_for, command, place_among, take_place

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("place", [None, *Place])
def test_the_arguments_come_back_as_they_were_given(tmp_path: Path, place: Place | None) -> None:
    arguments = arguments_for(tmp_path, place)
    assert place_among(arguments) is place
    assert f"--journal={tmp_path}" in arguments


def test_a_frozen_build_starts_itself_and_a_checkout_its_python(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert command(["--locked"]) == [sys.executable, "-m", "kotter_journal", "--locked"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command(["--locked"]) == [sys.executable, "--locked"]


def test_where_no_process_can_be_replaced_another_one_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[list[str]] = []
    monkeypatch.setattr(os, "name", "nt")
    monkeypatch.setattr(subprocess, "Popen", lambda line, **_: begun.append(line))
    take_place(["--locked"])
    assert begun == [command(["--locked"])]


@pytest.mark.skipif(os.name == "nt", reason="Windows replaces no process")
def test_the_process_becomes_another_program_under_its_own_number() -> None:
    act = (
        "import os; from kotter_journal.app import successor;"
        " successor.command = lambda given: [*given];"
        f" print(os.getpid(), flush=True);"
        f" successor.take_place([{sys.executable!r}, '-c', 'import os; print(os.getpid())'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", act], capture_output=True, text=True, check=True, cwd=ROOT
    )
    first, second = run.stdout.split()
    assert first == second


def test_a_program_that_cannot_be_started_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(successor, "command", lambda given: ["/nowhere/at/all", *given])
    with pytest.raises(OSError, match="No such file"):
        take_place([])
