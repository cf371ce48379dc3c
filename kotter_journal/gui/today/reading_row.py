"""ReadingRow: the chips under the quick line, which show its reading before Enter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import clean_text
from kotter_journal.domain.quick_line import QuickReading, read_line
from kotter_journal.gui import theme
from kotter_journal.gui.card import Swatch, label
from kotter_journal.gui.today import words
from kotter_journal.gui.today.quick_line import QuickLine

_SHOWN_NAMES, _MARGIN = 4, 32


class ReadingRow(QWidget):
    """Reads the line at every key; what is shown is what is stored.

    ``submitted`` carries the reading on Enter; ``expanded`` carries the draft that is to be
    written on in the editor.
    """

    submitted = Signal(object)
    expanded = Signal(object)

    def __init__(
        self, line: QuickLine, now: Callable[[], datetime], zone: str | None = None
    ) -> None:
        super().__init__()
        self._field = line.field
        self._now = now
        self._zone = zone
        self._chips = QHBoxLayout(self)
        self._chips.setContentsMargins(4, 0, 4, 0)
        self._chips.setSpacing(8)
        self._field.textChanged.connect(self._on_text)
        line.entered.connect(self._on_entered)
        line.expanded.connect(self._on_expanded)
        self._on_text()

    @property
    def reading(self) -> QuickReading:
        """What the line means now."""
        now = self._now()
        return read_line(self._field.text(), now.date(), now.time(), self._zone)

    def tell(self, sentence: str) -> None:
        """Say why the line is not stored."""
        self._show([label(sentence, "danger")], with_keys=False)

    def _on_text(self) -> None:
        reading = self.reading
        self._field.setAccessibleDescription(words.reading_text(reading, self._now()))
        self._show(self._parts(reading))

    def _on_entered(self) -> None:
        reading = self.reading
        if not reading.is_blank:
            self.submitted.emit(reading)

    def _on_expanded(self, more: str) -> None:
        draft = self.reading.draft
        body = "\n".join(part for part in (draft.body, clean_text(more)) if part)
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
