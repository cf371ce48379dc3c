"""Stating the direction, revising and confirming it, and tying entries to what it said."""

import secrets
from dataclasses import replace
from datetime import date, datetime

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.direction import (
    Direction,
    Origin,
    Revision,
    checked_statement,
    checked_why,
    in_force,
    revision_on,
)
from kotter_journal.domain.entries import Entry, uuid7
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.storage import directions
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import tick


def state_direction(
    tx: Transaction, text: str, why: str, origin: Origin, effective_on: date, now: datetime
) -> tuple[Changes, Direction]:
    """Begin a direction with its first statement, after those there are. Raises UnreadableInput."""
    direction_id = uuid7(now, secrets.randbits(74))
    revision = _revision(direction_id, text, why, origin, effective_on, now)
    begun = Direction(direction_id, "", (revision,))
    stamp = tick(tx, now)
    directions.keep(tx, begun, len(directions.directions(tx)), stamp)
    directions.append(tx, revision, stamp)
    return Changes(), begun


def revise_direction(
    tx: Transaction,
    direction_id: str,
    text: str,
    why: str,
    origin: Origin,
    effective_on: date,
    now: datetime,
) -> tuple[Changes, Revision]:
    """Say a direction anew from a date on; what it said before stays. Raises UnreadableInput.

    The date may not lie before the newest revision's, so that what entries point at stays true.
    """
    known = next(one for one in directions.directions(tx) if one.id == direction_id)
    if effective_on < known.newest.effective_on:
        reason = (
            f"the statement before it holds from {known.newest.effective_on} on; choose a later day"
        )
        raise UnreadableInput(str(effective_on), reason)
    revision = _revision(direction_id, text, why, origin, effective_on, now)
    directions.append(tx, revision, tick(tx, now))
    return Changes(), revision


def take_back_revision(tx: Transaction, revision_id: str, now: datetime) -> Changes:
    """Undo a revision that was just written; entries that point at it keep pointing."""
    directions.drop_revisions(tx, [revision_id], tick(tx, now))
    return Changes()


def confirm_direction(
    tx: Transaction, direction_id: str, on: date | None, now: datetime
) -> Changes:
    """Say that a direction is still true; None takes that back."""
    directions.set_dates(tx, direction_id, tick(tx, now), confirmed_on=on)
    return Changes()


def retire_direction(tx: Transaction, direction_id: str, on: date | None, now: datetime) -> Changes:
    """Say that a direction no longer holds from a date on; None brings it back."""
    directions.set_dates(tx, direction_id, tick(tx, now), retired_on=on)
    return Changes()


def drop_direction(tx: Transaction, gone: Direction, now: datetime) -> Changes:
    """Undo a direction that was just stated."""
    stamp = tick(tx, now)
    directions.drop(tx, gone.id, stamp)
    directions.drop_revisions(tx, [one.id for one in gone.revisions], stamp)
    return Changes()


def tied(tx: Transaction, entry: Entry, old: Entry | None = None) -> Entry:
    """``entry`` with the revision of the direction that held on its date, where it came up.

    A revision that was chosen stays. Of several directions the first one counts. Where the entry
    moves to another date, a revision that held on the old date gives way to the one of the same
    direction that held on the new date.
    """
    touches = entry.direction
    if not (touches.stated or touches.heard_back or touches.challenged):
        return entry
    wanted = touches.revision or (old.direction.revision if old else None)
    moved = old is not None and old.on != entry.on
    if wanted is not None and not moved:
        return _with(entry, wanted)
    known = directions.directions(tx)
    if wanted is None or old is None:
        held = in_force(known, entry.on)
        return _with(entry, held[0].id if held else None)
    for one in known:
        before = revision_on(one, old.on)
        if before is not None and before.id == wanted:
            after = revision_on(one, entry.on)
            return _with(entry, after.id if after else None)
    return _with(entry, wanted)


def revision_of(tx: Transaction, entry: Entry) -> Revision | None:
    """What the direction said that an entry refers to, or else what it said on its date."""
    known = directions.directions(tx)
    for one in known:
        for revision in one.revisions:
            if revision.id == entry.direction.revision:
                return revision
    return next(iter(in_force(known, entry.on)), None)


def _with(entry: Entry, revision: str | None) -> Entry:
    if entry.direction.revision == revision:
        return entry
    return replace(entry, direction=replace(entry.direction, revision=revision))


def _revision(
    direction_id: str, text: str, why: str, origin: Origin, effective_on: date, now: datetime
) -> Revision:
    said, because = checked_statement(text), checked_why(why)
    new = uuid7(now, secrets.randbits(74))
    return Revision(new, direction_id, said, because, origin, effective_on, now)
