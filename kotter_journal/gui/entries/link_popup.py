"""LinkPopup: entries to link to, while ``[[`` and a few letters are typed."""

import re
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QTextEdit

from kotter_journal.domain.entries import EntrySummary
from kotter_journal.domain.links import link_text
from kotter_journal.domain.search import parse_query
from kotter_journal.domain.sentences import date_text
from kotter_journal.gui import theme
from kotter_journal.gui.entry_words import untitled
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage import entries, search
from kotter_journal.storage.database import Transaction

_TYPED = re.compile(r"\[\[([^\[\]\n|]{0,80})\Z")
_OFFERED, _WIDTH, _ROW = 7, 380, 30


class LinkPopup(QListWidget):
    """Lies below the caret of a text; Up and Down move, Enter and Tab take, Esc closes it."""

    def __init__(self, session: JournalSession, text: QTextEdit) -> None:
        super().__init__(text.viewport())
        self._session = session
        self._text = text
        self._closed_at = ""
        self.setObjectName("link_popup")
        self.setAccessibleName(self.tr("Entries to link to"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        theme.mark(self, "popup")
        self.itemClicked.connect(lambda _: self.take())
        text.textChanged.connect(self._on_text)
        text.cursorPositionChanged.connect(self._on_caret)
        self.hide()

    def take(self) -> None:
        """Write the chosen entry into the text, as a link."""
        item, typed = self.currentItem(), self._typed()
        self.hide()
        if item is None or typed is None:
            return
        cursor = self._text.textCursor()
        start = QTextCursor.MoveOperation.PreviousCharacter
        cursor.movePosition(start, QTextCursor.MoveMode.KeepAnchor, len(typed) + 2)
        cursor.insertText(item.data(Qt.ItemDataRole.UserRole))
        self._text.setTextCursor(cursor)

    def _typed(self) -> str | None:
        """What stands between the brackets that are open before the caret."""
        cursor = self._text.textCursor()
        if cursor.hasSelection():
            return None
        # As far back as a link may reach, and no further.
        line = cursor.block().text()[: cursor.positionInBlock()][-90:]
        match = _TYPED.search(line) if "[[" in line else None
        return None if match is None else match[1]

    def _on_caret(self) -> None:
        if self.isVisible() and self._typed() is None:
            self.hide()

    def _on_text(self) -> None:
        typed = self._typed() if self._text.hasFocus() else None
        if typed is None or self._text.isReadOnly():
            self.hide()
            return
        today = self._session.today()
        self._session.run(
            lambda tx: _offered(tx, typed, today),
            owner=self,
            done=lambda found: self._show(typed, found),
            latest="link_popup",
        )

    def _show(self, typed: str, found: list[EntrySummary]) -> None:
        if typed != self._typed() or not found:
            self.hide()
            return
        self.clear()
        for one in found:
            heading = one.heading or untitled()
            item = QListWidgetItem(f"{heading}    {date_text(one.on)}")
            item.setData(Qt.ItemDataRole.UserRole, link_text(one.on, one.heading))
            self.addItem(item)
        self.setCurrentRow(0)
        rect, room = self._text.cursorRect(), self._text.viewport().rect()
        height = theme.px(_ROW) * len(found) + 8
        top = rect.bottom() + 4
        if top + height > room.bottom():
            top = max(0, rect.top() - height - 4)
        width = min(theme.px(_WIDTH), room.width())
        left = max(0, min(rect.left(), room.right() - width))
        self.setGeometry(left, top, width, height)
        # Before everybody else who listens to the keys of the text.
        self._text.installEventFilter(self)
        self.show()
        self.raise_()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The text keeps the focus; while this shows, a few keys are for it."""
        if watched is not self._text or not self.isVisible() or not isinstance(event, QKeyEvent):
            return False
        moves: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        takes = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
        if event.key() not in (*moves, *takes, Qt.Key.Key_Escape):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            if event.key() in moves:
                self.setCurrentRow((self.currentRow() + moves[event.key()]) % self.count())
            elif event.key() in takes:
                self.take()
            else:
                self.hide()
        return True


def _offered(tx: Transaction, typed: str, today: date) -> list[EntrySummary]:
    """The newest entries that have the words, those with one in the title first."""
    query = parse_query(typed, today, open_ended=True)
    at = list(search.positions(tx, query, 4 * _OFFERED))
    found = entries.summaries(tx, at)
    shown = [found[p] for p in at if p in found]
    words = typed.casefold().split()
    shown.sort(key=lambda one: not all(word in one.heading.casefold() for word in words))
    return shown[:_OFFERED]
