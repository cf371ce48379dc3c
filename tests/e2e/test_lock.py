"""Locking by key: nothing is lost, nothing is left in the window, and only the passphrase opens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.app.program import Program
from kotter_journal.app.successor import LOCKED
from kotter_journal.gui.closed_page import ClosedPage
from kotter_journal.storage.journal import create
from tests.e2e.conftest import START, Person

PASSPHRASE = "calm water"
_CONTROL = Qt.KeyboardModifier.ControlModifier
CANARIES = ("Zanzibar", "plover", "Ottoline")


@pytest.fixture
def folder(tmp_path: Path, cheap_argon2: None) -> Path:
    """A journal with a passphrase."""
    create(tmp_path / "journal", tmp_path / "keys", START, passphrase=PASSPHRASE)
    return tmp_path


@pytest.fixture
def locked(qtbot: QtBot, folder: Path) -> Iterator[Program]:
    """A program that was started locked."""
    made = started(folder, locked=True)
    yield made
    close(qtbot, made)


def close(qtbot: QtBot, program: Program) -> None:
    """Close the window where it is open still, and let everything go."""
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible())
    program.close()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def started(folder: Path, *, locked: bool) -> Program:
    """A program on the journal, with its window open."""
    program = Program(
        folder / "journal",
        keys=folder / "keys",
        settings=folder / "settings.toml",
        now=lambda: START,
        locked=locked,
    )
    program.window.show()
    return program


def closed_page(qtbot: QtBot, program: Program) -> ClosedPage:
    """The page that asks, once it is there."""

    def is_there() -> bool:
        page = program.window.pages.currentWidget()
        return isinstance(page, ClosedPage) and page.isEnabled()

    qtbot.waitUntil(is_there, timeout=30_000)
    page = program.window.pages.currentWidget()
    assert isinstance(page, ClosedPage)
    return page


def unlock(qtbot: QtBot, program: Program, passphrase: str = PASSPHRASE) -> None:
    """Type the passphrase and press Enter."""
    field = closed_page(qtbot, program).field
    assert program.window.focusWidget() is field
    QTest.keyClicks(field, passphrase)
    with qtbot.waitSignal(program.completed, timeout=30_000):
        QTest.keyClick(field, "\r")


def words_of(window: QWidget) -> str:
    """Everything that a window says to eyes, to a screen reader and to its title bar."""
    said = [window.windowTitle()]
    for widget in [window, *window.findChildren(QWidget)]:
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None:
            said += [interface.text(kind) for kind in QAccessible.Text if kind.name != "UserText"]
            said += [
                interface.child(n).text(QAccessible.Text.Name)
                for n in range(interface.childCount())
                if interface.child(n) is not None
            ]
        said.append(widget.toolTip())
        if isinstance(widget, QLineEdit):
            said.append(widget.text())
    return " ".join(said)


def test_a_line_and_a_text_typed_just_before_are_there_after_unlocking(
    qtbot: QtBot, folder: Path
) -> None:
    program = started(folder, locked=False)
    unlock(qtbot, program)
    workspace = program.workspace
    QTest.keyClicks(program.window.today_page.quick_line.field, "45a Zanzibar unsent")
    workspace.pages.new_entry(START.date())
    QTest.keyClicks(workspace.pages.entries.editor.text, "plover at the very last moment")
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    with qtbot.waitSignal(program.ended):
        QTest.keyClick(workspace.pages.entries.editor.text, "l", modifier=_CONTROL)
    assert program.successor == [f"--journal={folder / 'journal'}", LOCKED]
    close(qtbot, program)

    again = started(folder, locked=True)
    unlock(qtbot, again)
    assert again.window.today_page.quick_line.field.text() == "45a Zanzibar unsent"
    headings = [row.heading for row in again.workspace.day_list.model.rows]
    assert headings == ["plover at the very last moment"]
    close(qtbot, again)


def test_a_locked_window_tells_nothing(
    qtbot: QtBot, folder: Path, request: pytest.FixtureRequest
) -> None:
    program = started(folder, locked=False)
    unlock(qtbot, program)
    QTest.keyClicks(program.window.today_page.quick_line.field, "45a Zanzibar with @Ottoline")
    QTest.keyClick(program.window.today_page.quick_line.field, "\r")
    qtbot.waitUntil(lambda: len(program.workspace.day_list.model.rows) == 1)
    assert "Zanzibar" in words_of(program.window)
    with qtbot.waitSignal(program.ended):
        program.window.lock_asked.emit()
    close(qtbot, program)
    locked: Program = request.getfixturevalue("locked")
    page = closed_page(qtbot, locked)
    assert not any(canary in words_of(locked.window) for canary in CANARIES)
    assert QGuiApplication.clipboard().text() == ""
    assert locked.window.windowTitle() == "Kotter Journal"
    assert not any(
        action.isEnabled()
        for name, action in locked.window.actions_by_name.items()
        if name in ("search", "new_entry", "show_palette", "undo", "show_journal")
    )
    assert page.field.echoMode() is QLineEdit.EchoMode.Password


def test_a_locked_window_looks_the_same_whatever_the_journal_holds(
    qtbot: QtBot, locked: Program, tmp_path: Path
) -> None:
    create(tmp_path / "other" / "journal", tmp_path / "other" / "keys", START, passphrase="x y z")
    other = started(tmp_path / "other", locked=True)
    pictures = []
    for program in (locked, other):
        closed_page(qtbot, program).field.clearFocus()
        program.window.resize(1024, 640)
        pictures.append(program.window.grab().toImage())
    assert pictures[0] == pictures[1]
    close(qtbot, other)


def test_a_wrong_passphrase_is_refused_in_the_same_words_each_time(
    qtbot: QtBot, locked: Program
) -> None:
    sentences = []
    for wrong in ("calm watre", "", "another guess"):
        page = closed_page(qtbot, locked)
        QTest.keyClicks(page.field, wrong)
        if wrong:
            page.button.click()
            page = closed_page(qtbot, locked)
            assert page.field.text() == ""
            sentences.append(page.words.text())
    assert sentences[0] == sentences[1] != ""
    unlock(qtbot, locked)


def test_without_a_passphrase_locking_hides_and_a_button_opens(
    qtbot: QtBot, tmp_path: Path
) -> None:
    create(tmp_path / "journal", tmp_path / "keys", START)
    program = started(tmp_path, locked=True)
    page = closed_page(qtbot, program)
    assert page.field.isHidden()
    assert program.workspace is None
    with qtbot.waitSignal(program.completed, timeout=30_000):
        page.button.click()
    close(qtbot, program)


def test_it_locks_when_nobody_has_touched_it_for_long(qtbot: QtBot, person: Person) -> None:
    person.keeps_a_line("45a talked")
    clock = person.program.auto_lock._idle
    seconds = 0.0
    clock._clock = lambda: seconds
    QTest.keyClick(person.window.windowHandle(), Qt.Key.Key_Shift)
    seconds = 9 * 60
    clock.look()
    assert person.program.successor is None
    seconds = 10 * 60
    with qtbot.waitSignal(person.program.ended):
        clock.look()
    assert LOCKED in (person.program.successor or [])
    person.program.close()
    person.window.deleteLater()
    person.is_open = False
