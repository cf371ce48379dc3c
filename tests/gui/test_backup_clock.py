"""The backup of the day: taken by itself, once, and told of only where it fails."""

import resource
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import Entry, EntryDraft, begin
from kotter_journal.domain.errors import KotterError, StorageFailed, StorageTrouble
from kotter_journal.gui.backup_clock import BackupClock
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.services import backups
from kotter_journal.services.backups import BackupsTaken
from kotter_journal.services.entries import delete_entries, write_entry
from tests.gui.conftest import NOW


class Heard:
    """What the clock told."""

    def __init__(self, clock: BackupClock) -> None:
        self.taken: list[BackupsTaken] = []
        self.failed: list[KotterError] = []
        self.not_copied: list[KotterError] = []
        self.kept = 0
        clock._session.backed_up.connect(self.taken.append)
        clock.failed.connect(self.failed.append)
        clock.not_copied.connect(self.not_copied.append)
        clock.kept.connect(self._on_kept)

    def _on_kept(self) -> None:
        self.kept += 1


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


def write(qtbot: QtBot, session: JournalSession) -> Entry:
    """An entry."""
    entry = begin(EntryDraft(on=NOW.date(), body="text"), NOW, 3)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, entry), owner=session)
    return entry


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
    assert (len(heard.taken), len(own(session)), heard.kept) == (1, 1, 2)
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
    look(qtbot, clock)
    assert len(own(session)) == 1
    assert heard.taken[0].paths == (own(session)[0],)
    assert (heard.failed, heard.kept, len(heard.not_copied)) == ([], 0, 2)
    trouble = heard.not_copied[0]
    assert isinstance(trouble, StorageFailed)
    assert (trouble.trouble, trouble.path) == (StorageTrouble.FOLDER_MISSING, stick)


def test_only_a_drive_that_is_away_is_asked_for_again_before_an_hour_is_over(
    qtbot: QtBot,
    clock: BackupClock,
    session: JournalSession,
    preferences: Preferences,
    tmp_path: Path,
) -> None:
    write(qtbot, session)
    preferences.change(second_backup_folder=str(tmp_path / "stick"))
    assert clock._timer.interval() == 1_000
    look(qtbot, clock)
    assert clock._timer.interval() == 15 * 60_000
    (tmp_path / "stick").mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))  # no room for more on any disk
    try:
        look(qtbot, clock)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert clock._timer.interval() == 60 * 60_000
    assert list((tmp_path / "stick").iterdir()) == []


def test_without_the_second_folder_all_is_well_again(
    qtbot: QtBot,
    clock: BackupClock,
    heard: Heard,
    session: JournalSession,
    preferences: Preferences,
    tmp_path: Path,
) -> None:
    write(qtbot, session)
    preferences.change(second_backup_folder=str(tmp_path / "stick"))
    look(qtbot, clock)
    assert heard.kept == 0
    preferences.change(second_backup_folder="")
    qtbot.waitUntil(lambda: heard.kept == 1)


def test_what_somebody_else_takes_counts(
    clock: BackupClock, heard: Heard, session: JournalSession
) -> None:
    session.backed_up.emit(backups.back_up(session.journal, NOW))
    assert (heard.kept, heard.failed, heard.not_copied) == (1, [], [])


def test_a_journal_of_which_all_lies_in_the_trash_is_backed_up(
    qtbot: QtBot, clock: BackupClock, session: JournalSession
) -> None:
    entry = write(qtbot, session)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: delete_entries(tx, [entry.id], NOW), owner=session)
    look(qtbot, clock)
    assert len(own(session)) == 1


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
    assert (len(heard.taken), len(heard.not_copied), heard.kept) == (2, 1, 1)


def test_a_backup_that_failed_is_tried_again(
    qtbot: QtBot, clock: BackupClock, heard: Heard, session: JournalSession
) -> None:
    write(qtbot, session)
    folder = backups.backup_folder(session.journal.folder)
    folder.write_bytes(b"a file where the folder should be")
    look(qtbot, clock)
    assert (len(heard.failed), heard.kept) == (1, 0)
    assert clock._timer.interval() == 60 * 60_000
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
