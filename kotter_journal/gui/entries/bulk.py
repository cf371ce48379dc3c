"""BulkBar: what can be done with several entries of the list at once, each undone by one step."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCompleter,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import EntryId, Sharing
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.naming import NameKind, can_be_written
from kotter_journal.domain.sentences import date_text, entries_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.section import button, buttons, fit_height
from kotter_journal.gui.session import JournalSession
from kotter_journal.services import revisions
from kotter_journal.services.revisions import Revision
from kotter_journal.storage import vocabulary
from kotter_journal.storage.database import Transaction

Revise = Callable[[Transaction], tuple[Changes, Revision]]
_WIDTH = 380


class BulkRevision(QUndoCommand):
    """Revises many entries; undoing gives each what it had, where nobody wrote since."""

    def __init__(self, session: JournalSession, revise: Revise, words: str) -> None:
        super().__init__(words)
        self._session = session
        self._revise = revise
        self._done: Revision | None = None

    # Qt overrides

    def redo(self) -> None:
        """Revise them."""

        def tell(tx: Transaction) -> Changes:
            changes, self._done = self._revise(tx)
            return changes

        self._session.write(tell, owner=self._session, refused=self._on_refused)

    def undo(self) -> None:
        """Take it back, after it was done: both go through the same worker."""
        now = self._session.now()

        def tell(tx: Transaction) -> Changes:
            return Changes() if self._done is None else revisions.take_back(tx, self._done, now)[0]

        self._session.write(tell, owner=self._session)

    def _on_refused(self, error: KotterError) -> None:
        self._session.failed.emit(error)


class BulkBar(QFrame):
    """Hidden unless several entries are chosen.

    ``ids`` is asked for their ids when something is to be done; ``deletion_asked`` carries them,
    ``told`` a sentence and what takes it back.
    """

    deletion_asked = Signal(object)
    told = Signal(str, object)

    def __init__(
        self,
        session: JournalSession,
        undo_stack: QUndoStack,
        ids: Callable[[Callable[[list[EntryId]], None]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme.mark(self, "bulk")
        self._session = session
        self._undo_stack = undo_stack
        self._ids = ids
        self.words = label("", "strong")
        self.change_button = QPushButton(self.tr("Change…"))
        self.change_button.clicked.connect(lambda: self.open_menu(self._below()))
        self.change_button.setEnabled(not session.read_only)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        row.addWidget(self.words, 1)
        row.addWidget(self.change_button)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many are chosen."""
        self.words.setText(self.tr("{0} chosen").format(f"{count:,}"))
        self.setVisible(count > 1)

    def open_menu(self, at: QPoint) -> None:
        """Offer what can be done, at a point of the screen."""
        if not self._session.read_only:
            self.made_menu().popup(at)

    def made_menu(self) -> QMenu:
        """The menu; it goes when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Add a tag…"), self._ask_tag)
        menu.addAction(self.tr("Move to another date…"), self._ask_date)
        sharing = menu.addMenu(self.tr("Sharing"))
        for kind, text in (
            (Sharing.PRIVATE, self.tr("Private")),
            (Sharing.SHAREABLE, self.tr("May be shared")),
            (Sharing.NEVER, self.tr("Never to be shared")),
        ):
            sharing.addAction(text, partial(self.share, kind))
        menu.addAction(self.tr("Star"), lambda: self.star(True))
        menu.addAction(self.tr("Take the star away"), lambda: self.star(False))
        menu.addSeparator()
        menu.addAction(self.tr("Move to the trash"), lambda: self._ids(self.deletion_asked.emit))
        return menu

    def tag(self, name: str) -> None:
        """Give them a tag."""
        self._do(
            lambda tx, ids, now: revisions.add_tag(tx, ids, name, now),
            self.tr("Tag entries"),
            self.tr("#{0} added.").format(name),
        )

    def move_to(self, day: date) -> None:
        """Move them to a date."""
        self._do(
            lambda tx, ids, now: revisions.move_to(tx, ids, day, now),
            self.tr("Move entries"),
            self.tr("Moved to {0}.").format(date_text(day)),
        )

    def share(self, sharing: Sharing) -> None:
        """Say whether they may be shared."""
        self._do(
            lambda tx, ids, now: revisions.share(tx, ids, sharing, now),
            self.tr("Change sharing"),
            self.tr("Sharing changed."),
        )

    def star(self, starred: bool) -> None:
        """Star them, or not."""
        self._do(
            lambda tx, ids, now: revisions.star(tx, ids, starred, now),
            self.tr("Star entries"),
            self.tr("Starred.") if starred else self.tr("No longer starred."),
        )

    def _do(
        self,
        revise: Callable[..., tuple[Changes, Revision]],
        words: str,
        told: str,
    ) -> None:
        now = self._session.now()

        def go(ids: Sequence[EntryId]) -> None:
            command = BulkRevision(self._session, lambda tx: revise(tx, ids, now), words)
            self._undo_stack.push(command)
            text = f"{entries_text(len(ids))}: {told}"
            self.told.emit(text, self._taking_back(command))

        self._ids(go)

    def _taking_back(self, command: BulkRevision) -> Callable[[], None]:
        stack = self._undo_stack

        def take_back() -> None:
            if stack.index() and stack.command(stack.index() - 1) is command:
                stack.undo()
            else:
                command.undo()

        return take_back

    def _ask_tag(self) -> None:
        dialog = TagDialog(self.window())
        self._session.run(vocabulary.known_tags, owner=dialog, done=dialog.complete_with)
        dialog.chosen.connect(self.tag)
        dialog.open()

    def _ask_date(self) -> None:
        dialog = DateDialog(self._session.today(), self.window())
        dialog.chosen.connect(self.move_to)
        dialog.open()

    def _below(self) -> QPoint:
        return self.change_button.mapToGlobal(QPoint(0, self.change_button.height()))


class TagDialog(QDialog):
    """Asks for one tag. ``chosen`` carries its name, without the mark."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Add a tag"))
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Tag"))
        self.name.setPlaceholderText("#")
        self.name.textChanged.connect(self._on_text)
        self.accept_button = button(self.tr("Add"), "accept", "primary")
        cancel = button(self.tr("Cancel"), "cancel")
        self.accept_button.clicked.connect(self._on_accept)
        self.name.returnPressed.connect(self._on_accept)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Add a tag"), "section"))
        column.addWidget(self.name)
        column.addLayout(buttons(self.accept_button, cancel))
        fit_height(self, _WIDTH)
        self._on_text()

    def complete_with(self, names: list[str]) -> None:
        """Offer the tags there are while typing."""
        completer = QCompleter(names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name.setCompleter(completer)

    def _typed(self) -> str:
        return self.name.text().strip().removeprefix("#")

    def _on_text(self) -> None:
        self.accept_button.setEnabled(can_be_written(NameKind.TAG, self._typed()))

    def _on_accept(self) -> None:
        if self.accept_button.isEnabled():
            self.chosen.emit(self._typed())
            self.accept()


class DateDialog(QDialog):
    """Asks for a date. ``chosen`` carries it."""

    chosen = Signal(object)

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Move to another date"))
        self.calendar = QCalendarWidget()
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        theme.settle(self.calendar)
        self.accept_button = button(self.tr("Move"), "accept", "primary")
        cancel = button(self.tr("Cancel"), "cancel")
        self.accept_button.clicked.connect(self._on_accept)
        self.calendar.activated.connect(lambda _: self._on_accept())
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Move to another date"), "section"))
        column.addWidget(self.calendar)
        column.addLayout(buttons(self.accept_button, cancel))

    def _on_accept(self) -> None:
        chosen = self.calendar.selectedDate()
        self.chosen.emit(date(chosen.year(), chosen.month(), chosen.day()))
        self.accept()
