"""Commands: each takes the parsed arguments, prints its answer and raises KotterError."""

import argparse
import json
import secrets
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kotter_journal.cli import doors, key_commands, output
from kotter_journal.cli.place import note_place
from kotter_journal.config.clock import local_now
from kotter_journal.config.files import write_atomically
from kotter_journal.config.paths import keys_folder
from kotter_journal.config.zone import local_zone
from kotter_journal.domain.balance import balance_of
from kotter_journal.domain.balance_figures import figures_of
from kotter_journal.domain.entries import (
    Entry,
    EntryId,
    EntrySummary,
    begin,
    clean_text,
)
from kotter_journal.domain.errors import EntryMissing, UnreadableInput
from kotter_journal.domain.periods import Period, period_between
from kotter_journal.domain.quick_line import Unread, read_line
from kotter_journal.domain.search import SearchQuery, parse_query
from kotter_journal.formats import journal_json
from kotter_journal.services import demo, transfer
from kotter_journal.services.demo_practice import DemoPractice
from kotter_journal.services.entries import named_in_text, write_entries, write_entry
from kotter_journal.services.working_time import working_time
from kotter_journal.storage import day_totals, entries, journal, search
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.search_index import indexed_together

_SLICE = 500
_SHORTEST_ID = 6
_DEMO_SLICE = 5000


now = local_now
"""The commands' clock, which tests stop."""


def init(arguments: argparse.Namespace) -> None:
    """Make a journal, with a passphrase where one is given."""
    passphrase = key_commands.first_passphrase(arguments)
    folder = arguments.journal
    journal.create(folder, keys_folder(), now(), zone=local_zone(), passphrase=passphrase)
    output.say(f"Made an empty journal in {folder}")
    note_place(folder)
    if passphrase is not None:
        output.note(key_commands.advice(arguments))


def add(arguments: argparse.Namespace) -> None:
    """Keep what a quick line says; with a body the line is its title."""
    moment = now()
    reading = read_line(" ".join(arguments.line), moment.date(), moment.time(), local_zone())
    draft = reading.draft
    if arguments.body is not None:
        body = clean_text(_text_of(arguments.body))
        draft = replace(draft, title=draft.body or None, body=body)
        tags, people = named_in_text(draft)
        draft = replace(draft, tags=tags, people=people)
    elif reading.is_blank:
        raise UnreadableInput("LINE", "there is nothing in it to keep; say what you did")
    entry = begin(draft, moment, secrets.randbits(74))
    with doors.writing(arguments) as tx:
        write_entry(tx, entry)
    for problem in reading.problems:
        output.note(_problem_text(problem))
    output.say_added(entry)


def list_entries(arguments: argparse.Namespace) -> None:
    """Entries between two dates, newest first."""
    check_order(arguments.first, arguments.last)
    with doors.reading(arguments) as tx:
        found = transfer.positions_of(
            tx,
            first=arguments.first,
            last=arguments.last,
            activities=arguments.activity,
            tags=arguments.tag,
        )
        _say_found(tx, arguments, sorted(found, reverse=True), len(found), SearchQuery())


def search_entries(arguments: argparse.Namespace) -> None:
    """Entries that answer a query, newest first."""
    query = parse_query(" ".join(arguments.query), now().date())
    with doors.reading(arguments) as tx:
        found = search.positions(tx, query, arguments.limit)
        total = search.count(tx, query) if arguments.limit is not None else len(found)
        _say_found(tx, arguments, found, total, query)


def show(arguments: argparse.Namespace) -> None:
    """One entry in full."""
    with doors.reading(arguments) as tx:
        entry_id = _whole_id(tx, arguments.id)
        if arguments.json:
            output.say_json(transfer.entry_object(tx, entry_id))
        else:
            output.say_entry(entries.entry(tx, entry_id))


def balance(arguments: argparse.Namespace) -> None:
    """How the minutes of a period divide; of the whole journal where no dates are given."""
    with doors.reading(arguments) as tx:
        period = _period(tx, arguments.first, arguments.last)
        days = day_totals.day_minutes(tx, period.start, period.end)
        working = working_time(tx, period)
    found = balance_of(period, days, working)
    if arguments.json:
        output.say_json(figures_of(found))
    else:
        output.say_balance(found)


