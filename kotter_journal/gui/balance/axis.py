"""Axis: round numbers of hours up a chart, and words under its bars."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, QLocale

from kotter_journal.gui.balance.buckets import Bucket, Step

_STEPS = (15, 30, 60, 120, 300, 600, 1200, 2400, 3000, 6000, 12000, 24000, 60000)
_MOST_STEPS = 5


def ticks_for(most: int) -> list[int]:
    """Minutes from 0 up in even steps; the last is the first that reaches ``most``."""
    step = next((s for s in _STEPS if s * _MOST_STEPS >= most), None)
    if step is None:
        step = -(-most // (_MOST_STEPS * 60000)) * 60000
    count = max(1, -(-most // step))
    return [step * rank for rank in range(count + 1)]


def bar_labels(buckets: Sequence[Bucket], locale: QLocale, *, crowded: bool) -> list[str]:
    """A word for every bar, empty where it has none of its own.

    Crowded weeks are named by the month that begins in them.
    """
    return [
        _label(bucket, locale, first=not rank, crowded=crowded)
        for rank, bucket in enumerate(buckets)
    ]


def _label(bucket: Bucket, locale: QLocale, *, first: bool, crowded: bool) -> str:
    start = bucket.period.start
    day = QDate(start.year, start.month, start.day)
    if bucket.step is Step.DAY:
        return locale.toString(day, "ddd d")
    if bucket.step is Step.WEEK:
        return _month_begun(bucket, locale) if crowded else locale.toString(day, "d MMM")
    if bucket.step is Step.MONTH:
        return str(start.year) if start.month == 1 else locale.toString(day, "MMM")
    if bucket.step is Step.QUARTER:
        opens = first or start.month <= 3
        return str(start.year) if opens else f"Q{(start.month + 2) // 3}"
    return str(start.year)


def _month_begun(bucket: Bucket, locale: QLocale) -> str:
    last = bucket.period.last
    begins = bucket.period.start.day == 1 or last.month != bucket.period.start.month
    return locale.toString(QDate(last.year, last.month, 1), "MMM") if begins else ""
