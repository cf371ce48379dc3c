"""Files that vanish, folders that are read-only, clocks that go back."""

import ctypes
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kotter_journal.domain.entries import Entry
from kotter_journal.domain.errors import JournalDamaged, StorageFailed, StorageTrouble
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.services.backups import back_up
from kotter_journal.services.entries import revise_entry, write_entry
from kotter_journal.storage import entries
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import (
    DATABASE,
    Journal,
    create,
    disk_errors,
    open_anew,
    open_journal,
)
from tests.conftest import WRITTEN_AT

LOG = f"{DATABASE}-wal"
on_unix = pytest.mark.skipif(os.name == "nt", reason="an open file cannot be taken away there")

READ = """
import sys
from pathlib import Path
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.search import parse_query
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.storage import day_totals, search
from kotter_journal.storage.journal import open_journal
from datetime import date
journal = open_journal(Path(sys.argv[1]), Path(sys.argv[2]))
door = journal.reading()
with door.transaction() as tx:
    print(day_totals.entry_count(tx), search.count(tx, parse_query("zebra", date(2026, 3, 4))))
door.close()
try:
    journal.writing(wait=0)
except KotterError as error:
    print(error_sentence(error))
"""

WRITE_ON = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from kotter_journal.domain.entries import EntryDraft, begin
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.services.backups import back_up
from kotter_journal.services.entries import write_entry
from kotter_journal.storage.journal import open_journal
journal = open_journal(Path(sys.argv[1]), Path(sys.argv[2]))
door, now = journal.writing(wait=0), datetime.now(UTC)
for number in range(2):
    entry = begin(EntryDraft(on=date(2026, 3, 4), body="words"), now, number)
    with door.transaction() as tx:
        write_entry(tx, entry)
    print(entry.id, flush=True)
    sys.stdin.readline()
try:
    back_up(journal, now)
except KotterError as error:
    print(error_sentence(error))
door.close()
"""


def obey_modes() -> None:
    """Even the administrator's process no longer writes where the mode forbids it."""
    if os.geteuid() == 0:
        drop_bounding, override, read_search = 24, 1, 2
        for capability in (override, read_search):
            ctypes.CDLL(None).prctl(drop_bounding, capability, 0, 0, 0)


def read_only_answer(folder: Path, keys: Path) -> list[str]:
    """What a process without the right to write there reads and is told."""
    names = sorted(path.name for path in folder.iterdir())
    for path in folder.iterdir():
        path.chmod(0o400)
    folder.chmod(0o500)
    try:
        done = subprocess.run(
            [sys.executable, "-c", READ, str(folder), str(keys)],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=obey_modes,
        )
    finally:
        folder.chmod(0o700)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in folder.iterdir()) == names
    return done.stdout.splitlines()


@on_unix
def test_a_closed_journal_in_a_read_only_folder_can_be_read(
    folder: Path, keys: Path, make: Callable[..., Entry]
) -> None:
    create(folder, keys, WRITTEN_AT)
    journal = open_journal(folder, keys)
    door = journal.writing()
    with door.transaction() as tx:
        write_entry(tx, make("a zebra walked in"))
    door.close()
    journal.close()
    counts, sentence = read_only_answer(folder, keys)
    assert counts == "1 1"
    assert str(folder) in sentence
    assert "read-only" in sentence


@on_unix
def test_so_can_one_whose_last_changes_are_in_the_log(
    journal: Journal, door: Database, write: Callable[..., Entry], keys: Path, tmp_path: Path
) -> None:
    write("a zebra walked in")
    door.empty_log()
    write("another zebra", day=1)
    copied = tmp_path / "copied"
    shutil.copytree(journal.folder, copied, ignore=shutil.ignore_patterns("*-shm"))
    assert (copied / LOG).stat().st_size
    left = set(Path("/tmp").glob("kotter-journal-*"))  # noqa: S108
    assert read_only_answer(copied, keys)[0] == "2 2"
    assert set(Path("/tmp").glob("kotter-journal-*")) <= left  # noqa: S108


