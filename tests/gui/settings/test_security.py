"""The page on how the journal is protected, and the state of this journal above it."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextTable
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.config.paths import security_page
from kotter_journal.domain.entries import EntryDraft, begin
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.document import DocumentView
from kotter_journal.gui.settings.security import SecuritySection
from kotter_journal.gui.theme import Theme
from kotter_journal.services import backups, keys
from kotter_journal.services.entries import write_entry
from tests.gui.conftest import NOW

ROOT = Path(__file__).parents[3]


@pytest.fixture
def section(
    qtbot: QtBot, session: JournalSession, preferences: Preferences, window: QWidget
) -> SecuritySection:
    """The section, showing."""
    made = SecuritySection(session, preferences, window)
    made.resize(720, 600)
    made.show()
    qtbot.waitUntil(lambda: made.backup.text() != "")
    return made


def test_a_journal_without_passphrase_says_what_that_means(section: SecuritySection) -> None:
    assert section.passphrase.text().startswith("None.")
    assert section.recovery.text() == "You have not said yet that you keep it."
    assert section.backup.text() == "There is none yet."
    assert "After 10 minutes" in section.locking.text()
    assert section.passphrase.property("look") == "warn"


@pytest.mark.usefixtures("cheap_argon2")
def test_the_state_follows_what_is_changed(
    qtbot: QtBot, section: SecuritySection, session: JournalSession, preferences: Preferences
) -> None:
    with qtbot.waitSignal(session.keys_changed):
        session.write_keys(
            lambda tx, journal: keys.set_passphrase(tx, journal, "calm water"), owner=section
        )
    assert section.passphrase.text().startswith("Set.")
    with qtbot.waitSignal(session.keys_changed):
        session.write_keys(
            lambda tx, journal: keys.confirm_recovery_saved(tx, journal, NOW), owner=section
        )
    assert section.recovery.text() == "You said on 14 May 2026 that you keep it."
    preferences.change(lock_after_minutes=0, lock_with_system=False)
    assert section.locking.text() == "Not by time."
    assert section.locking.property("look") == "warn"


def test_the_newest_backup_is_told_with_its_age(
    qtbot: QtBot, section: SecuritySection, session: JournalSession
) -> None:
    entry = begin(EntryDraft(on=NOW.date(), body="words"), NOW, 3)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, entry), owner=section)
    backups.back_up(session.journal, NOW - timedelta(days=1))
    section.hide()
    section.show()
    qtbot.waitUntil(lambda: section.backup.text() == "Yesterday 18:00, 1 entry.")


def test_the_page_is_shown_whole_and_as_it_is(section: SecuritySection) -> None:
    shown = section.document.document().toRawText()
    source = security_page().read_text("utf-8")
    for heading in re.findall(r"^#+ (.*)$", source, re.MULTILINE):
        assert heading in shown
    assert "def derive(key, purpose):" in shown
    height = section.document.document().size().height()
    assert height <= section.document.height() < height + 40


def test_it_follows_theme_and_width(section: SecuritySection, theme: Theme) -> None:
    before = section.document.height()
    theme.text_size = 150
    assert section.document.height() > before * 1.3
    theme.text_size = 100
    section.resize(420, 600)
    section.layout().activate()
    assert section.document.height() > before
    theme.scheme = "dark"
    tables = [
        frame
        for frame in section.document.document().rootFrame().childFrames()
        if isinstance(frame, QTextTable)
    ]
    assert {frame.format().borderBrush().color().name() for frame in tables} == {"#2c333d"}


def test_it_loads_nothing(section: SecuritySection) -> None:
    assert section.document.loadResource(2, QUrl("file:///etc/hostname")) is None
    assert not section.document.openLinks()


def test_hostile_markup_in_a_document_stays_text(qtbot: QtBot) -> None:
    view = DocumentView("# T\n\n<img src='file:///etc/hostname'> words")
    qtbot.addWidget(view)
    assert "<img" in view.document().toRawText()


def test_the_page_goes_with_every_way_the_program_is_shipped() -> None:
    assert security_page() == ROOT / "SECURITY.md"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert wheel["SECURITY.md"] == "kotter_journal/resources/SECURITY.md"
    spec = (ROOT / "packaging" / "kotter-journal.spec").read_text("utf-8")
    assert '(str(ROOT / "SECURITY.md"), "resources")' in spec
