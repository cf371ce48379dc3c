"""Successor: the program that takes the place of this one, with nothing of it left in memory."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

LOCKED = "--locked"


def command(arguments: Sequence[str]) -> list[str]:
    """What starts this program with ``arguments``, from a checkout, a wheel or a frozen build."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "kotter_journal", *arguments]


def arguments_for(folder: Path | None, *, locked: bool) -> list[str]:
    """The arguments that open the journal in ``folder``, or the one in use."""
    named = [] if folder is None else [f"--journal={folder}"]
    return [*named, LOCKED] if locked else named


def take_place(arguments: Sequence[str]) -> None:
    """Start the program anew in this very process; there is no way back.

    A process cannot empty its own memory: Python keeps copies of every string. The kernel can, by
    putting another program into it. Windows has no such call; there a new process is started and
    this one must end.
    """
    line = command(arguments)
    if os.name == "nt":
        subprocess.Popen(line, close_fds=True)  # noqa: S603  (our own program)
        return
    os.execv(line[0], line)  # noqa: S606
