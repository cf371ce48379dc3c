"""Keys that are changed, refused where they are taken, and given back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.config.settings import read_settings
from kotter_journal.gui.actions import KEYS_OF_AN_ENTRY, make_actions, set_shortcuts
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.settings.shortcuts import ShortcutsSection, spelled_out
from kotter_journal.gui.theme import Theme

_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> Iterator[QWidget]:
    """A window that has the actions."""
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def actions(window: QWidget) -> dict[str, QAction]:
    """Every action, with its usual keys."""
    return make_actions(window)


@pytest.fixture
def preferences(window: QWidget, actions: dict[str, QAction], tmp_path: Path) -> Preferences:
    """The settings, followed by the actions."""
    made = Preferences(tmp_path / "settings.toml", window)
    made.changed.connect(lambda: set_shortcuts(actions, made.settings.shortcuts))
    return made


@pytest.fixture
def section(
    window: QWidget, actions: dict[str, QAction], preferences: Preferences
) -> ShortcutsSection:
    """The section in the window."""
    made = ShortcutsSection(preferences, actions, window)
    window.show()
    return made


def press(qtbot: QtBot, section: ShortcutsSection, name: str, key: Qt.Key) -> None:
    """Press Ctrl and a key in the field of an action; one press ends it."""
    qtbot.keyClick(section.fields[name], key, _CTRL)


def test_keys_that_were_pressed_take_effect_and_are_kept(
    qtbot: QtBot, section: ShortcutsSection, actions: dict[str, QAction], tmp_path: Path
) -> None:
    press(qtbot, section, "search", Qt.Key.Key_J)
    assert actions["search"].shortcut() == QKeySequence("Ctrl+J")
    assert read_settings(tmp_path / "settings.toml").shortcuts == {"search": "Ctrl+J"}


def test_keys_that_are_taken_are_refused_with_the_name_of_what_has_them(
    qtbot: QtBot, section: ShortcutsSection, actions: dict[str, QAction]
) -> None:
    press(qtbot, section, "search", Qt.Key.Key_N)
    assert "Quick line" in section.words.text()
    assert actions["search"].shortcut() == QKeySequence("Ctrl+F")
    assert section.fields["search"].keySequence() == QKeySequence("Ctrl+F")


def test_keys_of_an_entry_are_taken_as_well(qtbot: QtBot, section: ShortcutsSection) -> None:
    press(qtbot, section, "search", Qt.Key.Key_4)
    assert section.words.isVisible()


def test_backspace_takes_the_keys_away_and_reset_gives_all_back(
    qtbot: QtBot, section: ShortcutsSection, actions: dict[str, QAction]
) -> None:
    qtbot.keyClick(section.fields["redo"], Qt.Key.Key_Backspace)
    assert actions["redo"].shortcuts() == []
    section.reset_button.click()
    assert actions["redo"].shortcut() == QKeySequence("Ctrl+Shift+Z")
    assert not section.reset_button.isEnabled()


def test_a_letter_alone_is_no_shortcut(
    qtbot: QtBot, section: ShortcutsSection, actions: dict[str, QAction]
) -> None:
    qtbot.keyClick(section.fields["search"], Qt.Key.Key_J)
    assert actions["search"].shortcut() == QKeySequence("Ctrl+F")


def test_no_two_actions_share_their_usual_keys(actions: dict[str, QAction]) -> None:
    given = [keys.toString() for action in actions.values() for keys in action.shortcuts()]
    inside = [one for keys, _ in KEYS_OF_AN_ENTRY for one in spelled_out(keys) if "+" in one]
    assert len(given) == len(set(given))
    assert not set(given) & set(inside)
