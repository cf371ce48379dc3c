"""Entries: how they are kept, and how they are asked for in time order."""

import hashlib
import json
from array import array
from calendar import isleap
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import (
    Allocation,
    Delegable,
    DirectionTouches,
    Entry,
    EntryId,
    EntrySummary,
    Method,
    Sharing,
    TimeSource,
    excerpt_of,
    title_of,
    utc_of,
)
from kotter_journal.domain.errors import EntryMissing
from kotter_journal.domain.invisible import boxed
from kotter_journal.domain.positions import MINUTE_BITS, SEQUENCES, first_of, span_of
from kotter_journal.storage import vocabulary
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import stamp_of
from kotter_journal.storage.tables import allocation as allocation_table
from kotter_journal.storage.tables import entry as table
from kotter_journal.storage.tables import purged

_SEQUENCE = SEQUENCES - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def insert(tx: Transaction, entries: Sequence[Entry], stamp: str) -> None:
    """Keep new entries. A day of more than 1,440 minutes raises InvalidEntry."""
    if not entries:
        return
    next_position = _position_counter(tx, entries)
    tx.execute(_INSERT, [_row(e, next_position(e), stamp) for e in entries])
    rows = [row for e in entries for row in _allocation_rows(e, stamp)]
    vocabulary.upsert(tx, allocation_table, rows)
    vocabulary.link(tx, entries, stamp, new=True)


def replace(tx: Transaction, old: Entry, entry: Entry, stamp: str) -> None:
    """Keep ``entry`` in place of ``old``, which the journal holds under the same id."""
    # The rules of time hold after each statement, so minutes leave before the duration shrinks.
    if old.allocations != entry.allocations:
        _bury_allocations(tx, entry.id, stamp)
    row = _row(entry, 0, stamp)
    if (old.on, old.at) == (entry.on, entry.at):
        del row["position"]
    else:
        row["position"] = _position_counter(tx, [entry])(entry)
    tx.execute(_UPDATE, row | {"one": entry.id})
    if old.allocations != entry.allocations:
        vocabulary.upsert(tx, allocation_table, _allocation_rows(entry, stamp))
    if (old.tags, old.people) != (entry.tags, entry.people):
        vocabulary.link(tx, [entry], stamp)


def mark_deleted(tx: Transaction, ids: Sequence[EntryId], now: datetime, stamp: str) -> None:
    """Put entries into the trash; their rows stay, with a hash of the text that was deleted."""
    for row in tx.execute(
        sa.select(table.c.position, table.c.title, table.c.body).where(table.c.id.in_(ids))
    ):
        tx.execute(
            sa.update(table)
            .where(table.c.position == row.position, table.c.deleted_at.is_(None))
            .values(
                deleted_at=stamp_of(now, stamp),
                deleted_hash=text_checksum(row.title, row.body),
                updated_at=stamp,
            )
        )


def mark_restored(tx: Transaction, ids: Sequence[EntryId], stamp: str) -> None:
    """Take entries out of the trash. Raises InvalidEntry where their day has no room left (T4)."""
    tx.execute(
        sa.update(table)
        .where(table.c.id.in_(ids), table.c.deleted_at.is_not(None))
        .values(deleted_at=None, deleted_hash=None, updated_at=stamp)
    )


def entry(tx: Transaction, entry_id: str) -> Entry:
    """The entry with this id, in the trash or not. Raises EntryMissing."""
    found = _entries(tx, tx.execute(_ONE, {"one": entry_id}).all())
    if not found:
        raise EntryMissing(entry_id)
    return found[0]


def entries_at(tx: Transaction, positions: Sequence[int]) -> list[Entry]:
    """The entries at these positions, oldest first."""
    return entries(tx, table.c.position.in_(positions))


def entries_between(tx: Transaction, first: int, last: int) -> list[Entry]:
    """The entries from one position to another, both included, with the trash; oldest first."""
    return entries(tx, table.c.position.between(first, last))


def entries_of(tx: Transaction, ids: Sequence[str]) -> list[Entry]:
    """Those of these entries that the journal has, in the trash or not, oldest first."""
    return entries(tx, table.c.id.in_(ids))


