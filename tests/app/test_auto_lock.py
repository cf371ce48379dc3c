"""When the window locks by itself: by a clock that the test moves, and as the preferences say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kotter_journal.app import session_watch
from kotter_journal.app.auto_lock import AutoLock
from kotter_journal.gui.preferences import Preferences

MINUTE = 60.0


class Clock:
    """Stands until it is set."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Watch:
    """What watches the system, as far as AutoLock sees."""

    def __init__(self, left: object) -> None:
        self.left = left
        self.has_let_sleep = self.is_stopped = False

    def let_sleep(self) -> None:
        self.has_let_sleep = True

    def stop(self) -> None:
        self.is_stopped = True


@pytest.fixture
def watches(monkeypatch: pytest.MonkeyPatch) -> list[Watch]:
    """Every watch that was begun."""
    made: list[Watch] = []

    def begin(left: object) -> Watch:
        made.append(Watch(left))
        return made[-1]

    monkeypatch.setattr(session_watch, "watch_session", begin)
    return made


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path / "settings.toml")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    """A window to type in."""
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def lock(preferences: Preferences, clock: Clock, watches: list[Watch]) -> Iterator[AutoLock]:
    made = AutoLock(preferences, clock=clock)
    yield made
    made.stop()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def asked(lock: AutoLock, field: QLineEdit) -> list[str]:
    """One word for each time it asked, once it listens."""
    times: list[str] = []
    lock.asked.connect(lambda: times.append("asked"))
    lock.start()
    return times


def test_ten_minutes_without_a_touch_lock(lock: AutoLock, asked: list[str], clock: Clock) -> None:
    clock.seconds += 10 * MINUTE - 1
    lock.look()
    assert asked == []
    clock.seconds += 1
    lock.look()
    assert asked == ["asked"]


@pytest.mark.parametrize("touch", ["key", "click", "move"])
def test_any_touch_begins_the_time_anew(
    lock: AutoLock, asked: list[str], clock: Clock, field: QLineEdit, touch: str
) -> None:
    window = field.windowHandle()
    clock.seconds += 9 * MINUTE
    if touch == "key":
        QTest.keyClick(window, Qt.Key.Key_A)
    elif touch == "click":
        QTest.mouseClick(window, Qt.MouseButton.LeftButton)
    else:
        QTest.mouseMove(window, field.rect().center())
    clock.seconds += 9 * MINUTE
    lock.look()
    assert asked == []


def test_a_key_that_comes_too_late_locks_and_does_nothing_else(
    asked: list[str], clock: Clock, field: QLineEdit
) -> None:
    clock.seconds += 60 * MINUTE
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert asked == ["asked"]
    assert field.text() == ""
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert field.text() == "a"


def test_a_window_that_opens_later_is_watched_as_well(
    qtbot: QtBot, lock: AutoLock, asked: list[str], clock: Clock
) -> None:
    later = QLineEdit()
    qtbot.addWidget(later)
    later.show()
    later.activateWindow()
    qtbot.waitUntil(later.isActiveWindow)
    clock.seconds += 9 * MINUTE
    QTest.keyClick(later.windowHandle(), Qt.Key.Key_A)
    clock.seconds += 9 * MINUTE
    lock.look()
    assert asked == []


def test_the_minutes_of_the_preferences_count_at_once_and_0_is_never(
    lock: AutoLock, asked: list[str], clock: Clock, preferences: Preferences
) -> None:
    preferences.change(lock_after_minutes=0)
    clock.seconds += 1000 * MINUTE
    lock.look()
    assert asked == []
    preferences.change(lock_after_minutes=5)
    clock.seconds += 4 * MINUTE
    lock.look()
    assert asked == []
    preferences.change(lock_after_minutes=1)
    lock.look()
    assert asked == ["asked"]


def test_the_system_is_listened_to_as_the_preferences_say(
    lock: AutoLock, asked: list[str], watches: list[Watch], preferences: Preferences
) -> None:
    (watch,) = watches
    assert callable(watch.left)
    watch.left()
    assert asked == ["asked"]
    lock.let_sleep()
    assert watch.has_let_sleep
    preferences.change(lock_with_system=False)
    assert watch.is_stopped
    preferences.change(lock_with_system=True)
    assert len(watches) == 2
    lock.stop()
    assert watches[-1].is_stopped


def test_before_it_starts_it_does_nothing(
    lock: AutoLock, clock: Clock, watches: list[Watch], preferences: Preferences
) -> None:
    times: list[str] = []
    lock.asked.connect(lambda: times.append("asked"))
    preferences.change(lock_after_minutes=1)
    clock.seconds += 60 * MINUTE
    lock.look()
    assert (times, watches) == ([], [])
