"""Sentences: the English that window and terminal share, for minutes, dates and errors."""

from datetime import date, datetime

from kotter_journal.domain.errors import (
    BackupTrouble,
    BackupUnusable,
    Cancelled,
    EntryMissing,
    EntryProblem,
    InvalidEntry,
    JournalBusy,
    JournalDamaged,
    JournalExists,
    JournalMissing,
    JournalReadOnly,
    JournalTooNew,
    KeyTrouble,
    KeyUnavailable,
    KotterError,
    MistypedRecoveryKey,
    StorageFailed,
    StorageTrouble,
    UnreadableInput,
    WrongPassphrase,
)
from kotter_journal.domain.passphrase import (
    DAY,
    FARM,
    MONTH,
    ONE_COMPUTER,
    YEAR,
    Strength,
    StrengthHint,
)
from kotter_journal.domain.periods import MONTHS

_LENGTHS = (
    (YEAR, "year"),
    (MONTH, "month"),
    (DAY, "day"),
    (3600, "hour"),
    (60, "minute"),
    (1, "second"),
)
_MOST_YEARS = 10_000


def minutes_text(minutes: int) -> str:
    """Minutes as hours and minutes: "0 m", "45 m", "1 h", "1 h 15 m"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} m"
    return f"{hours} h {rest} m" if rest else f"{hours} h"


def hours_text(minutes: int) -> str:
    """Minutes as hours with one decimal, a half rounded up: "8.7 h"."""
    tenths = (minutes + 3) // 6
    return f"{tenths // 10}.{tenths % 10} h"


def date_text(day: date) -> str:
    """A date in words: "2 March 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def age_text(then: datetime, now: datetime) -> str:
    """How long ago something was, both aware: "today 09:12", "yesterday 18:03", "3 days ago"."""
    local = then.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days == 0:
        return f"today {local:%H:%M}"
    if days == 1:
        return f"yesterday {local:%H:%M}"
    if days < 0:
        return "in the future"
    for size, one in ((365, "year"), (30, "month"), (7, "week")):
        if days >= 2 * size:
            return f"{days // size} {one}s ago"
    return f"{days} days ago"


