"""Salvage: what can still be read in a damaged journal, page by page, row by row.

Nothing is changed. A page counts only if its HMAC holds, an entry only if its text matches its
checksum, so that what is read is what was written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, Entry, Method, check
from kotter_journal.domain.errors import InvalidEntry, JournalDamaged, JournalMissing
from kotter_journal.storage import practice_tables, salvage_practice, tables
from kotter_journal.storage.database import WorkProgress
from kotter_journal.storage.entries import entry_of_row, json_value, text_checksum
from kotter_journal.storage.journal import DATABASE, disk_errors
from kotter_journal.storage.pages import PAGE, Page, PageReader, salt_of
from kotter_journal.storage.records import Record, records_of
from kotter_journal.storage.salvage_practice import RowsById, is_id
from kotter_journal.storage.trees import tables_of_pages
from kotter_journal.storage.vault import Vault

# The more particular ones first, of those that have as many columns.
_TABLES = (
    tables.entry,
    tables.allocation,
    tables.entry_tag,
    tables.entry_person,
    tables.vault,
    tables.tag,
    *salvage_practice.TABLES,
    tables.person,
    tables.purged,
)
_BY_NAME = {table.name: table for table in (*_TABLES, practice_tables.area)}
_PRACTICE = frozenset(
    table.name for table in (*salvage_practice.TABLES, practice_tables.area, tables.person)
)
_LINKS = {
    tables.entry_tag.name: ("tag_id", tables.tag.name),
    tables.entry_person.name: ("person_id", tables.person.name),
    practice_tables.entry_area.name: ("area_id", practice_tables.area.name),
    practice_tables.entry_delegation.name: ("delegation_id", practice_tables.delegation.name),
}
_DERIVED = "5"
_LOOK_EVERY = 64
"""Pages between two calls of the progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What could be read. Pages are counted in the file and its log; ``rejected`` are entries of
    which a part was found, but not the text that was written. ``incomplete`` are those whose
    minutes do not fit together any more and were left out. ``people`` are names by id, ``notes``
    what is noted about each, as JSON. ``practice`` holds a leader's practice and the saved
    searches as an export does, but for ``left_out`` rows without what they belong to."""

    name: str
    time_zone: str | None
    entries: tuple[Entry, ...]
    people: Mapping[str, str]
    notes: Mapping[str, str]
    person_ids: Mapping[str, tuple[str, ...]]
    practice: Mapping[str, Sequence[Mapping[str, Any]]]
    left_out: int
    pages: int
    damaged_pages: int
    rejected: int
    incomplete: int


@dataclass(slots=True)
class _Found:
    """The newest row of each id, by table."""

    rows: dict[str, RowsById] = field(default_factory=lambda: {name: {} for name in _BY_NAME})

    def keep(self, table: str, row: dict[str, Any]) -> None:
        kept = self.rows[table].get(row["id"])
        if kept is None or str(kept.get("updated_at")) <= str(row.get("updated_at")):
            self.rows[table][row["id"]] = row

    def alive(self, table: str) -> Iterator[dict[str, Any]]:
        return (row for row in self.rows[table].values() if row["deleted_at"] is None)


def salvage(
    folder: Path,
    keys: Vault,
    other_salts: Sequence[bytes] = (),
    progress: WorkProgress = lambda _done, _total: None,
) -> Salvaged:
    """Read what can be read of the journal in ``folder``.

    ``other_salts`` are tried where the file's own beginning is lost; backups have the same.
    Raises JournalMissing, JournalDamaged where nothing at all can be read, StorageFailed, and what
    ``progress`` raises.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise JournalMissing(folder)
    with disk_errors(path):
        pages = _best_reading(path, keys, [salt_of(path), *other_salts], progress)
    newest = _newest(pages)
    owners = tables_of_pages(newest.get)
    found = _Found()
    for done, (number, content) in enumerate(newest.items()):
        if done % _LOOK_EVERY == 0:
            progress(len(newest) + done, 2 * len(newest))
        for record in records_of(number, content, newest.get):
            _sort(record, owners.get(number), found)
    if not newest:
        raise JournalDamaged(path)
    _tell_apart(found, keys.id)
    return _salvaged(found, len(pages), sum(not page.genuine for page in pages))


def _best_reading(
    path: Path, keys: Vault, salts: Iterable[bytes], progress: WorkProgress
) -> list[Page]:
    """The pages of file and log under the salt that makes most of them genuine."""
    readings: list[list[Page]] = [[]]
    log = path.with_name(f"{path.name}-wal")
    files = [file for file in (path, log) if file.is_file()]
    total = 2 * sum(file.stat().st_size for file in files) // PAGE
    for salt in dict.fromkeys(salts):
        reader = PageReader(keys.database_key, salt)
        pages: list[Page] = []
        for file in files:
            for page in reader.log_pages(file) if file is log else reader.file_pages(file):
                if len(pages) % _LOOK_EVERY == 0:
                    progress(len(pages), total)
                pages.append(page)
        readings.append(pages)
        if sum(page.genuine for page in pages) * 2 > len(pages):
            break
    return max(readings, key=lambda pages: sum(page.genuine for page in pages))


def _newest(pages: Sequence[Page]) -> dict[int, bytes]:
    """The newest genuine content of each page; of the log only what was committed."""
    newest = {page.number: page.content for page in pages if page.genuine and not page.run}
    log = [page for page in pages if page.run]
    run = log[0].run if log else b""
    waiting: list[Page] = []
    for page in log:
        if page.run != run:
            break
        waiting.append(page)
        if page.commits:
            newest |= {one.number: one.content for one in waiting if one.genuine}
            waiting = []
    return newest


