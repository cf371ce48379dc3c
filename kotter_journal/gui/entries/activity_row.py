"""ActivityRow: one activity of an entry, with its minutes or the key that adds them."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from kotter_journal.domain.activities import NUMBER_KEYS, Activity
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import Swatch, label
from kotter_journal.gui.drawing import Canvas, Corners, width_of
from kotter_journal.gui.entries.minutes_box import STEP, MinutesBox

HEIGHT, RADIUS = 38, 8
_TINT = 0.13
_BOX_WIDTH = 58


class ActivityRow(QWidget):
    """Says what is asked for; the panel decides and tells it what to show."""

    step_asked = Signal(object, int)  # Activity, minutes to add
    minutes_asked = Signal(object, int)  # Activity, minutes typed
    toggle_asked = Signal(object)  # Activity
    clear_asked = Signal(object)  # Activity

    def __init__(
        self, activity: Activity, parent: QWidget | None = None, *, short: bool = False
    ) -> None:
        super().__init__(parent)
        self.activity = activity
        self.setObjectName(f"row_{activity.value}")
        self.setToolTip(activity.label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(1)
        self._minutes: int | None = None
        self._short = short
        self._hovered = False
        self._make_parts()
        self._connect()
        self.set_minutes(None)

    def set_short(self, short: bool) -> None:
        """One word for the activity, where there is no room for its full name."""
        self._short = short
        self._name_it()

    def set_minutes(self, minutes: int | None) -> None:
        """Show minutes; 0 is a tag without time, None no tag."""
        self._minutes = minutes
        self.box.set_minutes(minutes)
        said = self.tr("not tagged")
        if minutes is not None:
            said = minutes_text(minutes) if minutes else self.tr("tagged without time")
        self.box.setAccessibleDescription(said)
        self._refresh()

    def _make_parts(self) -> None:
        self.box = MinutesBox()
        self.box.setObjectName(f"minutes_{self.activity.value}")
        self.box.setAccessibleName(self.tr("Minutes of {0}").format(self.activity.label))
        self.minus = self._button("minus", self.tr("Take 15 minutes from {0}"))
        self.plus = self._button("plus", self.tr("Give 15 minutes to {0}"))
        number = next(n for n, activity in NUMBER_KEYS.items() if activity is self.activity)
        self.key_cap = label(str(number), "keycap")
        self.name = QLabel()
        theme.mark(self.name, "row")
        self.name.setMinimumWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 0, 5, 0)
        row.setSpacing(1)
        row.addWidget(Swatch(self.activity), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(7)
        row.addWidget(self.name, 1)
        for part in (self.minus, self.box, self.plus, self.key_cap):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(2)

    def _button(self, icon: str, words: str) -> QToolButton:
        button = QToolButton()
        theme.mark(button, "step")
        button.setIcon(theme.icon(icon))
        button.setAccessibleName(words.format(self.activity.label))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAutoRepeat(True)
        button.setAutoRepeatDelay(500)
        button.setAutoRepeatInterval(200)
        return button

    def _connect(self) -> None:
        activity = self.activity
        self.minus.clicked.connect(lambda: self.step_asked.emit(activity, -STEP))
        self.plus.clicked.connect(lambda: self.step_asked.emit(activity, STEP))
        self.box.step_asked.connect(lambda by: self.step_asked.emit(activity, by))
        self.box.minutes_asked.connect(lambda minutes: self.minutes_asked.emit(activity, minutes))
        self.box.toggle_asked.connect(lambda: self.toggle_asked.emit(activity))
        self.box.clear_asked.connect(lambda: self.clear_asked.emit(activity))
        self.box.focused.connect(self._refresh)

    def _refresh(self) -> None:
        """Steps where they are of use; else the key that would add minutes."""
        open_ = self._minutes is not None or self._hovered or self.box.hasFocus()
        # It keeps a pixel, so that the keys still reach it.
        self.box.setFixedWidth(theme.px(_BOX_WIDTH) if open_ else 1)
        for button in (self.minus, self.plus):
            button.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.minus.setVisible(open_)
        self.plus.setVisible(open_)
        self.key_cap.setVisible(not open_)
        theme.mark(self.name, "row" if self._minutes is not None else "row-empty")
        self._name_it()
        self.update()

    def _name_it(self) -> None:
        """The longest name there is room for."""
        names = [self.activity.label, self.activity.label.replace(" and ", " & ")]
        if self._short:
            names = []
        names.append(self.activity.short_label)
        if self.plus.isVisibleTo(self):
            taken = 34 + theme.px(13 + _BOX_WIDTH) + 2 * self.plus.sizeHint().width()
        else:
            taken = 40 + theme.px(13) + self.key_cap.sizeHint().width()
        font = theme.font(13, 600 if self._minutes is not None else 500)
        room = self.width() - taken
        fitting = next((n for n in names if width_of(n, font) <= room), names[-1])
        self.name.setText(fitting)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """A frame in the colour of the activity where it is tagged."""
        tokens = theme.tokens()
        with QPainter(self) as painter:
            canvas = Canvas(painter, QRectF(self.rect()))
            area, corners = QRectF(self.rect()), Corners(RADIUS, RADIUS)
            fill, outline = tokens.surface, tokens.line
            if self._minutes is not None:
                colors = theme.activity_colors(self.activity)
                fill, outline = _mixed(tokens.surface, colors.outline), colors.outline
            elif self._hovered:
                outline = tokens.control
            canvas.box(area, fill, outline, corners)
            if self.box.hasFocus():
                canvas.box(area, None, tokens.accent, corners)
                inner = Corners(RADIUS - 1, RADIUS - 1)
                canvas.box(area.adjusted(1, 1, -1, -1), None, tokens.accent, inner)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Into the row; an empty one is given 15 minutes."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.box.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._minutes is None:
            self.step_asked.emit(self.activity, STEP)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Offer the steps."""
        self._hovered = True
        self._refresh()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Show the key again."""
        self._hovered = False
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width has room for another name."""
        super().resizeEvent(event)
        self._name_it()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as there is room."""
        return QSize(theme.px(220), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """One word and the steps."""
        return QSize(theme.px(150), theme.px(HEIGHT))


def _mixed(ground: QColor, color: QColor) -> QColor:
    """A little of ``color`` on ``ground``."""
    return QColor(
        round(ground.red() + (color.red() - ground.red()) * _TINT),
        round(ground.green() + (color.green() - ground.green()) * _TINT),
        round(ground.blue() + (color.blue() - ground.blue()) * _TINT),
    )
