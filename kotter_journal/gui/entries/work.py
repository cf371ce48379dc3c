"""Work: an entry that is being worked on, and which of its fields were touched here."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import Entry, EntryDraft, clean_text, fold
from kotter_journal.domain.errors import KotterError
from kotter_journal.services.entries import named_in_text, revise_entry, write_entry
from kotter_journal.storage import entries
from kotter_journal.storage.database import Transaction

TEXT = frozenset({"title", "body"})
_TOGETHER = (
    frozenset({"on", "at", "zone", "utc"}),
    frozenset({"duration", "time_source", "allocations"}),
)
"""Fields that only make sense as they were chosen together."""
FACTS = frozenset(f.name for f in fields(EntryDraft)) - TEXT - {"tags", "people"}


@dataclass(slots=True)
class Work:
    """``entry`` as it stands on the screen, and what of it is not on the disk yet.

    ``touched`` names the fields that were changed here, each with the revision in which that last
    happened; a save of revision n settles those up to n. So any number of saves may be under way,
    be refused and be tried again, and no field is lost or taken from elsewhere by mistake.
    """

    entry: Entry
    stored: Entry | None = None
    touched: dict[str, int] = field(default_factory=dict)
    revision: int = 0
    handed: int = 0
    under_way: int = 0
    error: KotterError | None = None

    @property
    def is_saved(self) -> bool:
        """Whether nothing is left to save; a new entry in which nothing stands yet needs none."""
        return not self.touched or self.is_blank

    @property
    def is_blank(self) -> bool:
        """Whether it is a new entry with neither text nor facts."""
        if self.stored is not None or self.handed or self.touched.keys() - TEXT:
            return False
        return not (self.entry.body.strip() or (self.entry.title or "").strip())

    def touch(self, names: Iterable[str]) -> None:
        """Say that these fields, and those that belong to them, are chosen here."""
        self.revision += 1
        chosen = set(names)
        for group in _TOGETHER:
            if group & chosen:
                chosen |= group
        self.touched |= dict.fromkeys(chosen, self.revision)

    def settle(self, written: Entry, revision: int) -> None:
        """Take note that ``written`` is on the disk, with everything up to ``revision``."""
        self.touched = {n: r for n, r in self.touched.items() if r > revision}
        self.stored = written
        self.error = None
        self.entry = _with_touched(written, self.entry, self.touched)

    def take_over(self, theirs: Entry) -> None:
        """Take over what changed elsewhere, except for what is chosen here and not saved yet."""
        self.stored = theirs
        self.entry = _with_touched(theirs, self.entry, self.touched)

    def give_up_facts(self) -> None:
        """Go back to the facts on the disk; the text stays.

        A new entry, of which none are there, keeps its activities without their minutes.
        """
        self.touched = {n: r for n, r in self.touched.items() if n in TEXT}
        self.revision += 1
        if self.stored is not None:
            self.entry = _with_touched(self.stored, self.entry, self.touched)
            return
        untimed = tuple(replace(a, minutes=0) for a in self.entry.allocations)
        self.entry = replace(self.entry, duration=None, allocations=untimed, zone=None, utc=None)
        self.touched |= dict.fromkeys(TEXT, self.revision)


def keep(tx: Transaction, ours: Entry, touched: Iterable[str]) -> tuple[Changes, Entry]:
    """Keep the touched fields of ``ours`` over what the journal has of it; a new entry whole.

    Tags and people follow the text; those that never stood in it stay. Raises InvalidEntry.
    """
    ours = replace(ours, title=ours.title and clean_text(ours.title), body=clean_text(ours.body))
    if not entries.existing_ids(tx, [ours.id]):
        tags, people = named_in_text(ours)
        new = replace(ours, tags=_joined(tags, ours.tags), people=_joined(people, ours.people))
        return write_entry(tx, new), new
    theirs = entries.entry(tx, ours.id)
    merged = replace(_with_touched(theirs, ours, touched), modified_at=ours.modified_at)
    if (theirs.title, theirs.body) != (merged.title, merged.body):
        merged = _renamed(theirs, merged)
    return revise_entry(tx, merged), merged


def _renamed(before: Entry, after: Entry) -> Entry:
    """``after`` with the tags and people of its text in place of those of the text before."""
    old_tags, old_people = named_in_text(before)
    tags, people = named_in_text(after)
    return replace(
        after,
        tags=_joined(tags, _without(before.tags, old_tags)),
        people=_joined(people, _without(before.people, old_people)),
    )


def _without(names: tuple[str, ...], gone: tuple[str, ...]) -> tuple[str, ...]:
    folded = {fold(name) for name in gone}
    return tuple(name for name in names if fold(name) not in folded)


def _joined(first: tuple[str, ...], then: tuple[str, ...]) -> tuple[str, ...]:
    return first + _without(then, first)


def _with_touched(theirs: Entry, ours: Entry, touched: Iterable[str]) -> Entry:
    return replace(theirs, **{name: getattr(ours, name) for name in touched})
