"""What backups can still do for a journal that does not open."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kotter_journal.domain.entries import Entry
from kotter_journal.domain.errors import (
    Cancelled,
    JournalDamaged,
    JournalMissing,
    KeyTrouble,
    KeyUnavailable,
    WrongPassphrase,
)
from kotter_journal.services.backups import back_up, backup_folder
from kotter_journal.services.keys import set_passphrase
from kotter_journal.services.way_back import find_way_back, keys_by_backup, keys_of, mend_keys
from kotter_journal.storage import day_totals
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import DATABASE, Journal, create, open_journal
from kotter_journal.storage.key_header import HEADER, HEADER_COPY
from tests.conftest import WRITTEN_AT

NOW = WRITTEN_AT + timedelta(hours=1)


def quiet(_done: int, _total: int) -> None:
    """Nobody looks."""


@pytest.fixture
def backed_up(journal: Journal, door: Database, write: Callable[..., Entry]) -> list[Path]:
    """Three backups, the oldest of one entry, the newest of three."""
    paths = []
    for day in range(3):
        write("words", day=day)
        paths += back_up(journal, NOW + timedelta(days=day)).paths
    return paths


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_the_newest_whole_backup_is_found_and_newer_ones_that_are_not(
    journal: Journal, backed_up: list[Path]
) -> None:
    places = [backup_folder(journal.folder)]
    found = find_way_back(places, journal.vault, progress=quiet)
    assert found.newest is not None
    assert (found.newest.path, found.unusable) == (backed_up[2], ())
    damage(backed_up[2])
    found = find_way_back(places, journal.vault, progress=quiet)
    assert found.newest is not None
    assert found.newest.facts is not None
    assert (found.newest.path, found.newest.facts.entries) == (backed_up[1], 2)
    assert found.unusable == (backed_up[2],)
    backed_up[1].write_bytes(b"")
    damage(backed_up[0])
    found = find_way_back(places, journal.vault, progress=quiet)
    assert found.newest is None
    assert found.unusable == tuple(reversed(backed_up))


def test_a_second_folder_counts_and_may_be_away(
    journal: Journal, backed_up: list[Path], tmp_path: Path
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    backed_up[2].rename(second / backed_up[2].name)
    places = [backup_folder(journal.folder), second, tmp_path / "away"]
    found = find_way_back(places, journal.vault, progress=quiet)
    assert found.newest is not None
    assert found.newest.path.parent == second


def test_looking_for_a_way_back_can_be_stopped(journal: Journal, backed_up: list[Path]) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        find_way_back([backup_folder(journal.folder)], journal.vault, progress=stop)


def test_without_a_key_file_a_backup_gives_the_keys(
    journal: Journal, backed_up: list[Path], keys: Path
) -> None:
    damage(backed_up[2])
    backed_up[2].write_bytes(b"no backup at all")
    places = [backup_folder(journal.folder)]
    found = keys_by_backup(places, keys)
    assert found is not None
    assert found.data_key == journal.vault.data_key
    assert keys_by_backup([journal.folder / "nowhere"], keys) is None


@pytest.mark.usefixtures("cheap_argon2")
def test_with_a_passphrase_it_takes_that(
    journal: Journal, door: Database, write: Callable[..., Entry], keys: Path
) -> None:
    with door.transaction() as tx:
        set_passphrase(tx, journal, "calm water")
    back_up(journal, NOW)
    places = [backup_folder(journal.folder)]
    with pytest.raises(KeyUnavailable) as caught:
        keys_by_backup(places, keys)
    assert caught.value.trouble is KeyTrouble.PASSPHRASE_NEEDED
    with pytest.raises(WrongPassphrase):
        keys_by_backup(places, keys, passphrase="calm watre")
    found = keys_by_backup(places, keys, passphrase="calm water")
    assert found is not None
    assert found.data_key == journal.vault.data_key


@pytest.mark.usefixtures("cheap_argon2")
@pytest.mark.parametrize("has_header", [True, False])
def test_what_was_typed_may_be_either_key(folder: Path, keys: Path, *, has_header: bool) -> None:
    recovery_key = create(folder, keys, WRITTEN_AT, passphrase="calm water")
    journal = open_journal(folder, keys, passphrase="calm water")
    back_up(journal, NOW)
    journal.close()
    if not has_header:
        (folder / HEADER).unlink()
        (folder / HEADER_COPY).unlink()
    places = [backup_folder(folder)]
    for typed in ("calm water", recovery_key.text):
        assert keys_of(folder, places, keys, typed).data_key == journal.vault.data_key
    with pytest.raises(KeyUnavailable) as caught:
        keys_of(folder, places, keys)
    assert caught.value.trouble is KeyTrouble.PASSPHRASE_NEEDED
    with pytest.raises(WrongPassphrase):
        keys_of(folder, places, keys, "calm watre")
    if not has_header:
        with pytest.raises(KeyUnavailable) as caught:
            keys_of(folder, [], keys, "calm water")
        assert caught.value.trouble is KeyTrouble.HEADER_MISSING


def test_backups_of_another_journal_in_a_shared_folder_give_no_keys(
    journal: Journal, backed_up: list[Path], keys: Path, tmp_path: Path
) -> None:
    create(tmp_path / "other", keys, WRITTEN_AT)
    other = open_journal(tmp_path / "other", keys)
    newer = back_up(other, NOW + timedelta(days=9)).paths[0]
    second = tmp_path / "second"
    second.mkdir()
    shutil.copy(newer, second)
    found = keys_by_backup([backup_folder(journal.folder), second], keys)
    assert found is not None
    assert found.id == journal.vault.id
    other.close()


@pytest.mark.parametrize("fault", ["missing", "damaged"])
def test_a_key_file_from_a_backup_opens_the_journal_with_all_that_is_in_it(
    folder: Path, keys: Path, make: Callable[..., Entry], fault: str
) -> None:
    create(folder, keys, WRITTEN_AT)
    journal = open_journal(folder, keys)
    back_up(journal, NOW)
    door = journal.writing()
    with door.transaction() as tx:
        # The journal has seen newer keys than the backup has.
        tx.exec_driver_sql("PRAGMA user_version = 7")
    door.close()
    journal.close()
    for name in (HEADER, HEADER_COPY):
        (folder / name).unlink() if fault == "missing" else damage(folder / name)
    with pytest.raises(KeyUnavailable):
        open_journal(folder, keys)
    vault = keys_by_backup([backup_folder(folder)], keys)
    assert vault is not None
    mend_keys(folder, vault)
    reading = open_journal(folder, keys).reading()
    with reading.transaction() as tx:
        assert day_totals.entry_count(tx) == 0
        assert tx.exec_driver_sql("PRAGMA user_version").scalar_one() == 7
    reading.close()
    assert (folder / HEADER).read_bytes() == (folder / HEADER_COPY).read_bytes()


def test_keys_that_do_not_open_it_are_not_put_back(
    journal: Journal, keys: Path, tmp_path: Path
) -> None:
    create(tmp_path / "other", keys, WRITTEN_AT)
    other = open_journal(tmp_path / "other", keys)
    before = (journal.folder / HEADER).read_bytes()
    with pytest.raises(JournalDamaged):
        mend_keys(journal.folder, other.vault)
    assert (journal.folder / HEADER).read_bytes() == before
    (tmp_path / "empty").mkdir()
    with pytest.raises(JournalMissing):
        mend_keys(tmp_path / "empty", other.vault)
    assert DATABASE not in {path.name for path in (tmp_path / "empty").iterdir()}
    other.close()
