"""QuickLine: one line that becomes an entry, with its reading shown before Enter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import clean_text
from kotter_journal.domain.quick_line import QuickReading, read_line
from kotter_journal.gui import theme
from kotter_journal.gui.card import Swatch, label
from kotter_journal.gui.today import words

_SHOWN_NAMES, _MARGIN = 4, 32
_ROOM_FOR_A_LINE = 4000
"""Characters from which pasted text is no line any more and goes to the editor."""


class QuickLine(QWidget):
    """The field and the row of chips below it.

    ``submitted`` carries the reading on Enter; the field keeps its text until ``accept`` says that
    it is stored. ``expanded`` carries the draft that is to be written on in the editor.
    """

    submitted = Signal(object)
    expanded = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.zone: str | None = None
        self.field = _Field()
        self.field.setObjectName("quick_line")
        self.field.setPlaceholderText(self.tr("45a what happened, in one line"))
        self.field.setAccessibleName(self.tr("Quick line"))
        self.field.setMaxLength(1_000_000)
        theme.mark(self.field, "quick")
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self._on_return)
        self.field.much_pasted.connect(self._on_much_pasted)
        expand = QShortcut(QKeySequence("Ctrl+Return"), self.field)
        expand.setContext(Qt.ShortcutContext.WidgetShortcut)
        expand.activated.connect(self._on_expand)
        self._chips = QHBoxLayout()
        self._chips.setContentsMargins(4, 0, 4, 0)
        self._chips.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        row = QWidget()
        row.setLayout(self._chips)
        row.setFixedHeight(theme.px(34))
        column.addWidget(row)
        self._on_text("")

    @property
    def reading(self) -> QuickReading:
        """What the line means now; what is shown is what is stored."""
        now = self._now()
        return read_line(self.field.text(), now.date(), now.time(), self.zone)

    def wait(self) -> None:
        """The line is on its way to the disk: hold it until that is done."""
        self.field.setReadOnly(True)

    def accept(self) -> None:
        """The line is stored: make room for the next."""
        self.field.setReadOnly(False)
        self.field.clear()

    def refuse(self, sentence: str) -> None:
        """The line is not stored: say why and keep it."""
        self.field.setReadOnly(False)
        self._show([label(sentence, "danger")], with_keys=False)

    def _on_text(self, _text: str) -> None:
        reading = self.reading
        self.field.setAccessibleDescription(words.reading_text(reading, self._now()))
        self._show(self._parts(reading))

    def _on_return(self) -> None:
        if not self.field.isReadOnly() and not self.reading.is_blank:
            self.submitted.emit(self.reading)

    def _on_expand(self) -> None:
        self.expanded.emit(self.reading.draft)

    def _on_much_pasted(self, text: str) -> None:
        draft = self.reading.draft
        body = f"{draft.body}\n{clean_text(text)}" if draft.body else clean_text(text)
        self.expanded.emit(replace(draft, body=body))

    def _parts(self, reading: QuickReading) -> list[QWidget]:
        if reading.is_blank:
            return [
                label(
                    self.tr("For example: yesterday 1h30 planning the budget #ops @Dana"), "faint"
                )
            ]
        draft = reading.draft
        parts: list[QWidget] = [
            Chip(words.allocation_text(a), a.activity) for a in draft.allocations
        ]
        if draft.unclassified:
            parts.append(Chip(words.unclassified_text(draft.unclassified), None))
        parts.append(label(words.when_text(draft, self._now()), "quiet"))
        if draft.starred:
            parts.append(label("★", "strong"))
        parts += [label(f"#{tag}", "accent") for tag in draft.tags[:_SHOWN_NAMES]]
        parts += [label(f"@{name}", "accent") for name in draft.people[:_SHOWN_NAMES]]
        if reading.problems:
            parts.append(label(words.problem_text(reading.problems[0]), "warn"))
        elif reading.lacks_time:
            parts.append(label(self.tr("Add time? Begin with 45m"), "faint"))
        return parts

    def _show(self, parts: list[QWidget], *, with_keys: bool = True) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for part in parts:
            self._chips.addWidget(part)
        self._chips.addStretch(1)
        room = self.width() - sum(part.sizeHint().width() + self._chips.spacing() for part in parts)
        keys = _Keys()
        if with_keys and keys.sizeHint().width() + _MARGIN < room:
            self._chips.addWidget(keys)


class _Keys(QWidget):
    """What Enter does, with and without Ctrl."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        pairs = (self.tr("Enter"), self.tr("save")), (self.tr("Ctrl Enter"), self.tr("write more"))
        for cap, text in pairs:
            row.addWidget(label(cap, "keycap"), 0, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(label(text, "faint"))


class Chip(QFrame):
    """One activity with its minutes, as it was read."""

    def __init__(self, text: str, activity: Activity | None) -> None:
        super().__init__()
        theme.mark(self, "chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 12, 3)
        row.setSpacing(7)
        row.addWidget(Swatch(activity))
        row.addWidget(label(text, "strong"))


class _Field(QLineEdit):
    """A line edit that hands over text which is no line."""

    much_pasted = Signal(str)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Pasted paragraphs go to the editor: a line edit would flatten or cut them."""
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard)
            if "\n" in text.strip() or len(text) > _ROOM_FOR_A_LINE:
                self.much_pasted.emit(text)
                return
        super().keyPressEvent(event)
