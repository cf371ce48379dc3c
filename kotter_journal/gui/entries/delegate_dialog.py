"""DelegateDialog: says of an entry which task it belongs to that somebody else could take over."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kotter_journal.domain.delegation import Delegation
from kotter_journal.domain.entries import fold
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.section import button, buttons

_WIDTH, _LIST = 460, 168
_TASK = Qt.ItemDataRole.UserRole


class DelegateDialog(QDialog):
    """Type a new task, or choose one there is with the arrows; Enter takes it.

    ``chosen`` carries a Delegation, ``typed`` the words of a new task.
    """

    chosen = Signal(object)
    typed = Signal(str)

    def __init__(
        self,
        heading: str,
        tasks: Sequence[Delegation],
        parent: QWidget | None = None,
    ) -> None:
        """``heading`` is proposed as the words of the task."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("A task to hand over"))
        self._tasks = [one for one in tasks if not one.stage.is_over]
        self.words = QLineEdit(heading)
        self.words.setAccessibleName(self.tr("The task"))
        self.words.selectAll()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Tasks there are"))
        self.list.setFixedHeight(theme.px(_LIST))
        self.list.setVisible(bool(self._tasks))
        self.note_button = button(self.tr("Note it"), "note", "primary")
        self.note_button.setDefault(True)
        cancel = button(self.tr("Cancel"), "cancel")
        self.note_button.clicked.connect(self._on_note)
        cancel.clicked.connect(self.reject)
        self.words.textEdited.connect(self._filter)
        self.list.itemActivated.connect(lambda _: self._on_note())
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(10)
        column.addWidget(label(self.tr("Which task could somebody else take over?"), "section"))
        column.addWidget(self.words)
        column.addWidget(self.list)
        column.addLayout(buttons(self.note_button, cancel))
        self.setFixedWidth(theme.px(_WIDTH))
        self._filter("")

    def _filter(self, text: str) -> None:
        self.list.clear()
        for one in self._tasks:
            if fold(text) in fold(one.task):
                item = QListWidgetItem(f"{one.task} ({one.stage.label})")
                item.setData(_TASK, one.id)
                self.list.addItem(item)
        self.note_button.setEnabled(bool(self.words.text().strip()))

    def _on_note(self) -> None:
        item = self.list.currentItem()
        self.accept()
        if item is not None and (self.list.hasFocus() or item.isSelected()):
            task_id = item.data(_TASK)
            self.chosen.emit(next(one for one in self._tasks if one.id == task_id))
        elif text := self.words.text().strip():
            self.typed.emit(text)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Down goes into the list, Up at its beginning back to the words."""
        if event.key() == Qt.Key.Key_Down and self.words.hasFocus() and self.list.count():
            self.list.setFocus()
            self.list.setCurrentRow(0)
        else:
            super().keyPressEvent(event)
