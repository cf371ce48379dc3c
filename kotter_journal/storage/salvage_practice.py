"""Salvage, practice: what rows of a damaged journal still say of a leader's practice.

A row is kept only with what it belongs to; what it merely mentions and is lost is left open.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.entries import fold
from kotter_journal.storage import practice_tables as practice
from kotter_journal.storage.practice_objects import Rows, objects_of_rows
from kotter_journal.storage.tables import saved_search
from kotter_journal.storage.vocabulary import derived_id, sort_key

RowsById = dict[str, dict[str, Any]]
TABLES = (
    practice.entry_area,
    practice.entry_delegation,
    practice.day,
    practice.band,
    practice.working_week,
    practice.direction,
    practice.caption,
    practice.direction_revision,
    practice.area_state,
    practice.delegation,
    practice.delegation_step,
    practice.commitment,
    practice.review,
    practice.review_answer,
    practice.insight_state,
    saved_search,
)
"""All but the areas; the more particular ones first, of those that have as many columns."""

_DATES = frozenset(
    {
        *("local_date", "valid_from", "starts_on", "ends_on", "confirmed_on", "retired_on"),
        *("effective_on", "on_date", "due_on", "settled_on", "until"),
    }
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ID = re.compile(r"[^-]{8}(-[^-]{4}){3}-[^-]{12}")
_STAMP = re.compile(r"[0-9a-f]{12}-.+")
_JSON = frozenset({"extra", "statistics"})


def fits(table: sa.Table, row: Mapping[str, Any]) -> bool:
    """Whether ``row`` may be one of ``table``, by the kinds of its values."""
    if "folded" in row and row["folded"] != fold(str(row["name"])):
        return False
    return all(_holds(column, row[column.name]) for column in table.columns)


def is_id(value: object) -> bool:
    """Whether it has the form of a UUID."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def split_areas(people: RowsById, states: RowsById, vault_id: str) -> RowsById:
    """Take out of ``people`` the areas, which look like them: known by their ids and states."""
    standing = {row["area_id"] for row in states.values()}
    areas = {
        one: row
        for one, row in people.items()
        if one in standing or one == derived_id(vault_id, practice.area.name, row["folded"])
    }
    for one in areas:
        del people[one]
    return {one: _as_area(row) for one, row in areas.items()}


def practice_of(
    rows: Mapping[str, RowsById], entries: frozenset[str], people: frozenset[str]
) -> tuple[dict[str, list[dict[str, Any]]], int]:
    """The members of an export, and how many rows were left out since their owner is lost.

    ``rows`` holds those of each table in force; ``entries`` and ``people`` are the ids of those
    that could be read. A direction that is lost is made anew for what it said.
    """
    kept = {name: dict(some) for name, some in rows.items()}
    _restore_directions(kept)
    left_out = 0
    for table, column, owner in _OWNED:
        some = kept[table.name]
        kept[table.name] = {i: r for i, r in some.items() if r[column] in kept[owner.name]}
        left_out += len(some) - len(kept[table.name])
    for links in (practice.entry_area, practice.entry_delegation):
        some = kept[links.name]
        kept[links.name] = {i: r for i, r in some.items() if r["entry_id"] in entries}
    known = {"entry_id": entries, "person_id": people, "review_id": kept[practice.review.name]}
    for table in (practice.delegation, practice.commitment, practice.review):
        kept[table.name] = {
            i: row | {n: None for n, ids in known.items() if n in row and row[n] not in ids}
            for i, row in kept[table.name].items()
        }
    return objects_of_rows(lambda table: _in_order(kept[table.name])), left_out


_OWNED = (
    (practice.direction_revision, "direction_id", practice.direction),
    (practice.area_state, "area_id", practice.area),
    (practice.delegation_step, "delegation_id", practice.delegation),
    (practice.review_answer, "review_id", practice.review),
)


def _in_order(rows: RowsById) -> Rows:
    return [rows[one] for one in sorted(rows)]


def _restore_directions(rows: Mapping[str, RowsById]) -> None:
    directions = rows[practice.direction.name]
    for revision in rows[practice.direction_revision.name].values():
        one = revision["direction_id"]
        if one not in directions:
            bare = dict.fromkeys((column.name for column in practice.direction.columns), None)
            said = {"id": one, "name": "", "sort_key": sort_key(len(directions)), "extra": "{}"}
            directions[one] = bare | said | {"updated_at": revision["updated_at"]}


def _as_area(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"retired_on" if name == "alias" else name: value for name, value in row.items()}


def _holds(column: sa.Column[Any], value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, sa.Integer):
        return isinstance(value, int)
    return isinstance(value, str) and _has_form(column.name, value)


def _has_form(name: str, text: str) -> bool:
    if name == "id" or name.endswith("_id"):
        return is_id(text)
    if name in _DATES:
        return _DATE.fullmatch(text) is not None
    if name in _JSON:
        return _is_json(text)
    if name == "updated_at":
        return _STAMP.fullmatch(text) is not None
    return name != "sort_key" or text.isdigit()


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
