"""EarlierYears: in which years something was written on the same day, and the way to read it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kotter_journal.domain.positions import day_of
from kotter_journal.gui import theme
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage import day_totals, entries
from kotter_journal.storage.database import Transaction

_SHOWN = 3


class EarlierYears(QWidget):
    """One quiet line; hidden where there is nothing. ``chosen`` carries the date."""

    chosen = Signal(object)

    def __init__(self, session: JournalSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._day = session.today()
        self.link = QPushButton()
        self.link.setObjectName("earlier_years")
        theme.mark(self.link, "link")
        self.link.clicked.connect(lambda: self.chosen.emit(self._day))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.addWidget(self.link)
        row.addStretch(1)
        self.hide()

    def show_day(self, day: date) -> None:
        """Look for entries of the same day of earlier years."""
        self._day = day
        self._session.run(
            lambda tx: _years(tx, day), owner=self, done=self._show, latest="earlier_years"
        )

    def _show(self, years: list[int]) -> None:
        self.setVisible(bool(years))
        named = ", ".join(map(str, years[:_SHOWN]))
        if len(years) > _SHOWN:
            named = self.tr("{0} and {1} more").format(named, len(years) - _SHOWN)
        self.link.setText(self.tr("On this day: {0}").format(named))


def _years(tx: Transaction, day: date) -> list[int]:
    """Latest first."""
    kept = day_totals.first_and_last(tx)
    if kept is None:
        return []
    found = entries.on_this_day(tx, day, kept[0].year)
    return sorted({day_of(position).year for position in found}, reverse=True)
