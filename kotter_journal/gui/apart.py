"""Apart: long work on a thread of its own, which shows how far it is and can be cancelled."""

import time
from collections.abc import Callable
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from kotter_journal.domain.errors import Cancelled, KotterError
from kotter_journal.gui.tasks import TaskRunner

T = TypeVar("T")
_TELL_EVERY = 0.05
"""Seconds between two pieces of news, so that they never crowd out the keyboard."""


class Job(QObject):
    """One piece of such work, while it waits and while it runs.

    ``progressed`` carries how much of how much is done; ``ended`` comes last, whatever came of it.
    """

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_cancelled = False
        self._told_at = 0.0

    def cancel(self) -> None:
        """Stop at the next step; the work answers with Cancelled and keeps nothing."""
        self._is_cancelled = True

    def look(self, done: int, total: int) -> None:
        """What the work calls at each step, on its thread. Raises Cancelled."""
        if self._is_cancelled:
            raise Cancelled
        now = time.monotonic()
        if done >= total or now - self._told_at >= _TELL_EVERY:
            self._told_at = now
            self.progressed.emit(done, total)


class Apart(QObject):
    """Runs jobs one after the other beside the journal's worker.

    Its jobs must not write to the journal: reading it through a connection of their own is fine.
    ``failed`` carries each KotterError that nobody took, but for Cancelled.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = TaskRunner(self)
        self._jobs: list[Job] = []

    def start(
        self,
        work: Callable[[Callable[[int, int], None]], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        refused: Callable[[KotterError], None] | None = None,
    ) -> Job:
        """Do ``work``, given what it tells its progress to; then call ``done`` or ``refused``."""
        job = Job(self)
        self._jobs.append(job)

        def answered(answer: T) -> None:
            self._end(job)
            if done is not None and shiboken6.isValid(owner):
                done(answer)

        def failed(error: KotterError) -> None:
            self._end(job)
            if refused is not None and shiboken6.isValid(owner):
                refused(error)
            else:
                self._on_failed(error)

        def run() -> T:
            job.look(0, 1)
            return work(job.look)

        # It is ended even where its owner has gone meanwhile.
        self._tasks.run(run, owner=self, done=answered, refused=failed)
        return job

    def finish(self) -> None:
        """Cancel whatever is under way or waits, and end the thread."""
        for job in self._jobs:
            job.cancel()
        self._tasks.finish()

    def _end(self, job: Job) -> None:
        self._jobs.remove(job)
        job.ended.emit()
        job.deleteLater()

    def _on_failed(self, error: KotterError) -> None:
        if not isinstance(error, Cancelled):
            self.failed.emit(error)
