"""Trouble sentences: what window and terminal say of a journal's place, age and remains."""

from datetime import datetime
from pathlib import Path

from kotter_journal.domain.sentences import date_text, entries_text


def sync_sentence(folder: Path, service: str) -> str:
    """Why a journal should not lie where a program keeps files in step."""
    return (
        f"The journal lies in a folder that {service} keeps the same on other computers: {folder}."
        " Where two of them write, one can overwrite the other's file. Keep the journal on this"
        f" computer, and let {service} have its backups."
    )


def conflict_sentence(copies: list[Path]) -> str:
    """What another state of the database beside it means; at least one of ``copies``."""
    names = ", ".join(path.name for path in copies)
    one = "it" if len(copies) == 1 else "one of them"
    return (
        f"{names} in {copies[0].parent}: a program that keeps folders in step has put another state"
        f" of the journal there, which may hold entries that are missing here. To look, copy {one}"
        " as journal.db, together with journal.key, into an empty folder, and open that with:"
        " kotter-journal --journal FOLDER"
    )


def clock_sentence(now: datetime, changed: datetime) -> str:
    """That the clock stands before the last change; both aware, told in the zone of ``now``."""
    local = changed.astimezone(now.tzinfo)
    return (
        f"This computer's clock says {_moment(now)}, but the journal was last changed on"
        f" {_moment(local)}: the clock is wrong now, or was then. New entries get its date and"
        " time. Set it right, or give each entry its date yourself."
    )


def rescued_sentence(entries: int, rejected: int, incomplete: int, left_out: int = 0) -> str:
    """What could be read of a damaged journal; ``left_out`` parts have lost the whole."""
    parts = [f"{entries_text(entries)} could be read"]
    if rejected:
        parts.append(f"{entries_text(rejected)} only in part, which were left out")
    if incomplete:
        parts.append(f"{entries_text(incomplete)} without the minutes of the activities")
    if left_out == 1:
        parts.append("1 part of a task, an area or a review was left out")
    elif left_out:
        parts.append(f"{left_out:,} parts of tasks, areas or reviews were left out")
    return f"{', '.join(parts)}. What lies on damaged pages as a whole is not counted."


def _moment(at: datetime) -> str:
    return f"{date_text(at.date())}, {at:%H:%M}"
