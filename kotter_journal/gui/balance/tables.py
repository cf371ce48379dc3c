"""Tables: the numbers of the balance page in rows and columns."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kotter_journal.domain.activities import PAIRS, Side
from kotter_journal.domain.balance import Balance, Status
from kotter_journal.domain.balance_sentences import percent_text, period_text
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui.balance.activity_rows import ROW_ORDER
from kotter_journal.gui.balance.buckets import Bucket
from kotter_journal.gui.card import Card
from kotter_journal.gui.numbers_table import NumbersTable, Row


def _tr(text: str) -> str:
    return QCoreApplication.translate("BalanceTables", text)


def activity_rows(balance: Balance) -> tuple[Row, list[Row]]:
    """Headers and rows: the activities, what is outside or unsorted, the pairs and the sides."""
    shown = balance.status is not Status.TOO_LITTLE
    percent = (balance.percent or {}) if shown else {}
    headers = (_tr("What"), _tr("Time"), _tr("Share of the six"))
    rows: list[Row] = [
        (a.label, minutes_text(balance.minutes[a]), f"{percent[a]} %" if a in percent else "")
        for a in ROW_ORDER
    ]
    rows.append((_tr("Not yet classified"), minutes_text(balance.unclassified), ""))
    rows.append((_tr("All logged"), minutes_text(balance.logged), ""))
    leading = balance.percent_leading if shown else None
    sides = (
        (Side.LEADING, _tr("Leading"), balance.leading),
        (Side.MANAGING, _tr("Managing"), balance.managing),
    )
    for side, name, minutes in sides:
        share = ""
        if leading is not None:
            share = f"{leading if side is Side.LEADING else 100 - leading} %"
        rows.append((name, minutes_text(minutes), share))
    for pair, (lead, twin) in PAIRS.items():
        part = balance.pair_shares[pair] if shown else None
        words = "" if part is None else _tr("{0} leading").format(percent_text(part))
        both = minutes_text(balance.minutes[lead] + balance.minutes[twin])
        rows.append((_tr("{0} (both)").format(pair.label), both, words))
    return headers, rows


def time_rows(buckets: Sequence[Bucket]) -> tuple[Row, list[Row]]:
    """Headers and rows: one row a bar of the time chart."""
    headers = (
        _tr("When"),
        _tr("Logged"),
        _tr("Leading"),
        _tr("Managing"),
        *(a.short_label for a in ROW_ORDER),
        _tr("Not yet classified"),
        _tr("Logged workdays"),
        _tr("Share leading"),
    )
    return headers, [_time_row(period_text(bucket.period), bucket.balance) for bucket in buckets]


def _time_row(when: str, balance: Balance) -> Row:
    leading = None if balance.status is Status.TOO_LITTLE else balance.percent_leading
    return (
        when,
        minutes_text(balance.logged),
        minutes_text(balance.leading),
        minutes_text(balance.managing),
        *(minutes_text(balance.minutes[a]) for a in ROW_ORDER),
        minutes_text(balance.unclassified),
        f"{balance.logged_workdays} / {balance.workdays}",
        "" if leading is None else f"{leading} %",
    )


class BalanceTables(QWidget):
    """The same numbers as the charts, as two tables."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._activities = self._add(column, self.tr("Hours by activity"))
        self._over_time = self._add(column, self.tr("Over time"))

    def set_numbers(self, balance: Balance, buckets: Sequence[Bucket]) -> None:
        """Show the numbers of this balance."""
        self._activities.set_rows(*activity_rows(balance))
        self._over_time.set_rows(*time_rows(buckets))

    def _add(self, column: QVBoxLayout, title: str) -> NumbersTable:
        table = NumbersTable(title)
        card = Card(title)
        card.body.addWidget(table)
        column.addWidget(card)
        return table
