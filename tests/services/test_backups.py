import io
import os
import random
import shutil
import threading
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kotter_journal.domain.backups import name_of, read_name
from kotter_journal.domain.entries import Entry
from kotter_journal.domain.errors import (
    BackupTrouble,
    BackupUnusable,
    Cancelled,
    JournalExists,
    KeyUnavailable,
    KotterError,
    StorageFailed,
    StorageTrouble,
    WrongPassphrase,
)
from kotter_journal.services import backups
from kotter_journal.services.backups import (
    back_up,
    back_up_if_due,
    back_up_to,
    backup_folder,
    check_backup,
    inspect_backup,
    list_backups,
    open_backup,
    restore_backup,
)
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import delete_entries, write_entries, write_entry
from kotter_journal.services.erase import erase_entries, erase_in_backups
from kotter_journal.services.keys import set_passphrase
from kotter_journal.services.transfer import export_journal
from kotter_journal.storage import entries
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import DATABASE, Journal, create, open_journal
from kotter_journal.storage.key_header import HEADER
from kotter_journal.storage.pages import PageReader, salt_of
from kotter_journal.storage.purged import purged_ids
from tests.conftest import DAY, WRITTEN_AT
from tests.services.test_erase import CANARIES

NOW = WRITTEN_AT + timedelta(hours=1)


@pytest.fixture
def filled(door: Database) -> list[Entry]:
    """Eighty entries, two of them in the trash."""
    made = list(demo_entries(80, 5, DAY))
    with door.transaction() as tx:
        write_entries(tx, made)
        delete_entries(tx, [made[0].id, made[1].id], WRITTEN_AT)
    return made


def exported(journal: Journal) -> bytes:
    out, door = io.BytesIO(), journal.reading()
    with door.transaction() as tx:
        export_journal(tx, out, NOW, version="1")
    door.close()
    return out.getvalue()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_one_private_file_that_tells_what_is_in_it(
    journal: Journal, filled: list[Entry]
) -> None:
    taken = back_up(journal, NOW)
    (path,) = taken.paths
    name = read_name(path.name)
    assert name is not None
    assert (name.taken_at, name.journal) == (NOW, journal.vault.id[:8])
    assert names_in(path.parent) == [path.name]
    assert path.stat().st_mode & 0o077 == 0
    facts = inspect_backup(path, journal.vault)
    assert facts == taken.facts == check_backup(path, journal.vault)
    assert (facts.entries, facts.trash, facts.taken_at) == (78, 2, NOW)
    assert facts.last_on == DAY
    assert facts.first_on is not None
    assert facts.last_heading


def test_any_zip_program_takes_a_backup_apart_into_a_journal(
    journal: Journal, filled: list[Entry], keys: Path, tmp_path: Path
) -> None:
    (path,) = back_up(journal, NOW).paths
    by_hand = tmp_path / "by_hand"
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        file.extractall(by_hand)
    assert exported(open_journal(by_hand, keys)) == exported(journal)


def test_no_word_of_the_journal_shows_in_a_backup(
    journal: Journal, write: Callable[..., Entry], tmp_path: Path
) -> None:
    write(f"{CANARIES[0]} in the last entry", day=3)
    (path,) = back_up(journal, NOW).paths
    assert inspect_backup(path, journal.vault).last_heading.startswith(CANARIES[0])
    assert CANARIES[0].lower().encode() not in path.read_bytes().lower()


def test_writing_goes_on_while_a_backup_is_taken(
    journal: Journal, door: Database, filled: list[Entry], make: Callable[..., Entry]
) -> None:
    written: list[Entry] = []

    def progress(done: int, total: int) -> None:
        entry = make(f"during {done} of {total}", day=-2)
        with door.transaction() as tx:
            write_entry(tx, entry)
        written.append(entry)

    taken = back_up(journal, NOW, progress=progress)
    assert written
    assert 78 <= taken.facts.entries <= 78 + len(written)
    with door.transaction() as tx:
        assert entries.existing_ids(tx, [e.id for e in written]) == {e.id for e in written}


def test_a_backup_may_be_taken_on_any_thread(journal: Journal, filled: list[Entry]) -> None:
    taken: list[backups.BackupsTaken] = []
    thread = threading.Thread(target=lambda: taken.append(back_up(journal, NOW)))
    thread.start()
    thread.join()
    assert taken[0].facts.entries == 78


