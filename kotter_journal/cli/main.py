"""The command line: arguments, exit status, and one sentence for what went wrong."""

import argparse
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from kotter_journal import __version__
from kotter_journal.cli import care_commands, commands, export_command, key_commands, self_test
from kotter_journal.cli.asking import given_by
from kotter_journal.cli.output import note
from kotter_journal.config.logs import start_logging
from kotter_journal.config.paths import log_file
from kotter_journal.config.settings import journal_in_use
from kotter_journal.domain.activities import Activity, activity_named
from kotter_journal.domain.errors import (
    JournalMissing,
    KeyTrouble,
    KeyUnavailable,
    KotterError,
    UnreadableInput,
)
from kotter_journal.domain.periods import parse_date
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.formats import EXPORTS, IMPORTS

DONE, REFUSED = 0, 1
_MOST_DEMO_ENTRIES = 1_000_000
log = logging.getLogger(__name__)

Command = Callable[[argparse.Namespace], int | None]


def main(argv: Sequence[str]) -> int:
    """Run one command: 0 done, 1 refused or failed; wrong usage leaves with SystemExit(2)."""
    _speak_utf8()
    start_logging(log_file())
    if "--self-test" in argv:
        argv = ["self-test"]
    arguments = _parser().parse_args(argv)
    run: Command = arguments.run
    try:
        arguments.given = given_by(arguments)
        status = run(arguments)
        sys.stdout.flush()
    except KotterError as error:
        note(_sentence(error, arguments.journal))
        return REFUSED
    except BrokenPipeError:
        # Whoever read the answer had enough of it; Python must not complain at its end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        note("\nStopped. What was not finished was not kept.")
        return REFUSED
    except Exception as error:  # noqa: BLE001 - the outermost place: a bug must not show its insides
        log.error("%s failed with %s\n%s", arguments.command, type(error).__name__, _places(error))
        note(
            f"Something went wrong inside the program ({type(error).__name__}), and the command"
            f" was not carried out. What can be told of it is in {log_file()}."
        )
        return REFUSED
    return status or DONE


def _sentence(error: KotterError, folder: Path) -> str:
    if isinstance(error, JournalMissing):
        where = "" if folder == journal_in_use() else f" --journal {folder}"
        return f"There is no journal in {error.folder}. Make one with: kotter-journal{where} init"
    if isinstance(error, KeyUnavailable) and error.trouble is KeyTrouble.PASSPHRASE_NEEDED:
        place = folder if error.path.parent == folder else error.path
        return (
            f"The journal in {place} is locked with a passphrase. Give it on a terminal, or in the"
            " first line of a file with --passphrase-file."
        )
    return error_sentence(error)


def _places(error: BaseException) -> str:
    """File, line and function of each step; the error's own words might quote an entry."""
    lines = []
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return "\n".join(lines)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kotter-journal",
        description="A private work journal. Without a command its window opens.",
        epilog="Exit status: 0 done, 1 refused or failed, 2 wrong usage.",
        allow_abbrev=False,  # --passphrase WORDS must not pass for --passphrase-file
    )
    parser.add_argument("--version", action="version", version=f"Kotter Journal {__version__}")
    parser.add_argument(
        "--self-test", action="store_true", help="the same as the command self-test"
    )
    parser.add_argument(
        "--journal",
        metavar="DIR",
        type=_folder,
        default=journal_in_use(),
        help="the folder that holds the journal (default: %(default)s)",
    )
    _add_keys(parser)
    known = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_writing(known)
    _add_reading(known)
    _add_transfer(known)
    _add_care(known)
    _add_locks(known)
    _add_trials(known)
    return parser


_Known: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


