"""Backups in the settings: listed, taken, checked, copied to a second folder, and restored."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import EntryDraft, begin
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.backups import BackupsSection
from kotter_journal.gui.settings.recovery_dialog import RecoveryDialog
from kotter_journal.gui.settings.restore_dialog import RestoreDialog
from kotter_journal.gui.tasks import TaskRunner
from kotter_journal.services import backups
from kotter_journal.services.entries import write_entry
from kotter_journal.services.rescue import open_readable
from kotter_journal.storage import day_totals, entries
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import create, open_journal
from tests.gui.conftest import NOW


@pytest.fixture(autouse=True)
def _an_entry(qtbot: QtBot, session: JournalSession) -> None:
    """The journal holds one entry."""
    entry = begin(EntryDraft(on=NOW.date(), body="Heard it back"), NOW, 3)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, entry), owner=session)


def shown(session: JournalSession, preferences: Preferences, window: QWidget) -> BackupsSection:
    """The section, in front."""
    made = BackupsSection(session, preferences, window)
    made.setGeometry(window.rect())
    made.show()
    return made


@pytest.fixture
def section(
    qtbot: QtBot, session: JournalSession, preferences: Preferences, window: QWidget
) -> Iterator[BackupsSection]:
    """The section, with two backups of earlier days in its list."""
    for days in (3, 1):
        backups.back_up(session.journal, NOW - timedelta(days=days))
    made = shown(session, preferences, window)
    qtbot.waitUntil(lambda: made.table.rowCount() == 2)
    yield made
    for dialog in window.findChildren(RecoveryDialog):
        dialog.reject()


def rows(section: BackupsSection) -> list[list[str]]:
    """What the table shows."""
    table = section.table
    cells = [
        [table.item(row, column) for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]
    return [[cell.text() if cell else "" for cell in row] for row in cells]


def own(section: BackupsSection) -> list[Path]:
    """The journal's own backups, oldest first."""
    return sorted(backups.backup_folder(section._session.journal.folder).iterdir())


def restore_dialog(section: BackupsSection) -> RestoreDialog:
    """The dialog that is open."""
    return next(d for d in section.window().findChildren(RestoreDialog) if d.isVisible())


def test_each_backup_is_listed_with_age_contents_and_size(section: BackupsSection) -> None:
    newest, oldest = rows(section)
    assert newest[:3] == ["13 May 2026 18:00", "yesterday 18:00", "1 entry"]
    assert oldest[1] == "3 days ago"
    assert newest[3].endswith("kB")
    assert newest[4] == "own"


def test_whether_the_recovery_key_was_kept_stands_there(section: BackupsSection) -> None:
    assert "never kept" in section.recovery.words.text()


def test_a_backup_is_taken_now(qtbot: QtBot, section: BackupsSection) -> None:
    section.now_button.click()
    qtbot.waitUntil(lambda: section.table.rowCount() == 3)
    assert rows(section)[0][1] == "today 18:00"
    assert "1 entry" in section.words.text()


def test_a_damaged_backup_says_so_and_cannot_be_restored(
    qtbot: QtBot, section: BackupsSection
) -> None:
    path = own(section)[-1]
    path.write_bytes(path.read_bytes()[:-300])
    section.refresh()
    qtbot.waitUntil(lambda: rows(section)[0][2] == "cannot be read")
    section.table.selectRow(0)
    assert not section.restore_button.isEnabled()
    section.check_button.click()
    qtbot.waitUntil(lambda: path.name in section.words.text())


def test_a_whole_backup_is_checked(qtbot: QtBot, section: BackupsSection) -> None:
    section.check_button.click()
    qtbot.waitUntil(lambda: "Whole and readable: 1 entry." in section.words.text())


def test_the_second_folder_gets_a_copy_and_the_recovery_key_is_offered(
    qtbot: QtBot, section: BackupsSection, preferences: Preferences, tmp_path: Path
) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    section.set_second_folder(second)
    qtbot.waitUntil(lambda: section.table.rowCount() == 4)
    assert preferences.settings.second_folder == second
    assert {row[4] for row in rows(section)} == {"own", "second"}
    assert any(d.isVisible() for d in section.window().findChildren(RecoveryDialog))


def test_choosing_a_second_folder_copies_todays_backup_and_takes_no_other(
    qtbot: QtBot, section: BackupsSection, tmp_path: Path
) -> None:
    section.now_button.click()
    qtbot.waitUntil(lambda: section.table.rowCount() == 3)
    (tmp_path / "stick").mkdir()
    section.set_second_folder(tmp_path / "stick")
    qtbot.waitUntil(lambda: section.table.rowCount() == 4)
    assert [path.name for path in (tmp_path / "stick").iterdir()] == [own(section)[-1].name]
    qtbot.waitUntil(lambda: "disk of the journal itself" in section.second.words.text())


