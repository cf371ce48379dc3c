"""Asking: passphrases and recovery keys, typed on a terminal or read from a file.

Never from an argument or an environment variable, which other processes can see.
"""

import argparse
import getpass
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from kotter_journal.domain.errors import Cancelled, UnreadableInput

_LONGEST_LINE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Given:
    """What the files that were named say; None where none was named."""

    passphrase: str | None = field(default=None, repr=False)
    recovery_key: str | None = field(default=None, repr=False)
    new_passphrase: str | None = field(default=None, repr=False)


def given_by(arguments: argparse.Namespace) -> Given:
    """Read the files in this order, one line each, so that all may be standard input.

    Raises UnreadableInput.
    """
    names = ("passphrase_file", "recovery_key_file", "new_passphrase_file")
    sources = (getattr(arguments, name, None) for name in names)
    return Given(*(None if source is None else _first_line(source) for source in sources))


def is_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(prompt: str) -> str:
    """What somebody types unseen. Raises Cancelled."""
    try:
        return getpass.getpass(f"{prompt}: ")
    except EOFError:
        raise Cancelled from None


def ask_twice(prompt: str) -> str:
    """The same, typed twice; not a second time where it is empty. Raises UnreadableInput."""
    typed = ask(prompt)
    if typed and ask("The same again") != typed:
        raise UnreadableInput("The passphrase", "it was typed differently the second time")
    return typed


def ask_openly(prompt: str) -> str:
    """What somebody types, seen."""
    print(prompt, end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _first_line(source: str) -> str:
    name = "standard input" if source == "-" else source
    try:
        if source == "-":
            line = _line_of(sys.stdin.buffer, name)
        else:
            with Path(source).open("rb") as file:
                line = _line_of(file, name)
    except OSError as error:
        raise UnreadableInput(name, f"it cannot be read ({error.strerror})") from None
    if not line:
        raise UnreadableInput(name, "its first line is empty")
    return line


def _line_of(file: BinaryIO, name: str) -> str:
    raw = file.readline(_LONGEST_LINE + 1)
    if len(raw) > _LONGEST_LINE:
        raise UnreadableInput(name, "its first line is too long")
    try:
        return raw.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        # Without the error itself, which would quote the passphrase.
        raise UnreadableInput(name, "its first line is not UTF-8 text") from None
