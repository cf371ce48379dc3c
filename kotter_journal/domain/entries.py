"""Entries: one episode or one thought, its minutes and its flags."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from typing import Any, NewType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.errors import EntryProblem, InvalidEntry

EntryId = NewType("EntryId", str)
"""A UUIDv7 in its 36-character text form (RFC 9562)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTES_A_DAY = 1440
MAX_TEXT = 20_000_000
"""Characters of one entry's body; a book of 3,000 pages."""


class Method(StrEnum):
    """How the minutes of an allocation came about; EVEN marks a split nobody chose."""

    EXPLICIT = "explicit"
    EVEN = "even"
    SINGLE = "single"


class Sharing(StrEnum):
    """PRIVATE leaves only by an explicit choice, NEVER not at all."""

    PRIVATE = "private"
    SHAREABLE = "shareable"
    NEVER = "never"


class Delegable(StrEnum):
    """Whether somebody else could have done this."""

    UNSET = "unset"
    NO = "no"
    COULD = "could"
    SHOULD = "should"


class TimeSource(StrEnum):
    """Where an entry's duration comes from."""

    NONE = "none"
    ESTIMATE = "estimate"
    TYPED = "typed"
    CLOCK = "clock"
    TIMER = "timer"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Allocation:
    """Minutes (0..1440) of one entry given to one activity; 0 is a tag without time."""

    activity: Activity
    minutes: int
    method: Method = Method.EXPLICIT
    origin: str | None = None
    origin_id: str | None = None
    note: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DirectionTouches:
    """Whether the direction came up, and the revision of the statement that held then."""

    stated: bool = False
    heard_back: bool = False
    challenged: bool = False
    revision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """An entry before it is kept.

    ``on`` and ``at`` are local; ``zone`` is an IANA name, "UTC", an offset such as "+05:30", or
    None for floating time. ``duration`` is whole minutes, 1..1440, or None. ``title`` None means
    that the first line of ``body`` stands for it. ``tags`` come without ``#``, ``people`` without
    ``@``.
    """

    on: date
    at: time | None = None
    zone: str | None = None
    utc: datetime | None = None
    duration: int | None = None
    time_source: TimeSource = TimeSource.NONE
    title: str | None = None
    body: str = ""
    allocations: tuple[Allocation, ...] = ()
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    starred: bool = False
    sharing: Sharing = Sharing.PRIVATE
    planned: bool | None = None
    delegable: Delegable = Delegable.UNSET
    develops_leader: bool = False
    direction: DirectionTouches = DirectionTouches()

    @property
    def allocated(self) -> int:
        """Minutes given to any activity, outside the six included."""
        return sum(a.minutes for a in self.allocations)

    @property
    def unclassified(self) -> int:
        """Minutes of the duration that no activity has yet; 0 without a duration."""
        return self.duration - self.allocated if self.duration else 0

    def minutes_of(self, activity: Activity) -> int | None:
        """Minutes of ``activity``, 0 for a tag without time, None where it is not tagged."""
        rows = [a.minutes for a in self.allocations if a.activity is activity]
        return sum(rows) if rows else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(EntryDraft):
    """An entry that the journal keeps.

    ``created_at`` and ``modified_at`` are instants in UTC to the millisecond; ``written_on`` is
    the local date on which it was first written; ``deleted_at`` is set while it lies in the trash.
    ``source`` and ``extra`` carry what other programs or newer versions said, unchanged.
    """

    id: EntryId
    created_at: datetime
    modified_at: datetime
    written_on: date
    deleted_at: datetime | None = None
    source: Mapping[str, Any] = field(default_factory=lambda: {"app": "kotter-journal"})
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySummary:
    """What a list row or a card shows of an entry; ``position`` orders entries in time.

    In ``heading`` and ``excerpt`` a box stands for each invisible character that can deceive.
    """

    position: int
    id: EntryId
    on: date
    at: time | None
    duration: int | None
    heading: str
    excerpt: str
    starred: bool
    minutes: tuple[tuple[Activity, int], ...]


