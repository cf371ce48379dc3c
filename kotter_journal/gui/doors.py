"""Doors: how the window gets into a journal, and what is left to know where it does not.

Everything here runs on the worker, to which the doors then belong.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from kotter_journal.config.zone import local_zone
from kotter_journal.domain.errors import (
    JournalMissing,
    KotterError,
    StorageFailed,
    StorageTrouble,
)
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import (
    Journal,
    Older,
    create,
    disk_errors,
    exists,
    open_journal,
    open_with_keys,
)
from kotter_journal.storage.recovery_key import RecoveryKey
from kotter_journal.storage.vault import Vault, open_vault

if TYPE_CHECKING:
    # It brings the formats along, and is needed only where something is wrong.
    from kotter_journal.services.rescue import Rescued


class Access(Enum):
    """What somebody who opens a journal means to do with it."""

    USUAL = "usual"
    READING = "reading"
    ACCEPTING_OLDER = "accepting_older"


_OLDER = {
    Access.USUAL: Older.REFUSED,
    Access.READING: Older.READ,
    Access.ACCEPTING_OLDER: Older.ACCEPTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyReading:
    """Why a journal is open for reading only: an error, or that it is the rest of a damaged one,
    which lies in ``damaged``."""

    error: KotterError | None = None
    rescued: "Rescued | None" = None
    damaged: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDoors:
    """What the worker hands over: an open journal, a door of its own, this computer's zone.

    ``recovery_key`` is that of a journal which was just made with a passphrase.
    """

    journal: Journal
    working: Database
    zone: str | None
    by_recovery_key: bool = False
    recovery_key: RecoveryKey | None = None
    only_reading: OnlyReading | None = None


@dataclass(frozen=True, slots=True)
class Unopened:
    """A journal that did not open though its keys were had; they serve to do something about it."""

    error: KotterError
    vault: Vault


def open_doors(
    folder: Path, keys_folder: Path, *, passphrase: str = "", recovery_key: str = ""
) -> OpenDoors | Unopened:
    """Open the journal in ``folder``. Raises KotterError where its keys are not to be had."""
    if not exists(folder):
        raise JournalMissing(folder)
    with disk_errors(folder):
        vault = open_vault(
            folder, keys_folder, passphrase=passphrase or None, recovery_key=recovery_key or None
        )
    return enter(folder, vault, by_recovery_key=bool(recovery_key))


def enter(
    folder: Path,
    vault: Vault,
    access: Access = Access.USUAL,
    *,
    why: KotterError | None = None,
    by_recovery_key: bool = False,
) -> OpenDoors | Unopened:
    """Open a journal with keys that are at hand; where it cannot be written, for reading only.

    ``why`` it is opened only for that, where it is asked to be.
    """
    try:
        journal = open_with_keys(folder, vault, older=_OLDER[access])
        try:
            working, refused = _working(journal, access)
        except BaseException:
            journal.close()
            raise
    except KotterError as error:
        return Unopened(error, vault)
    why = refused or why
    return OpenDoors(
        journal=journal,
        working=working,
        zone=local_zone(),
        by_recovery_key=by_recovery_key,
        only_reading=OnlyReading(error=why) if working.read_only else None,
    )


def enter_readable(journal: Journal, rescued: "Rescued", damaged: Path) -> OpenDoors:
    """Open what could be read of the journal in ``damaged``. Raises KotterError."""
    return OpenDoors(
        journal=journal,
        working=journal.reading(),
        zone=local_zone(),
        only_reading=OnlyReading(rescued=rescued, damaged=damaged),
    )


def make_doors(folder: Path, keys_folder: Path, now: datetime, passphrase: str) -> OpenDoors:
    """Make a journal in ``folder`` and open it. Raises KotterError."""
    zone = local_zone()
    key = create(folder, keys_folder, now, zone=zone, passphrase=passphrase or None)
    journal = open_journal(folder, keys_folder, passphrase=passphrase or None)
    made = key if passphrase else None
    return OpenDoors(journal=journal, working=journal.writing(), zone=zone, recovery_key=made)


def _working(journal: Journal, access: Access) -> tuple[Database, KotterError | None]:
    """A writing door, or a reading one and what kept it from being one."""
    if access is Access.READING:
        return journal.reading(), None
    try:
        return journal.writing(), None
    except StorageFailed as error:
        if error.trouble is not StorageTrouble.READ_ONLY:
            raise
        return journal.reading(), error
