"""Care commands: back a journal up, restore it, and check that it is what it was."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from kotter_journal.cli import asking, commands, doors, output
from kotter_journal.cli.place import note_place
from kotter_journal.config.paths import keys_folder
from kotter_journal.domain.errors import (
    JournalDamaged,
    KeyTrouble,
    KeyUnavailable,
    StorageFailed,
    UnreadableInput,
)
from kotter_journal.domain.sentences import date_text, error_sentence
from kotter_journal.services import backups
from kotter_journal.storage.backup_file import BackupFacts
from kotter_journal.storage.vault import Vault
from kotter_journal.storage.verify import Check, verify


def back_up(arguments: argparse.Namespace) -> None:
    """Copy the journal into one encrypted file and read it again."""
    out: Path = arguments.out
    own = arguments.journal.resolve()
    if out.resolve().parent == own or out.resolve() == own:
        raise UnreadableInput(str(out), "this is inside the journal itself; choose another place")
    journal = doors.opened(arguments)
    progress = output.TerminalProgress("Backing up")
    path, facts = backups.back_up_to(journal, out, commands.now(), progress=progress)
    output.say(f"Backed up {_contents(facts)} to {path}")
    if journal.vault.facts.recovery_saved_at is None:
        output.note(
            "On another computer it opens only with the passphrase or the recovery key."
            " Nobody has noted yet that the recovery key is kept somewhere."
        )


def restore(arguments: argparse.Namespace) -> None:
    """Make a journal from a backup, in a folder of its own."""
    vault = _keys_of(arguments)
    progress = output.TerminalProgress("Restoring")
    facts = backups.restore_backup(
        arguments.backup, arguments.into, vault, commands.now(), progress=progress
    )
    taken = date_text(facts.taken_at.astimezone().date())
    output.say(f"Restored {_contents(facts)}, as of {taken}, to {arguments.into}")


def check(arguments: argparse.Namespace) -> int:
    """Check everything that can be checked: 0 where all is well."""
    try:
        journal = doors.opened(arguments)
        found = verify(
            journal,
            [backups.backup_folder(arguments.journal)],
            output.TerminalProgress("Checking"),
        )
    except (JournalDamaged, StorageFailed) as error:
        found = [Check("open", False, error_sentence(error))]
    _say_checks(arguments, found)
    note_place(arguments.journal)
    return 0 if all(one.ok for one in found) else 1


def _say_checks(arguments: argparse.Namespace, found: Sequence[Check]) -> None:
    bad = sum(not one.ok for one in found)
    if arguments.json:
        output.say_json({"ok": not bad, "checks": [asdict(one) for one in found]})
        return
    for one in found:
        output.say(f"{'ok     ' if one.ok else 'FAILED '} {one.name}: {one.detail}")
    if bad:
        things = "1 check failed" if bad == 1 else f"{bad} checks failed"
        output.note(
            f"{things} in {arguments.journal}. Nothing was changed."
            " Restore a backup into a new folder, or export what can be read."
        )
    else:
        output.say("All is well.")


def _keys_of(arguments: argparse.Namespace) -> Vault:
    """The keys of a backup, with what was given, or else by asking."""
    given, keys = arguments.given, keys_folder()
    try:
        return backups.open_backup(
            arguments.backup,
            keys,
            journal_folder=arguments.journal,
            passphrase=given.passphrase,
            recovery_key=given.recovery_key,
        )
    except KeyUnavailable as error:
        if error.trouble is not KeyTrouble.PASSPHRASE_NEEDED or not asking.is_terminal():
            raise
    return backups.open_backup(
        arguments.backup,
        keys,
        journal_folder=arguments.journal,
        passphrase=asking.ask("Passphrase"),
    )


def _contents(facts: BackupFacts) -> str:
    count = "1 entry" if facts.entries == 1 else f"{facts.entries:,} entries"
    if facts.first_on is None or facts.last_on is None:
        return count
    return f"{count} from {date_text(facts.first_on)} to {date_text(facts.last_on)}"
