"""Erasing for good: the journal no longer holds it, nor do the backups where that is wanted."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import EntryDraft, EntryId, begin
from kotter_journal.domain.errors import StorageFailed, StorageTrouble
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.gui.apart import Job
from kotter_journal.gui.entries import erase_dialog
from kotter_journal.gui.entries.erase_dialog import EraseDialog, taken_text
from kotter_journal.gui.entries.trash import TrashView
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services import backups
from kotter_journal.services.commitments import make_commitment
from kotter_journal.services.entries import delete_entries, write_entry
from kotter_journal.storage import entries
from kotter_journal.storage.commitments import commitments as commitments_in
from tests.gui.conftest import NOW


@pytest.fixture
def entry_id(qtbot: QtBot, session: JournalSession) -> EntryId:
    """An entry in the trash, which a backup holds as well."""
    entry = begin(EntryDraft(on=NOW.date(), body="to be forgotten"), NOW, 5)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, entry), owner=session)
    backups.back_up(session.journal, NOW)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: delete_entries(tx, [entry.id], NOW), owner=session)
    return entry.id


@pytest.fixture
def dialog(
    qtbot: QtBot, theme: Theme, session: JournalSession, entry_id: EntryId, tmp_path: Path
) -> Iterator[EraseDialog]:
    """The dialog about that entry."""
    window = QWidget()
    qtbot.addWidget(window)
    dialog = EraseDialog(session, Preferences(tmp_path / "s.toml", window), [entry_id], window)
    yield dialog
    dialog.deleteLater()


def in_backup(session: JournalSession) -> int:
    """How many entries the one backup holds, the trash included."""
    vault = session.journal.vault
    (one,) = backups.list_backups(backups.backup_folder(session.journal.folder), vault)
    facts = backups.check_backup(one.path, vault)
    return facts.entries + facts.trash


def is_there(session: JournalSession, entry_id: EntryId) -> bool:
    """Whether the journal has the entry, be it in the trash."""
    return bool(session.read(lambda tx: entries.existing_ids(tx, [entry_id])))


def test_erased_in_the_journal_backups_keep_it(
    qtbot: QtBot, session: JournalSession, dialog: EraseDialog, entry_id: EntryId
) -> None:
    with qtbot.waitSignals([dialog.erased, dialog.accepted]):
        dialog.erase_button.click()
    assert not is_there(session, entry_id)
    assert in_backup(session) == 1


def test_erased_in_the_backups_as_well(
    qtbot: QtBot, session: JournalSession, dialog: EraseDialog, entry_id: EntryId
) -> None:
    dialog.in_backups.setChecked(True)
    dialog.erase_button.click()
    qtbot.waitUntil(lambda: dialog.close_button.isEnabled())
    assert not is_there(session, entry_id)
    assert in_backup(session) == 0
    assert dialog.words.text() == ("Erased in the journal and in 1 backup, which was written anew.")
    assert dialog.title.text() == "Erased for good"
    assert dialog.erase_button.isHidden()
    assert dialog.in_backups.isHidden()


def test_a_backup_that_cannot_be_read_is_named(
    qtbot: QtBot, session: JournalSession, dialog: EraseDialog
) -> None:
    folder = backups.backup_folder(session.journal.folder)
    (whole,) = folder.iterdir()
    later = NOW + timedelta(days=1)
    damaged = folder / whole.name.replace(f"{NOW:%Y%m%d}", f"{later:%Y%m%d}")
    damaged.write_bytes(whole.read_bytes()[:-500])
    dialog.in_backups.setChecked(True)
    dialog.erase_button.click()
    qtbot.waitUntil(lambda: dialog.close_button.isEnabled())
    assert "cannot be read and may hold it" in dialog.words.text()
    assert dialog.words.text().endswith(str(damaged))


def test_cancelled_nothing_is_erased(
    session: JournalSession, dialog: EraseDialog, entry_id: EntryId
) -> None:
    dialog.close_button.click()
    assert is_there(session, entry_id)


def test_while_it_erases_it_says_so_and_stays(
    qtbot: QtBot, session: JournalSession, dialog: EraseDialog, entry_id: EntryId
) -> None:
    dialog.show()
    dialog.erase_button.click()
    assert not dialog.bar.isHidden()
    assert "some seconds" in dialog.words.text()
    dialog.reject()
    dialog.close()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        pass
    assert not is_there(session, entry_id)


def test_stopped_among_the_backups_it_says_that_some_hold_it(
    qtbot: QtBot, session: JournalSession, dialog: EraseDialog, entry_id: EntryId
) -> None:
    dialog.in_backups.setChecked(True)
    follow = dialog.job_row.follow

    def follow_and_cancel(job: Job, words: str) -> None:
        follow(job, words)
        dialog.job_row.cancel_button.click()

    dialog.job_row.follow = follow_and_cancel  # type: ignore[method-assign]
    dialog.erase_button.click()
    qtbot.waitUntil(lambda: dialog.close_button.isEnabled())
    assert not is_there(session, entry_id)
    assert in_backup(session) == 1
    assert dialog.words.text() == (
        "Erased in the journal. It was stopped: some backups still hold it."
    )


def test_what_the_disk_refuses_is_told_and_can_be_tried_again(
    qtbot: QtBot,
    session: JournalSession,
    dialog: EraseDialog,
    entry_id: EntryId,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = StorageFailed(StorageTrouble.DISK_FULL, session.journal.folder)

    def refuse(*_: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(erase_dialog, "erase_entries", refuse)
        dialog.erase_button.click()
        qtbot.waitUntil(lambda: dialog.erase_button.isEnabled())
    assert dialog.words.text() == error_sentence(full)
    assert dialog.bar.isHidden()
    assert is_there(session, entry_id)
    with qtbot.waitSignal(dialog.accepted):
        dialog.erase_button.click()
    assert not is_there(session, entry_id)


def test_a_second_folder_that_is_away_is_named(
    qtbot: QtBot, theme: Theme, session: JournalSession, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    preferences = Preferences(tmp_path / "s.toml", window)
    preferences.change(second_backup_folder=str(tmp_path / "stick"))
    one = EraseDialog(session, preferences, [EntryId("1")], window)
    two = EraseDialog(session, preferences, [EntryId("1"), EntryId("2")], window)
    for dialog, them in ((one, "it"), (two, "them")):
        said = " ".join(part.text() for part in dialog.findChildren(QLabel))
        assert f"keep {them}: {tmp_path / 'stick'}" in said
        assert "no way back" in said
    assert one.title.text() == "Erase this entry for good?"
    assert two.title.text() == "Erase 2 entries for good?"


def test_the_key_that_deletes_asks_in_the_trash(
    qtbot: QtBot, theme: Theme, session: JournalSession, entry_id: EntryId
) -> None:
    view = TrashView(session)
    qtbot.addWidget(view)
    view.refresh()
    with qtbot.waitSignal(view.erase_asked) as asked:
        QTest.keyClick(view.view, Qt.Key.Key_Delete)
    assert asked.args == [[entry_id]]
    with qtbot.waitSignal(view.erase_asked) as asked:
        view.empty_button.click()
    assert asked.args == [[entry_id]]


@pytest.mark.parametrize(
    ("commitments", "tasks", "words"),
    [
        (0, 0, ""),
        (1, 0, "1 commitment that came from there goes as well."),
        (2, 1, "2 commitments and 1 task to hand over that came from there go as well."),
        (0, 3, "3 tasks to hand over that came from there go as well."),
    ],
)
def test_what_was_taken_from_it_in_words(commitments: int, tasks: int, words: str) -> None:
    assert taken_text(commitments, tasks) == words


def test_a_commitment_that_came_from_it_is_told_and_goes(
    qtbot: QtBot, theme: Theme, session: JournalSession, entry_id: EntryId, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.changed):
        session.write(
            lambda tx: make_commitment(tx, "forget it", NOW, entry_id=entry_id)[0], owner=session
        )
    window = QWidget()
    qtbot.addWidget(window)
    dialog = EraseDialog(session, Preferences(tmp_path / "s.toml", window), [entry_id], window)
    told = dialog.findChild(QLabel, "goes_as_well")
    assert isinstance(told, QLabel)
    assert told.text() == taken_text(1, 0)
    with qtbot.waitSignals([dialog.erased, dialog.accepted]):
        dialog.erase_button.click()
    assert session.read(commitments_in) == []
    dialog.deleteLater()
