"""Taking backups, looking into them, restoring them, and keeping no more than needed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kotter_journal.config.files import private_folder, sync_folder
from kotter_journal.domain.backups import (
    BackupName,
    is_due,
    name_of,
    newest_of_day,
    read_name,
    to_rotate,
)
from kotter_journal.domain.errors import (
    BackupUnusable,
    KotterError,
    StorageFailed,
    StorageTrouble,
)
from kotter_journal.storage import backup, backup_changes, restore
from kotter_journal.storage.backup_file import BackupFacts, read_facts_of
from kotter_journal.storage.database import WorkProgress
from kotter_journal.storage.journal import Journal, disk_errors
from kotter_journal.storage.vault import Vault, open_vault

FOLDER = "backups"
_TAKING = 0.7
"""How much of the work is the backup itself, where it is copied as well."""

_STEPS = 1000


def _silent(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup file as lists show it; ``facts`` are None where it cannot be used."""

    path: Path
    taken_at: datetime
    size: int
    facts: BackupFacts | None
    occasion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsTaken:
    """One backup, in one or more places, and the older ones that went for it.

    ``not_copied`` says why the second folder has none of it, where it should have one.
    """

    facts: BackupFacts
    paths: tuple[Path, ...]
    removed: tuple[Path, ...]
    not_copied: KotterError | None = None


def backup_folder(folder: Path) -> Path:
    """Where the backups of the journal in ``folder`` lie unless told otherwise."""
    return folder / FOLDER


def back_up(
    journal: Journal,
    now: datetime,
    *,
    second_folder: Path | None = None,
    progress: WorkProgress = _silent,
) -> BackupsTaken:
    """Take a verified backup, let older ones go, then do the same in the second folder.

    Uses a connection of its own, so that writing goes on. Raises StorageFailed, JournalDamaged
    and what ``progress`` raises; no half file is left then, and no older one is gone. What keeps
    the second folder from having it is no error: the backup counts without.
    """
    name = name_of(journal.vault.id, now)
    own = backup_folder(journal.folder)
    with disk_errors(own):
        private_folder(own)
    taking, copying = progress, progress
    if second_folder is not None:
        taking, copying = _part(progress, 0, _TAKING), _part(progress, _TAKING, 1 - _TAKING)
    path = own / name.text
    facts = backup.write_backup(journal, path, name.taken_at, taking)
    taken = BackupsTaken(facts=facts, paths=(path,), removed=tuple(_rotate(own, path.name, now)))
    if second_folder is None:
        return taken
    try:
        return _copied(taken, path, second_folder, journal.vault, now, copying)
    except (StorageFailed, BackupUnusable) as error:
        return replace(taken, not_copied=error)


def back_up_if_due(
    journal: Journal,
    now: datetime,
    *,
    second_folder: Path | None = None,
    progress: WorkProgress = _silent,
) -> BackupsTaken | None:
    """Take today's backup, unless every folder has one. Raises as ``back_up``.

    Where only the second folder is without, which may have been away, it gets a copy; then
    ``paths`` holds that alone, or nothing where it failed.
    """
    own = backup_folder(journal.folder)
    newest = newest_of_day(now, _names(own, journal.vault.id))
    if newest is None:
        return back_up(journal, now, second_folder=second_folder, progress=progress)
    if second_folder is None:
        return None
    try:
        path = own / newest.text
        facts = inspect_backup(path, journal.vault)
        there = BackupsTaken(facts=facts, paths=(), removed=())
        try:
            if not is_due(now, _names(second_folder, journal.vault.id)):
                return None
            return _copied(there, path, second_folder, journal.vault, now, progress)
        except StorageFailed as error:
            return replace(there, not_copied=error)
    except BackupUnusable:
        # Today's was damaged after it was read again: it is none.
        return back_up(journal, now, second_folder=second_folder, progress=progress)


def back_up_to(
    journal: Journal, out: Path, now: datetime, *, progress: WorkProgress = _silent
) -> tuple[Path, BackupFacts]:
    """Take a backup into a file of one's choice, or into a folder under its usual name.

    Raises as ``back_up``.
    """
    name = name_of(journal.vault.id, now)
    path = out / name.text if out.is_dir() else out
    if not path.parent.is_dir():
        raise StorageFailed(StorageTrouble.FOLDER_MISSING, path.parent)
    return path, backup.write_backup(journal, path, name.taken_at, progress)


def list_backups(folder: Path, vault: Vault) -> list[Backup]:
    """The backups of a journal in one folder, newest first; none where there is no folder.

    Reads only what each says of itself; ``check_backup`` reads all. Raises StorageFailed.
    """
    names = {name: folder / name.text for name in _names(folder, vault.id)}
    ordered = sorted(names, key=lambda name: name.taken_at, reverse=True)
    return [_listed(names[name], name, vault) for name in ordered]


