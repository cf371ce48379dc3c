"""The first screen: a passphrase or none, typed twice, and nothing made before it was chosen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from kotter_journal.gui.theme import Theme
from kotter_journal.gui.welcome_page import WelcomePage


def ask(work: Callable[[], str], tell: Callable[[str], None]) -> None:
    """Estimate at once."""
    tell(work())


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> Iterator[WelcomePage]:
    """The page of a folder without a journal."""
    made = WelcomePage(Path("/home/dana/journal"), ask)
    qtbot.addWidget(made)
    made.resize(1024, 640)
    made.show()
    yield made
    made.close()


@pytest.fixture
def chosen(page: WelcomePage) -> list[str]:
    """What was chosen."""
    heard: list[str] = []
    page.chosen.connect(heard.append)
    return heard


def test_it_names_the_folder_and_what_is_lost_with_both_keys(page: WelcomePage) -> None:
    words = " ".join(one.text() for one in page.findChildren(QLabel))
    assert "/home/dana/journal" in words
    assert "nobody can read the journal again" in words


def test_not_now_is_one_press(page: WelcomePage, chosen: list[str]) -> None:
    assert page.repeated.isHidden()
    assert not page.with_passphrase.isEnabled()
    page.without.click()
    assert chosen == [""]
    assert not page.isEnabled()


# Enter disables the page while it is still being handled.
@pytest.mark.qt_log_ignore("Keyboard event not accepted", extend=True)
def test_a_passphrase_is_typed_twice_by_keyboard_alone(
    qtbot: QtBot, page: WelcomePage, chosen: list[str]
) -> None:
    assert page.focusProxy() is page.passphrase
    qtbot.keyClicks(page.passphrase, "calm water")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    assert page.window().focusWidget() is page.repeated
    qtbot.keyClicks(page.repeated, "calm water")
    qtbot.keyPress(page.repeated, Qt.Key.Key_Return)
    assert chosen == ["calm water"]


def test_two_that_differ_are_typed_again(
    qtbot: QtBot, page: WelcomePage, chosen: list[str]
) -> None:
    qtbot.keyClicks(page.passphrase, "calm water")
    qtbot.keyClicks(page.repeated, "calm watre")
    page.with_passphrase.click()
    assert chosen == []
    assert "not the same" in page.words.text()
    assert page.repeated.text() == ""


def test_what_is_typed_is_hidden_and_its_strength_told(qtbot: QtBot, page: WelcomePage) -> None:
    qtbot.keyClicks(page.passphrase, "password1")
    assert page.passphrase.echoMode() is QLineEdit.EchoMode.Password
    qtbot.waitUntil(lambda: "Easily guessed" in page._strength.words.text(), timeout=20_000)


def test_a_refusal_is_told_and_can_be_tried_again(page: WelcomePage, chosen: list[str]) -> None:
    page.without.click()
    page.tell("The disk is full.")
    assert page.words.isVisible()
    page.without.click()
    assert chosen == ["", ""]
