"""Revising many entries at once, in one transaction that can be taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import Entry, EntryId, Sharing, fold, revised
from kotter_journal.services.entries import revise_entry
from kotter_journal.storage import entries
from kotter_journal.storage.database import Transaction

Fields = dict[str, Any]
"""New values of an entry's fields by their names; empty where it stays as it is."""


@dataclass(frozen=True, slots=True)
class Revision:
    """Entries as they were and as they became, and the names of the fields that changed."""

    fields: tuple[str, ...]
    entries: tuple[tuple[Entry, Entry], ...]


def revise(
    tx: Transaction,
    ids: Sequence[EntryId],
    fields: tuple[str, ...],
    change: Callable[[Entry], Fields],
    now: datetime,
) -> tuple[Changes, Revision]:
    """Give each entry what ``change`` makes of it, all or none; what it was stays as a version.

    Raises EntryMissing and InvalidEntry.
    """
    pairs = []
    for one in ids:
        before = entries.entry(tx, one)
        if new := change(before):
            pairs.append((before, revised(before, now, **new)))
    changes = Changes()
    for _, after in pairs:
        changes |= revise_entry(tx, after, keep_replaced=True)
    return changes, Revision(fields, tuple(pairs))


def take_back(tx: Transaction, done: Revision, now: datetime) -> tuple[Changes, int]:
    """Undo a revision where nobody has written since; answers how many entries stay as they are.

    Raises EntryMissing and InvalidEntry.
    """
    changes, left = Changes(), 0
    for before, after in done.entries:
        present = entries.entry(tx, after.id)
        if present.modified_at != after.modified_at:
            left += 1
            continue
        old = {name: getattr(before, name) for name in done.fields}
        changes |= revise_entry(tx, revised(present, now, **old), keep_replaced=True)
    return changes, left


def add_tag(
    tx: Transaction, ids: Sequence[EntryId], tag: str, now: datetime
) -> tuple[Changes, Revision]:
    """Give entries a tag; those that carry it already stay as they are."""

    def change(entry: Entry) -> Fields:
        has = any(fold(one) == fold(tag) for one in entry.tags)
        return {} if has else {"tags": (*entry.tags, tag)}

    return revise(tx, ids, ("tags",), change, now)


def move_to(
    tx: Transaction, ids: Sequence[EntryId], day: date, now: datetime
) -> tuple[Changes, Revision]:
    """Let entries be of another local date, at the same time of day."""

    def change(entry: Entry) -> Fields:
        return {} if entry.on == day else {"on": day}

    return revise(tx, ids, ("on",), change, now)


def share(
    tx: Transaction, ids: Sequence[EntryId], sharing: Sharing, now: datetime
) -> tuple[Changes, Revision]:
    """Say whether entries may be shared."""

    def change(entry: Entry) -> Fields:
        return {} if entry.sharing is sharing else {"sharing": sharing}

    return revise(tx, ids, ("sharing",), change, now)


def star(
    tx: Transaction, ids: Sequence[EntryId], starred: bool, now: datetime
) -> tuple[Changes, Revision]:
    """Star entries, or take the star away."""

    def change(entry: Entry) -> Fields:
        return {} if entry.starred is starred else {"starred": starred}

    return revise(tx, ids, ("starred",), change, now)
