"""Run as a program: writes, searches and locks like a person, and lets its memory be read.

``lock_probe.py --journal=FOLDER`` reads a line of JSON from its standard input: ``passphrase`` or
``recovery_key`` to unlock with, and a quick ``line``, a ``text`` and a ``query`` to type; what is
missing is left out. It prints "ready" when all that is on the disk. Each further line may have a
``line`` and a ``text``: they are typed, and in the same moment it locks. That runs this file again
with ``--locked``, which prints "locked" as soon as it asks for the passphrase.

It is the program but for the protection of its memory.
"""

import faulthandler
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import kotter_journal.app.main as program
from kotter_journal.app.successor import place_among
from kotter_journal.gui.closed_page import ClosedPage
from kotter_journal.gui.main_window import MainWindow

_PATIENCE_SECONDS = 120


class Typist(QObject):
    """Does the next thing as soon as it can be done."""

    told = Signal(object)

    def __init__(self, words: dict[str, str], *, locked: bool) -> None:
        super().__init__(QCoreApplication.instance())
        self._words = words
        self._said = "locked" if locked else "ready"
        steps = [self._unlock, self._send, self._write, self._find, self._rest]
        self._steps = [self._see_lock] if locked else steps
        self._timer = QTimer(self, interval=20)
        self._timer.timeout.connect(self._try)
        self._timer.start()
        self.told.connect(self._type_and_lock)

    @property
    def _window(self) -> MainWindow | None:
        found = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        return next(found, None)

    def _try(self) -> None:
        window = self._window
        if window is not None and self._steps and self._steps[0](window):
            self._steps.pop(0)
            if not self._steps:
                self._timer.stop()
                print(self._said, os.getpid(), flush=True)

    def _see_lock(self, window: MainWindow) -> bool:
        return _page(window) is not None

    def _unlock(self, window: MainWindow) -> bool:
        key, passphrase = self._words.get("recovery_key"), self._words.get("passphrase")
        if not key and not passphrase:
            return True
        page = _page(window)
        if page is None:
            return False
        if key:
            page._other.click()
        QTest.keyClicks(page.field, key or passphrase)
        page.button.click()
        return True

    def _send(self, window: MainWindow) -> bool:
        if window.pages.count() < 3 or window.is_covered:
            return False
        if line := self._words.get("line"):
            QTest.keyClicks(window.today_page.quick_line.field, line)
            QTest.keyClick(window.today_page.quick_line.field, "\r")
        return True

    def _write(self, window: MainWindow) -> bool:
        if self._words.get("line") and window.today_page.quick_line.field.text():
            return False
        if text := self._words.get("text"):
            _write(window, text)
        return True

    def _find(self, window: MainWindow) -> bool:
        if query := self._words.get("query"):
            window.actions_by_name["search"].trigger()
            QTest.keyClicks(window.findChild(QObject, "search_line"), query)
            QGuiApplication.clipboard().setText(query)
        return True

    def _rest(self, window: MainWindow) -> bool:
        workspace = next(w for w in window.findChildren(QObject) if hasattr(w, "leaving"))
        return bool(workspace.is_saved and workspace.session.idle)

    def _type_and_lock(self, words: dict[str, str]) -> None:
        window = self._window
        assert window is not None
        if line := words.get("line"):
            QTest.keyClicks(window.today_page.quick_line.field, line)
        if text := words.get("text"):
            _write(window, text)
        window.lock_asked.emit()


def _page(window: MainWindow) -> ClosedPage | None:
    page = window.pages.currentWidget()
    return page if isinstance(page, ClosedPage) and page.isEnabled() else None


def _write(window: MainWindow, text: str) -> None:
    window.actions_by_name["new_entry"].trigger()
    QTest.keyClicks(window.findChild(QObject, "entry_text"), text)


def _listen(typist: Typist) -> None:
    for told in sys.stdin:
        typist.told.emit(json.loads(told))


def main() -> None:
    faulthandler.dump_traceback_later(_PATIENCE_SECONDS, exit=True)
    arguments = sys.argv[1:]
    place = place_among(arguments)
    folder = Path(next(one for one in arguments if one != place).removeprefix("--journal="))
    patched: Any = program
    patched.protect_memory = lambda: None
    patched.take_place = lambda given: os.execv(sys.executable, [sys.executable, __file__, *given])

    def begin() -> None:
        # Never written into this file: a locked program has read the file as well.
        words = {} if place else json.loads(sys.stdin.readline())
        typist = Typist(words, locked=place is not None)
        if not place:
            threading.Thread(target=_listen, args=(typist,), daemon=True).start()

    QTimer.singleShot(0, begin)
    program.run(folder, place)


if __name__ == "__main__":
    main()
