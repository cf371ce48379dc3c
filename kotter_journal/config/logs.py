"""The log file: ids, counts and durations, never a word of the journal."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from kotter_journal.config.files import private_folder

_MAX_BYTES, _KEPT = 500_000, 2


def start_logging(path: Path) -> None:
    """Write INFO and above to ``path``; without a place to write the program runs all the same."""
    try:
        handler = RotatingFileHandler(
            private_folder(path.parent) / path.name,
            maxBytes=_MAX_BYTES,
            backupCount=_KEPT,
            encoding="utf-8",
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
