"""Balance tables: the numbers of every chart as rows, also the way for screen readers."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kotter_journal.domain.activities import PAIRS, SIX, Activity, Side
from kotter_journal.domain.balance import Balance, Status
from kotter_journal.domain.balance_sentences import percent_text, period_text
from kotter_journal.domain.own_band import band_text
from kotter_journal.domain.sentences import date_text, minutes_text
from kotter_journal.domain.tag_counts import TagCounts, count_text
from kotter_journal.domain.trailing import TrailingPoint
from kotter_journal.domain.working_time import Band, band_on
from kotter_journal.gui.balance.activity_rows import ROW_ORDER
from kotter_journal.gui.balance.buckets import Bucket
from kotter_journal.gui.balance.day_words import day_text, status_text
from kotter_journal.gui.balance.figures import Figures
from kotter_journal.gui.card import Card
from kotter_journal.gui.numbers_table import NumbersTable, Row


def _tr(text: str) -> str:
    return QCoreApplication.translate("BalanceTables", text)


def activity_rows(balance: Balance, counts: TagCounts | None) -> tuple[Row, list[Row]]:
    """Headers and rows: the activities, what is outside or unsorted, the pairs and the sides."""
    shown = balance.status is not Status.TOO_LITTLE
    percent = (balance.percent or {}) if shown else {}
    headers = (
        _tr("What"),
        _tr("Time"),
        _tr("Share of the six"),
        _tr("Entries, shared"),
        _tr("Entries that include it"),
    )
    rows: list[Row] = [
        (
            a.label,
            minutes_text(balance.minutes[a]),
            f"{percent[a]} %" if a in percent else "",
            *_counted(a, counts),
        )
        for a in ROW_ORDER
    ]
    untagged = "" if counts is None else count_text(counts.untagged)
    unsorted = minutes_text(balance.unclassified)
    rows.append((_tr("Not yet classified"), unsorted, "", untagged, ""))
    rows.append(
        (_tr("All logged"), minutes_text(balance.logged), "", count_text(balance.entries), "")
    )
    leading = balance.percent_leading if shown else None
    sides = (
        (Side.LEADING, _tr("Leading"), balance.leading),
        (Side.MANAGING, _tr("Managing"), balance.managing),
    )
    for side, name, minutes in sides:
        share = ""
        if leading is not None:
            share = f"{leading if side is Side.LEADING else 100 - leading} %"
        rows.append((name, minutes_text(minutes), share, "", ""))
    for pair, (lead, twin) in PAIRS.items():
        part = balance.pair_shares[pair] if shown else None
        words = "" if part is None else _tr("{0} leading").format(percent_text(part))
        both = minutes_text(balance.minutes[lead] + balance.minutes[twin])
        rows.append((_tr("{0} (both)").format(pair.label), both, words, "", ""))
    return headers, rows


def _counted(activity: Activity, counts: TagCounts | None) -> tuple[str, str]:
    """Of an activity: entries shared with others, and all that include it."""
    if counts is None:
        return "", ""
    shared = counts.shared[activity] if activity in SIX else counts.outside
    return count_text(shared), count_text(counts.touches[activity])


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


def trailing_rows(points: Sequence[TrailingPoint], bands: Sequence[Band]) -> tuple[Row, list[Row]]:
    """Headers and rows: one row a week of the trailing share, the newest first."""
    headers = (
        _tr("Week ending"),
        _tr("Classified in four weeks"),
        _tr("Leading"),
        _tr("Share leading"),
        _tr("Range"),
        _tr("Logged days"),
        _tr("Your band then"),
    )
    return headers, [_trailing_row(point, bands) for point in reversed(points)]


def _trailing_row(point: TrailingPoint, bands: Sequence[Band]) -> Row:
    when, balance = date_text(point.week.last), point.balance
    band = band_on(bands, point.week.last)
    wanted = "" if band is None else band_text(band)
    if balance is None or balance.range_80 is None:
        return (when, "", "", _tr("not enough"), "", "", wanted)
    low, high = (percent_text(share) for share in balance.range_80)
    provisional = balance.status is Status.PROVISIONAL
    words = _tr("{0} % (provisional)") if provisional else _tr("{0} %")
    return (
        when,
        minutes_text(balance.classified),
        minutes_text(balance.leading),
        words.format(balance.percent_leading),
        high if low == high else f"{low.removesuffix(' %')}–{high}",
        str(balance.logged_days),
        wanted,
    )


def day_rows(balance: Balance) -> tuple[Row, list[Row]]:
    """Headers and rows: one row a day with entries, the newest first."""
    headers = (
        _tr("Day"),
        _tr("Logged"),
        _tr("Leading"),
        _tr("Managing"),
        _tr("Other"),
        _tr("Entries"),
        _tr("Status"),
    )
    rows: list[Row] = [
        (
            day_text(day.on),
            minutes_text(day.logged),
            minutes_text(day.leading),
            minutes_text(day.managing),
            minutes_text(day.logged - day.classified),
            str(day.entries),
            status_text(balance.working, day.on),
        )
        for day in reversed(balance.days)
    ]
    return headers, rows


class BalanceTables(QWidget):
    """The same numbers as the charts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._activities = self._add(column, self.tr("Hours and entries by activity"))
        self._over_time = self._add(column, self.tr("Over time"))
        self._trailing = self._add(column, self.tr("Is the balance changing?"))
        self._by_day = self._add(column, self.tr("Day by day"))

    def set_numbers(self, figures: Figures, counts: TagCounts | None) -> None:
        """Show these numbers; ``counts`` of entries may follow later."""
        self._activities.set_rows(*activity_rows(figures.balance, counts))
        self._over_time.set_rows(*time_rows(figures.buckets))
        self._trailing.set_rows(*trailing_rows(figures.points, figures.bands))
        self._by_day.set_rows(*day_rows(figures.heat))

    def _add(self, column: QVBoxLayout, title: str) -> NumbersTable:
        table = NumbersTable(title)
        card = Card(title)
        card.body.addWidget(table)
        column.addWidget(card)
        return table
