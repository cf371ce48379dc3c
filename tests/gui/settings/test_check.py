""" "Check my journal": what was looked at, what is wrong in words, and what helps."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.changes import Changes
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.check import CheckSection
from kotter_journal.gui.settings.restore_dialog import RestoreDialog
from kotter_journal.services import backups
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import write_entries
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.journal import DATABASE
from kotter_journal.storage.key_header import HEADER_COPY
from kotter_journal.storage.pages import PAGE
from tests.gui.conftest import NOW

LONG_MS = 30_000


@pytest.fixture(autouse=True)
def _entries(qtbot: QtBot, session: JournalSession) -> None:
    """The journal holds sixty entries, and has a backup in each of two folders."""
    made = list(demo_entries(60, 4, NOW.date()))
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entries(tx, made), owner=session)


@pytest.fixture
def second(tmp_path: Path, preferences: Preferences) -> Path:
    """A second folder for backups."""
    made = tmp_path / "second"
    made.mkdir()
    preferences.change(second_backup_folder=str(made))
    return made


@pytest.fixture
def section(
    session: JournalSession, preferences: Preferences, window: QWidget, second: Path
) -> CheckSection:
    """The section in the window, before anything was looked at."""
    backups.back_up(session.journal, NOW, second_folder=second)
    made = CheckSection(session, preferences, window)
    made.show()
    return made


def check(qtbot: QtBot, section: CheckSection) -> None:
    """Press the button and wait for what is found."""
    section.check_button.click()
    assert not section.check_button.isEnabled()
    qtbot.waitUntil(lambda: section.findings is not None, timeout=LONG_MS)


def rows(section: CheckSection) -> list[tuple[str, str, str]]:
    """Sign, name and words of each row that shows."""
    grid, found = section._grid, []
    for row in range(grid.rowCount()):
        items = [grid.itemAtPosition(row, column) for column in range(3)]
        widgets: list[Any] = [item.widget() for item in items if item is not None]
        if len(widgets) == 3 and not widgets[1].isHidden():
            sign = QAccessible.queryAccessibleInterface(widgets[0])
            name = sign.text(QAccessible.Text.Name)
            found.append((name, widgets[1].text(), widgets[2].text()))
    return found


def change(qtbot: QtBot, session: JournalSession, statement: str) -> None:
    """Plant something behind the back of every rule."""

    def tell(tx: Transaction) -> Changes:
        tx.exec_driver_sql(statement)
        return Changes()

    with qtbot.waitSignal(session.changed):
        session.write(tell, owner=session)


def test_nothing_is_said_before_anything_was_looked_at(section: CheckSection) -> None:
    assert section.result.isHidden()
    assert section.copy_button.isHidden()
    assert all(one.isHidden() for one in section._answers)
    assert section.report == ""


def test_a_sound_journal_is_well_in_every_row(
    qtbot: QtBot, section: CheckSection, second: Path
) -> None:
    check(qtbot, section)
    assert section.result.text().startswith("All is well. 14 checks in ")
    found = rows(section)
    assert {sign for sign, _, _ in found} == {"Well"}
    assert ("Well", "Every text", "60 texts match their checksums") in found
    backed_up = [words for _, name, words in found if name == "Backups"]
    assert len(backed_up) == 2
    assert str(second) in backed_up[1]
    assert all(one.isHidden() for one in section._answers)
    assert section.check_button.isEnabled()


def test_what_can_be_made_anew_is_mended(
    qtbot: QtBot, section: CheckSection, session: JournalSession
) -> None:
    change(qtbot, session, "UPDATE day_total SET logged = logged + 1")
    change(qtbot, session, "DELETE FROM entry_text_data WHERE id > 100")
    (session.journal.folder / HEADER_COPY).write_bytes(b"")
    check(qtbot, section)
    found = rows(section)
    wrong = {name for sign, name, _ in found if sign == "Wrong"}
    assert wrong >= {"Sums of each day", "Search index", "Key file and its copy"}
    assert all(words.startswith("Wrong: ") for sign, _, words in found if sign == "Wrong")
    assert "Every page" not in wrong
    assert [one.isVisible() for one in section._answers] == [True, False, False, False]
    with qtbot.waitSignal(session.keys_changed):
        section.mend_button.click()
    qtbot.waitUntil(lambda: section.findings is not None, timeout=LONG_MS)
    assert section.result.text().startswith("All is well.")


def damage_pages(session: JournalSession) -> None:
    path = session.journal.folder / DATABASE
    content = bytearray(path.read_bytes())
    for page in range(len(content) // PAGE // 2, len(content) // PAGE, 9):
        content[page * PAGE + 200] ^= 1
    path.write_bytes(content)


def emptied_log(qtbot: QtBot, session: JournalSession) -> None:
    done: list[bool] = []
    session._tasks.run(session._working.empty_log, owner=session, done=done.append)
    qtbot.waitUntil(lambda: bool(done))


def test_damage_leads_to_backups_and_to_what_can_be_read(
    qtbot: QtBot, section: CheckSection, session: JournalSession, tmp_path: Path
) -> None:
    emptied_log(qtbot, session)
    damage_pages(session)
    check(qtbot, section)
    assert [one.isVisible() for one in section._answers] == [False, True, True, True]
    assert ("Wrong", "Every page") in {(sign, name) for sign, name, _ in rows(section)}
    section.restore_button.click()
    dialogs = section.window().findChildren
    qtbot.waitUntil(lambda: any(d.isVisible() for d in dialogs(RestoreDialog)), timeout=LONG_MS)
    for dialog in dialogs(RestoreDialog):
        dialog.reject()
    out = tmp_path / "readable.json"
    section.remedies.ask_where_to_export = lambda: out
    section.export_button.click()
    qtbot.waitUntil(lambda: "not encrypted" in section.words.text(), timeout=LONG_MS)
    assert json.loads(out.read_text("utf-8"))["format"]
    with qtbot.waitSignal(section.reopen_asked, timeout=LONG_MS) as asked:
        section.save_button.click()
    assert asked.args == [tmp_path / "journal-readable-2026-05-14"]
    assert (tmp_path / "journal-readable-2026-05-14" / DATABASE).is_file()


def test_a_damaged_backup_is_named_by_its_date(
    qtbot: QtBot, section: CheckSection, second: Path
) -> None:
    path = next(second.iterdir())
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    check(qtbot, section)
    sign, name, words = rows(section)[0]
    assert (sign, name) == ("Wrong", "Backup of 14 May 2026 18:00")
    assert str(path) in words
    assert all(one.isHidden() for one in section._answers)


def test_the_report_is_copied_and_holds_no_word_of_the_journal(
    qtbot: QtBot, section: CheckSection, session: JournalSession
) -> None:
    change(qtbot, session, "UPDATE entry SET body = body || ' Nachtigall'")
    check(qtbot, section)
    section.copy_button.click()
    report = QGuiApplication.clipboard().text()
    assert report == section.report
    assert "FAILED  texts: 60 of 60 texts" in report
    assert "achtigall" not in report
    assert "14 May 2026 18:00" in report.splitlines()[0]


def test_checking_can_be_stopped(qtbot: QtBot, section: CheckSection) -> None:
    section.check_button.click()
    section.job_row.cancel_button.click()
    qtbot.waitUntil(section.words.isVisible, timeout=LONG_MS)
    assert section.words.text().startswith("Stopped.")
    assert section.findings is None
    assert section.check_button.isEnabled()
