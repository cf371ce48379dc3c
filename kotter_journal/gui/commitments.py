"""CommitmentsSection: what was promised, until when, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu

from kotter_journal.domain.commitments import (
    Commitment,
    CommitmentState,
    EntryBox,
    Owner,
    not_yet_promised,
    ticked_meanwhile,
)
from kotter_journal.domain.entries import EntryId
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import date_text, error_sentence
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.commitment_dialogs import CommitmentDialog, SettleDialog
from kotter_journal.gui.commitment_row import CommitmentRow
from kotter_journal.gui.live_section import LiveSection
from kotter_journal.gui.section import button
from kotter_journal.services import commitments as verbs
from kotter_journal.storage import commitments, vocabulary
from kotter_journal.storage.database import Transaction

_WEEKS = 12
_MOST_SETTLED = _MOST_BOXES = 30


@dataclass(frozen=True, slots=True)
class _Answer:
    open: tuple[Commitment, ...]
    settled: tuple[Commitment, ...]
    boxes: tuple[EntryBox, ...]
    people: tuple[tuple[str, str], ...]


class CommitmentsSection(LiveSection):
    """A field for a promise, the checkboxes of twelve weeks, the open promises, the settled ones.

    ``review_id`` is the review from which promises are made, where it is one.
    """

    review_id: str | None = None
    _typed = ""

    def ask(self, tx: Transaction) -> _Answer:
        """The promises, and the empty boxes that nobody made one of."""
        today = self.session.today()
        start, end = today - timedelta(weeks=_WEEKS), today + timedelta(days=1)
        known = commitments.commitments(tx)
        boxes = commitments.boxes_in_entries(tx, start, end)
        recent = [c for c in known if c.settled_on is not None and c.settled_on >= start]
        people = ((row.id, row.name) for row in vocabulary.people_rows(tx))
        return _Answer(
            tuple(one for one in known if one.is_open),
            tuple(recent[:_MOST_SETTLED]),
            tuple(boxes),
            tuple(sorted(people, key=lambda one: one[1].casefold())),
        )

    def build(self, answer: _Answer) -> None:
        """The field, then group by group."""
        self._answer = answer
        self._taken: list[EntryBox] = []
        self._add_field()
        if answer.open:
            card = self.card(self.tr("Open"))
            for one in answer.open:
                self._add_open(card, one)
        free = not_yet_promised(answer.boxes, answer.open + answer.settled)
        self._add_boxes(free[::-1])
        if answer.settled:
            card = self.card(self.tr("Settled"))
            card.set_title(self.tr("Settled"), self.tr("in the last {0} weeks").format(_WEEKS))
            for one in answer.settled:
                self._add_settled(card, one)

    def _add_field(self) -> None:
        card = self.card(self.tr("Commitments"))
        words = self.tr("What you promised to somebody, or somebody to you. Enter keeps it.")
        card.body.addWidget(label(words, "quiet", wrap=True))
        self.field = QLineEdit(self._typed)
        self.field.setObjectName("commitment")
        self.field.setAccessibleName(self.tr("A new commitment"))
        self.field.setPlaceholderText(self.tr("Send Mara the reference"))
        self.field.textEdited.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_add)
        self.add_button = button(self.tr("Add"), "add_commitment")
        self.add_button.clicked.connect(self._on_add)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.add_button)
        card.body.addLayout(row)
        card.body.addWidget(self.trouble)
        for part in (self.field, self.add_button):
            part.setEnabled(not self.session.read_only)

    def _on_typed(self, text: str) -> None:
        self._typed = text

    def _on_add(self) -> None:
        typed, self._typed = self.field.text(), ""
        if not typed.strip():
            return
        # At once: the next promise may be typed before this one is on the disk.
        self.field.clear()

        def refused(error: KotterError) -> None:
            self._typed = f"{typed} {self._typed}".strip()
            self.field.setText(self._typed)
            self.trouble.setText(error_sentence(error))
            self.trouble.show()

        self._make(typed, None, refused)

    def _take(self, box: EntryBox) -> None:
        if box in self._taken:  # pressed twice
            return
        self._taken.append(box)

        def refused(error: KotterError) -> None:
            self._taken.clear()
            self.session.failed.emit(error)

        self._make(box.text, box, refused)

    def _make(
        self,
        text: str,
        box: EntryBox | None,
        refused: Callable[[KotterError], None] | None = None,
    ) -> None:
        made: list[Commitment] = []
        entry_id = EntryId(box.entry_id) if box else None
        review_id = self.review_id

        def tell(tx: Transaction, now: datetime) -> object:
            answer = verbs.make_commitment(tx, text, now, entry_id=entry_id, review_id=review_id)
            made.append(answer[1])
            return answer

        self.write(
            tell,
            self.tr("Promised."),
            lambda tx, now: verbs.drop_commitment(tx, made[0].id, now),
            refused,
        )

    def _add_boxes(self, boxes: list[EntryBox]) -> None:
        if not boxes:
            return
        title = self.tr("Checkboxes in your entries")
        card = self.card(title)
        card.set_title(title, self.tr("of the last {0} weeks, still empty").format(_WEEKS))
        for rank, box in enumerate(boxes[:_MOST_BOXES]):
            row = CommitmentRow(box.text, self._box_facts(box), f"box {rank}")
            row.offer(self.tr("Commit to it"), enabled=not self.session.read_only)
            row.taken.connect(partial(self._take, box))
            row.menu_asked.connect(partial(self._pop_up, box))
            card.body.addWidget(row)
        if (more := len(boxes) - _MOST_BOXES) > 0:
            words = self.tr("and {0} older ones").format(more)
            card.body.addWidget(label(words, "quiet", wrap=True))

    def _box_facts(self, box: EntryBox) -> str:
        return self.tr("{0}: {1}").format(date_text(box.on), box.heading)

    def _pop_up(self, box: EntryBox, at: QPoint) -> None:
        menu = self._new_menu()
        menu.addAction(self.tr("Show the entry"), lambda: self._show_entry(box.entry_id))
        menu.popup(at)

    def _add_open(self, card: Card, one: Commitment) -> None:
        row = CommitmentRow(one.text, self._facts(one), one.id)
        row.offer(self.tr("Kept"), enabled=not self.session.read_only)
        row.taken.connect(partial(self._settle, one, CommitmentState.KEPT))
        row.menu_asked.connect(lambda at: self.menu_of(one).popup(at))
        card.body.addWidget(row)

    def _add_settled(self, card: Card, one: Commitment) -> None:
        row = CommitmentRow(one.text, self._facts(one), one.id)
        row.menu_asked.connect(lambda at: self.menu_of(one).popup(at))
        card.body.addWidget(row)

    def _facts(self, one: Commitment) -> str:
        parts = []
        if one.owner is Owner.OTHER:
            who = one.person or self.tr("somebody")
            parts.append(self.tr("promised to you by {0}").format(who))
        elif one.person:
            parts.append(self.tr("promised to {0}").format(one.person))
        if not one.is_open and one.settled_on:
            parts.append(
                self.tr("{0} on {1}").format(state_text(one.state), date_text(one.settled_on))
            )
        if one.due_on:
            parts.append(self.tr("until {0}").format(date_text(one.due_on)))
        if late := one.days_overdue(self.session.today()):
            since = self.tr("a day ago") if late == 1 else self.tr("{0} days ago")
            parts.append(since.format(late))
        if one.is_open and ticked_meanwhile(one, self._answer.boxes):
            parts.append(self.tr("its box in the entry is ticked"))
        if one.note:
            parts.append(one.note)
        words = ", ".join(parts)
        return words[:1].upper() + words[1:] if words else self.tr("No date")

    def menu_of(self, one: Commitment) -> QMenu:
        """What more can be said of a promise."""
        menu = self._new_menu()
        if one.is_open:
            menu.addAction(self.tr("Dropped…"), lambda: self._ask_dropped(one))
            menu.addAction(self.tr("Agree on another day…"), lambda: self._ask_day(one))
            menu.addAction(self.tr("Change…"), lambda: self._change(one))
        else:
            menu.addAction(
                self.tr("It is open again"), lambda: self._settle(one, CommitmentState.OPEN)
            )
        if one.entry_id:
            entry_id = one.entry_id
            menu.addAction(self.tr("Show the entry"), lambda: self._show_entry(entry_id))
        menu.addSeparator()
        menu.addAction(self.tr("Take it away"), lambda: self._drop(one))
        for action in menu.actions():
            if action.text() != self.tr("Show the entry"):
                action.setEnabled(not self.session.read_only)
        return menu

    def _new_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _show_entry(self, entry_id: str) -> None:
        self.entries_asked.emit([entry_id], self.tr("Where it was promised."))

    def _settle(self, one: Commitment, state: CommitmentState, note: str = "") -> None:
        today = self.session.today()
        self.write(
            lambda tx, now: verbs.settle(tx, one, state, today, note or one.note, now),
            self.tr("{0}: {1}").format(one.text, state_text(state)),
            lambda tx, now: verbs.put_back_commitment(tx, one, now),
        )

    def _ask_dropped(self, one: Commitment) -> None:
        dialog = SettleDialog(one, self.tr("Drop it"), self.session.today(), self.window())
        dialog.settled.connect(lambda note, _: self._settle(one, CommitmentState.DROPPED, note))
        self.open(dialog)

    def _ask_day(self, one: Commitment) -> None:
        title = self.tr("Agree on another day")
        dialog = SettleDialog(one, title, self.session.today(), self.window(), asks_date=True)
        dialog.settled.connect(lambda note, day: self._renegotiate(one, day, note))
        self.open(dialog)

    def _renegotiate(self, one: Commitment, due_on: date | None, note: str) -> None:
        made: list[Commitment] = []

        def tell(tx: Transaction, now: datetime) -> object:
            answer = verbs.renegotiate(tx, one, due_on, note, now)
            made.append(answer[1])
            return answer

        def undo(tx: Transaction, now: datetime) -> object:
            verbs.drop_commitment(tx, made[0].id, now)
            return verbs.put_back_commitment(tx, one, now)

        self.write(tell, self.tr("Agreed on another day."), undo)

    def _change(self, one: Commitment) -> None:
        dialog = CommitmentDialog(one, self._answer.people, self.session.today(), self.window())
        dialog.changed.connect(
            lambda new: self.write(
                lambda tx, now: verbs.change_commitment(tx, new, now),
                self.tr("Changed."),
                lambda tx, now: verbs.put_back_commitment(tx, one, now),
            )
        )
        self.open(dialog)

    def _drop(self, one: Commitment) -> None:
        self.write(
            lambda tx, now: verbs.drop_commitment(tx, one.id, now),
            self.tr("Taken away."),
            lambda tx, now: verbs.put_back_commitment(tx, one, now),
        )


def state_text(state: CommitmentState) -> str:
    """In words: "kept late"."""
    return {
        CommitmentState.OPEN: "open",
        CommitmentState.KEPT: "kept",
        CommitmentState.LATE: "kept late",
        CommitmentState.DROPPED: "dropped",
        CommitmentState.RENEGOTIATED: "agreed anew",
    }[state]
