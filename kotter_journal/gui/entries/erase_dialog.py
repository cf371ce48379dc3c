"""EraseDialog: erasing entries for good, in the journal and, where wanted, in its backups."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QProgressBar, QVBoxLayout, QWidget

from kotter_journal.domain.entries import EntryId
from kotter_journal.domain.errors import Cancelled, KotterError
from kotter_journal.domain.sentences import entries_text, error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.job_row import JobRow
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.section import button, buttons, fit_height
from kotter_journal.gui.session import JournalSession
from kotter_journal.services import backups
from kotter_journal.services.erase import (
    ErasedInBackups,
    erase_entries,
    erase_in_backups,
    goes_as_well,
)

_WIDTH = 480


class EraseDialog(QDialog):
    """Says once what goes and what stays. ``erased``: the journal no longer has the entries."""

    erased = Signal()

    def __init__(
        self,
        session: JournalSession,
        preferences: Preferences,
        ids: Sequence[EntryId],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._ids = tuple(ids)
        second = preferences.settings.second_folder
        own = backups.backup_folder(session.journal.folder)
        self._places = [own] if second is None else [own, second]
        self.setWindowTitle(self.tr("Erase for good"))
        self._is_one = len(self._ids) == 1
        self.in_backups = QCheckBox(
            self.tr("Erase it in the backups too")
            if self._is_one
            else self.tr("Erase them in the backups too")
        )
        self.in_backups.setObjectName("in_backups")
        self.words = label("", "quiet", wrap=True)
        self.words.setObjectName("trouble")
        self.words.hide()
        self.job_row = JobRow()
        self.erase_button = button(self.tr("Erase for good"), "erase", "danger")
        self.close_button = button(self.tr("Cancel"), "close")
        self.erase_button.clicked.connect(self._on_erase)
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self.close_button.setFocus()

    def _lay_out(self) -> None:
        title = self.tr("Erase this entry for good?")
        if not self._is_one:
            title = self.tr("Erase {0} for good?").format(entries_text(len(self._ids)))
        self.title = label(title, "section")
        self._question = [
            label(self._what_text(), "quiet", wrap=True),
            label(self._backups_text(), "quiet", wrap=True),
            *self._taken(),
            self.in_backups,
        ]
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Erasing"))
        self.bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        for part in (self.title, *self._question, self.words, self.bar, self.job_row):
            column.addWidget(part)
        column.addLayout(buttons(self.erase_button, self.close_button))
        fit_height(self, _WIDTH)

    def _what_text(self) -> str:
        if self._is_one:
            return self.tr(
                "There is no way back: the text goes, with all its earlier texts and its words in"
                " the search, and the file is written anew without them."
            )
        return self.tr(
            "There is no way back: the texts go, with all their earlier texts and their words in"
            " the search, and the file is written anew without them."
        )

    def _taken(self) -> list[QWidget]:
        """What goes as well, since it holds words of theirs."""
        try:
            taken = self._session.read(lambda tx: goes_as_well(tx, self._ids))
        except KotterError as error:
            self._session.fail(error)
            return []
        text = taken_text(taken.commitments, taken.tasks)
        made = label(text, "quiet", wrap=True)
        made.setObjectName("goes_as_well")
        return [made] if text else []

    def _backups_text(self) -> str:
        text = self.tr("Backups taken before still hold them, unless you erase them there as well.")
        away = self.tr("Backups in this folder, which is not there now, keep them: {0}")
        if self._is_one:
            text = self.tr("Backups taken before still hold it, unless you erase it there as well.")
            away = self.tr("Backups in this folder, which is not there now, keep it: {0}")
        missing = [place for place in self._places[1:] if not place.is_dir()]
        return f"{text} {away.format(missing[0])}" if missing else text

    def _on_erase(self) -> None:
        ids, now = self._ids, self._session.now()
        for part in (self.erase_button, self.close_button, self.in_backups):
            part.setEnabled(False)
        self.bar.show()
        self._tell(self.tr("Erasing, and writing the file anew. This can take some seconds."))
        self._session.write(
            lambda tx: erase_entries(tx, ids, now),
            owner=self,
            done=lambda _: self._on_erased(),
            refused=self._on_refused,
        )

    def _on_erased(self) -> None:
        self.bar.hide()
        self.erased.emit()
        if not self.in_backups.isChecked():
            self.accept()
            return
        ids, vault, places = self._ids, self._session.journal.vault, self._places
        now = self._session.now()

        def erase(look: Callable[[int, int], None]) -> ErasedInBackups:
            paths = [one.path for place in places for one in backups.list_backups(place, vault)]
            return erase_in_backups(paths, vault, ids, now, progress=look)

        job = self._session.apart.start(
            erase, owner=self, done=self._on_erased_in_backups, refused=self._on_not_in_backups
        )
        self.words.hide()
        self.job_row.follow(job, self.tr("Erasing in the backups"))

    def _on_erased_in_backups(self, done: ErasedInBackups) -> None:
        count = len(done.rewritten)
        lines = [self.tr("Erased in the journal. No backup held it.")]
        if count:
            one = self.tr("Erased in the journal and in 1 backup, which was written anew.")
            many = self.tr("Erased in the journal and in {0} backups, which were written anew.")
            lines = [one if count == 1 else many.format(count)]
        if done.unreadable:
            lines.append(self.tr("These backups cannot be read and may hold it. Delete them:"))
            lines += [str(path) for path in done.unreadable]
        self._finish("\n".join(lines))

    def _on_not_in_backups(self, error: KotterError) -> None:
        done = self.tr("Erased in the journal.")
        if isinstance(error, Cancelled):
            self._finish(f"{done} {self.tr('It was stopped: some backups still hold it.')}")
        else:
            self._finish(f"{done} {error_sentence(error)}")

    def _on_refused(self, error: KotterError) -> None:
        self.bar.hide()
        for part in (self.erase_button, self.close_button, self.in_backups):
            part.setEnabled(True)
        self._tell(error_sentence(error), "danger")

    def _finish(self, text: str) -> None:
        self.title.setText(self.tr("Erased for good"))
        for part in (*self._question, self.erase_button):
            part.hide()
        self._tell(text)
        self.close_button.setText(self.tr("Close"))
        self.close_button.setEnabled(True)
        self.close_button.setFocus()

    def _tell(self, sentence: str, look: str = "quiet") -> None:
        theme.mark(self.words, look)
        self.words.setText(sentence)
        self.words.show()
        fit_height(self, _WIDTH)

    # Qt overrides

    def reject(self) -> None:
        """Esc waits for what is under way."""
        if self.close_button.isEnabled():
            super().reject()


def taken_text(commitments: int, tasks: int) -> str:
    """What was taken from the entries and goes with them; empty for nothing."""
    parts = []
    if commitments:
        parts.append("1 commitment" if commitments == 1 else f"{commitments} commitments")
    if tasks:
        parts.append("1 task to hand over" if tasks == 1 else f"{tasks} tasks to hand over")
    if not parts:
        return ""
    verb = "goes" if commitments + tasks == 1 else "go"
    return f"{' and '.join(parts)} that came from there {verb} as well."
