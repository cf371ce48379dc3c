"""The quick line: "45m aligning: talked with ops" -> a draft, and what of the line was read.

``[!] [date] [time or span] (duration activity)* [:] text [!]``; everything is optional and nothing
is refused: what is not read stays text. ``typed_dates`` and ``typed_minutes`` say what a date and a
duration look like; here is how they go together:

- "@9:30" and bare times with two digits ("09:30") are times of day, and so is "9:30" before a
  duration. Any other "H:MM" is a duration up to 5:59, and from 6:00 on a time of day, unless
  activities and a colon follow.
- A span, or a first duration without an activity, is the whole; minutes given to activities are
  parts of it, and the rest stays unclassified. Without a whole, the duration is the parts' sum.
- ``#align:20`` gives 20 minutes to an activity and stays in the text.
- The text is never empty: where nothing else was typed, the words that were read are the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum

from kotter_journal.domain.activities import Activity, activity_named
from kotter_journal.domain.entries import (
    MINUTES_A_DAY,
    Allocation,
    EntryDraft,
    Method,
    TimeSource,
    clean_text,
    even_split,
    people_in,
    tags_in,
)
from kotter_journal.domain.typed_dates import date_at
from kotter_journal.domain.typed_minutes import (
    Clause,
    ClauseReader,
    Token,
    TokenKind,
    duration_follows,
)

__all__ = ["QuickProblem", "QuickReading", "Token", "TokenKind", "Unread", "read_line"]


class QuickProblem(StrEnum):
    """Why a part that looks like a date or a time was not read as one."""

    NO_SUCH_DATE = "no_such_date"
    ENDS_BEFORE_START = "ends_before_start"
    DURATION_OUT_OF_RANGE = "duration_out_of_range"
    OVER_ALLOCATED = "over_allocated"


@dataclass(frozen=True, slots=True)
class Unread:
    """The words that were not read, and why."""

    problem: QuickProblem
    words: str


@dataclass(frozen=True, slots=True)
class QuickReading:
    """One reading of one line: what the window shows is what the journal stores.

    ``tokens`` stand in the order of the line and do not overlap; the draft's body is the line
    without the tokens that are not kept.
    """

    draft: EntryDraft
    tokens: tuple[Token, ...] = ()
    problems: tuple[Unread, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed; only then the body is empty."""
        return not self.draft.body

    @property
    def lacks_time(self) -> bool:
        """Whether there is an entry, but no duration yet."""
        return self.draft.duration is None and not self.is_blank


def read_line(text: str, today: date, now: time, zone: str | None = None) -> QuickReading:
    """What ``text`` means when typed on ``today`` at ``now`` (local, in ``zone``).

    Where the line contradicts itself (NO_SUCH_DATE, OVER_ALLOCATED, a sum over 24 hours), all of it
    is text. An entry of today without a time is of ``now``, to the minute.
    """
    line = _Line(text)
    line.read(today)
    if line.is_contradictory:
        line = _Line(text, problems=line.problems)
    body = line.kept_text()
    on = line.on or today
    at = line.at or (now.replace(second=0, microsecond=0, tzinfo=None) if on == today else None)
    draft = EntryDraft(
        on=on,
        at=at,
        zone=zone if at is not None else None,
        duration=line.duration,
        time_source=line.time_source,
        body=body,
        allocations=line.allocations,
        tags=tags_in(body),
        people=people_in(body),
        starred=any(token.kind is TokenKind.STAR for token in line.tokens),
    )
    return QuickReading(draft, tuple(line.tokens), tuple(line.problems))


_BLANK = re.compile(r"[\s\ufeff]*")
_REST_OF_LINE = re.compile(r"[^\n\r]*")
_STAR = re.compile(r"!(?=\s|\Z)")
_STAR_AT_END = re.compile(r"(?<=\s)!\Z")

_CLOCK = "([0-9]{1,2}):([0-9]{2})"
_SPAN = re.compile(rf"@?{_CLOCK}\s?[-–—]\s?{_CLOCK}[,:]?(?=\s|\Z)")
_TIME = re.compile(rf"(@?){_CLOCK}[,:]?(?=\s|\Z)")
_FIRST_HOUR_OF_DAY = 6

