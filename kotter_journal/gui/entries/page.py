"""EntriesPage: the Journal page, finding on one side and writing on the other."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent, QUndoStack
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Entry, EntryDraft, EntryId
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.links import read_link
from kotter_journal.domain.periods import Period
from kotter_journal.domain.search import SearchQuery
from kotter_journal.domain.sentences import entries_text, error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.entries.activity_panel import ActivityPanel
from kotter_journal.gui.entries.bulk import BulkBar
from kotter_journal.gui.entries.deletion import TrashMove
from kotter_journal.gui.entries.editor import EntryEditor
from kotter_journal.gui.entries.history import HistoryDialog
from kotter_journal.gui.entries.restoring import RestoreText
from kotter_journal.gui.entries.sidebar import Sidebar
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.storage import entries
from kotter_journal.storage.links import entry_meant

NARROW_BELOW = 1140
"""Width, at 100 %, under which the month becomes a week and the panel a strip."""


class EntriesPage(QWidget):
    """Composes sidebar, editor and activity panel; siblings meet only here.

    ``told`` carries a sentence and a callable that takes back what it tells of; ``left`` says
    that the person wants to leave the page.
    """

    told = Signal(str, object)
    year_asked = Signal(object)  # a date: its year as a whole
    years_asked = Signal(object)  # a date: what was written on it in earlier years
    erase_asked = Signal(object)  # ids of entries in the trash that are to be erased for good
    left = Signal()

    def __init__(
        self,
        session: JournalSession,
        undo_stack: QUndoStack,
        look: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._undo_stack = undo_stack
        self._follows: str | None = None
        # Each is made where it stays: a widget that moves is polished anew with all in it.
        self.sidebar = Sidebar(session, self)
        self.bulk = BulkBar(session, undo_stack, self._with_selected, self.sidebar)
        self.sidebar.add_below_list(self.bulk)
        self._writing = _WritingSide(self)
        self.editor = EntryEditor(session, undo_stack, self._writing)
        self.panel = ActivityPanel(session, self.editor.desk, undo_stack, self._writing)
        self.panel.install_keys(self)
        self._writing.hold(self.editor, self.panel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self._writing, 1)
        # Without this the wide arrangement would not let the window become narrow.
        self.setMinimumSize(1, 1)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._connect()
        look.changed.connect(self._arrange)

    @property
    def day(self) -> date:
        """The day that the calendar marks out; new entries go there."""
        return self.sidebar.day

    @property
    def asked(self) -> tuple[SearchQuery, str]:
        """What the list is asked for, and how that was typed."""
        return self.sidebar.search.query, self.sidebar.search.text

    @property
    def is_saved(self) -> bool:
        """Whether everything typed is on the disk."""
        return self.editor.is_saved

    @property
    def trouble(self) -> str:
        """Why something typed could not be saved, in a sentence; empty without trouble."""
        error = self.editor.desk.state.error
        return error_sentence(error) if error else ""

    def flush(self) -> bool:
        """Hand over what was typed; False where the disk has refused some of it."""
        return self.editor.flush()

    def show_entry(self, entry_id: str) -> None:
        """Open an entry, and show where it stands."""
        if not self._open(entry_id):
            return
        if not self.sidebar.select(entry_id):
            self.sidebar.search.search("")
        self.sidebar.show_list()

    def show_day(self, day: date) -> None:
        """Go to a day, and open its newest entry."""
        self.sidebar.show_day(day)

    def new_entry(self, on: date) -> None:
        """Begin an entry on a day, now where that is today."""
        now = self._session.now()
        at = now.time().replace(second=0, microsecond=0) if on == now.date() else None
        self.start_entry(EntryDraft(on=on, at=at, zone=self._session.zone if at else None))

    def start_entry(self, draft: EntryDraft) -> None:
        """Begin an entry with what ``draft`` brings along."""
        if self._session.refuses():
            return
        self.editor.start_entry(draft)
        self.sidebar.show_list()
        self.editor.focus_text()

    def focus_search(self, text: str = "") -> None:
        """Put the caret into the search field, with ``text`` where there is any."""
        self.sidebar.show_list()
        if text:
            self.sidebar.search.search(text)
        self.sidebar.search.take_focus()

    def show_query(self, text: str) -> None:
        """List the entries that answer a search, written as in the search field."""
        self.sidebar.show_list()
        self.sidebar.search.search(text)
        self.sidebar.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_entries(self, ids: Sequence[EntryId], words: str) -> None:
        """List exactly these entries; ``words`` say what they have in common, as a sentence."""
        self.sidebar.show_list()
        self.sidebar.search.show_entries(ids, words)
        self.sidebar.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_activity(self, activity: Activity | None, period: Period) -> None:
        """List the entries of a period, of one activity where given."""
        only = f"activity:{activity.value} " if activity else ""
        self.show_query(f"{only}from:{period.start} to:{period.last}")

    def delete_entry(self, entry_id: str) -> None:
        """Move an entry to the trash; undoable."""
        if self._session.refuses():
            return
        self.editor.flush()
        if entry_id == self.editor.current_id():
            self._follows = entry_id
        command = TrashMove(self._session, [EntryId(entry_id)], self.tr("Delete entry"))
        self._push(command, self.tr("Moved to the trash."))

    def delete_entries(self, ids: list[EntryId]) -> None:
        """Move entries to the trash; one step undoes it."""
        if self._session.refuses():
            return
        self.editor.flush()
        told = self.tr("{0} moved to the trash.").format(entries_text(len(ids)))
        self._push(TrashMove(self._session, ids, self.tr("Delete entries")), told)

    def _with_selected(self, tell: Callable[[list[EntryId]], None]) -> None:
        """Do something with the ids of the selected entries, what was typed saved before."""
        self.editor.flush()
        positions = self.sidebar.view.selected_positions()
        self._session.run(lambda tx: entries.ids_at(tx, positions), owner=self, done=tell)

    def restore_entry(self, entry_id: str) -> None:
        """Take an entry out of the trash; undoable."""
        if self._session.refuses():
            return
        words = self.tr("Restore entry")
        command = TrashMove(self._session, [EntryId(entry_id)], words, back=True)
        self._push(command, self.tr("Restored."))

    def follow_link(self, inside: str) -> None:
        """Go to the entry that a link means, or to its day; offer to write what is not there."""
        link = read_link(inside)

        def go(entry_id: str | None) -> None:
            if entry_id is not None:
                self.show_entry(entry_id)
            elif link.on is not None:
                self.show_day(link.on)
            else:
                sentence = self.tr("There is no entry “{0}” yet.").format(link.heading)
                draft = EntryDraft(on=self._session.today(), title=link.heading)
                act = partial(self.start_entry, draft)
                self.editor.notice.say(sentence, self.tr("Write it"), act)

        self._session.run(lambda tx: entry_meant(tx, link), owner=self, done=go)

    def show_history(self) -> None:
        """The earlier texts of the open entry."""
        entry_id = self.editor.current_id()
        if entry_id is None:
            return
        if not self.editor.flush():
            # What is typed would be saved over the text that was chosen.
            self.told.emit(self.trouble, None)
            return
        dialog = HistoryDialog(self._session, entry_id, self.window())
        dialog.restored.connect(self._on_restored_text)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_restored_text(self, step: RestoreText | None) -> None:
        if step is None:
            self.told.emit(self.tr("Restored as a copy."), None)
        else:
            self._push(step, self.tr("Restored."))

    def _push(self, command: TrashMove | RestoreText, told: str) -> None:
        self._undo_stack.push(command)
        self.told.emit(told, self._taking_back(command))

    def _taking_back(self, command: TrashMove | RestoreText) -> Callable[[], None]:
        stack = self._undo_stack

        def take_back() -> None:
            """Only this step: others may have been made or undone since."""
            if stack.index() and stack.command(stack.index() - 1) is command:
                stack.undo()
            else:
                stack.push(command.reverse())

        return take_back

    def _connect(self) -> None:
        sidebar, editor = self.sidebar, self.editor
        sidebar.chosen.connect(self._open)
        sidebar.view.entered.connect(self.editor.focus_text)
        sidebar.deletion_asked.connect(self.delete_entry)
        sidebar.restore_asked.connect(self.restore_entry)
        sidebar.erase_asked.connect(self.erase_asked)
        sidebar.years.chosen.connect(self.years_asked)
        sidebar.month.year_asked.connect(self.year_asked)
        sidebar.week.year_asked.connect(self.year_asked)
        sidebar.view.counted.connect(self.bulk.show_count)
        sidebar.view.menu_asked.connect(self.bulk.open_menu)
        sidebar.view.many_deleted.connect(lambda: self._with_selected(self.delete_entries))
        self.bulk.deletion_asked.connect(self.delete_entries)
        self.bulk.told.connect(self.told)
        sidebar.new_asked.connect(self.new_entry)
        sidebar.asked.connect(editor.show_hits)
        sidebar.day_without_entries.connect(lambda _: editor.close_entry())
        sidebar.left.connect(self.left)
        sidebar.failed.connect(self._session.failed)
        sidebar.model.answered.connect(self._on_answered)
        editor.opened.connect(self._on_opened)
        editor.closed.connect(self._writing.hide_panel)
        editor.saved.connect(self._on_saved)
        editor.history_asked.connect(self.show_history)
        editor.entry_asked.connect(self.follow_link)
        editor.backlinks.chosen.connect(self.show_entry)
        self._writing.left.connect(self._to_list)

    def _open(self, entry_id: str) -> bool:
        try:
            self.editor.open_entry(entry_id)
        except KotterError as error:
            self._session.failed.emit(error)
            return False
        self.editor.show_hits(self.sidebar.search.query)
        return True

    def _to_list(self) -> None:
        self.editor.flush()
        self.sidebar.show_list()
        self.sidebar.view.enter()

    def _on_opened(self, entry_id: str) -> None:
        self._writing.show_panel()
        self._show_place(entry_id)

    def _on_saved(self, entry: Entry) -> None:
        if entry.id == self.editor.current_id():
            self._show_place(entry.id)

    def _show_place(self, entry_id: str) -> None:
        entry = self.editor.desk.entry
        if entry is not None:
            self.sidebar.mark_day(entry.on)
        self.sidebar.select(entry_id)

    def _on_answered(self) -> None:
        """Where the open entry was deleted, its neighbour takes its place."""
        if self._follows is None or self.sidebar.model.row_of(self._follows) is not None:
            return
        self._follows = None
        following = self.sidebar.view.current_id()
        if following is not None:
            self._open(following)

    def _arrange(self) -> None:
        narrow = self.width() < theme.px(NARROW_BELOW)
        self.sidebar.set_narrow(narrow)
        self._writing.set_narrow(narrow)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Arrange for the width there is."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Begin in the list, not at the first button of the calendar."""
        super().showEvent(event)
        if self.focusWidget() is None:
            # An empty list does not show, and cannot have the focus.
            line, view = self.sidebar.search.line, self.sidebar.view
            first = view if view.isVisibleTo(self) else line
            first.setFocus(Qt.FocusReason.OtherFocusReason)


