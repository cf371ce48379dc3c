"""The backup of the day: taken by itself, once, and told of only where it fails."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import EntryDraft, begin
from kotter_journal.domain.errors import KotterError, StorageFailed
from kotter_journal.gui.backup_clock import BackupClock
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.services import backups
from kotter_journal.services.backups import BackupsTaken
from kotter_journal.services.entries import write_entry
from tests.gui.conftest import NOW


class Heard:
    """What the clock told."""

    def __init__(self, clock: BackupClock) -> None:
        self.taken: list[BackupsTaken] = []
        self.failed: list[KotterError] = []
        clock.taken.connect(self.taken.append)
        clock.failed.connect(self.failed.append)


@pytest.fixture
def preferences(qtbot: QtBot, tmp_path: Path) -> Iterator[Preferences]:
    """The settings of this device."""
    owner = QObject()
    yield Preferences(tmp_path / "settings.toml", owner)
    owner.deleteLater()


@pytest.fixture
def clock(session: JournalSession, preferences: Preferences) -> Iterator[BackupClock]:
    """The clock of a session; it looks when the test says so."""
    made = BackupClock(session, preferences)
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def heard(clock: BackupClock) -> Heard:
    """What it tells."""
    return Heard(clock)


def write(qtbot: QtBot, session: JournalSession) -> None:
    """An entry."""
    entry = begin(EntryDraft(on=NOW.date(), body="text"), NOW, 3)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, entry), owner=session)


def look(qtbot: QtBot, clock: BackupClock) -> None:
    """Let it look, and wait until it has answered."""
    clock.look()
    qtbot.waitUntil(lambda: clock._job is None)


def own(session: JournalSession) -> list[Path]:
    """The backups beside the journal."""
    folder = backups.backup_folder(session.journal.folder)
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_an_empty_journal_needs_none(
    qtbot: QtBot, clock: BackupClock, heard: Heard, session: JournalSession
) -> None:
    look(qtbot, clock)
    assert (heard.taken, own(session)) == ([], [])


def test_one_a_day_is_taken(
    qtbot: QtBot, clock: BackupClock, heard: Heard, session: JournalSession
) -> None:
    write(qtbot, session)
    look(qtbot, clock)
    look(qtbot, clock)
    assert (len(heard.taken), len(own(session))) == (1, 1)
    later: datetime = NOW + timedelta(days=1)
    session.now = lambda: later
    look(qtbot, clock)
    assert (len(heard.taken), len(own(session)), heard.failed) == (2, 2, [])


def test_a_second_folder_that_is_away_is_told_of_and_the_first_backup_stands(
    qtbot: QtBot,
    clock: BackupClock,
    heard: Heard,
    session: JournalSession,
    preferences: Preferences,
    tmp_path: Path,
) -> None:
    write(qtbot, session)
    stick = tmp_path / "stick"
    preferences.change(second_backup_folder=str(stick))
    look(qtbot, clock)
    assert len(own(session)) == 1
    assert isinstance(heard.failed[0], StorageFailed)
    assert heard.failed[0].path == stick


def test_a_second_folder_that_is_back_gets_a_copy_and_no_other_backup_is_taken(
    qtbot: QtBot,
    clock: BackupClock,
    heard: Heard,
    session: JournalSession,
    preferences: Preferences,
    tmp_path: Path,
) -> None:
    write(qtbot, session)
    stick = tmp_path / "stick"
    preferences.change(second_backup_folder=str(stick))
    look(qtbot, clock)
    stick.mkdir()
    look(qtbot, clock)
    assert [path.name for path in stick.iterdir()] == [path.name for path in own(session)]
    assert len(own(session)) == 1
    assert len(heard.taken) == 1


def test_a_backup_that_failed_is_tried_again(
    qtbot: QtBot, clock: BackupClock, heard: Heard, session: JournalSession
) -> None:
    write(qtbot, session)
    folder = backups.backup_folder(session.journal.folder)
    folder.write_bytes(b"a file where the folder should be")
    look(qtbot, clock)
    assert len(heard.failed) == 1
    folder.unlink()
    look(qtbot, clock)
    assert len(own(session)) == 1


def test_stopped_in_the_middle_it_leaves_no_half_file(
    qtbot: QtBot, clock: BackupClock, heard: Heard, session: JournalSession
) -> None:
    write(qtbot, session)
    clock.look()
    clock.stop()
    qtbot.waitUntil(lambda: clock._job is None)
    assert (heard.taken, heard.failed, own(session)) == ([], [], [])