@on_unix
def test_a_folder_made_read_only_while_open_loses_nothing_and_is_told(
    folder: Path, keys: Path
) -> None:
    """What is open can still be written to; what needs a new file is refused in a sentence."""
    create(folder, keys, WRITTEN_AT)
    with subprocess.Popen(
        [sys.executable, "-c", WRITE_ON, str(folder), str(keys)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=obey_modes,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        told = [process.stdout.readline()]
        folder.chmod(0o500)
        try:
            process.stdin.write("\n")
            process.stdin.close()
            told += process.stdout.readlines()
        finally:
            folder.chmod(0o700)
    assert process.returncode == 0
    first, second, sentence = (line.strip() for line in told)
    assert str(folder) in sentence
    assert "read-only" in sentence
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == []
    journal = open_journal(folder, keys)
    door = journal.writing(wait=0)
    with door.transaction() as tx:
        assert {first, second} <= entries.existing_ids(tx, [first, second])
    door.close()
    back_up(journal, WRITTEN_AT)
    journal.close()


def refused(door: Database, entry: Entry) -> StorageFailed:
    with pytest.raises(StorageFailed) as caught, door.transaction() as tx:
        write_entry(tx, entry)
    return caught.value


@on_unix
@pytest.mark.parametrize("act", ["moved", "deleted", "replaced"])
def test_a_save_into_a_file_that_is_gone_is_refused_and_named(
    journal: Journal,
    door: Database,
    write: Callable[..., Entry],
    make: Callable[..., Entry],
    act: str,
) -> None:
    write("before")
    path, aside = journal.folder / DATABASE, journal.folder.with_name("aside.db")
    if act == "replaced":
        shutil.copy(path, aside)
        os.replace(aside, path)
    elif act == "moved":
        path.rename(aside)
    else:
        path.unlink()
    error = refused(door, make("not saved"))
    assert (error.trouble, error.path) == (StorageTrouble.GONE, path)
    if act == "moved":
        aside.rename(path)
        write("put back", day=1)


@on_unix
def test_a_folder_moved_while_open_loses_nothing_that_was_acknowledged(
    folder: Path, keys: Path, make: Callable[..., Entry]
) -> None:
    create(folder, keys, WRITTEN_AT)
    journal = open_journal(folder, keys)
    door, kept = journal.writing(), make("before")
    with door.transaction() as tx:
        write_entry(tx, kept)
    moved = folder.rename(folder.with_name("moved"))
    assert refused(door, make("not saved")).trouble is StorageTrouble.GONE
    door.close()
    journal.close()
    reading = open_journal(moved, keys).reading()
    with reading.transaction() as tx:
        assert entries.entry(tx, kept.id).body == "before"
    reading.close()


@on_unix
def test_a_log_taken_away_while_open_loses_nothing_that_was_acknowledged(
    journal: Journal,
    door: Database,
    write: Callable[..., Entry],
    make: Callable[..., Entry],
    keys: Path,
    tmp_path: Path,
) -> None:
    kept = write("before")
    (journal.folder / LOG).unlink()
    error = refused(door, make("not saved"))
    assert (error.trouble, error.path) == (StorageTrouble.GONE, journal.folder / LOG)
    # As after a crash at this moment: only what lies in the folder is there.
    crashed = tmp_path / "crashed"
    shutil.copytree(journal.folder, crashed, ignore=shutil.ignore_patterns("*-shm"))
    reading = open_journal(crashed, keys).reading()
    with reading.transaction() as tx:
        assert entries.entry(tx, kept.id).body == "before"
    reading.close()


@on_unix
@pytest.mark.parametrize("kept", [0, 1, 4096, 30_000])
def test_a_file_cut_off_while_open_shows_nothing_that_was_not_written(
    journal: Journal, door: Database, write: Callable[..., Entry], kept: int
) -> None:
    written = {entry.id: entry for entry in (write(f"{n} words " * 200, day=n) for n in range(40))}
    door.empty_log()
    os.truncate(journal.folder / DATABASE, kept)
    shown, errors = [], []
    for entry_id in written:
        try:
            reading = journal.reading()
            with reading.transaction() as tx:
                shown.append(entries.entry(tx, entry_id))
            reading.close()
        except (JournalDamaged, StorageFailed) as error:
            errors.append(error)
    assert errors
    assert all(entry.body == written[entry.id].body for entry in shown)
    assert all(str(journal.folder) in error_sentence(error) for error in errors)


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (errno.EIO, StorageTrouble.DISK_ERROR),
        (errno.ENODEV, StorageTrouble.DISK_ERROR),
        (errno.ENOSPC, StorageTrouble.DISK_FULL),
        (errno.EDQUOT, StorageTrouble.DISK_FULL),
        (errno.EROFS, StorageTrouble.READ_ONLY),
        (errno.EACCES, StorageTrouble.READ_ONLY),
    ],
)
def test_what_the_system_refuses_is_told_by_its_kind(
    tmp_path: Path, number: int, trouble: StorageTrouble
) -> None:
    with pytest.raises(StorageFailed) as caught, disk_errors(tmp_path):
        raise OSError(number, "x")
    assert (caught.value.trouble, caught.value.path) == (trouble, tmp_path)


