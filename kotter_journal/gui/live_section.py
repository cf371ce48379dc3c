"""LiveSection: a section that is built anew from the journal whenever that changes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.errors import KotterError
from kotter_journal.gui.card import Card
from kotter_journal.gui.section import Section, W
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage.database import Transaction

Verb = Callable[[Transaction, datetime], Any]
"""Something a service does; what it answers is ``Changes``, or begins with them."""


class LiveSection(Section):
    """Those who derive from it say what to ask (``ask``) and how it looks (``build``).

    ``entries_asked`` carries the ids of entries and words for what they have in common,
    ``query_asked`` a search, ``draft_asked`` an EntryDraft; ``told`` a sentence and what takes it
    back. The keyboard stays where it was when the section is built anew.
    """

    entries_asked = Signal(object, str)
    query_asked = Signal(str)
    draft_asked = Signal(object)
    told = Signal(str, object)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._parts: list[QWidget] = []
        self._shown: object = None
        # A method, not a lambda: Qt lets go of it together with the section.
        session.changed.connect(self._on_changed)

    def ask(self, tx: Transaction) -> object:
        """What the section shows: a value that is equal to the last one where nothing changed."""
        raise NotImplementedError

    def build(self, answer: Any) -> None:
        """Add the cards for what was asked."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask the journal, and build anew where the answer is another one."""
        try:
            answer = self.session.read(self.ask)
        except KotterError as error:
            self.session.fail(error)
            return
        if (answer, self.session.today()) == self._shown:
            return
        self._shown = answer, self.session.today()
        place = self._place_of_caret()
        for part in self._parts:
            part.setParent(None)
            part.deleteLater()
        self._parts = []
        self.build(answer)
        if place is not None:
            # The new parts are shown only when this turn of the loop is over.
            QTimer.singleShot(0, self, lambda: self._put_caret(place))

    def card(self, title: str) -> Card:
        """A card that goes when the section is built anew."""
        return self.part(Card(title))

    def part(self, part: W) -> W:
        """Anything that goes when the section is built anew."""
        self._parts.append(self.add(part))
        return part

    def write(
        self,
        tell: Verb,
        sentence: str = "",
        undo: Verb | None = None,
        refused: Callable[[KotterError], None] | None = None,
    ) -> None:
        """Do something, say so, and offer to take it back."""
        session = self.session

        def take_back() -> None:
            if undo is not None:
                session.write(lambda tx: _changes(undo(tx, session.now())), owner=self)

        def done(_: Changes) -> None:
            if sentence:
                self.told.emit(sentence, take_back if undo else None)

        session.write(
            lambda tx: _changes(tell(tx, session.now())), owner=self, done=done, refused=refused
        )

    def open(self, dialog: QDialog) -> None:
        """Show a dialog that goes when it is done."""
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _place_of_caret(self) -> tuple[str, int, int] | None:
        """The name of what has it, its rank among those of that name, and among all."""
        caret = self.window().focusWidget()
        if caret is None or not self.isAncestorOf(caret) or not caret.objectName():
            return None
        alike = self.findChildren(QWidget, caret.objectName())
        return caret.objectName(), alike.index(caret), self._stops().index(caret)

    def _put_caret(self, place: tuple[str, int, int]) -> None:
        if self._place_of_caret() is not None:
            return
        name, rank, rank_of_all = place
        if alike := [w for w in self._stops() if w.objectName() == name]:
            alike[min(rank, len(alike) - 1)].setFocus()
        elif stops := self._stops():
            # What had it has gone: on to what stands there now.
            stops[min(rank_of_all, len(stops) - 1)].setFocus()

    def _stops(self) -> list[QWidget]:
        """Where Tab may stop in this section."""
        return [
            w
            for w in self.findChildren(QWidget)
            if w.objectName()
            and w.isEnabled()
            and not w.isHidden()
            and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]

    def _on_changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what changed while out of sight."""
        super().showEvent(event)
        self.refresh()


def _changes(answer: Any) -> Changes:
    changes: Changes = answer[0] if isinstance(answer, tuple) else answer
    return changes
