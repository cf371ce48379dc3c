"""FaultNotices: what the disk refuses while the journal is open, and what can be done about it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from kotter_journal.config.files import write_atomically
from kotter_journal.domain.errors import (
    JournalDamaged,
    KotterError,
    StorageFailed,
    StorageTrouble,
)
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui.main_window import MainWindow
from kotter_journal.gui.notice import Answer
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage.journal import disk_errors, exists

_PASSING = frozenset({StorageTrouble.BUSY, StorageTrouble.FOLDER_MISSING})
_CUT_OFF = frozenset({StorageTrouble.GONE, StorageTrouble.DISK_ERROR})
"""Troubles after which the doors lead nowhere, even where the file is back."""
_PAUSE_MS = 4000
"""Less than the pause after which a save is tried again."""


class FaultNotices(QObject):
    """Rows under the top bar: one for the disk, which goes as soon as something is saved again,
    and one for damage, which stays.

    Where the journal was away and is there again, its doors are opened anew. ``check_asked``: see
    what is damaged. ``unsaved`` gives the text that is not on the disk.
    """

    check_asked = Signal()

    def __init__(
        self,
        window: MainWindow,
        session: JournalSession,
        flush: Callable[[], None],
        unsaved: Callable[[], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._session = session
        self._flush = flush
        self._unsaved = unsaved
        self.ask_where_to_keep: Callable[[], Path | None] = self._ask_where_to_keep
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        session.met.connect(self._on_met)
        session.lost.connect(self._tell)
        session.changed.connect(lambda _: window.notices.dismiss("disk"))
        session.revived.connect(flush)

    @staticmethod
    def tells_of(error: KotterError) -> bool:
        """Whether a row says it, so that nothing else needs to."""
        if isinstance(error, StorageFailed):
            return error.trouble not in _PASSING
        return isinstance(error, JournalDamaged)

    def _on_met(self, error: KotterError) -> None:
        if isinstance(error, JournalDamaged):
            answer = self.tr("Check my journal")
            sentence = error_sentence(error)
            self._window.notices.tell("damage", sentence, answer, self.check_asked.emit)
            return
        if isinstance(error, StorageFailed) and error.trouble in _PASSING:
            return
        self._tell(error)
        cut_off = isinstance(error, StorageFailed) and error.trouble in _CUT_OFF
        if (cut_off or self._session.is_lost) and not self._pause.isActive():
            self._revive()

    def _revive(self) -> None:
        """Where the journal lies in its place again; not over and over on a disk that fails."""
        if exists(self._session.journal.folder):
            self._pause.start()
            self._session.revive()

    def _tell(self, error: KotterError) -> None:
        more: list[Answer] = []
        if self._unsaved():
            more.append((self.tr("Keep the text in a file…"), self._on_keep))
        if self._session.is_lost:
            more.append((self.tr("Other ways out"), self._reopen))
        self._window.notices.tell(
            "disk", self._sentence(error), self.tr("Try again"), self._try_again, more
        )

    def _sentence(self, error: KotterError) -> str:
        sentence = error_sentence(error)
        if not self._unsaved():
            return sentence
        return self.tr("{0} What you wrote stays on the screen.").format(sentence)

    def _try_again(self) -> None:
        """What is typed is tried; where nothing is, the doors are."""
        if self._unsaved():
            self._flush()
        else:
            self._revive()

    def _reopen(self) -> None:
        self._window.reopen_asked.emit(self._session.journal.folder)

    def _on_keep(self) -> None:
        path = self.ask_where_to_keep()
        if path is None:
            return
        try:
            with disk_errors(path):
                write_atomically(path, self._unsaved().encode())
        except KotterError as error:
            self._window.notices.tell("kept", error_sentence(error))
            return
        sentence = self.tr("The text is in {0} as well, which is not encrypted.")
        self._window.notices.tell("kept", sentence.format(path))

    def _ask_where_to_keep(self) -> Path | None:
        title = self.tr("Keep the text in a file (not encrypted)")
        name = str(Path.home() / self.tr("Kotter Journal unsaved.txt"))
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, name)
        return Path(chosen) if chosen else None
