"""Long work on a thread of its own: progress, cancelling, an owner that goes."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kotter_journal.domain.errors import Cancelled, KotterError
from kotter_journal.gui.apart import Apart
from kotter_journal.gui.job_row import JobRow

Look = Callable[[int, int], None]


@pytest.fixture
def apart(qtbot: QtBot) -> Iterator[Apart]:
    """A worker of its own, ended with the test."""
    made = Apart()
    yield made
    made.finish()
    made.deleteLater()


def test_a_job_tells_how_far_it_is_and_what_came_of_it(qtbot: QtBot, apart: Apart) -> None:
    answers: list[int] = []
    go_on = threading.Event()

    def work(look: Look) -> int:
        go_on.wait(10)
        look(3, 3)
        return 7

    row = JobRow()
    qtbot.addWidget(row)
    job = apart.start(work, owner=row, done=answers.append)
    row.follow(job, "Counting")
    assert not row.isHidden()
    with qtbot.waitSignals([job.progressed, job.ended]):
        go_on.set()
    qtbot.waitUntil(lambda: answers == [7])
    assert row.isHidden()


def test_the_button_cancels(qtbot: QtBot, apart: Apart) -> None:
    refused: list[KotterError] = []
    looked = threading.Event()

    def work(look: Look) -> None:
        for step in range(10_000_000):
            look(step, 10_000_000)
            looked.set()

    row = JobRow()
    qtbot.addWidget(row)
    job = apart.start(work, owner=row, refused=refused.append)
    row.follow(job, "Counting")
    assert looked.wait(10)
    with qtbot.waitSignal(job.ended):
        row.cancel_button.click()
    qtbot.waitUntil(lambda: bool(refused))
    assert isinstance(refused[0], Cancelled)


def test_nobody_is_told_where_the_owner_has_gone(qtbot: QtBot, apart: Apart) -> None:
    answers: list[int] = []
    owner = QObject()
    go_on = threading.Event()

    def work(_look: Look) -> int:
        go_on.wait(10)
        return 7

    job = apart.start(work, owner=owner, done=answers.append)
    owner.deleteLater()
    with qtbot.waitSignals([owner.destroyed, job.ended]):
        go_on.set()
    assert answers == []
