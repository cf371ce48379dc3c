"""Protection: what the system may do with the memory of this process."""

import ctypes
import sys

_PR_SET_DUMPABLE = 4
"""prctl(2): 0 forbids core dumps, and lets no other process of the same user read the memory."""


def protect_memory() -> None:
    """No core dump, and on Linux no reading by other programs of the same person.

    Both hold for this process until it ends. A system that knows neither is left as it is.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  (it does not exist on Windows)

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
