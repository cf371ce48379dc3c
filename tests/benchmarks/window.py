"""The real window, and clocks that watch what it paints and how long its thread is busy."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kotter_journal.app.program import Program
from kotter_journal.gui.workspace import Workspace
from tests.benchmarks.journals import NOW

_PATIENCE_MS = 30_000


class NotMeasured(AssertionError):
    """What was waited for did not come."""


def wait_for(condition: Callable[[], bool]) -> None:
    """Let the window live until it is so; looked at after every round of events."""
    patience = QTimer()
    patience.setSingleShot(True)
    patience.start(_PATIENCE_MS)
    while not condition():
        if not patience.isActive():
            raise NotMeasured("waited in vain")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def live(seconds: float) -> None:
    """Let the window live for so long, as it does while somebody thinks or types."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1e3), loop.quit)
    loop.exec()


class Paints(QObject):
    """Notes when a widget has been painted and the window has been brought to the screen.

    ``happened`` carries the begin and the end of each paint.
    """

    happened = Signal(float, float)

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.last = 0.0
        self.count = 0
        self._widget = widget
        widget.installEventFilter(self)

    def stop(self) -> None:
        """Watch no more."""
        if shiboken6.isValid(self._widget):
            self._widget.removeEventFilter(self)

    def after(self, act: Callable[[], object]) -> float:
        """Milliseconds from the beginning of ``act`` to the next paint that follows its end."""
        start = time.perf_counter()
        act()
        return self.next(start)

    def next(self, start: float) -> float:
        """Milliseconds from ``start`` to the next paint."""
        before = self.count
        wait_for(lambda: self.count > before)
        return (self.last - start) * 1e3

    def _note(self, begun: float) -> None:
        self.last = time.perf_counter()
        self.count += 1
        self.happened.emit(begun, self.last)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            # Everything exposed is painted and shown within one event; this comes after it.
            begun = time.perf_counter()
            QTimer.singleShot(0, lambda: self._note(begun))
        return False


@contextmanager
def painted(widget: QWidget) -> Iterator[Paints]:
    """Watch a widget for the length of the block."""
    watch = Paints(widget)
    yield watch
    watch.stop()
    watch.deleteLater()


class Heartbeat(QObject):
    """A tick every millisecond; what lies between two ticks kept the thread busy."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def stop(self) -> None:
        """No more ticks."""
        self._timer.stop()
        self.deleteLater()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1e3)
        self._last = now


@contextmanager
def heartbeat() -> Iterator[list[float]]:
    """Milliseconds between the ticks of this thread during the block."""
    beat = Heartbeat()
    yield beat.gaps
    beat.stop()


def type_keys(widget: QWidget, text: str, pace: float, after_key: Callable[[float], None]) -> None:
    """Real keys, one every ``pace`` seconds; ``after_key`` hears when each was pressed."""
    due = time.perf_counter()
    for character in text:
        pressed = time.perf_counter()
        QTest.keyClicks(widget, character)
        after_key(pressed)
        due += pace
        live(max(0.0, due - time.perf_counter()))


class Window:
    """The program, running on a journal."""

    def __init__(self, folder: Path, keys: Path) -> None:
        self.now = NOW
        settings = folder.with_name("settings.toml")
        self.program = Program(folder, keys=keys, settings=settings, now=self._clock)
        self.shown = self.program.window
        done: list[bool] = []
        self.program.completed.connect(lambda: done.append(True))
        self.shown.show()
        wait_for(lambda: bool(done))
        self.shown.activateWindow()
        wait_for(self.shown.isActiveWindow)
        self.settle()

    @property
    def workspace(self) -> Workspace:
        """What fills it."""
        workspace: Workspace = self.program.workspace
        return workspace

    def settle(self) -> None:
        """Wait until nothing is under way."""
        wait_for(lambda: self.workspace.session.idle)
        live(0.05)

    def close(self) -> None:
        """Close it as its owner would."""
        self.shown.close()
        wait_for(lambda: not self.shown.isVisible())
        self.program.close()
        self.shown.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _clock(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


@contextmanager
def window(app: QApplication, folder: Path, keys: Path) -> Iterator[Window]:
    """The program on a journal, with Python's garbage looked through as in the program itself."""
    gc.collect()
    gc.freeze()
    opened = Window(folder, keys)
    gc.freeze()
    try:
        yield opened
    finally:
        opened.close()
        gc.unfreeze()