_TAG_MINUTES = re.compile(r"(?<![\w#&/@])#([^\W\d_]{3,24}):([0-9]{1,5})(?:min|m)?(?![\w:])")
_NOT_PROSE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|\bhttps?://\S+", re.DOTALL)
_CARRY_MINUTES = (TokenKind.SPAN, TokenKind.DURATION, TokenKind.ACTIVITY, TokenKind.TAG_MINUTES)


@dataclass(slots=True)
class _Line:
    """A line while it is read: ``text[start:end]`` is what is not yet read."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    problems: list[Unread] = field(default_factory=list)
    on: date | None = None
    at: time | None = None
    duration: int | None = None
    time_source: TimeSource = TimeSource.NONE
    allocations: tuple[Allocation, ...] = ()
    is_contradictory: bool = False
    start: int = 0
    head_end: int = 0
    end: int = 0
    whole: int | None = None
    parts: list[Allocation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start = _after(_BLANK, self.text, 0)
        self.head_end = _after(_REST_OF_LINE, self.text, self.start)
        self.end = max(self.start, len(self.text.rstrip()))

    def read(self, today: date) -> None:
        """All that the line says, in the order of its grammar."""
        if _STAR.match(self.text, self.start, self.head_end):
            self._take(TokenKind.STAR, self.start + 1)
        self._read_date(today)
        if not self._read_span():
            self._read_time()
        clauses = self._clauses()
        for clause in clauses.before_colon(self.start) or clauses.in_prose(self.start):
            self._add(clause)
        self._read_tag_minutes()
        star = _STAR_AT_END.search(self.text, max(self.start, self.end - 1), self.end)
        if star:
            self.tokens.append(Token(TokenKind.STAR, star.start(), star.end()))
        self._settle()

    def _read_date(self, today: date) -> None:
        found = date_at(self.text, self.start, self.head_end, today)
        if not found:
            return
        if found.on is None:
            self._doubt(QuickProblem.NO_SUCH_DATE, self.start, found.end)
            self.is_contradictory = True
            return
        self.on = found.on
        self._take(TokenKind.DATE, found.end, kept=found.opens_sentence)

    def _read_span(self) -> bool:
        match = _SPAN.match(self.text, self.start, self.head_end)
        if not match:
            return False
        begin, finish = _minute_of(match[1], match[2]), _minute_of(match[3], match[4])
        if begin is None or finish is None or begin == MINUTES_A_DAY:
            return False
        self.at = time(*divmod(begin, 60))
        if finish > begin:
            self.whole = finish - begin
            self.time_source = TimeSource.CLOCK
        else:
            self._doubt(QuickProblem.ENDS_BEFORE_START, self.start, match.end())
        self._take(TokenKind.SPAN, match.end(), kept=finish <= begin)
        return True

    def _read_time(self) -> None:
        match = _TIME.match(self.text, self.start, self.head_end)
        minute = _minute_of(match[2], match[3]) if match else None
        if not match or minute is None or minute == MINUTES_A_DAY or not self._is_time(match):
            return
        self.at = time(*divmod(minute, 60))
        self._take(TokenKind.TIME, match.end())

    def _is_time(self, match: re.Match[str]) -> bool:
        if match[1] or len(match[2]) > 1:
            return True
        if duration_follows(self.text, match.end(), self.head_end):
            return True
        if int(match[2]) < _FIRST_HOUR_OF_DAY:
            return False
        clauses = self._clauses().before_colon(self.start)
        return not (clauses and clauses[0].activities)

    def _clauses(self) -> ClauseReader:
        return ClauseReader(self.text, self.head_end, self.whole, self._refuse_duration)

    def _add(self, clause: Clause) -> None:
        self.tokens += clause.tokens
        self.start = _after(_BLANK, self.text, clause.end)
        if not clause.activities:
            self.whole = clause.minutes
            self.time_source = TimeSource.TYPED
        elif len(set(clause.activities)) > 1:
            self.parts += even_split(clause.minutes, clause.activities)
        else:
            self.parts.append(Allocation(clause.activities[0], clause.minutes))

    def _read_tag_minutes(self) -> None:
        for match, activity in _activity_tags(self.text, self.start, self.end):
            minutes = int(match[2])
            if 1 <= minutes <= MINUTES_A_DAY:
                token = Token(TokenKind.TAG_MINUTES, match.start(), match.end(), kept=True)
                self.tokens.append(token)
                self.parts.append(Allocation(activity, minutes))
            else:
                self._refuse_duration(match.start(), match.end())

    def _settle(self) -> None:
        """The sums, once all minutes are known."""
        given = sum(part.minutes for part in self.parts)
        if self.whole is not None and given > self.whole:
            self._contradict(QuickProblem.OVER_ALLOCATED)
        elif given > MINUTES_A_DAY:
            self._contradict(QuickProblem.DURATION_OUT_OF_RANGE)
        elif self.whole or given:
            self.duration = self.whole or given
            self.allocations = _merged(self.parts)
            if self.time_source is TimeSource.NONE:
                self.time_source = TimeSource.TYPED

    def _contradict(self, problem: QuickProblem) -> None:
        words, end = "", 0
        for token in self.tokens:
            if token.kind in _CARRY_MINUTES:
                space = " " if words and token.start > end else ""
                words += space + self.text[token.start : token.end]
                end = token.end
        self.problems.append(Unread(problem, words))
        self.is_contradictory = True

    def kept_text(self) -> str:
        """The body: what was not read, or else the activities' words as typed, or else all."""
        body = self._without_tokens()
        if body:
            return body
        words = [t for t in self.tokens if t.kind is TokenKind.ACTIVITY and t.end - t.start > 2]
        self.tokens = [replace(t, kept=t.kept or not words or t in words) for t in self.tokens]
        if words:
            return self._without_tokens()
        return clean_text(self.text[_after(_BLANK, self.text, 0) : self.end])

    def _without_tokens(self) -> str:
        pieces = [self.text[t.start : t.end] for t in self.tokens if t.kept and t.end <= self.start]
        last = self.tokens[-1] if self.tokens else None
        is_star = last is not None and last.kind is TokenKind.STAR and last.start >= self.start
        end = last.start if last is not None and is_star else self.end
        rest = self.text[self.start : end].rstrip()
        return clean_text(" ".join([*pieces, rest] if rest else pieces))

    def _take(self, kind: TokenKind, end: int, *, kept: bool = False) -> None:
        self.tokens.append(Token(kind, self.start, end, kept))
        self.start = _after(_BLANK, self.text, end)

    def _refuse_duration(self, start: int, end: int) -> None:
        self._doubt(QuickProblem.DURATION_OUT_OF_RANGE, start, end)

    def _doubt(self, problem: QuickProblem, start: int, end: int) -> None:
        doubt = Unread(problem, self.text[start:end].rstrip(":,"))
        if doubt not in self.problems:
            self.problems.append(doubt)


