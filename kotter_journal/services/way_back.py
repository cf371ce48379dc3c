"""Way back: what backups can still do for a journal that does not open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from kotter_journal.domain.backups import BackupName, read_name
from kotter_journal.domain.errors import (
    BackupUnusable,
    KeyTrouble,
    KeyUnavailable,
    MistypedRecoveryKey,
)
from kotter_journal.services.backups import Backup, check_backup, list_backups, open_backup
from kotter_journal.storage.database import WorkProgress
from kotter_journal.storage.journal import disk_errors, put_keys_back
from kotter_journal.storage.vault import Vault, open_vault

_NO_HEADER = {
    KeyTrouble.HEADER_MISSING,
    KeyTrouble.HEADER_DAMAGED,
    KeyTrouble.HEADER_TAMPERED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """The newest backup that is whole, None without any, and the newer ones that are not."""

    newest: Backup | None
    unusable: tuple[Path, ...]


def find_way_back(places: Sequence[Path], vault: Vault, *, progress: WorkProgress) -> WayBack:
    """Look for it in some folders, newest first, reading each through until one is whole.

    Raises StorageFailed and what ``progress`` raises.
    """
    found = [one for place in places for one in list_backups(place, vault)]
    unusable: list[Path] = []
    for one in sorted(found, key=lambda one: one.taken_at, reverse=True):
        try:
            if one.facts is not None:
                check_backup(one.path, vault, progress=progress)
                return WayBack(newest=one, unusable=tuple(unusable))
        except BackupUnusable:
            pass
        unusable.append(one.path)
    return WayBack(newest=None, unusable=tuple(unusable))


def keys_by_backup(
    places: Sequence[Path],
    keys_folder: Path,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
) -> Vault | None:
    """The keys of a journal by the newest of its backups that still has them; None without any.

    Raises WrongPassphrase, MistypedRecoveryKey, KeyUnavailable and StorageFailed.
    """
    for path in _newest_first(places):
        try:
            return open_backup(path, keys_folder, passphrase=passphrase, recovery_key=recovery_key)
        except BackupUnusable:
            continue
        except KeyUnavailable as error:
            if error.trouble not in _NO_HEADER:
                raise
    return None


def keys_of(folder: Path, places: Sequence[Path], keys_folder: Path, typed: str = "") -> Vault:
    """The keys of a journal that is not to be opened, by its own key file or else by a backup.

    ``typed`` is a passphrase or a recovery key, or empty for what this computer can do by itself.
    Raises as ``keys_by_backup``; where no backup has them either, what was wrong with the journal.
    """
    look = partial(_keys, folder, places, keys_folder)
    if not typed:
        return look()
    try:
        return look(recovery_key=typed)
    except MistypedRecoveryKey:
        return look(passphrase=typed)


def _keys(
    folder: Path,
    places: Sequence[Path],
    keys_folder: Path,
    passphrase: str | None = None,
    recovery_key: str | None = None,
) -> Vault:
    try:
        with disk_errors(folder):
            return open_vault(folder, keys_folder, passphrase=passphrase, recovery_key=recovery_key)
    except KeyUnavailable as error:
        if error.trouble not in _NO_HEADER:
            raise
        found = keys_by_backup(
            places, keys_folder, passphrase=passphrase, recovery_key=recovery_key
        )
        if found is None:
            raise
        return found


def mend_keys(folder: Path, vault: Vault) -> None:
    """Give a journal that has lost its key file the one that ``vault`` was opened with.

    It then opens as it did when that was in force. Nothing is changed where the keys do not open
    it. Raises JournalMissing, JournalDamaged and StorageFailed.
    """
    put_keys_back(folder, vault)


def _newest_first(places: Sequence[Path]) -> list[Path]:
    """Backups by their names; where the first folder has any, only those of the same journal."""
    named: list[tuple[BackupName, Path]] = []
    for place in places:
        with disk_errors(place):
            files = list(place.iterdir()) if place.is_dir() else []
        found = [(name, path) for path in files if (name := read_name(path.name)) is not None]
        if named:
            found = [one for one in found if one[0].journal == named[0][0].journal]
        named += sorted(found, key=_taken_at, reverse=True)
    return [path for _, path in sorted(named, key=_taken_at, reverse=True)]


def _taken_at(one: tuple[BackupName, Path]) -> datetime:
    return one[0].taken_at
