"""EntryEditor: the writing side of the Journal page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QUndoStack
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.entries import Entry, EntryDraft
from kotter_journal.domain.invisible import named
from kotter_journal.domain.search import SearchQuery
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.entries.address import address_text
from kotter_journal.gui.entries.backlinks import Backlinks
from kotter_journal.gui.entries.desk import EntryDesk
from kotter_journal.gui.entries.footer import Footer
from kotter_journal.gui.entries.link_popup import LinkPopup
from kotter_journal.gui.entries.markdown_lines import LineTool
from kotter_journal.gui.entries.preview import Preview, open_outside
from kotter_journal.gui.entries.text_edit import MOST, ProseEdit
from kotter_journal.gui.entries.tools import ToolRow
from kotter_journal.gui.entries.when_button import WhenButton
from kotter_journal.gui.notice import Notice
from kotter_journal.gui.session import JournalSession

MARGIN, MEASURE = 40, 720
"""Pixels beside the text, and its greatest width."""
_COUNT_MS = 400
_NOTED = 400
"""Characters of a title that are looked at for invisible ones."""


class EntryEditor(QWidget):
    """Date line, tools, title, text, footer. ``desk`` is the one owner of the entry in hand.

    Texts longer than MOST characters can be read here in part, and their facts can be changed;
    the text itself stays untouched.
    """

    opened = Signal(str)  # id of the entry that is now on the screen
    closed = Signal()  # no entry is on the screen any more
    saved = Signal(object)  # Entry, after it is safe on the disk
    history_asked = Signal()
    entry_asked = Signal(str)  # what a link to another entry holds between its brackets

    def __init__(
        self, session: JournalSession, undo_stack: QUndoStack, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = EntryDesk(session, undo_stack, self)
        self.open_link: Callable[[str], None] = open_outside
        self._session = session
        self._make_parts()
        self._lay_out()
        self._connect()
        self._on_laid_out(None)

    def open_entry(self, entry_id: str) -> None:
        """Show an entry; what was typed in the one before is handed over first.

        Raises KotterError.
        """
        self.desk.open(entry_id)

    def start_entry(self, draft: EntryDraft) -> None:
        """Show a new entry; it is kept once something was typed or given."""
        self.desk.start(draft)

    def close_entry(self) -> None:
        """Hand over what was typed and show no entry."""
        self.desk.close()

    def flush(self) -> bool:
        """Hand over at once what is not saved; False where the disk refuses and text is unsaved."""
        return self.desk.flush()

    def current_id(self) -> str | None:
        """The id of the entry on the screen."""
        return self.desk.entry.id if self.desk.entry else None

    @property
    def is_saved(self) -> bool:
        """Whether everything typed and given, here and in entries left before, is on the disk."""
        return self.desk.is_saved

    def show_hits(self, query: SearchQuery) -> None:
        """Mark the words of a search in the text; an empty query marks none."""
        self.text.show_hits(query)

    def focus_text(self) -> None:
        """Put the caret into the text."""
        self.show_preview(False)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_preview(self, on: bool) -> None:
        """Show how the text reads, or the text."""
        if on:
            self.preview.show_markdown(self._body())
        self.tools.preview_button.setChecked(on)
        self._pages.setCurrentWidget(self.preview if on else self.text)

    def _make_parts(self) -> None:
        self.when = WhenButton()
        self.tools = ToolRow()
        self.title = QLineEdit()
        self.title.setObjectName("entry_title")
        theme.mark(self.title, "title")
        self.title.setPlaceholderText(self.tr("Title (or just start writing)"))
        self.title.setAccessibleName(self.tr("Title"))
        self.title.setReadOnly(self._session.read_only)
        self.when.setEnabled(not self._session.read_only)
        self._title_note = label("", "meta", wrap=True)
        self._title_note.setObjectName("title_note")
        self._title_note.hide()
        self.text = ProseEdit()
        self.preview = Preview()
        self.notice = Notice()
        self.link_popup = LinkPopup(self._session, self.text)
        self.backlinks = Backlinks(self._session)
        self.footer = Footer(self._session)
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.setInterval(_COUNT_MS)

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self.text)
        self._pages.addWidget(self.preview)
        head = QHBoxLayout()
        head.addWidget(self.when)
        head.addStretch(1)
        head.addWidget(self.tools)
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        self._above.setSpacing(10)
        self._above.addLayout(head)
        self._above.addWidget(self.title)
        self._above.addWidget(self._title_note)
        self._below.setSpacing(8)
        self._below.addWidget(self.notice)
        self._below.addWidget(self.backlinks)
        self._below.addWidget(self.footer)
        sheet = QFrame()
        theme.mark(sheet, "panel")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 16, 0, 10)
        column.setSpacing(8)
        column.addLayout(self._above)
        column.addWidget(self._pages, 1)
        column.addLayout(self._below)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(_empty_sheet(self.tr("Choose an entry, or write a new one.")))
        self._stack.addWidget(sheet)

    def _connect(self) -> None:
        desk = self.desk
        desk.read_text_with(self._typed_text)
        desk.laid_out.connect(self._on_laid_out)
        desk.text_changed.connect(self._show_text)
        desk.facts_changed.connect(self._show_when)
        desk.state_changed.connect(self._on_state)
        desk.saved.connect(self.saved)
        self.title.textEdited.connect(lambda: desk.typed())
        self.title.textChanged.connect(self._on_title)
        self.title.returnPressed.connect(self.text.setFocus)
        self.text.typed.connect(self._on_typed)
        self.text.refused_long.connect(self._on_refused_long)
        self.preview.link_asked.connect(self._on_link)
        self.preview.entry_asked.connect(self.entry_asked)
        desk.laid_out.connect(self.backlinks.show_entry)
        self.when.chosen.connect(self._on_when)
        self._count.timeout.connect(self._on_count)
        self.tools.wrap_asked.connect(self._on_wrap)
        self.tools.lines_asked.connect(self._on_lines)
        self.tools.preview_asked.connect(self.show_preview)
        self.tools.history_asked.connect(self.history_asked)
        self.tools.install_keys(self)

    def _typed_text(self) -> tuple[str | None, str]:
        """Title and body as they are to be kept; what nobody touched stays as it came."""
        entry = self.desk.entry
        title = self.title.text() or None
        if entry is not None and not self.title.isModified():
            title = entry.title
        return title, self._body()

    def _body(self) -> str:
        entry = self.desk.entry
        if entry is not None and not self.text.document().isModified():
            return entry.body
        return self.text.prose()

    def _on_laid_out(self, entry: Entry | None) -> None:
        self._stack.setCurrentIndex(0 if entry is None else 1)
        self.notice.dismiss()
        self.show_preview(False)
        if entry is None:
            self.closed.emit()
            return
        self._show_text(entry)
        self._show_when(entry)
        self.opened.emit(entry.id)

    def _show_text(self, entry: Entry) -> None:
        too_long = len(entry.body) > MOST
        self.title.setText(entry.title or "")
        self.title.setModified(False)
        self.text.set_prose(entry.body[:MOST])
        self.text.setReadOnly(too_long or self._session.read_only)
        self.tools.set_writable(not too_long and not self._session.read_only)
        if too_long:
            sentence = self.tr(
                "This text has {0} characters, too many to be edited here. Its beginning is shown,"
                " and nothing of it is changed. Export it to read it whole."
            )
            self.notice.say(sentence.format(f"{len(entry.body):,}"))
        if self._pages.currentWidget() is self.preview:
            self.preview.show_markdown(entry.body)
        self._on_count()

    def _show_when(self, entry: Entry) -> None:
        self.when.set_when(entry.on, entry.at)

    def _on_title(self, title: str) -> None:
        """Say what the title holds that cannot be seen."""
        shown = named(title[:_NOTED])
        self._title_note.setText(self.tr("With invisible characters: {0}").format(shown))
        self._title_note.setVisible(shown != title[:_NOTED])

    def _on_typed(self) -> None:
        self.desk.typed()
        self._count.start()

    def _on_count(self) -> None:
        self.footer.set_words(len(self._body().split()))

    def _on_state(self) -> None:
        self.footer.show_state(self.desk.state, self.desk.entry)

    def _on_when(self, on: date, at: time | None) -> None:
        entry = self.desk.entry
        if entry is None:
            return
        moved = replace(entry, on=on, at=at, utc=None)
        objection = self.desk.propose(moved, self.tr("Move entry"))
        if objection is not None:
            self.notice.say(error_sentence(objection))

    def _on_refused_long(self, characters: int) -> None:
        sentence = self.tr(
            "With what was to be pasted the text would have {0} characters, and an entry holds {1}"
            " here. Nothing was pasted. Divide it between several entries."
        )
        self.notice.say(sentence.format(f"{characters:,}", f"{MOST:,}"))

    def _on_link(self, address: str) -> None:
        url = QUrl(address)
        sentence = self.tr("Leave Kotter Journal and open {0} ?").format(address_text(url))
        if url.userInfo():
            more = self.tr("The words before the @ in it are a name, not a place.")
            sentence = f"{sentence} {more}"
        self.notice.say(sentence, self.tr("Open"), lambda: self.open_link(address))

    def _on_wrap(self, mark: str) -> None:
        self.focus_text()
        self.text.wrap(mark)

    def _on_lines(self, tool: LineTool) -> None:
        self.focus_text()
        self.text.toggle_lines(tool)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc in the preview goes back to the text."""
        previewing = self._pages.currentWidget() is self.preview
        if event.key() == Qt.Key.Key_Escape and previewing:
            self.focus_text()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the text in the middle, and no wider than can be read well."""
        super().resizeEvent(event)
        side = max(MARGIN, (self.width() - theme.px(MEASURE)) // 2)
        for part in (self._above, self._below):
            part.setContentsMargins(side, 0, side, 0)
        self.text.set_side_margins(side)
        self.preview.set_side_margins(side)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Colour the text anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.text.retheme()


def _empty_sheet(words: str) -> QWidget:
    sheet = QFrame()
    theme.mark(sheet, "panel")
    column = QVBoxLayout(sheet)
    sentence = label(words, "quiet")
    sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column.addWidget(sentence)
    return sheet