def import_file(arguments: argparse.Namespace) -> None:
    """Bring a file's entries in."""
    file = journal_json.read(arguments.path)
    progress = output.TerminalProgress("Importing")
    with doors.writing(arguments) as tx:
        report = transfer.import_journal(
            tx, file, now(), dry_run=arguments.dry_run, progress=progress
        )
        if arguments.report is not None:
            _write_report(arguments.report, report)
    output.say_report(report, dry_run=arguments.dry_run)


def make_demo(arguments: argparse.Namespace) -> None:
    """Make a journal full of made-up entries."""
    folder, count = arguments.folder, arguments.entries
    journal.create(folder, keys_folder(), now(), name=demo.NAME, zone=demo.ZONE)
    progress = output.TerminalProgress("Writing")
    last_day = arguments.until or now().date()
    practice = DemoPractice(arguments.seed, last_day)
    made = map(practice.seen, demo.demo_entries(count, arguments.seed, last_day))
    with doors.writing_door(journal.open_journal(folder, keys_folder())) as door:
        done = 0
        for some in _slices(made, _DEMO_SLICE):
            with door.transaction() as tx, indexed_together(tx):
                for start in range(0, len(some), _SLICE):
                    write_entries(tx, some[start : start + _SLICE])
            done += len(some)
            progress(done, count)
        with door.transaction() as tx:
            practice.keep(tx)
    output.say(f"Made a journal of {count:,} made-up entries in {folder}")


def _say_found(
    tx: Transaction,
    arguments: argparse.Namespace,
    found: Sequence[int],
    total: int,
    query: SearchQuery,
) -> None:
    found = found[: arguments.limit] if arguments.limit is not None else found
    if arguments.json:
        rows = []
        for some in _chunks(found):
            snippets = search.snippets(tx, query, some)
            rows += [
                output.row_object(entry, snippets[at][0] if at in snippets else None)
                for at, entry in zip(sorted(some), entries.entries_at(tx, some), strict=True)
            ][::-1]
        output.say_json({"total": total, "results": rows})
        return
    texts = {
        at: text
        for some in _chunks(found)
        for at, (text, _) in search.snippets(tx, query, some).items()
    }
    output.say_rows(_summaries(tx, found), texts, total, arguments.limit)


def _summaries(tx: Transaction, found: Sequence[int]) -> Iterator[EntrySummary]:
    for some in _chunks(found):
        rows = entries.summaries(tx, some)
        yield from (rows[position] for position in some)


def _chunks(found: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(found), _SLICE):
        yield found[start : start + _SLICE]


def _slices(made: Iterator[Entry], size: int) -> Iterator[list[Entry]]:
    some: list[Entry] = []
    for entry in made:
        some.append(entry)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


def _whole_id(tx: Transaction, text: str) -> EntryId:
    """The id itself, or the only one that ends with ``text``. Raises EntryMissing."""
    wanted = text.strip().lower()
    if entries.existing_ids(tx, [wanted]):
        return EntryId(wanted)
    found = entries.ids_ending(tx, wanted) if len(wanted) >= _SHORTEST_ID else []
    if len(found) != 1:
        raise EntryMissing(text)
    return EntryId(found[0])


def _period(tx: Transaction, first: date | None, last: date | None) -> Period:
    check_order(first, last)
    oldest, newest = day_totals.first_and_last(tx) or (now().date(), now().date())
    if first is None:
        first = min(oldest, last or oldest)
    if last is None:
        last = max(newest, first)
    return period_between(first, last)


def check_order(first: date | None, last: date | None) -> None:
    """Refuse dates the wrong way round."""
    if first is not None and last is not None:
        period_between(first, last)


def _text_of(source: str) -> str:
    """The text of a file, or of standard input for "-"."""
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableInput(source, f"it is not UTF-8 text (byte {error.start})") from None
    except OSError as error:
        raise UnreadableInput(source, f"it cannot be read ({error.strerror})") from None


def _write_report(path: Path, report: transfer.Report) -> None:
    text = json.dumps(output.report_object(report), ensure_ascii=False, indent=1)
    try:
        write_atomically(path, f"{text}\n".encode())
    except OSError as error:
        reason = f"the report cannot be written ({error.strerror}), so nothing was imported"
        raise UnreadableInput(str(path), reason) from None


def _problem_text(problem: Unread) -> str:
    why = {
        "no_such_date": "is no date",
        "ends_before_start": "ends before it starts",
        "duration_out_of_range": "is not between 1 minute and 24 hours",
        "over_allocated": "takes more time than the entry has",
    }[problem.problem]
    return f'"{problem.words}" {why}; it stays text.'
