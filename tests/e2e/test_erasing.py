"""An entry that is erased for good is gone from the window, and no key brings a part of it back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton

from kotter_journal.gui.entries.erase_dialog import EraseDialog
from kotter_journal.storage import entries, trash
from tests.e2e.conftest import Person


def erase_dialog() -> EraseDialog | None:
    """The question, while it is asked."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, EraseDialog)]
    return next((one for one in found if one.isVisible()), None)


def test_an_entry_is_erased_by_keyboard_and_nothing_brings_it_back(person: Person) -> None:
    person.writes_an_entry("To be forgotten", "every word of it")
    person.pauses()
    workspace = person.program.workspace
    page, session = workspace.pages.entries, workspace.session
    entry_id = page.editor.current_id()
    page.delete_entry(entry_id)
    person.pauses()
    page.sidebar.show_trash()
    person.presses("Del")
    person.sees(lambda: erase_dialog() is not None)
    dialog = erase_dialog()
    assert dialog is not None
    # Cancel has the focus, so that Enter and Space erase nothing.
    person.sees(lambda: QApplication.focusWidget() is dialog.close_button)
    box, button = dialog.findChild(QCheckBox), dialog.findChild(QPushButton, "erase")
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    QTest.keyClick(button, Qt.Key.Key_Space)
    person.sees(lambda: dialog.close_button.isEnabled())
    assert dialog.words.text() == "Erased in the journal. No backup held it."
    dialog.close_button.click()
    person.pauses()
    assert session.read(trash.size) == 0
    assert not session.read(lambda tx: entries.existing_ids(tx, [entry_id]))
    person.window.activateWindow()
    person.sees(lambda: QApplication.focusWidget() is not None)
    assert person.focus.objectName() == "leave_trash"
    for keys in ("Ctrl+Z", "Ctrl+Shift+Z"):
        person.presses(keys)
        person.pauses()
    assert not session.read(lambda tx: entries.existing_ids(tx, [entry_id]))
    assert page.editor.current_id() is None
    assert person.window.toast.text in ("", "Erased for good.")
    person.presses("Esc")
    assert person.focus.objectName() == "search_line"  # nothing is left to list
