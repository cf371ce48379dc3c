"""Bringing a file into the journal, and taking the journal out into a file."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import chain, product
from pathlib import Path
from typing import Any, BinaryIO

from kotter_journal.config.files import written_whole
from kotter_journal.domain.activities import Activity
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import Entry, EntryId, Sharing, fold
from kotter_journal.domain.search import SearchQuery
from kotter_journal.formats import journal_json
from kotter_journal.formats.journal_file import (
    FilePerson,
    JournalFile,
    JournalHead,
    Remark,
    Scope,
)
from kotter_journal.services.entries import revise_entry, write_entries
from kotter_journal.storage import entries, search, vault_row, vocabulary
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.journal import disk_errors
from kotter_journal.storage.practice_fitting import fitted
from kotter_journal.storage.practice_objects import (
    ERASED,
    KINDS,
    keep_practice_objects,
    practice_objects,
)
from kotter_journal.storage.search_index import indexed_together
from kotter_journal.storage.stamps import tick

Progress = Callable[[int, int], None]
"""Hears how many of how many entries are done; it may raise Cancelled to stop the work."""

_SLICE = 200
_MANY = 500
_PAUSE_SECONDS = 0.001
"""Between slices, so that a window on the same machine gets its turn."""


def _silent(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import did, in numbers of entries, and what there is to say about single places."""

    format: str
    file: str
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which entries an export takes; the empty choice takes everything, the trash included.

    Both dates are included. Of several activities or tags, one is enough. ``sharing`` SHAREABLE
    takes what is marked so, PRIVATE all but what is marked never.
    """

    first: date | None = None
    last: date | None = None
    activities: tuple[Activity, ...] = ()
    tags: tuple[str, ...] = ()
    sharing: Sharing = Sharing.NEVER

    @property
    def takes_everything(self) -> bool:
        """Whether the file will hold the whole journal."""
        return self == Choice()


def import_journal(
    tx: Transaction,
    file: JournalFile,
    now: datetime,
    *,
    dry_run: bool = False,
    progress: Progress = _silent,
) -> Report:
    """Bring the entries of ``file`` in; a ``dry_run`` does it all and takes it back.

    An entry whose id the journal has is replaced where the file's was modified later, and left
    alone otherwise, so that the same file a second time changes nothing. What was erased for
    good does not come back. A complete file gives an empty journal its identity as well.
    Raises InvalidEntry where a day would hold more than 24 hours with what the journal has.
    """
    if not dry_run:
        return _Import(tx, file, now, progress).run()
    with tx.begin_nested() as point:
        report = _Import(tx, file, now, progress).run()
        point.rollback()
    return replace(report, changes=Changes())


def export_journal(
    tx: Transaction,
    out: BinaryIO,
    now: datetime,
    *,
    version: str,
    choice: Choice | None = None,
    progress: Progress = _silent,
) -> int:
    """Write the chosen entries to ``out`` as our JSON format; how many they were.

    ``version`` is that of the program. Raises OSError.
    """
    choice = choice or Choice()
    whole = choice.takes_everything
    row = vault_row.vault_row(tx)
    positions = (
        entries.all_positions(tx, trash=True) if whole else sorted(chosen_positions(tx, choice))
    )
    head = JournalHead(
        id=row.id,
        name=row.name,
        time_zone=row.time_zone,
        file_extra=_merged(practice_objects(tx), row.extra.get("file", {})) if whole else {},
        journal_extra=row.extra.get("journal", {}),
    )
    named = None if whole else vocabulary.people_at(tx, positions)
    people = [p for p in vocabulary.people_rows(tx) if named is None or p.id in named]
    return journal_json.write(
        out,
        head,
        [FilePerson(p.id, p.name, json.loads(p.extra)) for p in people],
        _with_people(tx, positions),
        scope=Scope(
            complete=whole,
            first=choice.first,
            last=choice.last,
            sharing="all" if choice.sharing is Sharing.NEVER else choice.sharing.value,
        ),
        exported_at=now,
        version=version,
        after_slice=lambda done: progress(done, len(positions)),
    )


def export_to_file(
    tx: Transaction,
    path: Path,
    now: datetime,
    *,
    version: str,
    choice: Choice | None = None,
    progress: Progress = _silent,
) -> int:
    """The same into a file that appears whole or not at all, readable by its owner alone.

    Raises StorageFailed and what ``progress`` raises.
    """
    with disk_errors(path), written_whole(path) as out:
        return export_journal(tx, out, now, version=version, choice=choice, progress=progress)


def entry_object(tx: Transaction, entry_id: str) -> dict[str, Any]:
    """One entry as an export holds it. Raises EntryMissing."""
    found = entries.entry(tx, entry_id)
    ids = vocabulary.person_ids_of(tx, [entry_id])[entry_id]
    return journal_json.entry_object(found, ids, vault_row.vault_row(tx).time_zone)


def positions_of(
    tx: Transaction,
    *,
    first: date | None = None,
    last: date | None = None,
    activities: Sequence[Activity] = (),
    tags: Sequence[str] = (),
) -> set[int]:
    """Where the entries stand between two dates, both included; one activity and tag is enough."""
    until = last + timedelta(days=1) if last is not None and last < date.max else None
    query = SearchQuery(since=first, until=until)
    wanted: list[tuple[Activity, ...]] = [(a,) for a in activities] or [()]
    named: list[tuple[str, ...]] = [(t,) for t in tags] or [()]
    narrowed = [replace(query, activities=a, tags=t) for a, t in product(wanted, named)]
    return {position for one in narrowed for position in search.positions(tx, one)}


def chosen_positions(tx: Transaction, choice: Choice) -> set[int]:
    """Where the chosen entries stand, the trash left out."""
    found = positions_of(
        tx,
        first=choice.first,
        last=choice.last,
        activities=choice.activities,
        tags=choice.tags,
    )
    if choice.sharing is Sharing.NEVER:
        return found
    allowed = {choice.sharing, Sharing.SHAREABLE}
    return found & entries.positions_with_sharing(tx, allowed)


def _with_people(
    tx: Transaction, positions: Sequence[int]
) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    for start in range(0, len(positions), _SLICE):
        some = entries.entries_at(tx, positions[start : start + _SLICE])
        ids = vocabulary.person_ids_of(tx, [entry.id for entry in some])
        for entry in some:
            yield entry, ids[entry.id]


class _Import:
    """One import: the file's people found among the journal's, then its entries by slices."""

    def __init__(
        self, tx: Transaction, file: JournalFile, now: datetime, progress: Progress
    ) -> None:
        self._tx = tx
        self._file = file
        self._now = now
        self._progress = progress
        self._into_nothing = vault_row.is_untouched(tx)
        self._target: dict[str, str] = {}
        self._name: dict[str, str] = {}
        self._ambiguous: set[str] = set()
        self._counts = Counter[str]()
        self._skipped: list[Remark] = []
        self._warnings = list(file.warnings)
        self._changes: list[Changes] = []

    def run(self) -> Report:
        self._keep_people()
        self._keep_head()
        # Sorting is stable, so that entries of one minute stay in the order of the file.
        ordered = sorted(self._file.entries, key=lambda e: (e.on, e.at is not None, _minute(e)))
        with indexed_together(self._tx) if len(ordered) >= _MANY else nullcontext():
            for start in range(0, len(ordered), _SLICE):
                self._progress(start, len(ordered))
                self._take(ordered[start : start + _SLICE])
                time.sleep(_PAUSE_SECONDS)
        self._progress(len(ordered), len(ordered))
        return Report(
            format="json",
            file=self._file.name,
            imported=self._counts["imported"],
            updated=self._counts["updated"],
            unchanged=self._counts["unchanged"],
            skipped=tuple(self._skipped),
            warnings=tuple(self._warnings),
            changes=Changes.of(
                chain.from_iterable(c.entries for c in self._changes),
                chain.from_iterable(c.days for c in self._changes),
                membership=any(c.membership for c in self._changes),
            ),
        )

    def _keep_head(self) -> None:
        """Identity for an empty journal; members of other versions for every one."""
        row, head = vault_row.vault_row(self._tx), self._file.head
        others = self._keep_practice()
        if self._into_nothing and self._file.complete:
            row = replace(row, id=head.id, name=head.name, time_zone=head.time_zone)
        kept = {
            "file": _merged(row.extra.get("file", {}), others),
            "journal": _merged(row.extra.get("journal", {}), head.journal_extra),
        }
        extra = {**row.extra, **{name: value for name, value in kept.items() if value}}
        row = replace(row, extra=extra)
        if row != vault_row.vault_row(self._tx):
            vault_row.keep_vault_row(self._tx, row)

    def _keep_practice(self) -> dict[str, Any]:
        """Keep what the file says of a leader's practice; answers with its other members.

        Objects of a practice that are not in our form are among those, each with a warning.
        """
        members = self._file.head.file_extra
        said = {n: v for n, v in members.items() if n in KINDS and isinstance(v, list) and v}
        known = vault_row.vault_row(self._tx).extra.get("file", {})
        left_out: dict[str, list[Any]] = {}
        stamp = cache(lambda: tick(self._tx, self._now))
        ours = fitted(self._tx, said, self._target)
        self._skipped += [
            Remark(f"{name}[{at}]", "its entry was erased for good in this journal")
            for name, some in ours.items()
            for at, one in enumerate(some)
            if one is ERASED
        ]
        for error in keep_practice_objects(self._tx, ours, stamp):
            name, _, number = error.where.partition(".")[0].rstrip("]").partition("[")
            one = said[name][int(number)]
            left_out.setdefault(name, []).append(one)
            if one in known.get(name, ()):
                continue
            reason = f"{error.reason}; it is kept as it stands and cannot be shown"
            self._warnings.append(Remark(error.where, reason))
        others = {name: left_out.get(name, value) for name, value in members.items()}
        return {n: v for n, v in others.items() if n not in said or n in left_out}

    def _keep_people(self) -> None:
        """Find each person of the file by id, then by name, else make it known."""
        known = vocabulary.people_rows(self._tx)
        names = {p.id: p.name for p in known}
        by_folded = {fold(p.name): p.id for p in reversed(known)}
        new: list[FilePerson] = []
        for person in self._file.people:
            target = person.id
            if target not in names:
                target = by_folded.get(fold(person.name), target)
            if target not in names:
                new.append(person)
            self._target[person.id] = target
            self._name[person.id] = names.get(target, person.name)
        if new:
            rows = [(p.id, p.name, entries.json_text(p.extra)) for p in new]
            vocabulary.add_people(self._tx, rows, tick(self._tx, self._now))
        folded = Counter(fold(name) for name in (names | {p.id: p.name for p in new}).values())
        self._ambiguous = {name for name, count in folded.items() if count > 1}

    def _take(self, some: Sequence[Entry]) -> None:
        ids = [entry.id for entry in some]
        gone = entries.purged_among(self._tx, ids)
        kept = {e.id: e for e in entries.entries_of(self._tx, ids)}
        new: list[Entry] = []
        for entry in some:
            entry = self._with_our_people(entry)
            if entry.id in gone:
                self._remark(self._skipped, entry.id, "it was erased for good in this journal")
            elif entry.id in kept:
                self._compare(entry, kept[entry.id])
            else:
                new.append(entry)
        self._note(write_entries(self._tx, new, now=self._now))
        self._counts["imported"] += len(new)
        self._tie_people(new)

    def _compare(self, entry: Entry, kept: Entry) -> None:
        # When an entry was first written never changes, whatever a file says.
        entry = replace(entry, created_at=kept.created_at, written_on=kept.written_on)
        if entry.modified_at > kept.modified_at:
            self._note(revise_entry(self._tx, entry))
            self._tie_people([entry])
            self._counts["updated"] += 1
            return
        self._counts["unchanged"] += 1
        if _content(entry) == _content(kept):
            return
        if entry.modified_at < kept.modified_at:
            reason = "the journal has a newer version of this entry, which was kept"
        else:
            reason = "the journal's version differs and is no older; it was kept"
        self._remark(self._warnings, entry.id, reason)

    def _with_our_people(self, entry: Entry) -> Entry:
        ids = self._file.person_ids.get(entry.id)
        if not ids:
            return entry
        names = tuple(self._name[one] for one in ids)
        return entry if names == entry.people else replace(entry, people=names)

    def _tie_people(self, some: Iterable[Entry]) -> None:
        """Names that more than one person has are told apart by the ids of the file."""
        tied: dict[str, tuple[str, ...]] = {
            entry.id: tuple(dict.fromkeys(self._target[one] for one in ids))
            for entry in some
            if any(fold(name) in self._ambiguous for name in entry.people)
            and (ids := self._file.person_ids.get(entry.id))
        }
        if tied:
            vocabulary.link_people(self._tx, tied, tick(self._tx, self._now))

    def _remark(self, remarks: list[Remark], entry_id: EntryId, reason: str) -> None:
        remarks.append(Remark(self._file.places[entry_id], reason))

    def _note(self, changes: Changes) -> None:
        self._changes.append(changes)


def _minute(entry: Entry) -> int:
    return 0 if entry.at is None else entry.at.hour * 60 + entry.at.minute


def _content(entry: Entry) -> Entry:
    """The entry in the form in which two are compared."""
    return replace(
        entry,
        modified_at=entry.created_at,
        tags=tuple(fold(tag) for tag in entry.tags),
        people=tuple(dict.fromkeys(fold(name) for name in entry.people)),
    )


def _merged(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Ours, and of theirs what we lack; lists grow by the rows that they do not hold yet."""
    merged = dict(ours)
    for name, value in theirs.items():
        mine = merged.setdefault(name, value)
        if isinstance(mine, list) and isinstance(value, list):
            ids = {row.get("id") for row in mine if isinstance(row, dict)} - {None}
            merged[name] = mine + [
                row
                for row in value
                if row not in mine and not (isinstance(row, dict) and row.get("id") in ids)
            ]
    return merged
