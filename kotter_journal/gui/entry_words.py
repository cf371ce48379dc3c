"""How lists and cards name an entry: its time, its want of words, and the row said aloud."""

from datetime import time

from PySide6.QtCore import QCoreApplication

from kotter_journal.domain.entries import EntrySummary
from kotter_journal.domain.sentences import minutes_text


def time_text(at: time) -> str:
    """A time of day: "09:30"."""
    return f"{at:%H:%M}"


def untitled() -> str:
    """What stands for an entry without any words."""
    return QCoreApplication.translate("entry_words", "Untitled")


def unreadable() -> str:
    """What stands in the place of an entry that lies on a damaged page."""
    return QCoreApplication.translate("entry_words", "This entry cannot be read")


def spoken(summary: EntrySummary) -> str:
    """A row for a screen reader: title, time, minutes, activities."""
    parts = [summary.heading or untitled()]
    if summary.at is not None:
        parts.append(time_text(summary.at))
    if summary.duration:
        parts.append(minutes_text(summary.duration))
    for activity, minutes in summary.minutes:
        parts.append(f"{activity.label} {minutes_text(minutes)}" if minutes else activity.label)
    if summary.starred:
        parts.append(QCoreApplication.translate("entry_words", "starred"))
    return ", ".join(parts)
