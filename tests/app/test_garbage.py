"""Cycles are collected on the GUI thread alone, and by Python again afterwards."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kotter_journal.app.garbage import Garbage


class Cycle:
    """Something that only a collector frees."""

    def __init__(self, freed_on: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: freed_on.append(threading.get_ident()))


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    """A collector that takes the place of Python's."""
    owner = QObject()
    made = Garbage(owner)
    yield made
    made.stop()


def make_much(freed_on: list[int]) -> None:
    """More garbage than Python would bear."""
    for _ in range(5 * gc.get_threshold()[0]):
        Cycle(freed_on)


def test_another_thread_frees_nothing(garbage: Garbage) -> None:
    freed_on: list[int] = []
    worker = threading.Thread(target=make_much, args=(freed_on,))
    worker.start()
    worker.join()
    assert freed_on == []
    garbage.look()
    assert set(freed_on) == {threading.get_ident()}


def test_it_looks_by_itself_once_started(qtbot: QtBot, garbage: Garbage) -> None:
    freed_on: list[int] = []
    make_much(freed_on)
    garbage._clock.setInterval(1)
    garbage.start()
    qtbot.waitUntil(lambda: bool(freed_on))


def test_afterwards_python_does_it_again(garbage: Garbage) -> None:
    assert not gc.isenabled()
    garbage.stop()
    assert gc.isenabled()
