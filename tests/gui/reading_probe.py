"""Opens the window on a journal that cannot be written; prints as JSON what it shows.

python reading_probe.py FOLDER KEYS PLACE, in a process of its own that obeys the modes of files.
"""

import json
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kotter_journal.app.program import Program
from kotter_journal.config.clock import local_now
from kotter_journal.storage import day_totals

_LONG_MS = 30_000


def main() -> None:
    folder, keys, place = map(Path, sys.argv[1:4])
    tempfile.tempdir = str(place / "temporary")
    (place / "temporary").mkdir()
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    program = Program(folder, keys=keys, settings=place / "settings.toml", now=local_now)
    loop = QEventLoop()
    program.completed.connect(loop.quit)
    QTimer.singleShot(_LONG_MS, loop.quit)
    program.window.show()
    loop.exec()
    session = program.workspace.session
    told = {
        "read_only": session.read_only,
        "entries": session.read(day_totals.entry_count),
        "notice": program.window.notices.text("reading"),
    }
    program.ended.connect(loop.quit)
    program.window.close()
    if program.window.isVisible():  # it closes once the worker has done what was asked of it
        loop.exec()
    program.close()
    program.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    told["left"] = sorted(path.name for path in (place / "temporary").iterdir())
    print(json.dumps(told))


if __name__ == "__main__":
    main()
