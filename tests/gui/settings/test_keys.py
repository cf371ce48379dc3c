"""Passphrase, recovery key and keyring in the settings, on a real journal."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.errors import KeyUnavailable, WrongPassphrase
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.keys import KeysSection
from kotter_journal.gui.settings.passphrase_dialog import PassphraseDialog, Purpose
from kotter_journal.gui.settings.recovery_dialog import RecoveryDialog, print_sheet, sheet_text
from kotter_journal.services import backups
from kotter_journal.storage import system_keyring
from kotter_journal.storage.journal import open_journal
from tests.gui.conftest import NOW

pytestmark = pytest.mark.usefixtures("cheap_argon2")
OLD, NEW = "calm water", "deep harbour"


@pytest.fixture
def section(session: JournalSession, preferences: Preferences, window: QWidget) -> KeysSection:
    """The section of a journal that was made without a passphrase."""
    return KeysSection(session, preferences, window)


def passphrase_dialog(section: KeysSection, purpose: Purpose) -> PassphraseDialog:
    """The dialog for a purpose, opened from the section."""
    section.ask_passphrase(purpose)
    return next(d for d in section.window().findChildren(PassphraseDialog) if d.isVisible())


def recovery_dialog(qtbot: QtBot, section: KeysSection) -> RecoveryDialog:
    """The dialog of the recovery key, once it is open."""

    def shown() -> list[RecoveryDialog]:
        return [d for d in section.window().findChildren(RecoveryDialog) if d.isVisible()]

    qtbot.waitUntil(lambda: len(shown()) == 1)
    return shown()[0]


def set_passphrase(qtbot: QtBot, section: KeysSection, passphrase: str) -> None:
    """Set a passphrase as a person would."""
    dialog = passphrase_dialog(section, Purpose.SET)
    qtbot.keyClicks(dialog.new, passphrase)
    qtbot.keyClicks(dialog.repeated, passphrase)
    with qtbot.waitSignal(dialog.done_with):
        qtbot.keyClick(dialog.repeated, Qt.Key.Key_Return)


def opens(session: JournalSession, keys: Path, **by: str) -> bool:
    """Whether the journal opens with what is given."""
    try:
        open_journal(session.journal.folder, keys, **by)
    except (KeyUnavailable, WrongPassphrase):
        return False
    return True


def test_a_passphrase_is_set_and_the_recovery_key_offered_at_once(
    qtbot: QtBot, section: KeysSection, session: JournalSession, tmp_path: Path
) -> None:
    assert "by itself" in section.state.text()
    set_passphrase(qtbot, section, OLD)
    recovery_dialog(qtbot, section).reject()
    assert "only with your passphrase" in section.state.text()
    assert opens(session, tmp_path / "keys", passphrase=OLD)
    assert not opens(session, tmp_path / "keys")


def test_two_that_are_not_the_same_change_nothing(
    qtbot: QtBot, section: KeysSection, session: JournalSession, tmp_path: Path
) -> None:
    dialog = passphrase_dialog(section, Purpose.SET)
    qtbot.keyClicks(dialog.new, OLD)
    qtbot.keyClicks(dialog.repeated, NEW)
    dialog.accept_button.click()
    assert "not the same" in dialog.words.text()
    dialog.reject()
    assert opens(session, tmp_path / "keys")


def test_changing_asks_for_the_present_one_and_a_wrong_one_loses_nothing(
    qtbot: QtBot, section: KeysSection, session: JournalSession, tmp_path: Path
) -> None:
    set_passphrase(qtbot, section, OLD)
    recovery_dialog(qtbot, section).reject()
    dialog = passphrase_dialog(section, Purpose.CHANGE)
    for field, text in ((dialog.old, "wrong"), (dialog.new, NEW), (dialog.repeated, NEW)):
        qtbot.keyClicks(field, text)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: dialog.accept_button.isEnabled() and dialog.words.text() != "")
    assert opens(session, tmp_path / "keys", passphrase=OLD)
    assert dialog.old.text() == ""
    qtbot.keyClicks(dialog.old, OLD)
    with qtbot.waitSignal(dialog.done_with):
        dialog.accept_button.click()
    assert opens(session, tmp_path / "keys", passphrase=NEW)
    assert not opens(session, tmp_path / "keys", passphrase=OLD)


def test_removed_this_computer_opens_it_again(
    qtbot: QtBot, section: KeysSection, session: JournalSession, tmp_path: Path
) -> None:
    set_passphrase(qtbot, section, OLD)
    recovery_dialog(qtbot, section).reject()
    dialog = passphrase_dialog(section, Purpose.REMOVE)
    assert dialog.new.isHidden()
    qtbot.keyClicks(dialog.old, OLD)
    with qtbot.waitSignal(dialog.done_with):
        dialog.accept_button.click()
    assert opens(session, tmp_path / "keys")


def test_whoever_came_with_the_recovery_key_needs_no_old_passphrase(
    qtbot: QtBot, section: KeysSection, session: JournalSession, tmp_path: Path
) -> None:
    set_passphrase(qtbot, section, OLD)
    recovery_dialog(qtbot, section).reject()
    session.by_recovery_key = True
    dialog = passphrase_dialog(section, Purpose.CHANGE)
    assert dialog.old.isHidden()
    qtbot.keyClicks(dialog.new, NEW)
    qtbot.keyClicks(dialog.repeated, NEW)
    with qtbot.waitSignal(dialog.done_with):
        dialog.accept_button.click()
    assert opens(session, tmp_path / "keys", passphrase=NEW)


def test_the_strength_of_what_is_typed_is_told(qtbot: QtBot, section: KeysSection) -> None:
    dialog = passphrase_dialog(section, Purpose.SET)
    qtbot.keyClicks(dialog.new, "password1")
    qtbot.waitUntil(lambda: "Easily guessed" in dialog._strength.words.text(), timeout=20_000)
    dialog.reject()


def test_the_recovery_key_is_shown_until_a_group_was_typed_back(
    qtbot: QtBot, section: KeysSection, session: JournalSession, tmp_path: Path
) -> None:
    assert "never kept" in section.recovery.words.text()
    section.recovery.show_key()
    dialog = recovery_dialog(qtbot, section)
    key, asked = dialog._key, dialog._asked
    qtbot.keyClicks(dialog.typed, "AAAA" if key.groups[asked - 1] != "AAAA" else "BBBB")
    dialog.confirm_button.click()
    assert f"group {asked}" in dialog.words.text()
    assert session.journal.vault.facts.recovery_saved_at is None
    dialog.typed.clear()
    qtbot.keyClicks(dialog.typed, key.groups[asked - 1].lower())
    with qtbot.waitSignal(dialog.confirmed):
        qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert "14 May 2026" in section.recovery.words.text()
    assert section.recovery.show_button.isHidden()
    assert opens(session, tmp_path / "nothing", recovery_key=key.text)


def test_put_off_the_same_key_is_shown_again(qtbot: QtBot, section: KeysSection) -> None:
    section.recovery.show_key()
    first = recovery_dialog(qtbot, section)
    text = first._key.text
    with qtbot.waitSignal(first.destroyed):
        first.reject()
    section.recovery.show_key()
    assert recovery_dialog(qtbot, section)._key.text == text


def test_another_recovery_key_takes_the_place_of_the_old_one(
    qtbot: QtBot, section: KeysSection, session: JournalSession, tmp_path: Path
) -> None:
    section.recovery.show_key()
    dialog = recovery_dialog(qtbot, section)
    old = dialog._key
    qtbot.keyClicks(dialog.typed, old.groups[dialog._asked - 1])
    with qtbot.waitSignal(dialog.destroyed):
        dialog.confirm_button.click()
    section.recovery.new_button.click()
    assert "no longer opens" in section.recovery.words.text()
    section.recovery.new_button.click()
    new = recovery_dialog(qtbot, section)._key
    assert opens(session, tmp_path / "nothing", recovery_key=new.text)
    assert not opens(session, tmp_path / "nothing", recovery_key=old.text)


def test_a_saved_key_is_for_its_owner_alone_and_a_bad_place_is_named(
    qtbot: QtBot, section: KeysSection, session: JournalSession, tmp_path: Path
) -> None:
    section.recovery.show_key()
    dialog = recovery_dialog(qtbot, section)
    dialog.save_to(tmp_path / "key.txt")
    assert (tmp_path / "key.txt").stat().st_mode & 0o077 == 0
    assert dialog._key.groups[0] in (tmp_path / "key.txt").read_text()
    dialog.save_to(session.journal.folder / "key.txt")
    assert "beside the journal" in dialog.words.text()
    dialog.save_to(tmp_path / "nowhere" / "key.txt")
    assert str(tmp_path / "nowhere") in dialog.words.text()


def test_the_sheet_says_what_the_key_is_and_prints_on_one_page(
    qtbot: QtBot, section: KeysSection, tmp_path: Path
) -> None:
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415

    section.recovery.show_key()
    key = recovery_dialog(qtbot, section)._key
    text = sheet_text(key, NOW)
    assert all(group in text for group in key.groups)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    print_sheet(printer, key, NOW)
    pdf = (tmp_path / "sheet.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") == 1


def test_older_backups_can_be_made_to_open_with_the_new_passphrase(
    qtbot: QtBot, section: KeysSection, session: JournalSession, tmp_path: Path
) -> None:
    taken = backups.back_up(session.journal, NOW).paths[0]
    set_passphrase(qtbot, section, OLD)
    recovery_dialog(qtbot, section).reject()
    section.offer.button.click()
    qtbot.waitUntil(lambda: ": 1." in section.offer.words.text())
    backups.open_backup(taken, tmp_path / "nothing", passphrase=OLD)


class _Store:
    """A system's store of passwords that can be told to stay silent."""

    kept: ClassVar[dict[str, bytes]] = {}
    silent: ClassVar[bool] = False

    def read(self, name: str, seconds: float) -> bytes | None:
        if self.silent:
            raise system_keyring.KeyringSilent
        return self.kept.get(name)

    def write(self, name: str, secret: bytes, seconds: float) -> None:
        self.kept[name] = secret

    def remove(self, name: str, seconds: float) -> None:
        self.kept.pop(name, None)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> type[_Store]:
    """In the place of the system's own."""
    monkeypatch.setattr(_Store, "kept", {})
    monkeypatch.setattr(_Store, "silent", False)
    for module in ("system_keyring", "vault_changes", "vault"):
        monkeypatch.setattr(f"kotter_journal.storage.{module}.SystemKeyring", _Store, raising=False)
    return _Store