class _WritingSide(QWidget):
    """Editor and panel, side by side or one above the other. ``left``: Esc or Ctrl+Enter."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rule = QFrame(self)
        theme.mark(self._rule, "rule")
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.left)

    def hold(self, editor: EntryEditor, panel: ActivityPanel) -> None:
        """Arrange the two; needed once."""
        self._panel = panel
        # QTextEdit keeps Esc to itself.
        editor.text.installEventFilter(self)
        self._box.addWidget(editor, 1)
        self._box.addWidget(self._rule)
        self._box.addWidget(panel)
        self.set_narrow(False)
        self.hide_panel()

    def show_panel(self) -> None:
        """The minutes of the entry that is open."""
        self._panel.show()
        self._rule.setVisible(self._is_narrow)

    def hide_panel(self) -> None:
        """Without an entry there are no minutes to show."""
        self._panel.hide()
        self._rule.hide()

    def set_narrow(self, narrow: bool) -> None:
        """The panel under the editor, as a strip."""
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._is_narrow = narrow
        self._rule.setVisible(narrow and not self._panel.isHidden())
        self._panel.set_compact(narrow)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Esc in the text goes back to the list as well."""
        escapes = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        )
        if escapes:
            self.left.emit()
        return escapes

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc goes back to the list, where nothing inside has taken it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
