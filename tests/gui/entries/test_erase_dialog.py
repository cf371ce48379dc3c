"""Erasing for good: the journal no longer holds it, nor do the backups where that is wanted."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import EntryDraft, EntryId, begin
from kotter_journal.gui.entries.erase_dialog import EraseDialog
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services import backups
from kotter_journal.services.entries import delete_entries, write_entry
from kotter_journal.storage import entries
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
    assert "1 written anew" in dialog.words.text()


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
    assert damaged.name in dialog.words.text()


def test_cancelled_nothing_is_erased(
    session: JournalSession, dialog: EraseDialog, entry_id: EntryId
) -> None:
    dialog.close_button.click()
    assert is_there(session, entry_id)
