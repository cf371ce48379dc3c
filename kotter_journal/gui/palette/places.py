"""Places: where the palette can go, and what it can do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QAction, QKeySequence

from kotter_journal.gui.palette.choice import Choice, Group

_ICONS = {
    "show_today": "sun",
    "show_journal": "book-open",
    "show_balance": "table",
    "show_direction": "flag",
    "show_settings": "settings",
    "show_names": "hash",
    "show_year": "calendar",
    "read": "book-open",
    "search": "search",
    "quick_line": "pencil",
    "new_entry": "plus",
    "undo": "undo-2",
    "redo": "redo-2",
    "lock": "lock",
    "show_keys": "keyboard",
}
_LEFT_OUT = frozenset({"show_palette", "go_to_date"})


@dataclass(frozen=True, slots=True)
class Places:
    """The window's own ways to get somewhere."""

    window_actions: Iterable[QAction]
    show_entry: Callable[[str], None]
    show_day: Callable[[date], None]
    search: Callable[[str], None]

    def actions(self) -> list[Choice]:
        """Every action that can be done now, with its key."""
        return [
            Choice(
                Group.ACTIONS,
                action.text(),
                _ICONS.get(action.objectName(), "chevron-right"),
                action.trigger,
                note=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            )
            for action in self.window_actions
            if action.isEnabled() and action.objectName() not in _LEFT_OUT
        ]
