"""Journals to measure on: made once, kept outside the checkout, and copied before use."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import platformdirs

from kotter_journal.services.demo import ZONE
from kotter_journal.storage.journal import Journal, open_journal
from kotter_journal.storage.tables import REVISION, SEARCH_INDEX, TRIGGERS, metadata

SIZES = SMALL, MIDDLE, LARGE = (3_650, 36_500, 100_000)
LAST_DAY = date(2026, 5, 14)
NOW = datetime.combine(LAST_DAY, time(18), ZoneInfo(ZONE))
"""The evening of the last day in the journals; every clock stands there."""

_SEED = "1"
_USERS_CACHE = platformdirs.user_cache_dir("kotter-journal", appauthor=False)
_CACHE = Path(os.environ.get("KOTTER_BENCH_DIR") or Path(_USERS_CACHE) / "benchmarks")


class Journals:
    """The cached journals that have today's schema.

    ``environment`` makes a program look for the keys, and keep its own files, beside them.
    """

    def __init__(self) -> None:
        self.root = _CACHE / _schema()
        self.keys = self.root / "config" / "kotter-journal" / "keys"
        self.environment = os.environ | {
            "XDG_CONFIG_HOME": str(self.root / "config"),
            "XDG_STATE_HOME": str(self.root / "state"),
            # Installed programs have compiled modules; a first start makes these.
            "PYTHONPYCACHEPREFIX": str(self.root / "compiled"),
        }
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self._work = self.root / f"work-{os.getpid()}"

    def copy(self, entries: int) -> Path:
        """A folder with a journal of so many entries, which may be written to."""
        copied = self._work / str(entries)
        if not copied.exists():
            shutil.copytree(self._original(entries), copied)
        return copied

    def opened(self, entries: int) -> Journal:
        """The same, opened."""
        return open_journal(self.copy(entries), self.keys)

    def scratch(self, name: str) -> Path:
        """A fresh folder on the disk on which the journals lie: syncing costs the same there."""
        folder = self._work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def clear(self) -> None:
        """Take the copies away."""
        shutil.rmtree(self._work, ignore_errors=True)

    def _original(self, entries: int) -> Path:
        folder = self.root / f"{entries}-entries"
        if not folder.exists():
            print(f"\nMaking a journal of {entries:,} entries in {folder}, once", end=" ")
            print("(about a minute for 100,000).", flush=True)
            self.root.mkdir(parents=True, exist_ok=True)
            unfinished = folder.with_name(f"{folder.name}.unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            options = ["--entries", str(entries), "--seed", _SEED, "--until", str(LAST_DAY)]
            subprocess.run(
                [sys.executable, "-m", "kotter_journal", "demo", str(unfinished), *options],
                env=self.environment, check=True, capture_output=True,
            )  # fmt: skip
            unfinished.rename(folder)
        return folder


def _schema() -> str:
    """A short name that changes with the schema, so that no older journal is measured."""
    columns = [f"{t.name}.{c.name} {c.type}" for t in metadata.sorted_tables for c in t.columns]
    statements = [REVISION, *SEARCH_INDEX, *map(str, sorted(TRIGGERS.items())), *columns]
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()[:12]
