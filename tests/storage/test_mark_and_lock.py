import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kotter_journal.domain.entries import Entry
from kotter_journal.domain.errors import JournalBusy, StorageFailed, StorageTrouble
from kotter_journal.services.entries import write_entry
from kotter_journal.storage.journal import (
    DATABASE,
    LOCK,
    MARK,
    Journal,
    Older,
    create,
    open_journal,
    open_with_keys,
)
from kotter_journal.storage.mark import Mark
from kotter_journal.storage.vault import open_vault
from tests.conftest import WRITTEN_AT

HOLD = """
import sys
from pathlib import Path
from kotter_journal.storage.journal import open_journal
door = open_journal(Path(sys.argv[1]), Path(sys.argv[2])).writing()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_mark_keeps_the_highest_counter(tmp_path: Path) -> None:
    mark = Mark(tmp_path / "m", b"k" * 32)
    assert mark.read() == 0
    for counter in (1, 5, 3, 9):
        mark.write(counter)
    assert mark.read() == 9
    assert (tmp_path / "m").stat().st_size == 80
    mark.set_back(4)
    assert mark.read() == 4
    mark.write(5)
    assert mark.read() == 5


def test_one_damaged_slot_leaves_the_other(tmp_path: Path) -> None:
    mark = Mark(tmp_path / "m", b"k" * 32)
    mark.write(1)
    mark.write(2)
    content = (tmp_path / "m").read_bytes()
    for at in range(80):
        damaged = bytearray(content)
        damaged[at] ^= 1
        (tmp_path / "m").write_bytes(damaged)
        assert mark.read() in (1, 2)
    (tmp_path / "m").write_bytes(content[:50])
    assert mark.read() in (1, 2)


def test_a_mark_of_another_key_says_nothing(tmp_path: Path) -> None:
    Mark(tmp_path / "m", b"k" * 32).write(7)
    assert Mark(tmp_path / "m", b"x" * 32).read() == 0


def test_a_file_rolled_back_to_an_older_state_is_noticed(
    folder: Path, keys: Path, make: Callable[..., Entry]
) -> None:
    create(folder, keys, WRITTEN_AT)
    older = folder.with_name("older.db")
    shutil.copy(folder / DATABASE, older)
    _write(folder, keys, make("new"))
    for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(older, folder / DATABASE)
    with pytest.raises(StorageFailed) as caught:
        open_journal(folder, keys)
    assert caught.value.trouble is StorageTrouble.OLDER_THAN_SAVED
    _accept(folder, keys)


def _accept(folder: Path, keys: Path) -> None:
    """The owner goes on with the older state, and from then on it is the one that counts."""
    vault = open_vault(folder, keys)
    open_with_keys(folder, vault, older=Older.READ).close()
    with pytest.raises(StorageFailed):
        open_journal(folder, keys)
    held = open_with_keys(folder, vault, older=Older.ACCEPTED)
    with pytest.raises(JournalBusy):
        open_with_keys(folder, vault, older=Older.ACCEPTED)
    held.writing(wait=0).close()
    held.close()
    open_journal(folder, keys).close()


def test_a_lost_write_ahead_log_is_noticed(
    folder: Path, keys: Path, make: Callable[..., Entry], tmp_path: Path
) -> None:
    create(folder, keys, WRITTEN_AT)
    journal = open_journal(folder, keys)
    door = journal.writing()
    with door.transaction() as tx:
        write_entry(tx, make("in the log only"))
    copied = tmp_path / "copied"
    shutil.copytree(folder, copied)
    door.close()
    shutil.copy(folder / MARK, copied / MARK)
    (copied / f"{DATABASE}-wal").unlink()
    with pytest.raises(StorageFailed) as caught:
        open_journal(copied, keys)
    assert caught.value.trouble is StorageTrouble.OLDER_THAN_SAVED
    journal.close()


def test_a_lost_mark_opens(folder: Path, keys: Path, make: Callable[..., Entry]) -> None:
    create(folder, keys, WRITTEN_AT)
    _write(folder, keys, make("new"))
    (folder / MARK).unlink()
    open_journal(folder, keys).close()


def test_another_process_that_writes_is_named(folder: Path, keys: Path) -> None:
    create(folder, keys, WRITTEN_AT)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), str(keys)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    with holder:
        assert holder.stdout.readline() == b"held\n"
        journal = open_journal(folder, keys)
        began = time.monotonic()
        with pytest.raises(JournalBusy) as caught:
            journal.writing(wait=0.2)
        assert 0.2 <= time.monotonic() - began < 2
        assert caught.value.holder == holder.pid
        journal.reading().close()
        holder.stdin.close()
    journal.writing(wait=5).close()
    journal.close()


def test_the_lock_of_a_killed_process_is_free(folder: Path, keys: Path) -> None:
    create(folder, keys, WRITTEN_AT)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), str(keys)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    assert (folder / LOCK).read_text() == str(holder.pid)
    journal = open_journal(folder, keys)
    journal.writing(wait=0).close()
    assert (folder / LOCK).read_text() == str(os.getpid())
    journal.close()


def test_closing_lets_the_next_one_in(journal: Journal, folder: Path, keys: Path) -> None:
    journal.writing().close()
    other = open_journal(folder, keys)
    with pytest.raises(JournalBusy):
        other.writing(wait=0)
    journal.close()
    other.writing(wait=0).close()
    other.close()


def _write(folder: Path, keys: Path, entry: Entry) -> None:
    journal = open_journal(folder, keys)
    door = journal.writing()
    with door.transaction() as tx:
        write_entry(tx, entry)
    door.close()
    journal.close()