def positions_with_sharing(tx: Transaction, allowed: Collection[Sharing]) -> set[int]:
    """Where the entries stand that are marked with one of these, the trash left out."""
    asked = sa.select(table.c.position).where(
        table.c.sharing.in_([s.value for s in allowed]), table.c.deleted_at.is_(None)
    )
    return set(tx.execute(asked).scalars())


_IDS_AT = sa.text(
    "SELECT id FROM entry WHERE position IN (SELECT value FROM json_each(:positions))"
    " ORDER BY position"
)


def ids_at(tx: Transaction, positions: Sequence[int]) -> list[EntryId]:
    """The ids of the entries at these positions, oldest first; of as many as there are."""
    found = tx.execute(_IDS_AT, {"positions": json.dumps(list(positions))})
    return [EntryId(one) for one in found.scalars()]


def ids_ending(tx: Transaction, ending: str) -> list[str]:
    """The ids that end with ``ending`` (hexadecimal digits), at most two of them."""
    asked = sa.select(table.c.id).where(table.c.id.endswith(ending, autoescape=True)).limit(2)
    return list(tx.execute(asked).scalars())


def purged_among(tx: Transaction, ids: Sequence[str]) -> set[str]:
    """Which of these ids were erased for good."""
    return set(tx.execute(sa.select(purged.c.id).where(purged.c.id.in_(ids))).scalars())


def existing_ids(tx: Transaction, ids: Iterable[str]) -> set[str]:
    """Which of these ids the journal has, the trash included."""
    return set(tx.execute(sa.select(table.c.id).where(table.c.id.in_(list(ids)))).scalars())


def position_of(tx: Transaction, entry_id: str) -> int | None:
    """Where an entry stands in time; None for one in the trash or unknown."""
    return tx.execute(
        sa.select(table.c.position).where(table.c.id == entry_id, table.c.deleted_at.is_(None))
    ).scalar_one_or_none()


def all_positions(tx: Transaction, *, trash: bool = False) -> "array[int]":
    """Every position, oldest first; with ``trash`` those of deleted entries as well."""
    found = tx.execute(_ALL_POSITIONS if trash else _LIVING_POSITIONS).scalar_one()
    return array("q", sorted(json.loads(found)))


_FEBRUARY = 2


def on_this_day(tx: Transaction, day: date, first_year: int) -> list[int]:
    """Where the entries stand of the same day of earlier years, oldest first.

    On 28 February of a year without a 29th, the 29th of earlier years counts as well.
    """
    found: list[int] = []
    for year in range(max(1, first_year), day.year):
        for one in _same_days(day, year):
            start, end = span_of(one, one + timedelta(days=1))
            asked = sa.select(table.c.position).where(
                table.c.position >= start, table.c.position < end, table.c.deleted_at.is_(None)
            )
            found += tx.execute(asked.order_by(table.c.position)).scalars()
    return found


def _same_days(day: date, year: int) -> list[date]:
    is_leap_day = (day.month, day.day) == (_FEBRUARY, 29)
    same = [] if is_leap_day and not isleap(year) else [day.replace(year=year)]
    stands_in = (day.month, day.day) == (_FEBRUARY, 28) and not isleap(day.year)
    return [*same, date(year, _FEBRUARY, 29)] if stands_in and isleap(year) else same


def summaries(tx: Transaction, positions: Sequence[int]) -> dict[int, EntrySummary]:
    """What lists show of the entries at ``positions``, by position."""
    found = _summaries(tx, _SUMMARIES_AT, {"at": list(positions)})
    return {summary.position: summary for summary in found}


def summaries_between(tx: Transaction, start: date, end: date) -> list[EntrySummary]:
    """What lists show of the entries from ``start`` to before ``end``, newest first."""
    first, after = span_of(start, end)
    return _summaries(tx, _SUMMARIES_BETWEEN, {"first": first, "after": after})


def trash(tx: Transaction) -> list[EntrySummary]:
    """What lies in the trash, last deleted first."""
    return _summaries(tx, _SUMMARIES_IN_TRASH, {})


