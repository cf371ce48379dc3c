"""Run as a program: tells as JSON what another program of the same person can do with a process.

For an ordinary process and for one that protected its memory: whether its memory can be read,
whether a debugger can be attached, and whether it leaves a core dump. Begun by the administrator,
who may read everything, it goes on as an ordinary user.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path

from kotter_journal.app.protection import protect_memory

_NOBODY = 65534
_PR_SET_DUMPABLE, _PTRACE_ATTACH, _PTRACE_DETACH = 4, 16, 17
_LIBC = ctypes.CDLL(None, use_errno=True)
_SECRET = bytearray(b"a secret")


def be_ordinary() -> None:
    os.chdir(tempfile.mkdtemp())
    if os.geteuid() == 0:
        os.chmod(".", 0o777)  # noqa: S103
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
        # Changing the user protects by itself.
        _LIBC.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)


def child(*, protected: bool) -> int:
    """A process that has the secret and waits."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        soft = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (soft, soft))
        if protected:
            protect_memory()
        os.write(theirs, b".")
        signal.pause()
        os._exit(0)
    os.read(ours, 1)
    os.close(ours)
    os.close(theirs)
    return pid


def can_read(pid: int) -> bool:
    address = ctypes.addressof((ctypes.c_char * len(_SECRET)).from_buffer(_SECRET))
    try:
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            memory.seek(address)
            return memory.read(len(_SECRET)) == bytes(_SECRET)
    except PermissionError:
        return False


def can_attach(pid: int) -> bool:
    if _LIBC.ptrace(_PTRACE_ATTACH, pid, None, None) != 0:
        return False
    os.waitpid(pid, 0)
    _LIBC.ptrace(_PTRACE_DETACH, pid, None, None)
    return True


def dumps_core(pid: int) -> bool:
    os.kill(pid, signal.SIGABRT)
    return os.WCOREDUMP(os.waitpid(pid, 0)[1])


def main() -> None:
    be_ordinary()
    told = {}
    for name in ("ordinary", "protected"):
        pid = child(protected=name == "protected")
        told[name] = [can_read(pid), can_attach(pid), dumps_core(pid)]
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
