"""Wrapping: where the lines of a text break."""

from PySide6.QtGui import QTextOption

LONGEST_LINE, _LONGEST_WORD = 20_000, 2_000
"""Characters; looking for places to break in anything longer would hold up the window."""


def is_unbroken(text: str) -> bool:
    """Whether ``text`` has a line or a word as long as that."""
    # By splitting, since a pattern would begin anew at each character.
    long_line = any(len(line) > LONGEST_LINE for line in text.split("\n"))
    return long_line or any(len(word) > _LONGEST_WORD for word in text.split())


def wrap_mode(text: str) -> QTextOption.WrapMode:
    """Between words; anywhere where ``text`` has very long lines or words."""
    modes = QTextOption.WrapMode
    return modes.WrapAnywhere if is_unbroken(text) else modes.WrapAtWordBoundaryOrAnywhere
