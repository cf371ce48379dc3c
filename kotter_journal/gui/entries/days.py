"""Days: how the Journal page names dates and counts weeks."""

from calendar import monthrange
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale


def qdate(day: date) -> QDate:
    """Qt's form of a date."""
    return QDate(day.year, day.month, day.day)


def day_text(day: date, today: date) -> str:
    """A date as a heading: "Today", "Yesterday", "Tuesday 12 May"; other years say so."""
    if day == today:
        return QCoreApplication.translate("days", "Today")
    if day == today - timedelta(days=1):
        return QCoreApplication.translate("days", "Yesterday")
    pattern = "dddd d MMMM" if day.year == today.year else "dddd d MMMM yyyy"
    return QLocale().toString(qdate(day), pattern)


def full_day_text(day: date) -> str:
    """A date in full: "Tuesday 12 May 2026"."""
    return QLocale().toString(qdate(day), "dddd d MMMM yyyy")


def first_weekday() -> int:
    """The day on which weeks begin where this computer lives: 0 Monday .. 6 Sunday."""
    return QLocale().firstDayOfWeek().value - 1


def month_text(day: date) -> str:
    """A month as a heading: "May 2026"."""
    return QLocale().toString(qdate(day), "MMMM yyyy")


def month_name(day: date) -> str:
    """A month as a heading, without the year: "May"."""
    return QLocale().standaloneMonthName(day.month)


def span_text(first: date, last: date) -> str:
    """First and last day as a heading: "11 – 17 May", "27 Apr – 3 May"."""
    short = QLocale()
    end = short.toString(qdate(last), "d MMM" if first.month != last.month else "d MMMM")
    start = short.toString(qdate(first), "d" if first.month == last.month else "d MMM")
    return f"{start} – {end}"


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the month's last; clamped to the calendar."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    if not date.min.year <= year <= date.max.year:
        return day
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week_start(day: date) -> date:
    """The first day of the week with ``day``, as weeks begin where this computer lives."""
    return date.fromordinal(max(1, day.toordinal() - (day.weekday() - first_weekday()) % 7))


def weekday_letter(weekday: int) -> str:
    """A weekday, 0 Monday .. 6 Sunday, in as few letters as the locale has."""
    narrow = QLocale().dayName(weekday + 1, QLocale.FormatType.NarrowFormat)
    # The locale "C" has numbers there.
    return narrow if not narrow.isdigit() else QLocale().dayName(weekday + 1)[:1]
