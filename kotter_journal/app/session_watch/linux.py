"""Linux: systemd-logind on the system bus, the desktop's screen saver on the session bus.

logind: https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
(PrepareForSleep, Inhibit, Session.Lock). Screen saver: the signal ActiveChanged(bool), which each
desktop sends under a name of its own.
"""

import os
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
)

_LOGIND, _LOGIND_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
_MANAGER, _SESSION = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"
_SAVERS = (
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
    ("/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver"),
    ("/org/mate/ScreenSaver", "org.mate.ScreenSaver"),
    ("/org/xfce/ScreenSaver", "org.xfce.ScreenSaver"),
)
_WAIT_MS = 2000


class LinuxWatch(QObject):
    """Holds sleep up until the journal is locked, for the few seconds that logind allows."""

    def __init__(
        self, left: Callable[[], None], system: QDBusConnection, session: QDBusConnection
    ) -> None:
        super().__init__()
        self._left = left
        self._system = system
        self._delay: QDBusUnixFileDescriptor | None = None
        for path, interface in _SAVERS:
            session.connect("", path, interface, "ActiveChanged", self, _slot("on_screen(bool)"))
        self._hear_logind(_LOGIND_PATH, _MANAGER, "PrepareForSleep", "on_sleep(bool)")
        # A program that systemd started has no session of its own: then it is that of its user.
        own = os.environ.get("XDG_SESSION_ID") or "auto"
        self._call("GetSession", [own], self._listen_for_lock)
        self._hold_sleep()

    @Slot(bool)
    def on_screen(self, is_on: bool) -> None:
        """The screen saver begins or ends."""
        if is_on:
            self._left()

    @Slot()
    def on_lock(self) -> None:
        """logind locks this session."""
        self._left()

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:
        """The computer is about to sleep, or has woken."""
        if begins:
            self._left()
        else:
            self._hold_sleep()

    def let_sleep(self) -> None:
        """Give the delay back."""
        self._delay = None

    def stop(self) -> None:
        """Listen no more."""
        self.let_sleep()
        self.deleteLater()

    def _hear_logind(self, path: str, interface: str, signal: str, slot: str) -> None:
        # Named, since anybody may send a signal of that name on the system bus.
        self._system.connect(_LOGIND, path, interface, signal, self, _slot(slot))

    def _listen_for_lock(self, path: object) -> None:
        if isinstance(path, QDBusObjectPath):
            self._hear_logind(path.path(), _SESSION, "Lock", "on_lock()")

    def _hold_sleep(self) -> None:
        why = ["sleep", "Kotter Journal", "Locking the journal first", "delay"]
        self._call("Inhibit", why, self._keep_delay)

    def _keep_delay(self, delay: object) -> None:
        if isinstance(delay, QDBusUnixFileDescriptor):
            # Given back with the object; the kernel does it where this process is replaced.
            self._delay = delay

    def _call(self, method: str, arguments: list[str], answered: Callable[[object], None]) -> None:
        """Ask logind without waiting; where it does not answer, nothing follows."""
        message = QDBusMessage.createMethodCall(_LOGIND, _LOGIND_PATH, _MANAGER, method)
        message.setArguments(arguments)
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(message, _WAIT_MS), self)

        def on_finished() -> None:
            reply = watcher.reply()
            if reply.type() is QDBusMessage.MessageType.ReplyMessage and reply.arguments():
                answered(reply.arguments()[0])
            watcher.deleteLater()

        watcher.finished.connect(on_finished)


def _slot(signature: str) -> Any:
    """A slot by its name; the binding takes it as text, though its types ask for bytes."""
    return SLOT(signature)


def watch(left: Callable[[], None]) -> LinuxWatch | None:
    """Listen on both buses; None where there is neither."""
    system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
    if not system.isConnected() and not session.isConnected():
        return None
    return LinuxWatch(left, system, session)
