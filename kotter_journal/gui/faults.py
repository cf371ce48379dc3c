"""Faults: which ways out there are of each reason for which a journal does not open."""

from enum import Enum

from kotter_journal.domain.errors import (
    JournalBusy,
    JournalDamaged,
    JournalMissing,
    JournalTooNew,
    KeyTrouble,
    KeyUnavailable,
    KotterError,
    StorageFailed,
    StorageTrouble,
)


class Way(Enum):
    """Something that can be done about a journal that does not open."""

    MEND_KEYS = "mend_keys"
    RESTORE = "restore"
    OPEN_READABLE = "open_readable"
    EXPORT = "export"
    READ = "read"
    ACCEPT = "accept"
    LOCATE = "locate"
    RESTORE_FILE = "restore_file"
    TRY_AGAIN = "try_again"


NEED_KEYS = frozenset(
    {Way.MEND_KEYS, Way.RESTORE, Way.OPEN_READABLE, Way.EXPORT, Way.READ, Way.ACCEPT}
)
"""Ways that need the keys of the journal."""

_DAMAGED = (Way.RESTORE, Way.OPEN_READABLE, Way.EXPORT, Way.RESTORE_FILE, Way.TRY_AGAIN)
_GONE = (Way.TRY_AGAIN, Way.LOCATE, Way.RESTORE, Way.RESTORE_FILE)
_BY_KEY_TROUBLE = dict.fromkeys(
    (KeyTrouble.HEADER_MISSING, KeyTrouble.HEADER_DAMAGED, KeyTrouble.HEADER_TAMPERED),
    (Way.MEND_KEYS, *_DAMAGED),
)
_BY_STORAGE_TROUBLE = {
    StorageTrouble.DISK_FULL: (Way.TRY_AGAIN, Way.READ),
    StorageTrouble.READ_ONLY: (Way.TRY_AGAIN, Way.RESTORE, Way.EXPORT),
    StorageTrouble.DISK_ERROR: (Way.TRY_AGAIN, *_DAMAGED[:-1]),
    StorageTrouble.BUSY: (Way.READ, Way.TRY_AGAIN),
    StorageTrouble.OLDER_THAN_SAVED: (
        Way.READ,
        Way.RESTORE,
        Way.ACCEPT,
        Way.RESTORE_FILE,
        Way.TRY_AGAIN,
    ),
    StorageTrouble.GONE: _GONE,
    StorageTrouble.FOLDER_MISSING: _GONE,
}
_OTHERS: dict[type[KotterError], tuple[Way, ...]] = {
    JournalMissing: _GONE,
    JournalDamaged: _DAMAGED,
    JournalBusy: (Way.READ, Way.TRY_AGAIN),
    JournalTooNew: (Way.TRY_AGAIN,),
}


def ways_out(error: KotterError) -> tuple[Way, ...]:
    """What can be done, the likeliest first; empty where a key is all that is missing."""
    if isinstance(error, KeyUnavailable):
        return _BY_KEY_TROUBLE.get(error.trouble, ())
    if isinstance(error, StorageFailed):
        return _BY_STORAGE_TROUBLE[error.trouble]
    return _OTHERS.get(type(error), ())
