"""Rescuing what can still be read of a damaged journal, which itself is never changed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kotter_journal.config.files import written_whole
from kotter_journal.domain.backups import read_name
from kotter_journal.domain.errors import BackupUnusable
from kotter_journal.formats import journal_json
from kotter_journal.formats.journal_file import FilePerson, JournalHead, Scope
from kotter_journal.services.backups import backup_folder
from kotter_journal.services.entries import write_entries
from kotter_journal.storage.backup_file import read_salt_of
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import DATABASE, appearing, disk_errors, fill_with_keys
from kotter_journal.storage.salvage import Salvaged, salvage
from kotter_journal.storage.vault import Vault

_SLICE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescued:
    """How many entries could be read, and what was found damaged.

    ``rejected`` entries are there in part, but not as they were written; ``incomplete`` ones came
    without the minutes of their activities. Entries of which nothing was found are not counted.
    """

    entries: int
    rejected: int
    incomplete: int
    pages: int
    damaged_pages: int


def look_for_readable(folder: Path, vault: Vault) -> Rescued:
    """How much of a journal can be read. Raises JournalMissing, JournalDamaged, StorageFailed."""
    return _counted(_read(folder, vault))


def export_readable(
    folder: Path, vault: Vault, out: Path, now: datetime, *, version: str
) -> Rescued:
    """Write what can be read as our JSON format. Raises as ``look_for_readable``."""
    found = _read(folder, vault)
    head = JournalHead(id=vault.id, name=found.name, time_zone=found.time_zone)
    people = [FilePerson(one, name) for one, name in sorted(found.people.items())]
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


def rescue_journal(folder: Path, vault: Vault, into: Path, now: datetime) -> Rescued:
    """Make a journal in the new folder ``into`` of what can be read; it opens as ``vault`` does.

    It can be looked at, searched and gone on with. Raises JournalExists as well.
    """
    found = _read(folder, vault)
    with appearing(into) as made:
        fill_with_keys(made, vault, now, name=found.name, zone=found.time_zone)
        door = Database(made / DATABASE, vault.database_key)
        try:
            for start in range(0, len(found.entries), _SLICE):
                with door.transaction() as tx:
                    write_entries(tx, found.entries[start : start + _SLICE], now=now)
        finally:
            door.close()
    return _counted(found)


def _read(folder: Path, vault: Vault) -> Salvaged:
    return salvage(folder, vault, _salts_of_backups(backup_folder(folder)))


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
        pages=found.pages,
        damaged_pages=found.damaged_pages,
    )