def _after(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _minute_of(hours: str, minutes: str) -> int | None:
    """The minute of the day, 0..1440, or None for a time that no clock shows."""
    minute = int(hours) * 60 + int(minutes)
    return minute if int(minutes) < 60 and minute <= MINUTES_A_DAY else None


def _activity_tags(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], Activity]]:
    """The tags with minutes whose word is an activity, but for those in code and links."""
    found = list(_TAG_MINUTES.finditer(text, start, end))
    prose = _NOT_PROSE.sub(lambda m: " " * len(m[0]), text) if found else text
    for match in found:
        activity = activity_named(match[1])
        if activity and prose[match.start()] == "#":
            yield match, activity


def _merged(parts: Iterable[Allocation]) -> tuple[Allocation, ...]:
    """One row for each activity, in fixed order; a sum that holds an even part counts as even."""
    minutes: dict[Activity, int] = {}
    methods: dict[Activity, Method] = {}
    for part in parts:
        minutes[part.activity] = minutes.get(part.activity, 0) + part.minutes
        if methods.get(part.activity) is not Method.EVEN:
            methods[part.activity] = part.method
    if len(minutes) == 1:
        methods = dict.fromkeys(minutes, Method.SINGLE)
    return tuple(Allocation(a, minutes[a], methods[a]) for a in Activity if a in minutes)
