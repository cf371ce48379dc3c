"""Rule: a thin line between two parts of a panel."""

from PySide6.QtWidgets import QFrame

from kotter_journal.gui import theme


def rule() -> QFrame:
    """A level line."""
    made = QFrame()
    theme.mark(made, "rule")
    return made
