"""Practice objects: the rows of a leader's practice as an export holds them, and back.

A table's columns are the members of its objects: local dates as they are, instants in UTC, JSON as
JSON; what newer programs said (``extra``) stands beside them. ``changed_at`` says which of two
versions is the later one. Rows that belong to another row stand inside it.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.entries import fold
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.storage import practice_tables as practice
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.tables import saved_search
from kotter_journal.storage.vocabulary import derived_id, sort_key, upsert

Stamp = Callable[[], str]
"""Gives the stamp of what is written; asked only where something is."""
Rows = Sequence[Mapping[str, Any]]
ERASED: Any = object()
"""In the place of an object that must not come back."""
_INSTANTS = frozenset({"created_at", "started_at", "finished_at"})
_DATES = frozenset(
    column.name
    for table in practice.day.metadata.tables.values()
    for column in table.columns
    if column.name.endswith(("_on", "_date")) or column.name in ("valid_from", "until")
)
"""SQLite takes years before the first for dates; Python does not."""
_JSON = frozenset({"statistics"})
_OWN = frozenset({"updated_at", "deleted_at", "extra", "folded"})
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z")


@dataclass(frozen=True, slots=True)
class _Inner:
    """Rows inside others: the member's name, their table, and the column that says whose."""

    member: str
    table: sa.Table
    owner: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """A table whose rows are objects; ``links`` ties entries to them, as a list of entry ids."""

    table: sa.Table
    inner: _Inner | None = None
    links: sa.Table | None = None


KINDS: Mapping[str, _Kind] = {
    "directions": _Kind(
        practice.direction, _Inner("revisions", practice.direction_revision, "direction_id")
    ),
    "areas": _Kind(
        practice.area, _Inner("states", practice.area_state, "area_id"), practice.entry_area
    ),
    "delegations": _Kind(
        practice.delegation,
        _Inner("steps", practice.delegation_step, "delegation_id"),
        practice.entry_delegation,
    ),
    "commitments": _Kind(practice.commitment),
    "reviews": _Kind(practice.review, _Inner("answers", practice.review_answer, "review_id")),
    "days": _Kind(practice.day),
    "working_weeks": _Kind(practice.working_week),
    "bands": _Kind(practice.band),
    "captions": _Kind(practice.caption),
    "insight_states": _Kind(practice.insight_state),
    "saved_searches": _Kind(saved_search),
}
"""By the name of the export's member."""


def practice_objects(tx: Transaction) -> dict[str, list[dict[str, Any]]]:
    """Everything of a leader's practice by the name of its member; names without rows are left out.

    Ordered by id, so that the same journal gives the same text.
    """
    return objects_of_rows(partial(_rows, tx))


def objects_of_rows(rows: Callable[[sa.Table], Rows]) -> dict[str, list[dict[str, Any]]]:
    """The same of rows from elsewhere: ``rows`` gives those in force of a table, by id.

    Rows that belong to another one are left out where that one is missing.
    """
    found = {name: _objects(kind, rows) for name, kind in KINDS.items()}
    return {name: objects for name, objects in found.items() if objects}


def keep_practice_objects(
    tx: Transaction, objects: Mapping[str, Sequence[Any]], stamp: Stamp
) -> list[UnreadableInput]:
    """Keep what an export holds that is new or later here.

    A revision of the direction that is known stays as it is. Objects that are not in this form,
    such as those of other programs, are left out whole; the answer names the place of each, as
    "directions[3]" in ``where`` up to the first dot, and says why. ERASED is passed over.
    """
    left_out = []
    for name, some in objects.items():
        for at, one in enumerate(some):
            if one is ERASED:
                continue
            try:
                with tx.begin_nested():
                    _keep(tx, KINDS[name], one, f"{name}[{at}]", stamp)
            except UnreadableInput as error:
                left_out.append(error)
    return left_out


def _objects(kind: _Kind, rows: Callable[[sa.Table], Rows]) -> list[dict[str, Any]]:
    inner: dict[str, list[dict[str, Any]]] = {}
    if kind.inner is not None:
        for row in rows(kind.inner.table):
            owner = row[kind.inner.owner]
            inner.setdefault(owner, []).append(_object(row, kind.inner.table, kind.inner.owner))
    linked: dict[str, list[str]] = {}
    if kind.links is not None:
        owner_name = _owner_of(kind.links).name
        for row in sorted(rows(kind.links), key=lambda row: str(row["entry_id"])):
            linked.setdefault(row[owner_name], []).append(row["entry_id"])
    objects = []
    for row in rows(kind.table):
        one = _object(row, kind.table)
        if kind.inner is not None:
            one[kind.inner.member] = inner.get(row["id"], [])
        if kind.links is not None:
            one["entries"] = linked.get(row["id"], [])
        objects.append(one)
    return objects


def _rows(tx: Transaction, table: sa.Table) -> Rows:
    asked = sa.select(table).where(table.c.deleted_at.is_(None)).order_by(table.c.id)
    return [dict(row) for row in tx.execute(asked).mappings()]