def overlapping(tx: Transaction, one: Entry) -> list[EntrySummary]:
    """Entries of the same date whose clock times overlap with ``one``; touching is none (T5)."""
    if one.at is None or not one.duration:
        return []
    start = one.at.hour * 60 + one.at.minute
    end = start + one.duration
    return [
        other
        for other in summaries_between(tx, one.on, date.fromordinal(one.on.toordinal() + 1))
        if other.id != one.id
        and other.at is not None
        and other.duration
        and (begin := other.at.hour * 60 + other.at.minute) < end
        and start < begin + other.duration
    ]


def entries(tx: Transaction, condition: sa.ColumnElement[bool]) -> list[Entry]:
    """Whole entries that meet a condition on their table, oldest first."""
    asked = sa.select(table).where(condition).order_by(table.c.position)
    return _entries(tx, tx.execute(asked).all())


def _entries(tx: Transaction, rows: Sequence[sa.Row[Any]]) -> list[Entry]:
    ids = [row.id for row in rows]
    allocations = _allocations_of(tx, ids)
    tags, people = vocabulary.names_of(tx, ids)
    return [entry_of_row(row, allocations[row.id], tags[row.id], people[row.id]) for row in rows]


# Built once: what a statement costs to build is more than what it costs to run.
_ONE = sa.select(table).where(table.c.id == sa.bindparam("one"))
_INSERT = sa.insert(table)
_UPDATE = sa.update(table).where(table.c.id == sa.bindparam("one"))
_MINUTE = table.c.position.bitwise_rshift(MINUTE_BITS).label("minute")
_TAKEN = (
    sa.select(_MINUTE, sa.func.max(table.c.position))
    .where(table.c.position.between(sa.bindparam("first"), sa.bindparam("last")))
    .group_by(_MINUTE)
)
_ALLOCATIONS = (
    sa.select(
        allocation_table.c.entry_id,
        allocation_table.c.activity,
        allocation_table.c.minutes,
        allocation_table.c.method,
        allocation_table.c.origin,
        allocation_table.c.origin_id,
        allocation_table.c.note,
        allocation_table.c.extra,
    )
    .where(
        allocation_table.c.entry_id.in_(sa.bindparam("ids", expanding=True)),
        allocation_table.c.deleted_at.is_(None),
    )
    .order_by(allocation_table.c.entry_id, allocation_table.c.sort_key)
)
_BURY_ALLOCATIONS = (
    sa.update(allocation_table)
    .where(
        allocation_table.c.entry_id == sa.bindparam("one"), allocation_table.c.deleted_at.is_(None)
    )
    .values(deleted_at=sa.bindparam("stamp"), updated_at=sa.bindparam("stamp"))
)
_SUMMARIES = sa.select(
    table.c.position,
    table.c.id,
    table.c.local_date,
    table.c.local_time,
    table.c.duration_minutes,
    table.c.heading,
    table.c.excerpt,
    table.c.starred,
)
_NEWEST_FIRST = table.c.position.desc()
_SUMMARIES_AT = _SUMMARIES.where(table.c.position.in_(sa.bindparam("at", expanding=True))).order_by(
    _NEWEST_FIRST
)
_SUMMARIES_BETWEEN = _SUMMARIES.where(
    table.c.position >= sa.bindparam("first"),
    table.c.position < sa.bindparam("after"),
    table.c.deleted_at.is_(None),
).order_by(_NEWEST_FIRST)
_SUMMARIES_IN_TRASH = _SUMMARIES.where(table.c.deleted_at.is_not(None)).order_by(
    table.c.deleted_at.desc()
)
# One text for all is read three times faster than a row for each, and without Python's lock.
_POSITIONS = sa.select(sa.func.json_group_array(table.c.position))
_ALL_POSITIONS = _POSITIONS.select_from(table)
_LIVING_POSITIONS = _POSITIONS.where(table.c.deleted_at.is_(None))
_MINUTES_OF = sa.select(
    allocation_table.c.entry_id, allocation_table.c.activity, allocation_table.c.minutes
).where(
    allocation_table.c.entry_id.in_(sa.bindparam("ids", expanding=True)),
    allocation_table.c.deleted_at.is_(None),
)


