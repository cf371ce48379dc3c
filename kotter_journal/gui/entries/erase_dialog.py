"""EraseDialog: erasing entries for good, in the journal and, where wanted, in its backups."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from kotter_journal.domain.entries import EntryId
from kotter_journal.domain.errors import Cancelled, KotterError
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.job_row import JobRow
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.section import button, buttons, fit_height
from kotter_journal.services import backups
from kotter_journal.services.erase import ErasedInBackups, erase_entries, erase_in_backups

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
        self.in_backups = QCheckBox(self.tr("Erase it in the backups too"))
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
        count = len(self._ids)
        title = self.tr("Erase this entry for good?")
        if count != 1:
            title = self.tr("Erase {0} entries for good?").format(f"{count:,}")
        what = self.tr(
            "There is no way back: the text, its earlier versions and its words in the search go,"
            " and the file is written anew without them."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addWidget(label(title, "section"))
        column.addWidget(label(what, "quiet", wrap=True))
        column.addWidget(label(self._backups_text(), "quiet", wrap=True))
        column.addWidget(self.in_backups)
        column.addWidget(self.words)
        column.addWidget(self.job_row)
        column.addLayout(buttons(self.erase_button, self.close_button))
        fit_height(self, _WIDTH)

    def _backups_text(self) -> str:
        missing = [place for place in self._places[1:] if not place.is_dir()]
        text = self.tr("Backups taken before still hold it, unless you erase it there as well.")
        if missing:
            more = self.tr("{0} is not there now, so backups in it keep it.").format(missing[0])
            text = f"{text} {more}"
        return text

    def _on_erase(self) -> None:
        ids, now = self._ids, self._session.now()
        for part in (self.erase_button, self.close_button, self.in_backups):
            part.setEnabled(False)
        self._tell(self.tr("Erasing, and writing the file anew. This can take some seconds."))
        self._session.write(
            lambda tx: erase_entries(tx, ids, now),
            owner=self,
            done=lambda _: self._on_erased(),
            refused=self._on_refused,
        )

    def _on_erased(self) -> None:
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
        text = self.tr("Erased in the journal and in its backups ({0} written anew).").format(
            len(done.rewritten)
        )
        if done.unreadable:
            names = ", ".join(path.name for path in done.unreadable)
            sentence = self.tr("These backups cannot be read and were left: {0}. Delete them.")
            text = f"{text} {sentence.format(names)}"
        self._finish(text)

    def _on_not_in_backups(self, error: KotterError) -> None:
        done = self.tr("Erased in the journal.")
        if isinstance(error, Cancelled):
            self._finish(f"{done} {self.tr('Some backups still hold it.')}")
        else:
            self._finish(f"{done} {error_sentence(error)}")

    def _on_refused(self, error: KotterError) -> None:
        for part in (self.erase_button, self.close_button, self.in_backups):
            part.setEnabled(True)
        self._tell(error_sentence(error), "danger")

    def _finish(self, text: str) -> None:
        self._tell(text)
        self.erase_button.hide()
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
