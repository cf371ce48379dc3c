"""Actions: every command of the window, with its words and its key, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """A command's name in code, its group and words for people, and its keys."""

    name: str
    group: str
    text: str
    keys: tuple[str, ...]


GO, WRITE, ENTRY, WINDOW = "Go to", "Write", "In an entry", "Window"
SPECS = (
    ActionSpec("show_today", GO, "Today", ("Alt+1",)),
    ActionSpec("show_journal", GO, "Journal", ("Alt+2",)),
    ActionSpec("show_balance", GO, "Balance", ("Alt+3",)),
    ActionSpec("show_direction", GO, "Direction", ("Alt+4",)),
    ActionSpec("show_review", GO, "Review", ("Alt+5",)),
    ActionSpec("show_palette", GO, "Search or jump to", ("Ctrl+K",)),
    ActionSpec("search", GO, "Search", ("Ctrl+F",)),
    ActionSpec("go_to_today", GO, "Back to today", ("Ctrl+D",)),
    ActionSpec("go_to_date", GO, "Go to a date", ("Ctrl+G",)),
    ActionSpec("day_before", GO, "The day before", ("Alt+Left",)),
    ActionSpec("day_after", GO, "The day after", ("Alt+Right",)),
    ActionSpec("show_year", GO, "The whole year", ("Alt+Y",)),
    ActionSpec("show_names", GO, "Tags and people", ("Alt+T",)),
    ActionSpec("read", GO, "Read", ("Ctrl+R",)),
    ActionSpec("print", GO, "Print", ("Ctrl+P",)),
    ActionSpec("quick_line", WRITE, "Quick line", ("Ctrl+N",)),
    ActionSpec("new_entry", WRITE, "New full entry", ("Ctrl+Shift+N",)),
    ActionSpec("delegate", WRITE, "Note a task to hand over", ("Ctrl+Shift+D",)),
    ActionSpec("commit", WRITE, "Make a commitment", ("Ctrl+Shift+M",)),
    ActionSpec("undo", WRITE, "Undo", ("Ctrl+Z",)),
    ActionSpec("redo", WRITE, "Redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec("lock", WINDOW, "Lock", ("Ctrl+L",)),
    ActionSpec("show_settings", WINDOW, "Settings", ("Ctrl+,",)),
    ActionSpec("show_keys", WINDOW, "Keys", ("F1",)),
    ActionSpec("larger_text", WINDOW, "Larger text", ("Ctrl++", "Ctrl+=")),
    ActionSpec("smaller_text", WINDOW, "Smaller text", ("Ctrl+-",)),
    ActionSpec("quit", WINDOW, "Quit", ("Ctrl+Q",)),
)
"""What works anywhere in the window."""

KEYS_OF_AN_ENTRY = (
    ("Ctrl+1 … Ctrl+6", "Add 15 minutes: odd keys lead, even keys manage"),
    ("Ctrl+Shift+1 … 6", "Take 15 minutes away"),
    ("digits, + −, Space, Del", "In an activity row: minutes, step 15, tag, clear"),
    ("Ctrl+B, Ctrl+I", "Bold, italic"),
    ("Ctrl+Shift+L, C, P", "List, checklist, preview"),
    ("Ctrl+Shift+H", "Earlier texts"),
    ("Ctrl+Enter, Esc", "Save and back to the list"),
)
"""What works inside an entry; the editor and the activity panel own these."""


def make_actions(parent: QWidget) -> dict[str, QAction]:
    """One QAction a row, reachable by its keys anywhere in the window of ``parent``."""
    actions = {}
    for spec in SPECS:
        action = QAction(QCoreApplication.translate("actions", spec.text), parent)
        action.setObjectName(spec.name)
        parent.addAction(action)
        actions[spec.name] = action
    set_shortcuts(actions, {})
    return actions


def set_shortcuts(actions: Mapping[str, QAction], chosen: Mapping[str, str]) -> None:
    """Give each action its usual keys, or those that were chosen for it."""
    for spec in SPECS:
        keys = [chosen[spec.name]] if spec.name in chosen else spec.keys
        actions[spec.name].setShortcuts([QKeySequence(one) for one in keys if one])


def key_text(keys: str) -> str:
    """A key sequence in the words of this system."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
