"""Versions: when an earlier text of an entry is kept, and how long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kotter_journal.domain.entries import EntryDraft, EntryId

KEPT_EVERY = timedelta(minutes=10)
"""While somebody types on and on, a version at most so often."""

MOST_VERSIONS, MOST_BYTES = 60, 2_000_000
"""Of one entry; the first and the newest version stay whatever their size."""

_MUCH = 200
_ALL_KEPT = timedelta(days=1)
_HOURLY = timedelta(days=7)
_DAILY = timedelta(days=30)
_HOUR, _DAY, _WEEK = 3600, 86_400, 604_800
_MONDAY = 4 * _DAY
"""1 January 1970 was a Thursday; weeks begin on the Monday after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryVersion:
    """An earlier state of an entry, as it stood from ``modified_at`` (UTC) on.

    ``size`` is that of title and body in bytes of UTF-8.
    """

    id: str
    entry_id: EntryId
    modified_at: datetime
    size: int
    draft: EntryDraft


@dataclass(frozen=True, slots=True)
class VersionMark:
    """What the thinning rule needs to know of a version."""

    id: str
    modified_at: datetime
    size: int


def size_of(draft: EntryDraft) -> int:
    """Title and body in bytes of UTF-8."""
    return len((draft.title or "").encode()) + len(draft.body.encode())


def is_other_work(old: EntryDraft, new: EntryDraft) -> bool:
    """Whether a version would differ in what somebody worked out: text, time or activities."""
    return _work(old) != _work(new)


def lost_much(old: EntryDraft, new: EntryDraft) -> bool:
    """Whether at least 200 characters, or a tenth of the text, went at once.

    Text that was replaced by other text of the same length counts as gone. A tenth counts from
    20 characters on, so that correcting a short line keeps nothing.
    """
    before, after = f"{old.title or ''}\n{old.body}", f"{new.title or ''}\n{new.body}"
    gone = len(before) - _common_ends(before, after)
    return gone >= _MUCH or (gone >= _MUCH // 10 and 10 * gone >= len(before))


def begins_anew(old_modified_at: datetime, new_modified_at: datetime) -> bool:
    """Whether the entry had rested, so that what stood there was the end of a piece of work."""
    return abs(new_modified_at - old_modified_at) >= KEPT_EVERY


def to_thin(versions: Iterable[VersionMark], now: datetime) -> frozenset[str]:
    """The ids of the versions of one entry that go, by their age at ``now``.

    All of the last day stay, then the newest of each hour for a week, of each day for 30 days, of
    each week for ever. Where more than 60 or 2 MB are left, the one closest in time to the one
    before it goes, and so on. The first and the newest stay.
    """
    ordered = sorted(versions, key=lambda v: (v.modified_at, v.id))
    if len(ordered) <= 2:
        return frozenset()
    newest_of = {_stretch(v.modified_at, now): v for v in ordered}
    chosen = {v.id for v in newest_of.values()} | {ordered[0].id, ordered[-1].id}
    kept = _bounded([v for v in ordered if v.id in chosen])
    return frozenset(v.id for v in ordered) - {v.id for v in kept}


def _work(draft: EntryDraft) -> tuple[object, ...]:
    when = (draft.on, draft.at, draft.zone, draft.duration)
    return (draft.title or "", draft.body, when, draft.allocations)


def _common_ends(before: str, after: str) -> int:
    """How many characters both texts begin and end with."""
    shorter = min(len(before), len(after))
    start = _common(before[:shorter], after[:shorter])
    rest = shorter - start
    if not rest:
        return start
    return start + _common(before[-rest:][::-1], after[-rest:][::-1])


def _common(one: str, other: str) -> int:
    """The length of the common beginning of two texts of one length, by halving."""
    low, high = 0, len(one)
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _stretch(at: datetime, now: datetime) -> tuple[str, float]:
    """The stretch of time of which one version stays."""
    age, seconds = now - at, at.astimezone(UTC).timestamp()
    if age < _ALL_KEPT:
        return "all", seconds
    if age < _HOURLY:
        return "hour", seconds // _HOUR
    if age < _DAILY:
        return "day", seconds // _DAY
    return "week", (seconds - _MONDAY) // _WEEK


def _bounded(versions: Sequence[VersionMark]) -> list[VersionMark]:
    kept, total = list(versions), sum(v.size for v in versions)
    while len(kept) > 2 and (len(kept) > MOST_VERSIONS or total > MOST_BYTES):
        closest = min(
            range(1, len(kept) - 1), key=lambda i: kept[i].modified_at - kept[i - 1].modified_at
        )
        total -= kept.pop(closest).size
    return kept