def test_the_systems_store_opens_it_as_well(
    qtbot: QtBot,
    section: KeysSection,
    session: JournalSession,
    store: type[_Store],
    tmp_path: Path,
) -> None:
    assert not section.keyring.isEnabled()
    set_passphrase(qtbot, section, OLD)
    recovery_dialog(qtbot, section).reject()
    section.keyring.click()
    qtbot.waitUntil(lambda: session.journal.vault.facts.keyring and section.keyring.isEnabled())
    assert opens(session, tmp_path / "keys")
    section.keyring.click()
    qtbot.waitUntil(lambda: not session.journal.vault.facts.keyring)
    assert store.kept == {}
    assert not opens(session, tmp_path / "keys")


def test_a_store_that_does_not_answer_is_named_and_changes_nothing(
    qtbot: QtBot, section: KeysSection, session: JournalSession, store: type[_Store]
) -> None:
    set_passphrase(qtbot, section, OLD)
    recovery_dialog(qtbot, section).reject()
    store.silent = True
    section.keyring.click()
    qtbot.waitUntil(lambda: "did not answer" in section.keyring_words.text())
    assert not session.journal.vault.facts.keyring
    assert not section.keyring.isChecked()


def test_no_dialog_leaves_what_was_typed_behind(
    qtbot: QtBot, section: KeysSection, find_text: Callable[[QWidget, str], bool]
) -> None:
    dialog = passphrase_dialog(section, Purpose.SET)
    qtbot.keyClicks(dialog.new, OLD)
    dialog.reject()
    assert not find_text(section.window(), OLD)
    assert isinstance(dialog, QDialog)


@pytest.fixture
def find_text() -> Callable[[QWidget, str], bool]:
    """Whether any field below a widget holds a text."""
    from PySide6.QtWidgets import QLineEdit  # noqa: PLC0415

    def found(widget: QWidget, text: str) -> bool:
        return any(text in field.text() for field in widget.findChildren(QLineEdit))

    return found
