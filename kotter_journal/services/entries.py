"""Writing, revising, deleting and restoring entries."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import (
    MINUTES_A_DAY,
    Entry,
    EntryDraft,
    EntryId,
    areas_in,
    check,
    fold,
    people_in,
    tags_in,
    utc_of,
)
from kotter_journal.domain.errors import EntryProblem, InvalidEntry
from kotter_journal.services.directions import tied
from kotter_journal.storage import areas, day_totals, entries, versions
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import tick


def write_entry(tx: Transaction, entry: Entry) -> Changes:
    """Keep a new entry. Raises InvalidEntry where it breaks a rule of time."""
    return write_entries(tx, [entry])


def write_entries(tx: Transaction, new: Sequence[Entry], *, now: datetime | None = None) -> Changes:
    """Keep new entries, all or none. Raises InvalidEntry."""
    if not new:
        return Changes()
    for entry in new:
        _check(entry)
    new = [tied(tx, entry) for entry in new]
    days = {entry.on for entry in new}
    _check_days(tx, [entry for entry in new if entry.deleted_at is None])
    stamp = tick(tx, now or max(e.modified_at for e in new))
    entries.insert(tx, new, stamp)
    _link_areas(tx, new, stamp)
    day_totals.refresh(tx, days)
    return Changes.of((e.id for e in new), days, membership=True)


def revise_entry(tx: Transaction, entry: Entry, *, keep_replaced: bool = False) -> Changes:
    """Keep ``entry`` in place of what its id held, and that as a version where it is due.

    With ``keep_replaced`` it always is. Raises EntryMissing and InvalidEntry.
    """
    _check(entry)
    old = entries.entry(tx, entry.id)
    entry = tied(tx, entry, old)
    days = {old.on, entry.on}
    counts_otherwise = _counted(old) != _counted(entry)
    if counts_otherwise and entry.deleted_at is None:
        _check_days(tx, [entry], replaced=[old])
    stamp = tick(tx, entry.modified_at)
    versions.keep_replaced(tx, old, entry, stamp, always=keep_replaced)
    entries.replace(tx, old, entry, stamp)
    _link_areas(tx, [entry], stamp)
    if counts_otherwise:
        day_totals.refresh(tx, days)
    moved = (old.on, old.at, old.deleted_at) != (entry.on, entry.at, entry.deleted_at)
    return Changes.of([entry.id], days, membership=moved)


def delete_entries(tx: Transaction, ids: Iterable[EntryId], now: datetime) -> Changes:
    """Put entries into the trash. Raises EntryMissing."""
    gone = [entries.entry(tx, one) for one in ids]
    entries.mark_deleted(tx, [e.id for e in gone], now, tick(tx, now))
    return _membership_changed(tx, gone)


def restore_entries(tx: Transaction, ids: Iterable[EntryId], now: datetime) -> Changes:
    """Take entries out of the trash. Raises EntryMissing, and InvalidEntry where a day is full."""
    back = [e for one in ids if (e := entries.entry(tx, one)).deleted_at is not None]
    _check_days(tx, back)
    entries.mark_restored(tx, [e.id for e in back], tick(tx, now))
    return _membership_changed(tx, back)


def named_in_text(draft: EntryDraft) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tags and the people that title and body name."""
    text = f"{draft.title or ''}\n{draft.body}"
    return tags_in(text), people_in(text)


def _link_areas(tx: Transaction, written: Sequence[Entry], stamp: str) -> None:
    """Let entries that name an area with a "~" belong to it; a name that is none stays a word."""
    named = {e.id: areas_in(f"{e.title or ''}\n{e.body}") for e in written}
    named = {one: names for one, names in named.items() if names}
    if not named:
        return
    known = {fold(name): name for name in areas.known_areas(tx)}
    present = areas.areas_of(tx, list(named))
    for one, names in named.items():
        found = [known[fold(name)] for name in names if fold(name) in known]
        if new := [name for name in found if name not in present[one]]:
            areas.link_areas(tx, {one: (*present[one], *new)}, stamp)


def _membership_changed(tx: Transaction, touched: Sequence[Entry]) -> Changes:
    days = {e.on for e in touched}
    day_totals.refresh(tx, days)
    return Changes.of((e.id for e in touched), days, membership=True)


def _counted(entry: Entry) -> tuple[object, ...]:
    """What of an entry enters the totals of its day."""
    return entry.on, entry.duration, entry.allocations, entry.deleted_at


def _check(entry: Entry) -> None:
    check(entry)
    utc_of(entry.on, entry.at, entry.zone)


def _check_days(tx: Transaction, added: Sequence[Entry], replaced: Sequence[Entry] = ()) -> None:
    """Raise InvalidEntry where a local date would hold more than 1,440 minutes (T4)."""
    minutes: dict[date, int] = {}
    for entry in added:
        minutes[entry.on] = minutes.get(entry.on, 0) + (entry.duration or 0)
    for entry in replaced:
        if entry.deleted_at is None and entry.on in minutes:
            minutes[entry.on] -= entry.duration or 0
    kept = day_totals.logged_on(tx, minutes)
    for day, wanted in minutes.items():
        total = kept.get(day, 0) + wanted
        if wanted > 0 and total > MINUTES_A_DAY:
            raise InvalidEntry(EntryProblem.DAY_TOO_LONG, total, MINUTES_A_DAY, day.isoformat())
