"""IdleClock: how long nobody has touched the program."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_LOOK_EVERY_MS = 5_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


def waking_seconds() -> float:
    """Seconds on a clock that nobody sets, and that goes on while the computer sleeps."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


class IdleClock(QObject):
    """``expired`` follows when no key was pressed and no mouse moved for ``minutes``, at least 1.

    It looks every five seconds, whenever the program comes to the front, and at a touch: one that
    comes too late no longer counts.
    """

    expired = Signal()

    def __init__(
        self, minutes: int, parent: QObject, clock: Callable[[], float] = waking_seconds
    ) -> None:
        super().__init__(parent)
        self.minutes = minutes
        self._clock = clock
        self._touched_at = clock()
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            # Input reaches a window before any widget; asking there is cheap, and no widget
            # can swallow it.
            application.focusWindowChanged.connect(self._watch)
            application.applicationStateChanged.connect(self.look)
            for window in application.topLevelWindows():
                self._watch(window)

    def look(self, *_: object) -> bool:
        """Tell, and answer, whether the time has come."""
        has_come = self._clock() - self._touched_at >= self.minutes * 60
        if has_come:
            self._touched_at = self._clock()
            self.expired.emit()
        return has_come

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Somebody is there; what they meant was still on the screen, unless it is too late."""
        if event.type() not in _TOUCHES:
            return False
        is_late = self.look()
        self._touched_at = self._clock()
        return is_late