def size_text(size: int) -> str:
    """Bytes in the decimal units that file managers use: "840 kB", "14.8 MB"."""
    for unit, name in ((10**9, "GB"), (10**6, "MB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{max(1, round(size / 1000))} kB" if size else "0 kB"


def entries_text(count: int) -> str:
    """A number of entries: "1 entry", "3,650 entries"."""
    return "1 entry" if count == 1 else f"{count:,} entries"


def long_time_text(seconds: float) -> str:
    """A length of time in one round number: "3 hours", "more than 10,000 years"."""
    if seconds > _MOST_YEARS * YEAR:
        return f"more than {_MOST_YEARS:,} years"
    for size, one in _LENGTHS:
        if seconds >= size:
            number = int(seconds / size)
            # Two digits; more would be a pretence.
            places = max(0, len(str(number)) - 2)
            rounded = number // 10**places * 10**places
            return f"{rounded:,} {one}{'' if rounded == 1 else 's'}"
    return "less than a second"


def strength_sentence(hint: StrengthHint) -> str:
    """What a passphrase is worth against somebody who has a copy of the journal."""
    words = {
        Strength.NONE: "Easily guessed",
        Strength.WEAK: "Weak",
        Strength.FAIR: "Fair",
        Strength.STRONG: "Strong",
    }
    one, farm = (long_time_text(hint.seconds(rate)) for rate in (ONE_COMPUTER, FARM))
    return (
        f"{words[hint.strength]}: roughly, guessing it takes {one} on one strong computer and"
        f" {farm} on a thousand of them. Less if it is a quotation, or tells of you."
    )


def error_sentence(error: KotterError) -> str:
    """What happened, where, and the way out."""
    match error:
        case KeyUnavailable():
            template = _KEY_TROUBLES[error.trouble]
        case BackupUnusable():
            template = _BACKUP_TROUBLES[error.trouble]
        case StorageFailed():
            template = _STORAGE_TROUBLES[error.trouble]
        case InvalidEntry():
            template = _PROBLEMS[error.problem]
        case _:
            template = _OTHERS[type(error)]
    return template.format(**_values(error))


def _values(error: KotterError) -> dict[str, str]:
    """What a template may name, in words."""
    values = {name: str(value) for name, value in vars(error).items()}
    match error:
        case JournalBusy(holder=None):
            values["holder"] = "another program"
        case JournalBusy():
            values["holder"] = f"another process ({error.holder})"
        case InvalidEntry():
            # The database refuses without telling the two numbers.
            both = f"{minutes_text(error.minutes)} of {minutes_text(error.limit)}"
            values["both"] = f" ({both})" if error.minutes else ""
            values["characters"] = f"{error.minutes:,}"
            values["most"] = f"{error.limit:,}"
        case MistypedRecoveryKey():
            values["place"] = f" in group {error.group}" if error.group else ""
        case UnreadableInput():
            values["reason"] = error.reason.rstrip(".")
    return values


_PROBLEMS = {
    EntryProblem.DURATION_OUT_OF_RANGE: (
        "An entry lasts from 1 minute to 24 hours, and {minutes} minutes are outside that."
        " Give another duration, or none."
    ),
    EntryProblem.MINUTES_OUT_OF_RANGE: (
        "An activity takes from 0 minutes to 24 hours, and {minutes} minutes are outside that."
        " Give it other minutes."
    ),
    EntryProblem.OVER_ALLOCATED: (
        "The activities take more time than the entry has{both}."
        " Take some away, or make the entry longer."
    ),
    EntryProblem.MINUTES_WITHOUT_DURATION: (
        "The activities have minutes, but the entry has no duration."
        " Give it one, or leave the activities without minutes."
    ),
    EntryProblem.DAY_TOO_LONG: (
        "The entries of that day would last more than 24 hours together."
        " Shorten one of them, or choose another date."
    ),
    EntryProblem.TOO_LONG: (
        "The text has {characters} characters, and an entry holds {most}."
        " Divide it between several entries."
    ),
    EntryProblem.UNKNOWN_ZONE: (
        '"{word}" is not a time zone known here.'
        " Give a name such as Europe/Berlin, or UTC, or an offset such as +02:00."
    ),
}

_KEY_TROUBLES = {
    KeyTrouble.HEADER_MISSING: (
        "The key file {path} is missing, and the journal stays closed without it."
        " Put the file back, or restore a backup."
    ),
    KeyTrouble.HEADER_DAMAGED: (
        "The key file {path} is damaged, and the journal stays closed without it."
        " Put back an undamaged copy of the file, or restore a backup."
    ),
    KeyTrouble.HEADER_TAMPERED: (
        "The key file {path} was changed by something other than this app, so the journal was"
        " not opened. Put back the file as it was, or restore a backup."
    ),
    KeyTrouble.DEVICE_SECRET_MISSING: (
        "{path}, with which this computer opens the journal, is missing."
        " Put it back from a backup of this computer, or open the journal with its recovery key."
    ),
    KeyTrouble.DEVICE_SECRET_WRONG: (
        "{path} does not open this journal: it belongs to another journal or another computer."
        " Put the right file in its place, or open the journal with its recovery key."
    ),
    KeyTrouble.PASSPHRASE_NEEDED: (
        "The journal is locked with a passphrase, and {path} opens only with it."
        " Type the passphrase, or use the recovery key."
    ),
    KeyTrouble.RECOVERY_KEY_WRONG: (
        "The recovery key is typed without a mistake, but it does not open {path}."
        " It belongs to another journal, or a newer key has taken its place."
    ),
    KeyTrouble.RECOVERY_KEY_NONE: (
        "No recovery key was ever made for {path}."
        " Open the journal with its passphrase, or on the computer where it was made."
    ),
    KeyTrouble.KEYRING_SILENT: (
        "The system's store of passwords did not answer, and {path} was left as it was."
        " Unlock that store, then try again."
    ),
    KeyTrouble.KEYRING_REFUSED: (
        "The system's store of passwords is missing or refused, and {path} was left as it was."
        " The journal opens without it as before."
    ),
    KeyTrouble.OUT_OF_MEMORY: (
        "There is not enough memory to open {path} with a passphrase; that takes some hundred"
        " megabytes. Close other programs, then try again."
    ),
}

_STORAGE_TROUBLES = {
    StorageTrouble.DISK_FULL: (
        "The disk is full. What was to be written is NOT saved yet."
        " Make room on the disk of {path}, then try again."
    ),
    StorageTrouble.READ_ONLY: (
        "{path} cannot be written: the file or its folder is read-only. Nothing was saved."
        " Allow writing there, then try again."
    ),
    StorageTrouble.DISK_ERROR: (
        "The disk reported an error at {path}. What was to be written may not be saved."
        " Copy the journal to another disk before you go on."
    ),
    StorageTrouble.BUSY: (
        "Another program is using {path} at the moment, and nothing was changed."
        " Wait a little, then try again."
    ),
    StorageTrouble.OLDER_THAN_SAVED: (
        "The journal on disk, {path}, is older than the last change this computer saved."
        " Put the newer file back, or restore a backup."
    ),
    StorageTrouble.GONE: (
        "{path} was moved, replaced or deleted while the journal was open. What was to be written"
        " is NOT saved. Put the file back where it was, or restore a backup, then try again."
    ),
    StorageTrouble.FOLDER_MISSING: (
        "The folder {path} is not there, and nothing was written to it."
        " Connect its drive, or choose another folder."
    ),
}

_BACKUP_TROUBLES = {
    BackupTrouble.NOT_A_BACKUP: (
        "{path} is not a backup of a Kotter Journal. It was not changed. Choose another file."
    ),
    BackupTrouble.DAMAGED: (
        "The backup {path} is damaged or was changed, and was not used. Choose another backup."
    ),
    BackupTrouble.TOO_NEW: (
        "The backup {path} was made by a newer version of Kotter Journal."
        " It was not changed. Install the newer version to use it."
    ),
}

_OTHERS: dict[type[KotterError], str] = {
    JournalMissing: (
        "There is no journal in {folder}. Choose another folder, or make a journal there."
    ),
    JournalExists: (
        "{folder} already holds a journal or other files, and nothing was changed there."
        " Choose an empty folder, or one that does not exist yet."
    ),
    JournalTooNew: (
        "The journal in {folder} was written by a newer version of Kotter Journal."
        " It was not changed. Install the newer version to open it."
    ),
    JournalDamaged: (
        "{path} is damaged. It was not changed."
        " You can restore a backup or save what is still readable."
    ),
    WrongPassphrase: (
        "The passphrase does not open the journal in {folder}, and nothing was changed."
        " Type it again, or use the recovery key."
    ),
    MistypedRecoveryKey: (
        "The recovery key has a typing error{place}. Compare it with your copy, then try again."
    ),
    JournalBusy: "The journal in {folder} is open in {holder}. Close it there, then try again.",
    JournalReadOnly: (
        "The journal in {folder} is open for reading only, and nothing was changed."
        " Open it again when it can be written."
    ),
    Cancelled: "Stopped. Nothing was changed.",
    UnreadableInput: "{where}: {reason}.",
    EntryMissing: (
        "No entry has the id {entry_id}."
        " It may have been erased for good, or a part of the id is missing."
    ),
}
