"""MinutesBox: the number of minutes in an activity's row, typed or stepped."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QWidget

from kotter_journal.domain.allotting import duration_in
from kotter_journal.domain.entries import MINUTES_A_DAY
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme

SMALL_STEP, STEP = 5, 15
"""Minutes of an arrow key; of +, - and the buttons."""


class MinutesBox(QSpinBox):
    """Shows minutes and asks for others; it changes nothing by itself.

    A spin box, so that screen readers know it for one.
    """

    step_asked = Signal(int)  # minutes to add; negative takes them away
    minutes_asked = Signal(int)
    toggle_asked = Signal()
    clear_asked = Signal()
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, "bare")
        self._shown: int | None = None
        self._typed = ""
        self.setRange(0, MINUTES_A_DAY)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.lineEdit().textEdited.connect(self._on_edited)
        self.editingFinished.connect(self._on_finished)

    def set_minutes(self, minutes: int | None) -> None:
        """Show minutes; 0 is a tag without time, None no tag. What is being typed stays."""
        if self._typed and minutes == self._shown:
            return
        self._shown = minutes
        self._typed = ""
        self.blockSignals(True)
        self.setValue(minutes or 0)
        self.blockSignals(False)
        self.lineEdit().setText(self.textFromValue(minutes or 0))
        if self.hasFocus():
            self.selectAll()

    def _on_edited(self, text: str) -> None:
        self._typed = text

    def _on_finished(self) -> None:
        """The field itself shows the old minutes again by now."""
        if not self._typed:
            return
        minutes = duration_in(self._typed)
        self._forget_typed()
        if minutes is not None:
            self.minutes_asked.emit(minutes)

    def _forget_typed(self) -> None:
        self._typed = ""
        self.set_minutes(self._shown)

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the key is one of ours."""
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.step_asked.emit(STEP)
            case Qt.Key.Key_Minus | Qt.Key.Key_Underscore:
                self.step_asked.emit(-STEP)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                size = STEP if shifted else SMALL_STEP
                self.step_asked.emit(size if event.key() == Qt.Key.Key_Up else -size)
            case Qt.Key.Key_Space if not self._typed:
                self.toggle_asked.emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if not self._typed:
                self.clear_asked.emit()
            case Qt.Key.Key_Escape if self._typed:
                self._forget_typed()
            case _:
                return False
        return True

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Digits type; + - and arrows step; Space toggles; Del clears."""
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.modifiers() & commands or not self._key(event):
            if event.key() == Qt.Key.Key_Escape:
                event.ignore()
                return
            super().keyPressEvent(event)

    def stepBy(self, steps: int) -> None:  # noqa: N802
        """What assistive tools ask for when they increase or decrease the value."""
        self.step_asked.emit(steps * SMALL_STEP)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:  # noqa: N802
        """Both ways, within a day."""
        up = QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        down = QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return up | down if self._shown else up

    def textFromValue(self, value: int) -> str:  # noqa: N802
        """Minutes in words; nothing where there is no tag."""
        if self._shown is None:
            return ""
        return minutes_text(value) if value else self.tr("tag")

    def valueFromText(self, text: str) -> int:  # noqa: N802
        """The minutes of what was typed."""
        minutes = duration_in(text)
        return self._shown or 0 if minutes is None else min(minutes, MINUTES_A_DAY)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Anything may be typed; only a duration is taken."""
        read = duration_in(text)
        fits = read is not None and read <= MINUTES_A_DAY
        state = QValidator.State.Acceptable if fits else QValidator.State.Intermediate
        return state, text, position

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The style sheet keeps room for buttons that this box does not have."""
        super().resizeEvent(event)
        self.lineEdit().setGeometry(self.rect())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """As for another size."""
        super().showEvent(event)
        self.lineEdit().setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """As for another size."""
        super().changeEvent(event)
        self.lineEdit().setGeometry(self.rect())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The next digit replaces what stands there."""
        super().focusInEvent(event)
        self.selectAll()
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """What was typed is asked for."""
        super().focusOutEvent(event)
        self.lineEdit().deselect()
        self.focused.emit(False)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scrolls the panel, and never changes minutes by accident."""
        event.ignore()
