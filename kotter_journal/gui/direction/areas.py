"""AreasSection: processes and responsibilities, how they stand, and what goes into them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu

from kotter_journal.domain.areas import (
    Area,
    AreaMinutes,
    AreaState,
    Attention,
    attention,
    expectation,
    held_since,
)
from kotter_journal.domain.entries import fold
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import date_text, entries_text, error_sentence, minutes_text
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.direction.area_state_dialog import AreaStateDialog
from kotter_journal.gui.live_section import LiveSection
from kotter_journal.gui.numbers_table import NumbersTable, Row
from kotter_journal.gui.section import button, buttons
from kotter_journal.services import areas as verbs
from kotter_journal.services.areas import Merging
from kotter_journal.storage import areas
from kotter_journal.storage.database import Transaction

_WEEKS = 12
Answer = tuple[list[Area], list[AreaMinutes]]


class AreasSection(LiveSection):
    """A card for each area; attention is told in hours, never judged."""

    _typed = ""

    def ask(self, tx: Transaction) -> Answer:
        """The areas, and what the entries of twelve weeks hold."""
        today = self.session.today()
        start = today - timedelta(weeks=_WEEKS)
        return areas.areas(tx), areas.area_minutes(tx, start, today + timedelta(days=1))

    def build(self, answer: Answer) -> None:
        """The field for a new area, then the areas."""
        known, minutes = answer
        self._known = known
        active = [one for one in known if one.retired_on is None]
        self._add_field(first=not known)
        for one in active:
            self._add_area(one, minutes)
        for one in known:
            if one.retired_on is not None:
                self._add_retired(one)

    def _add_field(self, *, first: bool) -> None:
        card = self.card(self.tr("Areas"))
        words = self.tr(
            "A process or a responsibility that you mind, such as line-3 or budget. Entries belong"
            " to it by their panel, or by ~line-3 in their text."
        )
        if first:
            words += " " + self.tr(
                "Say now and then how it stands: what is in control can be managed and handed"
                " over; what is out of control asks for somebody to change it."
            )
        card.body.addWidget(label(words, "quiet", wrap=True))
        self.name = QLineEdit()
        self.name.setObjectName("area_name")
        self.name.setAccessibleName(self.tr("Name of a new area"))
        self.name.setPlaceholderText(self.tr("New area"))
        self.name.setText(self._typed)
        self.name.textEdited.connect(self._on_typed)
        self.add_button = button(self.tr("Add"), "add_area")
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.add_button)
        card.body.addLayout(row)
        card.body.addWidget(self.trouble)
        for part in (self.name, self.add_button):
            part.setEnabled(not self.session.read_only)
        self.name.returnPressed.connect(self._on_add)
        self.add_button.clicked.connect(self._on_add)

    def _on_typed(self, text: str) -> None:
        self._typed = text
        self.trouble.hide()

    def _on_add(self) -> None:
        name = " ".join(self.name.text().removeprefix("~").split())
        known = next((one for one in self._known if fold(one.name) == fold(name)), None)
        if known is None:
            self._add_new(name)
        elif known.retired_on is not None:
            self._typed = ""
            self._mind_again(known)
        else:
            self._say_trouble(self.tr("{0} is there already.").format(known.name))

    def _add_new(self, name: str) -> None:
        made: list[Area] = []

        def tell(tx: Transaction, now: datetime) -> object:
            answer = verbs.name_area(tx, name, now)
            made.append(answer[1])
            return answer

        self._typed = ""
        told = self.tr("The area {0} is kept.").format(name)
        self.write(
            tell, told, lambda tx, now: verbs.drop_area(tx, made[0].id, now), self._on_refused
        )

    def _on_refused(self, error: KotterError) -> None:
        self._typed = self.name.text()
        self._say_trouble(error_sentence(error))

    def _say_trouble(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.show()

    def _add_area(self, one: Area, minutes: list[AreaMinutes]) -> None:
        card = self.card(one.name)
        card.set_title(one.name, self._state_text(one))
        state = one.states[-1] if one.states else None
        if state and (words := expectation(state.change, state.complexity)):
            card.body.addWidget(label(words, "quiet", wrap=True))
        found = attention(one, minutes)
        card.body.addWidget(label(self._attention_text(found), "quiet", wrap=True))
        if len(found) > 1:
            self._add_table(card, one, found)
        say = button(self.tr("How it stands…"), "say_state")
        say.clicked.connect(lambda: self.ask_state(one))
        same = button(self.tr("Looked at, still so"), "still_so")
        same.clicked.connect(lambda: self._still_so(one))
        same.setVisible(state is not None)
        show = button(self.tr("Show its entries"), "show_entries", "link")
        show.clicked.connect(lambda: self.query_asked.emit(f"area:{one.name}"))
        retire = button(self.tr("No longer mind it"), "retire", "link")
        retire.clicked.connect(lambda: self._retire(one))
        others = [other for other in self._known if other.id != one.id]
        merge = button(self.tr("Merge into…"), "merge", "link")
        merge.setVisible(bool(others))
        merge.clicked.connect(
            lambda: self.merge_menu(one, others).popup(merge.mapToGlobal(merge.rect().bottomLeft()))
        )
        for each in (say, same, merge, retire):
            each.setEnabled(not self.session.read_only)
        card.body.addLayout(buttons(say, same, show, merge, retire))

    def merge_menu(self, one: Area, others: list[Area]) -> QMenu:
        """The areas of which ``one`` could become a part."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for other in others:
            menu.addAction(other.name, partial(self._merge, one, other))
        return menu

    def _merge(self, gone: Area, into: Area) -> None:
        done: list[Merging] = []

        def tell(tx: Transaction, now: datetime) -> object:
            answer = verbs.merge_areas(tx, gone, into, now)
            done.append(answer[1])
            return answer

        told = self.tr("{0} is a part of {1} now; texts stay as they are.")
        self.write(
            tell,
            told.format(gone.name, into.name),
            lambda tx, now: verbs.take_back_merging(tx, done[0], now),
        )

    def _state_text(self, one: Area) -> str:
        state = one.states[-1] if one.states else None
        if state is None or state.control is None:
            return self.tr("nobody has said how it stands")
        latest = max(self.session.today(), state.valid_from)
        since = held_since(one.states, latest) or state.valid_from
        words = self.tr("{0} since {1}").format(state.control.label, date_text(since))
        if state.valid_from > since:
            words += ", " + self.tr("looked at on {0}").format(date_text(state.valid_from))
        return words

    def _attention_text(self, found: list[Attention]) -> str:
        if not found:
            return self.tr("None logged in the last {0} weeks.").format(_WEEKS)
        return self.tr("In the last {0} weeks: {1} leading, {2} managing, in {3}.").format(
            _WEEKS,
            minutes_text(sum(one.leading for one in found)),
            minutes_text(sum(one.managing for one in found)),
            entries_text(sum(len(one.entry_ids) for one in found)),
        )

    def _add_table(self, card: Card, area: Area, found: list[Attention]) -> None:
        table = NumbersTable(self.tr("Attention by state"))
        table.setObjectName("attention")
        rows: list[Row] = [
            (
                one.control.label.capitalize() if one.control else self.tr("Not said"),
                minutes_text(one.leading),
                minutes_text(one.managing),
                str(len(one.entry_ids)),
            )
            for one in found
        ]
        headers = (self.tr("While it was"), self.tr("Leading"), self.tr("Managing"))
        table.set_rows((*headers, self.tr("Entries")), rows)
        words = self.tr("In {0}.").format(area.name)
        table.entered.connect(
            lambda row: self.entries_asked.emit(list(found[row].entry_ids), words)
        )
        card.body.addWidget(table)

    def _add_retired(self, one: Area) -> None:
        card = self.card(one.name)
        until = one.retired_on or self.session.today()
        card.set_title(one.name, self.tr("no longer minded since {0}").format(date_text(until)))
        back = button(self.tr("Mind it again"), "mind_again", "link")
        back.clicked.connect(lambda: self._mind_again(one))
        back.setEnabled(not self.session.read_only)
        card.body.addLayout(buttons(back))

    def _mind_again(self, one: Area) -> None:
        self.write(
            lambda tx, now: verbs.keep_area(tx, replace(one, retired_on=None), now),
            self.tr("{0} is minded again.").format(one.name),
            lambda tx, now: verbs.keep_area(tx, one, now),
        )

    def ask_state(self, one: Area) -> None:
        """Ask how an area stands."""
        dialog = AreaStateDialog(self.session, one, self.window())
        dialog.said.connect(self._on_said)
        self.open(dialog)

    def _on_said(self, state: AreaState) -> None:
        def undo() -> None:
            self.write(lambda tx, now: verbs.take_back_state(tx, state.id, now))

        self.told.emit(self.tr("Kept, with its date."), undo)

    def _still_so(self, one: Area) -> None:
        last, today = one.states[-1], self.session.today()
        self._say(one, today, last)

    def _say(self, one: Area, on: date, last: AreaState) -> None:
        made: list[AreaState] = []

        def tell(tx: Transaction, now: datetime) -> object:
            answer = verbs.say_how_it_stands(
                tx,
                one.id,
                on,
                control=last.control,
                change=last.change,
                complexity=last.complexity,
                now=now,
            )
            made.append(answer[1])
            return answer

        told = self.tr("Looked at today, still so.")
        self.write(tell, told, lambda tx, now: verbs.take_back_state(tx, made[0].id, now))

    def _retire(self, one: Area) -> None:
        gone = replace(one, retired_on=self.session.today())
        self.write(
            lambda tx, now: verbs.keep_area(tx, gone, now),
            self.tr("{0} is no longer minded; its entries keep it.").format(one.name),
            lambda tx, now: verbs.keep_area(tx, one, now),
        )
