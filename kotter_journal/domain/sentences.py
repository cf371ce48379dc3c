"""Sentences: the English that window and terminal share.

No percentage stands here without the hours it was made of, and none has decimals.
"""

from datetime import date
from math import floor

from kotter_journal.domain.balance import (
    ENOUGH_DAYS,
    ENOUGH_MINUTES,
    SOUND_DAYS,
    Balance,
    Status,
    change_between,
    comparable,
)
from kotter_journal.domain.errors import (
    Cancelled,
    EntryMissing,
    EntryProblem,
    InvalidEntry,
    JournalBusy,
    JournalDamaged,
    JournalExists,
    JournalMissing,
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
from kotter_journal.domain.periods import MONTHS, Period

_LOW_COVERAGE, _MANY_EVEN = 40, 30
_WIDE = 20
"""Percent and percentage points from which a remark is due."""


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


def percent_text(share: float) -> str:
    """A share as whole percent, a half rounded up: "36 %"."""
    return f"{_percent(share)} %"


def date_text(day: date) -> str:
    """A date in words: "2 March 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def period_text(period: Period) -> str:
    """First and last date in words: "2 to 8 March 2026"; one date where it is one day."""
    first, last = period.start, period.last
    if first == last:
        return date_text(first)
    if first.year != last.year:
        return f"{date_text(first)} to {date_text(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} to {date_text(last)}"
    return f"{first.day} to {date_text(last)}"


def balance_sentence(balance: Balance) -> str:
    """What a balance says: the headline and every remark that belongs beside it."""
    return " ".join((headline_sentence(balance), *balance_remarks(balance)))


def headline_sentence(balance: Balance) -> str:
    """The share with its hours, days and coverage, or that there is too little to speak of one."""
    if balance.status is Status.TOO_LITTLE:
        return _too_little(balance)
    provisional = " (provisional)" if balance.status is Status.PROVISIONAL else ""
    return (
        f"{balance.percent_leading} % leading{provisional}"
        f" in the {hours_text(balance.classified)} you classified;"
        f" {_days(balance)}{_expected(balance)} logged."
    )


def balance_remarks(balance: Balance) -> tuple[str, ...]:
    """What must be said beside the headline, one sentence each, most important first."""
    remarks = []
    shown = balance.status is not Status.TOO_LITTLE
    if shown and 0 < 100 * balance.logged < _LOW_COVERAGE * balance.expected:
        remarks.append("Describes what you logged, not your week.")
    if shown and 100 * balance.even > _MANY_EVEN * balance.classified:
        part = percent_text(balance.even / balance.classified)
        remarks.append(f"{part} of it ({minutes_text(balance.even)}) rests on even splits.")
    if balance.untimed:
        verb = "is" if balance.untimed == 1 else "are"
        entries = _count(balance.untimed, "entry", "entries")
        remarks.append(f"{entries} without minutes {verb} not in this figure.")
    if balance.outside:
        remarks.append(f"{minutes_text(balance.outside)} outside the six not counted.")
    if balance.unclassified:
        remarks.append(_unclassified(balance))
    return tuple(remarks)


def coverage_sentence(balance: Balance) -> str:
    """What the figures rest on: hours, entries, days, coverage and same-day logging."""
    entries = _count(balance.entries, "entry", "entries")
    if balance.same_day_share is None:
        return f"{entries}, no time logged. Time you did not log is not counted."
    return (
        f"Based on {minutes_text(balance.logged)} logged in {entries},"
        f" on {_days(balance)}{_expected(balance)};"
        f" {percent_text(balance.same_day_share)} written down the same day."
        " Time you did not log is not counted."
    )


def range_sentence(balance: Balance) -> str:
    """How the days varied, as the 80 % range; empty where no share is shown."""
    between = balance.range_80
    if balance.status is Status.TOO_LITTLE or between is None:
        return ""
    low, high = (_percent(share) for share in between)
    figure = f"{low}-{high} %" if low < high else f"{low} %"
    basis = f"{balance.logged_days} days ({hours_text(balance.classified)})"
    another = f"{_another(balance.period)} could give {figure}."
    if high - low >= _WIDE:
        return f"Your {basis} ranged so widely that {another}"
    return f"Going by how your {basis} varied, {another}"


def change_sentence(earlier: Balance, later: Balance) -> str:
    """How the share compares with that of the period before, with the hours of both sides."""
    before = _before(earlier.period)
    if not comparable(earlier, later):
        return (
            f"Too little logged to compare with {before}: it takes {SOUND_DAYS} logged days and"
            f" {minutes_text(ENOUGH_MINUTES)} classified in each."
        )
    change = change_between(earlier, later)
    if change is None:
        verdict = f"About the same as in {before}"
    else:
        verdict = f"{'More' if change.difference > 0 else 'Less'} leading than in {before}"
    return (
        f"{verdict}: {later.percent_leading} %, before {earlier.percent_leading} %."
        f" Leading {hours_text(later.leading)}, before {hours_text(earlier.leading)};"
        f" managing {hours_text(later.managing)}, before {hours_text(earlier.managing)}."
    )


def error_sentence(error: KotterError) -> str:
    """What happened, where, and the way out."""
    match error:
        case KeyUnavailable():
            template = _KEY_TROUBLES[error.trouble]
        case StorageFailed():
            template = _STORAGE_TROUBLES[error.trouble]
        case InvalidEntry():
            template = _PROBLEMS[error.problem]
        case _:
            template = _OTHERS[type(error)]
    return template.format(**_values(error))


def _percent(share: float) -> int:
    return floor(share * 100 + 0.5)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _too_little(balance: Balance) -> str:
    if not balance.entries:
        return f"Nothing logged, {period_text(balance.period)}: too little to speak of a balance."
    entries = _count(balance.entries, "entry", "entries")
    if not balance.classified:
        return f"No classified time in {entries}: too little to speak of a balance."
    return (
        f"{minutes_text(balance.classified)} classified in {entries}, {_days(balance)}:"
        " too little to speak of a balance."
        f" That takes {ENOUGH_DAYS} logged days and {minutes_text(ENOUGH_MINUTES)} classified."
    )


def _days(balance: Balance) -> str:
    """Logged days of workdays; days off on which something was logged stand apart."""
    others = balance.logged_days - balance.logged_workdays
    if not balance.workdays:
        return _count(others, "day", "days")
    days = f"{balance.logged_workdays} of {_count(balance.workdays, 'workday', 'workdays')}"
    return f"{days} and {_count(others, 'day', 'days')} off" if others else days


def _expected(balance: Balance) -> str:
    coverage = balance.coverage
    return "" if coverage is None else f", {percent_text(coverage)} of expected hours"


def _unclassified(balance: Balance) -> str:
    unsorted = f"{minutes_text(balance.unclassified)} not yet classified"
    bounds = balance.bounds
    if balance.status is Status.TOO_LITTLE or bounds is None:
        return f"{unsorted}."
    low, high = (_percent(share) for share in bounds)
    if low == high:
        return f"{unsorted}, too little to move the share."
    return f"{unsorted}: with it the share would lie somewhere in {low}-{high} %."


def _before(period: Period) -> str:
    """What to call the stretch of time before one as long as ``period``."""
    kinds = {7: "week", 28: "4 weeks", 84: "12 weeks", 365: "year", 366: "year"}
    return f"the {kinds.get(period.days, 'period')} before"


def _another(period: Period) -> str:
    """What to call one more stretch of time like ``period``."""
    if period.days <= 7:
        return "another such week"
    if period.days in (28, 84):
        return f"another {period.days // 7} such weeks"
    return f"another such {'year' if period.days in (365, 366) else 'period'}"


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
    Cancelled: "Stopped. Nothing was changed.",
    UnreadableInput: "{where}: {reason}.",
    EntryMissing: (
        "No entry has the id {entry_id}."
        " It may have been erased for good, or a part of the id is missing."
    ),
}
