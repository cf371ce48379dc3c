"""What logind and screen savers say, on a bus of the test's own."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("D-Bus is a thing of Linux", allow_module_level=True)

from PySide6.QtDBus import QDBusMessage
from pytestqt.qtbot import QtBot

from kotter_journal.app.session_watch.linux import LinuxWatch
from tests.desktop_bus import LOGIND, LOGIND_PATH, OWN_SESSION, Bus, Logind, private_bus


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    with private_bus(tmp_path) as made:
        yield made


@pytest.fixture
def logind(bus: Bus) -> Iterator[Logind]:
    made = Logind(bus.connect("logind"))
    yield made
    made.close()


class Locks:
    """Counts how often the session was left."""

    count = 0

    def __call__(self) -> None:
        self.count += 1


@pytest.fixture
def locks() -> Locks:
    return Locks()


@pytest.fixture
def watch(
    qtbot: QtBot,
    bus: Bus,
    logind: Logind,
    locks: Locks,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[LinuxWatch]:
    """A watch that has been told everything it asked for."""
    monkeypatch.setenv("XDG_SESSION_ID", "7")
    program = bus.connect("program")
    made = LinuxWatch(locks, program, program)
    qtbot.waitUntil(lambda: logind.holds_sleep() and len(logind.asked) == 2)
    qtbot.waitUntil(lambda: made._delay is not None)
    yield made
    made.stop()


def test_sleep_is_held_up_until_the_journal_is_locked(
    qtbot: QtBot, watch: LinuxWatch, logind: Logind, locks: Locks
) -> None:
    assert ["sleep", "Kotter Journal", "Locking the journal first", "delay"] in logind.asked
    logind.sleeps(True)
    qtbot.waitUntil(lambda: locks.count == 1)
    assert logind.holds_sleep()
    watch.let_sleep()
    qtbot.waitUntil(lambda: not logind.holds_sleep())


def test_after_waking_the_next_sleep_is_held_up_as_well(
    qtbot: QtBot, watch: LinuxWatch, logind: Logind, locks: Locks
) -> None:
    watch.let_sleep()
    qtbot.waitUntil(lambda: not logind.holds_sleep())
    logind.sleeps(False)
    qtbot.waitUntil(logind.holds_sleep)
    assert locks.count == 0


def test_locking_this_session_locks_and_another_session_does_not(
    qtbot: QtBot, watch: LinuxWatch, logind: Logind, locks: Locks
) -> None:
    assert ["7"] in logind.asked
    for session in ("/org/freedesktop/login1/session/_38", OWN_SESSION):
        logind.says(session, f"{LOGIND}.Session", "Lock")
    qtbot.waitUntil(lambda: locks.count > 0)
    logind.sleeps(True)
    qtbot.waitUntil(lambda: locks.count > 1)
    assert locks.count == 2


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
        ("/ScreenSaver", "org.freedesktop.ScreenSaver"),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
        ("/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver"),
        ("/org/mate/ScreenSaver", "org.mate.ScreenSaver"),
        ("/org/xfce/ScreenSaver", "org.xfce.ScreenSaver"),
    ],
)
@pytest.mark.usefixtures("watch")
def test_a_screen_saver_locks_when_it_comes_and_not_when_it_goes(
    qtbot: QtBot, logind: Logind, locks: Locks, path: str, name: str
) -> None:
    logind.says(path, name, "ActiveChanged", False)
    logind.says(path, name, "ActiveChanged", True)
    qtbot.waitUntil(lambda: locks.count > 0)
    assert locks.count == 1


@pytest.mark.usefixtures("watch")
def test_nobody_but_logind_can_say_that_the_computer_sleeps(
    qtbot: QtBot, bus: Bus, logind: Logind, locks: Locks
) -> None:
    signal = QDBusMessage.createSignal(LOGIND_PATH, f"{LOGIND}.Manager", "PrepareForSleep")
    signal.setArguments([True])
    bus.connect("somebody").send(signal)
    logind.says("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True)
    qtbot.waitUntil(lambda: locks.count > 0)
    assert locks.count == 1


def test_a_watch_that_was_stopped_gives_the_delay_back_and_hears_nothing(
    qtbot: QtBot, bus: Bus, logind: Logind
) -> None:
    locks, others = Locks(), Locks()
    one, two = bus.connect("program"), bus.connect("other")
    watch, other = LinuxWatch(locks, one, one), LinuxWatch(others, two, two)
    qtbot.waitUntil(lambda: watch._delay is not None and other._delay is not None)
    watch.stop()
    logind.sleeps(True)
    qtbot.waitUntil(lambda: others.count == 1)
    other.stop()
    qtbot.waitUntil(lambda: not logind.holds_sleep())
    assert locks.count == 0


def test_without_logind_and_screen_saver_nothing_happens(
    qtbot: QtBot, bus: Bus, locks: Locks
) -> None:
    program = bus.connect("program")
    watch = LinuxWatch(locks, program, program)
    qtbot.waitUntil(lambda: not watch.children())
    watch.let_sleep()
    watch.stop()
    assert locks.count == 0
