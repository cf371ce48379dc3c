from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Entry
from kotter_journal.domain.errors import StorageFailed, StorageTrouble
from kotter_journal.domain.periods import Period
from kotter_journal.gui.entries.history import HistoryDialog
from kotter_journal.gui.entries.page import EntriesPage
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.storage import entries, trash
from tests.gui.entries.journals import TODAY, draft, fill, workdays
from tests.gui.entries.writing import Disk

MakePage = Callable[[], EntriesPage]


@pytest.fixture
def open_page(
    session: JournalSession, undo_stack: QUndoStack, qtbot: QtBot, theme: Theme
) -> MakePage:
    """Shows the Journal page over what the journal holds by then."""

    def make() -> EntriesPage:
        page = EntriesPage(session, undo_stack, theme)
        qtbot.addWidget(page, before_close_func=lambda page: page.editor.close_entry())
        page.resize(1280, 744)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: session.idle)
        return page

    return make


def titles(page: EntriesPage) -> list[str]:
    """What the rows of the list are headed."""
    model = page.sidebar.model
    return [model.index(row).data() for row in range(model.rowCount())]


def result(page: EntriesPage) -> str:
    """The line below the search field; empty while hidden."""
    line = page.findChild(QLabel, "search_result")
    assert isinstance(line, QLabel)
    return "" if line.isHidden() else line.text()


def button(page: EntriesPage, name: str) -> QAbstractButton:
    """A button by its name in code."""
    found = page.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def names(entries_of: list[Entry]) -> set[str]:
    """The ids of entries."""
    return {entry.id for entry in entries_of}


