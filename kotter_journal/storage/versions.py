"""Versions: the earlier texts of entries, kept when they are replaced and thinned as they age."""

import json
import secrets
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import (
    Allocation,
    Delegable,
    DirectionTouches,
    Entry,
    EntryDraft,
    EntryId,
    Method,
    Sharing,
    TimeSource,
    uuid7,
)
from kotter_journal.domain.errors import EntryMissing
from kotter_journal.domain.versions import (
    KEPT_EVERY,
    EntryVersion,
    VersionMark,
    begins_anew,
    is_other_work,
    lost_much,
    size_of,
    to_thin,
)
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.entries import instant, json_text, milliseconds
from kotter_journal.storage.tables import entry_version as table


def keep_replaced(
    tx: Transaction, old: Entry, new: Entry, stamp: str, *, always: bool = False
) -> None:
    """Keep ``old`` as a version before ``new`` takes its place, where that is due.

    It is due after a rest, every ten minutes of typing, and when much goes at once; ``always``
    where somebody chose to replace it. Asks the journal one thing at most where it is not due.
    """
    if not size_of(old) or not is_other_work(old, new):
        return
    due = always or begins_anew(old.modified_at, new.modified_at) or lost_much(old, new)
    if due or _is_long_ago(_kept_at(tx, old), stamp):
        _keep(tx, old, new.modified_at, stamp)


def versions_of(tx: Transaction, entry_id: str) -> list[EntryVersion]:
    """The earlier versions of an entry, newest first."""
    return [_version(row) for row in tx.execute(_OF_ENTRY, {"one": entry_id})]


def version(tx: Transaction, version_id: str) -> EntryVersion:
    """One version. Raises EntryMissing."""
    row = tx.execute(sa.select(table).where(table.c.id == version_id)).one_or_none()
    if row is None:
        raise EntryMissing(version_id)
    return _version(row)


def _is_long_ago(kept_at: datetime, stamp: str) -> bool:
    return instant(int(stamp[:12], 16)) - kept_at >= KEPT_EVERY


def _kept_at(tx: Transaction, old: Entry) -> datetime:
    """When a version was kept last, by the clock that never goes back; else the entry's birth."""
    last = tx.execute(_LAST, {"one": old.id}).scalar_one()
    return old.created_at if last is None else instant(int(last[:12], 16))


def _keep(tx: Transaction, old: Entry, now: datetime, stamp: str) -> None:
    tx.execute(
        _INSERT,
        {
            "id": uuid7(now, secrets.randbits(74)),
            "entry_id": old.id,
            "title": old.title,
            "body": old.body,
            "facts": json_text(_facts(old)),
            "modified_at": milliseconds(old.modified_at),
            "size": size_of(old),
            "updated_at": stamp,
        },
    )
    marks = [
        VersionMark(row.id, instant(row.modified_at), row.size)
        for row in tx.execute(_MARKS, {"one": old.id})
    ]
    if gone := to_thin(marks, now):
        tx.execute(_FORGET, {"ids": sorted(gone)})


_INSERT = sa.insert(table)
_LAST = sa.select(sa.func.max(table.c.updated_at)).where(table.c.entry_id == sa.bindparam("one"))
_OF_ENTRY = (
    sa.select(table)
    .where(table.c.entry_id == sa.bindparam("one"), table.c.deleted_at.is_(None))
    .order_by(table.c.modified_at.desc(), table.c.id.desc())
)
_MARKS = sa.select(table.c.id, table.c.modified_at, table.c.size).where(
    table.c.entry_id == sa.bindparam("one"), table.c.deleted_at.is_(None)
)
_FORGET = sa.delete(table).where(table.c.id.in_(sa.bindparam("ids", expanding=True)))


def _version(row: sa.Row[Any]) -> EntryVersion:
    return EntryVersion(
        id=row.id,
        entry_id=EntryId(row.entry_id),
        modified_at=instant(row.modified_at),
        size=row.size,
        draft=draft_of(row.title, row.body, row.facts),
    )


def _facts(entry: Entry) -> dict[str, Any]:
    """All of an entry that is not its text, for the column ``facts``."""
    return {
        "on": entry.on.isoformat(),
        "at": None if entry.at is None else entry.at.isoformat(),
        "zone": entry.zone,
        "utc": None if entry.utc is None else milliseconds(entry.utc),
        "duration": entry.duration,
        "time_source": entry.time_source.value,
        "allocations": [_allocation_facts(one) for one in entry.allocations],
        "tags": list(entry.tags),
        "people": list(entry.people),
        "starred": entry.starred,
        "sharing": entry.sharing.value,
        "planned": entry.planned,
        "delegable": entry.delegable.value,
        "develops_leader": entry.develops_leader,
        "direction": {
            "stated": entry.direction.stated,
            "heard_back": entry.direction.heard_back,
            "challenged": entry.direction.challenged,
            "revision": entry.direction.revision,
        },
    }


def _allocation_facts(one: Allocation) -> dict[str, Any]:
    return {
        "activity": one.activity.value,
        "minutes": one.minutes,
        "method": one.method.value,
        "origin": one.origin,
        "origin_id": one.origin_id,
        "note": one.note,
        "extra": dict(one.extra),
    }


def draft_of(title: str | None, body: str, facts_text: str) -> EntryDraft:
    """The draft that a version holds. Raises ValueError and KeyError for what is none."""
    facts = json.loads(facts_text)
    return EntryDraft(
        on=date.fromisoformat(facts["on"]),
        at=None if facts["at"] is None else time.fromisoformat(facts["at"]),
        zone=facts["zone"],
        utc=None if facts["utc"] is None else instant(facts["utc"]),
        duration=facts["duration"],
        time_source=TimeSource(facts["time_source"]),
        title=title,
        body=body,
        allocations=tuple(_allocation(one) for one in facts["allocations"]),
        tags=tuple(facts["tags"]),
        people=tuple(facts["people"]),
        starred=facts["starred"],
        sharing=Sharing(facts["sharing"]),
        planned=facts["planned"],
        delegable=Delegable(facts["delegable"]),
        develops_leader=facts["develops_leader"],
        direction=DirectionTouches(**facts["direction"]),
    )


def _allocation(facts: dict[str, Any]) -> Allocation:
    return Allocation(
        **(facts | {"activity": Activity(facts["activity"]), "method": Method(facts["method"])})
    )
