import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject

from kotter_journal.domain.errors import EntryMissing, KotterError
from kotter_journal.gui.tasks import TaskRunner


@pytest.fixture
def tasks(qtbot):
    runner = TaskRunner()
    yield runner
    runner.finish()
    qtbot.waitUntil(lambda: runner.idle)


def fail() -> None:
    raise EntryMissing("nobody")


def test_work_is_done_elsewhere_and_answered_here(qtbot, tasks: TaskRunner) -> None:
    owner, answers = QObject(), []
    tasks.run(
        threading.get_ident, owner=owner, done=lambda a: answers.append((a, threading.get_ident()))
    )
    qtbot.waitUntil(lambda: bool(answers))
    there, here = answers[0]
    assert there != here == threading.get_ident()


def test_answers_come_in_the_order_of_the_questions(qtbot, tasks: TaskRunner) -> None:
    owner, answers = QObject(), []
    for number in range(50):
        tasks.run(lambda n=number: n, owner=owner, done=answers.append)
    qtbot.waitUntil(lambda: len(answers) == 50)
    assert answers == list(range(50))


def test_an_answer_to_a_closed_owner_is_dropped(qtbot, tasks: TaskRunner) -> None:
    import shiboken6  # noqa: PLC0415

    owner, answers, gate = QObject(), [], threading.Event()
    tasks.run(lambda: gate.wait(5), owner=owner, done=answers.append)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: tasks.idle)
    assert answers == []


def test_of_the_questions_with_one_name_only_the_newest_is_answered(
    qtbot, tasks: TaskRunner
) -> None:
    owner, answers, asked, gate = QObject(), [], [], threading.Event()
    tasks.run(lambda: gate.wait(5), owner=owner)

    def ask(number: int) -> int:
        asked.append(number)
        return number

    for number in range(10):
        tasks.run(lambda n=number: ask(n), owner=owner, done=answers.append, latest="search")
    gate.set()
    qtbot.waitUntil(lambda: tasks.idle)
    assert answers == asked == [9]


def test_what_went_wrong_reaches_who_asked_or_else_everybody(qtbot, tasks: TaskRunner) -> None:
    owner, taken, heard = QObject(), [], []
    tasks.failed.connect(heard.append)
    tasks.run(fail, owner=owner, refused=taken.append)
    tasks.run(fail, owner=owner)
    qtbot.waitUntil(lambda: tasks.idle)
    assert [type(e) for e in (*taken, *heard)] == [EntryMissing, EntryMissing]
    assert all(isinstance(e, KotterError) for e in heard)


def test_a_bug_in_the_work_is_raised_here(qtbot, tasks: TaskRunner) -> None:
    owner = QObject()
    with qtbot.captureExceptions() as caught:
        tasks.run(lambda: 1 / 0, owner=owner)
        qtbot.waitUntil(lambda: bool(caught))
    kind: Any = caught[0][0]
    assert kind is ZeroDivisionError
