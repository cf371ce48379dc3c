"""TaskRunner: one worker thread whose answers arrive on the GUI thread, in order."""

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from kotter_journal.domain.errors import KotterError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Task:
    """What to do and who hears of it."""

    work: Callable[[], Any]
    owner: QObject
    done: Callable[[Any], None] | None
    refused: Callable[[KotterError], None] | None
    latest: str | None


class TaskRunner(QObject):
    """Runs tasks one after the other on a thread of its own.

    A task receives values and returns a value; it never sees a widget. Its answer is dropped where
    its owner has been closed meanwhile. ``failed`` carries each KotterError that a task's owner
    does not take itself; any other exception is raised on the GUI thread, where it is a crash.
    ``idled`` follows the last answer, when nothing is under way any more.
    """

    failed = Signal(object)
    idled = Signal()
    _answered = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None, executor: Executor | None = None) -> None:
        super().__init__(parent)
        self._executor = executor or ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._newest: dict[str, _Task] = {}
        self._pending = 0
        # Queued, so that the answer is delivered by this thread's event loop.
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        refused: Callable[[KotterError], None] | None = None,
        latest: str | None = None,
    ) -> None:
        """Do ``work`` on the worker, then call ``done`` or ``refused`` here.

        Of the tasks with the same ``latest`` name only the newest is done and answered.
        """
        task = _Task(work, owner, done, refused, latest)
        if latest is not None:
            self._newest[latest] = task
        self._pending += 1
        self._executor.submit(self._work, task)

    @property
    def idle(self) -> bool:
        """Whether every answer has been delivered."""
        return self._pending == 0

    def settle(self) -> None:
        """Wait here until everything that was asked for has been done; answers come later.

        Only for the moment in which the system ends the session and would not wait itself.
        """
        self._executor.submit(lambda: None).result()

    def finish(self) -> None:
        """Wait for the work that is under way and queued, and end the thread.

        Answers that nobody could hear any more are dropped.
        """
        self._executor.shutdown(wait=True)

    def _is_stale(self, task: _Task) -> bool:
        return task.latest is not None and self._newest.get(task.latest) is not task

    def _work(self, task: _Task) -> None:
        if self._is_stale(task):
            self._answered.emit(task, None, None)
            return
        answer, error = None, None
        try:
            answer = task.work()
        except Exception as raised:  # noqa: BLE001  (it is raised again on the GUI thread)
            error = raised
        self._answered.emit(task, answer, error)

    def _deliver(self, task: _Task, answer: object, error: Exception | None) -> None:
        self._pending -= 1
        try:
            self._answer(task, answer, error)
        finally:
            if self.idle:
                self.idled.emit()

    def _answer(self, task: _Task, answer: object, error: Exception | None) -> None:
        heard = shiboken6.isValid(task.owner) and not self._is_stale(task)
        if isinstance(error, KotterError):
            if heard and task.refused is not None:
                task.refused(error)
            elif heard:
                self.failed.emit(error)
        elif error is not None:
            raise error
        elif heard and task.done is not None:
            task.done(answer)
