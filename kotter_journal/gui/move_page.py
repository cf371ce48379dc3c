"""MovePage: takes the journal out of a folder that is kept in step, and leaves backups there."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kotter_journal.config.files import private_folder
from kotter_journal.config.paths import default_journal_folder
from kotter_journal.config.sync_folders import backups_in_step
from kotter_journal.domain.errors import Cancelled, KotterError
from kotter_journal.domain.sentences import entries_text, error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.job_row import JobRow
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.restore_dialog import free_folder
from kotter_journal.services.relocation import move_journal
from kotter_journal.storage.backup_file import BackupFacts
from kotter_journal.storage.database import WorkProgress
from kotter_journal.storage.journal import disk_errors

_WIDTH = 560


class MovePage(QFrame):
    """Shown in place of the journal, so that nobody writes meanwhile.

    ``moved`` carries the new folder and that of the backups once it is done, ``reopen_asked`` the
    folder to open, ``left`` follows where everything stays as it was.
    """

    moved = Signal(object, object)
    reopen_asked = Signal(object)
    left = Signal()

    def __init__(
        self,
        session: JournalSession,
        service: str,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme.mark(self, "page")
        self._session = session
        self._service = service
        self._now = now
        self._folder = session.journal.folder
        self._backups = backups_in_step(self._folder)
        usual = default_journal_folder()
        self.into = free_folder(usual, "moved", now()) if usual.exists() else usual
        self.ask_where: Callable[[], Path | None] = self._ask_where
        self.words = label("", "quiet", wrap=True)
        self.words.setObjectName("move_words")
        self.told = label("", "danger", wrap=True)
        self.told.setObjectName("told")
        self.told.hide()
        self.move_button = self._button(self.tr("Move it"), "move", "primary")
        self.place_button = self._button(self.tr("Another folder…"), "other_folder", "link")
        self.leave_button = self._button(self.tr("Not now"), "leave")
        self.open_button = self._button(self.tr("Open it there"), "open_moved", "primary")
        self.job_row = JobRow()
        self.move_button.clicked.connect(self._on_move)
        self.place_button.clicked.connect(self._on_place)
        self.leave_button.clicked.connect(self.left)
        self.open_button.clicked.connect(lambda: self.reopen_asked.emit(self.into))
        self._lay_out()
        self._show_place()
        self.setFocusProxy(self.move_button)

    def _button(self, text: str, name: str, look: str = "") -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(name)
        if look:
            theme.mark(made, look)
        return made

    def _lay_out(self) -> None:
        card = Card()
        column = card.body
        column.setContentsMargins(28, 26, 28, 26)
        column.addWidget(label(self.tr("Keep the journal on this computer"), "heading", wrap=True))
        for part in (self.words, self.told, self.job_row):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.move_button, self.open_button, self.leave_button, self.place_button):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.open_button.hide()
        card.setFixedWidth(theme.px(_WIDTH))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(card)
        line.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(line)
        outer.addStretch(3)

    def _show_place(self) -> None:
        words = self.tr(
            "It goes to {0}. {1} keeps encrypted backups of it instead, in {2}.\n\n"
            "The journal you have now stays in {3}. Delete it when you have seen that everything is"
            " in the new place. A computer that uses it as well goes on with the old one: from now"
            " on use only one of them."
        )
        self.words.setText(words.format(self.into, self._service, self._backups, self._folder))

    def _on_place(self) -> None:
        chosen = self.ask_where()
        if chosen is not None:
            self.into = free_folder(chosen / self._folder.name, "moved", self._now())
            self._show_place()

    def _on_move(self) -> None:
        journal, into, now = self._session.journal, self.into, self._now()
        backups = self._backups

        def move(progress: WorkProgress) -> BackupFacts:
            with disk_errors(backups):
                private_folder(backups)
            return move_journal(journal, into, backups, now, progress=progress)

        self._set_busy(busy=True)
        self.told.hide()
        job = self._session.apart.start(
            move, owner=self, done=self._on_moved, refused=self._on_refused
        )
        self.job_row.follow(job, self.tr("Moving the journal, and reading it again"))

    def _on_moved(self, facts: BackupFacts) -> None:
        sentence = self.tr(
            "Moved: {0}, now in {1}. Backups go to {2}. The old journal is still in {3} and is used"
            " no longer."
        )
        self.words.setText(
            sentence.format(entries_text(facts.entries), self.into, self._backups, self._folder)
        )
        for button in (self.move_button, self.place_button, self.leave_button):
            button.hide()
        self.open_button.show()
        self.open_button.setFocus()
        self.moved.emit(self.into, self._backups)

    def _on_refused(self, error: KotterError) -> None:
        self._set_busy(busy=False)
        theme.mark(self.told, "quiet" if isinstance(error, Cancelled) else "danger")
        self.told.setText(error_sentence(error))
        self.told.show()

    def _set_busy(self, *, busy: bool) -> None:
        for button in (self.move_button, self.place_button, self.leave_button):
            button.setEnabled(not busy)
        if busy:
            self.job_row.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_where(self) -> Path | None:
        title = self.tr("A folder in which the journal gets one of its own")
        chosen = QFileDialog.getExistingDirectory(self, title)
        return Path(chosen) if chosen else None
