"""Salvage: the entries that can still be read in a damaged journal, page by page, row by row.

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
from kotter_journal.storage import tables
from kotter_journal.storage.database import WorkProgress
from kotter_journal.storage.entries import entry_of_row, json_value, text_checksum
from kotter_journal.storage.journal import DATABASE, disk_errors
from kotter_journal.storage.pages import PAGE, Page, PageReader, salt_of
from kotter_journal.storage.records import Record, records_of
from kotter_journal.storage.vault import Vault

# Links before people, which have as many columns and are less particular.
_TABLES = (
    tables.entry,
    tables.allocation,
    tables.tag,
    tables.entry_tag,
    tables.entry_person,
    tables.person,
    tables.vault,
    tables.purged,
)
_ID = 36
_LOOK_EVERY = 64
"""Pages between two calls of the progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What could be read. Pages are counted in the file and its log; ``rejected`` are entries of
    which a part was found, but not the text that was written. ``incomplete`` are those whose
    minutes do not fit together any more and were left out."""

    name: str
    time_zone: str | None
    entries: tuple[Entry, ...]
    people: Mapping[str, str]
    person_ids: Mapping[str, tuple[str, ...]]
    pages: int
    damaged_pages: int
    rejected: int
    incomplete: int


@dataclass(slots=True)
class _Found:
    """The newest row of each id, by table."""

    rows: dict[str, dict[str, dict[str, Any]]] = field(
        default_factory=lambda: {table.name: {} for table in _TABLES}
    )

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
    found = _Found()
    for done, (number, content) in enumerate(newest.items()):
        if done % _LOOK_EVERY == 0:
            progress(len(newest) + done, 2 * len(newest))
        for record in records_of(number, content, newest.get):
            _sort(record, found)
    if not newest:
        raise JournalDamaged(path)
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


def _sort(record: Record, found: _Found) -> None:
    """Tell by its shape which table a row belongs to, and keep it there."""
    values = record.values
    for table in _TABLES:
        names = [column.name for column in table.c]
        if len(values) != len(names):
            continue
        row = dict(zip(names, values, strict=True))
        if table is tables.entry:
            row["position"] = record.row_id
        if _fits(table.name, row):
            found.keep(table.name, row)
            return


def _fits(table: str, row: Mapping[str, Any]) -> bool:
    if not _is_id(row["id"]):
        return False
    if table == "vault":
        return isinstance(row["hlc"], str) and isinstance(row["change_counter"], int)
    if table in ("entry_tag", "entry_person"):
        other = "tag_id" if table == "entry_tag" else "person_id"
        return _is_id(row["entry_id"]) and _is_id(row[other]) and str(row["sort_key"]).isdigit()
    if table == "allocation":
        return _is_id(row["entry_id"]) and row["activity"] in set(Activity)
    if table == "entry":
        return isinstance(row["body"], str) and isinstance(row["checksum"], str)
    return isinstance(row["updated_at"], str)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and len(value) == _ID and value.count("-") == 4


def _salvaged(found: _Found, pages: int, damaged: int) -> Salvaged:
    allocations = _allocations(found)
    # Links to tags and to people look alike; what they lead to tells them apart.
    links = {**found.rows["entry_tag"], **found.rows["entry_person"]}
    tags = _named(links, found.rows["tag"])
    people = _named(links, found.rows["person"])
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
    return Salvaged(
        name=str(vault["name"]),
        time_zone=vault["time_zone"],
        entries=tuple(entry for _, entry in sorted(entries, key=lambda pair: pair[0])),
        people={row["id"]: row["name"] for row in found.alive("person")},
        person_ids={one: tuple(row["id"] for row in rows) for one, rows in people.items()},
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


def _named(
    links: Mapping[str, dict[str, Any]], names: Mapping[str, dict[str, Any]]
) -> defaultdict[str, list[dict[str, Any]]]:
    """The tags or people of each entry, in reading order."""
    made: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(links.values(), key=lambda row: str(row["sort_key"])):
        other = str(row.get("tag_id") or row.get("person_id"))
        if row["deleted_at"] is None and other in names and names[other]["deleted_at"] is None:
            made[row["entry_id"]].append(names[other])
    return made
