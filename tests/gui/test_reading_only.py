"""A window that only reads: no widget takes words or minutes that it could not keep."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kotter_journal.app.program import Program
from kotter_journal.gui.faults import Way
from kotter_journal.gui.main_window import BALANCE, JOURNAL, NAMES, TODAY
from kotter_journal.storage.journal import Journal, open_journal
from kotter_journal.storage.unsent_line import keep_line
from tests.gui.owner import Owner

_CTRL = Qt.KeyboardModifier.ControlModifier
_FINDING = {"search_line", "palette_line"}
"""Fields in which somebody looks for something, and which keep nothing."""
_FINDING_BY_ROLE = {"Filter"}
PROBE = Path(__file__).with_name("reading_probe.py")


@pytest.fixture
def owner(qtbot: QtBot, tmp_path: Path) -> Iterator[Owner]:
    somebody = Owner(qtbot, tmp_path)
    somebody.makes_a_journal()
    yield somebody
    somebody.leaves()


@pytest.fixture
def other(owner: Owner) -> Iterator[Journal]:
    """Somebody else writes the journal, so that the window can only read."""
    journal = open_journal(owner.folder, owner.keys)
    door = journal.writing()
    with door.transaction() as tx:
        keep_line(tx, "45a kept from last time")
    yield journal
    door.close()
    journal.close()


def reading(owner: Owner, line: str = "") -> Program:
    """The window, opened for reading only; ``line`` is typed before it is known."""
    program = owner.starts()
    program.window.today_page.quick_line.field.setText(line)
    page = owner.page_of(program)
    owner.takes(page, Way.READ)
    owner.sees(lambda: program.workspace is not None and program.workspace.pages is not None)
    owner.sees(lambda: hasattr(program.workspace.pages, "palette") and program.tasks.idle)
    return program


@pytest.fixture
def program(owner: Owner, other: Journal) -> Program:
    """The window, with an entry open."""
    made = reading(owner)
    made.workspace.show_entry(owner.made[-1].id)
    return made


def takes_something(widget: QWidget) -> bool:
    """Whether somebody could type, tick or choose in it."""
    if not widget.isEnabled():
        return False
    if isinstance(widget, QLineEdit | QTextEdit):
        inside = isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
        return not widget.isReadOnly() and not inside
    if isinstance(widget, QAbstractSpinBox):
        return not widget.isReadOnly()
    return isinstance(widget, QComboBox | QCheckBox)


@pytest.mark.parametrize("rank", [TODAY, JOURNAL, NAMES])
def test_nothing_on_the_pages_takes_what_could_not_be_kept(
    owner: Owner, program: Program, rank: int
) -> None:
    program.window.show_page(rank)
    owner.sees(lambda: program.window.rank == rank and program.tasks.idle)
    page = program.window.pages.currentWidget()
    assert page is not None
    takers = [
        one.objectName() or one.accessibleName()
        for one in page.findChildren(QWidget)
        if takes_something(one)
        and one.objectName() not in _FINDING
        and one.accessibleName() not in _FINDING_BY_ROLE
    ]
    assert takers == []


def test_keys_change_nothing_and_leave_nothing_unsaved(owner: Owner, program: Program) -> None:
    entries = program.workspace.pages.entries
    program.window.show_page(JOURNAL)
    before = entries.editor.desk.entry
    QTest.keyClicks(entries.editor.text, "typed into nothing")
    QTest.keyClicks(entries.editor.title, "typed")
    for key in (Qt.Key.Key_1, Qt.Key.Key_B, Qt.Key.Key_Z):
        QTest.keyClick(entries.editor.text, key, _CTRL)
    entries.new_entry(owner.now.date())
    entries.delete_entry(owner.made[-1].id)
    program.workspace.undo_stack.undo()
    owner.sees(lambda: program.workspace.session.idle)
    assert entries.editor.desk.entry == before
    assert entries.is_saved
    assert program.workspace.undo_stack.count() == 0
    assert "typed" not in entries.editor.text.prose()


def test_a_refused_act_says_why(owner: Owner, program: Program) -> None:
    program.window.show_page(JOURNAL)
    program.workspace.pages.entries.delete_entry(owner.made[-1].id)
    owner.sees(lambda: "open for reading only" in program.window.toast.text)


def test_actions_that_write_are_left_out(owner: Owner, program: Program) -> None:
    enabled = {name for name, one in program.window.actions_by_name.items() if one.isEnabled()}
    assert not enabled & {"quick_line", "new_entry", "undo", "redo"}
    assert {"search", "show_palette", "show_balance", "lock"} <= enabled
    program.window.show_closed(QWidget())
    program.window.show_open()
    assert not program.window.actions_by_name["new_entry"].isEnabled()


def test_the_quick_line_takes_nothing_and_says_why(owner: Owner, program: Program) -> None:
    line = program.window.today_page.quick_line
    program.window.show_page(TODAY)
    QTest.keyClicks(line.field, "45a words")
    QGuiApplication.clipboard().setText("two\nlines")
    QTest.keyClick(line.field, Qt.Key.Key_V, _CTRL)
    QTest.keyClick(line.field, Qt.Key.Key_Return, _CTRL)
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    owner.sees(lambda: program.workspace.session.idle)
    assert line.field.text() == "45a kept from last time"
    assert "reading only" in line.field.placeholderText()
    assert line.field.isReadOnly()
    assert not program.workspace.reading_row.isVisible()
    assert program.window.rank == TODAY


def test_a_line_typed_before_it_was_known_is_not_lost_without_a_word(
    owner: Owner, other: Journal
) -> None:
    program = reading(owner, "45a typed early")
    line = program.window.today_page.quick_line.field
    assert line.text().endswith("45a typed early")
    program.workspace.flush()
    assert "kept nowhere" in program.workspace.trouble
    assert not program.workspace.is_saved
    line.selectAll()
    line.copy()
    assert QGuiApplication.clipboard().text() == line.text()


def test_what_stood_in_the_line_last_time_is_not_lost_either(
    owner: Owner, program: Program
) -> None:
    program.workspace.flush()
    assert program.workspace.is_saved
    owner.closes(program)


def test_searching_and_the_balance_work(owner: Owner, program: Program) -> None:
    entries = program.workspace.pages.entries
    program.workspace.pages.show_query("activity:aligning")
    owner.sees(lambda: 0 < entries.sidebar.model.rowCount() < 60)
    program.window.show_page(BALANCE)
    assert program.workspace.pages.balance._figures.balance.logged > 0


def test_no_backup_is_taken_by_a_window_that_only_reads(owner: Owner, program: Program) -> None:
    before = sorted(path.name for path in (owner.folder / "backups").iterdir())
    owner.waits_a_day()
    program.workspace.pages.backup_clock.look()
    owner.sees(lambda: program.tasks.idle)
    assert sorted(path.name for path in (owner.folder / "backups").iterdir()) == before


@pytest.mark.skipif(os.name == "nt", reason="modes of files are those of Unix")
@pytest.mark.parametrize("with_log", [False, True])
def test_a_folder_that_cannot_be_written_is_opened_for_reading(
    owner: Owner, with_log: bool
) -> None:
    """In a process of its own, which has to obey the modes even where this one need not."""
    folder = owner.folder
    if with_log:
        journal = open_journal(owner.folder, owner.keys)
        door = journal.writing()
        with door.transaction() as tx:
            tx.exec_driver_sql("UPDATE vault SET name = 'in the log only'")
        folder = owner.place / "copied"
        shutil.copytree(owner.folder, folder)
        (folder / "journal.db-shm").unlink()
        door.close()
        journal.close()
    names = sorted(path.name for path in folder.iterdir())
    for path in folder.iterdir():
        path.chmod(0o500 if path.is_dir() else 0o400)
    folder.chmod(0o500)
    try:
        done = subprocess.run(
            [sys.executable, PROBE, folder, owner.keys, owner.place],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=_obey_modes,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
    finally:
        folder.chmod(0o700)
        (folder / "backups").chmod(0o700)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["read_only"]
    assert told["entries"] == 60
    assert "Open for reading only." in told["notice"]
    assert str(folder) in told["notice"]
    assert "read-only" in told["notice"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert told["left"] == []


def _obey_modes() -> None:
    if os.geteuid() == 0:
        drop_bounding, override, read_search = 24, 1, 2
        for capability in (override, read_search):
            ctypes.CDLL(None).prctl(drop_bounding, capability, 0, 0, 0)