def test_results_follow_every_key(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    fill(session, qtbot, workdays(20))
    fill(session, qtbot, [draft(title="A wombat", body="crossed the road"), draft(title="Wombats")])
    page = open_page()
    line = page.sidebar.search.line
    line.setFocus()
    for typed, expected in (("w", None), ("omb", 2), ("at", 2), ("s", 1)):
        QTest.keyClicks(line, typed)
        qtbot.waitUntil(lambda: session.idle)
        assert expected is None or page.sidebar.model.rowCount() == expected
    assert titles(page) == ["Wombats"]
    assert result(page) == "1 entry."


def test_nothing_found_is_said(open_page: MakePage, session: JournalSession, qtbot: QtBot) -> None:
    fill(session, qtbot, workdays(3))
    page = open_page()
    page.show_query("nowhere")
    qtbot.waitUntil(lambda: session.idle)
    assert result(page) == "Nothing found."
    page.focus_search()
    QTest.keyClick(page.sidebar.search.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: session.idle)
    assert (result(page), page.sidebar.model.rowCount()) == ("", len(titles(page)))
    assert page.sidebar.model.query.is_empty


def test_it_says_how_filters_were_read(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    page = open_page()
    page.show_query("activity:ali side:managing #ops @jonas from:2026-03-02 is:starred -old")
    qtbot.waitUntil(lambda: session.idle)
    assert result(page) == (
        "Nothing found. Only Aligning people, managing, #ops, @jonas, from 2 March 2026, starred,"
        " without “old”."
    )
    page.show_query("on:2026-03-02")
    qtbot.waitUntil(lambda: session.idle)
    assert result(page) == "Nothing found. Only on 2 March 2026."


def test_down_leads_into_the_results_and_up_back(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    made = fill(session, qtbot, workdays(5))
    page = open_page()
    page.focus_search()
    QTest.keyClick(page.sidebar.search.line, Qt.Key.Key_Down)
    view = page.sidebar.view
    assert page.focusWidget() is view
    with qtbot.waitSignal(page.editor.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args[0] in names(made)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert page.focusWidget() is page.sidebar.search.line


def test_escape_ends_the_search_then_leaves_for_the_list_then_the_page(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    fill(session, qtbot, workdays(5))
    page = open_page()
    line = page.sidebar.search.line
    page.focus_search("budget")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == ""
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert page.focusWidget() is page.sidebar.view
    with qtbot.waitSignal(page.left):
        QTest.keyClick(page.sidebar.view, Qt.Key.Key_Escape)


def test_escape_in_the_text_goes_back_to_the_list(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    made = fill(session, qtbot, workdays(5))
    page = open_page()
    page.show_entry(made[0].id)
    page.editor.focus_text()
    QTest.keyClick(page.editor.text, Qt.Key.Key_Escape)
    assert page.focusWidget() is page.sidebar.view
    assert page.sidebar.view.current_id() == made[0].id


def test_an_entry_is_shown_where_it_stands(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    made = fill(session, qtbot, workdays(60))
    page = open_page()
    page.show_entry(made[0].id)
    assert page.editor.current_id() == made[0].id
    assert page.day == made[0].on
    view = page.sidebar.view
    assert view.current_id() == made[0].id
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_showing_an_entry_that_a_search_hides_ends_the_search(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    made = fill(session, qtbot, workdays(10))
    page = open_page()
    page.show_query("nowhere")
    qtbot.waitUntil(lambda: session.idle)
    page.show_entry(made[0].id)
    qtbot.waitUntil(lambda: session.idle)
    assert page.sidebar.search.text == ""
    assert page.sidebar.view.current_id() == made[0].id


def test_a_day_opens_its_newest_entry(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    made = fill(session, qtbot, workdays(20))
    day = TODAY - timedelta(days=6)
    newest = max((e for e in made if e.on == day), key=lambda e: e.at or time())
    page = open_page()
    page.show_query("budget")
    page.show_day(day)
    qtbot.waitUntil(lambda: session.idle)
    assert page.day == day
    assert page.editor.current_id() == newest.id


def test_a_day_without_entries_is_said_and_takes_the_next_new_entry(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    made = fill(session, qtbot, [draft(TODAY), draft(date(2026, 5, 1))])
    page = open_page()
    page.show_entry(made[0].id)
    page.show_day(date(2026, 5, 9))
    hint = page.findChild(QLabel, "day_hint")
    assert isinstance(hint, QLabel)
    assert (hint.isHidden(), hint.text()) == (False, "No entries on Saturday 9 May 2026.")
    assert page.editor.current_id() is None
    button(page, "new_entry_link").click()
    assert page.editor.desk.entry is not None
    assert page.editor.desk.entry.on == date(2026, 5, 9)


def test_a_new_entry_appears_in_the_list_once_something_is_typed(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    fill(session, qtbot, workdays(5))
    page = open_page()
    before = page.sidebar.model.rowCount()
    page.new_entry(TODAY)
    assert page.sidebar.model.rowCount() == before
    QTest.keyClicks(page.editor.text, "Fresh thought")
    page.flush()
    qtbot.waitUntil(lambda: session.idle)
    assert page.sidebar.model.rowCount() == before + 1
    assert page.sidebar.view.current_id() == page.editor.current_id()
    assert titles(page)[0] == "Fresh thought"


def test_deleting_opens_the_neighbour_and_can_be_undone_from_the_notice(
    open_page: MakePage, session: JournalSession, undo_stack: QUndoStack, qtbot: QtBot
) -> None:
    made = fill(session, qtbot, workdays(5))
    page = open_page()
    page.show_entry(made[4].id)
    with qtbot.waitSignal(page.told) as told:
        QTest.keyClick(page.sidebar.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: session.idle)
    assert session.read(trash.size) == 1
    assert page.editor.current_id() in {made[3].id, made[5].id}
    assert button(page, "trash_link").text() == "Trash (1)"
    text, undo = told.args
    assert text == "Moved to the trash."
    undo()
    qtbot.waitUntil(lambda: session.idle)
    assert session.read(trash.size) == 0
    assert len(titles(page)) == len(made)
    undo_stack.redo()
    qtbot.waitUntil(lambda: session.idle)
    assert session.read(trash.size) == 1


def test_the_notice_takes_back_its_own_step_only(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    made = fill(session, qtbot, workdays(5))
    page = open_page()
    undos: list[Callable[[], None]] = []
    page.told.connect(lambda _text, undo: undos.append(undo))
    page.delete_entry(made[0].id)
    page.delete_entry(made[1].id)
    undos[0]()
    qtbot.waitUntil(lambda: session.idle)
    assert {e.id for e in session.read(entries.trash)} == {made[1].id}


def test_the_trash_gives_back(
    open_page: MakePage, session: JournalSession, undo_stack: QUndoStack, qtbot: QtBot
) -> None:
    made = fill(session, qtbot, workdays(3))
    page = open_page()
    page.delete_entry(made[0].id)
    qtbot.waitUntil(lambda: session.idle)
    button(page, "trash_link").click()
    view = page.sidebar.trash.view
    said = view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("deleted 14 May 2026")
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.idle)
    assert session.read(trash.size) == 0
    assert view.model().rowCount() == 0
    undo_stack.undo()
    qtbot.waitUntil(lambda: session.idle)
    assert session.read(trash.size) == 1
    button(page, "leave_trash").click()
    assert page.sidebar.view.isVisible()


def test_an_empty_journal_says_what_to_do(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    page = open_page()
    assert not page.sidebar.view.isVisible()
    fill(session, qtbot, [draft()])
    assert page.sidebar.view.isVisible()


def test_entries_of_an_activity_and_a_period_are_listed(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    fill(
        session,
        qtbot,
        [
            draft(TODAY, title="yes", aligning_people=15),
            draft(TODAY, title="no", setting_direction=15),
            draft(date(2026, 4, 1), title="too early", aligning_people=15),
        ],
    )
    page = open_page()
    may = Period(date(2026, 5, 1), date(2026, 6, 1))
    page.show_activity(Activity.ALIGNING_PEOPLE, may)
    qtbot.waitUntil(lambda: session.idle)
    assert titles(page) == ["yes"]
    page.show_activity(None, may)
    qtbot.waitUntil(lambda: session.idle)
    assert sorted(titles(page)) == ["no", "yes"]


def test_a_narrow_window_shows_a_week_and_the_panel_below(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    made = fill(session, qtbot, workdays(5))
    page = open_page()
    page.show_entry(made[0].id)
    assert (page.sidebar.width(), page.sidebar.month.isVisible()) == (304, True)
    page.resize(1024, 584)
    qtbot.waitUntil(lambda: page.sidebar.width() == 264)
    assert (page.sidebar.month.isVisible(), page.sidebar.week.isVisible()) == (False, True)
    qtbot.waitUntil(lambda: page.panel.y() > page.editor.y())


def test_everything_that_takes_the_focus_has_a_name(
    open_page: MakePage, session: JournalSession, qtbot: QtBot
) -> None:
    page = open_page()
    unnamed = [
        part
        for part in page.sidebar.findChildren(QWidget)
        if part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not part.accessibleName()
        and not (isinstance(part, QAbstractButton) and part.text())
    ]
    assert [(type(part).__name__, part.objectName()) for part in unnamed] == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_enter_saves_and_goes_back_to_the_list(
    open_page: MakePage, session: JournalSession, qtbot: QtBot, key: Qt.Key
) -> None:
    fill(session, qtbot, workdays(5))
    page = open_page()
    page.new_entry(TODAY)
    QTest.keyClicks(page.editor.text, "Fresh thought")
    QTest.keyClick(page.editor.text, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: session.idle)
    assert page.focusWidget() is page.sidebar.view
    assert titles(page)[0] == "Fresh thought"


def history_of(page: EntriesPage, qtbot: QtBot, session: JournalSession) -> HistoryDialog:
    """The dialog with the earlier texts, once it shows them."""
    dialog = page.window().findChild(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    qtbot.waitUntil(lambda: session.idle and dialog.list.count() > 0)
    return dialog


def test_an_earlier_text_comes_back_and_goes_again(
    open_page: MakePage, session: JournalSession, qtbot: QtBot, undo_stack: QUndoStack
) -> None:
    (entry,) = fill(session, qtbot, [draft(title="A plan", body="word " * 100)])
    page = open_page()
    page.show_entry(entry.id)
    text = page.editor.text
    text.setFocus()
    text.selectAll()
    QTest.keyClicks(text, "short")
    told: list[str] = []
    page.told.connect(lambda words, _: told.append(words))
    QTest.keyClick(
        text, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    dialog = history_of(page, qtbot, session)
    qtbot.waitUntil(lambda: dialog.texts.now.document().toRawText() == "short")
    with qtbot.waitSignal(session.changed):
        dialog.here_button.click()
    assert told == ["Restored."]
    assert text.prose() == "word " * 100
    text.setFocus()
    with qtbot.waitSignal(session.changed):
        undo_stack.undo()
    assert text.prose() == "short"


def test_without_a_save_no_earlier_text_takes_its_place(
    open_page: MakePage, session: JournalSession, qtbot: QtBot, disk: Disk
) -> None:
    (entry,) = fill(session, qtbot, [draft(title="A plan", body="word " * 100)])
    page = open_page()
    page.show_entry(entry.id)
    told: list[str] = []
    page.told.connect(lambda words, _: told.append(words))
    disk.error = StorageFailed(StorageTrouble.DISK_FULL, Path("/j/journal.db"))
    QTest.keyClicks(page.editor.text, "typed ")
    page.flush()
    qtbot.waitUntil(lambda: bool(page.trouble))
    page.show_history()
    assert page.window().findChild(HistoryDialog) is None
    assert told == [page.trouble]
    qtbot.waitUntil(lambda: session.idle)
    disk.error = None
    page.flush()
    qtbot.waitUntil(lambda: page.is_saved)
