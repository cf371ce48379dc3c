# ruff: noqa: PT012 - a transaction stands around what fails in it
import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from kotter_journal.domain.entries import Entry
from kotter_journal.domain.errors import JournalDamaged, StorageFailed, StorageTrouble
from kotter_journal.services.entries import write_entry
from kotter_journal.storage import entries
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import DATABASE, Journal


def test_the_reading_door_cannot_write(reading: Database) -> None:
    with pytest.raises(StorageFailed) as caught, reading.transaction() as tx:
        tx.exec_driver_sql("DELETE FROM vault")
    assert caught.value.trouble is StorageTrouble.READ_ONLY


@pytest.mark.parametrize("name", ["door", "reading"])
def test_a_door_refuses_another_thread(name: str, request: pytest.FixtureRequest) -> None:
    opened: Database = request.getfixturevalue(name)
    caught: list[BaseException] = []

    def use() -> None:
        try:
            with opened.transaction():
                pass
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_a_failed_verb_leaves_nothing(door: Database, make: Callable[..., Entry]) -> None:
    entry = make("Half an entry #tag @Dana", duration=30)
    with pytest.raises(ZeroDivisionError), door.transaction() as tx:
        write_entry(tx, entry)
        raise ZeroDivisionError
    with door.transaction() as tx:
        counts = {
            t: tx.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar()  # noqa: S608
            for t in ("entry", "tag", "person", "entry_tag", "day_total")
        }
    assert set(counts.values()) == {0}


def test_a_reading_transaction_sees_one_unchanging_state(
    reading: Database, write: Callable[..., Entry]
) -> None:
    write("first")
    with reading.transaction() as tx:
        before = len(entries.all_positions(tx))
        write("second")
        assert len(entries.all_positions(tx)) == before == 1
    with reading.transaction() as tx:
        assert len(entries.all_positions(tx)) == 2


def test_an_error_never_quotes_an_entry(
    door: Database, make: Callable[..., Entry], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    entry = make("unmistakable words")
    with pytest.raises(sa.exc.IntegrityError) as caught, door.transaction() as tx:
        write_entry(tx, entry)
        write_entry(tx, entry)
    assert "unmistakable" not in str(caught.value)
    assert "unmistakable" not in caplog.text


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("cipher_page_size", "4096"),
        ("cipher_memory_security", "0"),
    ],
)
def test_a_door_has_its_pragmas(door: Database, pragma: str, value: object) -> None:
    with door.transaction() as tx:
        assert tx.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_the_file_is_no_plain_database(journal: Journal, folder: Path) -> None:
    assert not (folder / DATABASE).read_bytes().startswith(b"SQLite")


def test_another_key_says_damaged_and_changes_nothing(journal: Journal, folder: Path) -> None:
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(JournalDamaged):
        Database(folder / DATABASE, bytes(32))
    assert (folder / DATABASE).read_bytes() == before


def test_a_second_writer_of_the_same_process_is_told_that_it_is_busy(
    journal: Journal, door: Database
) -> None:
    other = journal.writing()
    other.execute_outside("PRAGMA busy_timeout = 50")
    with door.transaction(), pytest.raises(StorageFailed) as caught, other.transaction():
        pass
    assert caught.value.trouble is StorageTrouble.BUSY
    other.close()
