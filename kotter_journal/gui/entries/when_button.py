"""WhenButton: the date and time of an entry, and the small window that moves it."""

from datetime import date, time

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from kotter_journal.gui import theme


def when_text(on: date, at: time | None) -> str:
    """A date and a time in words: "Thursday 14 May 2026 at 10:30"."""
    words = QLocale().toString(QDate(on.year, on.month, on.day), "dddd d MMMM yyyy")
    return words if at is None else f"{words} at {at:%H:%M}"


class WhenButton(QPushButton):
    """Says when the entry was, and asks for another time when it is pressed."""

    chosen = Signal(object, object)  # date, time | None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("when")
        theme.mark(self, "when")
        self.setToolTip(self.tr("Move this entry to another date or time"))
        self._on = date(2000, 1, 1)
        self._at: time | None = None
        self.clicked.connect(self.ask)

    def set_when(self, on: date, at: time | None) -> None:
        """Show a date and a time."""
        self._on, self._at = on, at
        words = when_text(on, at)
        self.setText(words)
        self.setAccessibleName(self.tr("{0}, move the entry").format(words))

    def ask(self) -> "WhenWindow":
        """Open the window under the button."""
        window = WhenWindow(self._on, self._at, self)
        window.chosen.connect(self.chosen)
        corner = QPoint(self.width() if self.isRightToLeft() else 0, self.height() + 4)
        place = self.mapToGlobal(corner)
        if self.isRightToLeft():
            place.setX(place.x() - window.sizeHint().width())
        window.move(place)
        window.show()
        window.date_field.setFocus(Qt.FocusReason.PopupFocusReason)
        return window


class WhenWindow(QFrame):
    """Date, and a time or none. Esc or a click elsewhere leaves the entry where it is."""

    chosen = Signal(object, object)  # date, time | None

    def __init__(self, on: date, at: time | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.mark(self, "popover")
        self._at = at
        self.date_field = QDateEdit(QDate(on.year, on.month, on.day))
        self.date_field.setDisplayFormat("d MMM yyyy")
        self.date_field.setCalendarPopup(True)
        self.date_field.setDateRange(QDate(1, 1, 1), QDate(9999, 12, 31))
        self.date_field.setAccessibleName(self.tr("Date"))
        shown = at or time(9)
        self.time_field = QTimeEdit(QTime(shown.hour, shown.minute))
        self.time_field.setDisplayFormat("HH:mm")
        for field in self.time_field.findChildren(QLineEdit):
            field.setTextMargins(9, 0, 0, 0)
        self.time_field.setAccessibleName(self.tr("Time"))
        self.time_field.setEnabled(at is not None)
        self.no_time = QCheckBox(self.tr("No time"))
        self.no_time.setChecked(at is None)
        self.no_time.toggled.connect(lambda no: self.time_field.setEnabled(not no))
        self.move_button = QPushButton(self.tr("Move"))
        theme.mark(self.move_button, "primary")
        self.move_button.clicked.connect(self._on_move)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.addWidget(QLabel(self.tr("Date")), 0, 0)
        grid.addWidget(self.date_field, 0, 1, 1, 2)
        grid.addWidget(QLabel(self.tr("Time")), 1, 0)
        grid.addWidget(self.time_field, 1, 1)
        grid.addWidget(self.no_time, 1, 2)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.close)
        buttons.addWidget(leave)
        buttons.addWidget(self.move_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(14)
        column.addLayout(grid)
        column.addLayout(buttons)

    def _on_move(self) -> None:
        day, clock = self.date_field.date(), self.time_field.time()
        at = None if self.no_time.isChecked() else time(clock.hour(), clock.minute())
        if at and self._at and (at.hour, at.minute) == (self._at.hour, self._at.minute):
            at = self._at
        self.close()
        self.chosen.emit(date(day.year(), day.month(), day.day()), at)
