"""The section that says when the window locks, and what that is worth."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.config.settings import read_settings
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.locking import LockingSection
from kotter_journal.services import keys

pytestmark = pytest.mark.usefixtures("cheap_argon2")


@pytest.fixture
def section(session: JournalSession, preferences: Preferences, window: QWidget) -> LockingSection:
    return LockingSection(session, preferences, window)


def test_it_shows_what_is_chosen(section: LockingSection, preferences: Preferences) -> None:
    assert section.minutes.currentText() == "10 minutes"
    assert section.with_system.isChecked()
    preferences.change(lock_after_minutes=7, lock_with_system=False)
    assert section.minutes.currentText() == "7 minutes"
    assert not section.with_system.isChecked()
    preferences.change(lock_after_minutes=0)
    assert section.minutes.currentText() == "Never"


def test_a_choice_is_kept_at_once(
    section: LockingSection, preferences: Preferences, tmp_path: Path
) -> None:
    QTest.keyClick(section.minutes, Qt.Key.Key_Home)
    section.minutes.activated.emit(0)
    section.with_system.click()
    kept = read_settings(preferences._path)
    assert (kept.lock_after_minutes, kept.lock_with_system) == (0, False)


def test_the_button_locks(qtbot: QtBot, section: LockingSection) -> None:
    with qtbot.waitSignal(section.lock_asked):
        section.lock_button.click()


def test_the_words_say_what_locking_is_worth_with_and_without_a_passphrase(
    qtbot: QtBot, section: LockingSection, session: JournalSession
) -> None:
    assert "no passphrase" in section.words.text()
    with qtbot.waitSignal(session.keys_changed):
        session.write_keys(
            lambda tx, journal: keys.set_passphrase(tx, journal, "calm water"), owner=section
        )
    assert "asks for the passphrase" in section.words.text()
