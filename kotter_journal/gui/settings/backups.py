"""BackupsSection: which backups there are, where they lie, and the way back from each."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from kotter_journal.config.files import write_atomically
from kotter_journal.domain.errors import Cancelled, KotterError
from kotter_journal.domain.sentences import (
    age_text,
    date_text,
    entries_text,
    error_sentence,
    size_text,
)
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.job_row import JobRow
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.recovery_state import RecoveryState
from kotter_journal.gui.settings.restore_dialog import RestoreDialog
from kotter_journal.gui.settings.section import Section, button, buttons
from kotter_journal.services import backups
from kotter_journal.services.backups import Backup, BackupsTaken
from kotter_journal.storage.vault import Vault

_ROWS = 8
_TRIAL = ".kotter-journal-trial"


class BackupsSection(Section):
    """``reopen_asked`` carries the folder of a restored journal that is to be opened."""

    reopen_asked = Signal(object)

    def __init__(
        self, session: JournalSession, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._preferences = preferences
        self._own = backups.backup_folder(session.journal.folder)
        self._listed: list[Backup] = []
        self._add_list()
        self._add_second()
        card = self.add_card(self.tr("Opening a backup on another computer"))
        self.recovery = RecoveryState(session)
        card.body.addWidget(self.recovery)
        self._show_second()
        self.refresh()

    def refresh(self) -> None:
        """Read anew which backups there are."""
        vault, places = self._session.journal.vault, self._places()
        self._session.apart.start(
            lambda _look: _listed(places, vault),
            owner=self,
            done=self._show,
            refused=self._on_refused,
        )

    def back_up(self) -> None:
        """Take a backup now."""
        journal, now = self._session.journal, self._session.now()
        second = self._preferences.settings.second_folder
        self.now_button.setEnabled(False)
        job = self._session.apart.start(
            lambda look: backups.back_up(journal, now, second_folder=second, progress=look),
            owner=self,
            done=self._on_taken,
            refused=self._on_refused,
        )
        self.job_row.follow(job, self.tr("Backing up, and reading it again"))

    def set_second_folder(self, folder: Path) -> None:
        """Copy backups to ``folder`` as well, where it can be written to and lies elsewhere."""
        objection = self._objection(folder)
        if objection:
            self._tell(objection, "danger")
            return
        self._preferences.change(second_backup_folder=str(folder))
        self._show_second()
        if self._session.journal.vault.facts.recovery_saved_at is None:
            self.recovery.show_key()
        self.back_up()

    def _add_list(self) -> None:
        card = self.add_card(self.tr("Backups"))
        words = self.tr(
            "A backup is taken every day, encrypted like the journal and read again before it"
            " counts. Of the days 7 stay, of the weeks 4, of the months 12. They lie in {0}."
        )
        card.body.addWidget(label(words.format(self._own), "quiet", wrap=True))
        self.table = QTableWidget(0, 5)
        self.table.setObjectName("backups")
        self.table.setAccessibleName(self.tr("Backups"))
        names = (self.tr("Taken"), self.tr("Age"), self.tr("Holds"), self.tr("Size"), self.tr("In"))
        self.table.setHorizontalHeaderLabels(list(names))
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.itemActivated.connect(lambda _: self._on_restore())
        self.words = label("", "quiet", wrap=True)
        self.words.setObjectName("backups_words")
        self.words.hide()
        self.job_row = JobRow()
        self.now_button = button(self.tr("Back up now"), "back_up_now")
        self.restore_button = button(self.tr("Restore…"), "restore_backup")
        self.check_button = button(self.tr("Check"), "check_backup")
        self.file_button = button(self.tr("Restore from a file…"), "restore_file")
        self.folder_button = button(self.tr("Show the folder"), "show_folder", "link")
        self.now_button.clicked.connect(self.back_up)
        self.restore_button.clicked.connect(self._on_restore)
        self.check_button.clicked.connect(self._on_check)
        self.file_button.clicked.connect(self._on_file)
        self.folder_button.clicked.connect(self._on_folder)
        card.body.addWidget(self.table)
        card.body.addWidget(self.words)
        card.body.addWidget(self.job_row)
        card.body.addLayout(
            buttons(self.now_button, self.restore_button, self.check_button, self.file_button)
        )
        card.body.addLayout(buttons(self.folder_button))
        self.now_button.setVisible(not self._session.read_only)

    def _add_second(self) -> None:
        card = self.add_card(self.tr("A second folder"))
        self.second = label("", "quiet", wrap=True)
        self.second.setObjectName("second_folder")
        self.choose_button = button(self.tr("Choose a folder…"), "choose_second")
        self.forget_button = button(self.tr("Use none"), "forget_second")
        self.choose_button.clicked.connect(self._on_choose)
        self.forget_button.clicked.connect(self._on_forget)
        card.body.addWidget(self.second)
        card.body.addLayout(buttons(self.choose_button, self.forget_button))

    def _places(self) -> list[Path]:
        second = self._preferences.settings.second_folder
        return [self._own] if second is None else [self._own, second]

    def _show(self, listed: list[Backup]) -> None:
        self._listed = listed
        now = self._session.now()
        self.table.setRowCount(len(listed))
        for row, one in enumerate(listed):
            for column, text in enumerate(self._texts(one, now)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        # Of one or two backups no tall empty table remains; of many a part shows.
        shown = min(max(len(listed), 1), _ROWS)
        height = self.table.horizontalHeader().sizeHint().height() + 4
        self.table.setFixedHeight(height + shown * self.table.verticalHeader().defaultSectionSize())
        if listed:
            self.table.selectRow(0)
        self._enable()
        if not listed and not self.words.isVisible():
            self._tell(self.tr("There is none yet."), "quiet")

    def _texts(self, one: Backup, now: datetime) -> tuple[str, ...]:
        local = one.taken_at.astimezone(now.tzinfo)
        holds = self.tr("cannot be read") if one.facts is None else entries_text(one.facts.entries)
        if one.occasion:
            holds = self.tr("{0}, before an update").format(holds)
        own = one.path.parent == self._own
        return (
            f"{date_text(local.date())} {local:%H:%M}",
            age_text(one.taken_at, now),
            holds,
            size_text(one.size),
            self.tr("the journal’s folder") if own else self.tr("the second folder"),
        )

    def _chosen(self) -> Backup | None:
        row = self.table.currentRow()
        return self._listed[row] if 0 <= row < len(self._listed) else None

    def _enable(self) -> None:
        chosen = self._chosen()
        self.check_button.setEnabled(chosen is not None)
        self.restore_button.setEnabled(chosen is not None and chosen.facts is not None)

    def _on_taken(self, taken: BackupsTaken) -> None:
        self.now_button.setEnabled(True)
        sentence = self.tr("Backed up and read again: {0}.")
        self._tell(sentence.format(entries_text(taken.facts.entries)), "quiet")
        self.refresh()

    def _on_refused(self, error: KotterError) -> None:
        self.now_button.setEnabled(True)
        if isinstance(error, Cancelled):
            self._tell(self.tr("Cancelled."), "quiet")
        else:
            self._tell(error_sentence(error), "danger")

    def _on_check(self) -> None:
        chosen = self._chosen()
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
        self.job_row.follow(job, self.tr("Checking"))

    def _on_restore(self) -> None:
        chosen = self._chosen()
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
            journal.folder,
            self._session.now,
            vault=journal.vault,
            parent=self.window(),
        )
        dialog.reopen_asked.connect(self.reopen_asked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._own)))

    def _on_choose(self) -> None:
        title = self.tr("Where backups are copied to as well")
        chosen = QFileDialog.getExistingDirectory(self, title)
        if chosen:
            self.set_second_folder(Path(chosen))

    def _on_forget(self) -> None:
        self._preferences.change(second_backup_folder="")
        self._show_second()
        self.refresh()

    def _show_second(self) -> None:
        folder = self._preferences.settings.second_folder
        self.forget_button.setVisible(folder is not None)
        if folder is None:
            words = self.tr(
                "None. A copy on another disk survives this one. A folder that a service keeps in"
                " step is fine as well: backups are encrypted, and written once."
            )
            theme.mark(self.second, "quiet")
        elif folder.is_dir():
            words = self.tr("Each backup is copied to {0}.").format(folder)
            theme.mark(self.second, "quiet")
        else:
            words = self.tr("{0} is not there now. Connect its drive, or choose another folder.")
            words = words.format(folder)
            theme.mark(self.second, "warn")
        self.second.setText(words)

    def _objection(self, folder: Path) -> str:
        """Why a folder cannot be the second one; empty where it can."""
        journal = self._session.journal.folder.resolve()
        there = folder.resolve()
        if there == journal or journal in there.parents:
            return self.tr("{0} belongs to the journal itself. Choose a folder elsewhere.").format(
                folder
            )
        try:
            write_atomically(folder / _TRIAL, b"")
            (folder / _TRIAL).unlink()
        except OSError:
            sentence = self.tr("{0} cannot be written to. Allow it, or choose another folder.")
            return sentence.format(folder)
        return ""

    def _tell(self, sentence: str, look: str) -> None:
        theme.mark(self.words, look)
        self.words.setText(sentence)
        self.words.show()


def _listed(places: list[Path], vault: Vault) -> list[Backup]:
    found = [one for place in places for one in backups.list_backups(place, vault)]
    return sorted(found, key=lambda one: one.taken_at, reverse=True)