def _command(known: _Known, name: str, run: Command, text: str) -> argparse.ArgumentParser:
    what = f"{text[0].upper()}{text[1:]}."
    made = known.add_parser(name, help=text, description=what, allow_abbrev=False)
    made.set_defaults(run=run)
    # Also understood behind the command; without a default, which would undo the one before it.
    made.add_argument(
        "--journal", metavar="DIR", type=_folder, default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    _add_keys(made, hidden=True)
    return made


def _add_keys(parser: argparse.ArgumentParser, *, hidden: bool = False) -> None:
    # argparse cannot print the usage of a group whose options are all hidden.
    one = parser if hidden else parser.add_mutually_exclusive_group()
    default = argparse.SUPPRESS if hidden else None
    texts = {
        "--passphrase-file": "the passphrase, in the first line of a file or of - (standard input)",
        "--recovery-key-file": "the recovery key instead, in the same way",
    }
    for name, text in texts.items():
        shown = argparse.SUPPRESS if hidden else text
        one.add_argument(name, metavar="FILE", default=default, help=shown)


def _add_writing(known: _Known) -> None:
    init = _command(known, "init", commands.init, "make a journal")
    init.add_argument(
        "--no-passphrase",
        action="store_true",
        help="this computer opens it without one, and nobody is asked",
    )
    add = _command(known, "add", commands.add, "keep an entry, written as a quick line")
    add.add_argument(
        "line",
        nargs="+",
        metavar="LINE",
        help="for example 'yesterday 45m aligning: why the night shift changes'",
    )
    add.add_argument("--body", metavar="FILE", help="its text, from a file or - for standard input")


def _add_reading(known: _Known) -> None:
    listing = _command(known, "list", commands.list_entries, "show entries, newest first")
    _add_dates(listing)
    _add_facts(listing)
    _add_limit(listing)
    search = _command(known, "search", commands.search_entries, "find entries")
    search.add_argument("query", nargs="+", metavar="QUERY", help="as in the search field")
    _add_limit(search)
    show = _command(known, "show", commands.show, "show one entry in full")
    show.add_argument("id", metavar="ID", help="its id, or the last six or more characters of it")
    balance = _command(known, "balance", commands.balance, "show how the time divides")
    _add_dates(balance)
    for one in (listing, search, show, balance):
        one.add_argument("--json", action="store_true", help="print one JSON object")


def _add_transfer(known: _Known) -> None:
    bring = _command(known, "import", commands.import_file, "bring a file's entries in")
    bring.add_argument("format", metavar="FORMAT", choices=[f.key for f in IMPORTS], help="json")
    bring.add_argument("path", metavar="PATH", type=Path)
    bring.add_argument("--dry-run", action="store_true", help="change nothing")
    bring.add_argument(
        "--report", metavar="FILE", type=Path, help="write what was done to a file, as JSON"
    )
    forms = "; ".join(f"{f.key}: {f.label}" for f in EXPORTS)
    take = _command(
        known, "export", export_command.export, "write the journal into a file or folder"
    )
    take.add_argument("format", metavar="FORMAT", choices=[f.key for f in EXPORTS], help=forms)
    take.add_argument(
        "out", metavar="OUT", type=Path, help="a file (- for standard output) or a folder"
    )
    _add_dates(take)
    _add_facts(take)
    take.add_argument(
        "--sharing",
        choices=["private", "shareable"],
        help="private (the default but for json): nothing marked never; shareable: only those",
    )
    take.add_argument("--names", choices=["full"], default="full", help="how people are named")
    take.add_argument("--raw", action="store_true", help="csv: no ' before what may be a formula")


def _add_care(known: _Known) -> None:
    take = _command(known, "backup", care_commands.back_up, "copy the journal into one file")
    take.add_argument("out", metavar="OUT", type=_folder, help="a file, or a folder to put it in")
    back = _command(known, "restore", care_commands.restore, "make a journal from a backup")
    back.add_argument("backup", metavar="BACKUP", type=_folder)
    back.add_argument(
        "--into", metavar="DIR", type=_folder, required=True, help="a folder that is new or empty"
    )
    check = _command(known, "verify", care_commands.check, "check the journal and its backups")
    check.add_argument("--json", action="store_true", help="print one JSON object")


def _add_locks(known: _Known) -> None:
    lock = _command(
        known, "passphrase", key_commands.change_passphrase, "set, change or remove the passphrase"
    )
    change = lock.add_mutually_exclusive_group()
    change.add_argument(
        "--new-passphrase-file",
        metavar="FILE",
        help="the new one, in the first line of a file or -",
    )
    change.add_argument("--remove", action="store_true", help="let this computer open it without")
    recovery = _command(
        known, "recovery-key", key_commands.show_recovery_key, "show or replace the recovery key"
    )
    act = recovery.add_mutually_exclusive_group()
    act.add_argument("--new", action="store_true", help="make another; the old one opens no more")
    act.add_argument("--saved", action="store_true", help="note that you keep it somewhere")


def _add_trials(known: _Known) -> None:
    demo = _command(known, "demo", commands.make_demo, "make a journal of made-up entries")
    demo.add_argument("folder", metavar="DIR", type=_folder)
    demo.add_argument("--entries", metavar="N", type=_demo_count, default=240)
    demo.add_argument("--seed", metavar="S", type=int, default=1, help="the same for the same seed")
    demo.add_argument(
        "--until", metavar="D", type=_date, help="the last day of it (default: today)"
    )
    _command(known, "self-test", self_test.run, "try everything in a temporary folder")


def _add_dates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="first", metavar="D", type=_date, help="first date, such as 2026-03-02"
    )
    parser.add_argument("--to", dest="last", metavar="D", type=_date, help="last date, included")


def _add_facts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--activity",
        metavar="K",
        type=_activity,
        action="append",
        default=[],
        help="only entries with this activity; given more than once, any of them",
    )
    parser.add_argument(
        "--tag",
        metavar="T",
        type=lambda text: text.removeprefix("#"),
        action="append",
        default=[],
        help="only entries with this tag; given more than once, any of them",
    )


def _add_limit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", metavar="N", type=_count, help="at most so many")


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("a folder needs a name")
    return Path(text).expanduser().absolute()


def _date(text: str) -> date:
    try:
        return parse_date(text)
    except UnreadableInput as error:
        raise argparse.ArgumentTypeError(error.reason) from None


def _activity(text: str) -> Activity:
    found = activity_named(text)
    if found is None:
        keys = ", ".join(Activity)
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is no activity; there are {keys}")
    return found


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a number of entries")
    return int(text[:9])


def _demo_count(text: str) -> int:
    count = _count(text)
    if not 1 <= count <= _MOST_DEMO_ENTRIES:
        raise argparse.ArgumentTypeError(f"make between 1 and {_MOST_DEMO_ENTRIES:,} entries")
    return count
