"""AreaStateDialog: how an area stands, how much changes there and how complicated it is."""

from datetime import date
from typing import cast

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QDialog, QVBoxLayout, QWidget

from kotter_journal.domain.areas import Area, AreaState, Control, expectation
from kotter_journal.domain.changes import Changes
from kotter_journal.gui.card import label
from kotter_journal.gui.direction.choice_row import ChoiceRow
from kotter_journal.gui.section import button, buttons, fit_height
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.areas import say_how_it_stands
from kotter_journal.storage.database import Transaction

_WIDTH = 520


class AreaStateDialog(QDialog):
    """``said`` carries the AreaState that was kept."""

    said = Signal(object)

    def __init__(self, session: JournalSession, area: Area, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._area = session, area
        self.setWindowTitle(self.tr("How it stands"))
        last = area.states[-1] if area.states else AreaState("", session.today())
        states = [(one, one.label.capitalize()) for one in Control]
        numbers = [(one, str(one)) for one in range(1, 6)]
        self.control = ChoiceRow(self.tr("How it stands"), states, last.control)
        self.change = ChoiceRow(self.tr("Change"), numbers, last.change)
        self.complexity = ChoiceRow(self.tr("Complexity"), numbers, last.complexity)
        today = session.today()
        self.since = QDateEdit(QDate(today.year, today.month, today.day))
        self.since.setCalendarPopup(True)
        self.since.setAccessibleName(self.tr("Since"))
        self.words = label("", "quiet", wrap=True)
        self.keep_button = button(self.tr("Keep"), "keep", "primary")
        self.cancel_button = button(self.tr("Cancel"), "cancel")
        self.keep_button.setDefault(True)
        self._lay_out()
        for row in (self.control, self.change, self.complexity):
            row.chosen.connect(self._show_words)
        self.keep_button.clicked.connect(self._on_keep)
        self.cancel_button.clicked.connect(self.reject)
        self._show_words()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(8)
        column.addWidget(label(self._area.name, "section"))
        for question, row in (
            (self.tr("Is it in control?"), self.control),
            (self.tr("How much is changing around this work? 1 little, 5 much"), self.change),
            (self.tr("How complicated is it to keep running? 1 little, 5 much"), self.complexity),
        ):
            column.addSpacing(6)
            column.addWidget(label(question, "strong", wrap=True))
            column.addWidget(row)
        column.addSpacing(6)
        column.addWidget(label(self.tr("It is so since"), "strong"))
        column.addWidget(self.since)
        column.addWidget(self.words)
        column.addSpacing(6)
        column.addLayout(buttons(self.keep_button, self.cancel_button))

    def _show_words(self) -> None:
        change, complexity = cast(int | None, self.change.value), self.complexity.value
        self.words.setText(expectation(change, cast(int | None, complexity)))
        some = (self.control.value, self.change.value, self.complexity.value) != (None,) * 3
        self.keep_button.setEnabled(some)
        fit_height(self, _WIDTH)

    def _on_keep(self) -> None:
        self.keep_button.setEnabled(False)
        day = self.since.date()
        since = date(day.year(), day.month(), day.day())
        control = cast(Control | None, self.control.value)
        change = cast(int | None, self.change.value)
        complexity = cast(int | None, self.complexity.value)
        area_id, now, made = self._area.id, self._session.now(), list[AreaState]()

        def tell(tx: Transaction) -> Changes:
            changes, state = say_how_it_stands(
                tx,
                area_id,
                since,
                control=control,
                change=change,
                complexity=complexity,
                now=now,
            )
            made.append(state)
            return changes

        self._session.write(tell, owner=self, done=lambda _: self._on_kept(made[0]))

    def _on_kept(self, state: AreaState) -> None:
        self.accept()
        self.said.emit(state)
