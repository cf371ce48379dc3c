"""Backups by themselves: the first after the start, and a sentence where a copy is missing."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kotter_journal.gui.settings.recovery_dialog import RecoveryDialog
from kotter_journal.services import backups
from tests.e2e.conftest import Person


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A second folder."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


def taken(person: Person) -> list[Path]:
    """The journal's own backups."""
    folder = backups.backup_folder(person.program.workspace.session.journal.folder)
    return sorted(folder.glob("*.zip")) if folder.is_dir() else []


def passes_a_while(person: Person) -> None:
    """What the clock does when its time has come."""
    clock = person.program.workspace.pages.backup_clock
    clock.look()
    person.sees(lambda: clock._job is None)


def test_the_first_backup_comes_by_itself_and_a_missing_second_folder_is_told(
    person: Person, qtbot: QtBot, stick: Path
) -> None:
    person.keeps_a_line("45m aligning: talked with ops")
    # Nobody asks for it: a few seconds after the start it is there.
    qtbot.waitUntil(lambda: len(taken(person)) == 1, timeout=15_000)
    notices = person.window.notices
    assert notices.text("backup") == ""

    person.presses("Ctrl+,")
    pages = person.program.workspace.pages
    pages.show_settings("backups")
    section = pages.settings.section("backups")
    person.sees(lambda: section.table.rowCount() == 1)
    section.set_second_folder(stick)
    person.sees(lambda: section.table.rowCount() == 2)
    for dialog in person.window.findChildren(RecoveryDialog):
        dialog.reject()  # the key that nobody has kept yet
    person.window.activateWindow()  # as a window manager would
    person.sees(lambda: person.window.isActiveWindow())

    shutil.rmtree(stick)
    passes_a_while(person)
    person.sees(lambda: str(stick) in notices.text("backup"))
    assert "was taken, but not copied" in notices.text("backup")
    assert len(taken(person)) == 1

    person.presses("Ctrl+N")
    person.sees(lambda: person.page() == "Today")
    notices.row("backup").button.setFocus()
    person.presses("Space")
    person.sees(lambda: person.page() == "Settings")
    person.sees(lambda: "is not there now" in section.second.words.text())

    stick.mkdir()
    passes_a_while(person)
    person.sees(lambda: notices.text("backup") == "")
    assert [path.name for path in stick.iterdir()] == [taken(person)[0].name]


def test_a_backup_that_fails_is_told_until_one_succeeds(person: Person) -> None:
    person.keeps_a_line("45m aligning: talked with ops")
    folder = backups.backup_folder(person.program.workspace.session.journal.folder)
    folder.write_bytes(b"a file where the folder should be")
    passes_a_while(person)
    notices = person.window.notices
    person.sees(lambda: str(folder) in notices.text("backup"))
    assert notices.text("backup").startswith("Today’s backup failed.")
    assert person.window.today_page.quick_line.field.isEnabled()

    folder.unlink()
    pages = person.program.workspace.pages
    notices.row("backup").button.setFocus()
    person.presses("Space")
    person.sees(lambda: person.page() == "Settings")
    section = pages.settings.section("backups")
    passes_a_while(person)
    person.sees(lambda: section.table.rowCount() == 1)
    assert notices.text("backup") == ""


def test_quitting_in_the_middle_leaves_no_half_file(person: Person) -> None:
    person.keeps_a_line("45m aligning: talked with ops")
    person.pauses()
    folder = backups.backup_folder(person.program.workspace.session.journal.folder)
    person.program.workspace.pages.backup_clock.look()
    person.closes_the_program()
    assert not folder.exists() or list(folder.glob(".kotter*")) == []
    person.opens_the_program()
    passes_a_while(person)
    assert len(taken(person)) == 1
