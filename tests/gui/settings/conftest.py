"""What tests of the settings share: preferences in a file of their own, and a window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.theme import Theme


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> Iterator[QWidget]:
    """A window in which sections and dialogs live."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1024, 640)
    made.show()
    yield made
    made.close()


@pytest.fixture
def preferences(window: QWidget, tmp_path: Path) -> Preferences:
    """The settings of this device."""
    return Preferences(tmp_path / "settings.toml", window)