def uuid7(at: datetime, randomness: int) -> str:
    """A UUIDv7 (RFC 9562, section 5.7) from an instant and 74 random bits."""
    ms = max(0, (at - _EPOCH) // timedelta(milliseconds=1)) & ((1 << 48) - 1)
    rand_a, rand_b = (randomness >> 62) & 0xFFF, randomness & ((1 << 62) - 1)
    value = f"{(ms << 80) | (0x7 << 76) | (rand_a << 64) | (0b10 << 62) | rand_b:032x}"
    return "-".join((value[:8], value[8:12], value[12:16], value[16:20], value[20:]))


def begin(draft: EntryDraft, now: datetime, randomness: int) -> Entry:
    """The entry that ``draft`` becomes at ``now`` (aware, in the writer's own zone)."""
    instant = to_milliseconds(now)
    fields = {name: getattr(draft, name) for name in EntryDraft.__dataclass_fields__}
    return Entry(
        **fields,
        id=EntryId(uuid7(now, randomness)),
        created_at=instant,
        modified_at=instant,
        written_on=now.date(),
    )


def revised(entry: Entry, now: datetime, **fields: Any) -> Entry:
    """``entry`` with ``fields`` replaced and modified at ``now``; a moved time is computed anew."""
    if {"on", "at", "zone"} & fields.keys():
        fields.setdefault("utc", None)
    return replace(entry, modified_at=to_milliseconds(now), **fields)


def to_milliseconds(instant: datetime) -> datetime:
    """The instant in UTC, cut to whole milliseconds."""
    utc = instant.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def zone_of(name: str) -> tzinfo:
    """The zone of an IANA name, "UTC" or an offset such as "+05:30"; raises InvalidEntry."""
    offset = re.fullmatch(r"([+-])([0-9]{2}):([0-5][0-9])", name)
    if offset:
        sign = -1 if offset[1] == "-" else 1
        minutes = int(offset[2]) * 60 + int(offset[3])
        if minutes < MINUTES_A_DAY:
            return timezone(sign * timedelta(minutes=minutes))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidEntry(EntryProblem.UNKNOWN_ZONE, word=name[:64]) from error


def utc_of(on: date, at: time | None, zone: str | None) -> datetime | None:
    """The instant of a local time; None for a floating or date-only one. Raises InvalidEntry."""
    if at is None or zone is None:
        return None
    try:
        return datetime.combine(on, at, zone_of(zone)).astimezone(UTC)
    except OverflowError:
        return None


def check(draft: EntryDraft) -> None:
    """Raise InvalidEntry where the draft breaks T1, T2 or T3, or its text is too long."""
    if len(draft.body) > MAX_TEXT:
        raise InvalidEntry(EntryProblem.TOO_LONG, len(draft.body), MAX_TEXT)
    if draft.duration is not None and not 1 <= draft.duration <= MINUTES_A_DAY:
        raise InvalidEntry(EntryProblem.DURATION_OUT_OF_RANGE, draft.duration, MINUTES_A_DAY)
    for allocation in draft.allocations:
        if not 0 <= allocation.minutes <= MINUTES_A_DAY:
            raise InvalidEntry(EntryProblem.MINUTES_OUT_OF_RANGE, allocation.minutes, MINUTES_A_DAY)
    if draft.duration is None and draft.allocated:
        raise InvalidEntry(EntryProblem.MINUTES_WITHOUT_DURATION, draft.allocated, 0)
    if draft.duration is not None and draft.allocated > draft.duration:
        raise InvalidEntry(EntryProblem.OVER_ALLOCATED, draft.allocated, draft.duration)


def even_split(duration: int, activities: Iterable[Activity]) -> tuple[Allocation, ...]:
    """``duration`` minutes over the activities (T8): the first in fixed order take the rest."""
    chosen = set(activities)
    ordered = [a for a in Activity if a in chosen]
    if not ordered:
        return ()
    share, rest = divmod(duration, len(ordered))
    return tuple(
        Allocation(activity, share + (1 if rank < rest else 0), Method.EVEN)
        for rank, activity in enumerate(ordered)
    )


def with_minutes(
    draft: EntryDraft, activity: Activity, minutes: int | None
) -> tuple[Allocation, ...]:
    """The draft's allocations with ``activity`` at ``minutes`` (None takes it away).

    A row that is alone is marked SINGLE; the others keep how they came about.
    """
    others = [a for a in draft.allocations if a.activity is not activity]
    if minutes is None:
        rows = others
    else:
        old = next((a for a in draft.allocations if a.activity is activity), None)
        row = (
            Allocation(activity, minutes)
            if old is None
            else replace(old, minutes=minutes, method=Method.EXPLICIT)
        )
        rows = [*others, row]
    order = list(Activity)
    rows.sort(key=lambda a: order.index(a.activity))
    if len(rows) == 1:
        rows = [replace(rows[0], method=Method.SINGLE)]
    else:
        rows = [
            replace(a, method=Method.EXPLICIT) if a.method is Method.SINGLE else a for a in rows
        ]
    return tuple(rows)


_LINE_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,9}[.)]\s+)*")
_INLINE_MARKS = re.compile(r"(\*\*|__|~~|`)(?=\S)|(?<=\S)(\*\*|__|~~|`)")
_HEADING_LENGTH, _EXCERPT_LENGTH, _SCANNED = 120, 240, 4000


