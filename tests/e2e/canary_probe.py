"""Run as a program: a day with the journal on which everything goes wrong, told by its titles.

``canary_probe.py FOLDER`` reads a line of JSON from its standard input with the words to write:
``line``, ``name``, ``tag``, ``title``, ``text``, ``query`` and ``passphrase``. It writes, searches,
looks at every page and dialog, is refused by a rule and by the disk, and meets errors that nobody
thought of, with those words in them. It prints every window title it saw as a list in JSON, and
ends by a fault of native code. Nothing in it is played but for the disk that refuses.
"""

import faulthandler
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Never

import sqlalchemy as sa
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

import kotter_journal.app.main as program
from kotter_journal.domain.errors import StorageFailed, StorageTrouble
from kotter_journal.gui.main_window import MainWindow
from kotter_journal.services.entries import delete_entries

_PATIENCE_SECONDS = 120
Condition = Callable[[], object]


class Day(QObject):
    """Goes on with the story as soon as the last thing came about."""

    def __init__(self, words: dict[str, str]) -> None:
        super().__init__(QCoreApplication.instance())
        self._words = words
        self._titles: set[str] = set()
        self._story = self._told()
        self._awaited: Condition = lambda: self._find_window() is not None
        self._timer = QTimer(self, interval=20)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def _go_on(self) -> None:
        self._titles |= {one.windowTitle() for one in QApplication.topLevelWidgets()}
        self._titles |= {one.title() for one in QGuiApplication.topLevelWindows()}
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible():
                box.close()
        if not self._awaited():
            return
        following = next(self._story, None)
        if following is not None:
            self._awaited = following
            return
        self._timer.stop()
        print(json.dumps(sorted(self._titles)), flush=True)
        os.kill(os.getpid(), signal.SIGSEGV)

    def _find_window(self) -> MainWindow | None:
        found = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        return next(found, None)

    def _told(self) -> Iterator[Condition]:
        words = self._words
        window = self._find_window()
        assert window is not None
        yield lambda: window.pages.count() >= 3 and not window.is_covered
        workspace: Any = next(w for w in window.findChildren(QObject) if hasattr(w, "leaving"))
        session = workspace.session

        def rests() -> bool:
            return bool(workspace.is_saved and session.idle and not session.apart._jobs)

        yield rests
        field = window.today_page.quick_line.field
        _type(field, f"45a {words['line']} @{words['name']} #{words['tag']}")
        yield lambda: not field.text() and rests()
        _do(window, "new_entry")
        pages = workspace.pages
        editor = pages.entries.editor
        _type(editor.title, words["title"])
        _type(editor.text, f"{words['text']} @{words['name']} #{words['tag']}")
        yield rests
        editor.show_preview(True)
        _do(window, "search")
        line = window.findChild(QObject, "search_line")
        _type(line, words["query"])
        yield rests
        # Each page and dialog, with those words on it.
        for name in ("show_names", "show_settings", "show_balance", "show_palette"):
            _do(window, name)
            yield rests
        _type(pages.palette.line, words["query"])
        yield rests
        pages.palette.close_palette()
        pages.show_entry(editor.current_id())
        pages.entries.show_history()
        yield lambda: _dialogs() and rests()
        _close_dialogs()
        # A rule that refuses, a disk that refuses, and what a database says of values.
        _do(window, "quick_line")
        _type(field, f"24h {words['line']}")
        yield lambda: field.text() and rests()
        field.clear()
        refused = StorageFailed(StorageTrouble.DISK_FULL, Path(words["text"]))
        session.write(lambda _tx: _raise(refused), owner=session)
        session.run(_ask_nonsense(words["text"]), owner=session, done=print)
        yield rests
        # Errors that nobody thought of, here and on the worker.
        QTimer.singleShot(0, lambda: _raise(ValueError(f"no such {words['text']}")))
        session.run(lambda _tx: _raise(KeyError(words["name"])), owner=session, done=print)
        yield rests
        pages.entries.delete_entry(editor.current_id())
        yield rests
        ids, now = ["no such entry"], session.now()
        session.write(lambda tx: delete_entries(tx, ids, now), owner=session)
        pages.entries.sidebar.show_trash()
        yield rests
        pages.entries.sidebar.trash.erase_button.click()
        yield _dialogs
        _close_dialogs()
        window.toast.warn(words["text"])
        yield rests


def _do(window: MainWindow, name: str) -> None:
    window.actions_by_name[name].trigger()


def _type(field: Any, text: str) -> None:
    QTest.keyClicks(field, text)
    if field.objectName() == "quick_line":
        QTest.keyClick(field, "\r")


def _dialogs() -> list[QDialog]:
    found = (one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog))
    return [one for one in found if one.isVisible() and not isinstance(one, QMessageBox)]


def _close_dialogs() -> None:
    for one in _dialogs():
        one.close()


def _raise(error: Exception) -> Never:
    raise error


def _ask_nonsense(text: str) -> Callable[[Any], object]:
    """A statement whose error quotes its values, as SQLAlchemy words it."""
    return lambda tx: tx.execute(sa.text("select no_such(:value)"), {"value": text})


def main() -> None:
    faulthandler.dump_traceback_later(_PATIENCE_SECONDS, exit=True)
    words = json.loads(sys.stdin.readline())
    QTimer.singleShot(0, lambda: Day(words))
    program.run(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
