"""SearchQuery: what the words in the search field mean."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from kotter_journal.domain.activities import LETTERS, Activity, Side, activity_named
from kotter_journal.domain.entries import clean_text, people_in, tags_in


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """Words and filters that all must hold.

    ``words`` are found whole, the last one also as a beginning where ``open_ended``; ``phrases``
    in order; ``without``, words or phrases, must not occur. ``sides`` are LEADING or MANAGING.
    ``since`` and ``until`` are local dates, ``until`` excluded; ``untimed`` asks for entries
    without a duration.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    open_ended: bool = False
    activities: tuple[Activity, ...] = ()
    sides: tuple[Side, ...] = ()
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    starred: bool = False
    untimed: bool = False

    @property
    def has_words(self) -> bool:
        """Whether the full-text index must be asked; not for ``without`` alone.

        The index can take away from what it has found, but not from everything: entries that
        match ``without_expression`` are then left out of the rest.
        """
        return any(_is_searchable(term) for term in (*self.words, *self.phrases))

    @property
    def is_empty(self) -> bool:
        """Whether it asks for everything."""
        return self == SearchQuery(open_ended=self.open_ended)


def match_expression(query: SearchQuery) -> str:
    """The FTS5 expression of the words, phrases and ``without``; "" where ``has_words`` is false.

    Every term is quoted, so nothing a person types is syntax (https://sqlite.org/fts5.html,
    section 3).
    """
    wanted = [_quoted(term) for term in query.words if _is_searchable(term)]
    if wanted and query.open_ended and _is_searchable(query.words[-1]):
        wanted[-1] += " *"
    wanted += [_quoted(term) for term in query.phrases if _is_searchable(term)]
    unwanted = without_expression(query)
    if not wanted or not unwanted:
        return " AND ".join(wanted)
    return f"({' AND '.join(wanted)}) NOT ({unwanted})"


def without_expression(query: SearchQuery) -> str:
    """The FTS5 expression of the entries that ``without`` leaves out, or ""."""
    return " OR ".join(_quoted(term) for term in query.without if _is_searchable(term))


def parse_query(text: str, today: date, *, open_ended: bool = False) -> SearchQuery:
    """What ``text`` asks for on ``today``; what no filter understands is a word.

    Words, "phrases", -without, -"without a phrase"; #tag or tag:x, @person or person:x,
    activity:x (any name the quick line reads), side:leading, managing or outside,
    from:, to: and on: with 2026-05-12, 2026-05, 2026, today or yesterday (``to:`` means to the end
    of that), is:starred, is:untimed. ``open_ended``: the person may still be typing the last word.
    """
    asked = _Asked(today)
    for term in _terms(clean_text(text)):
        asked.add(term, open_ended)
    return SearchQuery(
        words=tuple(asked.words),
        phrases=tuple(asked.phrases),
        without=tuple(asked.without),
        open_ended=open_ended,
        activities=tuple(dict.fromkeys(asked.activities)),
        sides=tuple(dict.fromkeys(asked.sides)),
        tags=tuple(dict.fromkeys(asked.tags)),
        people=tuple(dict.fromkeys(asked.people)),
        since=asked.since,
        until=asked.until,
        starred=asked.starred,
        untimed=asked.untimed,
    )


_TERM = re.compile(
    r"(?P<minus>-?)(?:(?P<key>[A-Za-z]{2,8}):)?(?:\"(?P<quoted>[^\"]*)(?P<closing>\"|\Z)"
    r"|(?P<plain>[^\s\"]+))"
)
_CURLY = str.maketrans("“”„", '"""')
_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class _Term:
    """One term as typed; ``value`` stands without minus, key and quotes."""

    whole: str
    value: str
    key: str
    is_negative: bool
    is_quoted: bool
    is_closed: bool


