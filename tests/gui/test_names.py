"""Tags and people: counted, renamed, merged with a question, noted, and taken back."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import EntryDraft, begin
from kotter_journal.domain.naming import NameKind
from kotter_journal.gui.names.page import NamesPage
from kotter_journal.gui.names.rename_dialog import RenameDialog
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services.entries import named_in_text, write_entry
from kotter_journal.storage import names
from tests.gui.conftest import NOW

Told = list[tuple[str, Callable[[], None] | None]]


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, session: JournalSession) -> Iterator[NamesPage]:
    """The page over a journal that names two tags which look alike, and a person."""
    for number, body in enumerate(("#launch with @Dana", "more #launch", "a slip: #lauch")):
        tags, people = named_in_text(EntryDraft(on=NOW.date(), body=body))
        draft = EntryDraft(on=NOW.date(), body=body, tags=tags, people=people)
        entry = begin(draft, NOW, number)
        with qtbot.waitSignal(session.changed):
            session.write(lambda tx, e=entry: write_entry(tx, e), owner=session)
    made = NamesPage(session)
    qtbot.addWidget(made)
    made.resize(1024, 640)
    made.show()
    qtbot.waitUntil(lambda: made.tables[NameKind.TAG].names.rowCount() == 2)
    yield made
    made.close()


@pytest.fixture
def told(page: NamesPage) -> Told:
    """What the page said, with what takes it back."""
    heard: Told = []
    page.told.connect(lambda text, back: heard.append((text, back)))
    return heard


def rows(page: NamesPage) -> list[list[str]]:
    """What the table in front shows."""
    model = page.table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def dialog_of(page: NamesPage) -> RenameDialog:
    """The dialog that is open."""
    found = page.window().findChild(QDialog)
    assert isinstance(found, RenameDialog)
    return found


def known(session: JournalSession, kind: NameKind) -> dict[str, int]:
    """Each name with the number of its entries."""
    return {use.name: use.entries for use in session.read(lambda tx: names.uses(tx, kind))}


def test_every_tag_is_listed_with_its_entries_and_last_use(page: NamesPage) -> None:
    assert rows(page) == [["#lauch", "1", "14 May 2026"], ["#launch", "2", "14 May 2026"]]


def test_the_filter_leaves_what_fits(qtbot: QtBot, page: NamesPage) -> None:
    qtbot.keyClicks(page.filter, "#laun")
    assert [row[0] for row in rows(page)] == ["#launch"]


def test_enter_shows_the_entries(qtbot: QtBot, page: NamesPage) -> None:
    page.table.choose("launch")
    with qtbot.waitSignal(page.query_asked) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == ['tag:"launch"']


def test_a_tag_is_renamed_and_that_is_taken_back(
    qtbot: QtBot, page: NamesPage, session: JournalSession, told: Told
) -> None:
    page.table.choose("launch")
    page.rename_button.click()
    dialog = dialog_of(page)
    dialog.name.setText("go-live")
    assert dialog.accept_button.text() == "Rename"
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert known(session, NameKind.TAG) == {"go-live": 2, "lauch": 1}
    back = told[0][1]
    assert back is not None
    with qtbot.waitSignal(session.changed):
        back()
    assert known(session, NameKind.TAG) == {"lauch": 1, "launch": 2}


def test_a_look_alike_is_asked_about_and_merged(
    qtbot: QtBot, page: NamesPage, session: JournalSession, told: Told
) -> None:
    assert "#lauch" in page.notice.words.text()
    page.notice.button.click()
    dialog = dialog_of(page)
    assert (dialog.name.text(), dialog.accept_button.text()) == ("launch", "Merge")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert known(session, NameKind.TAG) == {"launch": 3}


def test_a_look_alike_that_was_left_is_not_asked_about_again(
    qtbot: QtBot, page: NamesPage, session: JournalSession
) -> None:
    page.notice.dismissal.click()
    page.refresh()
    qtbot.waitUntil(lambda: session.idle)
    assert page.notice.isHidden()


@pytest.mark.parametrize("typed", ["", "two words", "42", "launch"])
def test_a_name_that_changes_nothing_or_cannot_be_written_is_not_offered(
    page: NamesPage, typed: str
) -> None:
    page.table.choose("launch")
    page.rename_button.click()
    dialog = dialog_of(page)
    dialog.name.setText(typed)
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


def test_alias_and_relation_of_a_person_are_kept(
    qtbot: QtBot, page: NamesPage, session: JournalSession, told: Told
) -> None:
    page.show_kind(NameKind.PERSON)
    qtbot.waitUntil(lambda: page.table.chosen() is not None)
    qtbot.keyClicks(page.alias, "D.")
    qtbot.keyClicks(page.relation, "peer")
    qtbot.keyClick(page.relation, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(told) and session.idle)
    assert rows(page) == [["@Dana", "1", "14 May 2026", "D.", "peer"]]


def test_esc_leaves(qtbot: QtBot, page: NamesPage) -> None:
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_a_journal_without_names_says_how_they_come(
    qtbot: QtBot, theme: Theme, open_session: Callable[..., JournalSession]
) -> None:
    empty = NamesPage(open_session("empty"))
    qtbot.addWidget(empty)
    empty.show()
    qtbot.waitUntil(lambda: "#" in empty._empty.text())