def _sort(record: Record, owner: str | None, found: _Found) -> None:
    """Keep a row of the table ``owner``; where that is unknown, of the one that it looks like."""
    if owner is not None and owner not in _BY_NAME:
        return
    for table in _TABLES if owner is None else (_BY_NAME[owner],):
        names = [column.name for column in table.c]
        if len(record.values) != len(names):
            continue
        row = dict(zip(names, record.values, strict=True))
        if table is tables.entry:
            row["position"] = record.row_id
        if _fits(table.name, row):
            found.keep(table.name, row)
            return


def _fits(table: str, row: Mapping[str, Any]) -> bool:
    if table in _PRACTICE:
        return salvage_practice.fits(_BY_NAME[table], row)
    if not is_id(row["id"]):
        return False
    if table == "vault":
        return isinstance(row["hlc"], str) and isinstance(row["change_counter"], int)
    if table in _LINKS:
        return salvage_practice.fits(_BY_NAME[table], row)
    if table == "allocation":
        return is_id(row["entry_id"]) and row["activity"] in set(Activity)
    if table == "entry":
        return isinstance(row["body"], str) and isinstance(row["checksum"], str)
    if table == "tag":
        # Its id is made from its name, which tells it from a saved search.
        return row["id"][14] == _DERIVED and salvage_practice.fits(tables.tag, row)
    return isinstance(row["updated_at"], str)


def _tell_apart(found: _Found, vault_id: str) -> None:
    """Sort those rows again that look alike: links by what they lead to, areas by their ids."""
    vault_id = next(iter(found.rows["vault"]), vault_id)
    areas = salvage_practice.split_areas(found.rows["person"], found.rows["area_state"], vault_id)
    found.rows["area"] = areas | found.rows["area"]
    links = [row for name in _LINKS for row in found.rows[name].values()]
    for name, (other, named) in _LINKS.items():
        names = list(_BY_NAME[name].c.keys())
        made = [dict(zip(names, row.values(), strict=True)) for row in links]
        found.rows[name] = {row["id"]: row for row in made if row[other] in found.rows[named]}


def _salvaged(found: _Found, pages: int, damaged: int) -> Salvaged:
    allocations = _allocations(found)
    tags = _named(found, "entry_tag")
    people = _named(found, "entry_person")
    entries, rejected, incomplete = [], 0, 0
    for row in found.rows["entry"].values():
        if row["id"] in found.rows["purged"]:
            continue
        made = _entry(row, allocations[row["id"]], tags[row["id"]], people[row["id"]])
        if made is None:
            rejected += 1
            continue
        entry, whole = made
        incomplete += not whole
        entries.append((row["position"], entry))
    vault = next(iter(found.rows["vault"].values()), {"name": "Journal", "time_zone": None})
    known = {row["id"]: row for row in found.alive("person")}
    practice, left_out = salvage_practice.practice_of(
        {name: {row["id"]: row for row in found.alive(name)} for name in _PRACTICE},
        frozenset(entry.id for _, entry in entries),
        frozenset(known),
    )
    return Salvaged(
        name=str(vault["name"]),
        time_zone=vault["time_zone"],
        entries=tuple(entry for _, entry in sorted(entries, key=lambda pair: pair[0])),
        people={one: row["name"] for one, row in known.items()},
        notes={one: row["extra"] for one, row in known.items()},
        person_ids={one: tuple(row["id"] for row in rows) for one, rows in people.items()},
        practice=practice,
        left_out=left_out,
        pages=pages,
        damaged_pages=damaged,
        rejected=rejected,
        incomplete=incomplete,
    )


def _entry(
    row: Mapping[str, Any],
    allocations: Sequence[Allocation],
    tags: Sequence[Mapping[str, Any]],
    people: Sequence[Mapping[str, Any]],
) -> tuple[Entry, bool] | None:
    """The entry and whether its minutes hold; None where its text is not what was written."""
    try:
        if text_checksum(row["title"], row["body"]) != row["checksum"]:
            return None
        entry = entry_of_row(
            list(row.values()),
            allocations,
            tuple(one["name"] for one in tags),
            tuple(one["name"] for one in people),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None
    try:
        check(entry)
    except InvalidEntry:
        return replace(entry, allocations=()), False
    return entry, True


def _allocations(found: _Found) -> defaultdict[str, list[Allocation]]:
    made: defaultdict[str, list[Allocation]] = defaultdict(list)
    for row in sorted(found.alive("allocation"), key=lambda row: str(row["sort_key"])):
        try:
            one = Allocation(
                Activity(row["activity"]),
                int(row["minutes"]),
                Method(row["method"]),
                row["origin"],
                row["origin_id"],
                row["note"],
                json_value(row["extra"]),
            )
        except (ValueError, TypeError):
            continue
        made[row["entry_id"]].append(one)
    return made


def _named(found: _Found, links: str) -> defaultdict[str, list[dict[str, Any]]]:
    """The tags or people of each entry, in reading order."""
    other, named = _LINKS[links]
    names = found.rows[named]
    made: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(found.alive(links), key=lambda row: str(row["sort_key"])):
        if names[row[other]]["deleted_at"] is None:
            made[row["entry_id"]].append(names[row[other]])
    return made
