"""Task dialogs: the words, the person and the estimate of a task; and why one is kept."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.delegation import Delegation
from kotter_journal.gui.card import label
from kotter_journal.gui.section import button, buttons, fit_height

_WIDTH = 460
_MOST_A_WEEK, _LONGEST = 2_400, 200


class TaskDialog(QDialog):
    """``changed`` carries the Delegation as it is to be."""

    changed = Signal(object)

    def __init__(
        self,
        task: Delegation,
        people: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """``people``: ids and names of everybody the journal knows."""
        super().__init__(parent)
        self._task = task
        self.setWindowTitle(self.tr("A task to hand over"))
        self.words = QLineEdit(task.task)
        self.words.setMaxLength(_LONGEST)
        self.words.setAccessibleName(self.tr("The task"))
        self.person = QComboBox()
        self.person.setAccessibleName(self.tr("Who could take it"))
        self.person.addItem(self.tr("Nobody yet"), None)
        for person_id, name in people:
            self.person.addItem(name, person_id)
        self.person.setCurrentIndex(max(0, self.person.findData(task.person_id)))
        self.minutes = QSpinBox()
        self.minutes.setAccessibleName(self.tr("Minutes a week, about"))
        self.minutes.setRange(0, _MOST_A_WEEK)
        self.minutes.setSingleStep(15)
        self.minutes.setSpecialValueText(self.tr("Not estimated"))
        self.minutes.setValue(task.minutes_a_week or 0)
        keep = button(self.tr("Keep"), "keep", "primary")
        keep.setDefault(True)
        cancel = button(self.tr("Cancel"), "cancel")
        keep.clicked.connect(self._on_keep)
        cancel.clicked.connect(self.reject)
        self.words.textChanged.connect(lambda text: keep.setEnabled(bool(text.strip())))
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        column.addWidget(label(self.tr("A task to hand over"), "section"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.addRow(label(self.tr("The task"), "quiet"), self.words)
        form.addRow(label(self.tr("Who could take it"), "quiet"), self.person)
        form.addRow(label(self.tr("Minutes a week"), "quiet"), self.minutes)
        column.addLayout(form)
        column.addLayout(buttons(keep, cancel))
        fit_height(self, _WIDTH)

    def _on_keep(self) -> None:
        person_id = self.person.currentData()
        new = replace(
            self._task,
            task=self.words.text().strip(),
            person_id=person_id,
            person=self.person.currentText() if person_id else "",
            minutes_a_week=self.minutes.value() or None,
        )
        self.accept()
        self.changed.emit(new)


class KeepDialog(QDialog):
    """``reasoned`` carries why a task is kept."""

    reasoned = Signal(str)

    def __init__(self, task: Delegation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keep the task"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(self.tr("Why you keep it"))
        keep = button(self.tr("Keep the task"), "keep", "primary")
        keep.setDefault(True)
        keep.setEnabled(False)
        cancel = button(self.tr("Cancel"), "cancel")
        self.reason.textChanged.connect(lambda text: keep.setEnabled(bool(text.strip())))
        keep.clicked.connect(self._on_keep)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(12)
        title = label(task.task, "section", wrap=True)
        title.setAlignment(Qt.AlignmentFlag.AlignLeading)
        column.addWidget(title)
        column.addWidget(label(self.tr("Why do you keep it? A few words for later."), "quiet"))
        column.addWidget(self.reason)
        column.addLayout(buttons(keep, cancel))
        fit_height(self, _WIDTH)

    def _on_keep(self) -> None:
        self.accept()
        self.reasoned.emit(self.reason.text().strip())
