"""Successor: the program that takes the place of this one, with nothing of it left in memory."""

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

LOCKED = "--locked"


class Place(StrEnum):
    """Where the window of a program that was started locked goes."""

    FRONT = LOCKED
    BEHIND = f"{LOCKED}=behind"  # nobody was looking at it: it must not come up or take keys
    MINIMIZED = f"{LOCKED}=minimized"


def place_among(arguments: Sequence[str]) -> Place | None:
    """The place that stands among the arguments of a program; None where it starts open."""
    return next((place for place in Place if place in arguments), None)


def command(arguments: Sequence[str]) -> list[str]:
    """What starts this program with ``arguments``, from a checkout, a wheel or a frozen build."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "kotter_journal", *arguments]


def arguments_for(folder: Path, place: Place | None) -> list[str]:
    """The arguments that open the journal in ``folder``, locked where a place is given."""
    named = [f"--journal={folder}"]
    return named if place is None else [*named, place.value]


def take_place(arguments: Sequence[str]) -> None:
    """Start the program anew in this very process; there is no way back. Raises OSError.

    A process cannot empty its own memory: Python keeps copies of every string. The kernel can, by
    putting another program into it. Windows has no such call; there a new process is started and
    this one must end.
    """
    line = command(arguments)
    if os.name == "nt":
        # Imported here: the first frame waits for every import, and only Windows needs this one.
        import subprocess  # noqa: PLC0415

        subprocess.Popen(line, close_fds=True)  # noqa: S603  (our own program)
        return
    os.execv(line[0], line)  # noqa: S606
