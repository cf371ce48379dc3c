"""The command export: the journal, or a part of it, in a form of one's choice."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from kotter_journal import __version__
from kotter_journal.cli import commands, doors, output
from kotter_journal.domain.entries import Sharing
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.formats import ENTRIES_CSV, EXPORTS, JOURNAL_JSON, MARKDOWN_FOLDER, Format
from kotter_journal.services import taking_out, transfer
from kotter_journal.storage.database import Transaction

_DEFUSED = (
    "A text that a table program could take for a formula has a ' before it; --raw writes it"
    " without."
)
_RAW = "Texts stand as they are: a table program may run what they hold. Give it to programs only."


def export(arguments: argparse.Namespace) -> None:
    """Write the journal, or a part of it, into a file or a folder."""
    commands.check_order(arguments.first, arguments.last)
    form = next(one for one in EXPORTS if one.key == arguments.format)
    if arguments.raw and form is not ENTRIES_CSV:
        raise UnreadableInput("--raw", f"it belongs to csv; {form.key} has nothing to leave out")
    everything = Sharing.NEVER if form is JOURNAL_JSON else Sharing.PRIVATE
    choice = transfer.Choice(
        first=arguments.first,
        last=arguments.last,
        activities=tuple(arguments.activity),
        tags=tuple(arguments.tag),
        sharing=Sharing(arguments.sharing or everything),
    )
    with doors.reading(arguments) as tx:
        if str(arguments.out) == "-":
            _print(tx, form, choice, arguments)
            return
        _check_out(arguments.out, form, arguments.journal)
        count = _write(tx, form, choice, arguments)
        left = 0 if arguments.sharing else _left_out(tx, choice, count)
    what = "1 entry" if count == 1 else f"{count:,} entries"
    output.say(f"Wrote {what} to {arguments.out}")
    _say_more(form, left, raw=arguments.raw)


def _print(
    tx: Transaction, form: Format, choice: transfer.Choice, arguments: argparse.Namespace
) -> None:
    if form is MARKDOWN_FOLDER:
        raise UnreadableInput("-", "standard output holds no folder; name one that is to be made")
    out = sys.stdout.buffer
    if form is JOURNAL_JSON:
        transfer.export_journal(tx, out, commands.now(), version=__version__, choice=choice)
    else:
        taking_out.take_out(tx, out, form, choice, _silent, raw=arguments.raw)


def _write(
    tx: Transaction, form: Format, choice: transfer.Choice, arguments: argparse.Namespace
) -> int:
    path, progress = arguments.out, output.TerminalProgress("Exporting")
    if form is JOURNAL_JSON:
        return transfer.export_to_file(
            tx, path, commands.now(), version=__version__, choice=choice, progress=progress
        )
    if form is MARKDOWN_FOLDER:
        return taking_out.take_out_to_folder(tx, path, choice, progress)
    return taking_out.take_out_to_file(tx, path, form, choice, progress, raw=arguments.raw)


def _left_out(tx: Transaction, choice: transfer.Choice, count: int) -> int:
    """How many entries stayed behind only because they are marked never to be shared."""
    if choice.sharing is Sharing.NEVER:
        return 0
    return len(transfer.chosen_positions(tx, replace(choice, sharing=Sharing.NEVER))) - count


def _say_more(form: Format, left: int, *, raw: bool) -> None:
    if left:
        what = "1 entry" if left == 1 else f"{left:,} entries"
        output.note(f"Left out {what} marked never to be shared; export json takes them.")
    if form is ENTRIES_CSV:
        output.note(_RAW if raw else _DEFUSED)


def _silent(_done: int, _total: int) -> None:
    """No progress beside what goes to standard output."""


def _check_out(out: Path, form: Format, folder: Path) -> None:
    """Refuse to write over a folder or into the journal itself."""
    if form is MARKDOWN_FOLDER and os.path.lexists(out):
        raise UnreadableInput(str(out), "this exists already; name a folder that is to be made")
    if out.is_dir():
        raise UnreadableInput(str(out), "this is a folder; name a file to write")
    if not out.parent.is_dir():
        raise UnreadableInput(str(out), f"there is no folder {out.parent}; make it first")
    if folder.resolve() in out.resolve().parents:
        raise UnreadableInput(str(out), "this lies inside the journal; choose another folder")
