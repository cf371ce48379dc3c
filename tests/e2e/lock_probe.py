"""Run as a program: writes, searches and locks like a person, and lets its memory be read.

``lock_probe.py FOLDER``: reads passphrase, quick line, text and query from four lines of standard
input, unlocks the journal in FOLDER, types them, prints "written" and waits for another line; then
locks, which runs this file again with ``--locked``, and prints "locked". It is the program but for
the protection of its memory.
"""

import os
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import kotter_journal.app.main as program
from kotter_journal.app.successor import place_among
from kotter_journal.gui.closed_page import ClosedPage
from kotter_journal.gui.main_window import MainWindow


class Typist(QObject):
    """Does the next thing as soon as it can be done."""

    told = Signal()

    def __init__(self, words: list[str], *, locked: bool) -> None:
        super().__init__()
        self._words = words
        self._locked = locked
        self._steps = (
            [self._see_lock] if locked else [self._unlock, self._send, self._write, self._find]
        )
        self._timer = QTimer(self, interval=30)
        self._timer.timeout.connect(self._try)
        self._timer.start()
        self.told.connect(lambda: self._window.lock_asked.emit())

    @property
    def _window(self) -> MainWindow:
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))

    def _try(self) -> None:
        if not any(isinstance(w, MainWindow) for w in QApplication.topLevelWidgets()):
            return
        if self._steps and self._steps[0]():
            self._steps.pop(0)
            if not self._steps:
                self._timer.stop()
                print("locked" if self._locked else "written", flush=True)

    def _page(self) -> ClosedPage | None:
        page = self._window.pages.currentWidget()
        return page if isinstance(page, ClosedPage) and page.isEnabled() else None

    def _see_lock(self) -> bool:
        return self._page() is not None

    def _unlock(self) -> bool:
        page = self._page()
        if page is not None:
            QTest.keyClicks(page.field, self._words[0])
            page.button.click()
        return page is not None

    def _send(self) -> bool:
        if self._window.pages.count() < 3:
            return False
        field = self._window.today_page.quick_line.field
        QTest.keyClicks(field, self._words[1])
        QTest.keyClick(field, "\r")
        return True

    def _write(self) -> bool:
        if self._window.today_page.quick_line.field.text():
            return False
        self._window.actions_by_name["new_entry"].trigger()
        QTest.keyClicks(self._window.findChild(QObject, "entry_text"), self._words[2])
        QGuiApplication.clipboard().clear()
        return True

    def _find(self) -> bool:
        self._window.actions_by_name["search"].trigger()
        QTest.keyClicks(self._window.findChild(QObject, "search_line"), self._words[3])
        return True


def main() -> None:
    arguments = sys.argv[1:]
    place = place_among(arguments)
    locked = place is not None
    folder = Path(next(one for one in arguments if one != place).removeprefix("--journal="))
    program.take_place = lambda given: os.execv(sys.executable, [sys.executable, __file__, *given])
    program.protect_memory = lambda: None

    def begin() -> None:
        # Never written into this file: a locked program has read the file as well.
        words = [] if locked else [sys.stdin.readline().rstrip() for _ in range(4)]
        typist = Typist(words, locked=locked)
        typist.setParent(QCoreApplication.instance())
        if not locked:
            listen = lambda: (sys.stdin.readline(), typist.told.emit())  # noqa: E731
            threading.Thread(target=listen, daemon=True).start()

    QTimer.singleShot(0, begin)
    program.run(folder, place)


if __name__ == "__main__":
    main()
