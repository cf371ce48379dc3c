"""Commitment dialogs: what is promised, by whom and until when; and what became of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.commitments import Commitment, Owner
from kotter_journal.gui.card import label
from kotter_journal.gui.date_field import date_of
from kotter_journal.gui.section import button, buttons, fit_height

_WIDTH, _LONGEST = 480, 500


class DueField(QWidget):
    """A date, or none; ``due_on`` is what it says."""

    def __init__(self, due_on: date | None, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(self.tr("until"))
        self.box.setAccessibleName(self.tr("It has a date"))
        self.box.setChecked(due_on is not None)
        shown = due_on or today + timedelta(days=7)
        self.day = QDateEdit(QDate(shown.year, shown.month, shown.day))
        self.day.setAccessibleName(self.tr("Until when"))
        self.day.setCalendarPopup(True)
        self.day.setEnabled(due_on is not None)
        self.box.toggled.connect(self.day.setEnabled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        row.addWidget(self.day)
        row.addStretch(1)

    @property
    def due_on(self) -> date | None:
        """The date, or None where there is none."""
        return date_of(self.day) if self.box.isChecked() else None


class CommitmentDialog(QDialog):
    """``changed`` carries the Commitment as it is to be."""

    changed = Signal(object)

    def __init__(
        self,
        one: Commitment,
        people: Sequence[tuple[str, str]],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        """``people``: ids and names of everybody the journal knows."""
        super().__init__(parent)
        self._one = one
        title = self.tr("A commitment")
        self.setWindowTitle(title)
        self.words = QLineEdit(one.text)
        self.words.setAccessibleName(self.tr("What is promised"))
        self.owner = QComboBox()
        self.owner.setAccessibleName(self.tr("Whose promise it is"))
        self.owner.addItem(self.tr("I promised it"), Owner.ME.value)
        self.owner.addItem(self.tr("It was promised to me"), Owner.OTHER.value)
        self.owner.setCurrentIndex(self.owner.findData(one.owner.value))
        self.person = QComboBox()
        self.person.setAccessibleName(self.tr("The other person"))
        self.person.addItem(self.tr("Nobody in particular"), None)
        for person_id, name in people:
            self.person.addItem(name, person_id)
        if one.person_id and self.person.findData(one.person_id) < 0:
            # Nothing names the person any more; the promise still does.
            self.person.addItem(one.person, one.person_id)
        self.person.setCurrentIndex(max(0, self.person.findData(one.person_id)))
        self.due = DueField(one.due_on, today)
        keep = button(self.tr("Keep"), "keep", "primary")
        keep.setDefault(True)
        cancel = button(self.tr("Cancel"), "cancel")
        keep.clicked.connect(self._on_keep)
        cancel.clicked.connect(self.reject)
        self.words.textChanged.connect(lambda: keep.setEnabled(self._fits()))
        keep.setEnabled(self._fits())
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.addRow(label(self.tr("What"), "quiet"), self.words)
        form.addRow(label(self.tr("Whose"), "quiet"), self.owner)
        form.addRow(label(self.tr("With whom"), "quiet"), self.person)
        form.addRow(label(self.tr("When"), "quiet"), self.due)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addWidget(label(title, "section"))
        column.addLayout(form)
        column.addLayout(buttons(keep, cancel))
        fit_height(self, _WIDTH)

    def _fits(self) -> bool:
        return 0 < len(" ".join(self.words.text().split())) <= _LONGEST

    def _on_keep(self) -> None:
        person_id = self.person.currentData()
        new = replace(
            self._one,
            text=self.words.text(),
            owner=Owner(self.owner.currentData()),
            person_id=person_id,
            person=self.person.currentText() if person_id else "",
            due_on=self.due.due_on,
        )
        self.accept()
        self.changed.emit(new)


class SettleDialog(QDialog):
    """``settled`` carries a line on what became of it, and the new date where one is asked for."""

    settled = Signal(str, object)

    def __init__(
        self,
        one: Commitment,
        title: str,
        today: date,
        parent: QWidget | None = None,
        *,
        asks_date: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.note = QLineEdit()
        self.note.setAccessibleName(self.tr("A line on what became of it"))
        self.due = DueField(today + timedelta(days=7), today)
        self.due.setVisible(asks_date)
        keep = button(title, "keep", "primary")
        keep.setDefault(True)
        cancel = button(self.tr("Cancel"), "cancel")
        keep.clicked.connect(self._on_keep)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addWidget(label(one.text, "section", wrap=True))
        column.addWidget(self.due)
        column.addWidget(label(self.tr("A line for later (may stay empty)"), "quiet"))
        column.addWidget(self.note)
        column.addLayout(buttons(keep, cancel))
        fit_height(self, _WIDTH)
        self.note.setFocus()

    def _on_keep(self) -> None:
        self.accept()
        self.settled.emit(self.note.text().strip(), self.due.due_on)
