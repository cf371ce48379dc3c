"""Run as a program: types into the editor without end, and says how far it has come.

``typing_probe.py FOLDER``: opens the journal in FOLDER, begins an entry and types one numbered word
after the other without a rest. Prints "<milliseconds> <words>" after each, and waits to be killed.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kotter_journal.app.program import Program
from kotter_journal.config.clock import local_now
from kotter_journal.storage.journal import create


def main() -> None:
    app = QApplication([])
    folder = Path(sys.argv[1])
    create(folder / "journal", folder / "keys", local_now())
    program = Program(
        folder / "journal", keys=folder / "keys", settings=folder / "s.toml", now=local_now
    )
    clock = QTimer(interval=20)
    count = 0

    def type_a_word() -> None:
        nonlocal count
        count += 1
        QTest.keyClicks(program.workspace.pages.entries.editor.text, f"w{count:05d} ")
        print(time.monotonic_ns() // 1_000_000, count, flush=True)

    def begin() -> None:
        program.workspace.pages.new_entry(program.window.now().date())
        clock.timeout.connect(type_a_word)
        clock.start()

    program.completed.connect(begin)
    program.window.show()
    app.exec()


if __name__ == "__main__":
    main()
