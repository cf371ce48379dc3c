"""Areas: their states over time, and which entries belong to them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from kotter_journal.domain.activities import LEADING, MANAGING
from kotter_journal.domain.areas import Area, AreaMinutes, AreaState, Control
from kotter_journal.domain.entries import EntryId, fold
from kotter_journal.domain.positions import day_of, span_of
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_tables import area, area_state, entry_area
from kotter_journal.storage.rows import alive, day_from, day_text, set_deleted
from kotter_journal.storage.tables import allocation, entry
from kotter_journal.storage.vocabulary import ids_of_names, relink, upsert


def areas(tx: Transaction) -> list[Area]:
    """All areas in alphabetical order, those that were retired as well."""
    states: defaultdict[str, list[AreaState]] = defaultdict(list)
    said = area_state.c
    asked = (
        sa.select(said.id, said.area_id, said.valid_from, said.control, said.change)
        .add_columns(said.complexity)
        .where(said.deleted_at.is_(None))
        .order_by(said.valid_from, said.updated_at, said.id)
    )
    for row in tx.execute(asked):
        control = None if row.control is None else Control(row.control)
        day = date.fromisoformat(row.valid_from)
        states[row.area_id].append(AreaState(row.id, day, control, row.change, row.complexity))
    columns = area.c.id, area.c.name, area.c.retired_on
    rows = tx.execute(
        sa.select(*columns).where(area.c.deleted_at.is_(None)).order_by(area.c.folded, area.c.id)
    )
    return [Area(row.id, row.name, tuple(states[row.id]), day_from(row.retired_on)) for row in rows]


def known_areas(tx: Transaction) -> list[str]:
    """The names of the areas that somebody minds, in alphabetical order."""
    asked = sa.select(area.c.name).where(area.c.deleted_at.is_(None), area.c.retired_on.is_(None))
    return list(tx.execute(asked.order_by(area.c.folded, area.c.id)).scalars())


def areas_of(tx: Transaction, ids: Sequence[str]) -> defaultdict[str, tuple[str, ...]]:
    """The names of the areas of each of these entries, in their order."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    asked = (
        sa.select(entry_area.c.entry_id, area.c.name)
        .join(area, area.c.id == entry_area.c.area_id)
        .where(
            entry_area.c.entry_id.in_(ids),
            entry_area.c.deleted_at.is_(None),
            area.c.deleted_at.is_(None),
        )
        .order_by(entry_area.c.entry_id, entry_area.c.sort_key)
    )
    for entry_id, name in tx.execute(asked):
        found[entry_id] += (name,)
    return found


def area_minutes(tx: Transaction, start: date, end: date) -> list[AreaMinutes]:
    """What the entries of a half-open period hold that belong to areas, oldest first."""
    first, after = span_of(start, end)
    sides = [
        sa.func.coalesce(
            sa.func.sum(
                sa.case(
                    (allocation.c.activity.in_([a.value for a in side]), allocation.c.minutes),
                    else_=0,
                )
            ),
            0,
        )
        for side in (LEADING, MANAGING)
    ]
    asked = (
        sa.select(entry_area.c.area_id, entry.c.id, entry.c.position, *sides)
        .add_columns(sa.func.coalesce(entry.c.duration_minutes, 0))
        .join(entry, entry.c.id == entry_area.c.entry_id)
        .outerjoin(
            allocation,
            sa.and_(allocation.c.entry_id == entry.c.id, allocation.c.deleted_at.is_(None)),
        )
        .where(
            entry_area.c.deleted_at.is_(None),
            sa.literal_column("+entry.deleted_at").is_(None),
            entry.c.position >= first,
            entry.c.position < after,
        )
        .group_by(entry_area.c.area_id, entry.c.position)
        .order_by(entry.c.position)
    )
    return [
        AreaMinutes(row[0], row[1], day_of(row[2]), row[3], row[4], row[5])
        for row in tx.execute(asked)
    ]


def make_areas(tx: Transaction, names: Sequence[str], stamp: str) -> dict[str, str]:
    """The ids of areas by their folded names; the journal knows them from now on."""
    return ids_of_names(tx, area, {fold(name): name for name in names}, stamp)


def link_areas(tx: Transaction, named: Mapping[EntryId, Sequence[str]], stamp: str) -> None:
    """Let entries belong to just these areas, by their names."""
    ids = make_areas(tx, [name for names in named.values() for name in names], stamp)
    wanted: dict[str, tuple[str, ...]] = {
        entry_id: tuple(dict.fromkeys(ids[fold(name)] for name in names))
        for entry_id, names in named.items()
    }
    relink(tx, entry_area, "area_id", wanted, stamp)


def keep_area(tx: Transaction, one: Area, stamp: str) -> None:
    """Keep an area's name and retirement; not its states."""
    row = {"id": one.id, "name": one.name, "folded": fold(one.name)}
    upsert(tx, area, [alive(row | {"retired_on": day_text(one.retired_on)}, stamp)])


def drop_area(tx: Transaction, area_id: str, stamp: str) -> None:
    """The journal no longer has this area; the links of entries to it wait for its return."""
    set_deleted(tx, area, [area_id], stamp, deleted=True)


def drop_state(tx: Transaction, state_id: str, stamp: str) -> None:
    """Nobody said this of an area."""
    set_deleted(tx, area_state, [state_id], stamp, deleted=True)


def entries_of_area(tx: Transaction, area_id: str) -> list[EntryId]:
    """The entries, those in the trash included, that belong to an area."""
    links = entry_area.c
    asked = sa.select(links.entry_id).where(links.area_id == area_id, links.deleted_at.is_(None))
    return [EntryId(one) for one in tx.execute(asked.order_by(links.entry_id)).scalars()]


def move_states(tx: Transaction, state_ids: Sequence[str], area_id: str, stamp: str) -> None:
    """Let states be those of another area."""
    tx.execute(
        sa.update(area_state)
        .where(area_state.c.id.in_(state_ids))
        .values(area_id=area_id, updated_at=stamp)
    )


def append_state(tx: Transaction, area_id: str, state: AreaState, stamp: str) -> None:
    """Say how an area stands from a date on."""
    row = {
        "id": state.id,
        "area_id": area_id,
        "valid_from": day_text(state.valid_from),
        "control": None if state.control is None else state.control.value,
        "change": state.change,
        "complexity": state.complexity,
    }
    upsert(tx, area_state, [alive(row, stamp)])
