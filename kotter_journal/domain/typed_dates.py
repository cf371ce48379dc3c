"""Dates as a person types them at the start of a line: "mon", "12 May", "2026-05-12"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAMES = (
    "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?"
    "|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_DAY_OF_MONTH = "([0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s((?:19|20|21)[0-9]{2}))?"
_END = r"(?P<mark>[.,:]?)(?=\s|\Z)"
_ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_END}")
# (?ai:...) - only the 26 letters: in Unicode, "s" and "i" have look-alikes that are equal in re.I.
_DAY_MONTH = re.compile(rf"{_DAY_OF_MONTH}\s((?ai:{_MONTH_NAMES})){_YEAR}{_END}")
_MONTH_DAY = re.compile(rf"((?ai:{_MONTH_NAMES}))\s{_DAY_OF_MONTH}{_YEAR}{_END}")
_NAMED = re.compile(rf"((?ai:today|yesterday|{_DAY_NAMES})){_END}")
_FIGURES_FOLLOW = re.compile(r"\s+@?[0-9]")
_PROSE_FOLLOWS = re.compile(r"\s+[^\s@0-9]")
_ALSO_ENGLISH = frozenset({"sat", "sun", "may", "march"})
_LONGEST_WAIT_FOR_29_FEBRUARY = 8  # years: 1896 to 1904


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date found in ``text[start:end]``; ``on`` None looks like a date, but no calendar has it.

    ``opens_sentence``: its word is the first of a sentence, as in "Monday was hard".
    """

    on: date | None
    end: int
    opens_sentence: bool = False


def date_at(text: str, start: int, end: int, today: date) -> TypedDate | None:
    """The date that begins at ``start`` and ends before ``end``, or None.

    A weekday is the latest such day up to and including today, a date without a year the latest
    such date. The words "sat" and "sun", and "12 may" and "12 march" in small letters, are dates
    only where figures or a colon or comma follow: "Sat with Dana", "12 may be too few".
    """
    iso = _ISO.match(text, start, end)
    if iso:
        return TypedDate(_calendar_date(int(iso[1]), int(iso[2]), int(iso[3])), iso.end())
    return _month_and_day(text, start, end, today) or _named_day(text, start, end, today)


def _month_and_day(text: str, start: int, end: int, today: date) -> TypedDate | None:
    match = _DAY_MONTH.match(text, start, end)
    if match:
        day, month, year = match[1], match[2], match[3]
        if month in _ALSO_ENGLISH and not year and not _is_marked(match, end):
            return None
    else:
        match = _MONTH_DAY.match(text, start, end)
        if not match:
            return None
        month, day, year = match[1], match[2], match[3]
    number = _MONTHS.index(month[:3].lower()) + 1
    if not 1 <= int(day) <= 31:
        return None
    if year:
        return TypedDate(_calendar_date(int(year), number, int(day)), match.end())
    return TypedDate(_latest(number, int(day), today), match.end())


def _named_day(text: str, start: int, end: int, today: date) -> TypedDate | None:
    match = _NAMED.match(text, start, end)
    if not match:
        return None
    word = match[1].lower()
    if word in _ALSO_ENGLISH and not _is_marked(match, end):
        return None
    if word in ("today", "yesterday"):
        back = 1 if word == "yesterday" else 0
    else:
        back = (today.weekday() - _DAYS.index(word[:3])) % 7
    is_sentence = (
        match[1][0].isupper()
        and word.endswith("day")
        and not match["mark"]
        and bool(_PROSE_FOLLOWS.match(text, match.end(), end))
    )
    return TypedDate(_days_before(today, back), match.end(), is_sentence)


def _is_marked(match: re.Match[str], end: int) -> bool:
    """Whether what follows shows that a date was meant."""
    return match["mark"] in (",", ":") or bool(
        _FIGURES_FOLLOW.match(match.string, match.end(), end)
    )


def _latest(month: int, day: int, today: date) -> date | None:
    """The latest such date up to today; None where no year has it."""
    for year in range(today.year, today.year - _LONGEST_WAIT_FOR_29_FEBRUARY - 1, -1):
        found = _calendar_date(year, month, day)
        if found and found <= today:
            return found
    return None


def _calendar_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _days_before(today: date, days: int) -> date:
    """Never before the first day there is, so that reading a line cannot fail."""
    return max(today, date.min + timedelta(days)) - timedelta(days)
