"""Naming areas, saying how they stand, and which entries belong to them."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kotter_journal.domain.areas import Area, AreaState, Control
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import EntryId, fold, uuid7
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.domain.naming import can_be_written_as_area
from kotter_journal.storage import areas
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import tick


def name_area(tx: Transaction, name: str, now: datetime) -> tuple[Changes, Area]:
    """Mind an area of that name; one that was retired comes back. Raises UnreadableInput."""
    name = _checked(name)
    stamp = tick(tx, now)
    (area_id,) = areas.make_areas(tx, [name], stamp).values()
    known = next(one for one in areas.areas(tx) if one.id == area_id)
    if known.retired_on is not None:
        known = replace(known, retired_on=None)
        areas.keep_area(tx, known, stamp)
    return Changes(), known


def rename_area(tx: Transaction, area: Area, name: str, now: datetime) -> Changes:
    """Give an area another name that no other one has. Raises UnreadableInput."""
    name = _checked(name)
    if any(fold(one.name) == fold(name) and one.id != area.id for one in areas.areas(tx)):
        raise UnreadableInput(f'"{name}"', "another area has this name; choose a different one")
    areas.keep_area(tx, replace(area, name=name), tick(tx, now))
    return Changes()


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merging did, so that it can be taken back.

    ``before`` and ``after`` are the names of the areas of each entry; ``states`` are the ids of
    those that moved.
    """

    gone: Area
    before: Mapping[EntryId, tuple[str, ...]]
    after: Mapping[EntryId, tuple[str, ...]]
    states: tuple[str, ...]


def merge_areas(tx: Transaction, gone: Area, into: Area, now: datetime) -> tuple[Changes, Merging]:
    """Let an area become a part of another one; its entries and states go with it.

    Where both said on one day how they stand, what ``into`` said counts. Texts stay as they are.
    """
    stamp = tick(tx, now)
    carriers = areas.entries_of_area(tx, gone.id)
    found = areas.areas_of(tx, carriers)
    before = {one: found[one] for one in carriers}
    areas.drop_area(tx, gone.id, stamp)
    after = {
        one: tuple(dict.fromkeys(into.name if name == gone.name else name for name in names))
        for one, names in before.items()
    }
    areas.link_areas(tx, after, stamp)
    said = {state.valid_from for state in into.states}
    moved = tuple(state.id for state in gone.states if state.valid_from not in said)
    areas.move_states(tx, moved, into.id, stamp)
    changes = Changes.of(carriers, [], membership=False)
    return changes, Merging(gone, before, after, moved)


def take_back_merging(tx: Transaction, done: Merging, now: datetime) -> Changes:
    """Undo a merging: both areas are there again; entries whose areas changed since stay."""
    stamp = tick(tx, now)
    present = areas.areas_of(tx, list(done.after))
    areas.keep_area(tx, done.gone, stamp)
    old = {one: names for one, names in done.before.items() if present[one] == done.after[one]}
    areas.link_areas(tx, old, stamp)
    areas.move_states(tx, done.states, done.gone.id, stamp)
    return Changes.of(old, [], membership=False)


def keep_area(tx: Transaction, area: Area, now: datetime) -> Changes:
    """Let an area's name and retirement be as they are in ``area``; undoes both."""
    areas.keep_area(tx, area, tick(tx, now))
    return Changes()


def drop_area(tx: Transaction, area_id: str, now: datetime) -> Changes:
    """Undo the naming of an area."""
    areas.drop_area(tx, area_id, tick(tx, now))
    return Changes()


def say_how_it_stands(
    tx: Transaction,
    area_id: str,
    valid_from: date,
    *,
    control: Control | None,
    change: int | None,
    complexity: int | None,
    now: datetime,
) -> tuple[Changes, AreaState]:
    """Append a state from a date on; one that repeats the last says "looked at, still so"."""
    new = uuid7(now, secrets.randbits(74))
    state = AreaState(new, valid_from, control, change, complexity)
    areas.append_state(tx, area_id, state, tick(tx, now))
    return Changes(), state


def take_back_state(tx: Transaction, state_id: str, now: datetime) -> Changes:
    """Undo a state that was just said."""
    areas.drop_state(tx, state_id, tick(tx, now))
    return Changes()


def set_areas(
    tx: Transaction, entry_id: EntryId, names: Sequence[str], now: datetime
) -> tuple[Changes, tuple[str, ...]]:
    """Let an entry belong to just these areas; answers with the names it had.

    A name that is new becomes an area. Raises UnreadableInput.
    """
    before = areas.areas_of(tx, [entry_id])[entry_id]
    areas.link_areas(tx, {entry_id: [_checked(name) for name in names]}, tick(tx, now))
    return Changes.of([entry_id], [], membership=False), before


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not can_be_written_as_area(name):
        reason = (
            "an area's name is one word of letters, digits and hyphens with at least one letter,"
            " such as night-shift"
        )
        raise UnreadableInput(f'"{name}"', reason)
    return name
