"""Doors: a journal opened for the length of one command."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kotter_journal.config.paths import keys_folder
from kotter_journal.storage.database import Database, Transaction
from kotter_journal.storage.journal import open_journal


@contextmanager
def reading(folder: Path) -> Iterator[Transaction]:
    """One unchanging state of the journal in ``folder``. Raises what ``open_journal`` raises."""
    with _closing(open_journal(folder, keys_folder()).reading()) as door, door.transaction() as tx:
        yield tx


@contextmanager
def writing(folder: Path) -> Iterator[Transaction]:
    """One transaction on the journal in ``folder``. Raises JournalBusy as well."""
    with writing_door(folder) as door, door.transaction() as tx:
        yield tx


@contextmanager
def writing_door(folder: Path) -> Iterator[Database]:
    """The writing door, for more than one transaction."""
    journal = open_journal(folder, keys_folder())
    try:
        with _closing(journal.writing()) as door:
            yield door
    finally:
        journal.close()


@contextmanager
def _closing(door: Database) -> Iterator[Database]:
    try:
        yield door
    finally:
        door.close()
