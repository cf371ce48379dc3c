"""The log file: ids, counts and durations, never a word of the journal."""

import logging
from pathlib import Path

from kotter_journal.config.files import private_folder

_MAX_BYTES = 500_000


def start_logging(path: Path) -> None:
    """Write INFO and above to ``path``; without a place to write the program runs all the same.

    A file that has grown beyond half a megabyte becomes ``<name>.1`` at the next start.
    """
    try:
        private_folder(path.parent)
        if path.is_file() and path.stat().st_size > _MAX_BYTES:
            path.replace(path.with_name(f"{path.name}.1"))
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