def test_the_order_of_changes_rises_with_the_clock_set_back(
    door: Database, write: Callable[..., Entry], make: Callable[..., Entry]
) -> None:
    asked = "SELECT hlc, change_counter FROM vault"
    first = write("now", day=10)
    with door.transaction() as tx:
        before = tx.exec_driver_sql(asked).one()
    early = make("a year earlier", day=-365)
    with door.transaction() as tx:
        write_entry(tx, early)
        revise_entry(tx, replace(first, body="again", modified_at=early.modified_at))
    with door.transaction() as tx:
        after = tx.exec_driver_sql(asked).one()
        assert tuple(after) > tuple(before)
        found = entries.entry(tx, early.id)
        assert found.created_at == early.created_at
        stamps = tx.exec_driver_sql("SELECT updated_at FROM entry ORDER BY updated_at").scalars()
        assert list(stamps)[-1] <= after.hlc


@on_unix
def test_a_journal_whose_log_was_taken_away_is_opened_anew_with_all_in_it(
    folder: Path, keys: Path, make: Callable[..., Entry]
) -> None:
    create(folder, keys, WRITTEN_AT)
    journal = open_journal(folder, keys)
    door, kept = journal.writing(), make("before")
    with door.transaction() as tx:
        write_entry(tx, kept)
    (folder / LOG).unlink()
    refused(door, make("not saved"))
    anew, door = open_anew(journal, door)
    with door.transaction() as tx:
        write_entry(tx, make("after", day=1))
        assert entries.entry(tx, kept.id).body == "before"
    door.close()
    anew.close()


@on_unix
def test_another_state_put_in_its_place_is_opened_with_the_log_that_came_along(
    folder: Path, keys: Path, make: Callable[..., Entry], tmp_path: Path
) -> None:
    """As from a computer that has written on meanwhile; its last changes are in the log only."""
    create(folder, keys, WRITTEN_AT)
    shutil.copytree(folder, tmp_path / "there")
    there = open_journal(tmp_path / "there", keys)
    writing, theirs = there.writing(), make("theirs")
    with writing.transaction() as tx:
        write_entry(tx, theirs)
    journal = open_journal(folder, keys)
    door = journal.writing()
    for name in (DATABASE, LOG):
        shutil.copy(tmp_path / "there" / name, tmp_path / name)
        os.replace(tmp_path / name, folder / name)
    writing.close()
    there.close()
    anew, door = open_anew(journal, door)
    with door.transaction() as tx:
        assert entries.entry(tx, theirs.id).body == "theirs"
    door.close()
    anew.close()


@on_unix
def test_an_older_state_put_in_its_place_is_not_written_to(
    folder: Path, keys: Path, make: Callable[..., Entry], tmp_path: Path
) -> None:
    create(folder, keys, WRITTEN_AT)
    shutil.copy(folder / DATABASE, tmp_path / "older.db")
    journal = open_journal(folder, keys)
    door = journal.writing()
    with door.transaction() as tx:
        write_entry(tx, make("acknowledged"))
    os.replace(tmp_path / "older.db", folder / DATABASE)
    refused(door, make("not saved"))
    with pytest.raises(StorageFailed) as caught:
        open_anew(journal, door)
    assert caught.value.trouble is StorageTrouble.OLDER_THAN_SAVED