def _object(row: Mapping[str, Any], table: sa.Table, owner: str = "") -> dict[str, Any]:
    columns = [c.name for c in table.columns if c.name not in _OWN and c.name != owner]
    one = {name: _value(name, row[name]) for name in columns}
    return {**one, "changed_at": _stamped(row["updated_at"]), **json.loads(row["extra"])}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _INSTANTS:
        return _instant_text(value)
    return json.loads(value) if name in _JSON else value


def _stamped(stamp: str) -> str:
    return _instant_text(int(stamp.partition("-")[0], 16))


def _instant_text(ms: int) -> str:
    at = datetime.fromtimestamp(ms / 1000, UTC)
    text = at.isoformat(timespec="milliseconds" if at.microsecond else "seconds")
    return f"{text[:-6]}Z"


def _keep(tx: Transaction, kind: _Kind, value: object, place: str, stamp: Stamp) -> None:
    one = _members(value, place)
    owner_id = _uuid(one.get("id"), f"{place}.id")
    inner = _list(one.pop(kind.inner.member, []), place) if kind.inner else []
    entry_ids = _list(one.pop("entries", []), place) if kind.links is not None else []
    _keep_row(tx, kind.table, one, place, stamp)
    if kind.inner is not None:
        owner, table = {kind.inner.owner: owner_id}, kind.inner.table
        for at, part in enumerate(inner):
            inside = f"{place}.{kind.inner.member}[{at}]"
            _keep_row(tx, table, _members(part, inside) | owner, inside, stamp)
    if kind.links is not None:
        _keep_links(tx, kind.links, owner_id, entry_ids, place, stamp)


def _keep_row(
    tx: Transaction, table: sa.Table, one: dict[str, Any], place: str, stamp: Stamp
) -> None:
    one_id = _uuid(one.get("id"), f"{place}.id")
    later = one.pop("changed_at", None)
    kept = tx.execute(sa.select(table).where(table.c.id == one_id)).first()
    if kept is not None:
        newer = isinstance(later, str) and later > _stamped(kept.updated_at)
        if table is practice.direction_revision or not newer:
            return
    row: dict[str, Any] = {"updated_at": stamp(), "deleted_at": None}
    for column in table.columns:
        if column.name not in _OWN:
            row[column.name] = _column(column, one.pop(column.name, None), place)
    if "folded" in table.columns:
        row["folded"] = fold(row["name"])
    row["extra"] = json.dumps(one, ensure_ascii=False, sort_keys=True)
    try:
        upsert(tx, table, [row])
    except sa.exc.IntegrityError as error:
        reason = f"it breaks a rule of the journal ({_rule(error)})"
        raise UnreadableInput(place, reason) from None


def _keep_links(
    tx: Transaction, links: sa.Table, owner: str, ids: Iterable[object], place: str, stamp: Stamp
) -> None:
    column = _owner_of(links).name
    known = set(tx.execute(sa.select(links.c.entry_id).where(links.c[column] == owner)).scalars())
    rows = [
        {
            "id": derived_id(entry_id, links.name, owner),
            "entry_id": entry_id,
            column: owner,
            "sort_key": sort_key(0),
            "updated_at": stamp(),
            "deleted_at": None,
            "extra": "{}",
        }
        for at, one in enumerate(ids)
        if (entry_id := _uuid(one, f"{place}.entries[{at}]")) not in known
    ]
    upsert(tx, links, rows)


def _owner_of(links: sa.Table) -> sa.Column[Any]:
    return next(c for c in links.columns if c.name.endswith("_id") and c.name != "entry_id")


def _column(column: sa.Column[Any], value: Any, place: str) -> Any:
    """A member's value as its column holds it. Raises UnreadableInput."""
    where = f"{place}.{column.name}"
    if value is None:
        if column.nullable:
            return None
        raise UnreadableInput(where, "it is missing")
    if column.name in _INSTANTS:
        return _milliseconds(value, where)
    if column.name in _JSON:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(column.type, sa.Integer):
        if isinstance(value, bool) or not isinstance(value, int):
            raise UnreadableInput(where, "it is not a whole number")
        return value
    return _text(column, value, where)


def _text(column: sa.Column[Any], value: object, where: str) -> str:
    if not isinstance(value, str):
        raise UnreadableInput(where, "it is not text")
    if column.name in _DATES and value.startswith(("-", "0000")):
        raise UnreadableInput(where, "no date of ours lies before the year 1")
    return value


def _milliseconds(value: object, where: str) -> int:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise UnreadableInput(where, "it is not an instant in UTC such as 2026-03-02T08:00:00Z")
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise UnreadableInput(where, f"{value} is not a time that exists") from None
    return round(at.timestamp() * 1000)


def _uuid(value: object, where: str) -> str:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise UnreadableInput(where, "it is not a UUID in small letters")
    return value


def _members(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnreadableInput(place, "it is not an object")
    return dict(value)


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise UnreadableInput(place, "it is not a list")
    return value


def _rule(error: sa.exc.IntegrityError) -> str:
    """The name of the rule, never the row's own words."""
    return str(error.orig).rpartition(":")[2].strip() or "unknown"
