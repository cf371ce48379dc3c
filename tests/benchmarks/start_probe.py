"""Run as a program: opens a window and prints when it was first painted and when it was usable.

``start_probe.py bare SINCE`` opens a window with one field; ``start_probe.py app SINCE FOLDER
NOW`` starts Kotter Journal as its command does. SINCE is time.time() of the parent just before
it started this process; NOW is what the program takes for the present. Prints one line of JSON:
milliseconds since then, and proportional memory in MB once everything is there and quiet.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

_QUIET_MS = 700


class FirstPaint(QObject):
    """Calls ``then`` with the time at which a widget was painted for the first time."""

    def __init__(self, widget: QWidget, then: Callable[[float], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, lambda: self._then(time.time()))
        return False


class Figures:
    """What was found out so far; printed at the end."""

    def __init__(self, since: float) -> None:
        self._since = since
        self._found: dict[str, float] = {}

    def at(self, name: str) -> Callable[[float], None]:
        """Notes the time of something."""
        return lambda moment: self._found.update({name: (moment - self._since) * 1e3})

    def memory(self, name: str) -> None:
        """Notes the memory of this process, as /proc tells it."""
        lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
        found = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        self._found[name] = found / 1024

    def tell(self) -> None:
        """One line of JSON."""
        print(json.dumps(self._found), flush=True)


def bare(figures: Figures) -> None:
    """The limit: a window with one field."""
    app = QApplication([])
    window = QMainWindow()
    field = QLineEdit()
    window.setCentralWidget(field)
    field.setFocus()
    window.resize(1280, 800)

    def end() -> None:
        figures.memory("memory")
        window.close()

    def painted(at: float) -> None:
        figures.at("painted")(at)
        QTimer.singleShot(_QUIET_MS, end)

    FirstPaint(window, painted)
    window.show()
    app.exec()
    figures.tell()


def whole(figures: Figures, folder: Path, now: datetime) -> None:
    """The program, until the quick line has the caret, today's entries show and all pages are.

    Then each page is shown once, since that is what the memory of a day's use is.
    """

    class Watched(QApplication):
        """Is made when all that a start needs is imported, and before anything else is made."""

        def __init__(self, arguments: list[str]) -> None:
            super().__init__(arguments)
            main = importlib.import_module("kotter_journal.app.main")
            real = main.Program

            def program(*places: Any, **more: Any) -> Any:
                made = real(*places, **more, now=lambda: now)
                watch(made, figures)
                return made

            vars(main)["Program"] = program

    QtWidgets.QApplication = Watched  # type: ignore[assignment,misc]
    start = importlib.import_module("kotter_journal.__main__")
    start.main(["--journal", str(folder)])
    figures.tell()


def watch(program: Any, figures: Figures) -> None:
    """Note what happens as ``program`` starts; close its window at the end."""

    def opened() -> None:
        cards = program.workspace.day_list
        FirstPaint(cards.view.viewport() if cards.model.rows else cards, figures.at("usable"))

    def completed() -> None:
        figures.at("completed")(time.time())
        QTimer.singleShot(_QUIET_MS, quiet)

    def quiet() -> None:
        figures.memory("memory")
        for rank in (1, 2, 0):
            program.window.show_page(rank)
            program.window.grab()
        QTimer.singleShot(_QUIET_MS, used)

    def used() -> None:
        figures.memory("memory_used")
        program.window.close()

    FirstPaint(program.window, figures.at("painted"))
    program.opened.connect(opened)
    program.completed.connect(completed)


if __name__ == "__main__":
    kind, since, *places = sys.argv[1:]
    if kind == "bare":
        bare(Figures(float(since)))
    else:
        whole(Figures(float(since)), Path(places[0]), datetime.fromisoformat(places[1]))
