"""Taking entries out in the forms that other programs read."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol

from kotter_journal.config.files import folder_written_whole, written_whole
from kotter_journal.formats import (
    ENTRIES_CSV,
    JRNL_TEXT,
    Format,
    entries_csv,
    jrnl_text,
    markdown_folder,
)
from kotter_journal.formats.journal_file import TakenEntry
from kotter_journal.services.transfer import Choice, Progress, chosen_positions
from kotter_journal.storage import areas, entries, vocabulary
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.journal import disk_errors

_SLICE = 200


class _Writer(Protocol):
    def __call__(self, out: BinaryIO, taken: Iterable[TakenEntry], /) -> int: ...


def take_out(
    tx: Transaction,
    out: BinaryIO,
    form: Format,
    choice: Choice,
    progress: Progress,
    *,
    raw: bool = False,
) -> int:
    """Write the chosen entries to ``out``, oldest first; how many they were. Raises OSError.

    What lies in the trash stays out. ``raw`` leaves out the defence of tables against formulas.
    """
    return _writer(form, raw)(out, _taken(tx, choice, progress))


def take_out_to_file(
    tx: Transaction,
    path: Path,
    form: Format,
    choice: Choice,
    progress: Progress,
    *,
    raw: bool = False,
) -> int:
    """The same into a file that appears whole or not at all, readable by its owner alone.

    Raises StorageFailed and what ``progress`` raises.
    """
    with disk_errors(path), written_whole(path) as out:
        return take_out(tx, out, form, choice, progress, raw=raw)


def take_out_to_folder(tx: Transaction, path: Path, choice: Choice, progress: Progress) -> int:
    """The chosen entries as a folder of Markdown files, which appears whole or not at all.

    Raises StorageFailed and what ``progress`` raises.
    """
    with disk_errors(path), folder_written_whole(path) as folder:
        return markdown_folder.write(folder, _taken(tx, choice, progress))


def _writer(form: Format, raw: bool) -> _Writer:
    writers: dict[Format, _Writer] = {
        ENTRIES_CSV: partial(entries_csv.write, raw=raw),
        JRNL_TEXT: jrnl_text.write,
    }
    return writers[form]


def _taken(tx: Transaction, choice: Choice, progress: Progress) -> Iterator[TakenEntry]:
    positions = sorted(chosen_positions(tx, choice))
    for start in range(0, len(positions), _SLICE):
        some = entries.entries_at(tx, positions[start : start + _SLICE])
        ids = [entry.id for entry in some]
        people, named = vocabulary.person_ids_of(tx, ids), areas.areas_of(tx, ids)
        for entry in some:
            yield TakenEntry(entry, people[entry.id], named[entry.id])
        progress(start + len(some), len(positions))
