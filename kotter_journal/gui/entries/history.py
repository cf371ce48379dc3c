"""HistoryDialog: the earlier texts of an entry beside today's, and the way back to each."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollBar,
    QStackedLayout,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.differences import Difference, Run, difference
from kotter_journal.domain.entries import Entry, EntryDraft
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.invisible import named
from kotter_journal.domain.sentences import age_text, date_text, error_sentence, minutes_text
from kotter_journal.domain.versions import EntryVersion
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.section import button, buttons
from kotter_journal.services.versions import restore_version
from kotter_journal.storage import entries, versions
from kotter_journal.storage.database import Transaction

_SIZE = QSize(1000, 640)
_LIST = 216
_MOST = 200_000
"""Characters of a text that are shown; the difference is that of the whole texts."""


class HistoryDialog(QDialog):
    """``restored`` carries whether the entry itself was changed, and the id of the version that
    holds what it was before, or "" for a copy.
    """

    restored = Signal(bool, str)

    def __init__(
        self, session: JournalSession, entry_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._entry_id = entry_id
        self._entry: Entry | None = None
        self._versions: list[EntryVersion] = []
        self.setWindowTitle(self.tr("Earlier texts"))
        self.list = QListWidget()
        self.list.setObjectName("versions")
        self.list.setAccessibleName(self.tr("Earlier texts, newest first"))
        theme.mark(self.list, "sections")
        self.list.setFixedWidth(theme.px(_LIST))
        self.then, self.now = _Text(self.tr("The text then")), _Text(self.tr("The text now"))
        self.then_words, self.now_words = label("", "meta", wrap=True), label("", "meta", wrap=True)
        self.words = label("", "quiet", wrap=True)
        self.words.setObjectName("trouble")
        self.here_button = button(self.tr("Restore here"), "restore_here", "primary")
        self.copy_button = button(self.tr("Restore as a copy"), "restore_copy")
        self.close_button = button(self.tr("Close"), "close")
        self._lay_out()
        self.list.currentRowChanged.connect(self._on_row)
        self.here_button.clicked.connect(lambda: self._restore(in_place=True))
        self.copy_button.clicked.connect(lambda: self._restore(in_place=False))
        self.close_button.clicked.connect(self.reject)
        _scroll_together(self.then.verticalScrollBar(), self.now.verticalScrollBar())
        self._load()

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(12)
        sides = (
            (self.tr("Then"), self.then, self.then_words),
            (self.tr("Now"), self.now, self.now_words),
        )
        for title, text, words in sides:
            column = QVBoxLayout()
            column.addWidget(label(title, "section"))
            column.addWidget(words)
            column.addWidget(text, 1)
            columns.addLayout(column, 1)
        side = QVBoxLayout()
        side.addWidget(label(self.tr("Earlier texts"), "section"))
        side.addWidget(self.list, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(side)
        row.addLayout(columns, 1)
        empty = label(
            self.tr(
                "No earlier text is kept yet. One is kept when you come back after ten minutes,"
                " every ten minutes of writing, and when much of a text goes at once."
            ),
            "quiet",
            wrap=True,
        )
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(whole)
        self._stack.addWidget(empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 16)
        outer.setSpacing(12)
        outer.addLayout(self._stack, 1)
        outer.addWidget(self.words)
        outer.addLayout(buttons(self.here_button, self.copy_button, self.close_button))
        window = self.parentWidget()
        self.resize(_SIZE if window is None else _SIZE.boundedTo(window.size() - QSize(40, 40)))

    def _load(self) -> None:
        entry_id = self._entry_id

        def load(tx: Transaction) -> tuple[Entry, list[EntryVersion]]:
            return entries.entry(tx, entry_id), versions.versions_of(tx, entry_id)

        # On the worker, so that what was typed last is there already.
        self._session.run(load, owner=self, done=self._show, refused=self._on_refused)

    def _show(self, found: tuple[Entry, list[EntryVersion]]) -> None:
        self._entry, self._versions = found
        now = self._session.now()
        self.list.clear()
        for version in self._versions:
            self.list.addItem(QListWidgetItem(self._row_text(version, now)))
        has_any = bool(self._versions)
        self._stack.setCurrentIndex(0 if has_any else 1)
        writable = has_any and not self._session.read_only
        self.here_button.setVisible(writable)
        self.copy_button.setVisible(writable)
        if has_any:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _row_text(self, version: EntryVersion, now: datetime) -> str:
        local = version.modified_at.astimezone(now.tzinfo)
        when = age_text(version.modified_at, now)
        if f"{local:%H:%M}" not in when:
            when = f"{date_text(local.date())} {local:%H:%M}"
        count = len(version.draft.body.split())
        words = self.tr("1 word") if count == 1 else self.tr("{0} words").format(f"{count:,}")
        return f"{when}\n{words}"

    def _on_row(self, row: int) -> None:
        if self._entry is None or not 0 <= row < len(self._versions):
            return
        then, now = self._versions[row].draft, self._entry
        self.then_words.setText(self._facts_text(then, now))
        self.now_words.setText(self._facts_text(now, then))
        # Long texts take a moment to compare.
        self._session.apart.start(
            lambda _look: difference(then.body, now.body),
            owner=self,
            done=lambda found: self._show_difference(row, found),
            refused=self._on_refused,
        )

    def _show_difference(self, row: int, found: Difference) -> None:
        if row == self.list.currentRow():
            self.then.show_runs(found.before, gone=True)
            self.now.show_runs(found.after, gone=False)

    def _facts_text(self, one: EntryDraft, other: EntryDraft) -> str:
        """Title, date, time and names of ``one``, as far as they differ from ``other``."""
        parts = []
        if (one.title or "") != (other.title or ""):
            parts.append(self.tr("Title: {0}").format(one.title or self.tr("none")))
        if one.on != other.on:
            parts.append(date_text(one.on))
        if (one.duration, one.allocations) != (other.duration, other.allocations):
            parts.append(minutes_text(one.duration) if one.duration else self.tr("no time"))
            parts += [f"{a.activity.label} {minutes_text(a.minutes)}" for a in one.allocations]
        if one.tags != other.tags:
            parts.append(" ".join(f"#{tag}" for tag in one.tags) or self.tr("no tags"))
        if one.people != other.people:
            parts.append(" ".join(f"@{name}" for name in one.people) or self.tr("nobody named"))
        return ", ".join(parts)

    def _restore(self, *, in_place: bool) -> None:
        row = self.list.currentRow()
        if not 0 <= row < len(self._versions):
            return
        version_id, now = self._versions[row].id, self._session.now()
        for part in (self.here_button, self.copy_button):
            part.setEnabled(False)
        self._session.write(
            lambda tx: restore_version(tx, version_id, now, in_place=in_place),
            owner=self,
            done=lambda _: self._on_restored(in_place),
            refused=self._on_refused,
        )

    def _on_restored(self, in_place: bool) -> None:
        """What was there before is the newest version now."""
        entry_id = self._entry_id

        def tell(found: list[EntryVersion]) -> None:
            self.accept()
            self.restored.emit(in_place, found[0].id if in_place and found else "")

        self._session.run(lambda tx: versions.versions_of(tx, entry_id), owner=self, done=tell)

    def _on_refused(self, error: KotterError) -> None:
        for part in (self.here_button, self.copy_button):
            part.setEnabled(True)
        theme.mark(self.words, "danger")
        self.words.setText(error_sentence(error))


class _Text(QTextEdit):
    """One of the two texts, to be read and copied."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)

    def show_runs(self, runs: tuple[Run, ...], *, gone: bool) -> None:
        """The text, with what the other does not have marked by more than colour."""
        plain, marked = QTextCharFormat(), QTextCharFormat()
        tokens = theme.tokens()
        marked.setBackground(tokens.accent_soft)
        marked.setForeground(tokens.text)
        marked.setFontStrikeOut(gone)
        marked.setFontUnderline(not gone)
        marked.setFontWeight(theme.font(13, 600).weight())
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        room = _MOST
        for run in runs:
            cursor.insertText(named(run.text[:room]), marked if run.changed else plain)
            room -= len(run.text)
            if room <= 0:
                cursor.insertText("\n…", plain)
                break
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _scroll_together(one: QScrollBar, other: QScrollBar) -> None:
    def follow(moved: QScrollBar, follower: QScrollBar) -> None:
        room = moved.maximum() - moved.minimum()
        if room:
            follower.setValue(round(moved.value() / room * follower.maximum()))

    one.sliderMoved.connect(lambda: follow(one, other))
    one.actionTriggered.connect(lambda: follow(one, other))
    other.sliderMoved.connect(lambda: follow(other, one))
    other.actionTriggered.connect(lambda: follow(other, one))
