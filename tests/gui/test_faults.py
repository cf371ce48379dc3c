"""What can happen to a journal: each fault has its sentence, its ways out, and loses nothing."""

import json
import os
import shutil
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kotter_journal.app.program import Program
from kotter_journal.app.single_instance import SingleInstance
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
from kotter_journal.gui.main_window import TODAY
from kotter_journal.gui.settings.restore_dialog import RestoreDialog
from kotter_journal.services.backups import backup_folder
from kotter_journal.storage import entries, tables
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import DATABASE, MARK, open_journal
from kotter_journal.storage.key_header import HEADER, HEADER_COPY, canonical
from kotter_journal.storage.migrations import upgrade
from kotter_journal.storage.pages import PAGE, PageReader, salt_of
from kotter_journal.storage.records import records_of
from kotter_journal.storage.verify import verify
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


# While it is open


def typing(owner: Owner) -> Program:
    """The program with a new entry that somebody has begun to write, and that is saved."""
    owner.makes_a_journal()
    program = owner.opens()
    program.workspace.pages.new_entry(owner.now.date())
    types(owner, program, "begun ")
    owner.sees(lambda: is_saved(program))
    return program


def types(owner: Owner, program: Program, words: str) -> None:
    QTest.keyClicks(program.workspace.pages.entries.editor.text, words)
    program.workspace.pages.entries.flush()


def is_saved(program: Program) -> bool:
    return bool(program.workspace.pages.entries.is_saved and program.workspace.session.idle)


def said(program: Program, name: str = "disk") -> str:
    return program.window.notices.text(name)


def saved_text(owner: Owner, program: Program) -> str:
    """What the disk has of the entry that is being written."""
    entry_id = program.workspace.pages.entries.editor.current_id()
    return str(program.workspace.session.read(lambda tx: entries.entry(tx, entry_id)).body)


def test_a_folder_taken_away_while_writing_keeps_the_text_until_it_is_back(owner: Owner) -> None:
    program = typing(owner)
    away = owner.folder.rename(owner.place / "away")
    types(owner, program, "and on")
    owner.sees(lambda: "was moved, replaced or deleted" in said(program))
    assert "What you wrote stays on the screen." in said(program)
    assert "begun and on" in program.workspace.pages.entries.editor.text.prose()
    assert not is_saved(program)
    away.rename(owner.folder)
    program.window.notices.row("disk").button.click()
    owner.sees(lambda: is_saved(program))
    assert not said(program)
    assert saved_text(owner, program) == "begun and on"


@pytest.mark.parametrize("fault", ["copied over", "log deleted"])
def test_a_file_replaced_while_writing_is_written_to_once_it_is_known_again(
    owner: Owner, fault: str
) -> None:
    program = typing(owner)
    emptied_log(owner, program)
    path = owner.folder / DATABASE
    if fault == "copied over":
        shutil.copy(path, owner.place / "copy")
        os.replace(owner.place / "copy", path)
    else:
        path.with_name(f"{DATABASE}-wal").unlink()
    types(owner, program, "and on")
    owner.sees(lambda: is_saved(program))
    assert saved_text(owner, program) == "begun and on"
    assert owner.count_of(program.workspace.session.journal) == 61
    owner.sees(lambda: not said(program))
    owner.closes(program)
    assert owner.count_in(owner.folder) == 61


def emptied_log(owner: Owner, program: Program) -> None:
    session = program.workspace.session
    done: list[bool] = []
    session._tasks.run(session._working.empty_log, owner=session, done=done.append)
    owner.sees(lambda: done)


