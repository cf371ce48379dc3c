"""Rescuing what can still be read of a damaged journal, which itself is never changed."""

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kotter_journal.config.files import write_atomically, written_whole
from kotter_journal.domain.backups import read_name
from kotter_journal.domain.entries import Entry, fold
from kotter_journal.domain.errors import BackupUnusable, InvalidEntry
from kotter_journal.formats import journal_json
from kotter_journal.formats.journal_file import FilePerson, JournalHead, Scope
from kotter_journal.services.backups import backup_folder
from kotter_journal.services.entries import write_entries
from kotter_journal.storage.backup_file import read_salt_of
from kotter_journal.storage.database import Database, WorkProgress
from kotter_journal.storage.journal import (
    DATABASE,
    Journal,
    appearing,
    disk_errors,
    fill_with_keys,
)
from kotter_journal.storage.key_header import HEADER, HEADER_COPY
from kotter_journal.storage.practice_objects import keep_practice_objects
from kotter_journal.storage.salvage import Salvaged, salvage
from kotter_journal.storage.stamps import tick
from kotter_journal.storage.vault import Vault
from kotter_journal.storage.vocabulary import add_people, link_people

_SLICE = 500
_TEMPORARY = "kotter-journal-readable-"


def _silent(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescued:
    """How many entries could be read, and what was found damaged.

    ``rejected`` entries are there in part, but not as they were written; ``incomplete`` ones came
    without the minutes of their activities. Entries of which nothing was found are not counted.
    ``left_out``: rows of a leader's practice, such as a step of a task, without what they belong
    to.
    """

    entries: int
    rejected: int
    incomplete: int
    left_out: int
    pages: int
    damaged_pages: int


def look_for_readable(folder: Path, vault: Vault) -> Rescued:
    """How much of a journal can be read. Raises JournalMissing, JournalDamaged, StorageFailed."""
    return _counted(_read(folder, vault))


def export_readable(
    folder: Path,
    vault: Vault,
    out: Path,
    now: datetime,
    *,
    version: str,
    progress: WorkProgress = _silent,
) -> Rescued:
    """Write what can be read as our JSON format. Raises as ``look_for_readable``."""
    found = _read(folder, vault, progress)
    head = JournalHead(
        id=vault.id, name=found.name, time_zone=found.time_zone, file_extra=found.practice
    )
    people = [
        FilePerson(one, name, json.loads(found.notes[one]))
        for one, name in sorted(found.people.items())
    ]
    with disk_errors(out), written_whole(out) as file:
        journal_json.write(
            file,
            head,
            people,
            ((entry, found.person_ids.get(entry.id, ())) for entry in found.entries),
            scope=Scope(complete=False),
            exported_at=now,
            version=version,
        )
    return _counted(found)


def rescue_journal(
    folder: Path, vault: Vault, into: Path, now: datetime, *, progress: WorkProgress = _silent
) -> Rescued:
    """Make a journal in the new folder ``into`` of what can be read; it opens as ``vault`` does.

    It can be looked at, searched and gone on with. Raises JournalExists and what ``progress``
    raises as well; nothing is left then.
    """
    found = _read(folder, vault, lambda done, total: progress(done, 2 * total))
    count = len(found.entries)
    with appearing(into) as made:
        fill_with_keys(made, vault, now, name=found.name, zone=found.time_zone)
        door = Database(made / DATABASE, vault.database_key)
        try:
            with door.transaction() as tx:
                people = [(one, name, found.notes[one]) for one, name in found.people.items()]
                add_people(tx, people, tick(tx, now))
            for start in range(0, count, _SLICE):
                progress(count + start, 2 * count)
                _write(door, found.entries[start : start + _SLICE], now)
            with door.transaction() as tx:
                stamp = tick(tx, now)
                link_people(tx, _namesakes(found), stamp)
                refused = keep_practice_objects(tx, found.practice, lambda: stamp)
        finally:
            door.close()
    told = _counted(found)
    return replace(told, left_out=told.left_out + len(refused))


def _namesakes(found: Salvaged) -> dict[str, tuple[str, ...]]:
    """The people of the entries that name somebody whose name another one has as well."""
    counts = Counter(fold(name) for name in found.people.values())
    return {
        entry.id: found.person_ids[entry.id]
        for entry in found.entries
        if any(counts[fold(name)] > 1 for name in entry.people)
    }


def _write(door: Database, some: Sequence[Entry], now: datetime) -> None:
    """Keep entries; one that fits no rule beside the others loses its minutes, never its text."""
    try:
        with door.transaction() as tx:
            write_entries(tx, some, now=now)
    except InvalidEntry:
        if len(some) == 1:
            bare = replace(some[0], duration=None, allocations=())
            with door.transaction() as tx:
                write_entries(tx, [bare], now=now)
            return
        for one in some:
            _write(door, [one], now)


def open_readable(
    folder: Path, vault: Vault, now: datetime, *, progress: WorkProgress = _silent
) -> tuple[Journal, Rescued]:
    """What can be read, as a journal of its own that goes when it is closed.

    It is encrypted like the other, and lies where the system keeps what is temporary. Raises as
    ``rescue_journal``.
    """
    with disk_errors(Path(tempfile.gettempdir())):
        place = Path(tempfile.mkdtemp(prefix=_TEMPORARY))
    journal = Journal(place / folder.name, vault)
    journal.goes_with(place)
    try:
        rescued = rescue_journal(folder, vault, journal.folder, now, progress=progress)
    except BaseException:
        journal.close()
        raise
    return journal, rescued


def keep_readable(journal: Journal, into: Path) -> None:
    """Make what ``open_readable`` gave a journal that stays, in the new folder ``into``.

    Raises JournalExists and StorageFailed.
    """
    with appearing(into) as made:
        for name in (DATABASE, HEADER, HEADER_COPY):
            write_atomically(made / name, (journal.folder / name).read_bytes())


def _read(folder: Path, vault: Vault, progress: WorkProgress = _silent) -> Salvaged:
    return salvage(folder, vault, _salts_of_backups(backup_folder(folder)), progress)


def _salts_of_backups(folder: Path) -> Sequence[bytes]:
    """Where the beginning of the file is lost, a backup knows it."""
    salts = []
    with disk_errors(folder):
        files = sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []
        for path in files:
            if read_name(path.name) is not None:
                with suppress(BackupUnusable):
                    salts.append(read_salt_of(path))
    return salts


def _counted(found: Salvaged) -> Rescued:
    return Rescued(
        entries=len(found.entries),
        rejected=found.rejected,
        incomplete=found.incomplete,
        left_out=found.left_out,
        pages=found.pages,
        damaged_pages=found.damaged_pages,
    )
