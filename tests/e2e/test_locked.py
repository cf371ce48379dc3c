"""A journal that does not open by itself says why, and takes what opens it."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kotter_journal.app.program import Program
from kotter_journal.gui.closed_page import ClosedPage
from kotter_journal.storage.journal import create
from tests.e2e.conftest import START


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest):
    """A program on a journal made as the test says, with its window open."""
    passphrase = getattr(request, "param", None)
    made = create(tmp_path / "journal", tmp_path / "keys", START, passphrase=passphrase)
    if passphrase is None:
        shutil.rmtree(tmp_path / "keys")
    one = Program(
        tmp_path / "journal",
        keys=tmp_path / "keys",
        settings=tmp_path / "settings.toml",
        now=lambda: START,
    )
    one.window.show()
    yield one, made
    one.window.close()
    qtbot.waitUntil(lambda: not one.window.isVisible())
    one.close()
    one.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def closed_page(qtbot: QtBot, program: Program) -> ClosedPage:
    def found() -> bool:
        page = program.window.pages.currentWidget()
        return isinstance(page, ClosedPage) and page.isEnabled()

    qtbot.waitUntil(found, timeout=30_000)
    page = program.window.pages.currentWidget()
    assert isinstance(page, ClosedPage)
    return page


@pytest.mark.usefixtures("cheap_argon2")
@pytest.mark.parametrize("program", ["calm water"], indirect=True)
def test_a_passphrase_opens_and_a_wrong_one_is_asked_again(qtbot: QtBot, program) -> None:
    one, _ = program
    page = closed_page(qtbot, one)
    QTest.keyClicks(page.field, "calm watre")
    page.button.click()
    again = closed_page(qtbot, one)
    QTest.keyClicks(again.field, "calm water")
    with qtbot.waitSignal(one.opened, timeout=30_000):
        again.button.click()
    qtbot.waitUntil(lambda: one.workspace.pages is not None and one.tasks.idle)


def test_a_computer_without_the_secret_takes_the_recovery_key(qtbot: QtBot, program) -> None:
    one, recovery_key = program
    page = closed_page(qtbot, one)
    QTest.keyClicks(page.field, recovery_key.text)
    with qtbot.waitSignal(one.opened, timeout=30_000):
        page.button.click()
    qtbot.waitUntil(lambda: one.workspace.pages is not None and one.tasks.idle)
