#!/usr/bin/env python3
"""Take the README's pictures: the real window on a made-up journal, light and dark.

``shot.py [FOLDER]`` writes <page>_<theme>.png into FOLDER (default docs/pictures); ``--all`` adds
what nobody ships but everybody should look at: narrow and wide windows, empty, a week of entries.
The same entries and the same moment each time. QT_SCALE_FACTOR=2 doubles the pixels.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from kotter_journal.app.program import Program
from kotter_journal.domain.positions import span_of
from kotter_journal.gui.main_window import (
    BALANCE,
    DIRECTION,
    JOURNAL,
    NAMES,
    REVIEW,
    SETTINGS,
    TODAY,
)
from kotter_journal.gui.review.page import LEARN
from kotter_journal.gui.theme import Scheme
from kotter_journal.services.demo import ZONE, demo_entries
from kotter_journal.services.demo_practice import DemoPractice
from kotter_journal.services.entries import write_entries
from kotter_journal.storage.entries import entries_between
from kotter_journal.storage.journal import create, open_journal

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 5, 14, 17, 42, tzinfo=timezone(timedelta(hours=2)))
SEED, _SLICE = 12, 500
PAGES = {
    TODAY: "today",
    JOURNAL: "journal",
    BALANCE: "balance",
    DIRECTION: "direction",
    REVIEW: "review",
}
MORE_PAGES = {SETTINGS: "settings", NAMES: "names"}


def positions_since(day: date) -> tuple[int, int]:
    """From the first position of a day to the last of the present one."""
    first, end = span_of(day, NOW.date() + timedelta(days=1))
    return first, end - 1


class Photographer:
    """One window on one journal."""

    def __init__(self, folder: Path, out: Path, entries: int) -> None:
        self._out = out
        create(folder / "journal", folder / "keys", NOW, zone=ZONE)
        if entries:
            journal = open_journal(folder / "journal", folder / "keys")
            door = journal.writing()
            # A made-up journal ends with a day just begun; the pictures show the one before.
            last_day = NOW.date() + timedelta(days=1)
            practice = DemoPractice(SEED, NOW.date())
            made = [practice.seen(e) for e in demo_entries(entries, SEED, last_day)]
            made = [e for e in made if e.on < last_day]
            for start in range(0, len(made), _SLICE):
                with door.transaction() as tx:
                    write_entries(tx, made[start : start + _SLICE])
            with door.transaction() as tx:
                practice.keep(tx)
            door.close()
            journal.close()
        self.program = Program(
            folder / "journal",
            keys=folder / "keys",
            settings=folder / "settings.toml",
            now=lambda: NOW,
        )
        self.window = self.program.window
        self._until(self.program.completed, self.window.show)

    def take(self, name: str, page: int, scheme: Scheme, width: int, height: int) -> None:
        """One picture, of the window as it stands when nothing is under way any more."""
        self.program.look.scheme = scheme
        self.window.resize(width, height)
        self.window.show_page(page)
        if page == JOURNAL and (found := self._rich_entry()):
            self.program.workspace.pages.show_entry(found)
        if page == TODAY:
            line = self.window.today_page.quick_line.field
            line.setText("45m aligning: talked with ops about the new direction")
        if page == REVIEW:
            self.window.show_page(REVIEW)
            self._settle()
            self.program.workspace.pages.review.show_step(LEARN)
        self._settle()
        path = self._out / f"{name}.png"
        self.window.grab().save(str(path))
        print(path)

    def _rich_entry(self) -> str | None:
        """The latest long entry with a list in it and minutes for two activities."""
        since = positions_since(NOW.date() - timedelta(days=60))
        recent = self.program.workspace.session.read(lambda tx: entries_between(tx, *since))
        rich = [e for e in recent if "- [" in e.body and len(e.allocations) > 1]
        some = rich or recent
        return max(some[-12:], key=lambda e: len(e.body)).id if some else None

    def close(self) -> None:
        """End the program, as its owner would."""
        self.window.today_page.quick_line.field.clear()
        self.window.close()
        self._settle()
        self.program.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _until(self, signal: object, begin: Callable[[], None]) -> None:
        loop = QEventLoop()
        signal.connect(loop.quit)  # type: ignore[attr-defined]
        begin()
        loop.exec()

    def _settle(self) -> None:
        """Let every answer arrive and every widget paint."""
        loop = QEventLoop()
        watch = QTimer(interval=20)
        quiet = [0]

        def look() -> None:
            quiet[0] = quiet[0] + 1 if self.program.tasks.idle else 0
            if quiet[0] == 5:
                loop.quit()

        watch.timeout.connect(look)
        watch.start()
        loop.exec()


def session(out: Path, entries: int, shots: list[tuple[str, int, Scheme, int, int]]) -> None:
    """Take several pictures of one journal."""
    with tempfile.TemporaryDirectory() as folder:
        photographer = Photographer(Path(folder), out, entries)
        for shot in shots:
            photographer.take(*shot)
        photographer.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--all", action="store_true", help="everything worth looking at")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    schemes: tuple[Scheme, ...] = ("light", "dark")
    usual = [(f"{n}_{s}", p, s, 1280, 800) for p, n in PAGES.items() for s in schemes]
    if chosen.all:
        sizes = ((1024, 640), (1600, 1000))
        usual += [
            (f"{n}_{s}_{w}", p, s, w, h)
            for p, n in PAGES.items()
            for s in schemes
            for w, h in sizes
        ]
        usual += [(f"{n}_{s}", p, s, 1280, 800) for p, n in MORE_PAGES.items() for s in schemes]
    session(chosen.folder, 900, usual)
    if chosen.all:
        for name, entries in (("empty", 0), ("day", 4), ("years", 36_500)):
            session(
                chosen.folder,
                entries,
                [(f"{n}_{s}_{name}", p, s, 1280, 800) for p, n in PAGES.items() for s in schemes],
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