def _terms(text: str) -> Iterator[_Term]:
    for match in _TERM.finditer(text.translate(_CURLY)):
        quoted, plain = match["quoted"], match["plain"]
        yield _Term(
            whole=match[0].removeprefix("-").replace('"', ""),
            value=" ".join((plain if quoted is None else quoted).split()),
            key=(match["key"] or "").lower(),
            is_negative=bool(match["minus"]),
            is_quoted=quoted is not None,
            is_closed=match["closing"] == '"',
        )


@dataclass(slots=True)
class _Asked:
    """A query while its terms are read."""

    today: date
    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    since: date | None = None
    until: date | None = None
    starred: bool = False
    untimed: bool = False

    def add(self, term: _Term, open_ended: bool) -> None:
        """A filter where ``term`` is one, otherwise text."""
        if term.is_negative:
            self._add_text(self.without, term.whole)
        elif self._add_filter(term):
            pass
        elif term.is_quoted and not term.key and (term.is_closed or not open_ended):
            self._add_text(self.phrases, term.value)
        else:
            self._add_text(self.words, term.whole)

    def _add_text(self, terms: list[str], text: str) -> None:
        if _is_searchable(text):
            terms.append(" ".join(text.split()))

    def _add_filter(self, term: _Term) -> bool:
        if not term.value:
            return False
        if term.key in ("from", "to", "on"):
            return self._add_dates(term.key, term.value)
        if term.key in ("activity", "side", "is"):
            return self._add_kind(term.key, term.value.lower())
        return self._add_name(term)

    def _add_dates(self, key: str, value: str) -> bool:
        found = _dates_of(value, self.today)
        if found is None:
            return False
        start, end = found
        if key != "to":
            self.since = max(self.since or start, start)
        if key != "from" and end is not None:
            self.until = min(self.until or end, end)
        return True

    def _add_kind(self, key: str, value: str) -> bool:
        activity = LETTERS.get(value) or activity_named(value)
        if key == "activity" and activity:
            self.activities.append(activity)
        elif key == "side" and value in (Side.LEADING, Side.MANAGING):
            self.sides.append(Side(value))
        elif key == "side" and value == Side.OUTSIDE:
            self.activities.append(Activity.OUTSIDE)
        elif key == "is" and value == "starred":
            self.starred = True
        elif key == "is" and value == "untimed":
            self.untimed = True
        else:
            return False
        return True

    def _add_name(self, term: _Term) -> bool:
        if term.key == "tag":
            return self._append(self.tags, term.value.removeprefix("#"))
        if term.key == "person":
            return self._append(self.people, term.value.removeprefix("@"))
        if term.key or term.is_quoted:
            return False
        name = term.value[1:].rstrip(".,;")
        if tags_in(term.value) == (name,):
            return self._append(self.tags, name)
        if people_in(term.value) == (name,):
            return self._append(self.people, name)
        return False

    def _append(self, names: list[str], name: str) -> bool:
        if name:
            names.append(name)
        return bool(name)


def _dates_of(value: str, today: date) -> tuple[date, date | None] | None:
    """The half-open range of a date, month or year; its end is None past the calendar's."""
    if value.lower() == "today":
        return today, _after(today)
    if value.lower() == "yesterday":
        yesterday = max(today, date.min + timedelta(1)) - timedelta(1)
        return yesterday, _after(yesterday)
    match = _PERIOD.fullmatch(value)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    try:
        start = date(year, month, day)
    except ValueError:
        return None
    if match[3]:
        last = start
    else:
        last_month = month if match[2] else 12
        last = date(year, last_month, monthrange(year, last_month)[1])
    return start, _after(last)


def _after(day: date) -> date | None:
    return None if day == date.max else day + timedelta(1)


def _is_searchable(term: str) -> bool:
    """Whether the index can hold anything of it: a letter or a digit."""
    return any(character.isalnum() for character in term)


def _quoted(term: str) -> str:
    return '"' + clean_text(term).replace('"', '""') + '"'
