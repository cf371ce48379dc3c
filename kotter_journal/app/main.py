"""Main: builds every object once, top to bottom, and runs the loop."""

import gc
import importlib
import logging
import signal
import socket
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtWidgets import QApplication

from kotter_journal import __version__
from kotter_journal.app.crash import CrashReporter
from kotter_journal.app.single_instance import SingleInstance
from kotter_journal.config.clock import local_now
from kotter_journal.config.logs import start_logging
from kotter_journal.config.paths import keys_folder, log_file, settings_file
from kotter_journal.domain.errors import KotterError
from kotter_journal.gui.closed_page import ClosedPage
from kotter_journal.gui.main_window import MainWindow
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.tasks import TaskRunner
from kotter_journal.gui.theme import SCHEMES, Theme
from kotter_journal.gui.top_bar import app_icon

log = logging.getLogger(__name__)
WORKSPACE = "kotter_journal.gui.workspace"


class Program(QObject):
    """The running program: a window, and a workspace as soon as the journal is open.

    ``opened`` follows the journal's opening; the quick line takes words before that.
    ``completed`` follows when the last page is there.
    """

    opened = Signal()
    completed = Signal()

    def __init__(
        self, folder: Path, *, keys: Path, settings: Path, now: Callable[[], datetime] = local_now
    ) -> None:
        super().__init__()
        self._folder = folder
        self._keys = keys
        self.preferences = Preferences(settings, self)
        kept = self.preferences.settings
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise TypeError("the program needs a QApplication")
        known = (scheme for scheme in SCHEMES if scheme == kept.theme)
        self.look = Theme(next(known, "system"), kept.text_size)
        self.look.apply(app)
        self.window = MainWindow(self.look, now)
        self.window.restore(kept.geometry)
        # The first frame comes before SQL is loaded: the import would hold it up.
        self.window.painted.connect(self.open)
        self.tasks = TaskRunner(self)
        self.workspace: Any = None

    def open(self, passphrase: str = "", recovery_key: str = "") -> None:
        """Load what needs SQL on the worker, and open the journal there."""
        folder, keys, now = self._folder, self._keys, self.window.now()

        def load() -> Any:
            return importlib.import_module(WORKSPACE).open_doors(
                folder, keys, now, passphrase=passphrase, recovery_key=recovery_key
            )

        self.tasks.run(load, owner=self, done=self._on_open, refused=self._on_refused)

    def close(self) -> None:
        """Keep the settings and end the worker, after the window has closed."""
        self.tasks.finish()
        self.preferences.change(
            theme=self.look.scheme,
            text_size=self.look.text_size,
            geometry=self.window.geometry_text,
        )

    def save_now(self) -> None:
        """Save what is typed; the system is about to end the session."""
        if self.workspace is not None:
            self.workspace.save_now()

    def _on_open(self, doors: Any) -> None:
        workspace = importlib.import_module(WORKSPACE)
        self.workspace = workspace.Workspace(
            self.window, self.look, self.preferences, doors, self.tasks
        )
        self.workspace.completed.connect(self.completed)
        self.opened.emit()

    def _on_refused(self, error: KotterError) -> None:
        log.info("the journal did not open: %s", type(error).__name__)
        sentence = importlib.import_module(WORKSPACE).error_sentence(error)
        page = ClosedPage(error, sentence)
        page.asked.connect(self.open)
        self.window.show_closed(page)


def run(folder: Path) -> int:
    """Open the window on the journal in ``folder``; the exit status.

    Comes with Python's garbage collection switched off, and switches it on when all is there.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("kotter-journal")
    app.setApplicationDisplayName("Kotter Journal")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("kotter-journal")
    start_logging(log_file())
    crash = CrashReporter()
    crash.install()
    instance = SingleInstance(folder)
    if instance.is_second():
        return 0
    app.setWindowIcon(app_icon())
    program = Program(folder, keys=keys_folder(), settings=settings_file())
    app.commitDataRequest.connect(lambda _manager: program.save_now())
    instance.raise_asked.connect(program.window.raise_)
    instance.raise_asked.connect(program.window.activateWindow)
    _quit_on_signal(app, program.window.close)
    program.completed.connect(_collect_from_now_on)
    program.window.show()
    instance.listen()
    status = app.exec()
    instance.close()
    program.close()
    return status


def _collect_from_now_on() -> None:
    gc.freeze()
    gc.enable()


def _quit_on_signal(app: QApplication, close: Callable[[], object]) -> None:
    """Ctrl+C and a polite kill close the window as its owner would, saving first."""
    # Qt's loop does not return to Python by itself; a byte in a socket makes it.
    heard, told = socket.socketpair()
    told.setblocking(False)
    signal.set_wakeup_fd(told.fileno())
    notifier = QSocketNotifier(heard.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda: heard.recv(64))
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: close())
