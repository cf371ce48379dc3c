"""What files hold, read or written: a journal's head, its people, its entries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kotter_journal.domain.entries import Entry, EntryId


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell about one place of a file: ``where`` it is, and why it is told."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class FilePerson:
    """A person with the id under which entries name it; ``extra`` holds every other member."""

    id: str
    name: str
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakenEntry:
    """An entry on its way out, with the ids of its people and the names of its areas."""

    entry: Entry
    person_ids: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHead:
    """Which journal it is; ``extra`` are members of other versions, for the file and the head."""

    id: str
    name: str
    time_zone: str | None
    file_extra: Mapping[str, Any] = field(default_factory=dict)
    journal_extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What of the journal a file holds; both dates are included. ``complete``: all of it."""

    complete: bool = True
    first: date | None = None
    last: date | None = None
    sharing: str = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalFile:
    """A file that was read and found good.

    ``person_ids`` holds, for the entries whose people the file lists, the ids of those people.
    """

    name: str
    head: JournalHead
    complete: bool
    people: tuple[FilePerson, ...]
    entries: tuple[Entry, ...]
    person_ids: Mapping[EntryId, tuple[str, ...]]
    places: Mapping[EntryId, str]
    warnings: tuple[Remark, ...]
