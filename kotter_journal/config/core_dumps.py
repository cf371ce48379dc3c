"""Core dumps: whether the system may write the memory of this program to the disk."""

import sys


def core_dumps_are_off() -> bool | None:
    """Whether a crash leaves no memory behind; None where the system does not say."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415  (it does not exist on Windows)

    return resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
