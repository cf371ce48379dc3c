"""Self-test: every verb once, on made-up entries in a temporary folder."""

import argparse
import io
import re
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from kotter_journal import __version__
from kotter_journal.cli.doors import writing_door
from kotter_journal.cli.output import say
from kotter_journal.config.clock import local_now
from kotter_journal.domain.balance import balance_of
from kotter_journal.domain.errors import KeyUnavailable, KotterError
from kotter_journal.domain.periods import Period
from kotter_journal.domain.search import parse_query
from kotter_journal.domain.working_time import WorkingTime
from kotter_journal.formats import journal_json
from kotter_journal.services import backups, demo, keys, transfer
from kotter_journal.services.entries import delete_entries, restore_entries, write_entries
from kotter_journal.storage import day_totals, entries, journal, search
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.verify import verify

_COUNT, _SEED = 200, 7
_LAST_DAY = date(2026, 3, 6)
_T = TypeVar("_T")
_WORD = "customer"
_PASSPHRASE = "seven grey herons"  # noqa: S105 - it locks nothing but this trial


def run(_arguments: argparse.Namespace) -> int:
    """Print one line for each check; 0 where all of them hold."""
    with tempfile.TemporaryDirectory(prefix="kotter-journal-") as folder:
        trial = _Trial(Path(folder))
        results = [_report(name, check) for name, check in trial.checks()]
    held = all(results)
    say("Everything works." if held else "Something does not work.")
    return 0 if held else 1


def _report(name: str, check: Callable[[], bool]) -> bool:
    try:
        held = check()
    except (KotterError, OSError) as error:
        say(f"FAILED  {name} ({error})")
        return False
    say(f"{'ok      ' if held else 'FAILED  '}{name}")
    return held


class _Trial:
    """Two journals in one folder; the second is filled from an export of the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys = folder / "keys"
        self._now = local_now()
        self._exported = b""
        self._made = list(demo.demo_entries(_COUNT, _SEED, _LAST_DAY))

    def checks(self) -> list[tuple[str, Callable[[], bool]]]:
        return [
            ("make a journal and write 200 entries", self._write),
            ("read them again in another connection", self._read),
            ("find a word in them", self._search),
            ("add up their minutes", self._balance),
            ("delete an entry and take it back", self._delete),
            ("export them", self._export),
            ("import them into another journal", self._import),
            ("both journals export the same", self._compare),
            ("back up, and restore beside it", self._restore),
            ("check that all is well", self._verify),
            ("refuse to open without this computer's secret", self._refuse),
            ("lock with a passphrase, unlock, and take it away", self._lock),
            ("no file shows a word of them", self._look_for_words),
        ]

    def _write(self) -> bool:
        self._tell("first", lambda tx: write_entries(tx, self._made), new=True)
        return True

    def _read(self) -> bool:
        ids = {entry.id for entry in self._made}
        return self._ask("first", lambda tx: entries.existing_ids(tx, ids)) == ids

    def _search(self) -> bool:
        query = parse_query(_WORD, _LAST_DAY)
        word = re.compile(rf"\b{_WORD}\b", re.IGNORECASE)
        wanted = sum(bool(word.search(f"{e.title or ''}\n{e.body}")) for e in self._made)
        return 0 < wanted == self._ask("first", lambda tx: search.count(tx, query))

    def _balance(self) -> bool:
        first, last = self._made[0].on - timedelta(7), _LAST_DAY + timedelta(1)
        days = self._ask("first", lambda tx: day_totals.day_minutes(tx, first, last))
        balance = balance_of(Period(first, last), days, WorkingTime())
        return balance.logged == sum(entry.duration or 0 for entry in self._made) > 0

    def _delete(self) -> bool:
        one = [self._made[0].id]
        self._tell("first", lambda tx: delete_entries(tx, one, self._now))
        gone = self._ask("first", lambda tx: entries.position_of(tx, one[0]))
        self._tell("first", lambda tx: restore_entries(tx, one, self._now))
        back = self._ask("first", lambda tx: entries.position_of(tx, one[0]))
        return gone is None and back is not None

    def _export(self) -> bool:
        self._exported = self._export_of("first")
        return self._exported.count(b'"created_at"') == _COUNT

    def _import(self) -> bool:
        path = self._folder / "export.json"
        path.write_bytes(self._exported)
        file = journal_json.read(path)
        path.unlink()
        self._tell("second", lambda tx: transfer.import_journal(tx, file, self._now), new=True)
        return self._ask("second", day_totals.entry_count) == _COUNT

    def _compare(self) -> bool:
        return self._export_of("second") == self._exported

    def _restore(self) -> bool:
        opened = journal.open_journal(self._folder / "first", self._keys)
        taken = backups.back_up(opened, self._now)
        vault = backups.open_backup(taken.paths[0], self._keys)
        backups.restore_backup(taken.paths[0], self._folder / "restored", vault, self._now)
        return self._export_of("restored") == self._exported

    def _verify(self) -> bool:
        opened = journal.open_journal(self._folder / "first", self._keys)
        found = verify(opened, [backups.backup_folder(opened.folder)], lambda *_: None)
        return len(found) > 10 and all(one.ok for one in found)

    def _refuse(self) -> bool:
        try:
            journal.open_journal(self._folder / "first", self._folder / "elsewhere")
        except KeyUnavailable:
            return True
        return False

    def _lock(self) -> bool:
        self._change_keys(lambda tx, opened: keys.set_passphrase(tx, opened, _PASSPHRASE))
        try:
            self._ask("second", day_totals.entry_count)
        except KeyUnavailable:
            self._change_keys(keys.remove_passphrase, passphrase=_PASSPHRASE)
            return self._ask("second", day_totals.entry_count) == _COUNT
        return False

    def _change_keys(
        self, change: Callable[[Transaction, journal.Journal], object], **given: str
    ) -> None:
        opened = journal.open_journal(self._folder / "second", self._keys, **given)
        with writing_door(opened) as door, door.transaction() as tx:
            change(tx, opened)

    def _look_for_words(self) -> bool:
        words = [_WORD.encode(), self._made[-1].body[:24].encode()]
        files = [path for path in self._folder.rglob("*") if path.is_file()]
        contents = [path.read_bytes() for path in files]
        return len(files) > 5 and not any(word in text for word in words for text in contents)

    def _export_of(self, name: str) -> bytes:
        out = io.BytesIO()
        self._ask(
            name,
            lambda tx: transfer.export_journal(tx, out, self._now, version=__version__),
        )
        return out.getvalue()

    def _ask(self, name: str, ask: Callable[[Transaction], _T]) -> _T:
        door = journal.open_journal(self._folder / name, self._keys).reading()
        try:
            with door.transaction() as tx:
                return ask(tx)
        finally:
            door.close()

    def _tell(self, name: str, tell: Callable[[Transaction], object], *, new: bool = False) -> None:
        folder = self._folder / name
        if new:
            journal.create(folder, self._keys, self._now)
        opened = journal.open_journal(folder, self._keys)
        door = opened.writing()
        try:
            with door.transaction() as tx:
                tell(tx)
        finally:
            door.close()
            opened.close()
