"""Footer: whether the text is safe on the disk, and how many words it has."""

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kotter_journal.domain.entries import Entry
from kotter_journal.domain.errors import InvalidEntry
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.desk import SaveState, Saving
from kotter_journal.gui.session import JournalSession


class Footer(QWidget):
    """The saved state where reading starts, the words at the other end."""

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.state = label("", "meta", wrap=True)
        self.state.setObjectName("saved_state")
        self.words = label("", "meta")
        self.words.setObjectName("words")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.state, 1)
        row.addWidget(self.words, 0, Qt.AlignmentFlag.AlignBottom)

    def set_words(self, count: int) -> None:
        """Say how many words the text has."""
        numbers = QLocale().toString(count)
        self.words.setText(
            self.tr("{0} word").format(numbers)
            if count == 1
            else self.tr("{0} words").format(numbers)
        )

    def show_state(self, state: SaveState, entry: Entry | None) -> None:
        """Say how safe the text is."""
        words = self._words_of(state, entry)
        self.state.setText(words)
        self.state.setAccessibleName(words)
        theme.mark(self.state, "danger" if state.saving is Saving.REFUSED else "meta")

    def _words_of(self, state: SaveState, entry: Entry | None) -> str:
        match state.saving:
            case Saving.NOTHING_YET:
                return self.tr("Nothing to save yet")
            case Saving.UNSAVED:
                return self.tr("Not saved yet")
            case Saving.REFUSED if state.error is not None:
                return self._refused(state)
            case _:
                return "" if entry is None else self._saved(entry)

    def _refused(self, state: SaveState) -> str:
        sentence = error_sentence(state.error) if state.error is not None else ""
        if state.elsewhere:
            sentence = self.tr("Another entry is not saved yet. {0}").format(sentence)
        if isinstance(state.error, InvalidEntry):
            return sentence
        return self.tr("{0} What you typed stays here and is tried again every 5 seconds.").format(
            sentence
        )

    def _saved(self, entry: Entry) -> str:
        now = self._session.now()
        at = entry.modified_at.astimezone(now.tzinfo)
        clock = f"{at:%H:%M}"
        if at.date() == now.date():
            return self.tr("Saved {0}").format(clock)
        day = QLocale().toString(QDate(at.year, at.month, at.day), "d MMMM yyyy")
        return self.tr("Saved {0}, {1}").format(day, clock)
