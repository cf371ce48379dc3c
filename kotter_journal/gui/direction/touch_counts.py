"""TouchCounts: how often each week the direction was stated, heard back and challenged."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kotter_journal.domain.balance_sentences import period_text
from kotter_journal.domain.direction import Direction
from kotter_journal.domain.periods import Period
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.numbers_table import NumbersTable, Row
from kotter_journal.storage.directions import Touch


class TouchCounts(Card):
    """One row a week, the newest first. ``entries_asked`` carries the ids of a week's entries."""

    entries_asked = Signal(object, str)

    def __init__(
        self,
        touches: Sequence[Touch],
        known: Sequence[Direction],
        start: date,
        weeks: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("How often it came up"), parent)
        self.set_title(self.tr("How often it came up"), self.tr("entries, not minutes"))
        self.table = NumbersTable(self.tr("How often it came up"))
        self.table.setObjectName("touch_counts")
        self._weeks: list[tuple[Period, list[Touch]]] = []
        revised = {one.effective_on for each in known for one in each.revisions}
        rows: list[Row] = []
        for rank in range(weeks - 1, -1, -1):
            first = start + timedelta(weeks=rank)
            week = Period(first, first + timedelta(weeks=1))
            inside = [one for one in touches if one.on in week]
            self._weeks.append((week, inside))
            marks = sum(day in week for day in revised)
            rows.append(
                (
                    period_text(week),
                    _count(sum(one.stated for one in inside)),
                    _count(sum(one.heard_back for one in inside)),
                    _count(sum(one.challenged for one in inside)),
                    self.tr("revised") if marks else "",
                )
            )
        headers = (self.tr("Week"), self.tr("Stated"), self.tr("Heard back"))
        self.table.set_rows((*headers, self.tr("Challenged"), ""), rows)
        self.table.entered.connect(self._on_entered)
        self.body.addWidget(self.table)
        words = self.tr(
            "Mark an entry as stated, heard back or challenged in its panel. Enter on a week"
            " shows its entries."
        )
        self.body.addWidget(label(words, "meta", wrap=True))

    def _on_entered(self, row: int) -> None:
        week, inside = self._weeks[row]
        if inside:
            words = self.tr("The direction came up, {0}.").format(period_text(week))
            self.entries_asked.emit([one.entry_id for one in inside], words)


def _count(number: int) -> str:
    return str(number) if number else "–"
