"""Program: the window and the journal in it, from the first frame to the last."""

import importlib
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kotter_journal.app.auto_lock import AutoLock
from kotter_journal.app.garbage import Garbage
from kotter_journal.app.rescue import Rescue
from kotter_journal.app.successor import Place, arguments_for
from kotter_journal.config.clock import local_now
from kotter_journal.config.settings import journal_in_use
from kotter_journal.domain.errors import JournalMissing, KotterError
from kotter_journal.gui.clipboard import forget_clipboard
from kotter_journal.gui.closed_page import ClosedPage, locked_page, page_for
from kotter_journal.gui.faults import ways_out
from kotter_journal.gui.main_window import MainWindow
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.tasks import TaskRunner
from kotter_journal.gui.theme import SCHEMES, Theme
from kotter_journal.gui.welcome_page import WelcomePage
from kotter_journal.storage.key_header import KeyFacts, read_header

log = logging.getLogger(__name__)
_LONG_MS = 2_500
"""After which an opening that is still under way is told of."""
WORKSPACE = "kotter_journal.gui.workspace"
_DOORS, _JOURNAL = "kotter_journal.gui.doors", "kotter_journal.storage.journal"


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
        """A ``locked`` program waits for somebody to open the journal, as does any program on a
        journal that only a passphrase opens."""
        super().__init__()
        self._folder = folder
        self._keys = keys
        self._waits = locked
        self._is_lock_due = False
        self._welcome: WelcomePage | None = None
        self._closed: ClosedPage | None = None
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
        self.auto_lock = AutoLock(self.preferences, self)
        self._garbage = Garbage(self)
        self.tasks = TaskRunner(self)
        self.rescue = Rescue(folder, keys, self.window, self.preferences, self)
        self.workspace: Any = None
        self._patience = QTimer(self, singleShot=True, interval=_LONG_MS)
        self._patience.timeout.connect(self._on_long_opening)
        self._connect()
        self._begin()

    def open(self, passphrase: str = "", recovery_key: str = "") -> None:
        """Load what needs SQL on the worker, and open the journal there."""
        folder, keys = self._folder, self._keys

        def load(doors: Any) -> Any:
            return doors.open_doors(folder, keys, passphrase=passphrase, recovery_key=recovery_key)

        self._enter(load)

    def make(self, passphrase: str = "") -> None:
        """Make a journal, locked with a passphrase where one is given, and open it."""
        folder, keys, now = self._folder, self._keys, self.window.now()

        def load() -> Any:
            importlib.import_module(WORKSPACE)
            return importlib.import_module(_DOORS).make_doors(folder, keys, now, passphrase)

        self.tasks.run(load, owner=self, done=self._on_open, refused=self._on_not_made)

    def lock(self) -> None:
        """Save everything and give way to a program that has the journal closed.

        A journal that is just being opened is locked as soon as it is open.
        """
        if self.workspace is not None or self.rescue.has_keys:
            self._leave(self._lock_now)
        else:
            self._is_lock_due = not self.window.is_covered

    def reopen(self, folder: Path) -> None:
        """Save everything and give way to a program with the journal in ``folder``."""
        self._leave(lambda: self._reopen_now(folder))

    def close(self) -> None:
        """Keep the settings and end the worker, after the window has closed."""
        self.auto_lock.stop()
        self.rescue.finish()
        self.tasks.finish()
        self._garbage.stop()
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
        window.lock_asked.connect(self.lock)
        window.reopen_asked.connect(self.reopen)
        window.gone.connect(self.ended)
        self.rescue.try_again.connect(self.open)
        self.rescue.enter_asked.connect(self._enter)
        self.rescue.reopen_asked.connect(self.reopen)
        self.auto_lock.asked.connect(self.lock)
        self.completed.connect(self.auto_lock.start)
        self.completed.connect(self._garbage.start)

    def _begin(self) -> None:
        """Show what the first frame shows, and have the rest follow it."""
        facts = _key_facts(self._folder)
        if facts is not None and (self._waits or (facts.passphrase and not facts.keyring)):
            self._waits = True
            self._show_closed(locked_page(has_passphrase=facts.passphrase))
        elif self._waits:
            self.window.show_closed(QWidget())
        # The first frame comes before SQL is loaded: the import would hold it up.
        self.window.painted.connect(self._prepare if self._waits else self.open)

    def _prepare(self) -> None:
        """Load what needs SQL while somebody reads and types, and see what opens the journal."""
        folder = self._folder

        def load() -> Any:
            workspace = importlib.import_module(WORKSPACE)
            needs_passphrase = importlib.import_module(_JOURNAL).needs_passphrase(folder)
            # Everything that opening needs, so that it takes as little as can be.
            importlib.import_module(workspace.PAGES)
            return needs_passphrase

        self.tasks.run(load, owner=self, done=self._on_prepared, refused=self._on_refused)

    def _on_prepared(self, needs_passphrase: bool) -> None:
        if self._closed is None and self.workspace is None and not self.rescue.is_shown:
            self._show_closed(locked_page(has_passphrase=needs_passphrase))

    def _leave(self, go: Callable[[], None]) -> None:
        for other in filter(QWidget.isVisible, QApplication.topLevelWidgets()):
            if isinstance(other, QDialog):
                other.reject()
            elif other.windowType() is Qt.WindowType.Popup:
                other.close()
        if self.workspace is None:
            go()
        else:
            self.workspace.leaving.begin(go)

    def _lock_now(self) -> None:
        forget_clipboard()
        self._give_way(arguments_for(self._folder, self._place))

    def _reopen_now(self, folder: Path) -> None:
        if self._is_in_use:
            self.preferences.change(journal_folder=str(folder))
        self._give_way(arguments_for(folder, None))

    def _give_way(self, arguments: list[str]) -> None:
        self.successor = arguments
        if not self.window.close():
            self.successor = None
            self.window.show_open()

    @property
    def _place(self) -> Place:
        """Where a locked window is to be: nobody wants it before what they are doing meanwhile."""
        if self.window.isMinimized():
            return Place.MINIMIZED
        is_in_front = QApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        return Place.FRONT if is_in_front else Place.BEHIND

    def _enter(self, load: Callable[[Any], Any]) -> None:
        """Load what needs SQL on the worker, and let it get into the journal by its doors."""

        def enter() -> Any:
            importlib.import_module(WORKSPACE)
            return load(importlib.import_module(_DOORS))

        self._patience.start()
        self.tasks.run(enter, owner=self, done=self._on_answer, refused=self._on_refused)

    def _on_long_opening(self) -> None:
        """A journal of an older program is brought up to date first, with a backup before."""
        sentence = self.tr(
            "The journal is being opened. After an update of the program this takes a while: it is"
            " backed up first. What you type into the quick line is kept."
        )
        if not self.window.is_covered:
            self.window.notices.tell("opening", sentence)

    def _on_answer(self, answer: Any) -> None:
        if isinstance(answer, importlib.import_module(_DOORS).Unopened):
            self._on_refused(answer.error, answer.vault)
        else:
            self._on_open(answer)

    def _on_open(self, doors: Any) -> None:
        self._no_longer_opening()
        self._waits = False
        self.rescue.leave()
        self._welcome = self._closed = None
        self.window.show_open()
        workspace = importlib.import_module(WORKSPACE)
        self.workspace = workspace.Workspace(
            self.window, self.look, self.preferences, doors, self.tasks
        )
        self.workspace.completed.connect(self.completed)
        self.workspace.leaving.hidden.connect(self._on_hidden)
        if not self.preferences.settings.journal_folder and self._is_in_use:
            self.preferences.change(journal_folder=str(self._folder))
        self.opened.emit()
        if self._is_lock_due:
            self.lock()

    def _no_longer_opening(self) -> None:
        self._patience.stop()
        self.window.notices.dismiss("opening")

    def _on_hidden(self) -> None:
        forget_clipboard()
        self.auto_lock.let_sleep()

    def _on_refused(self, error: KotterError, vault: Any = None) -> None:
        self._no_longer_opening()
        if self.workspace is not None:
            return  # it was opened before all was prepared
        log.info("the journal did not open: %s", type(error).__name__)
        self._is_lock_due = False
        if isinstance(error, JournalMissing) and not self.rescue.was_here:
            self._show_welcome()
            return
        if ways_out(error):
            self._closed = None
            self.rescue.show(error, vault)
            if self.rescue.has_keys:
                self.auto_lock.start()
            return
        sentence = importlib.import_module(WORKSPACE).error_sentence(error)
        if self._closed is not None and self._closed.answers(error):
            self._closed.refuse(error, sentence)
        else:
            self._show_closed(page_for(error, sentence))

    def _on_not_made(self, error: KotterError) -> None:
        log.info("the journal was not made: %s", type(error).__name__)
        if self._welcome is not None:
            self._welcome.tell(importlib.import_module(WORKSPACE).error_sentence(error))

    def _show_welcome(self) -> None:
        def ask(work: Callable[[], str], tell: Callable[[str], None]) -> None:
            self.tasks.run(work, owner=self, done=tell, latest="strength")

        self._welcome = WelcomePage(self._folder, ask)
        self._welcome.chosen.connect(self.make)
        self._welcome.existing_asked.connect(self.reopen)
        self.rescue.leave()
        self._closed = None
        self.window.show_closed(self._welcome)

    def _show_closed(self, page: ClosedPage) -> None:
        self._closed = page
        self.rescue.leave()
        page.asked.connect(self.open)
        self.window.show_closed(page)


def _key_facts(folder: Path) -> KeyFacts | None:
    """What opens the journal in ``folder``; None where opening has to say what is wrong."""
    try:
        return read_header(folder).facts
    except (KotterError, OSError):
        return None
