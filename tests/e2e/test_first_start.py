"""The first start, as a new owner meets it, by keyboard alone."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kotter_journal.app.program import Program
from kotter_journal.gui import doors
from kotter_journal.gui.fault_page import FaultPage
from kotter_journal.gui.main_window import TODAY
from kotter_journal.gui.settings.recovery_dialog import RecoveryDialog
from kotter_journal.gui.welcome_page import WelcomePage
from kotter_journal.storage.journal import create, exists, open_journal
from tests.e2e.conftest import START


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """A program whose folder holds no journal yet."""
    made = Program(
        tmp_path / "journal",
        keys=tmp_path / "keys",
        settings=tmp_path / "settings.toml",
        now=lambda: START,
    )
    made.window.show()
    yield made
    for dialog in made.window.findChildren(RecoveryDialog):
        dialog.reject()
    made.window.close()
    qtbot.waitUntil(lambda: not made.window.isVisible())
    made.close()
    made.window.deleteLater()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def welcome(qtbot: QtBot, program: Program) -> WelcomePage:
    """The page, once it is there."""
    pages = program.window.pages
    qtbot.waitUntil(lambda: isinstance(pages.currentWidget(), WelcomePage), timeout=30_000)
    page = pages.currentWidget()
    assert isinstance(page, WelcomePage)
    return page


def test_without_a_passphrase_the_caret_is_in_the_quick_line(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    page = welcome(qtbot, program)
    assert not exists(tmp_path / "journal")
    with qtbot.waitSignal(program.completed, timeout=30_000):
        page.without.setFocus()
        QTest.keyClick(page.without, Qt.Key.Key_Space)
    field = program.window.today_page.quick_line.field
    assert program.window.rank == TODAY
    assert program.window.focusWidget() is field
    QTest.keyClicks(field, "45a the first line")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(program.workspace.day_list.model.rows) == 1)
    assert not program.window.findChildren(RecoveryDialog)


@pytest.mark.usefixtures("cheap_argon2")
def test_with_a_passphrase_the_recovery_key_is_offered_at_once(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    page = welcome(qtbot, program)
    QTest.keyClicks(page.passphrase, "calm water")
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    QTest.keyClicks(page.repeated, "calm water")
    with qtbot.waitSignal(program.completed, timeout=30_000):
        QTest.keyClick(page.repeated, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(RecoveryDialog)))
    dialog = program.window.findChildren(RecoveryDialog)[0]
    group = dialog._key.groups[dialog._asked - 1]
    QTest.keyClicks(dialog.typed, group)
    with qtbot.waitSignal(dialog.confirmed):
        QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    facts = open_journal(
        tmp_path / "journal", tmp_path / "keys", passphrase="calm water"
    ).vault.facts
    assert facts.passphrase
    assert facts.recovery_saved_at is not None


def test_a_folder_that_cannot_be_written_is_named_and_can_be_tried_again(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    page = welcome(qtbot, program)
    (tmp_path / "journal").write_bytes(b"a file in its place")
    page.without.click()
    qtbot.waitUntil(page.words.isVisible)
    assert str(tmp_path / "journal") in page.words.text()
    (tmp_path / "journal").unlink()
    with qtbot.waitSignal(program.completed, timeout=30_000):
        page.without.click()


def test_a_journal_that_was_here_and_has_gone_is_never_made_anew(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text(f'journal_folder = "{tmp_path / "journal"}"\n')
    program = Program(
        tmp_path / "journal",
        keys=tmp_path / "keys",
        settings=tmp_path / "settings.toml",
        now=lambda: START,
    )
    program.window.show()
    pages = program.window.pages
    qtbot.waitUntil(lambda: isinstance(pages.currentWidget(), FaultPage), timeout=30_000)
    assert not exists(tmp_path / "journal")
    page = pages.currentWidget()
    assert isinstance(page, FaultPage)
    assert str(tmp_path / "journal") in page.words.text()
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible())
    program.close()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_an_opening_that_takes_long_is_told_of(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(tmp_path / "journal", tmp_path / "keys", START)
    go_on = threading.Event()
    real = doors.open_doors

    def slow(*given: object, **named: object) -> object:
        go_on.wait(30)
        return real(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(doors, "open_doors", slow)
    program = Program(
        tmp_path / "journal",
        keys=tmp_path / "keys",
        settings=tmp_path / "settings.toml",
        now=lambda: START,
    )
    program.window.show()
    program._patience.setInterval(0)
    qtbot.waitUntil(lambda: program.window.notices.text("opening") != "", timeout=30_000)
    with qtbot.waitSignal(program.completed, timeout=30_000):
        go_on.set()
    assert program.window.notices.text("opening") == ""
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible())
    program.close()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
