"""Wrapping: where the lines of a text break."""

import re

from PySide6.QtGui import QTextOption

LONG_LINE = re.compile(r"[^\n]{20001}|\S{2001}")
"""Lines and words so long that looking for places to break would hold up the window."""


def wrap_mode(text: str) -> QTextOption.WrapMode:
    """Between words; anywhere where ``text`` has very long lines or words."""
    modes = QTextOption.WrapMode
    return modes.WrapAnywhere if LONG_LINE.search(text) else modes.WrapAtWordBoundaryOrAnywhere
