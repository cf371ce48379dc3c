"""SearchQuery: what the words in the search field mean."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from kotter_journal.domain.activities import LETTERS, Activity, Pair, Side, activity_named
from kotter_journal.domain.entries import areas_in, clean_text, people_in, tags_in
from kotter_journal.domain.typed_dates import date_at


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """Words and filters that all must hold.

    ``words`` are found whole, the last one also as a beginning where ``open_ended``;
    ``beginnings`` begin a word; ``phrases`` in order; ``without``, words or phrases, must not
    occur. Terms of scripts without spaces are found anywhere. ``sides`` are LEADING or MANAGING.
    ``since`` and ``until`` are local dates, ``until`` excluded; ``at_least`` and ``at_most`` are
    minutes of the whole entry; ``untimed`` asks for entries without a duration, ``even`` for those
    whose minutes were dealt out evenly, ``attached`` for those with an attachment,
    ``unclassified`` for minutes that no activity has, ``delegable`` for what somebody else could
    do, ``developing`` for what develops a leader; ``stated``, ``heard_back`` and ``challenged`` for
    those in which the direction came up so. Where ``only``
    names entries by their ids, no others are asked. Nothing in ``unless`` may hold. ``best_first``
    ranks what words find by how well it fits.
    """

    words: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    open_ended: bool = False
    activities: tuple[Activity, ...] = ()
    sides: tuple[Side, ...] = ()
    pairs: tuple[Pair, ...] = ()
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    at_least: int | None = None
    at_most: int | None = None
    starred: bool = False
    untimed: bool = False
    even: bool = False
    attached: bool = False
    unclassified: bool = False
    delegable: bool = False
    developing: bool = False
    stated: bool = False
    heard_back: bool = False
    challenged: bool = False
    only: tuple[str, ...] = ()
    unless: tuple["SearchQuery", ...] = ()
    best_first: bool = False

    @property
    def has_words(self) -> bool:
        """Whether the full-text index must be asked; not for ``without`` alone.

        The index can take away from what it has found, but not from everything: entries that
        match ``without_expression`` are then left out of the rest.
        """
        terms = (*self.words, *self.beginnings, *self.phrases)
        return any(_is_indexed(term) for term in terms)

    @property
    def runs(self) -> tuple[str, ...]:
        """Terms of scripts without spaces, which must occur as they stand."""
        return tuple(t for t in (*self.words, *self.beginnings, *self.phrases) if is_run(t))

    @property
    def without_runs(self) -> tuple[str, ...]:
        """Such terms that must not occur."""
        return tuple(term for term in self.without if is_run(term))

    @property
    def is_ranked(self) -> bool:
        """Whether the order is that of the best, not that of time."""
        return self.best_first and self.has_words

    @property
    def is_empty(self) -> bool:
        """Whether it asks for everything."""
        return self == SearchQuery(open_ended=self.open_ended, best_first=self.best_first)


def match_expression(query: SearchQuery) -> str:
    """The FTS5 expression of the words, phrases and ``without``; "" where ``has_words`` is false.

    Every term is quoted, so nothing a person types is syntax (https://sqlite.org/fts5.html,
    section 3).
    """
    wanted = [_quoted(term) for term in query.words if _is_indexed(term)]
    if wanted and query.open_ended and _is_indexed(query.words[-1]):
        wanted[-1] += " *"
    wanted += [f"{_quoted(term)} *" for term in query.beginnings if _is_indexed(term)]
    wanted += [_quoted(term) for term in query.phrases if _is_indexed(term)]
    unwanted = without_expression(query)
    if not wanted or not unwanted:
        return " AND ".join(wanted)
    return f"({' AND '.join(wanted)}) NOT ({unwanted})"


def without_expression(query: SearchQuery) -> str:
    """The FTS5 expression of the entries that ``without`` leaves out, or ""."""
    return " OR ".join(_quoted(term) for term in query.without if _is_indexed(term))


def is_run(term: str) -> bool:
    """Whether a term has letters of a script that puts no spaces between words."""
    return not term.isascii() and _run_letter().search(term) is not None


def parse_query(text: str, today: date, *, open_ended: bool = False) -> SearchQuery:
    """What ``text`` asks for on ``today``; what no filter understands is a word.

    Words, "phrases", begin*, -without, -"without a phrase"; #tag or tag:x, @person or person:x,
    activity:x (any name the quick line reads), side:leading, managing or outside, pair:what, who or
    done; from:, to: and on: with 2026-05-12, 2026-05, 2026, today, yesterday, monday or "12 May"
    (``to:`` means to the end of that); minutes:45, >30, >=30, <60, <=60 or 30-60; is:starred,
    is:untimed, is:even, is:unclassified, is:delegable, is:developing, is:stated, is:heard,
    is:challenged, has:attachment. A minus before a filter leaves out what it finds.
    ``open_ended``: the person may still be typing the last word.
    """
    asked = _Asked(today)
    for term in _terms(clean_text(text)):
        asked.add(term, open_ended)
    return asked.query(open_ended)


_TERM = re.compile(
    r"(?P<minus>-?)(?:(?P<key>[A-Za-z]{2,8}):)?(?:\"(?P<quoted>[^\"]*)(?P<closing>\"|\Z)"
    r"|(?P<plain>[^\s\"]+))"
)
_MINUTES = re.compile(
    r"(?:(?P<sign>[<>]=?)(?P<first>[0-9]{1,5})|(?P<only>[0-9]{1,5})(?:-(?P<last>[0-9]{1,5}))?)m?"
)
_ENDLESS = 10**9
_PAIRS = {
    "what": Pair.WHAT_NEEDS_DOING,
    "who": Pair.WHO_IT_TAKES,
    "done": Pair.GETTING_IT_DONE,
    **{pair.value: pair for pair in Pair},
}
_FLAGS = {
    ("is", "starred"): "starred",
    ("is", "untimed"): "untimed",
    ("is", "even"): "even",
    ("is", "unclassified"): "unclassified",
    ("is", "delegable"): "delegable",
    ("is", "developing"): "developing",
    ("is", "stated"): "stated",
    ("is", "heard"): "heard_back",
    ("is", "challenged"): "challenged",
    ("has", "attachment"): "attached",
}
RUN_LETTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Letters, as ranges, of scripts without spaces between words: Thai, Lao, Burmese, Khmer, Chinese,
Japanese; and Korean, whose words carry their particles with them."""
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
    pairs: list[Pair] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    since: date | None = None
    until: date | None = None
    at_least: int | None = None
    at_most: int | None = None
    flags: set[str] = field(default_factory=set)
    beginnings: list[str] = field(default_factory=list)
    unless: list[SearchQuery] = field(default_factory=list)

    def query(self, open_ended: bool) -> SearchQuery:
        """All that was asked for."""
        return SearchQuery(
            words=tuple(self.words),
            beginnings=tuple(self.beginnings),
            phrases=tuple(self.phrases),
            without=tuple(self.without),
            open_ended=open_ended,
            activities=tuple(dict.fromkeys(self.activities)),
            sides=tuple(dict.fromkeys(self.sides)),
            pairs=tuple(dict.fromkeys(self.pairs)),
            tags=tuple(dict.fromkeys(self.tags)),
            people=tuple(dict.fromkeys(self.people)),
            areas=tuple(dict.fromkeys(self.areas)),
            since=self.since,
            until=self.until,
            at_least=self.at_least,
            at_most=self.at_most,
            unless=tuple(dict.fromkeys(self.unless)),
            starred="starred" in self.flags,
            untimed="untimed" in self.flags,
            even="even" in self.flags,
            attached="attached" in self.flags,
            unclassified="unclassified" in self.flags,
            delegable="delegable" in self.flags,
            developing="developing" in self.flags,
            stated="stated" in self.flags,
            heard_back="heard_back" in self.flags,
            challenged="challenged" in self.flags,
        )

    def add(self, term: _Term, open_ended: bool) -> None:
        """A filter where ``term`` is one, otherwise text."""
        if term.is_negative:
            unwanted = _Asked(self.today)
            if unwanted._add_filter(term):
                self.unless.append(unwanted.query(open_ended=False))
            else:
                self._add_text(self.without, term.whole)
        elif self._add_filter(term):
            pass
        elif not term.is_quoted and term.whole.endswith("*") and _is_searchable(term.whole):
            self._add_text(self.beginnings, term.whole.rstrip("*"))
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
        if term.key in ("activity", "side", "pair", "is", "has"):
            return self._add_kind(term.key, term.value.lower())
        if term.key == "minutes":
            return self._add_minutes(term.value)
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
        elif key == "pair" and value in _PAIRS:
            self.pairs.append(_PAIRS[value])
        elif (key, value) in _FLAGS:
            self.flags.add(_FLAGS[key, value])
        else:
            return False
        return True

    def _add_minutes(self, value: str) -> bool:
        match = _MINUTES.fullmatch(value.replace(" ", ""))
        if match is None:
            return False
        least = most = int(match["first"] or match["only"])
        if match["sign"]:
            least = least + 1 if match["sign"] == ">" else least if ">" in match["sign"] else 0
            most = most - 1 if match["sign"] == "<" else most if "<" in match["sign"] else _ENDLESS
        elif match["last"]:
            most = int(match["last"])
        self.at_least = max(least, self.at_least or 0)
        self.at_most = min(most, _ENDLESS if self.at_most is None else self.at_most)
        return True

    def _add_name(self, term: _Term) -> bool:
        if term.key == "tag":
            return self._append(self.tags, term.value.removeprefix("#"))
        if term.key == "area":
            return self._append(self.areas, term.value.removeprefix("~"))
        if term.key == "person":
            return self._append(self.people, term.value.removeprefix("@"))
        if term.key or term.is_quoted:
            return False
        name = term.value[1:].rstrip(".,;")
        if tags_in(term.value) == (name,):
            return self._append(self.tags, name)
        if areas_in(term.value) == (name,):
            return self._append(self.areas, name)
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
        typed = date_at(value, 0, len(value), today)
        whole = typed is not None and typed.end == len(value)
        return (typed.on, _after(typed.on)) if typed and whole and typed.on else None
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


@cache
def _run_letter() -> re.Pattern[str]:
    """Made when a term first needs it: so many letters take three milliseconds."""
    return re.compile(f"[{RUN_LETTERS}]")


def _is_indexed(term: str) -> bool:
    """Whether a term is one for the index of words."""
    return _is_searchable(term) and not is_run(term)


def _is_searchable(term: str) -> bool:
    """Whether the index can hold anything of it: a letter or a digit."""
    return any(character.isalnum() for character in term)


def _quoted(term: str) -> str:
    return '"' + clean_text(term).replace('"', '""') + '"'
