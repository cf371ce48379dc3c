"""Locking a real process: it is the same one afterwards, holds nothing, and has lost nothing."""

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kotter_journal.app.single_instance import SingleInstance
from kotter_journal.app.successor import Place
from tests.e2e.locking import Probe, make, started, words_in

if sys.platform != "linux":
    pytest.skip("looks into /proc", allow_module_level=True)

from tests.desktop_bus import Bus, Logind, private_bus

QUICK, WRITTEN = "45a Zanzibarrow", "Quillfeather went by"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A journal that opens by itself."""
    make(tmp_path / "journal")
    return tmp_path / "journal"


@pytest.fixture
def probe(folder: Path) -> Iterator[Probe]:
    """The program with a line and a text in it."""
    with started(folder) as made:
        made.tell(line=QUICK, text=WRITTEN)
        made.sees("ready")
        yield made


@pytest.mark.usefixtures("qapp")
def test_the_process_stays_and_a_second_start_still_finds_it(probe: Probe, folder: Path) -> None:
    probe.tell()
    probe.sees("locked")
    assert SingleInstance(folder).is_second()


def test_nothing_that_was_open_is_open_afterwards(probe: Probe, folder: Path) -> None:
    assert any(str(folder) in name for name in probe.open_files())
    probe.tell()
    probe.sees("locked")
    with started(folder.parent / "copy", Place.FRONT) as fresh:
        make(folder.parent / "copy")
        fresh.sees("locked")
        deadline = time.monotonic() + 20
        while probe.open_files() != fresh.open_files() and time.monotonic() < deadline:
            time.sleep(0.05)  # both may still be opening what every window opens
        assert probe.open_files() == fresh.open_files()


def test_what_is_typed_as_it_locks_is_there_afterwards(probe: Probe, folder: Path) -> None:
    probe.tell(line="15d nobody has sent this", text="and this was just begun")
    probe.sees("locked")
    probe.kill()
    texts, line = words_in(folder)
    assert texts == ["Zanzibarrow", WRITTEN, "and this was just begun"]
    assert line == "15d nobody has sent this"


def killed_while_locking(folder: Path, rounds: int) -> int:
    """Kill a program while it locks, again and again; how often it had come to its end."""
    chance = random.Random(rounds)  # noqa: S311
    finished = 0
    for number in range(rounds):
        with started(folder) as probe:
            probe.tell(text=f"text {number:03}")
            probe.sees("ready")
            probe.tell(text=f"last {number:03}")
            finished += probe.says_within(chance.uniform(0.0, 0.6))
            probe.kill()
        texts, _ = words_in(folder)
        assert {f"text {n:03}" for n in range(number + 1)} <= set(texts)
    return finished


def test_killed_while_it_locks_it_has_lost_nothing_and_opens_again(folder: Path) -> None:
    killed_while_locking(folder, 4)


@pytest.mark.slow
def test_killed_sixty_times_while_it_locks(folder: Path) -> None:
    print("locked before it was killed:", killed_while_locking(folder, 60), "of 60")


@pytest.mark.slow
def test_fifty_times_typed_and_locked_at_once(folder: Path) -> None:
    for number in range(50):
        with started(folder) as probe:
            probe.tell()
            probe.sees("ready")
            probe.tell(text=f"text {number:03}", line=f"line {number:03}.")
            probe.sees("locked")
            probe.kill()
        texts, line = words_in(folder)
        assert texts[-1] == f"text {number:03}"
        assert line == "".join(f"line {n:03}." for n in range(number + 1))


def seconds_of_work(process: psutil.Process) -> float:
    """How long it keeps a processor busy in the next second."""
    before = process.cpu_times()
    with pytest.raises(psutil.TimeoutExpired):
        process.wait(1)
    after = process.cpu_times()
    return after.user + after.system - before.user - before.system


def test_a_program_that_nobody_touches_comes_to_rest(probe: Probe) -> None:
    process = psutil.Process(probe.pid)
    assert any(seconds_of_work(process) < 0.1 for _ in range(10))
    probe.tell()
    probe.sees("locked")
    assert any(seconds_of_work(process) < 0.1 for _ in range(10))


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    with private_bus(tmp_path) as made:
        yield made


@pytest.fixture
def logind(bus: Bus, qapp: QApplication) -> Iterator[Logind]:
    made = Logind(bus.connect("logind"))
    yield made
    made.close()


def test_the_computer_sleeps_only_when_the_journal_is_locked(
    qtbot: QtBot, bus: Bus, logind: Logind, folder: Path
) -> None:
    buses = {f"DBUS_{one}_BUS_ADDRESS": bus.address for one in ("SYSTEM", "SESSION")}
    with started(folder, **buses) as probe:
        probe.tell(text=WRITTEN)
        probe.sees("ready")
        qtbot.waitUntil(logind.holds_sleep)
        logind.sleeps(True)
        qtbot.waitUntil(lambda: not logind.holds_sleep())
        probe.sees("locked")
        probe.kill()
    assert words_in(folder)[0] == [WRITTEN]
