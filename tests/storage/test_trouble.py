"""What happens when files are missing, newer, damaged, read-only, or the disk is full."""

import os
import random
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kotter_journal.domain.entries import Entry
from kotter_journal.domain.errors import (
    JournalDamaged,
    JournalExists,
    JournalMissing,
    JournalTooNew,
    KotterError,
    StorageFailed,
    StorageTrouble,
)
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import write_entries
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import DATABASE, Journal, create, open_journal
from tests.conftest import DAY, WRITTEN_AT

FILL_THE_DISK = """
import os, resource, signal, sys
from datetime import UTC, date, datetime
from pathlib import Path
from kotter_journal.domain.errors import StorageFailed
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import write_entry
from kotter_journal.storage.day_totals import entry_count
from kotter_journal.storage.journal import create, open_journal

place, has_limit = Path(sys.argv[1]), sys.argv[2] == "limit"
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = resource.getrlimit(resource.RLIMIT_FSIZE)
ballast = place / "ballast"
ballast.write_bytes(bytes(500_000))
create(place / "journal", place / "keys", datetime.now(UTC))
journal = open_journal(place / "journal", place / "keys")
door = journal.writing()
made = demo_entries(2000, 1, date(2026, 3, 4))
if has_limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, limit[1]))
kept, trouble = 0, ""
for entry in made:
    try:
        with door.transaction() as tx:
            write_entry(tx, entry)
        kept += 1
    except StorageFailed as error:
        trouble = error.trouble.value
        break
with door.transaction() as tx:
    readable = entry_count(tx)
ballast.unlink()
resource.setrlimit(resource.RLIMIT_FSIZE, limit)
with door.transaction() as tx:
    write_entry(tx, next(made))
    again = entry_count(tx)
door.close()
journal.close()
names = sorted(path.name for path in (place / "journal").iterdir())
print(trouble, kept == readable > 0, again == kept + 1, ",".join(names))
"""
FILES = "journal.db,journal.key,journal.key2,journal.lock,journal.mark"


@pytest.fixture
def filled(folder: Path, keys: Path) -> Path:
    """A closed journal of 60 entries."""
    create(folder, keys, WRITTEN_AT)
    journal = open_journal(folder, keys)
    door = journal.writing()
    with door.transaction() as tx:
        write_entries(tx, list(demo_entries(60, 1, DAY)))
    door.close()
    journal.close()
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if not path.name.endswith(("-shm", "-wal"))
    }


def test_an_empty_folder_holds_no_journal(tmp_path: Path, keys: Path) -> None:
    with pytest.raises(JournalMissing):
        open_journal(tmp_path, keys)


def test_a_folder_with_other_files_is_left_alone(folder: Path, keys: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    with pytest.raises(JournalExists):
        create(folder, keys, WRITTEN_AT)
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_an_empty_folder_becomes_a_journal(folder: Path, keys: Path) -> None:
    folder.mkdir()
    create(folder, keys, WRITTEN_AT)
    open_journal(folder, keys).close()


def test_a_creation_that_fails_leaves_nothing(
    folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kotter_journal.storage.journal._fill", fail)
    with pytest.raises(StorageFailed) as caught:
        create(folder, keys, WRITTEN_AT)
    assert caught.value.trouble is StorageTrouble.DISK_FULL
    assert list(folder.parent.iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE alembic_version SET version_num = '9999'",
        "UPDATE vault SET min_reader = 99",
    ],
)
def test_a_newer_journal_is_refused_and_not_changed(filled: Path, keys: Path, change: str) -> None:
    journal = open_journal(filled, keys)
    door = journal.writing()
    with door.transaction() as tx:
        tx.exec_driver_sql(change)
    door.close()
    journal.close()
    before = contents(filled)
    with pytest.raises(JournalTooNew):
        open_journal(filled, keys)
    assert contents(filled) == before


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 500, bytes(8192)])
def test_a_file_that_is_no_database_is_damaged_and_not_changed(
    filled: Path, keys: Path, content: bytes
) -> None:
    (filled / DATABASE).write_bytes(content)
    with pytest.raises(JournalDamaged):
        open_journal(filled, keys)
    assert (filled / DATABASE).read_bytes() == content


def test_no_damaged_page_goes_unnoticed(filled: Path, keys: Path) -> None:
    whole = (filled / DATABASE).read_bytes()
    chance = random.Random(2)  # noqa: S311
    for _ in range(30):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        (filled / DATABASE).write_bytes(damaged)
        assert _notices(filled, keys)


def _notices(folder: Path, keys: Path) -> bool:
    try:
        door = open_journal(folder, keys).reading()
    except KotterError:
        return True
    try:
        with door.transaction() as tx:
            return tx.exec_driver_sql("PRAGMA cipher_integrity_check").first() is not None
    finally:
        door.close()


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_a_cut_off_file_is_noticed(filled: Path, keys: Path, kept: float) -> None:
    whole = (filled / DATABASE).read_bytes()
    (filled / DATABASE).write_bytes(whole[: int(len(whole) * kept)])
    assert _notices(filled, keys)


@pytest.mark.skipif(os.name == "nt", reason="limits of file size are a thing of Unix")
def test_a_disk_that_refuses_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FILL_THE_DISK, str(tmp_path), "limit"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["disk_error", "True", "True", FILES], done.stderr


def _own_mount(tmp_path: Path, command: str) -> list[str]:
    mount = f"mount -t tmpfs -o size=3m tmpfs '{tmp_path}' && {command}"
    return ["unshare", "--map-root-user", "--mount", "sh", "-c", mount]


def _can_mount(tmp_path: Path) -> bool:
    try:
        done = subprocess.run(_own_mount(tmp_path, "true"), capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="neither way exists there")
def test_a_full_disk_keeps_what_was_acknowledged_and_works_again(tmp_path: Path) -> None:
    # Where no file system can be had, files may not grow instead; the system words that otherwise.
    mounts = _can_mount(tmp_path)
    how, told = ("full", "disk_full") if mounts else ("limit", "disk_error")
    command = [sys.executable, "-", str(tmp_path), how]
    done = subprocess.run(
        _own_mount(tmp_path, f"exec {shlex.join(command)}") if mounts else command,
        input=FILL_THE_DISK,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == [told, "True", "True", FILES], done.stderr


def test_no_file_holds_a_plain_word(
    journal: Journal, door: Database, folder: Path, make: Callable[..., Entry], tmp_path: Path
) -> None:
    canary = "Nachtigallenwald"
    entry = make(f"{canary} in the body", title=f"{canary} above", tags=(canary,), people=(canary,))
    with door.transaction() as tx:
        write_entries(tx, [entry])
    while_open = tmp_path / "while_open"
    shutil.copytree(folder, while_open)
    door.execute_outside("PRAGMA wal_checkpoint(TRUNCATE)")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    files += [path for path in Path(os.environ["HOME"]).rglob("*") if path.is_file()]
    assert len(files) > 8
    for path in files:
        content = path.read_bytes().lower()
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert canary.lower().encode(encoding) not in content