def test_an_older_file_in_its_place_is_not_written_to_and_the_text_can_be_kept(
    owner: Owner,
) -> None:
    owner.makes_a_journal()
    shutil.copy(owner.folder / DATABASE, owner.place / "older.db")
    program = owner.opens()
    program.workspace.pages.new_entry(owner.now.date())
    types(owner, program, "begun ")
    owner.sees(lambda: is_saved(program))
    older = (owner.place / "older.db").read_bytes()
    os.replace(owner.place / "older.db", owner.folder / DATABASE)
    types(owner, program, "and on")
    owner.sees(lambda: "is older than the last change" in said(program))
    notices = program.window.notices
    row = notices.row("disk")
    assert [one.text() for one in row.answers[1:]] == ["Keep the text in a file…", "Other ways out"]
    kept = owner.place / "kept.txt"
    program.workspace.fault_notices.ask_where_to_keep = lambda: kept
    row.answers[1].click()
    assert kept.read_text("utf-8") == "2026-05-14\nbegun and on"
    assert "not encrypted" in said(program, "kept")
    assert (owner.folder / DATABASE).read_bytes() == older
    assert "begun and on" in program.workspace.pages.entries.editor.text.prose()


def test_a_full_disk_is_told_and_saves_when_there_is_room(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = typing(owner)

    def full(_door: Database) -> None:
        raise StorageFailed(StorageTrouble.DISK_FULL, owner.folder / DATABASE)

    with monkeypatch.context() as broken:
        broken.setattr(Database, "_check_files", full)
        types(owner, program, "and on")
        owner.sees(lambda: "The disk is full." in said(program))
        assert not is_saved(program)
    program.window.notices.row("disk").button.click()
    owner.sees(lambda: is_saved(program))
    assert saved_text(owner, program) == "begun and on"
    assert not said(program)


def test_a_disk_that_fails_is_not_opened_over_and_over(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = typing(owner)
    session = program.workspace.session
    revived: list[None] = []
    session.revived.connect(lambda: revived.append(None))

    def broken(door: Database) -> None:
        if not door.read_only:
            raise StorageFailed(StorageTrouble.DISK_ERROR, owner.folder / DATABASE)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "_check_files", broken)
        types(owner, program, "and on")
        owner.sees(lambda: "The disk reported an error" in said(program) and revived)
        owner.sees(lambda: session.idle)
        assert len(revived) == 1
    program.window.notices.row("disk").button.click()
    owner.sees(lambda: is_saved(program))
    assert saved_text(owner, program) == "begun and on"


def damage_entries(owner: Owner, count: int) -> list[int]:
    """Flip a bit on so many pages that hold rows of entries; which pages those are."""
    journal = open_journal(owner.folder, owner.keys)
    reader = PageReader(journal.vault.database_key, salt_of(owner.folder / DATABASE))
    pages = list(reader.file_pages(owner.folder / DATABASE))
    known = {page.number: page.content for page in pages}
    entry = len(tables.entry.c)
    holding = [
        page.number
        for page in pages
        if any(len(r.values) == entry for r in records_of(page.number, page.content, known.get))
    ]
    for number in holding[-count:]:
        damage(owner.folder / DATABASE, (number - 1) * PAGE + 300)
    return holding[-count:]


def test_a_damaged_page_takes_its_own_entries_away_and_no_others(owner: Owner) -> None:
    owner.makes_a_journal(200)
    damage_entries(owner, 2)
    program = owner.opens()
    owner.sees(lambda: "is damaged" in said(program, "damage"))
    model = program.workspace.pages.entries.sidebar.model
    owner.sees(lambda: model.rowCount() == 200)
    words = [model.index(row).data() for row in range(200)]
    lost = words.count("This entry cannot be read")
    assert 0 < lost < 40
    assert None not in words
    # What can be read opens, what cannot says so and leaves what is open as it is.
    readable = next(row for row in range(200) if model.entry_id(row) is not None)
    program.workspace.show_entry(model.entry_id(readable))
    assert program.workspace.pages.entries.editor.current_id() == model.entry_id(readable)
    program.window.notices.row("damage").button.click()
    owner.sees(lambda: program.workspace.pages.settings is not None)
    assert program.workspace.pages.settings.section("check").isVisible()


def test_today_on_a_damaged_page_does_not_keep_the_window_from_opening(owner: Owner) -> None:
    owner.makes_a_journal(3)
    damage_entries(owner, 1)
    program = owner.opens()
    owner.sees(lambda: "is damaged" in said(program, "damage"))
    assert program.workspace.day_list._hint_title.text() == "This day cannot be read"
    line = program.window.today_page.quick_line.field
    line.setText("45a a new line")
    QTest.keyClick(line, "\r")
    owner.sees(lambda: not line.isReadOnly())
    # What cannot be kept on the damaged page stays where it was typed.
    assert line.text() == "45a a new line"


# A folder that a program keeps in step


def synced(owner: Owner) -> Owner:
    """A journal in a folder of Syncthing's."""
    owner.folder = owner.place / "shared" / "journal"
    owner.makes_a_journal()
    (owner.place / "shared" / ".stfolder").mkdir()
    return owner


def test_a_folder_in_step_is_told_once_a_start_and_can_be_left(owner: Owner) -> None:
    program = synced(owner).opens()
    owner.sees(lambda: "Syncthing keeps the same" in said(program, "sync"))
    assert str(owner.folder) in said(program, "sync")
    program.window.notices.row("sync").dismissal.click()
    assert not said(program, "sync")
    owner.closes(program)
    again = owner.opens()
    owner.sees(lambda: "Syncthing keeps the same" in said(again, "sync"))


def test_a_journal_moves_out_of_it_with_all_that_was_typed(owner: Owner) -> None:
    program = synced(owner).opens()
    owner.sees(lambda: said(program, "sync"))
    program.workspace.pages.new_entry(owner.now.date())
    QTest.keyClicks(program.workspace.pages.entries.editor.text, "typed just before")
    program.window.notices.row("sync").button.click()
    owner.sees(lambda: program.workspace.start_notices.move_page is not None)
    page = program.workspace.start_notices.move_page
    assert program.window.pages.currentWidget() is page
    into = default_journal_folder()
    for named in (into, owner.folder, owner.folder.parent):
        assert str(named) in page.words.text()
    owner.presses(page, "move")
    owner.sees(page.open_button.isVisible)
    backups = owner.folder.parent / "Kotter Journal backups"
    assert str(backups) in page.words.text()
    assert str(owner.folder) in page.words.text()
    assert program.preferences.settings.second_folder == backups
    assert len(list(backups.iterdir())) == 1
    owner.presses(page, "open_moved")
    assert program.successor == [f"--journal={into}"]
    owner.closes(program)
    assert owner.count_in(into) == owner.count_in(owner.folder) == 61
    moved = owner.opens(into)
    assert moved.workspace.pages.backup_clock is not None
    assert not said(moved, "sync")


def test_moving_can_be_given_up_and_stopped(owner: Owner) -> None:
    program = synced(owner).opens()
    program.workspace.start_notices.offer_move("Syncthing")
    owner.sees(lambda: program.workspace.start_notices.move_page is not None)
    page = program.workspace.start_notices.move_page
    chosen = owner.place / "chosen"
    chosen.mkdir()
    page.ask_where = lambda: chosen
    page.place_button.click()
    assert str(chosen) in page.words.text()
    page.move_button.click()
    page.job_row.cancel_button.click()
    owner.sees(page.told.isVisible)
    assert page.told.text().startswith("Stopped.")
    assert list(chosen.iterdir()) == []
    page.leave_button.click()
    assert program.window.rank == TODAY
    assert not program.window.is_covered
    program.window.today_page.quick_line.field.setText("45a goes on")
    QTest.keyClick(program.window.today_page.quick_line.field, "\r")
    owner.sees(lambda: program.window.today_page.quick_line.field.text() == "")


def test_moving_where_nothing_can_be_written_says_so_and_leaves_all_as_it_is(
    owner: Owner,
) -> None:
    program = synced(owner).opens()
    program.workspace.start_notices.offer_move("Syncthing")
    owner.sees(lambda: program.workspace.start_notices.move_page is not None)
    page = program.workspace.start_notices.move_page
    in_the_way = owner.place / "a file"
    in_the_way.write_bytes(b"")
    page.into = in_the_way / "journal"
    page.move_button.click()
    owner.sees(page.told.isVisible)
    assert str(in_the_way) in page.told.text()
    assert page.move_button.isEnabled()
    assert program.preferences.settings.second_folder is None


def test_a_second_folder_that_was_chosen_stays(owner: Owner) -> None:
    chosen = owner.place / "chosen"
    (owner.place / "settings.toml").write_text(f'second_backup_folder = "{chosen}"\n')
    program = synced(owner).opens()
    program.workspace.start_notices.offer_move("Syncthing")
    owner.sees(lambda: program.workspace.start_notices.move_page is not None)
    page = program.workspace.start_notices.move_page
    page.move_button.click()
    owner.sees(page.open_button.isVisible)
    assert program.preferences.settings.second_folder == chosen


def test_a_state_that_another_computer_has_left_is_named(owner: Owner) -> None:
    owner.makes_a_journal()
    copy = owner.folder / "journal.sync-conflict-20260514-104200-ABCDEFG.db"
    shutil.copy(owner.folder / DATABASE, copy)
    program = owner.opens()
    owner.sees(lambda: copy.name in said(program, "conflict"))
    assert copy.exists()


def test_the_advice_on_such_a_state_works(owner: Owner) -> None:
    """Copied as journal.db with journal.key into an empty folder, it opens."""
    owner.makes_a_journal()
    empty = owner.place / "empty"
    empty.mkdir()
    shutil.copy(owner.folder / DATABASE, empty / DATABASE)
    shutil.copy(owner.folder / HEADER, empty)
    program = owner.opens(empty)
    assert owner.count_of(program.workspace.session.journal) == 60


# The clock


def test_a_clock_set_back_is_told_and_loses_nothing(owner: Owner) -> None:
    program = typing(owner)
    owner.closes(program)
    owner.now -= timedelta(days=400)
    program = owner.opens()
    owner.sees(lambda: said(program, "clock"))
    assert "says 9 April 2025, 18:00" in said(program, "clock")
    assert "last changed on 14 May 2026, 18:00" in said(program, "clock")
    program.window.notices.row("clock").dismissal.click()
    program.workspace.show_entry(next(e for e in owner.made[::-1] if e.deleted_at is None).id)
    types(owner, program, "written by a wrong clock ")
    owner.sees(lambda: is_saved(program))
    assert "written by a wrong clock" in saved_text(owner, program)
    line = program.window.today_page.quick_line.field
    program.window.show_page(TODAY)
    line.setText("45a by a wrong clock")
    QTest.keyClick(line, "\r")
    owner.sees(lambda: line.text() == "")
    rows = program.workspace.day_list.model.rows
    assert [(row.heading, row.on.isoformat()) for row in rows] == [
        ("by a wrong clock", "2025-04-09")
    ]
    session = program.workspace.session
    assert all(one.ok for one in verify(session.journal, [], lambda *_: None))


def test_a_clock_a_little_behind_that_of_another_computer_is_no_trouble(owner: Owner) -> None:
    owner.closes(typing(owner))
    owner.now -= timedelta(minutes=4)
    program = owner.opens()
    owner.sees(lambda: program.tasks.idle)
    assert not said(program, "clock")


# An update


def test_an_update_that_fails_leaves_the_journal_as_it_was_and_is_tried_again(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Path(__file__).parents[1] / "storage" / "journals" / "0001"
    shutil.copytree(kept / "journal", owner.folder)
    shutil.copytree(kept / "keys", owner.keys)
    before = (owner.folder / DATABASE).read_bytes()

    def full(_tx: object, _steps: object) -> None:
        raise StorageFailed(StorageTrouble.DISK_FULL, owner.folder / DATABASE)

    with monkeypatch.context() as broken:
        broken.setattr(upgrade, "run_steps", full)
        program, page = owner.meets_a_fault()
        assert "The disk is full." in page.words.text()
    assert (owner.folder / DATABASE).read_bytes() == before
    (backup,) = backup_folder(owner.folder).iterdir()
    assert "before-upgrade" in backup.name
    owner.takes(page, Way.TRY_AGAIN)
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    assert owner.count_of(program.workspace.session.journal) > 0


def test_a_second_start_brings_the_first_window_up(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert not first.is_second()
    first.listen()
    with qtbot.waitSignal(first.raise_asked):
        assert second.is_second()
    assert not SingleInstance(tmp_path / "another").is_second()
    first.close()