@pytest.mark.parametrize("after", range(3))
def test_a_cancelled_backup_leaves_nothing(
    journal: Journal, filled: list[Entry], after: int
) -> None:
    asked = 0

    def progress(_done: int, _total: int) -> None:
        nonlocal asked
        asked += 1
        if asked > after:
            raise Cancelled

    with pytest.raises(Cancelled):
        back_up(journal, NOW, progress=progress)
    assert names_in(backup_folder(journal.folder)) == []


def test_progress_reaches_its_end(journal: Journal, filled: list[Entry]) -> None:
    steps: list[tuple[int, int]] = []
    back_up(journal, NOW, progress=lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1] > 0


def test_one_backup_a_day_is_taken_by_itself(journal: Journal, filled: list[Entry]) -> None:
    assert back_up_if_due(journal, NOW) is not None
    assert back_up_if_due(journal, NOW + timedelta(hours=3)) is None
    assert back_up_if_due(journal, NOW + timedelta(days=1)) is not None
    assert len(list_backups(backup_folder(journal.folder), journal.vault)) == 2


def test_older_backups_go_and_those_of_other_journals_stay(
    journal: Journal, filled: list[Entry], keys: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    create(tmp_path / "other", keys, WRITTEN_AT)
    other = open_journal(tmp_path / "other", keys)
    (theirs,) = back_up(other, NOW - timedelta(days=3000)).paths
    shutil.copy(theirs, second)
    (second / "letter.txt").write_text("mine")
    removed: list[Path] = []
    for day in range(12):
        taken = back_up(journal, NOW + timedelta(days=day), second_folder=second)
        removed += taken.removed
    # Seven days, and the end of a week before them.
    assert len(list_backups(second, journal.vault)) == 8
    assert {path.parent for path in removed} == {second, backup_folder(journal.folder)}
    assert len(removed) == 2 * (12 - 8)
    assert {theirs.name, "letter.txt"} < set(names_in(second))
    own = list_backups(backup_folder(journal.folder), journal.vault)
    assert [b.path.name for b in own] == [b.path.name for b in list_backups(second, journal.vault)]


def test_a_list_is_newest_first_and_marks_what_cannot_be_used(
    journal: Journal, filled: list[Entry]
) -> None:
    back_up(journal, NOW)
    (newer,) = back_up(journal, NOW + timedelta(days=1)).paths
    newer.write_bytes(newer.read_bytes()[:-40])
    found = list_backups(newer.parent, journal.vault)
    assert [b.taken_at for b in found] == [NOW + timedelta(days=1), NOW]
    assert found[0].facts is None
    assert found[1].facts is not None
    assert found[1].size == found[1].path.stat().st_size
    assert list_backups(newer.parent / "nowhere", journal.vault) == []


def test_a_second_folder_that_is_not_there_is_named_and_not_made(
    journal: Journal, filled: list[Entry], tmp_path: Path
) -> None:
    gone = tmp_path / "drive" / "backups"
    taken = back_up(journal, NOW, second_folder=gone)
    trouble = taken.not_copied
    assert isinstance(trouble, StorageFailed)
    assert (trouble.trouble, trouble.path) == (StorageTrouble.FOLDER_MISSING, gone)
    assert not gone.parent.exists()
    (own,) = list_backups(backup_folder(journal.folder), journal.vault)
    assert taken.paths == (own.path,)
    again = back_up_if_due(journal, NOW, second_folder=gone)
    assert again is not None
    assert (again.paths, type(again.not_copied)) == ((), StorageFailed)
    gone.mkdir(parents=True)
    copied = back_up_if_due(journal, NOW, second_folder=gone)
    assert copied is not None
    assert (copied.paths, copied.not_copied) == ((gone / own.path.name,), None)
    assert (gone / own.path.name).read_bytes() == own.path.read_bytes()
    assert back_up_if_due(journal, NOW, second_folder=gone) is None
    assert len(list_backups(backup_folder(journal.folder), journal.vault)) == 1


def test_a_second_folder_that_refuses_keeps_the_own_backup_and_no_half_copy(
    journal: Journal, filled: list[Entry], tmp_path: Path
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    in_the_way = second / f"{name_of(journal.vault.id, NOW).text}"
    (in_the_way / "something").mkdir(parents=True)
    taken = back_up(journal, NOW, second_folder=second)
    assert isinstance(taken.not_copied, StorageFailed)
    assert check_backup(taken.paths[0], journal.vault) == taken.facts
    assert names_in(second) == [in_the_way.name]


def test_a_backup_that_was_damaged_since_is_not_copied_but_taken_again(
    journal: Journal, filled: list[Entry], tmp_path: Path
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    for number, cut in enumerate((100_000, 300)):
        now = NOW + timedelta(days=number)
        (path,) = back_up(journal, now).paths
        content = bytearray(path.read_bytes())
        content[len(content) - cut] ^= 1  # in the database, and in what the backup says of itself
        path.write_bytes(content)
        later = now + timedelta(minutes=1)
        taken = back_up_if_due(journal, later, second_folder=second)
        assert taken is not None
        assert taken.not_copied is None
        name = name_of(journal.vault.id, later).text
        assert taken.paths == (path.with_name(name), second / name)
        assert all(check_backup(p, journal.vault) == taken.facts for p in taken.paths)


def test_a_copy_follows_the_backup_of_today_and_no_other(
    journal: Journal, filled: list[Entry], tmp_path: Path
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    back_up(journal, NOW + timedelta(days=9))  # by a clock that was wrong
    (today,) = back_up(journal, NOW).paths
    copied = back_up_if_due(journal, NOW, second_folder=second)
    assert copied is not None
    assert names_in(second) == [today.name]
    assert back_up_if_due(journal, NOW, second_folder=second) is None


@pytest.mark.parametrize("share", [0.1, 0.8, 0.95])
def test_a_copy_is_cancelled_like_the_backup_itself(
    journal: Journal, filled: list[Entry], tmp_path: Path, share: float
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    steps: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        steps.append((done, total))
        if done >= share * total:
            raise Cancelled

    with pytest.raises(Cancelled):
        back_up(journal, NOW, second_folder=second, progress=progress)
    assert steps == sorted(steps)
    assert names_in(second) == []
    assert len(names_in(backup_folder(journal.folder))) == (share > 0.7)


def test_a_backup_to_a_file_of_ones_choice(
    journal: Journal, filled: list[Entry], tmp_path: Path
) -> None:
    path, facts = back_up_to(journal, tmp_path / "mine.zip", NOW)
    assert check_backup(path, journal.vault) == facts
    in_folder, _ = back_up_to(journal, tmp_path, NOW)
    assert read_name(in_folder.name) is not None
    with pytest.raises(StorageFailed):
        back_up_to(journal, tmp_path / "nowhere" / "mine.zip", NOW)


def test_a_restored_journal_is_the_same_and_another_device(
    journal: Journal, door: Database, filled: list[Entry], keys: Path, tmp_path: Path
) -> None:
    (path,) = back_up(journal, NOW).paths
    before, into = exported(journal), tmp_path / "restored"
    restore_backup(path, into, open_backup(path, keys), NOW)
    restored = open_journal(into, keys)
    assert exported(restored) == before
    assert names_in(into) == ["journal.db", "journal.key", "journal.key2", "journal.mark"]
    assert all(one.stat().st_mode & 0o077 == 0 for one in (into, *into.iterdir()))
    other = restored.writing()
    asked = "SELECT id, device_id, substr(hlc, 1, 17), substr(hlc, 19) FROM vault"
    with door.transaction() as tx, other.transaction() as their_tx:
        ours, theirs = tx.exec_driver_sql(asked).one(), their_tx.exec_driver_sql(asked).one()
    assert (ours[0], ours[2]) == (theirs[0], theirs[2])
    assert ours[1] != theirs[1]
    assert theirs[1].endswith(theirs[3])
    other.close()
    restored.close()


def test_a_restored_journal_goes_on(
    journal: Journal, filled: list[Entry], keys: Path, tmp_path: Path, make: Callable[..., Entry]
) -> None:
    (path,) = back_up(journal, NOW).paths
    into = tmp_path / "restored"
    into.mkdir()
    restore_backup(path, into, open_backup(path, keys), NOW)
    for number in range(3):
        restored = open_journal(into, keys)
        other = restored.writing()
        with other.transaction() as tx:
            write_entry(tx, make(f"after {number}", day=number))
        other.close()
        restored.close()


def test_a_backup_is_never_restored_over_anything(
    journal: Journal, filled: list[Entry], keys: Path, tmp_path: Path
) -> None:
    (path,) = back_up(journal, NOW).paths
    before = exported(journal)
    for into in (journal.folder, path, tmp_path):
        with pytest.raises(JournalExists):
            restore_backup(path, into, open_backup(path, keys), NOW)
    assert exported(journal) == before


def test_a_cancelled_restore_leaves_nothing(
    journal: Journal, filled: list[Entry], keys: Path, tmp_path: Path
) -> None:
    (path,) = back_up(journal, NOW).paths

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    before = names_in(tmp_path)
    with pytest.raises(Cancelled):
        restore_backup(path, tmp_path / "new", open_backup(path, keys), NOW, progress=stop)
    assert names_in(tmp_path) == before


@pytest.mark.usefixtures("cheap_argon2")
def test_a_backup_opens_by_passphrase_and_recovery_key(keys: Path, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    recovery = create(folder, keys, WRITTEN_AT, passphrase="long enough words")
    journal = open_journal(folder, keys, passphrase="long enough words")
    (path,) = back_up(journal, NOW).paths
    elsewhere = tmp_path / "elsewhere"
    with pytest.raises(KeyUnavailable):
        open_backup(path, elsewhere)
    with pytest.raises(WrongPassphrase) as caught:
        open_backup(path, elsewhere, passphrase="wrong")
    assert caught.value.folder == path
    by_words = open_backup(path, elsewhere, passphrase="long enough words")
    by_key = open_backup(path, elsewhere, recovery_key=recovery.text)
    assert by_words.data_key == by_key.data_key
    restore_backup(path, tmp_path / "new", by_key, NOW)
    open_journal(tmp_path / "new", elsewhere, passphrase="long enough words")


@pytest.mark.usefixtures("cheap_argon2")
def test_a_backup_from_before_the_passphrase_opens_through_the_journal(
    journal: Journal, door: Database, filled: list[Entry], keys: Path, tmp_path: Path
) -> None:
    (path,) = back_up(journal, NOW).paths
    with door.transaction() as tx:
        set_passphrase(tx, journal, "set later on")
    open_journal(journal.folder, keys, passphrase="set later on")
    with pytest.raises(KeyUnavailable):
        open_backup(path, keys)
    vault = open_backup(path, keys, journal_folder=journal.folder, passphrase="set later on")
    restore_backup(path, tmp_path / "new", vault, NOW)
    restored = open_journal(tmp_path / "new", keys, passphrase="set later on")
    assert exported(restored) == exported(journal)
    assert backups.renew_keys([path], journal.vault) == (path,)
    assert backups.renew_keys([path], journal.vault) == ()
    open_backup(path, tmp_path / "elsewhere", passphrase="set later on")
    assert check_backup(path, journal.vault).entries == 78


def test_a_backup_of_another_journal_does_not_open(
    journal: Journal, filled: list[Entry], keys: Path, tmp_path: Path
) -> None:
    create(tmp_path / "other", keys, WRITTEN_AT)
    other = open_journal(tmp_path / "other", keys)
    (path,) = back_up(other, NOW).paths
    with pytest.raises(BackupUnusable):
        inspect_backup(path, journal.vault)
    assert open_backup(path, keys, journal_folder=journal.folder).id == other.vault.id


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"letters" * 100, bytes(5000)])
def test_other_files_are_refused(journal: Journal, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    for ask in (inspect_backup, check_backup):
        with pytest.raises(BackupUnusable):
            ask(path, journal.vault)
    with pytest.raises(BackupUnusable):
        open_backup(path, tmp_path)


def test_a_foreign_zip_file_is_no_backup_and_never_unpacked(
    journal: Journal, tmp_path: Path
) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("../../evil", b"x")
    with pytest.raises(BackupUnusable) as caught:
        check_backup(path, journal.vault)
    assert caught.value.trouble is BackupTrouble.NOT_A_BACKUP
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name in (HEADER, DATABASE, "about"):
            file.writestr(name, bytes(100_000_000 if name == "about" else 10))
    with pytest.raises(BackupUnusable) as caught:
        check_backup(path, journal.vault)
    assert caught.value.trouble is BackupTrouble.DAMAGED


def test_every_damaged_backup_is_refused_or_whole(
    journal: Journal, filled: list[Entry], keys: Path, tmp_path: Path
) -> None:
    (path,) = back_up(journal, NOW).paths
    whole, facts = path.read_bytes(), inspect_backup(path, journal.vault)
    chance, refused = random.Random(8), 0  # noqa: S311
    for trial in range(40):
        damaged = bytearray(whole)
        if trial % 4 == 3:
            damaged = damaged[: chance.randrange(len(whole))]
        else:
            damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        try:
            assert check_backup(path, journal.vault) == facts
        except BackupUnusable:
            refused += 1
            with pytest.raises(BackupUnusable):
                restore_backup(path, tmp_path / "new", journal.vault, NOW)
            assert not (tmp_path / "new").exists()
    assert refused >= 38


def test_a_damaged_journal_makes_no_backup(journal: Journal, filled: list[Entry]) -> None:
    reading = journal.reading()
    path = journal.folder / DATABASE
    journal.writing().empty_log()
    reading.close()
    content = bytearray(path.read_bytes())
    for page in range(len(content) // 8192, len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    path.write_bytes(content)
    with pytest.raises(KotterError):
        back_up(journal, NOW)
    assert names_in(backup_folder(journal.folder)) == []


def test_what_is_erased_goes_from_the_backups_too(
    journal: Journal, door: Database, filled: list[Entry], make: Callable[..., Entry], keys: Path
) -> None:
    (before,) = back_up(journal, NOW - timedelta(days=1)).paths
    gone = make(f"{CANARIES[0]} {CANARIES[1]}", day=1, tags=(CANARIES[2],), people=(CANARIES[3],))
    with door.transaction() as tx:
        write_entry(tx, gone)
    (path,) = back_up(journal, NOW).paths
    (broken,) = back_up(journal, NOW + timedelta(days=1)).paths
    broken.write_bytes(broken.read_bytes()[:5000])
    contents = {one: one.read_bytes() for one in (before, broken)}
    with door.transaction() as tx:
        erase_entries(tx, [gone.id], NOW)
        ids = purged_ids(tx)
    done = erase_in_backups([before, path, broken], journal.vault, ids, NOW)
    assert (done.rewritten, done.unreadable) == ((path,), (broken,))
    assert {one: one.read_bytes() for one in contents} == contents
    facts = check_backup(path, journal.vault)
    assert (facts.entries, facts.taken_at, facts.last_on) == (78, NOW, DAY)
    with zipfile.ZipFile(path) as file:
        file.extract(DATABASE, path.parent / "x")
    database = path.parent / "x" / DATABASE
    reader = PageReader(journal.vault.database_key, salt_of(database))
    text = b"".join(page.content for page in reader.file_pages(database)).lower()
    assert all(text.count(word.lower().encode()) == 0 for word in CANARIES)
    again = erase_in_backups([before, path], journal.vault, ids, NOW)
    assert again.rewritten == ()


def test_a_stopped_erasing_leaves_every_backup_whole(
    journal: Journal, door: Database, filled: list[Entry]
) -> None:
    (path,) = back_up(journal, NOW).paths
    content, asked = path.read_bytes(), 0

    def progress(_done: int, _total: int) -> None:
        nonlocal asked
        asked += 1
        if asked > 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        erase_in_backups([path], journal.vault, [filled[5].id], NOW, progress=progress)
    assert path.read_bytes() == content
    assert names_in(path.parent) == [path.name]


def test_what_a_killed_backup_left_goes_with_a_later_one(
    journal: Journal, filled: list[Entry]
) -> None:
    (path,) = back_up(journal, NOW).paths
    old, fresh = (path.parent / f".kotter-journal-work-{n}" for n in ("old", "fresh"))
    for left in (old, fresh):
        left.mkdir()
        (left / DATABASE).write_bytes(b"half")
    os.utime(old, (0, 0))
    back_up(journal, NOW + timedelta(days=1))
    assert not old.exists()
    assert fresh.exists()


def test_a_backup_of_a_newer_program_says_so(
    journal: Journal, door: Database, filled: list[Entry], keys: Path, tmp_path: Path
) -> None:
    with door.transaction() as tx:
        tx.exec_driver_sql("UPDATE vault SET min_reader = 99")
    (path,) = back_up(journal, NOW).paths
    with pytest.raises(BackupUnusable) as caught:
        restore_backup(path, tmp_path / "new", open_backup(path, keys), NOW)
    assert caught.value.trouble is BackupTrouble.TOO_NEW
