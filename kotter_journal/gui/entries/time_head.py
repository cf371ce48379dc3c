"""TimeHead: how long the entry lasts, and what of it is not yet classified."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.allotting import duration_in
from kotter_journal.domain.entries import EntryDraft
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import label


class DurationField(QLineEdit):
    """A duration in words, that can be typed over: "75", "1:15", "1 h 15 m", or nothing."""

    duration_asked = Signal(object)  # int | None
    unreadable = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("duration")
        theme.mark(self, "duration")
        self.setPlaceholderText(self.tr("no time"))
        self.setAccessibleName(self.tr("Time in this entry"))
        self.setToolTip(self.tr("Type 75, 1:15 or 1 h 15 m; empty it for no time"))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._duration: int | None = None
        self._fit()
        self.editingFinished.connect(self._on_finished)

    def set_duration(self, duration: int | None) -> None:
        """Show minutes, or none. What is being typed stays."""
        if self.isModified() and duration == self._duration:
            return
        self._duration = duration
        self.setText("" if duration is None else minutes_text(duration))

    def _on_finished(self) -> None:
        if not self.isModified():
            return
        typed = self.text().strip()
        self._forget_typed()
        duration = duration_in(typed)
        if duration is None and typed:
            self.unreadable.emit(typed)
        else:
            self.duration_asked.emit(duration)

    def _forget_typed(self) -> None:
        self.setModified(False)
        self.set_duration(self._duration)

    def _fit(self) -> None:
        self.setFixedWidth(theme.px(96))

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another text size takes another width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc leaves the duration as it was."""
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self._forget_typed()
            return
        super().keyPressEvent(event)


class TimeHead(QWidget):
    """The duration, and under it the remainder with a menu that gives it away."""

    rest_asked = Signal(object)  # Activity

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.duration = DurationField()
        self.title = label(self.tr("Time in this entry"), "section")
        self.rest = label("", "meta")
        self.rest.setObjectName("unclassified")
        self.give = QToolButton()
        self.give.setText(self.tr("Give it to…"))
        self.give.setObjectName("give_rest")
        theme.mark(self.give, "link")
        self.give.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.give)
        for activity in Activity:
            menu.addAction(activity.label).triggered.connect(
                lambda _=False, a=activity: self.rest_asked.emit(a)
            )
        self.give.setMenu(menu)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self._first.addWidget(self.title, 1)
        self._first.addWidget(self.duration)
        self._second.addWidget(self.rest, 1)
        self._second.addWidget(self.give)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addLayout(self._first)
        self._lines.addLayout(self._second)

    def set_level(self, level: bool) -> None:
        """All on one line, where there is more width than height."""
        directions = QBoxLayout.Direction
        self._lines.setDirection(directions.LeftToRight if level else directions.TopToBottom)
        self._lines.setSpacing(14 if level else 0)
        sides = Qt.AlignmentFlag
        self.duration.setAlignment(sides.AlignLeft if level else sides.AlignRight)
        self._first.setStretch(0, 0 if level else 1)

    def show_entry(self, entry: EntryDraft) -> None:
        """Show the duration of an entry and what is left of it."""
        self.duration.set_duration(entry.duration)
        left = entry.unclassified
        self.rest.setText(self.tr("{0} not yet classified").format(minutes_text(left)))
        self.rest.setVisible(left > 0)
        self.give.setVisible(left > 0)