def _summaries(
    tx: Transaction, asked: sa.Select[Any], values: Mapping[str, Any]
) -> list[EntrySummary]:
    rows = tx.execute(asked, values).all()
    minutes: defaultdict[str, dict[Activity, int]] = defaultdict(dict)
    ids = [row.id for row in rows]
    for entry_id, key, some in tx.execute(_MINUTES_OF, {"ids": ids}) if rows else ():
        of_entry, activity = minutes[entry_id], _ACTIVITIES[key]
        of_entry[activity] = of_entry.get(activity, 0) + some
    return [
        EntrySummary(
            position=row.position,
            id=row.id,
            on=date.fromisoformat(row.local_date),
            at=_time(row.local_time),
            duration=row.duration_minutes,
            heading=boxed(row.heading),
            excerpt=boxed(row.excerpt),
            starred=bool(row.starred),
            minutes=_in_order(minutes[row.id]),
        )
        for row in rows
    ]


def _in_order(minutes: Mapping[Activity, int]) -> tuple[tuple[Activity, int], ...]:
    """Activities with their minutes, in the fixed order of the activities."""
    return tuple(sorted(minutes.items(), key=lambda one: _RANK[one[0]]))


def _position_counter(tx: Transaction, entries: Sequence[Entry]) -> Callable[[Entry], int]:
    """Gives each of ``entries`` the next free position of its minute."""
    firsts = [first_of(e.on, e.at) for e in entries]
    between = {"first": min(firsts), "last": max(firsts) | _SEQUENCE}
    last_used: dict[int, int] = dict(tuple(row) for row in tx.execute(_TAKEN, between))

    def next_position(entry: Entry) -> int:
        first = first_of(entry.on, entry.at)
        last_used[first >> MINUTE_BITS] = last_used.get(first >> MINUTE_BITS, first) + 1
        return last_used[first >> MINUTE_BITS]

    return next_position


def _row(entry: Entry, position: int, stamp: str) -> dict[str, Any]:
    utc = entry.utc or utc_of(entry.on, entry.at, entry.zone)
    return {
        "position": position,
        "id": entry.id,
        "local_date": entry.on.isoformat(),
        "local_time": _time_text(entry.at),
        "zone": entry.zone,
        "utc_at": None if utc is None or entry.at is None else milliseconds(utc),
        "duration_minutes": entry.duration,
        "time_source": entry.time_source.value,
        "starred": int(entry.starred),
        "sharing": entry.sharing.value,
        "planned": None if entry.planned is None else int(entry.planned),
        "delegable": entry.delegable.value,
        "develops_leader": int(entry.develops_leader),
        "direction_stated": int(entry.direction.stated),
        "direction_heard_back": int(entry.direction.heard_back),
        "direction_challenged": int(entry.direction.challenged),
        "direction_revision": entry.direction.revision,
        "created_at": milliseconds(entry.created_at),
        "modified_at": milliseconds(entry.modified_at),
        "written_on": entry.written_on.isoformat(),
        "source": json_text(entry.source),
        "checksum": text_checksum(entry.title, entry.body),
        "deleted_at": None if entry.deleted_at is None else stamp_of(entry.deleted_at, stamp),
        "deleted_hash": None
        if entry.deleted_at is None
        else text_checksum(entry.title, entry.body),
        "updated_at": stamp,
        "extra": json_text(entry.extra),
        "heading": title_of(entry.title, entry.body),
        "excerpt": excerpt_of(entry.title, entry.body),
        "title": entry.title,
        "body": entry.body,
    }


# What an enum's own look-up costs adds up over a whole journal, and so do equal empty values.
_TIME_SOURCES = {kind.value: kind for kind in TimeSource}
_SHARINGS = {kind.value: kind for kind in Sharing}
_DELEGABLES = {kind.value: kind for kind in Delegable}
_METHODS = {kind.value: kind for kind in Method}
_ACTIVITIES = {kind.value: kind for kind in Activity}
_RANK = {kind: rank for rank, kind in enumerate(Activity)}
_FLAGS = {0: False, 1: True, None: None}
_UNTOUCHED = DirectionTouches()