@pytest.mark.parametrize("name", ["journal", "journal/backups", "journal/inside", "link"])
def test_a_folder_of_the_journal_itself_is_refused(
    qtbot: QtBot, section: BackupsSection, preferences: Preferences, tmp_path: Path, name: str
) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "journal" / "backups")
    (tmp_path / name).mkdir(exist_ok=True)
    section.set_second_folder(tmp_path / name)
    qtbot.waitUntil(lambda: "belongs to the journal" in section.words.text())
    assert preferences.settings.second_folder is None


def test_a_folder_that_cannot_be_written_to_is_refused(
    qtbot: QtBot, section: BackupsSection, preferences: Preferences, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    section.set_second_folder(tmp_path / "file")
    qtbot.waitUntil(lambda: "cannot be written to" in section.words.text())
    assert preferences.settings.second_folder is None


def test_a_second_folder_that_is_away_is_named(
    qtbot: QtBot,
    session: JournalSession,
    preferences: Preferences,
    window: QWidget,
    tmp_path: Path,
) -> None:
    preferences.change(second_backup_folder=str(tmp_path / "away"))
    section = shown(session, preferences, window)
    qtbot.waitUntil(lambda: "is not there now" in section.second.words.text())
    section.now_button.click()
    qtbot.waitUntil(lambda: section.table.rowCount() == 1)
    assert "but not copied" in section.words.text()
    assert str(tmp_path / "away") in section.words.text()
    section.second.forget_button.click()
    assert preferences.settings.second_folder is None
    qtbot.waitUntil(lambda: section.second.words.text().startswith("None."))


def test_a_second_folder_that_cannot_be_read_takes_nothing_from_the_own_one(
    qtbot: QtBot, section: BackupsSection, preferences: Preferences, tmp_path: Path
) -> None:
    # A folder of which only the name is there, whoever asks: a disk that does not answer.
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    preferences.change(second_backup_folder=str(tmp_path / "loop"))
    section.refresh()
    qtbot.waitUntil(lambda: "is not there now" in section.second.words.text())
    assert section.table.rowCount() == 2


def test_a_backup_that_was_taken_meanwhile_shows_and_the_chosen_one_stays_chosen(
    qtbot: QtBot, section: BackupsSection, session: JournalSession
) -> None:
    section.table.selectRow(1)
    taken = backups.back_up(session.journal, NOW)
    session.backed_up.emit(taken)
    qtbot.waitUntil(lambda: section.table.rowCount() == 3)
    chosen = section.table.chosen
    assert chosen is not None
    assert chosen.path == own(section)[0]


def test_a_backup_that_is_cancelled_leaves_no_file(
    qtbot: QtBot, section: BackupsSection, session: JournalSession
) -> None:
    section.now_button.click()
    assert not section.now_button.isEnabled()
    section.job_row.cancel_button.click()
    qtbot.waitUntil(lambda: section.words.text() == "Cancelled.")
    assert section.now_button.isEnabled()
    assert len(own(section)) == 2


def test_without_any_backup_it_says_so(
    qtbot: QtBot, session: JournalSession, preferences: Preferences, window: QWidget
) -> None:
    section = shown(session, preferences, window)
    qtbot.waitUntil(lambda: section.state.text() == "There is none yet.")
    assert not section.table.isVisible()
    assert not section.restore_button.isEnabled()
    assert not section.check_button.isEnabled()


def test_everything_is_reached_by_keyboard(qtbot: QtBot, section: BackupsSection) -> None:
    wanted = {
        section.folder_button,
        section.table,
        section.now_button,
        section.restore_button,
        section.check_button,
        section.file_button,
        section.second.choose_button,
        section.recovery.show_button,
    }
    widget, met = section.folder_button.nextInFocusChain(), set()
    while widget not in met:
        met.add(widget)
        widget = widget.nextInFocusChain()
    tabbed = {w for w in met if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()}
    assert wanted <= tabbed
    assert all(w.accessibleName() or getattr(w, "text", str)() for w in wanted)
    section.table.setFocus()
    qtbot.keyClick(section.table, Qt.Key.Key_Down)
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    dialog = restore_dialog(section)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    assert dialog._path == own(section)[0]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_restoring_shows_what_is_in_it_and_makes_a_journal_beside(
    qtbot: QtBot, section: BackupsSection, session: JournalSession, tmp_path: Path
) -> None:
    section.restore_button.click()
    dialog = restore_dialog(section)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    shown = " ".join(
        dialog.facts.itemAt(row, dialog.facts.ItemRole.FieldRole).widget().text()
        for row in range(dialog.facts.rowCount())
    )
    assert "Heard it back" in shown
    assert "1 entry" in shown
    assert dialog.into == tmp_path / "journal-restored-2026-05-14"
    dialog.restore_button.click()
    qtbot.waitUntil(dialog.open_button.isVisible)
    restored = open_journal(dialog.into, tmp_path / "keys")
    door = restored.reading()
    with door.transaction() as tx:
        assert day_totals.first_and_last(tx) == (NOW.date(), NOW.date())
    door.close()
    with qtbot.waitSignal(section.reopen_asked) as asked:
        dialog.open_button.click()
    assert asked.args == [tmp_path / "journal-restored-2026-05-14"]
    assert session.read(day_totals.first_and_last) is not None


def test_a_second_restoring_takes_another_folder(
    qtbot: QtBot, section: BackupsSection, tmp_path: Path
) -> None:
    (tmp_path / "journal-restored-2026-05-14").mkdir()
    section.restore_button.click()
    dialog = restore_dialog(section)
    assert dialog.into == tmp_path / "journal-restored-2026-05-14-2"
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    dialog.reject()


def test_restoring_is_cancelled_by_esc_and_nothing_is_made(
    qtbot: QtBot, section: BackupsSection, tmp_path: Path
) -> None:
    section.restore_button.click()
    dialog = restore_dialog(section)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    before = set(tmp_path.iterdir())
    dialog.restore_button.click()
    assert not dialog.close_button.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "nothing was made" in dialog.words.text())
    assert set(tmp_path.iterdir()) == before
    assert dialog.restore_button.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_it_is_not_restored_into_the_journal_itself(
    qtbot: QtBot, section: BackupsSection, tmp_path: Path
) -> None:
    section.restore_button.click()
    dialog = restore_dialog(section)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    dialog.set_place(tmp_path / "journal" / "backups")
    assert "belongs to the journal" in dialog.words.text()
    assert dialog.into == tmp_path / "journal-restored-2026-05-14"
    (tmp_path / "elsewhere").mkdir()
    dialog.set_place(tmp_path / "elsewhere")
    assert dialog.into == tmp_path / "elsewhere" / "journal-restored-2026-05-14"
    assert str(dialog.into) in dialog.place.text()
    dialog.restore_button.click()
    qtbot.waitUntil(dialog.open_button.isVisible)
    assert dialog.into.is_dir()
    dialog.reject()


