"""Main: starts the one program, top to bottom, and runs the loop."""

import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtWidgets import QApplication

from kotter_journal import __version__
from kotter_journal.app.crash import CrashReporter
from kotter_journal.app.program import Program
from kotter_journal.app.protection import protect_memory
from kotter_journal.app.single_instance import SingleInstance
from kotter_journal.app.successor import Place, take_place
from kotter_journal.config.logs import start_logging
from kotter_journal.config.paths import keys_folder, log_file, settings_file
from kotter_journal.gui.main_window import MainWindow
from kotter_journal.gui.top_bar import app_icon

log = logging.getLogger(__name__)


def run(folder: Path, place: Place | None = None) -> int:
    """Open the window on the journal in ``folder``, locked where a place is given; the exit status.

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
    program = Program(
        folder, keys=keys_folder(), settings=settings_file(), locked=place is not None
    )
    app.commitDataRequest.connect(lambda _manager: program.save_now())
    instance.raise_asked.connect(lambda: _come_up(program.window))
    _sockets = _quit_on_signal(app, program.window.close)
    # Before anybody can type, and after the desktop has said how windows look here: its portal
    # answers only programs whose memory it may look at.
    program.window.painted.connect(protect_memory)
    # All that is there by then stays: looking through it for garbage is wasted.
    program.completed.connect(gc.freeze)

    def give_way() -> None:
        """Where a dialog runs a loop of its own, the one below would never end."""
        if program.successor is not None:
            instance.close()
            program.close()
            try:
                take_place(program.successor)
            except OSError as error:
                log.error("cannot start again: %s", type(error).__name__)
            app.exit()

    program.ended.connect(give_way)
    _show(program.window, place)
    instance.listen()
    status = app.exec()
    instance.close()
    program.close()
    return status


def _show(window: MainWindow, place: Place | None) -> None:
    if place is Place.MINIMIZED:
        window.showMinimized()
        return
    is_behind = place is Place.BEHIND
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, is_behind)
    window.show()
    if is_behind:
        window.lower()


def _come_up(window: MainWindow) -> None:
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()


def _quit_on_signal(app: QApplication, close: Callable[[], object]) -> Sequence[socket.socket]:
    """Ctrl+C and a polite kill close the window as its owner would, saving first.

    Hold what it answers as long as the loop runs: a socket that nobody holds is closed, and its
    other end would wake the loop again and again.
    """
    # Qt's loop does not return to Python by itself; a byte in a socket makes it.
    heard, told = socket.socketpair()
    told.setblocking(False)
    signal.set_wakeup_fd(told.fileno())
    notifier = QSocketNotifier(heard.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda: heard.recv(64))
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: close())
    return heard, told
