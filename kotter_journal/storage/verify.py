"""Verify: whether a journal is what it was, from the pages of its file to its index of words."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from kotter_journal.domain.backups import read_name
from kotter_journal.domain.errors import BackupUnusable, JournalDamaged, KotterError
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.domain.versions import size_of
from kotter_journal.storage import day_totals, verify_rules
from kotter_journal.storage.database import Database, Transaction, WorkProgress
from kotter_journal.storage.entries import text_checksum
from kotter_journal.storage.journal import Journal, disk_errors
from kotter_journal.storage.key_header import HEADER, HEADER_COPY
from kotter_journal.storage.restore import check_backup
from kotter_journal.storage.tables import WORDS_OF_TEXT, entry, entry_version, vault
from kotter_journal.storage.versions import draft_of

_SLICE = 500
_TRIES = 3
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; ``detail`` never holds a word of the journal.

    ``file`` is the path of a backup, and empty for the journal itself.
    """

    name: str
    ok: bool
    detail: str
    file: str = ""


def verify(journal: Journal, backup_folders: Sequence[Path], progress: WorkProgress) -> list[Check]:
    """Look at everything that can be checked; changes nothing, and others may write meanwhile.

    Backups are those of this journal in ``backup_folders``. ``progress`` hears of whole checks;
    what it raises stops the work.
    """
    backups = [path for folder in backup_folders for path in _backups_in(folder, journal)]
    total, done = len(_CHECKS) + len(backups) + 1, 0

    def look() -> None:
        progress(done, total)

    checks = [_key_files(journal)]
    door = journal.reading()
    try:
        for name, check in _CHECKS.items():
            done += 1
            look()
            # Words are compared with those of an index made anew in memory. Each time, since a
            # door that met damage is another one.
            door.execute_outside("PRAGMA query_only = OFF")
            with door.watched(look):
                checks.append(_looked(name, partial(check, journal, door)))
    finally:
        door.close()
    for path in backups:
        done += 1
        look()
        checks.append(_backup(path, journal, look))
    progress(total, total)
    return checks


def _looked(name: str, check: Callable[[], tuple[bool, str]]) -> Check:
    """What a damaged file refuses to a check is that check's answer, and the others go on."""
    try:
        ok, detail = check()
    except JournalDamaged:
        return Check(name, False, "a damaged page is in the way")
    except KotterError as error:
        return Check(name, False, error_sentence(error))
    return Check(name, ok, detail)


def _key_files(journal: Journal) -> Check:
    wanted = journal.vault.header.content
    bad = [
        name
        for name in (HEADER, HEADER_COPY)
        if not (path := journal.folder / name).is_file() or path.read_bytes() != wanted
    ]
    detail = f"{' and '.join(bad)} cannot be read" if bad else "both copies are whole"
    return Check("key file", not bad, detail)


def _pages(_journal: Journal, door: Database) -> tuple[bool, str]:
    """A page that another process is just writing may look wrong once, but not three times."""
    bad: list[str] = []
    for _ in range(_TRIES):
        with door.transaction() as tx:
            bad = list(tx.execute(sa.text("PRAGMA cipher_integrity_check")).scalars())
            pages = tx.execute(sa.text("PRAGMA page_count")).scalar_one()
        if not bad:
            return True, f"{pages:,} pages are as they were written"
    return False, f"{len(bad):,} of {pages:,} pages were changed or damaged: {_some(bad)}"


def _structure(_journal: Journal, door: Database) -> tuple[bool, str]:
    with door.transaction() as tx:
        found = list(tx.execute(sa.text("PRAGMA integrity_check")).scalars())
    return (True, "tables and indexes agree") if found == ["ok"] else (False, _some(found))


def _references(_journal: Journal, door: Database) -> tuple[bool, str]:
    with door.transaction() as tx:
        return _none(verify_rules.orphans(tx), "nothing has lost what it belongs to")


def _rules(_journal: Journal, door: Database) -> tuple[bool, str]:
    with door.transaction() as tx:
        return _none(
            verify_rules.broken_rules(tx),
            "every row keeps its rules, those of time and of the activities among them",
        )


def _order(_journal: Journal, door: Database) -> tuple[bool, str]:
    with door.transaction() as tx:
        count = verify_rules.misplaced(tx)
    good = "every entry stands at its date and time"
    return not count, f"{count:,} entries stand elsewhere" if count else good


def _texts(_journal: Journal, door: Database) -> tuple[bool, str]:
    asked = sa.select(
        entry.c.id, entry.c.title, entry.c.body, entry.c.checksum, entry.c.deleted_hash
    ).order_by(entry.c.position)
    count, wrong = 0, []
    with door.transaction() as tx:
        for row in tx.execute(asked).yield_per(_SLICE):
            count += 1
            found = text_checksum(row.title, row.body)
            if found != row.checksum or row.deleted_hash not in (None, found):
                wrong.append(row.id)
    if wrong:
        return False, f"{len(wrong):,} of {count:,} texts are not as they were: {_some(wrong)}"
    return True, f"{count:,} texts match their checksums"


def _totals(_journal: Journal, door: Database) -> tuple[bool, str]:
    with door.transaction() as tx:
        wrong = [_date_text(day) for day in day_totals.wrong_days(tx)]
        count = tx.execute(sa.text("SELECT count(*) FROM day_total")).scalar_one()
    if wrong:
        return False, f"{len(wrong):,} days do not add up: {_some(wrong)}"
    return True, f"{count:,} days add up"


