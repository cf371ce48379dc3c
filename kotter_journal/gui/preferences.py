"""Preferences: the settings of this device while the program runs, kept as soon as they change."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from kotter_journal.config.settings import Settings, read_settings, write_settings

log = logging.getLogger(__name__)


class Preferences(QObject):
    """Holds the one Settings value; ``changed`` says that another has taken its place."""

    changed = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.settings: Settings = read_settings(path)

    def change(self, **fields: Any) -> None:
        """Take other values for some fields, and keep them; a full disk only keeps the old file."""
        settings = replace(self.settings, **fields)
        if settings == self.settings:
            return
        self.settings = settings
        try:
            write_settings(self._path, settings)
        except OSError as error:
            log.info("settings not kept: %s", type(error).__name__)
        self.changed.emit()
