"""Clauses as a person types them: minutes and the activities they went to, as in "45m aligning".

Where English and this notation meet, English wins:

- A single letter is an activity only glued to its number ("45a") or before a colon ("45m a: ...").
- Without a colon one activity is read after a duration (more with "and", "&" or "+" between), and
  not where its word is as likely one of the text ("15m direct reports", "20m staff meeting").
- A number without a unit needs an activity, and without a colon at least five minutes, so that
  "2 planning sessions" is text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from kotter_journal.domain.activities import LETTERS, PHRASES, Activity, activity_named
from kotter_journal.domain.entries import MINUTES_A_DAY


class TokenKind(StrEnum):
    """What a part of a quick line was read as."""

    STAR = "star"
    DATE = "date"
    TIME = "time"
    SPAN = "span"
    DURATION = "duration"
    ACTIVITY = "activity"
    TAG_MINUTES = "tag_minutes"
    SEPARATOR = "separator"


@dataclass(frozen=True, slots=True)
class Token:
    """``text[start:end]`` (code points) of the typed line; ``kept`` where it also stays text."""

    kind: TokenKind
    start: int
    end: int
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """``minutes`` (1..1440) given to ``activities``; without activities they are the whole."""

    minutes: int
    activities: tuple[Activity, ...]
    tokens: tuple[Token, ...]
    end: int


_BOUNDARY = r"(?=[\s,+]|:(?![0-9/\\])|\Z)"
_HOURS, _MINUTES = "(?:hours|hour|hrs|hr|h)", "(?:minutes|minute|mins|min|m)"
_DURATION = re.compile(
    rf"""(?:(?P<hours>[0-9]{{1,4}})\s?{_HOURS}\s?(?P<and_minutes>[0-9]{{1,2}})\s?{_MINUTES}
    |(?P<h>[0-9]{{1,4}})h(?P<mm>[0-9]{{1,2}})
    |(?P<whole>[0-9]{{0,4}})(?:[.,](?P<fraction>[0-9]{{1,3}}))?(?<=[0-9])\s?{_HOURS}
    |(?P<minutes>[0-9]{{1,6}})\s?{_MINUTES}
    |(?P<clock_hours>[0-9]):(?P<clock_minutes>[0-5][0-9])){_BOUNDARY}""",
    re.VERBOSE,
)
_GLUED = re.compile(
    r"(?:([0-9]{1,4})h([0-9]{1,2})|([0-9]{1,6}))(mo|MO|[adpocixADPOCIX])" + _BOUNDARY
)
_BARE = re.compile(r"([0-9]{1,6})(?=\s)")
_SHORTEST_BARE = 5
_YEARS = range(1900, 2200)

_WORD = re.compile(r"[^\W\d_]{1,24}(?:-[^\W\d_]{1,24})?(?=[\s,:+&/]|\Z)")
_PHRASE = re.compile(
    "(?ai:" + "|".join(p.replace(" ", r"[ \t\xa0]+") for p in PHRASES) + r")(?=[\s,:+&/]|\Z)"
)
_JOIN_BEFORE_COLON = re.compile(r"\s*[,+&/]\s*(?:and\s+)?|\s+(?:and\s+)?")
_JOIN = re.compile(r"\s+(?:and|&|\+)\s+")
_COLON = re.compile(r"\s*(:)(?![0-9/\\])")
_GAP = re.compile(r"\s*([,+]?)\s*")
_AS_LIKELY_TEXT = re.compile(r"ali|bud|cont?|dire(?:ct)?|men|other|out|pro|sol|sta(?:ff?)?|str")


def duration_follows(text: str, start: int, end: int) -> bool:
    """Whether a duration begins after the space at ``start``."""
    here = _end_of(_GAP.match(text, start, end), start)
    return here > start and bool(_DURATION.match(text, here, end) or _GLUED.match(text, here, end))


class ClauseReader:
    """Reads the clauses of ``text[:end]``.

    ``whole`` is the length of a span that stands before them, in minutes. ``refuse`` is told the
    offsets of durations that are not 1..1440 minutes.
    """

    def __init__(
        self, text: str, end: int, whole: int | None, refuse: Callable[[int, int], None]
    ) -> None:
        self._text = text
        self._end = end
        self._whole = whole
        self._refuse = refuse

    def before_colon(self, start: int) -> list[Clause]:
        """All clauses from ``start`` to a colon; none where anything else stands before it."""
        clauses: list[Clause] = []
        here = start
        while clause := self._clause(here, is_first=not clauses, before_colon=True):
            colon = _COLON.match(self._text, clause.end, self._end)
            if colon:
                clauses.append(_with_separator(clause, colon.start(1), colon.end(1)))
                return clauses
            here = self._append(clauses, clause)
        return []

    def in_prose(self, start: int) -> list[Clause]:
        """The clauses from ``start`` on, up to the first word that is text."""
        clauses: list[Clause] = []
        here = start
        while clause := self._clause(here, is_first=not clauses, before_colon=False):
            here = self._append(clauses, clause)
        return clauses

    def _append(self, clauses: list[Clause], clause: Clause) -> int:
        """Where the next clause would begin."""
        gap = _GAP.match(self._text, clause.end, self._end)
        if gap and gap[1]:
            clause = _with_separator(clause, gap.start(1), gap.end(1))
        clauses.append(clause)
        return _end_of(gap, clause.end)

    def _clause(self, here: int, *, is_first: bool, before_colon: bool) -> Clause | None:
        if is_first and self._whole is not None:
            given = self._with_activities(Clause(self._whole, (), (), here), here, before_colon)
            if given.activities:
                return given
        glued = _GLUED.match(self._text, here, self._end)
        if glued:
            return self._glued(glued)
        can_be_whole = is_first and self._whole is None
        return self._timed(here, can_be_whole, before_colon) or self._bare(here, before_colon)

    def _timed(self, here: int, can_be_whole: bool, before_colon: bool) -> Clause | None:
        match = _DURATION.match(self._text, here, self._end)
        if not match:
            return None
        clause = self._numbered(match, _minutes_of(match), before_colon)
        if not clause.activities and not can_be_whole:
            return None
        return self._in_range(clause, match.end())

    def _bare(self, here: int, before_colon: bool) -> Clause | None:
        match = _BARE.match(self._text, here, self._end)
        if not match:
            return None
        minutes = int(match[1])
        clause = self._numbered(match, minutes, before_colon)
        if not clause.activities or minutes in _YEARS:
            return None
        if not before_colon and 1 <= minutes < _SHORTEST_BARE:
            return None
        return self._in_range(clause, match.end())

    def _glued(self, match: re.Match[str]) -> Clause | None:
        minutes = int(match[3]) if match[3] else int(match[1]) * 60 + int(match[2])
        number = Token(TokenKind.DURATION, match.start(), match.start(4))
        letter = Token(TokenKind.ACTIVITY, match.start(4), match.end())
        activity = LETTERS[match[4].lower()]
        return self._in_range(
            Clause(minutes, (activity,), (number, letter), match.end()), match.end()
        )

    def _numbered(self, match: re.Match[str], minutes: int, before_colon: bool) -> Clause:
        number = Token(TokenKind.DURATION, match.start(), match.end())
        here = _end_of(_GAP.match(self._text, match.end(), self._end), match.end())
        return self._with_activities(
            Clause(minutes, (), (number,), match.end()), here, before_colon
        )

    def _in_range(self, clause: Clause, end: int) -> Clause | None:
        if 1 <= clause.minutes <= MINUTES_A_DAY:
            return clause
        self._refuse(clause.tokens[0].start, end)
        return None

    def _with_activities(self, clause: Clause, here: int, before_colon: bool) -> Clause:
        """``clause`` with the activities that begin at ``here``."""
        join = _JOIN_BEFORE_COLON if before_colon else _JOIN
        activities, tokens = [*clause.activities], [*clause.tokens]
        end = clause.end
        while named := self._activity_at(here, before_colon):
            tokens += _between(self._text, end, here)
            activities.append(named[0])
            end = named[1]
            tokens.append(Token(TokenKind.ACTIVITY, here, end))
            here = _end_of(join.match(self._text, end, self._end), end)
            if here == end:
                break
        return Clause(clause.minutes, tuple(activities), tuple(tokens), end)

    def _activity_at(self, here: int, before_colon: bool) -> tuple[Activity, int] | None:
        phrase = _PHRASE.match(self._text, here, self._end)
        if phrase:
            name = " ".join(phrase[0].lower().split())
            if before_colon or not name.endswith("people"):
                return PHRASES[name], phrase.end()
        word = _WORD.match(self._text, here, self._end)
        if not word:
            return None
        named = _named_before_colon(word[0]) if before_colon else _named_in_prose(word)
        return (named, word.end()) if named else None


def _named_before_colon(word: str) -> Activity | None:
    """The activity of a letter, a name or a beginning; "Ali" is a person."""
    return None if word == "Ali" else LETTERS.get(word) or activity_named(word)


def _named_in_prose(word: re.Match[str]) -> Activity | None:
    """The activity of a name or a beginning, unless it is as likely a word of the text."""
    after = word.string[word.end() : word.end() + 1]
    if after in (":", "/", "&") or _AS_LIKELY_TEXT.fullmatch(word[0].lower()):
        return None
    return activity_named(word[0])


def _minutes_of(match: re.Match[str]) -> int:
    """Whole minutes of a duration; decimal hours to the nearest minute, halves up."""
    if match["whole"] is not None:
        fraction = (match["fraction"] or "0").ljust(3, "0")
        return ((int(match["whole"] or 0) * 1000 + int(fraction)) * 60 + 500) // 1000
    hours = match["hours"] or match["h"] or match["clock_hours"] or 0
    minutes = match["and_minutes"] or match["mm"] or match["clock_minutes"] or match["minutes"]
    return int(hours) * 60 + int(minutes)


def _with_separator(clause: Clause, start: int, end: int) -> Clause:
    separator = Token(TokenKind.SEPARATOR, start, end)
    return replace(clause, tokens=(*clause.tokens, separator), end=end)


def _between(text: str, start: int, end: int) -> list[Token]:
    """A token for what joins two names or a number and a name, unless it is only space."""
    joint = text[start:end]
    left = start + len(joint) - len(joint.lstrip())
    right = start + len(joint.rstrip())
    return [Token(TokenKind.SEPARATOR, left, right)] if left < right else []


def _end_of(match: re.Match[str] | None, otherwise: int) -> int:
    return match.end() if match else otherwise
