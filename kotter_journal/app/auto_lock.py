"""AutoLock: the moments at which the window locks without being told to."""

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kotter_journal.app.idle import IdleClock, waking_seconds
from kotter_journal.gui.preferences import Preferences

if TYPE_CHECKING:
    from kotter_journal.app.session_watch import SessionWatch

_SESSION_WATCH = "kotter_journal.app.session_watch"


class AutoLock(QObject):
    """``asked`` follows when nobody has touched the program for long, or the session was left.

    Listens as the preferences say, from ``start`` to ``stop``.
    """

    asked = Signal()

    def __init__(
        self,
        preferences: Preferences,
        parent: QObject | None = None,
        clock: Callable[[], float] = waking_seconds,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._clock = clock
        self._idle: IdleClock | None = None
        self._session: SessionWatch | None = None
        self._is_on = False
        preferences.changed.connect(self._follow)

    def start(self) -> None:
        """Listen; once the window has all it needs, since it takes some milliseconds."""
        self._is_on = True
        self._follow()

    def stop(self) -> None:
        """Listen no more."""
        self._is_on = False
        self._follow()

    def let_sleep(self) -> None:
        """Hold the computer's sleep up no longer."""
        if self._session is not None:
            self._session.let_sleep()

    def look(self) -> None:
        """See now whether the time has come."""
        if self._idle is not None:
            self._idle.look()

    def _follow(self) -> None:
        settings = self._preferences.settings
        self._follow_idle(settings.lock_after_minutes if self._is_on else 0)
        self._follow_session(wanted=self._is_on and settings.lock_with_system)

    def _follow_idle(self, minutes: int) -> None:
        if minutes and self._idle is None:
            self._idle = IdleClock(minutes, self, self._clock)
            self._idle.expired.connect(self.asked)
        elif minutes and self._idle is not None:
            self._idle.minutes = minutes
        elif self._idle is not None:
            self._idle.deleteLater()
            self._idle = None

    def _follow_session(self, *, wanted: bool) -> None:
        if wanted and self._session is None:
            # Imported here: nothing of it is needed for the first frame.
            self._session = importlib.import_module(_SESSION_WATCH).watch_session(self.asked.emit)
        elif not wanted and self._session is not None:
            self._session.stop()
            self._session = None
