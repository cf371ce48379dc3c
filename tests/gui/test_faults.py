"""What can happen to a journal: each fault has its sentence, its ways out, and loses nothing."""

import json
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kotter_journal.config.paths import default_journal_folder
from kotter_journal.domain.errors import (
    JournalBusy,
    JournalDamaged,
    JournalMissing,
    JournalTooNew,
    KeyTrouble,
    KeyUnavailable,
    MistypedRecoveryKey,
    StorageFailed,
    StorageTrouble,
    WrongPassphrase,
)
from kotter_journal.formats import journal_json
from kotter_journal.gui.faults import Way, ways_out
from kotter_journal.gui.settings.restore_dialog import RestoreDialog
from kotter_journal.services.backups import backup_folder
from kotter_journal.storage.journal import DATABASE, MARK, open_journal
from kotter_journal.storage.key_header import HEADER, HEADER_COPY, canonical
from tests.gui.owner import Owner

FOLDER = Path("somewhere")
PASSPHRASE = "calm water"


@pytest.fixture
def owner(qtbot: QtBot, tmp_path: Path) -> Iterator[Owner]:
    """Somebody with a journal; everything is closed at the end."""
    somebody = Owner(qtbot, tmp_path)
    yield somebody
    somebody.leaves()


def damage(path: Path, at: int) -> bytes:
    """Flip a bit; what the file holds then."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    return bytes(content)


def damaged_beginning(owner: Owner) -> bytes:
    """A journal that does not open, though most of it can be read."""
    return damage(owner.folder / DATABASE, 2000)


@pytest.mark.parametrize(
    "error",
    [
        JournalMissing(FOLDER),
        JournalDamaged(FOLDER),
        JournalTooNew(FOLDER),
        JournalBusy(FOLDER, 1),
        *(StorageFailed(trouble, FOLDER) for trouble in StorageTrouble),
        KeyUnavailable(KeyTrouble.HEADER_MISSING, FOLDER),
        KeyUnavailable(KeyTrouble.HEADER_DAMAGED, FOLDER),
        KeyUnavailable(KeyTrouble.HEADER_TAMPERED, FOLDER),
    ],
    ids=str,
)
def test_there_is_a_way_out_of_every_fault(error: Exception) -> None:
    ways = ways_out(error)  # type: ignore[arg-type]
    assert Way.TRY_AGAIN in ways
    assert len(set(ways)) == len(ways)


@pytest.mark.parametrize(
    "error",
    [
        WrongPassphrase(FOLDER),
        MistypedRecoveryKey(2),
        KeyUnavailable(KeyTrouble.PASSPHRASE_NEEDED, FOLDER),
        KeyUnavailable(KeyTrouble.DEVICE_SECRET_MISSING, FOLDER),
    ],
    ids=str,
)
def test_where_only_a_key_is_missing_nothing_else_is_offered(error: Exception) -> None:
    assert ways_out(error) == ()  # type: ignore[arg-type]


# A damaged file


def test_a_damaged_journal_names_the_file_and_offers_every_way(owner: Owner) -> None:
    owner.makes_a_journal()
    damaged_beginning(owner)
    _, page = owner.meets_a_fault()
    assert str(owner.folder / DATABASE) in page.words.text()
    assert list(page.ways) == [
        Way.RESTORE,
        Way.OPEN_READABLE,
        Way.EXPORT,
        Way.RESTORE_FILE,
        Way.TRY_AGAIN,
    ]
    assert page.window().focusWidget() is page.ways[Way.RESTORE]


def test_the_newest_good_backup_is_shown_and_restored_beside(owner: Owner) -> None:
    owner.makes_a_journal(backups=3)
    content = damaged_beginning(owner)
    newest = max(backup_folder(owner.folder).iterdir())
    damage(newest, newest.stat().st_size // 2)
    program, page = owner.meets_a_fault()
    owner.takes(page, Way.RESTORE)
    dialog = owner.sees_dialog(RestoreDialog)
    assert newest.name in page.told.text()
    owner.presses(dialog, "restore")
    owner.presses(dialog, "open_restored")
    into = owner.place / "journal-restored-2026-05-14"
    assert program.successor == [f"--journal={into}"]
    owner.closes(program)
    assert owner.count_in(into) == 60
    assert (owner.folder / DATABASE).read_bytes() == content


def test_without_a_whole_backup_it_says_where_it_looked(owner: Owner) -> None:
    owner.makes_a_journal(backups=2)
    damaged_beginning(owner)
    for path in backup_folder(owner.folder).iterdir():
        damage(path, path.stat().st_size // 2)
    _, page = owner.meets_a_fault()
    owner.takes(page, Way.RESTORE)
    owner.sees(page.told.isVisible)
    assert "no whole backup" in page.told.text()
    assert str(backup_folder(owner.folder)) in page.told.text()
    assert page.ways[Way.RESTORE].isEnabled()


def test_another_backup_can_be_chosen(owner: Owner) -> None:
    owner.makes_a_journal()
    damaged_beginning(owner)
    elsewhere = owner.place / "stick.zip"
    next(backup_folder(owner.folder).iterdir()).rename(elsewhere)
    program, page = owner.meets_a_fault()
    page.remedies.ask_for_backup = lambda: elsewhere
    owner.takes(page, Way.RESTORE_FILE)
    dialog = owner.sees_dialog(RestoreDialog)
    owner.presses(dialog, "restore")
    owner.presses(dialog, "open_restored")
    assert program.successor is not None


def test_what_can_be_read_opens_for_reading_only_and_can_be_kept(owner: Owner) -> None:
    owner.makes_a_journal()
    content = damaged_beginning(owner)
    program, page = owner.meets_a_fault()
    owner.takes(page, Way.OPEN_READABLE)
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    session = program.workspace.session
    readable = session.journal.folder
    assert session.read_only
    notice = program.window.notices.text("reading")
    assert str(owner.folder) in notice
    count = owner.count_of(session.journal)
    assert 40 < count <= 60
    assert f"{count} entries could be read" in notice
    program.window.notices.row("reading").answers[0].click()
    owner.sees(lambda: program.successor)
    into = owner.place / "journal-readable-2026-05-14"
    assert program.successor == [f"--journal={into}"]
    owner.closes(program)
    assert not readable.exists()
    assert owner.count_in(into) == count
    assert (owner.folder / DATABASE).read_bytes() == content
    again = owner.opens(into)
    assert not again.workspace.session.read_only


def test_what_can_be_read_is_exported_from_the_window_as_well(owner: Owner) -> None:
    owner.makes_a_journal()
    damaged_beginning(owner)
    program, page = owner.meets_a_fault()
    owner.takes(page, Way.OPEN_READABLE)
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    out = owner.place / "readable.json"
    remedies = program.workspace.reading_only.remedies
    remedies.ask_where_to_export = lambda: out
    program.window.notices.row("reading").answers[1].click()
    owner.sees(lambda: program.window.notices.text("remedy"))
    assert "not encrypted" in program.window.notices.text("remedy")
    assert len(journal_json.read(out).entries) > 40
    assert program.window.notices.text("reading")


def test_what_can_be_read_is_exported(owner: Owner) -> None:
    owner.makes_a_journal()
    content = damaged_beginning(owner)
    _, page = owner.meets_a_fault()
    out = owner.place / "readable.json"
    page.remedies.ask_where_to_export = lambda: out
    owner.takes(page, Way.EXPORT)
    owner.sees(page.told.isVisible)
    assert str(out) in page.told.text()
    assert "not encrypted" in page.told.text()
    assert len(journal_json.read(out).entries) > 40
    assert (owner.folder / DATABASE).read_bytes() == content


def test_where_nothing_can_be_read_it_is_said(owner: Owner) -> None:
    owner.makes_a_journal(backups=0)
    (owner.folder / DATABASE).write_bytes(b"letters" * 5000)
    _, page = owner.meets_a_fault()
    owner.takes(page, Way.OPEN_READABLE)
    owner.sees(page.told.isVisible)
    assert str(owner.folder / DATABASE) in page.told.text()


def test_long_work_can_be_stopped_and_keeps_nothing(owner: Owner) -> None:
    owner.makes_a_journal(400)
    damaged_beginning(owner)
    _, page = owner.meets_a_fault()
    owner.takes(page, Way.OPEN_READABLE)
    assert page.job_row.isVisible()
    assert not page.ways[Way.RESTORE].isEnabled()
    page.job_row.cancel_button.click()
    owner.sees(page.told.isVisible)
    assert page.told.text().startswith("Stopped.")
    assert page.ways[Way.RESTORE].isEnabled()


def test_a_journal_put_right_meanwhile_opens_when_tried_again(owner: Owner) -> None:
    owner.makes_a_journal()
    good = (owner.folder / DATABASE).read_bytes()
    damaged_beginning(owner)
    program, page = owner.meets_a_fault()
    owner.takes(page, Way.TRY_AGAIN)
    again = owner.page_of(program, page)
    (owner.folder / DATABASE).write_bytes(good)
    owner.takes(again, Way.TRY_AGAIN)
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    assert not program.window.notices.text("reading")


@pytest.mark.parametrize("kept", [0, 100, 1, 30_000])
def test_a_truncated_file_is_a_damaged_one(owner: Owner, kept: int) -> None:
    owner.makes_a_journal()
    content = (owner.folder / DATABASE).read_bytes()
    (owner.folder / DATABASE).write_bytes(content[:kept])
    program, page = owner.meets_a_fault()
    assert "is damaged" in page.words.text()
    owner.takes(page, Way.RESTORE)
    dialog = owner.sees_dialog(RestoreDialog)
    owner.presses(dialog, "restore")
    owner.presses(dialog, "open_restored")
    owner.closes(program)
    assert owner.count_in(owner.place / "journal-restored-2026-05-14") == 60


@pytest.mark.usefixtures("cheap_argon2")
def test_a_passphrase_that_was_typed_is_not_asked_for_again(owner: Owner) -> None:
    owner.makes_a_journal(passphrase=PASSPHRASE)
    damaged_beginning(owner)
    program = owner.starts()
    owner.sees(lambda: program._closed is not None)
    closed = program._closed
    assert closed is not None
    QTest.keyClicks(closed.field, PASSPHRASE)
    closed.button.click()
    page = owner.page_of(program)
    owner.takes(page, Way.OPEN_READABLE)
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    assert program.workspace.session.read_only


@pytest.mark.usefixtures("cheap_argon2")
def test_a_window_that_holds_keys_locks_though_nothing_is_open(owner: Owner) -> None:
    owner.makes_a_journal(passphrase=PASSPHRASE)
    damaged_beginning(owner)
    program = owner.starts()
    owner.sees(lambda: program._closed is not None)
    closed = program._closed
    assert closed is not None
    QTest.keyClicks(closed.field, PASSPHRASE)
    closed.button.click()
    owner.page_of(program)
    program.auto_lock.asked.emit()
    assert program.successor is not None
    assert any("locked" in one for one in program.successor)


# Keys


@pytest.mark.parametrize("fault", ["missing", "damaged", "tampered"])
def test_a_lost_key_file_comes_back_from_a_backup(owner: Owner, fault: str) -> None:
    owner.makes_a_journal()
    write_one_more(owner)
    for name in (HEADER, HEADER_COPY):
        spoil(owner.folder / name, fault)
    program, page = owner.meets_a_fault()
    assert str(owner.folder / HEADER) in page.words.text()
    owner.takes(page, Way.MEND_KEYS)
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    assert owner.count_of(program.workspace.session.journal) == 61


def write_one_more(owner: Owner) -> None:
    """An entry that is in no backup."""
    program = owner.opens()
    program.window.today_page.quick_line.field.setText("45a one more")
    QTest.keyClick(program.window.today_page.quick_line.field, "\r")
    owner.sees(lambda: len(program.workspace.day_list.model.rows) > 0)
    owner.closes(program)


def spoil(path: Path, fault: str) -> None:
    if fault == "missing":
        path.unlink()
    elif fault == "damaged":
        damage(path, 100)
    else:
        members = json.loads(path.read_bytes())
        del members["crc"]
        members["mac"] = members["mac"][::-1]
        crc = f"{zlib.crc32(canonical(members)):08x}"
        path.write_bytes(canonical(members | {"crc": crc}))


@pytest.mark.usefixtures("cheap_argon2")
@pytest.mark.parametrize("by", ["passphrase", "recovery key"])
def test_the_keys_of_a_backup_are_asked_for(owner: Owner, by: str) -> None:
    recovery_key = owner.makes_a_journal(passphrase=PASSPHRASE)
    for name in (HEADER, HEADER_COPY):
        (owner.folder / name).unlink()
    program, page = owner.meets_a_fault()
    assert page.field.isHidden()
    owner.takes(page, Way.OPEN_READABLE)
    owner.sees(page.field.isVisible)
    assert page.window().focusWidget() is page.field
    QTest.keyClicks(page.field, "calm watre")
    QTest.keyClick(page.field, "\r")
    owner.sees(lambda: "does not open" in page.told.text())
    assert page.field.text() == ""
    typed = PASSPHRASE if by == "passphrase" else recovery_key.text
    QTest.keyClicks(page.field, typed)
    QTest.keyClick(page.field, "\r")
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    assert owner.count_of(program.workspace.session.journal) == 60


def test_without_any_keys_it_is_said(owner: Owner) -> None:
    owner.makes_a_journal(backups=0)
    for name in (HEADER, HEADER_COPY):
        (owner.folder / name).unlink()
    _, page = owner.meets_a_fault()
    owner.takes(page, Way.RESTORE)
    owner.sees(page.told.isVisible)
    assert "No backup of it has its keys either." in page.told.text()


# An older state


def older(owner: Owner) -> None:
    """The file goes back to a state before the last saves; the mark does not."""
    owner.makes_a_journal()
    kept = owner.place / "older.db"
    shutil.copy(owner.folder / DATABASE, kept)
    write_one_more(owner)
    for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (owner.folder / name).unlink(missing_ok=True)
    shutil.move(kept, owner.folder / DATABASE)


def test_an_older_state_can_be_looked_at_first(owner: Owner) -> None:
    older(owner)
    program, page = owner.meets_a_fault()
    assert "is older than the last change" in page.words.text()
    owner.takes(page, Way.READ)
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    assert program.workspace.session.read_only
    assert "is older than the last change" in program.window.notices.text("reading")
    owner.closes(program)
    # Nothing was accepted by looking.
    owner.meets_a_fault()


def test_an_older_state_is_gone_on_with_only_when_one_is_sure(owner: Owner) -> None:
    older(owner)
    program, page = owner.meets_a_fault()
    owner.takes(page, Way.ACCEPT)
    assert "is missing then" in page.told.text()
    owner.takes(page, Way.ACCEPT)
    assert program.workspace is None
    page.sure_button.click()
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    assert not program.workspace.session.read_only
    assert owner.count_of(program.workspace.session.journal) == 60
    owner.closes(program)
    owner.opens()


def test_a_lost_log_is_an_older_state(owner: Owner) -> None:
    owner.makes_a_journal()
    program = owner.opens()
    program.window.today_page.quick_line.field.setText("45a only in the log")
    QTest.keyClick(program.window.today_page.quick_line.field, "\r")
    owner.sees(lambda: len(program.workspace.day_list.model.rows) > 0)
    copied = owner.place / "copied"
    shutil.copytree(owner.folder, copied)
    owner.closes(program)
    shutil.copy(owner.folder / MARK, copied / MARK)
    (copied / f"{DATABASE}-wal").write_bytes(b"")
    _, page = owner.meets_a_fault(copied)
    assert Way.ACCEPT in page.ways
    assert str(copied / DATABASE) in page.words.text()


# Two at once


def test_a_journal_that_another_process_writes_can_be_read(owner: Owner) -> None:
    owner.makes_a_journal()
    other = open_journal(owner.folder, owner.keys)
    held = other.writing()
    program, page = owner.meets_a_fault()
    assert "is open in another process" in page.words.text()
    assert list(page.ways) == [Way.READ, Way.TRY_AGAIN]
    owner.takes(page, Way.READ)
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    assert program.workspace.session.read_only
    assert len(program.workspace.pages.entries.sidebar.model._ascending) == 60
    held.close()
    other.close()
    program.window.notices.row("reading").button.click()
    owner.sees(lambda: program.successor)
    assert program.successor == [f"--journal={owner.folder}"]


def test_it_opens_as_soon_as_the_other_one_is_closed(owner: Owner) -> None:
    owner.makes_a_journal()
    other = open_journal(owner.folder, owner.keys)
    held = other.writing()
    program, page = owner.meets_a_fault()
    held.close()
    other.close()
    owner.takes(page, Way.TRY_AGAIN)
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    assert not program.workspace.session.read_only


# Gone


def test_an_unplugged_drive_is_waited_for(owner: Owner) -> None:
    owner.makes_a_journal()
    owner.closes(owner.opens())
    (owner.place / "settings.toml").write_text(f'journal_folder = "{owner.folder}"\n')
    away = owner.folder.rename(owner.place / "away")
    program, page = owner.meets_a_fault()
    assert str(owner.folder) in page.words.text()
    assert list(page.ways) == [Way.TRY_AGAIN, Way.LOCATE, Way.RESTORE, Way.RESTORE_FILE]
    owner.takes(page, Way.TRY_AGAIN)
    again = owner.page_of(program, page)
    assert not owner.folder.exists()
    away.rename(owner.folder)
    owner.takes(again, Way.TRY_AGAIN)
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    assert owner.count_of(program.workspace.session.journal) == 60


def test_a_journal_that_was_moved_is_found(owner: Owner) -> None:
    owner.makes_a_journal()
    (owner.place / "settings.toml").write_text(f'journal_folder = "{owner.folder}"\n')
    moved = owner.folder.rename(owner.place / "moved")
    program, page = owner.meets_a_fault()
    page.ask_where_it_lies = lambda: moved
    owner.takes(page, Way.LOCATE)
    owner.sees(lambda: program.successor)
    assert program.successor == [f"--journal={moved}"]


def test_a_lost_journal_comes_back_from_the_second_folder_to_the_usual_place(
    owner: Owner,
) -> None:
    owner.makes_a_journal()
    second = owner.place / "second"
    shutil.copytree(backup_folder(owner.folder), second)
    shutil.rmtree(owner.folder)
    (owner.place / "settings.toml").write_text(
        f'journal_folder = "{owner.folder}"\nsecond_backup_folder = "{second}"\n'
    )
    program, page = owner.meets_a_fault()
    owner.takes(page, Way.RESTORE)
    dialog = owner.sees_dialog(RestoreDialog)
    assert dialog.into.parent == default_journal_folder().parent
    assert not owner.folder.exists()
    owner.presses(dialog, "restore")
    owner.presses(dialog, "open_restored")
    assert program.successor == [f"--journal={dialog.into}"]
    assert owner.count_in(dialog.into) == 60


def test_a_database_that_is_gone_beside_its_key_file_is_no_first_start(owner: Owner) -> None:
    owner.makes_a_journal()
    (owner.folder / DATABASE).unlink()
    program, page = owner.meets_a_fault()
    owner.takes(page, Way.RESTORE)
    dialog = owner.sees_dialog(RestoreDialog)
    owner.presses(dialog, "restore")
    owner.presses(dialog, "open_restored")
    assert program.successor is not None


# Another version


def test_a_journal_of_a_newer_program_says_so_and_where_its_backups_are(owner: Owner) -> None:
    owner.makes_a_journal()
    journal = open_journal(owner.folder, owner.keys)
    door = journal.writing()
    with door.transaction() as tx:
        tx.exec_driver_sql("UPDATE vault SET min_reader = 99")
    door.close()
    journal.close()
    _, page = owner.meets_a_fault()
    assert "newer version" in page.words.text()
    assert str(backup_folder(owner.folder)) in page.words.text()
    assert list(page.ways) == [Way.TRY_AGAIN]
