"""ReadingOnly: what the window says and leaves out where a journal is only read."""

from PySide6.QtCore import QObject

from kotter_journal.domain.errors import KotterError, StorageFailed, StorageTrouble
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.domain.trouble_sentences import rescued_sentence
from kotter_journal.gui.doors import OnlyReading
from kotter_journal.gui.main_window import MainWindow
from kotter_journal.gui.notice import Answer
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.remedies import Remedies, case_of
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.rescue import Rescued

_WRITING = ("quick_line", "new_entry", "delegate", "commit", "undo", "redo")
"""Actions that would write."""


class ReadingOnly(QObject):
    """One row under the top bar says why, and the quick line takes no line."""

    def __init__(
        self,
        window: MainWindow,
        session: JournalSession,
        preferences: Preferences,
        why: OnlyReading,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._session = session
        self._why = why
        self.remedies = self._make_remedies(preferences)
        window.leave_out(_WRITING)
        window.today_page.quick_line.only_read(
            self.tr("Open for reading only: nothing can be written here")
        )

    def tell(self) -> None:
        """Say why, and what can be done about it."""
        if self._why.rescued is not None:
            self._tell_rescued(self._why.rescued)
            return
        again = self.tr("Try again")
        self._window.notices.tell("reading", self._sentence(self._why.error), again, self._reopen)

    def _tell_rescued(self, rescued: Rescued) -> None:
        sentence = self.tr("This is what can be read of the damaged journal in {0}. {1}")
        told = rescued_sentence(
            rescued.entries, rescued.rejected, rescued.incomplete, rescued.left_out
        )
        more: tuple[Answer, ...] = (
            (self.tr("Export what is readable…"), self._export),
            (self.tr("Other ways out"), self._reopen),
        )
        self._window.notices.tell(
            "reading",
            sentence.format(self._why.damaged, told),
            self.tr("Save it as a new journal"),
            self._save,
            more,
        )

    def _sentence(self, error: KotterError | None) -> str:
        if isinstance(error, StorageFailed) and error.trouble is StorageTrouble.OLDER_THAN_SAVED:
            return self.tr(
                "This journal is older than the last change this computer saved, and open for"
                " reading only. Nothing can be written here."
            )
        reading = self.tr("Open for reading only.")
        return reading if error is None else f"{reading} {error_sentence(error)}"

    def _save(self) -> None:
        self.tell()
        self.remedies.keep_readable(self._session.journal)

    def _export(self) -> None:
        self.tell()
        self.remedies.export(self._session.journal.vault)

    def _make_remedies(self, preferences: Preferences) -> Remedies:
        vault = self._session.journal.vault
        folder = self._why.damaged or self._session.journal.folder
        case = case_of(folder, vault.keys_folder, preferences.settings.second_folder)
        notices = self._window.notices
        made = Remedies(case, self._session.apart, notices.job_row, self._session.now, self._window)
        made.told.connect(self._on_told)
        made.reopen_asked.connect(self._window.reopen_asked)
        return made

    def _on_told(self, sentence: str, _look: str) -> None:
        if sentence:
            self._window.notices.tell("remedy", sentence)
        else:
            self._window.notices.dismiss("remedy")

    def _reopen(self) -> None:
        self._window.reopen_asked.emit(self._why.damaged or self._session.journal.folder)
