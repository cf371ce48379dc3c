"""Chart: a widget that paints marks, and lets pointer, keys and screen readers reach each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from kotter_journal.gui import theme
from kotter_journal.gui.drawing import Canvas, mirrored

_STEPS: Mapping[Qt.Key, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
_RETHEMED = (
    QEvent.Type.StyleChange,
    QEvent.Type.FontChange,
    QEvent.Type.PaletteChange,
    QEvent.Type.LayoutDirectionChange,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a chart that has something to say; ``key`` names it for whoever listens."""

    rect: QRectF
    tip: str
    key: object = None


class Chart(QWidget):
    """Lays out marks, paints them, and shows their words on hover and on the arrow keys.

    ``chosen`` gives the key of a mark that was clicked, or taken with Enter or Space; only marks
    with a key can be chosen. ``paint_on`` is the same paint code for other devices.
    """

    chosen = Signal(object)

    steps = _STEPS
    """How many marks each arrow key goes on."""
    begins_at_end = False
    """Whether the keys begin at the last mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: list[Mark] | None = None
        self._current = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def marks(self) -> Sequence[Mark]:
        """The marks at the present size, in reading order, as laid out for left-to-right."""
        if self._marks is None:
            self._marks = self.lay_out(QRectF(self.rect()))
        return self._marks

    def paint_on(self, painter: QPainter, area: QRectF) -> None:
        """Paint the whole chart into ``area`` of any painter."""
        self.draw(Canvas(painter, area, rtl=self.isRightToLeft()))

    def describe(self, name: str, numbers: str) -> None:
        """What a screen reader says: the chart's name, and the same numbers as it paints."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(numbers)

    def refresh(self) -> None:
        """Lay out and paint anew, after new numbers or a new theme."""
        self._marks = None
        self._current = -1
        self.updateGeometry()
        self.update()

    def lay_out(self, area: QRectF) -> list[Mark]:
        """The marks of the chart in ``area``."""
        raise NotImplementedError

    def draw(self, canvas: Canvas) -> None:
        """Paint the chart upon ``canvas``."""
        raise NotImplementedError

    def place_of(self, mark: Mark) -> QRectF:
        """Where a mark lies in the widget."""
        area = QRectF(self.rect())
        return mirrored(mark.rect, area) if self.isRightToLeft() else mark.rect

    def mark_at(self, point: QPointF) -> Mark | None:
        """The mark under a point of the widget."""
        return next((m for m in self.marks() if self.place_of(m).contains(point)), None)

    def go_to(self, index: int) -> None:
        """Make the mark of that number, within bounds, the current one and say its words."""
        marks = self.marks()
        if not marks:
            return
        self._current = max(0, min(len(marks) - 1, index))
        mark = marks[self._current]
        corner = self.place_of(mark).bottomLeft().toPoint()
        QToolTip.showText(self.mapToGlobal(corner + QPoint(0, 4)), mark.tip, self)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, mark.tip))
        self.update()

    def _draw_ring(self, painter: QPainter) -> None:
        marks = self.marks()
        if 0 <= self._current < len(marks):
            place = self.place_of(marks[self._current]).adjusted(-2, -2, 2, 2)
        else:
            place = QRectF(self.rect())
        bounds = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.tokens().accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.intersected(bounds), 5, 5)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the chart, and the ring of the focus."""
        with QPainter(self) as painter:
            self.paint_on(painter, QRectF(self.rect()))
            if self.hasFocus():
                self._draw_ring(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay out anew."""
        self._marks = None
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the theme and the text size."""
        if event.type() in _RETHEMED:
            self.refresh()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Show the words of the mark under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self.mark_at(QPointF(event.pos()))
            if mark is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), mark.tip, self, self.place_of(mark).toRect())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows, Home and End walk over the marks; Enter and Space choose one."""
        key = Qt.Key(event.key())
        marks = self.marks()
        if key in self.steps and marks:
            flip = self.isRightToLeft() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            self.go_to(self._current + (-self.steps[key] if flip else self.steps[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and marks:
            self.go_to(0 if key == Qt.Key.Key_Home else len(marks) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(marks[self._current] if 0 <= self._current < len(marks) else None)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A hand over what can be chosen."""
        mark = self.mark_at(event.position())
        choosable = mark is not None and mark.key is not None
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if choosable else Qt.CursorShape.ArrowCursor
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the mark under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.mark_at(event.position()))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Begin at the first mark, or the last."""
        marks = self.marks()
        self._current = len(marks) - 1 if self.begins_at_end or not marks else 0
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Forget the current mark."""
        self._current = -1
        super().focusOutEvent(event)

    def _choose(self, mark: Mark | None) -> None:
        if mark is not None and mark.key is not None:
            self.chosen.emit(mark.key)
