"""Which messages of Windows count as leaving; the messages are put together here."""

import ctypes
from collections.abc import Iterator
from ctypes import wintypes

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.app.session_watch import windows
from kotter_journal.app.session_watch.windows import WindowsWatch

POWER, SESSION = 0x0218, 0x02B1


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What Windows is asked for, and for which window."""
    made: list[tuple[str, int]] = []

    def ask(function: str, window: int, *_: int) -> None:
        made.append((function, window))

    monkeypatch.setattr(windows, "_session_messages", ask)
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def left() -> list[str]:
    return []


@pytest.fixture
def watch(window: QWidget, calls: list[tuple[str, int]], left: list[str]) -> Iterator[WindowsWatch]:
    made = WindowsWatch(lambda: left.append("left"))
    yield made
    made.stop()


def hears(watch: WindowsWatch, message: int, detail: int) -> object:
    told = wintypes.MSG()
    told.message, told.wParam = message, detail
    return watch.nativeEventFilter(QByteArray(b"windows_generic_MSG"), ctypes.addressof(told))


@pytest.mark.parametrize(
    ("message", "detail", "counts"),
    [
        (POWER, 0x0004, True),  # suspending
        (POWER, 0x0012, False),  # resumed
        (POWER, 0x000A, False),  # the battery
        (SESSION, 0x0007, True),  # locked
        (SESSION, 0x0008, False),  # unlocked
        (0x0100, 0x0007, False),  # a key
    ],
)
def test_the_session_is_left_by_these_messages_and_no_others(
    watch: WindowsWatch, left: list[str], message: int, detail: int, counts: bool
) -> None:
    assert hears(watch, message, detail) == (False, 0)
    assert bool(left) is counts


def test_the_messages_are_asked_for_and_given_back(
    watch: WindowsWatch, window: QWidget, calls: list[tuple[str, int]]
) -> None:
    number = int(window.winId())
    assert ("WTSRegisterSessionNotification", number) in calls
    watch.stop()
    assert ("WTSUnRegisterSessionNotification", number) in calls
