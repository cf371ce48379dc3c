"""What can go wrong that a person can meet: named for what happened, without sentences."""

from enum import StrEnum
from pathlib import Path


class KotterError(Exception):
    """Something a person can meet and act on; anything else is a bug."""


class JournalMissing(KotterError):
    """No journal lies in ``folder``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


class JournalExists(KotterError):
    """A journal already lies in ``folder``, or the folder holds other files."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


class JournalTooNew(KotterError):
    """The journal in ``folder`` was written by a newer program."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


class JournalDamaged(KotterError):
    """A file of the journal, ``path``, does not read as what it should be."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class KeyTrouble(StrEnum):
    """Why the data key of a journal cannot be had."""

    HEADER_MISSING = "header_missing"
    HEADER_DAMAGED = "header_damaged"
    HEADER_TAMPERED = "header_tampered"
    DEVICE_SECRET_MISSING = "device_secret_missing"  # noqa: S105
    DEVICE_SECRET_WRONG = "device_secret_wrong"  # noqa: S105
    PASSPHRASE_NEEDED = "passphrase_needed"  # noqa: S105
    RECOVERY_KEY_WRONG = "recovery_key_wrong"
    RECOVERY_KEY_NONE = "recovery_key_none"
    KEYRING_SILENT = "keyring_silent"
    KEYRING_REFUSED = "keyring_refused"
    OUT_OF_MEMORY = "out_of_memory"


class KeyUnavailable(KotterError):
    """The key of a journal cannot be had; ``path`` is the file that should give it."""

    def __init__(self, trouble: KeyTrouble, path: Path) -> None:
        super().__init__(f"{trouble}: {path}")
        self.trouble = trouble
        self.path = path


class WrongPassphrase(KotterError):
    """The passphrase does not open the journal in ``folder``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


class MistypedRecoveryKey(KotterError):
    """What was typed is no recovery key; ``group`` (1..9) is the wrong one where that shows."""

    def __init__(self, group: int | None = None) -> None:
        super().__init__(f"group {group}")
        self.group = group


class JournalBusy(KotterError):
    """Another process, with the id ``holder`` if known, holds the writing door of the journal."""

    def __init__(self, folder: Path, holder: int | None) -> None:
        super().__init__(str(folder))
        self.folder = folder
        self.holder = holder


class JournalReadOnly(KotterError):
    """The journal in ``folder`` was opened for reading only."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


class StorageTrouble(StrEnum):
    """What the disk or the file system refused."""

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    DISK_ERROR = "disk_error"
    BUSY = "busy"
    OLDER_THAN_SAVED = "older_than_saved"
    GONE = "gone"
    FOLDER_MISSING = "folder_missing"


class StorageFailed(KotterError):
    """Reading or writing ``path`` failed for a reason outside the program."""

    def __init__(self, trouble: StorageTrouble, path: Path) -> None:
        super().__init__(f"{trouble}: {path}")
        self.trouble = trouble
        self.path = path


class BackupTrouble(StrEnum):
    """Why a backup cannot be used."""

    NOT_A_BACKUP = "not_a_backup"
    DAMAGED = "damaged"
    TOO_NEW = "too_new"


class BackupUnusable(KotterError):
    """The backup ``path`` cannot be used; the journal itself was not touched."""

    def __init__(self, trouble: BackupTrouble, path: Path) -> None:
        super().__init__(f"{trouble}: {path}")
        self.trouble = trouble
        self.path = path


class EntryProblem(StrEnum):
    """Which rule an entry would break (the T numbers are the rules of time in ARCHITECTURE.md)."""

    DURATION_OUT_OF_RANGE = "duration_out_of_range"  # T1: 1..1440 minutes
    MINUTES_OUT_OF_RANGE = "minutes_out_of_range"  # T1: 0..1440 minutes
    OVER_ALLOCATED = "over_allocated"  # T2
    MINUTES_WITHOUT_DURATION = "minutes_without_duration"  # T3
    DAY_TOO_LONG = "day_too_long"  # T4
    TOO_LONG = "too_long"  # text over the limit
    UNKNOWN_ZONE = "unknown_zone"


class InvalidEntry(KotterError):
    """An entry breaks a rule; ``minutes`` and ``limit`` are the two numbers in conflict."""

    def __init__(
        self, problem: EntryProblem, minutes: int = 0, limit: int = 0, word: str = ""
    ) -> None:
        super().__init__(f"{problem}: {minutes} against {limit} {word}".rstrip())
        self.problem = problem
        self.minutes = minutes
        self.limit = limit
        self.word = word


class UnreadableInput(KotterError):
    """What a person gave cannot be read: ``where`` names the file or argument and the place in it.

    ``reason`` is a short clause in plain English, without the content of any entry.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class EntryMissing(KotterError):
    """No entry has the id that was asked for."""

    def __init__(self, entry_id: str) -> None:
        super().__init__(entry_id)
        self.entry_id = entry_id


class Cancelled(KotterError):
    """A person stopped a long piece of work; nothing of it was kept."""
