"""BackupsSection: which backups there are, where they lie, and the way back from each."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from kotter_journal.domain.errors import Cancelled, KotterError, StorageFailed
from kotter_journal.domain.sentences import entries_text, error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.apart import Job
from kotter_journal.gui.card import label
from kotter_journal.gui.job_row import JobRow
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.section import Section, button, buttons
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.backup_table import BackupTable
from kotter_journal.gui.settings.recovery_state import RecoveryState
from kotter_journal.gui.settings.restore_dialog import RestoreDialog
from kotter_journal.gui.settings.second_folder import (
    Objection,
    Place,
    SecondFolder,
    objection_to,
    place_of,
)
from kotter_journal.services import backups
from kotter_journal.services.backups import Backup, BackupsTaken
from kotter_journal.storage.database import WorkProgress
from kotter_journal.storage.journal import Journal


@dataclass(frozen=True, slots=True)
class _Found:
    """What lies in both folders, what kept one from being read, and where the second one is."""

    listed: list[Backup]
    trouble: StorageFailed | None
    second: Place | None


class BackupsSection(Section):
    """Reads its list whenever it comes to the front, and after each backup.

    ``reopen_asked`` carries the folder of a restored journal that is to be opened.
    """

    reopen_asked = Signal(object)

    def __init__(
        self, session: JournalSession, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._preferences = preferences
        self._home = _home(session)
        self._own = backups.backup_folder(self._home)
        self._job: Job | None = None
        self._add_list()
        self.second = self.add(SecondFolder(preferences))
        self.second.folder_chosen.connect(self.set_second_folder)
        self.second.forgotten.connect(self.refresh)
        card = self.add_card(self.tr("Opening a backup on another computer"))
        self.recovery = RecoveryState(session)
        card.body.addWidget(self.recovery)
        for one in (self.now_button, self.second.choose_button):
            one.setVisible(not session.read_only)
        session.backed_up.connect(self.refresh)

    def refresh(self) -> None:
        """Read anew which backups there are."""
        journal, second = self._session.journal, self._preferences.settings.second_folder
        self._session.apart.start(
            lambda _look: _found(journal, self._own, second),
            owner=self,
            done=self._show,
            refused=self._on_refused,
        )

    def back_up(self) -> None:
        """Take a backup now."""
        journal, now = self._session.journal, self._session.now()
        second = self._preferences.settings.second_folder
        self._take(
            lambda look: backups.back_up(journal, now, second_folder=second, progress=look),
            self.tr("Backing up, and reading it again"),
        )

    def set_second_folder(self, folder: Path) -> None:
        """Copy backups to ``folder`` as well, where it can be written to and lies elsewhere."""
        journal = self._session.journal.folder

        def answered(objection: Objection | None) -> None:
            if objection is None:
                self._use(folder)
            else:
                self._tell(self.second.objection_text(objection, folder), "danger")

        self._session.apart.start(
            lambda _look: objection_to(folder, journal), owner=self, done=answered
        )

    def _use(self, folder: Path) -> None:
        self._preferences.change(second_backup_folder=str(folder))
        journal, now = self._session.journal, self._session.now()
        self._take(
            lambda look: backups.back_up_if_due(journal, now, second_folder=folder, progress=look),
            self.tr("Copying the backup of today, and reading it again"),
        )
        self.refresh()
        if journal.vault.facts.recovery_saved_at is None:
            self.recovery.show_key()

    def _add_list(self) -> None:
        card = self.add_card(self.tr("Backups"))
        words = self.tr(
            "A backup is taken every day, encrypted like the journal and read again before it"
            " counts. Of the days 7 stay, of the weeks 4, of the months 12."
        )
        card.body.addWidget(label(words, "quiet", wrap=True))
        self.place = label(self.tr("They lie in {0}").format(self._own), "quiet", wrap=True)
        self.place.setObjectName("own_folder")
        self.place.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.folder_button = button(self.tr("Open folder"), "show_folder", "link")
        line = QHBoxLayout()
        line.addWidget(self.place, 1)
        line.addWidget(self.folder_button, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(line)
        self.table = BackupTable(self._own)
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.itemActivated.connect(lambda _: self._on_restore())
        self.table.hide()
        self.state = label(self.tr("Looking for backups…"), "quiet", wrap=True)
        self.words = label("", "quiet", wrap=True)
        self.words.setObjectName("backups_words")
        self.words.hide()
        self.job_row = JobRow()
        self.now_button = button(self.tr("Back up now"), "back_up_now")
        self.restore_button = button(self.tr("Restore…"), "restore_backup")
        self.check_button = button(self.tr("Check"), "check_backup")
        self.file_button = button(self.tr("Restore from another file…"), "restore_file", "link")
        self.now_button.clicked.connect(self.back_up)
        self.restore_button.clicked.connect(self._on_restore)
        self.check_button.clicked.connect(self._on_check)
        self.file_button.clicked.connect(self._on_file)
        self.folder_button.clicked.connect(self._on_folder)
        for part in (self.table, self.state, self.words, self.job_row):
            card.body.addWidget(part)
        card.body.addLayout(buttons(self.now_button, self.restore_button, self.check_button))
        card.body.addLayout(buttons(self.file_button))
        self._enable()

    def _show(self, found: _Found) -> None:
        self.table.fill(found.listed, self._session.now())
        self.table.setVisible(bool(found.listed))
        self.folder_button.setEnabled(self._own.is_dir())
        trouble = "" if found.trouble is None else error_sentence(found.trouble)
        self.state.setText(trouble or self.tr("There is none yet."))
        theme.mark(self.state, "warn" if trouble else "quiet")
        self.state.setVisible(bool(trouble) or not found.listed)
        self.second.show_place(found.second)
        self._enable()

    def _enable(self) -> None:
        chosen, is_free = self.table.chosen, self._job is None
        self.now_button.setEnabled(is_free)
        self.check_button.setEnabled(is_free and chosen is not None)
        self.restore_button.setEnabled(chosen is not None and chosen.facts is not None)

    def _take(self, take: Callable[[WorkProgress], BackupsTaken | None], words: str) -> None:
        job = self._session.apart.start(
            take, owner=self, done=self._on_taken, refused=self._on_refused
        )
        self._follow(job, words)

    def _follow(self, job: Job, words: str) -> None:
        self._job = job
        job.ended.connect(self._on_ended)
        self.words.hide()
        self.job_row.follow(job, words)
        self._enable()

    def _on_ended(self) -> None:
        self._job = None
        self._enable()

    def _on_taken(self, taken: BackupsTaken | None) -> None:
        if taken is None:
            self._tell(self.tr("Every folder has today’s backup."), "quiet")
            return
        if taken.not_copied is not None:
            sentence = self.tr("Backed up in the journal’s folder, but not copied. {0}")
            self._tell(sentence.format(error_sentence(taken.not_copied)), "warn")
        else:
            sentence = self.tr("Backed up and read again: {0}.")
            self._tell(sentence.format(entries_text(taken.facts.entries)), "quiet")
        self._session.backed_up.emit(taken)

    def _on_refused(self, error: KotterError) -> None:
        if isinstance(error, Cancelled):
            self._tell(self.tr("Cancelled."), "quiet")
        else:
            self._tell(error_sentence(error), "danger")

    def _on_check(self) -> None:
        chosen = self.table.chosen
        if chosen is None:
            return
        path, vault = chosen.path, self._session.journal.vault
        job = self._session.apart.start(
            lambda look: backups.check_backup(path, vault, progress=look),
            owner=self,
            done=lambda facts: self._tell(
                self.tr("Whole and readable: {0}.").format(entries_text(facts.entries)), "quiet"
            ),
            refused=self._on_refused,
        )
        self._follow(job, self.tr("Checking {0}").format(path.name))

    def _on_restore(self) -> None:
        chosen = self.table.chosen
        if chosen is not None and chosen.facts is not None:
            self.restore(chosen.path)

    def _on_file(self) -> None:
        kinds = self.tr("Backups (*.zip);;All files (*)")
        title = self.tr("A backup of a Kotter Journal")
        chosen, _ = QFileDialog.getOpenFileName(self, title, str(self._own), kinds)
        if chosen:
            self.restore(Path(chosen))

    def restore(self, path: Path) -> None:
        """Open the dialog that shows what is in a backup and restores it."""
        journal = self._session.journal
        dialog = RestoreDialog(
            self._session.apart,
            path,
            journal.vault.keys_folder,
            self._home,
            self._session.now,
            vault=journal.vault,
            parent=self.window(),
        )
        dialog.reopen_asked.connect(self.reopen_asked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._own)))

    def _tell(self, sentence: str, look: str) -> None:
        theme.mark(self.words, look)
        self.words.setText(sentence)
        self.words.show()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """A drive may have come or gone, and a backup taken, while nobody looked."""
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()


def _home(session: JournalSession) -> Path:
    """The folder of the journal; of one of which only a part could be read, that of the whole."""
    journal = session.journal
    whole = journal.vault.folder
    return whole if session.read_only and whole.is_dir() else journal.folder


def _found(journal: Journal, own: Path, second: Path | None) -> _Found:
    """What lies in both folders; one that cannot be read takes nothing from the other."""
    listed, trouble = [], None
    for folder in (own, second):
        try:
            listed += [] if folder is None else backups.list_backups(folder, journal.vault)
        except StorageFailed as error:
            trouble = error
    listed.sort(key=lambda one: one.taken_at, reverse=True)
    return _Found(listed, trouble, place_of(second, journal.folder))
