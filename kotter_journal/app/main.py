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
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kotter_journal import __version__
from kotter_journal.app.crash import CrashReporter
from kotter_journal.app.idle import IdleClock
from kotter_journal.app.single_instance import SingleInstance
from kotter_journal.app.successor import arguments_for, take_place
from kotter_journal.config.clock import local_now
from kotter_journal.config.logs import start_logging
from kotter_journal.config.paths import keys_folder, log_file, settings_file
from kotter_journal.config.settings import journal_in_use
from kotter_journal.domain.errors import JournalMissing, KotterError
from kotter_journal.gui.closed_page import ClosedPage, locked_page, page_for
from kotter_journal.gui.main_window import MainWindow
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.tasks import TaskRunner
from kotter_journal.gui.theme import SCHEMES, Theme
from kotter_journal.gui.top_bar import app_icon
from kotter_journal.gui.welcome_page import WelcomePage

log = logging.getLogger(__name__)
WORKSPACE = "kotter_journal.gui.workspace"


class Program(QObject):
    """The running program: a window, and a workspace as soon as the journal is open.

    ``opened`` follows the journal's opening; the quick line takes words before that.
    ``completed`` follows when the last page is there. ``ended`` follows when the window has closed
    and everything is on the disk; ``successor`` then holds the arguments of the program that is to
    take the place of this one, or None.
    """

    opened = Signal()
    completed = Signal()
    ended = Signal()

    def __init__(
        self,
        folder: Path,
        *,
        keys: Path,
        settings: Path,
        now: Callable[[], datetime] = local_now,
        locked: bool = False,
    ) -> None:
        """A ``locked`` program waits for somebody to open the journal."""
        super().__init__()
        self._folder = folder
        self._keys = keys
        self._is_locked = locked
        self._welcome: WelcomePage | None = None
        self.successor: list[str] | None = None
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
        self.idle_clock = IdleClock(kept.lock_after_minutes, self)
        self.preferences.changed.connect(self._on_preferences)
        self.tasks = TaskRunner(self)
        self.workspace: Any = None
        self._session_watch: Any = None
        if locked:
            self.window.show_closed(QWidget())
        self._connect()

    def open(self, passphrase: str = "", recovery_key: str = "") -> None:
        """Load what needs SQL on the worker, and open the journal there."""
        folder, keys = self._folder, self._keys

        def load() -> Any:
            return importlib.import_module(WORKSPACE).open_doors(
                folder, keys, passphrase=passphrase, recovery_key=recovery_key
            )

        self.tasks.run(load, owner=self, done=self._on_open, refused=self._on_refused)

    def make(self, passphrase: str = "") -> None:
        """Make a journal, locked with a passphrase where one is given, and open it."""
        folder, keys, now = self._folder, self._keys, self.window.now()

        def load() -> Any:
            return importlib.import_module(WORKSPACE).make_doors(folder, keys, now, passphrase)

        self.tasks.run(load, owner=self, done=self._on_open, refused=self._on_not_made)

    def lock(self) -> None:
        """Save everything and give way to a program that has the journal closed."""
        if self.workspace is not None:
            self._leave(self._folder, locked=True)

    def reopen(self, folder: Path) -> None:
        """Save everything and give way to a program with the journal in ``folder``."""
        if self._is_in_use:
            self.preferences.change(journal_folder=str(folder))
        self._leave(folder, locked=False)

    def close(self) -> None:
        """Keep the settings and end the worker, after the window has closed."""
        self.idle_clock.stop()
        if self._session_watch is not None:
            self._session_watch.stop()
            self._session_watch = None
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

    @property
    def _is_in_use(self) -> bool:
        """Whether this is the journal that opens when nobody names one."""
        return self._folder == journal_in_use()

    def _connect(self) -> None:
        window = self.window
        # The first frame comes before SQL is loaded: the import would hold it up.
        window.painted.connect(self._load_locked if self._is_locked else self.open)
        window.lock_asked.connect(self.lock)
        window.reopen_asked.connect(self.reopen)
        window.gone.connect(self.ended)
        self.idle_clock.expired.connect(self.lock)

    def _leave(self, folder: Path, *, locked: bool) -> None:
        named = None if self._is_in_use else folder
        self.successor = arguments_for(named, locked=locked)
        for other in QApplication.topLevelWidgets():
            if isinstance(other, QDialog):
                other.reject()
        if self.workspace is None:
            self.window.close()
        else:
            self.workspace.leave(self._on_cannot_leave)

    def _on_cannot_leave(self) -> None:
        self.successor = None

    def _load_locked(self) -> None:
        """Load what needs SQL while somebody reads and types, and see what opens the journal."""
        folder = self._folder

        def load() -> Any:
            return importlib.import_module(WORKSPACE).has_passphrase(folder)

        self.tasks.run(load, owner=self, done=self._on_locked, refused=self._on_refused)

    def _on_locked(self, needs_passphrase: bool) -> None:
        self._show_closed(locked_page(has_passphrase=needs_passphrase))

    def _on_open(self, doors: Any) -> None:
        self._is_locked = False
        self._welcome = None
        self.window.show_open()
        workspace = importlib.import_module(WORKSPACE)
        self.workspace = workspace.Workspace(
            self.window, self.look, self.preferences, doors, self.tasks
        )
        self.workspace.completed.connect(self.completed)
        self.workspace.completed.connect(self._watch_session)
        if not self.preferences.settings.journal_folder and self._is_in_use:
            self.preferences.change(journal_folder=str(self._folder))
        self.opened.emit()

    def _on_refused(self, error: KotterError) -> None:
        log.info("the journal did not open: %s", type(error).__name__)
        if isinstance(error, JournalMissing) and not self._was_here:
            self._show_welcome()
            return
        sentence = importlib.import_module(WORKSPACE).error_sentence(error)
        title = (
            self.tr("Kotter Journal is locked")
            if self._is_locked
            else self.tr("The journal is not open")
        )
        self._show_closed(page_for(error, sentence, title=title))

    def _on_not_made(self, error: KotterError) -> None:
        log.info("the journal was not made: %s", type(error).__name__)
        if self._welcome is not None:
            self._welcome.tell(importlib.import_module(WORKSPACE).error_sentence(error))

    @property
    def _was_here(self) -> bool:
        """Whether a journal opened here before: then one that has gone is no first start."""
        return self.preferences.settings.journal_folder == str(self._folder)

    def _show_welcome(self) -> None:
        def ask(work: Callable[[], str], tell: Callable[[str], None]) -> None:
            self.tasks.run(work, owner=self, done=tell, latest="strength")

        self._welcome = WelcomePage(self._folder, ask)
        self._welcome.chosen.connect(self.make)
        self._welcome.existing_asked.connect(self.reopen)
        self.window.show_closed(self._welcome)

    def _show_closed(self, page: ClosedPage) -> None:
        page.asked.connect(self.open)
        self.window.show_closed(page)

    def _watch_session(self) -> None:
        """Listen to the system, once the window has all it needs."""
        wanted = self.preferences.settings.lock_with_system
        if wanted and self._session_watch is None:
            module = importlib.import_module("kotter_journal.app.session_watch")
            self._session_watch = module.watch_session(self.lock)
        elif not wanted and self._session_watch is not None:
            self._session_watch.stop()
            self._session_watch = None

    def _on_preferences(self) -> None:
        if self._session_watch is not None or self.workspace is not None:
            self._watch_session()
        self.idle_clock.minutes = self.preferences.settings.lock_after_minutes


def run(folder: Path, *, locked: bool = False) -> int:
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
    program = Program(folder, keys=keys_folder(), settings=settings_file(), locked=locked)
    app.commitDataRequest.connect(lambda _manager: program.save_now())
    instance.raise_asked.connect(program.window.raise_)
    instance.raise_asked.connect(program.window.activateWindow)
    _quit_on_signal(app, program.window.close)
    program.completed.connect(_collect_from_now_on)

    def give_way() -> None:
        """Where a dialog runs a loop of its own, the one below would never end."""
        if program.successor is not None:
            instance.close()
            program.close()
            take_place(program.successor)

    program.ended.connect(give_way)
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
