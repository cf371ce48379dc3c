"""How the loop hears of signals, and that it rests while there are none."""

import gc
import os
import select
import signal
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kotter_journal.app.main import _quit_on_signal


@pytest.fixture
def _signals(qapp: QApplication) -> Iterator[None]:
    """What the test changes is put back."""
    before = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


@pytest.mark.usefixtures("_signals")
@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without a word")
def test_a_polite_kill_closes_the_window_and_the_loop_rests_before(
    qtbot: QtBot, qapp: QApplication
) -> None:
    closed: list[str] = []
    heard, told = _quit_on_signal(qapp, lambda: closed.append("closed"))
    gc.collect()
    assert select.select([heard], [], [], 0)[0] == []
    os.kill(os.getpid(), signal.SIGTERM)
    qtbot.waitUntil(lambda: closed == ["closed"])
    qtbot.waitUntil(lambda: select.select([heard], [], [], 0)[0] == [])
    for notifier in qapp.findChildren(QSocketNotifier):
        notifier.setEnabled(False)
        notifier.deleteLater()
    signal.set_wakeup_fd(-1)
    heard.close()
    told.close()
