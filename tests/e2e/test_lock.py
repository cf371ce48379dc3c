"""Locking by key: nothing is lost, nothing is left in the window, and only the passphrase opens."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kotter_journal.app.program import Program
from kotter_journal.app.successor import LOCKED, Place
from kotter_journal.config.settings import Settings, read_settings, write_settings
from kotter_journal.domain.errors import StorageFailed, StorageTrouble
from kotter_journal.gui.closed_page import ClosedPage
from kotter_journal.storage.journal import create
from kotter_journal.storage.vault import open_vault
from kotter_journal.storage.vault_changes import enable_keyring
from tests.e2e.conftest import START, Person
from tests.gui.entries.writing import Disk
from tests.storage.test_vault_keyring import Store

PASSPHRASE = "calm water"
CANARIES = ("Zanzibar", "plover", "Ottoline")
_CONTROL = Qt.KeyboardModifier.ControlModifier


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


@pytest.fixture
def program(qtbot: QtBot, folder: Path) -> Iterator[Program]:
    """A program on the journal, unlocked."""
    made = started(folder)
    unlock(qtbot, made)
    yield made
    close(qtbot, made)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: Program) -> Disk:
    """A full disk, which is tried again soon."""
    made = Disk(monkeypatch)
    made.error = StorageFailed(StorageTrouble.DISK_FULL, tmp_path)
    program.workspace.leaving._clock.setInterval(50)
    return made


def started(folder: Path, *, locked: bool = False) -> Program:
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


def close(qtbot: QtBot, program: Program) -> None:
    """Close the window where it is open still, and let everything go, where it has not gone."""
    if not shiboken6.isValid(program):
        return
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible())
    program.close()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def closed_page(qtbot: QtBot, program: Program) -> ClosedPage:
    """The page that asks, once it is there."""

    def is_there() -> bool:
        page = program.window.pages.currentWidget()
        return isinstance(page, ClosedPage) and page.isEnabled()

    qtbot.waitUntil(is_there, timeout=30_000)
    page = program.window.pages.currentWidget()
    assert isinstance(page, ClosedPage)
    return page


def hiding_page(qtbot: QtBot, program: Program) -> ClosedPage:
    """The page that says why the journal is not closed."""
    qtbot.waitUntil(lambda: "The disk is full" in closed_page(qtbot, program).words.text())
    return closed_page(qtbot, program)


def unlock(qtbot: QtBot, program: Program, passphrase: str = PASSPHRASE) -> None:
    """Type the passphrase and press Enter."""
    field = closed_page(qtbot, program).field
    assert program.window.focusWidget() is field
    QTest.keyClicks(field, passphrase)
    with qtbot.waitSignal(program.completed, timeout=30_000):
        QTest.keyClick(field, "\r")


def to_front(qtbot: QtBot, program: Program) -> None:
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)


def types_in_the_editor(program: Program, text: str) -> QWidget:
    program.workspace.pages.new_entry(START.date())
    editor = program.workspace.pages.entries.editor.text
    QTest.keyClicks(editor, text)
    return editor


def spoken(interface: QAccessibleInterface, depth: int = 0) -> list[str]:
    """What a screen reader finds in a part of a window, and in the parts of that."""
    said = [interface.text(kind) for kind in QAccessible.Text if kind.name != "UserText"]
    children = (interface.child(number) for number in range(interface.childCount()))
    for child in children:
        if child is not None and depth < 30:
            said += spoken(child, depth + 1)
    return said


def words_of(window: QWidget) -> str:
    """Everything that is said to eyes, to a screen reader and to the title bar."""
    interface = QAccessible.queryAccessibleInterface(window)
    assert interface is not None
    said = spoken(interface)
    for widget in QApplication.allWidgets():
        said += [widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.whatsThis()]
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            said.append(widget.text())
    return " ".join(said)


def test_a_line_and_a_text_typed_just_before_are_there_after_unlocking(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    QTest.keyClicks(program.window.today_page.quick_line.field, "45a Zanzibar unsent")
    editor = types_in_the_editor(program, "plover at the very last moment")
    to_front(qtbot, program)
    with qtbot.waitSignal(program.ended):
        QTest.keyClick(editor, "l", modifier=_CONTROL)
    assert program.successor == [f"--journal={folder / 'journal'}", LOCKED]
    close(qtbot, program)

    again = started(folder, locked=True)
    unlock(qtbot, again)
    assert again.window.today_page.quick_line.field.text() == "45a Zanzibar unsent"
    headings = [row.heading for row in again.workspace.day_list.model.rows]
    assert headings == ["plover at the very last moment"]
    close(qtbot, again)


@pytest.mark.parametrize("pressed", ["the key", "the button", "twice"])
def test_it_locks_by_key_and_by_button_and_once(
    qtbot: QtBot, program: Program, pressed: str
) -> None:
    to_front(qtbot, program)
    with qtbot.waitSignal(program.ended):
        if pressed == "the key":
            QTest.keyClick(program.window.focusWidget(), "l", modifier=_CONTROL)
        elif pressed == "the button":
            program.window.top_bar._lock.click()
        else:
            types_in_the_editor(program, "not saved yet")
            program.window.lock_asked.emit()
            program.window.lock_asked.emit()


def test_a_lock_that_was_asked_for_while_the_journal_opens_is_not_forgotten(
    qtbot: QtBot, tmp_path: Path
) -> None:
    create(tmp_path / "journal", tmp_path / "keys", START)
    program = started(tmp_path)
    QTest.keyClicks(program.window.today_page.quick_line.field, "15d typed before it is open")
    with qtbot.waitSignal(program.ended, timeout=30_000):
        program.window.lock_asked.emit()
    assert program.successor is not None
    close(qtbot, program)
    again = started(tmp_path)
    with qtbot.waitSignal(again.completed, timeout=30_000):
        pass
    line = again.window.today_page.quick_line.field.text()
    assert line == "15d typed before it is open"
    close(qtbot, again)


def test_a_locked_window_tells_nothing(
    qtbot: QtBot, program: Program, request: pytest.FixtureRequest
) -> None:
    QTest.keyClicks(program.window.today_page.quick_line.field, "45a Zanzibar with @Ottoline")
    QTest.keyClick(program.window.today_page.quick_line.field, "\r")
    qtbot.waitUntil(lambda: len(program.workspace.day_list.model.rows) == 1)
    assert "Zanzibar" in words_of(program.window)
    QGuiApplication.clipboard().setText("Zanzibar")
    with qtbot.waitSignal(program.ended):
        program.window.lock_asked.emit()
    close(qtbot, program)
    locked: Program = request.getfixturevalue("locked")
    page = closed_page(qtbot, locked)
    assert not any(canary in words_of(locked.window) for canary in CANARIES)
    assert QGuiApplication.clipboard().text() == ""
    assert locked.window.windowTitle() == "Kotter Journal"
    allowed = {"quit", "show_keys", "larger_text", "smaller_text"}
    enabled = {name for name, one in locked.window.actions_by_name.items() if one.isEnabled()}
    assert enabled == allowed
    assert page.field.echoMode() is QLineEdit.EchoMode.Password


def test_a_locked_window_looks_the_same_whatever_the_journal_holds(
    qtbot: QtBot, program: Program, folder: Path, tmp_path: Path
) -> None:
    types_in_the_editor(program, "plover at the very last moment")
    with qtbot.waitSignal(program.ended):
        program.window.lock_asked.emit()
    close(qtbot, program)
    other = tmp_path / "other"
    create(other / "journal", other / "keys", START, passphrase="x y z")
    write_settings(other / "settings.toml", read_settings(folder / "settings.toml"))
    pictures, words = [], []
    for place in (folder, other):
        one = started(place, locked=True)
        closed_page(qtbot, one).field.clearFocus()
        one.window.resize(1024, 640)
        pictures.append(one.window.grab().toImage())
        words.append(spoken(QAccessible.queryAccessibleInterface(one.window)))
        close(qtbot, one)
    assert pictures[0] == pictures[1]
    assert words[0] == words[1]


def test_what_another_program_put_on_the_clipboard_stays_there(
    qtbot: QtBot, program: Program
) -> None:
    owner = (
        "from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        " app.clipboard().setText('theirs'); print('ready', flush=True); app.exec()"
    )
    with subprocess.Popen([sys.executable, "-c", owner], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"ready\n"
        clipboard = QGuiApplication.clipboard()
        qtbot.waitUntil(lambda: clipboard.text(QClipboard.Mode.Clipboard) == "theirs")
        with qtbot.waitSignal(program.ended):
            program.window.lock_asked.emit()
        assert clipboard.text() == "theirs"
        other.kill()


def test_a_wrong_passphrase_is_refused_in_the_same_words_each_time(
    qtbot: QtBot, locked: Program, folder: Path
) -> None:
    sentences = []
    for wrong in ("calm watre", "", "another guess"):
        page = closed_page(qtbot, locked)
        QTest.keyClicks(page.field, wrong)
        if wrong:
            page.button.click()
            page = closed_page(qtbot, locked)
            assert page.field.text() == ""
            assert locked.window.focusWidget() is page.field
            sentences.append(page.words.text())
            assert page.words.isVisible()
    assert sentences[0] == sentences[1] != ""
    assert str(folder) not in sentences[0]
    unlock(qtbot, locked)


def test_the_recovery_key_unlocks_by_keyboard_alone(qtbot: QtBot, tmp_path: Path) -> None:
    key = create(tmp_path / "journal", tmp_path / "keys", START, passphrase="forgotten")
    program = started(tmp_path, locked=True)
    page = closed_page(qtbot, program)
    to_front(qtbot, program)
    order = []
    for _ in range(3):
        order.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert order == [page.field, page.button, page._other]
    QTest.keyClick(page._other, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page.field
    QTest.keyClicks(page.field, "not a key")
    QTest.keyClick(page.field, "\r")
    page = closed_page(qtbot, program)
    assert page.field.accessibleName() == "Recovery key"
    QTest.keyClicks(page.field, key.text)
    with qtbot.waitSignal(program.completed, timeout=30_000):
        QTest.keyClick(page.field, "\r")
    close(qtbot, program)


def test_a_journal_with_a_passphrase_starts_as_it_looks_when_locked(
    qtbot: QtBot, folder: Path
) -> None:
    pictures = []
    for locked in (False, True):
        program = started(folder, locked=locked)
        assert program.window.is_covered
        closed_page(qtbot, program).field.clearFocus()
        pictures.append(program.window.grab().toImage())
        close(qtbot, program)
    assert pictures[0] == pictures[1]


def test_the_keyring_opens_a_start_and_never_a_locked_window(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, before = Store(), keyring.get_keyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", store)
    vault = open_vault(folder / "journal", folder / "keys", passphrase=PASSPHRASE)
    enable_keyring(vault)
    by_itself = started(folder)
    with qtbot.waitSignal(by_itself.completed, timeout=30_000):
        pass
    close(qtbot, by_itself)
    asked: list[str] = []
    monkeypatch.setattr(store, "get_password", lambda *names: asked.append(names[1]))
    locked = started(folder, locked=True)
    page = closed_page(qtbot, locked)
    QTest.keyClicks(page.field, "calm watre")
    QTest.keyClick(page.field, "\r")
    unlock(qtbot, locked)
    assert asked == []
    close(qtbot, locked)
    keyring.set_keyring(before)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_without_a_passphrase_locking_hides_and_a_button_opens(
    qtbot: QtBot, tmp_path: Path, key: Qt.Key
) -> None:
    create(tmp_path / "journal", tmp_path / "keys", START)
    program = started(tmp_path, locked=True)
    page = closed_page(qtbot, program)
    qtbot.waitUntil(lambda: program.tasks.idle)
    assert page.field.isHidden()
    assert program.workspace is None
    assert "no passphrase" in page.words.text()
    to_front(qtbot, program)
    with qtbot.waitSignal(program.completed, timeout=30_000):
        QTest.keyClick(QApplication.focusWidget(), key)
    close(qtbot, program)


def test_a_dialog_that_is_open_does_not_hold_locking_up(qtbot: QtBot, program: Program) -> None:
    program.workspace.pages.show_settings("keys")
    program.workspace.pages.settings.section("keys").set_button.click()
    program.window.actions_by_name["show_keys"].trigger()
    qtbot.waitUntil(lambda: any(isinstance(w, QDialog) for w in QApplication.topLevelWidgets()))
    with qtbot.waitSignal(program.ended):
        program.window.lock_asked.emit()
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert shown == []


@pytest.mark.parametrize("place", list(Place))
def test_the_locked_window_stays_where_it_was(
    qtbot: QtBot, program: Program, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_front(qtbot, program)
    if place is Place.BEHIND:
        away = Qt.ApplicationState.ApplicationInactive
        monkeypatch.setattr(QApplication, "applicationState", lambda: away)
    if place is Place.MINIMIZED:
        program.window.showMinimized()
        qtbot.waitUntil(program.window.isMinimized)
    with qtbot.waitSignal(program.ended):
        program.window.lock_asked.emit()
    assert program.successor is not None
    assert program.successor[-1] == place.value


def test_another_journal_is_opened_and_remembered_only_when_this_one_is_safe(
    qtbot: QtBot, program: Program, folder: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use = "kotter_journal.app.program.journal_in_use"
    monkeypatch.setattr(in_use, lambda: folder / "journal")
    settings = folder / "settings.toml"
    types_in_the_editor(program, "not on the disk")
    program.window.reopen_asked.emit(folder / "restored")
    qtbot.waitUntil(lambda: program.window.is_covered and disk.refusals > 1)
    assert read_settings(settings).journal_folder == ""
    disk.error = None
    with qtbot.waitSignal(program.ended):
        pass
    assert program.successor == [f"--journal={folder / 'restored'}"]
    assert read_settings(settings).journal_folder == str(folder / "restored")


def test_what_the_disk_refuses_is_hidden_until_it_is_saved(
    qtbot: QtBot, program: Program, disk: Disk, folder: Path
) -> None:
    types_in_the_editor(program, "Zanzibar")
    QGuiApplication.clipboard().setText("Zanzibar")
    program.window.lock_asked.emit()
    page = hiding_page(qtbot, program)
    qtbot.waitUntil(lambda: disk.refusals > 2)
    assert closed_page(qtbot, program) is page
    assert "Zanzibar" not in page.words.text()
    assert QGuiApplication.clipboard().text() == ""
    assert program.window.isVisible()
    assert program.successor is None
    disk.error = None
    with qtbot.waitSignal(program.ended):
        pass
    close(qtbot, program)
    again = started(folder, locked=True)
    unlock(qtbot, again)
    assert [row.heading for row in again.workspace.day_list.model.rows] == ["Zanzibar"]
    close(qtbot, again)


def test_behind_the_page_that_hides_leads_only_the_passphrase(
    qtbot: QtBot, program: Program, disk: Disk
) -> None:
    editor = types_in_the_editor(program, "Zanzibar")
    program.window.lock_asked.emit()
    page = hiding_page(qtbot, program)
    QTest.keyClicks(page.field, "calm watre")
    QTest.keyClick(page.field, "\r")
    qtbot.waitUntil(lambda: "does not open" in page.words.text())
    assert program.window.is_covered
    QTest.keyClicks(page.field, PASSPHRASE)
    QTest.keyClick(page.field, "\r")
    qtbot.waitUntil(lambda: not program.window.is_covered)
    assert editor.isVisible()
    refusals = disk.refusals
    disk.error = None
    program.workspace.flush()
    qtbot.waitUntil(lambda: program.workspace.is_saved)
    assert disk.refusals == refusals
    assert program.window.isVisible()


def test_the_quick_line_that_the_disk_refuses_is_hidden_and_kept(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path
) -> None:
    program.workspace.leaving._clock.setInterval(50)
    error: list[StorageFailed] = [StorageFailed(StorageTrouble.DISK_FULL, tmp_path)]
    session = program.workspace.session
    real = session._in_transaction

    def refuse(ask: object) -> object:
        if error:
            raise error[0]
        return real(ask)

    monkeypatch.setattr(session, "_in_transaction", refuse)
    QTest.keyClicks(program.window.today_page.quick_line.field, "45a Zanzibar")
    program.window.lock_asked.emit()
    hiding_page(qtbot, program)
    error.clear()
    with qtbot.waitSignal(program.ended):
        pass
    close(qtbot, program)
    again = started(folder, locked=True)
    unlock(qtbot, again)
    assert again.window.today_page.quick_line.field.text() == "45a Zanzibar"
    close(qtbot, again)


def test_quitting_from_the_page_that_hides_starts_nothing(
    qtbot: QtBot, program: Program, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kotter_journal.gui.workspace.may_lose_text", lambda *_: True)
    types_in_the_editor(program, "Zanzibar")
    program.window.lock_asked.emit()
    hiding_page(qtbot, program)
    with qtbot.waitSignal(program.ended):
        program.window.actions_by_name["quit"].trigger()
    assert program.successor is None


def test_it_locks_when_nobody_has_touched_it_for_long(qtbot: QtBot, folder: Path) -> None:
    seconds = 0.0
    write_settings(folder / "settings.toml", Settings(lock_after_minutes=5))
    program = started(folder)
    program.auto_lock._clock = lambda: seconds
    unlock(qtbot, program)
    seconds = 4 * 60
    QTest.keyClick(program.window.windowHandle(), Qt.Key.Key_Shift)
    seconds = 8 * 60
    program.auto_lock.look()
    assert program.successor is None
    seconds = 9 * 60
    with qtbot.waitSignal(program.ended):
        program.auto_lock.look()
    assert program.successor is not None
    close(qtbot, program)


def test_the_line_of_last_time_comes_before_what_is_typed_meanwhile(
    qtbot: QtBot, person: Person
) -> None:
    person.types("45a Zanzibar")
    person.closes_the_program()
    program = person.program = started(person._folder)
    person.window = program.window
    person.is_open = True
    field = program.window.today_page.quick_line.field
    QTest.keyClicks(field, "and more")
    with qtbot.waitSignal(program.completed, timeout=30_000):
        pass
    assert field.text() == "45a Zanzibar and more"
    QTest.keyClick(field, "\r")
    person.sees(lambda: person.today_headings() == ["Zanzibar and more"])
    person.sees(lambda: field.text() == "")
    person.closes_the_program()
    person.opens_the_program()
    assert person.window.today_page.quick_line.field.text() == ""


def test_a_line_sent_before_the_journal_is_open_leaves_the_one_of_last_time(
    qtbot: QtBot, person: Person
) -> None:
    person.types("45a Zanzibar")
    person.closes_the_program()
    program = person.program = started(person._folder)
    person.window = program.window
    person.is_open = True
    field = program.window.today_page.quick_line.field
    QTest.keyClicks(field, "15d sent at once\r")
    person.sees(lambda: program.workspace is not None)
    person.sees(lambda: person.today_headings() == ["sent at once"])
    person.sees(lambda: field.text() == "45a Zanzibar")
    person.sees(lambda: program.workspace.pages is not None and program.tasks.idle)
