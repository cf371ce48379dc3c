"""SessionWatch: what the system tells of the screen being locked and the computer going to sleep.

One module for each system; where a system tells nothing, locking by hand and by time remain.
"""

import importlib
import sys
from collections.abc import Callable
from typing import Protocol

_MODULES = {"linux": "linux", "win32": "windows", "darwin": "macos"}


class SessionWatch(Protocol):
    """Calls what it was given each time the session is left; ``stop`` ends that."""

    def let_sleep(self) -> None:
        """The journal is locked: the computer may go to sleep now."""

    def stop(self) -> None:
        """Listen no more."""


def watch_session(left: Callable[[], None]) -> SessionWatch | None:
    """Call ``left`` when the screen is locked or the computer is about to sleep.

    None where this system tells nothing of either.
    """
    name = _MODULES.get(sys.platform)
    if name is None:
        return None
    module = importlib.import_module(f"{__name__}.{name}")
    watch: SessionWatch | None = module.watch(left)
    return watch
