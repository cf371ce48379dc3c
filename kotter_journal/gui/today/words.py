"""Words: how the Today page names minutes, moments and what a line was read as."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from kotter_journal.domain.entries import Allocation, EntryDraft, Method
from kotter_journal.domain.quick_line import QuickProblem, QuickReading, Unread
from kotter_journal.domain.sentences import minutes_text


def _tr(text: str) -> str:
    return QCoreApplication.translate("today", text)


def allocation_text(allocation: Allocation) -> str:
    """Activity and minutes; an even split that nobody chose says so."""
    text = f"{allocation.activity.label}  {minutes_text(allocation.minutes)}"
    return _tr("{0} (even split)").format(text) if allocation.method is Method.EVEN else text


def unclassified_text(minutes: int) -> str:
    """Minutes that no activity has yet."""
    return _tr("{0} not yet classified").format(minutes_text(minutes))


def when_text(draft: EntryDraft, now: datetime) -> str:
    """When an entry is set: "Today, now", "Yesterday", "Tuesday 12 May 2026, 09:30"."""
    today = now.date()
    day = {today: _tr("Today"), today - timedelta(days=1): _tr("Yesterday")}.get(draft.on)
    if day is None:
        day = QLocale().toString(
            QDate(draft.on.year, draft.on.month, draft.on.day), "dddd d MMMM yyyy"
        )
    if draft.at is None:
        return day
    if draft.on == today and (draft.at.hour, draft.at.minute) == (now.hour, now.minute):
        return _tr("{0}, now").format(day)
    time = QLocale().toString(QTime(draft.at.hour, draft.at.minute), QLocale.FormatType.ShortFormat)
    return f"{day}, {time}"


def problem_text(unread: Unread) -> str:
    """Why a part of the line was left as text."""
    sentences = {
        QuickProblem.NO_SUCH_DATE: _tr("“{0}” is no date; it stays text"),
        QuickProblem.ENDS_BEFORE_START: _tr("“{0}” ends before it starts: next day?"),
        QuickProblem.DURATION_OUT_OF_RANGE: _tr("“{0}” is not 1 minute to 24 hours"),
        QuickProblem.OVER_ALLOCATED: _tr("More minutes than “{0}” has; it stays text"),
    }
    return sentences[unread.problem].format(unread.words)


def reading_text(reading: QuickReading, now: datetime) -> str:
    """The whole reading in words, for a screen reader."""
    draft = reading.draft
    parts = [when_text(draft, now), *(allocation_text(a) for a in draft.allocations)]
    if draft.unclassified:
        parts.append(unclassified_text(draft.unclassified))
    parts += [f"#{tag}" for tag in draft.tags] + [f"@{name}" for name in draft.people]
    return "; ".join(parts + [problem_text(p) for p in reading.problems])
