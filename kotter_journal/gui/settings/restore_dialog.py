"""RestoreDialog: shows what is in a backup, and makes a journal of it in a new folder."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.errors import (
    BackupUnusable,
    Cancelled,
    KeyUnavailable,
    KotterError,
    MistypedRecoveryKey,
    WrongPassphrase,
)
from kotter_journal.domain.invisible import boxed
from kotter_journal.domain.sentences import (
    age_text,
    date_text,
    entries_text,
    error_sentence,
    size_text,
)
from kotter_journal.gui import theme
from kotter_journal.gui.apart import Apart, Job
from kotter_journal.gui.card import label
from kotter_journal.gui.job_row import JobRow
from kotter_journal.gui.section import button, buttons, fit_height
from kotter_journal.services import backups
from kotter_journal.storage.backup_file import BackupFacts
from kotter_journal.storage.journal import disk_errors
from kotter_journal.storage.vault import Vault

_WIDTH = 560


@dataclass(frozen=True, slots=True)
class _Opened:
    """A backup of which the keys are there, and what it says of itself."""

    vault: Vault
    facts: BackupFacts
    size: int


class RestoreDialog(QDialog):
    """Never over a journal that exists. ``reopen_asked`` carries the folder that was made."""

    reopen_asked = Signal(object)

    def __init__(
        self,
        apart: Apart,
        path: Path,
        keys_folder: Path,
        beside: Path,
        now: Callable[[], datetime],
        *,
        vault: Vault | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``beside`` is the journal that stays as it is; ``vault`` its keys, where they are had."""
        super().__init__(parent)
        self._apart = apart
        self._path = path
        self._keys_folder = keys_folder
        self._vault = vault
        self._opened: _Opened | None = None
        self._job: Job | None = None
        self._now = now
        self._beside = beside
        self.into = free_folder(beside, "restored", now())
        self.setWindowTitle(self.tr("Restore a backup"))
        self.words = label("", "quiet", wrap=True)
        self.words.setObjectName("trouble")
        self.facts = QFormLayout()
        self.facts.setHorizontalSpacing(20)
        self.facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.key = QLineEdit()
        self.key.setObjectName("unlock")
        self.key.setPlaceholderText(self.tr("Passphrase or recovery key of that journal"))
        self.key.setAccessibleName(self.tr("Passphrase or recovery key"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.returnPressed.connect(self._look)
        self.key.hide()
        self.key_button = button(self.tr("Show what is in it"), "look", "primary")
        self.key_button.clicked.connect(self._look)
        self.key_button.hide()
        self.place = label("", "quiet", wrap=True)
        self.place_button = button(self.tr("Another folder…"), "other_folder", "link")
        self.restore_button = button(self.tr("Restore"), "restore", "primary")
        self.open_button = button(self.tr("Open the restored journal"), "open_restored", "primary")
        self.close_button = button(self.tr("Cancel"), "close")
        self.job_row = JobRow()
        self._lay_out()
        self.place_button.clicked.connect(self._on_place)
        self.restore_button.clicked.connect(self._on_restore)
        self.open_button.clicked.connect(self._on_open)
        self.close_button.clicked.connect(self.reject)
        self._show_place()
        self._look()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addWidget(label(self.tr("What is in this backup"), "section"))
        column.addLayout(self.facts)
        column.addWidget(self.words)
        column.addWidget(self.key)
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(self.place_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(self.job_row)
        row = buttons(self.key_button, self.restore_button, self.open_button, self.close_button)
        column.addLayout(row)
        self.open_button.hide()
        self.restore_button.setEnabled(False)
        fit_height(self, _WIDTH)

    def _look(self) -> None:
        """Read what the backup says of itself, with whatever key is there."""
        typed = self.key.text()
        self.key.clear()
        path, keys_folder, vault = self._path, self._keys_folder, self._vault

        def look(_progress: object) -> _Opened:
            return _opened(path, keys_folder, vault, typed)

        self.key.setEnabled(False)
        self.key_button.setEnabled(False)
        self._tell(self.tr("Reading…"), "quiet")
        self._apart.start(look, owner=self, done=self._on_facts, refused=self._on_closed)

    def _on_facts(self, opened: _Opened) -> None:
        self._opened = opened
        self._ask_for_key(False)
        self.words.hide()
        facts, now = opened.facts, self._now()
        self._add(self.tr("Taken"), _taken_text(facts.taken_at, now))
        entries = entries_text(facts.entries)
        if facts.trash:
            entries = self.tr("{0}, and {1} in the trash").format(entries, facts.trash)
        self._add(self.tr("Holds"), entries)
        if facts.first_on is not None and facts.last_on is not None:
            dates = self.tr("{0} to {1}").format(
                date_text(facts.first_on), date_text(facts.last_on)
            )
            self._add(self.tr("From"), dates)
            self._add(self.tr("Newest entry"), boxed(facts.last_heading) or self.tr("Untitled"))
        self._add(self.tr("File"), f"{self._path} ({size_text(opened.size)})")
        self.restore_button.setEnabled(True)
        self.restore_button.setFocus()
        fit_height(self, _WIDTH)

    def _add(self, name: str, value: str) -> None:
        shown: QLabel = label(value, "strong", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        kind = label(name, "quiet")
        self.facts.addRow(kind, shown)
        # Shown now, so that the dialog's height counts them in.
        for part in (kind, shown):
            part.show()

    def _on_closed(self, error: KotterError) -> None:
        needs_key = isinstance(error, KeyUnavailable | WrongPassphrase | MistypedRecoveryKey)
        self._ask_for_key(needs_key)
        self._tell(error_sentence(error), "warn" if needs_key else "danger")
        if needs_key:
            self.key.setFocus()

    def _ask_for_key(self, asks: bool) -> None:
        for part in (self.key, self.key_button):
            part.setEnabled(asks)
            part.setVisible(asks)
        self.restore_button.setVisible(not asks)

    def _on_place(self) -> None:
        title = self.tr("A folder in which the restored journal gets one of its own")
        chosen = QFileDialog.getExistingDirectory(self, title, str(self.into.parent))
        if chosen:
            self.set_place(Path(chosen))

    def set_place(self, folder: Path) -> None:
        """Restore into a new folder in ``folder``, which is none of the journal's own."""
        own, there = self._beside.resolve(), folder.resolve()
        if there == own or own in there.parents:
            sentence = self.tr("{0} belongs to the journal itself. Choose a folder elsewhere.")
            self._tell(sentence.format(folder), "warn")
            return
        self.words.hide()
        self.into = free_folder(folder / self._beside.name, "restored", self._now())
        self._show_place()
        fit_height(self, _WIDTH)

    def _show_place(self) -> None:
        words = self.tr("It is restored into {0}.").format(self.into)
        self.place.setText(f"{words} {self._stays()}".strip())

    def _stays(self) -> str:
        if not self._beside.exists():
            return ""
        stays = self.tr("The journal you have now stays as it is, in {0}.")
        return stays.format(self._beside)

    def _on_restore(self) -> None:
        if self._opened is None:
            return
        path, into, vault, now = self._path, self.into, self._opened.vault, self._now()
        self._is_at_work(True)
        self._job = self._apart.start(
            lambda look: backups.restore_backup(path, into, vault, now, progress=look),
            owner=self,
            done=self._on_restored,
            refused=self._on_refused,
        )
        self.job_row.follow(self._job, self.tr("Restoring, and reading every page"))
        self.job_row.cancel_button.setFocus()
        fit_height(self, _WIDTH)

    def _is_at_work(self, at_work: bool) -> None:
        """While it works, only the way to stop that is there."""
        for part in (self.restore_button, self.place_button, self.close_button):
            part.setVisible(not at_work)
        if at_work:
            self.words.hide()
        else:
            self._job = None

    def _on_restored(self, facts: BackupFacts) -> None:
        self._is_at_work(False)
        self.place.setText(self._stays())
        self.place_button.hide()
        self.restore_button.hide()
        self.open_button.show()
        self.open_button.setFocus()
        self.close_button.setText(self.tr("Leave it there"))
        sentence = self.tr("Restored: {0}, in {1}.")
        self._tell(sentence.format(entries_text(facts.entries), self.into), "strong")

    def _on_refused(self, error: KotterError) -> None:
        self._is_at_work(False)
        self.restore_button.setFocus()
        cancelled = isinstance(error, Cancelled)
        words = self.tr("Cancelled; nothing was made.") if cancelled else error_sentence(error)
        self._tell(words, "quiet" if cancelled else "danger")

    def _on_open(self) -> None:
        self.accept()
        self.reopen_asked.emit(self.into)

    def _tell(self, sentence: str, look: str) -> None:
        theme.mark(self.words, look)
        self.words.setText(sentence)
        self.words.show()
        fit_height(self, _WIDTH)

    # Qt overrides

    def reject(self) -> None:
        """While it is restoring, that is what stops, and the dialog says so."""
        if self._job is None:
            super().reject()
        else:
            self._job.cancel()


def _opened(path: Path, keys_folder: Path, vault: Vault | None, typed: str) -> _Opened:
    """The keys of a backup and what it says of itself: by the journal's keys, or else its own."""
    with disk_errors(path):
        size = path.stat().st_size
    if vault is not None and not typed:
        # Where these keys do not fit, it may be of another journal; its own keys decide.
        with suppress(BackupUnusable):
            return _Opened(vault, backups.inspect_backup(path, vault), size)
    own = _own_keys(path, keys_folder, typed)
    return _Opened(own, backups.inspect_backup(path, own), size)


def _own_keys(path: Path, keys_folder: Path, typed: str) -> Vault:
    if not typed:
        return backups.open_backup(path, keys_folder)
    try:
        return backups.open_backup(path, keys_folder, recovery_key=typed)
    except MistypedRecoveryKey:
        return backups.open_backup(path, keys_folder, passphrase=typed)


def free_folder(beside: Path, word: str, now: datetime) -> Path:
    """A folder beside a journal that is not there yet, its name with a word and today's date."""
    first = beside.with_name(f"{beside.name}-{word}-{now.date().isoformat()}")
    number, path = 1, first
    while path.exists():
        number += 1
        path = first.with_name(f"{first.name}-{number}")
    return path


def _taken_text(taken_at: datetime, now: datetime) -> str:
    local = taken_at.astimezone(now.tzinfo)
    return f"{date_text(local.date())} {local:%H:%M} ({age_text(taken_at, now)})"
