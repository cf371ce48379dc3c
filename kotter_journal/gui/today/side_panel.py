"""SidePanel: how today and this week divide so far, in hours."""

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.direction import in_force
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.periods import Span, period_of
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui import theme
from kotter_journal.gui.card import label
from kotter_journal.gui.paint import PairBars, SplitBar
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.today.page import PANEL_WIDTH
from kotter_journal.storage import day_totals, directions

_LONGEST = 180
"""Characters of a statement that are shown here; about four lines."""


class SidePanel(QFrame):
    """Two splits and three pairs; hours only, since a day is too little to speak of a balance."""

    def __init__(
        self, session: JournalSession, first_weekday: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.mark(self, "panel")
        self.setFixedWidth(PANEL_WIDTH)
        self._session = session
        self._first_weekday = first_weekday
        self.direction = DirectionNote()
        self._today = _Split(self.tr("Today so far"))
        self._week = _Split(self.tr("This week"))
        self._pairs = PairBars()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(18)
        column.addWidget(self.direction)
        column.addWidget(self._today)
        rule = QFrame()
        theme.mark(rule, "rule")
        column.addWidget(rule)
        column.addWidget(self._week)
        column.addWidget(self._pairs)
        column.addStretch(1)
        session.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the days of this week and show them."""
        self._is_stale = False
        self._show_direction()
        today = self._session.today()
        week = period_of(Span.WEEK, today, self._first_weekday)
        try:
            days = self._session.read(lambda tx: day_totals.day_minutes(tx, week.start, week.end))
        except KotterError as error:
            self._session.fail(error)
            return
        of_today = [day for day in days if day.on == today]
        self._today.show_days(of_today, minutes_text(sum(d.logged for d in of_today)))
        logged = sum(d.logged for d in days)
        count = self.tr("1 day") if len(days) == 1 else self.tr("{0} days").format(len(days))
        self._week.show_days(days, self.tr("{0} on {1}").format(minutes_text(logged), count))
        self._pairs.set_minutes(_sums(days))

    def _show_direction(self) -> None:
        today = self._session.today()
        try:
            held = self._session.read(lambda tx: in_force(directions.directions(tx), today))
        except KotterError as error:
            self._session.fail(error)
            return
        self.direction.show_statements([one.text for one in held])

    def _on_changed(self, changes: Changes) -> None:
        if not changes.entries:
            self._show_direction()
        today = self._session.today()
        if not any(abs(today - day) <= timedelta(days=7) for day in changes.days):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what was written meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self.refresh()


class DirectionNote(QWidget):
    """What is worked toward, quietly; nothing where nothing is stated. ``asked``: show its page."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = label("", "quiet", wrap=True)
        self._text.setObjectName("direction_note")
        self._more = QPushButton(self.tr("Direction"))
        self._more.setAccessibleName(self.tr("Show the direction"))
        theme.mark(self._more, "link")
        self._more.clicked.connect(self.asked)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Where to"), "section"))
        head.addStretch(1)
        head.addWidget(self._more)
        rule = QFrame()
        theme.mark(rule, "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addSpacing(12)
        column.addWidget(rule)
        self.hide()

    def show_statements(self, statements: list[str]) -> None:
        """Show these, of a long one its beginning."""
        self._text.setText("\n".join(_beginning(one) for one in statements))
        self.setVisible(bool(statements))


class _Split(QWidget):
    """A heading, what was logged, and the split of it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._logged = label("", "meta")
        self._bar = SplitBar()
        self._rest = label("", "faint", wrap=True)
        head = QHBoxLayout()
        head.addWidget(label(title, "section"))
        head.addStretch(1)
        head.addWidget(self._logged)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._rest)

    def show_days(self, days: list[DayMinutes], logged: str) -> None:
        """Sum ``days`` up; what is in neither side is said in words."""
        sums = _sums(days)
        self._logged.setText(logged if days else self.tr("nothing logged yet"))
        self._bar.set_minutes(sums)
        unclassified = sum(day.unclassified for day in days)
        parts = []
        if sums[Activity.OUTSIDE]:
            parts.append(
                self.tr("{0} outside the six").format(minutes_text(sums[Activity.OUTSIDE]))
            )
        if unclassified:
            parts.append(self.tr("{0} not yet classified").format(minutes_text(unclassified)))
        self._rest.setText("; ".join(parts))
        self._rest.setVisible(bool(parts))


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _sums(days: list[DayMinutes]) -> dict[Activity, int]:
    return {activity: sum(day.minutes[activity] for day in days) for activity in Activity}
