"""Windows: messages that a window gets when the session is locked or the computer goes to sleep.

WM_WTSSESSION_CHANGE and WM_POWERBROADCAST:
https://learn.microsoft.com/windows/win32/termserv/wm-wtssession-change
https://learn.microsoft.com/windows/win32/power/wm-powerbroadcast
"""

import ctypes
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtGui import QGuiApplication

_WM_POWERBROADCAST, _PBT_APMSUSPEND = 0x0218, 0x0004
_WM_WTSSESSION_CHANGE, _WTS_SESSION_LOCK = 0x02B1, 0x0007
_THIS_SESSION = 0


class WindowsWatch(QAbstractNativeEventFilter):
    """Suspending leaves about two seconds; saving takes some milliseconds of them."""

    def __init__(self, left: Callable[[], None]) -> None:
        super().__init__()
        self._left = left
        self._windows = [int(window.winId()) for window in QGuiApplication.topLevelWindows()]
        for window in self._windows:
            _session_messages("WTSRegisterSessionNotification", window, _THIS_SESSION)
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)

    def let_sleep(self) -> None:
        """Nothing is held up."""

    def stop(self) -> None:
        """Listen no more."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)
        for window in self._windows:
            _session_messages("WTSUnRegisterSessionNotification", window)

    # Qt overrides

    def nativeEventFilter(  # noqa: N802
        self,
        eventType: QByteArray | bytes | bytearray | memoryview,  # noqa: N803
        message: int,
    ) -> object:
        """Look at the two messages; everything goes on to the window."""
        told = wintypes.MSG.from_address(int(message))
        what = (told.message, told.wParam)
        if what in (
            (_WM_POWERBROADCAST, _PBT_APMSUSPEND),
            (_WM_WTSSESSION_CHANGE, _WTS_SESSION_LOCK),
        ):
            self._left()
        return False, 0


def _session_messages(function: str, *arguments: int) -> None:
    library = ctypes.WinDLL("wtsapi32")  # type: ignore[attr-defined,unused-ignore]
    getattr(library, function)(*arguments)


def watch(left: Callable[[], None]) -> WindowsWatch:
    """Listen to the messages of the windows there are."""
    return WindowsWatch(left)
