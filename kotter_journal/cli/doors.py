"""Doors: a journal opened for the length of one command."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from kotter_journal.cli import asking
from kotter_journal.config.paths import keys_folder
from kotter_journal.domain.errors import KeyTrouble, KeyUnavailable
from kotter_journal.storage.database import Database, Transaction
from kotter_journal.storage.journal import Journal, open_journal


def opened(arguments: argparse.Namespace) -> Journal:
    """The journal that a command is about, with what was given to open it, or else by asking.

    Raises what ``open_journal`` raises.
    """
    folder, given = arguments.journal, arguments.given
    try:
        return open_journal(
            folder, keys_folder(), passphrase=given.passphrase, recovery_key=given.recovery_key
        )
    except KeyUnavailable as error:
        if error.trouble is not KeyTrouble.PASSPHRASE_NEEDED or not asking.is_terminal():
            raise
    return open_journal(folder, keys_folder(), passphrase=asking.ask("Passphrase"))


@contextmanager
def reading(arguments: argparse.Namespace) -> Iterator[Transaction]:
    """One unchanging state of the journal. Raises what ``open_journal`` raises."""
    with _closing(opened(arguments).reading()) as door, door.transaction() as tx:
        yield tx


@contextmanager
def writing(arguments: argparse.Namespace) -> Iterator[Transaction]:
    """One transaction on the journal. Raises JournalBusy as well."""
    with writing_door(opened(arguments)) as door, door.transaction() as tx:
        yield tx


@contextmanager
def writing_door(journal: Journal) -> Iterator[Database]:
    """The writing door, for more than one transaction; closes the journal at the end."""
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
