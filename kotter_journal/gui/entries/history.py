"""HistoryDialog: the earlier texts of an entry beside today's, and the way back to each."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.differences import Difference, difference, words_changed
from kotter_journal.domain.entries import Entry, EntryDraft
from kotter_journal.domain.errors import EntryMissing, KotterError
from kotter_journal.domain.invisible import named
from kotter_journal.domain.sentences import date_text, error_sentence, minutes_text
from kotter_journal.domain.versions import EntryVersion
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.alignment import Alignment
from kotter_journal.gui.entries.restoring import RestoreText
from kotter_journal.gui.entries.side_by_side import SideBySide
from kotter_journal.gui.section import button
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.versions import brought_back, restore_version
from kotter_journal.storage import entries, versions
from kotter_journal.storage.database import Transaction

_SIZE = QSize(1120, 720)
_LIST = 240


class HistoryDialog(QDialog):
    """``restored`` carries the step that was made, a RestoreText, or None for a copy."""

    restored = Signal(object)

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
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.texts = SideBySide()
        self.with_facts = QCheckBox(self.tr("With its date, time, activities and marks"))
        self.with_facts.setObjectName("with_facts")
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
        self._load()

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addSpacing(7)  # beside the arrows, which are higher
        side.addWidget(label(self.tr("Earlier texts"), "section"))
        side.addWidget(label(self.tr("Compared with today's"), "meta"))
        side.addWidget(self.list, 1)
        self._whole = QWidget()
        row = QHBoxLayout(self._whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(side)
        row.addWidget(self.texts, 1)
        empty = QWidget()
        column = QVBoxLayout(empty)
        when = self.tr(
            "One is kept when you come back to the entry after ten minutes,\n"
            "every ten minutes while you write, and when much of its text goes at once."
        )
        for words in (
            label(self.tr("No earlier text is kept yet"), "section"),
            label(when, "quiet"),
        ):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        column.insertStretch(0, 1)
        column.addStretch(1)
        self._stack = QStackedLayout()
        self._stack.addWidget(QWidget())  # until it is known
        self._stack.addWidget(self._whole)
        self._stack.addWidget(empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 16)
        outer.setSpacing(12)
        outer.addLayout(self._stack, 1)
        outer.addWidget(self.words)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for choice in (self.here_button, self.copy_button, self.with_facts):
            foot.addWidget(choice)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        outer.addLayout(foot)
        for part in (self.words, self.with_facts, self.here_button, self.copy_button):
            part.hide()
        window = self.parentWidget()
        self.resize(_SIZE if window is None else _SIZE.boundedTo(window.size() - QSize(40, 40)))

    def _load(self) -> None:
        entry_id = self._entry_id

        def load(tx: Transaction) -> tuple[Entry, list[EntryVersion]]:
            return entries.entry(tx, entry_id), versions.versions_of(tx, entry_id)

        # On the worker, so that what was typed last is there already.
        self._session.run(load, owner=self, done=self._show, refused=self._on_not_loaded)

    def _show(self, found: tuple[Entry, list[EntryVersion]]) -> None:
        self._entry, self._versions = found
        now = self._session.now()
        self.list.clear()
        for version in self._versions:
            self.list.addItem(QListWidgetItem(f"{self._when(version, now)}\n"))
        if not self._versions:
            self._stack.setCurrentIndex(2)
            return
        self._stack.setCurrentWidget(self._whole)
        for part in (self.here_button, self.copy_button):
            part.setHidden(self._session.read_only)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._count(0)

    def _when(self, version: EntryVersion, now: datetime) -> str:
        local = version.modified_at.astimezone(now.tzinfo)
        days = (now.date() - local.date()).days
        # A word at the beginning keeps the order of the rest inside right-to-left writing.
        other = f"{local:%a} {date_text(local.date())}"
        day = {0: self.tr("Today"), 1: self.tr("Yesterday")}.get(days, other)
        return f"{day} {local:%H:%M}"

    def _count(self, row: int) -> None:
        """Say how much of each differs, one after the other, so that saves come between."""
        if self._entry is None or row >= len(self._versions):
            return
        then, now = self._versions[row].draft.body, self._entry.body

        def tell(found: tuple[int, int]) -> None:
            item = self.list.item(row)
            when = item.text().partition("\n")[0]
            item.setText(f"{when}\n{self._changed_text(*found, is_same=then == now)}")
            self._count(row + 1)

        self._session.run(lambda _: words_changed(then, now), owner=self, done=tell)

    def _changed_text(self, gone: int, come: int, *, is_same: bool) -> str:
        if is_same:
            return self.tr("The same text")
        if not gone and not come:
            return self.tr("The same words")
        removed, added = self.tr("Removed {0}"), self.tr("Added {0}")
        if not gone or not come:
            return added.format(self._words(come)) if come else removed.format(self._words(gone))
        both = self.tr("Removed {0}, added {1}")
        return both.format(self._words(gone), f"{come:,}")

    def _words(self, count: int) -> str:
        return self.tr("1 word") if count == 1 else self.tr("{0} words").format(f"{count:,}")

    def _on_row(self, row: int) -> None:
        if self._entry is None or not 0 <= row < len(self._versions):
            return
        then, now = self._versions[row].draft, self._entry
        self.texts.clear()
        self.texts.set_facts(self._facts_text(then, now), self._facts_text(now, then))
        self.with_facts.setVisible(_facts(then) != _facts(now) and not self._session.read_only)

        def compare(_tx: Transaction) -> tuple[Difference, Alignment]:
            found = difference(named(then.body), named(now.body))
            return found, Alignment(found)

        # Long texts take a moment to compare.
        self._session.run(
            compare,
            owner=self,
            done=lambda found: self._show_difference(row, *found),
            refused=self._on_refused,
            latest="history.difference",
        )

    def _show_difference(self, row: int, found: Difference, alignment: Alignment) -> None:
        if row == self.list.currentRow():
            self.texts.show_difference(found, alignment)

    def _facts_text(self, one: EntryDraft, other: EntryDraft) -> str:
        """Title, date, time and names of ``one``, as far as they differ from ``other``."""
        lines = []
        if (one.title or "") != (other.title or ""):
            lines.append(self.tr("Title: {0}").format(one.title or self.tr("none")))
        if (one.on, one.at) != (other.on, other.at):
            at = f" {one.at:%H:%M}" if one.at else ""
            lines.append(self.tr("Date: {0}").format(f"{date_text(one.on)}{at}"))
        if (one.duration, one.allocations) != (other.duration, other.allocations):
            parts = [minutes_text(one.duration)] if one.duration else [self.tr("none")]
            parts += [f"{a.activity.label} {minutes_text(a.minutes)}" for a in one.allocations]
            lines.append(self.tr("Time: {0}").format(", ".join(parts)))
        if one.tags != other.tags:
            tags = " ".join(f"#{tag}" for tag in one.tags)
            lines.append(self.tr("Tags: {0}").format(tags or self.tr("none")))
        if one.people != other.people:
            people = " ".join(f"@{name}" for name in one.people)
            lines.append(self.tr("People: {0}").format(people or self.tr("none")))
        return named("\n".join(lines))

    def _restore(self, *, in_place: bool) -> None:
        row = self.list.currentRow()
        if self._entry is None or not 0 <= row < len(self._versions):
            return
        version, before, now = self._versions[row], self._entry, self._session.now()
        with_facts = in_place and self.with_facts.isChecked() and not self.with_facts.isHidden()
        self._enable(False)

        def restore(tx: Transaction) -> Changes:
            return restore_version(tx, version.id, now, in_place=in_place, with_facts=with_facts)

        def tell(_: Changes) -> None:
            held = [brought_back(one, with_facts=with_facts) for one in (before, version.draft)]
            step = RestoreText(self._session, before.id, *held) if in_place else None
            self.accept()
            self.restored.emit(step)

        self._session.write(restore, owner=self, done=tell, refused=self._on_refused)

    def _enable(self, on: bool) -> None:
        for part in (self.here_button, self.copy_button, self.with_facts):
            part.setEnabled(on)

    def _on_not_loaded(self, error: KotterError) -> None:
        if isinstance(error, EntryMissing):  # nothing of it is on the disk yet
            self._stack.setCurrentIndex(2)
        else:
            self._on_refused(error)

    def _on_refused(self, error: KotterError) -> None:
        self._enable(True)
        theme.mark(self.words, "danger")
        self.words.setText(error_sentence(error))
        self.words.show()


def _facts(draft: EntryDraft) -> tuple[object, ...]:
    return (draft.on, draft.at, draft.duration, draft.allocations)