def entry_of_row(
    row: Sequence[Any],
    allocations: Sequence[Allocation],
    tags: tuple[str, ...],
    people: tuple[str, ...],
) -> Entry:
    """The entry that a row of the table says, its columns in their order."""
    found = dict(zip(_COLUMNS, row, strict=True))
    utc, deleted = found["utc_at"], found["deleted_at"]
    return Entry(
        id=found["id"],
        on=date.fromisoformat(found["local_date"]),
        at=_time(found["local_time"]),
        zone=found["zone"],
        utc=None if utc is None else instant(utc),
        duration=found["duration_minutes"],
        time_source=_TIME_SOURCES[found["time_source"]],
        title=found["title"],
        body=found["body"],
        allocations=tuple(allocations),
        tags=tags,
        people=people,
        starred=found["starred"] == 1,
        sharing=_SHARINGS[found["sharing"]],
        planned=_FLAGS[found["planned"]],
        delegable=_DELEGABLES[found["delegable"]],
        develops_leader=found["develops_leader"] == 1,
        direction=_touches(found),
        created_at=instant(found["created_at"]),
        modified_at=instant(found["modified_at"]),
        written_on=date.fromisoformat(found["written_on"]),
        deleted_at=None if deleted is None else instant(int(deleted.split("-")[0], 16)),
        source=json_value(found["source"]),
        extra=json_value(found["extra"]),
    )


_COLUMNS = tuple(column.name for column in table.c)


def _touches(found: Mapping[str, Any]) -> DirectionTouches:
    touches = DirectionTouches(
        found["direction_stated"] == 1,
        found["direction_heard_back"] == 1,
        found["direction_challenged"] == 1,
        found["direction_revision"],
    )
    return _UNTOUCHED if touches == _UNTOUCHED else touches


def _allocation_rows(entry: Entry, stamp: str) -> list[dict[str, Any]]:
    """One row for each allocation, under an id that is the same on every machine."""
    seen: defaultdict[str, int] = defaultdict(int)
    rows: list[dict[str, Any]] = []
    for one in entry.allocations:
        name = f"{one.activity.value} {one.origin_id or ''}"
        rank = seen[name]
        seen[name] += 1
        rows.append(
            {
                "id": vocabulary.derived_id(entry.id, "allocation", f"{name} {rank}"),
                "entry_id": entry.id,
                "activity": one.activity.value,
                "minutes": one.minutes,
                "method": one.method.value,
                "origin": one.origin,
                "origin_id": one.origin_id,
                "note": one.note,
                "updated_at": stamp,
                "deleted_at": None,
                "sort_key": vocabulary.sort_key(len(rows)),
                "extra": json_text(one.extra),
            }
        )
    return rows


def _allocations_of(tx: Transaction, ids: Sequence[str]) -> defaultdict[str, list[Allocation]]:
    """The allocations of each entry, in the order in which they were given."""
    found: defaultdict[str, list[Allocation]] = defaultdict(list)
    for one, activity, minutes, method, origin, origin_id, note, extra in tx.execute(
        _ALLOCATIONS, {"ids": list(ids)}
    ).all():
        found[one].append(
            Allocation(
                _ACTIVITIES[activity],
                minutes,
                _METHODS[method],
                origin,
                origin_id,
                note,
                json_value(extra),
            )
        )
    return found


def _bury_allocations(tx: Transaction, entry_id: str, stamp: str) -> None:
    tx.execute(_BURY_ALLOCATIONS, {"one": entry_id, "stamp": stamp})


def text_checksum(title: str | None, body: str) -> str:
    """A digest of the text as it is stored, so that a check can tell silent damage."""
    return hashlib.blake2b(f"{title or ''}\0{body}".encode(), digest_size=16).hexdigest()


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def json_text(value: Mapping[str, Any]) -> str:
    """An object as the JSON text that columns hold."""
    return _JSON.encode(value) if value else "{}"


def json_value(text: str) -> dict[str, Any]:
    """The object that a column's JSON text holds."""
    value: dict[str, Any] = {} if text == "{}" else json.loads(text)
    return value


def milliseconds(at: datetime) -> int:
    """Milliseconds since 1970 in UTC."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def instant(ms: int) -> datetime:
    """The instant of so many milliseconds since 1970 in UTC."""
    return _EPOCH + timedelta(milliseconds=ms)


def _time_text(at: time | None) -> str | None:
    return None if at is None else at.isoformat()


def _time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)