def inspect_backup(path: Path, vault: Vault) -> BackupFacts:
    """What is in a backup, by its own word. Raises BackupUnusable and StorageFailed."""
    with disk_errors(path):
        return read_facts_of(path, vault.data_key)


def check_backup(path: Path, vault: Vault, *, progress: WorkProgress = _silent) -> BackupFacts:
    """Read a backup through and open what is in it. Raises BackupUnusable and StorageFailed."""
    return restore.check_backup(path, vault, progress)


def open_backup(
    path: Path,
    keys_folder: Path,
    *,
    journal_folder: Path | None = None,
    passphrase: str | None = None,
    recovery_key: str | None = None,
) -> Vault:
    """The keys of a backup, with what is given, or else as this computer can by itself.

    Where the journal it was taken of lies in ``journal_folder``, with which it shares its keys,
    that one's are taken: so a backup from before a change of passphrase opens, and the restored
    journal has the passphrase of today. Raises BackupUnusable and what ``open_vault`` raises.
    """
    if journal_folder is not None:
        # Whatever is wrong with that journal, the backup may still open by itself.
        with suppress(KotterError, OSError):
            vault = open_vault(
                journal_folder, keys_folder, passphrase=passphrase, recovery_key=recovery_key
            )
            inspect_backup(path, vault)
            return vault
    return restore.open_backup(path, keys_folder, passphrase=passphrase, recovery_key=recovery_key)


def restore_backup(
    path: Path, into: Path, vault: Vault, now: datetime, *, progress: WorkProgress = _silent
) -> BackupFacts:
    """Make a journal in the new folder ``into``; it opens as ``vault`` does.

    Never over a journal that exists. Raises JournalExists, BackupUnusable, StorageFailed and
    what ``progress`` raises; nothing is left then.
    """
    return restore.restore(path, into, vault, now, progress)


def renew_keys(
    paths: Sequence[Path], vault: Vault, *, progress: WorkProgress = _silent
) -> tuple[Path, ...]:
    """Let backups open as the journal does today, for instance with its new passphrase.

    Until then they open as the journal did when they were taken. Answers with those that were
    changed; what cannot be read is left. Raises StorageFailed and what ``progress`` raises.
    """
    renewed = []
    for number, path in enumerate(paths):
        progress(number, len(paths))
        with suppress(BackupUnusable):
            if backup_changes.renew_header(path, vault, _silent):
                renewed.append(path)
    progress(len(paths), len(paths))
    return tuple(renewed)


def _listed(path: Path, name: BackupName, vault: Vault) -> Backup:
    with disk_errors(path):
        size = path.stat().st_size
        try:
            facts = read_facts_of(path, vault.data_key)
        except BackupUnusable:
            facts = None
    return Backup(path=path, taken_at=name.taken_at, size=size, facts=facts, occasion=name.occasion)


def _names(folder: Path, vault_id: str) -> list[BackupName]:
    """The backups of one journal in a folder, by their names."""
    with disk_errors(folder):
        files = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    found = [name for file in files if (name := read_name(file)) is not None]
    return [name for name in found if name.journal == vault_id[:8]]


def _copied(
    taken: BackupsTaken,
    path: Path,
    folder: Path,
    vault: Vault,
    now: datetime,
    progress: WorkProgress,
) -> BackupsTaken:
    """The same file in another folder as well, read again there, and older ones gone for it."""
    if not folder.is_dir():
        # Made here it would lie under the place where a drive appears later.
        raise StorageFailed(StorageTrouble.FOLDER_MISSING, folder)
    copy = backup.copy_backup(path, folder / path.name, vault, progress)
    removed = _rotate(folder, copy.name, now)
    return replace(taken, paths=(*taken.paths, copy), removed=(*taken.removed, *removed))


def _part(progress: WorkProgress, start: float, share: float) -> WorkProgress:
    """What work that is only a part of the whole tells its progress to."""

    def tell(done: int, total: int) -> None:
        progress(round(_STEPS * (start + share * done / total)), _STEPS)

    return tell


def _rotate(folder: Path, newest: str, now: datetime) -> list[Path]:
    """Let older backups go, after the newest one is safe; it is named as a file is."""
    kept = read_name(newest)
    if kept is None:
        return []
    gone = [folder / n.text for n in to_rotate(now, _names(folder, kept.journal)) - {kept}]
    with disk_errors(folder):
        for path in gone:
            path.unlink(missing_ok=True)
        if gone:
            sync_folder(folder)
    return sorted(gone)
