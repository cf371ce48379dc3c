"""Work folder: where files grow until they are whole, beside the place they will take."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TEMPORARY, _LEFT_AFTER_SECONDS = ".kotter-journal-work-", 24 * 3600


@contextmanager
def work_folder(beside: Path) -> Iterator[Path]:
    """A folder for files on the way; it goes with all that is in it. Raises OSError."""
    for leftover in beside.glob(f"{TEMPORARY}*"):
        _remove_if_left(leftover)
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_if_left(folder: Path) -> None:
    """What a killed process left; another one may be at work in its own folder."""
    with suppress(OSError):
        if time.time() - folder.stat().st_mtime > _LEFT_AFTER_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