def title_of(title: str | None, body: str) -> str:
    """The title, or else the body's first line without its Markdown marks; may be empty."""
    if title and title.strip():
        return " ".join(title.split())[:_HEADING_LENGTH]
    for line in body[:_SCANNED].splitlines():
        plain = _plain(line)
        if plain:
            return plain[:_HEADING_LENGTH]
    return ""


def excerpt_of(title: str | None, body: str) -> str:
    """What follows the title, on one line, for a list row."""
    is_title = not (title and title.strip())
    parts: list[str] = []
    length = 0
    for line in body[:_SCANNED].splitlines():
        plain = _plain(line)
        if plain and is_title:
            is_title = False
        elif plain:
            parts.append(plain)
            length += len(plain) + 1
        if length > _EXCERPT_LENGTH:
            break
    return " ".join(parts)[:_EXCERPT_LENGTH]


def _plain(line: str) -> str:
    return " ".join(_INLINE_MARKS.sub("", _LINE_MARKS.sub("", line[:2000], count=1)).split())


NOT_PROSE = re.compile(
    r"^(?P<fence>```|~~~).*?(?:^(?P=fence)|\Z)|`[^`\n]*`|\bhttps?://\S+|\]\([^()\n]*\)",
    re.MULTILINE | re.DOTALL,
)
"""Where a text names nobody and nothing: code, links and addresses."""

# An accent may follow its letter as a mark of its own (U+0300..036F): macOS writes so.
TAG_PATTERN = re.compile(r"(?<![\w#&/@\\])#([\w\u0300-\u036f/-]*[^\W\d_][\w\u0300-\u036f/-]*)")
_AREA_PATTERN = re.compile(
    r"(?<![\w~/\\])~([\w\u0300-\u036f/-]*[^\W\d_][\w\u0300-\u036f/-]*)(?![\w~])"
)
PERSON_PATTERN = re.compile(
    r"(?<![\w@./\\-])@([^\W\d_][\w\u0300-\u036f]*"
    r"(?:(?:[-.]|['’](?![sS]\b))[^\W\d_][\w\u0300-\u036f]*)*)"
)


def tags_in(text: str) -> tuple[str, ...]:
    """The ``#tags`` of a text in reading order, without code, links and addresses.

    A tag holds at least one letter, so that "#42" is none; nor is an escaped "\\#word".
    """
    return _names("#", TAG_PATTERN, text)


def people_in(text: str) -> tuple[str, ...]:
    """The ``@people`` of a text in reading order; a mail address names nobody.

    "@Dana's" is Dana.
    """
    return _names("@", PERSON_PATTERN, text)


def areas_in(text: str) -> tuple[str, ...]:
    """The words after a ``~``, as ``tags_in`` finds those after a ``#``; any may be an area's name.

    "~~struck out~~" is none.
    """
    return _names("~", _AREA_PATTERN, text)


def _names(mark: str, pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    if mark not in text:
        return ()
    found: dict[str, str] = {}
    for match in pattern.finditer(NOT_PROSE.sub(" ", text)):
        name = trimmed_name(match[1])
        found.setdefault(fold(name), name)
    return tuple(found.values())


def trimmed_name(matched: str) -> str:
    """A name as the patterns match it, without the marks of the sentence it ends."""
    return matched.rstrip("/-'’.")


def fold(name: str) -> str:
    """The form in which two spellings of a tag or a person are the same (NFKC, case folded)."""
    return unicodedata.normalize("NFKC", name).casefold()


def clean_text(text: str) -> str:
    """``text`` as the journal keeps it: LF line ends, no byte order mark, nothing unstorable.

    NUL, other control characters but tab and newline, lone surrogates and the two noncharacters
    that Qt uses inside documents become U+FFFD. Everything else stays as it is.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub("\ufffd", text)


_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0\ufdd1]")
