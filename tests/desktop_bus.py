"""A bus of the test's own, and on it as much of the desktop as a program sees."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path={path}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow own="*"/><allow eavesdrop="true"/>
  </policy>
</busconfig>
"""
LOGIND, LOGIND_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
OWN_SESSION = "/org/freedesktop/login1/session/_37"


class Bus:
    """Connections to a bus that nobody else is on; ``address`` is for other processes."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._names: list[str] = []

    def connect(self, name: str) -> QDBusConnection:
        self._names.append(f"{name} on {self.address}")
        made = QDBusConnection.connectToBus(self.address, self._names[-1])
        assert made.isConnected(), made.lastError().message()
        return made

    def close(self) -> None:
        for name in self._names:
            QDBusConnection.disconnectFromBus(name)


@contextmanager
def private_bus(folder: Path) -> Iterator[Bus]:
    """A dbus-daemon for the length of the block."""
    config = folder / "bus.conf"
    config.write_text(CONFIG.format(path=folder / "bus"))
    with subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],  # noqa: S607
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as daemon:
        assert daemon.stdout is not None
        bus = Bus(daemon.stdout.readline().strip())
        yield bus
        bus.close()
        daemon.kill()


class Logind(QDBusVirtualObject):
    """As much of systemd-logind as a program sees: it lends delays and names sessions."""

    def __init__(self, connection: QDBusConnection) -> None:
        super().__init__()
        self._connection = connection
        self.asked: list[list[str]] = []
        self._ends: list[int] = []
        connection.registerVirtualObject(LOGIND_PATH, self)
        assert connection.registerService(LOGIND)

    def holds_sleep(self) -> bool:
        """Whether somebody still has the other end of a delay."""
        return any(not self._is_given_back(end) for end in self._ends)

    def says(self, path: str, interface: str, name: str, *arguments: object) -> None:
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(list(arguments))
        self._connection.send(signal)

    def sleeps(self, begins: bool) -> None:
        self.says(LOGIND_PATH, f"{LOGIND}.Manager", "PrepareForSleep", begins)

    def close(self) -> None:
        for end in self._ends:
            os.close(end)

    @staticmethod
    def _is_given_back(end: int) -> bool:
        try:
            return os.read(end, 1) == b""
        except BlockingIOError:
            return False

    # Qt overrides

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802
        if message.member() == "Inhibit":
            self.asked.append(list(message.arguments()))
            ours, theirs = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
            self._ends.append(ours)
            answer: object = QDBusUnixFileDescriptor(theirs)
            os.close(theirs)
        elif message.member() == "GetSession":
            self.asked.append(list(message.arguments()))
            answer = QDBusObjectPath(OWN_SESSION)
        else:
            return False
        reply = message.createReply()
        reply.setArguments([answer])
        connection.send(reply)
        return True

    def introspect(self, path: str) -> str:
        return ""