def _date_text(day: int) -> str:
    possible = date.min.toordinal() <= day <= date.max.toordinal()
    return date.fromordinal(day).isoformat() if possible else f"day {day}"


def _clock(_journal: Journal, door: Database) -> tuple[bool, str]:
    with door.transaction() as tx:
        ahead = verify_rules.stamps_ahead(tx)
    good = "no change is later than the journal's clock"
    return not ahead, f"{ahead:,} rows are ahead of the journal's clock" if ahead else good


def _mark(journal: Journal, door: Database) -> tuple[bool, str]:
    with door.transaction() as tx:
        counter = tx.execute(sa.select(vault.c.change_counter)).scalar_one()
    journal.check_age(counter)
    return True, "the file holds every change that this computer knows of"


def _versions(_journal: Journal, door: Database) -> tuple[bool, str]:
    count, wrong = 0, []
    with door.transaction() as tx:
        for row in tx.execute(sa.select(entry_version)).yield_per(_SLICE):
            count += 1
            try:
                sound = size_of(draft_of(row.title, row.body, row.facts)) == row.size
            except (ValueError, KeyError, TypeError, json.JSONDecodeError):
                sound = False
            if not sound:
                wrong.append(row.id)
    if wrong:
        return False, f"{len(wrong):,} of {count:,} earlier texts cannot be read: {_some(wrong)}"
    return True, f"{count:,} earlier texts can be read"


def _index(_journal: Journal, door: Database) -> tuple[bool, str]:
    """The words of the index, and where each stands how often, against an index made anew."""
    with door.transaction() as tx:
        missing, stale = (tx.execute(asked).scalar_one() for asked in _NOT_IN_STEP)
        for statement in _FRESH_INDEX:
            tx.execute(statement)
        try:
            words = tx.execute(sa.text("SELECT count(*) FROM temp.kept_words")).scalar_one()
            differ = sum(len(tx.execute(asked).all()) for asked in _WORDS_DIFFER)
        finally:
            _drop_fresh_index(tx)
    if missing or stale or differ:
        return False, (
            f"{missing:,} entries are not in the index, {stale:,} are that should not be,"
            f" {differ:,} words differ"
        )
    return True, f"{words:,} words lead to the entries that hold them"


_CHECKS: dict[str, Callable[[Journal, Database], tuple[bool, str]]] = {
    "pages": _pages,
    "structure": _structure,
    "references": _references,
    "rules": _rules,
    "order in time": _order,
    "texts": _texts,
    "day totals": _totals,
    "search index": _index,
    "earlier texts": _versions,
    "clock": _clock,
    "mark": _mark,
}
_ALIVE = "SELECT position FROM entry WHERE deleted_at IS NULL"
_INDEXED = "SELECT id FROM entry_text_docsize"
_NOT_IN_STEP = (
    sa.text(f"SELECT count(*) FROM ({_ALIVE} EXCEPT {_INDEXED})"),  # noqa: S608 - our own words
    sa.text(f"SELECT count(*) FROM ({_INDEXED} EXCEPT {_ALIVE})"),  # noqa: S608
)
_FRESH_INDEX = tuple(
    sa.text(statement)
    for statement in (
        "CREATE VIRTUAL TABLE temp.kept_words USING fts5vocab('main', 'entry_text', 'col')",
        f"CREATE VIRTUAL TABLE temp.fresh USING fts5(title, body, content='', {WORDS_OF_TEXT})",
        "CREATE VIRTUAL TABLE temp.fresh_words USING fts5vocab('temp', 'fresh', 'col')",
        (
            "INSERT INTO temp.fresh(rowid, title, body) SELECT position, title, body FROM entry"
            " WHERE deleted_at IS NULL ORDER BY position"
        ),
    )
)
_WORDS_DIFFER = tuple(
    sa.text(f"SELECT 1 FROM (SELECT * FROM temp.{one} EXCEPT SELECT * FROM temp.{other})")  # noqa: S608
    for one, other in (("kept_words", "fresh_words"), ("fresh_words", "kept_words"))
)


def _drop_fresh_index(tx: Transaction) -> None:
    for name in ("kept_words", "fresh_words", "fresh"):
        tx.execute(sa.text(f"DROP TABLE IF EXISTS temp.{name}"))


def _backup(path: Path, journal: Journal, look: Callable[[], None]) -> Check:
    name = f"backup {path.name}"
    try:
        facts = check_backup(path, journal.vault, lambda *_: look())
    except BackupUnusable as error:
        return Check(name, False, error_sentence(error), str(path))
    return Check(name, True, f"{facts.entries:,} entries can be read", str(path))


def _backups_in(folder: Path, journal: Journal) -> list[Path]:
    with disk_errors(folder):
        files = sorted(folder.iterdir()) if folder.is_dir() else []
    named = [(path, name) for path in files if (name := read_name(path.name)) is not None]
    return [path for path, name in named if name.journal == journal.vault.id[:8]]


def _none(counts: dict[str, int], good: str) -> tuple[bool, str]:
    found = ", ".join(f"{name}: {count:,}" for name, count in counts.items())
    return not counts, found or good


def _some(found: Sequence[str]) -> str:
    more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
    return "; ".join(found[:_SHOWN]) + more
