"""Key commands: the passphrase and the recovery key of a journal."""

import argparse
import secrets
import sys
from datetime import UTC, datetime

from kotter_journal.cli import asking, doors, output
from kotter_journal.config.settings import journal_in_use
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.domain.sentences import date_text
from kotter_journal.services import keys
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import Journal
from kotter_journal.storage.recovery_key import GROUPS, RecoveryKey


def change_passphrase(arguments: argparse.Namespace) -> None:
    """Set, change or remove the passphrase."""
    journal = doors.opened(arguments)
    with doors.writing_door(journal) as door:
        if arguments.remove:
            with door.transaction() as tx:
                keys.remove_passphrase(tx, journal)
            output.say("This computer now opens the journal without a passphrase.")
            return
        # Asked before the transaction, which would keep others out while somebody thinks.
        passphrase = _new_passphrase(arguments)
        with door.transaction() as tx:
            keys.set_passphrase(tx, journal, passphrase)
    output.say("The journal now opens with the new passphrase.")
    if journal.vault.facts.recovery_saved_at is None:
        output.note(advice(arguments))


def show_recovery_key(arguments: argparse.Namespace) -> int | None:
    """Show the recovery key as long as its owner has not kept it, make another, or note it."""
    journal = doors.opened(arguments)
    with doors.writing_door(journal) as door:
        if arguments.saved:
            _confirm(journal, door)
            return None
        if arguments.new and not _is_sure():
            output.note("Nothing was changed.")
            return 1
        key = _new_key(journal, door) if arguments.new else keys.unsaved_recovery_key(journal)
        if key is None:
            output.note(f"{_why_not(journal)} Make another with: {_command(arguments)} --new")
            return 1
        output.say(key.text)
        _ask_for_a_group(journal, door, key, _command(arguments))
    return None


def first_passphrase(arguments: argparse.Namespace) -> str | None:
    """The passphrase for a journal that is about to be made; None for none.

    Raises UnreadableInput.
    """
    given: str | None = arguments.given.passphrase
    if given is not None and arguments.no_passphrase:
        raise UnreadableInput("--no-passphrase", "a passphrase was given as well; leave one out")
    if given is not None or arguments.no_passphrase or not asking.is_terminal():
        return given
    return asking.ask_twice("A passphrase for the journal (empty for none)") or None


def advice(arguments: argparse.Namespace) -> str:
    """What somebody should know who has just set a passphrase."""
    return (
        f"Should the passphrase be forgotten, only the recovery key opens {arguments.journal}."
        f" To see it: {_command(arguments)}"
    )


def _new_passphrase(arguments: argparse.Namespace) -> str:
    given: str | None = arguments.given.new_passphrase
    if given is not None:
        return given
    if not asking.is_terminal():
        reason = "there is no terminal to ask on; name a file that begins with the new passphrase"
        raise UnreadableInput("--new-passphrase-file", reason)
    return asking.ask_twice("The new passphrase")


def _is_sure() -> bool:
    if not asking.is_terminal():
        return True
    question = "The recovery key you may have will no longer open this journal. Make another? [y/N]"
    return asking.ask_openly(question).lower() in ("y", "yes")


def _new_key(journal: Journal, door: Database) -> RecoveryKey:
    with door.transaction() as tx:
        return keys.new_recovery_key(tx, journal)


def _confirm(journal: Journal, door: Database) -> None:
    with door.transaction() as tx:
        keys.confirm_recovery_saved(tx, journal, datetime.now(UTC))
    output.say("Noted: you keep the recovery key. It cannot be shown again.")


def _ask_for_a_group(journal: Journal, door: Database, key: RecoveryKey, command: str) -> None:
    """Let somebody show that the key was written down; it is kept as unsaved otherwise."""
    output.note("Keep it apart from this computer: whoever has it and the journal can read it.")
    if not (asking.is_terminal() and sys.stdout.isatty()):
        output.note(f"When you have kept it, say so with: {command} --saved")
        return
    number = secrets.choice(range(1, GROUPS + 1))
    typed = asking.ask_openly(f"To show that you have kept it, type its group {number} (or later):")
    if key.has_group(number, typed):
        _confirm(journal, door)
    else:
        output.note("Not noted as kept. The same key is shown until it is.")


def _why_not(journal: Journal) -> str:
    saved = journal.vault.facts.recovery_saved_at
    why = "The journal has no recovery key."
    if saved is not None:
        why = f"You kept the recovery key on {date_text(saved.date())}; it cannot be shown again."
    return why


def _command(arguments: argparse.Namespace) -> str:
    where = "" if arguments.journal == journal_in_use() else f" --journal {arguments.journal}"
    return f"kotter-journal{where} recovery-key"
