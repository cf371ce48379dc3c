"""macOS: notifications of the screen being locked and of the computer going to sleep.

They are read by ``NSDistributedNotificationCenter`` (com.apple.screenIsLocked) and by
``NSWorkspace`` (NSWorkspaceWillSleepNotification), through the Objective-C runtime.
"""

import ctypes
import ctypes.util
import itertools
from collections.abc import Callable
from typing import Any

_NOTICES = (
    ("NSDistributedNotificationCenter", "defaultCenter", "com.apple.screenIsLocked"),
    ("NSWorkspace", "sharedWorkspace", "NSWorkspaceWillSleepNotification"),
)
_NUMBERS = itertools.count(1)
"""A class that was registered once stays, so that each watch needs another name for its own."""
_METHOD = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class MacWatch:
    """An observer object of a class that is made for it at run time."""

    def __init__(self, left: Callable[[], None]) -> None:
        self._runtime = ctypes.CDLL(ctypes.util.find_library("objc"))
        # Kept, since the runtime holds only its address.
        self._method = _METHOD(lambda *_: left())
        self._observer = self._made_observer()
        self._centres = [self._centre(owner, get) for owner, get, _ in _NOTICES]
        for centre, (_, _, name) in zip(self._centres, _NOTICES, strict=True):
            self._send(
                centre,
                "addObserver:selector:name:object:",
                self._observer,
                self._selector("sessionLeft:"),
                self._text(name),
                None,
            )

    def let_sleep(self) -> None:
        """Nothing is held up: the system waits for its observers."""

    def stop(self) -> None:
        """Listen no more."""
        for centre in self._centres:
            self._send(centre, "removeObserver:", self._observer)

    def _made_observer(self) -> int:
        make = self._runtime.objc_allocateClassPair
        make.restype, make.argtypes = (
            ctypes.c_void_p,
            [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t],
        )
        name = f"KotterJournalSessionObserver{next(_NUMBERS)}"
        made = make(self._class("NSObject"), name.encode(), 0)
        add = self._runtime.class_addMethod
        add.argtypes = [ctypes.c_void_p, ctypes.c_void_p, _METHOD, ctypes.c_char_p]
        add(made, self._selector("sessionLeft:"), self._method, b"v@:@")
        self._runtime.objc_registerClassPair(ctypes.c_void_p(made))
        return self._send(self._send(made, "alloc"), "init")

    def _centre(self, owner: str, get: str) -> int:
        found = self._send(self._class(owner), get)
        is_workspace = owner == "NSWorkspace"
        return self._send(found, "notificationCenter") if is_workspace else found

    def _text(self, words: str) -> int:
        send = self._runtime.objc_msgSend
        send.restype = ctypes.c_void_p
        send.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p]
        selector = self._selector("stringWithUTF8String:")
        return int(send(self._class("NSString"), selector, words.encode()))

    def _class(self, name: str) -> int:
        get = self._runtime.objc_getClass
        get.restype, get.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
        return int(get(name.encode()))

    def _selector(self, name: str) -> int:
        register = self._runtime.sel_registerName
        register.restype, register.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
        return int(register(name.encode()))

    def _send(self, receiver: int, name: str, *arguments: Any) -> int:
        send = self._runtime.objc_msgSend
        send.restype = ctypes.c_void_p
        send.argtypes = [ctypes.c_void_p] * (2 + len(arguments))
        return send(receiver, self._selector(name), *arguments) or 0


def watch(left: Callable[[], None]) -> MacWatch:
    """Observe both notifications."""
    return MacWatch(left)