def test_where_only_a_part_could_be_read_the_backups_are_those_of_the_whole(
    qtbot: QtBot,
    session: JournalSession,
    section: BackupsSection,
    preferences: Preferences,
    window: QWidget,
    tmp_path: Path,
) -> None:
    part, _ = open_readable(session.journal.folder, session.journal.vault, NOW)
    tasks = TaskRunner()
    doors: list[Database] = []
    tasks.run(part.reading, owner=tasks, done=doors.append)
    qtbot.waitUntil(lambda: bool(doors))
    reading = JournalSession(part, doors[0], tasks, now=lambda: NOW)
    tasks.setParent(reading)
    there = shown(reading, preferences, window)
    qtbot.waitUntil(lambda: there.table.rowCount() == 2)
    assert not there.now_button.isVisible()
    assert not there.second.choose_button.isVisible()
    section.hide()
    there.restore_button.click()
    dialog = restore_dialog(there)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    assert dialog.into == tmp_path / "journal-restored-2026-05-14"
    dialog.reject()
    reading.close()
    there.deleteLater()
    reading.deleteLater()


@pytest.mark.usefixtures("cheap_argon2")
def test_a_backup_of_another_journal_asks_for_its_own_key(
    qtbot: QtBot, section: BackupsSection, tmp_path: Path
) -> None:
    create(tmp_path / "other", tmp_path / "other_keys", NOW, passphrase="calm water")
    other = open_journal(tmp_path / "other", tmp_path / "other_keys", passphrase="calm water")
    entry = begin(EntryDraft(on=NOW.date(), body="Elsewhere"), NOW, 4)
    door = other.writing()
    with door.transaction() as tx:
        write_entry(tx, entry)
    door.close()
    path, _ = backups.back_up_to(other, tmp_path / "elsewhere.zip", NOW)
    other.close()
    section.restore(path)
    dialog = restore_dialog(section)
    qtbot.waitUntil(dialog.key.isVisible)
    assert dialog.key_button.isVisible()
    qtbot.keyClicks(dialog.key, "wrong")
    qtbot.keyClick(dialog.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "passphrase" in dialog.words.text() and dialog.key.isEnabled())
    assert dialog.key.text() == ""
    qtbot.keyClicks(dialog.key, "calm water")
    qtbot.keyClick(dialog.key, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    dialog.restore_button.click()
    qtbot.waitUntil(dialog.open_button.isVisible)
    restored = open_journal(dialog.into, tmp_path / "keys", passphrase="calm water")
    reading = restored.reading()
    with reading.transaction() as tx:
        assert entries.entry(tx, entry.id).body == "Elsewhere"
    reading.close()
    dialog.reject()


def test_a_file_that_is_no_backup_is_named(
    qtbot: QtBot, section: BackupsSection, tmp_path: Path
) -> None:
    (tmp_path / "letter.zip").write_bytes(b"Dear reader")
    section.restore(tmp_path / "letter.zip")
    dialog = restore_dialog(section)
    qtbot.waitUntil(lambda: "letter.zip" in dialog.words.text())
    assert not dialog.restore_button.isEnabled()
    dialog.reject()
