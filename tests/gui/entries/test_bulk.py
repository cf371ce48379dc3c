"""Several entries at once: selected by keyboard and mouse, changed in one step, and undone."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import Entry, EntryDraft, EntryId, Sharing, begin
from kotter_journal.gui.entries.page import EntriesPage
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services.entries import write_entries
from kotter_journal.storage import entries
from tests.gui.conftest import NOW

_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ids(qtbot: QtBot, session: JournalSession) -> list[EntryId]:
    """Five entries of five days, newest first."""
    made = [
        begin(EntryDraft(on=NOW.date() - timedelta(days=n), body=f"entry {n}", duration=30), NOW, n)
        for n in range(5)
    ]
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entries(tx, made), owner=session)
    return [one.id for one in made]


@pytest.fixture
def page(
    qtbot: QtBot, theme: Theme, session: JournalSession, undo_stack: QUndoStack, ids: list[EntryId]
) -> Iterator[EntriesPage]:
    """The Journal page with the caret in its list."""
    made = EntriesPage(session, undo_stack, theme)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: made.sidebar.model.rowCount() == len(ids))
    made.sidebar.view.enter()
    yield made
    made.close()


def read(session: JournalSession, ids: list[EntryId]) -> list[Entry]:
    """The entries as the journal has them."""
    return [session.read(lambda tx, one=one: entries.entry(tx, one)) for one in ids]


def settle(qtbot: QtBot, session: JournalSession) -> None:
    """Wait until everything told is done."""
    qtbot.waitUntil(lambda: session.idle)


def select_three(qtbot: QtBot, page: EntriesPage) -> None:
    """The three newest, by keyboard."""
    for _ in range(2):
        qtbot.keyClick(page.sidebar.view, Qt.Key.Key_Down, _SHIFT)


def test_shift_and_arrows_select_and_the_bar_says_how_many(qtbot: QtBot, page: EntriesPage) -> None:
    assert page.bulk.isHidden()
    select_three(qtbot, page)
    assert page.sidebar.view.selected_count() == 3
    assert page.bulk.words.text() == "3 chosen"
    assert page.bulk.isVisible()


def test_ctrl_a_selects_all_without_reading_them(qtbot: QtBot, page: EntriesPage) -> None:
    qtbot.keyClick(page.sidebar.view, Qt.Key.Key_A, _CTRL)
    assert page.sidebar.view.selected_count() == 5
    qtbot.keyClick(page.sidebar.view, Qt.Key.Key_Down)
    assert page.sidebar.view.selected_count() == 1


def test_ctrl_click_adds_one_and_opens_none(qtbot: QtBot, page: EntriesPage) -> None:
    view = page.sidebar.view
    place = view.visualRect(view.model().index(1, 0))
    at = place.center()
    at.setY(place.bottom() - 10)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, _CTRL, at)
    assert view.selected_count() == 2
    assert page.editor.current_id() is None


def test_shift_click_selects_what_lies_between(qtbot: QtBot, page: EntriesPage) -> None:
    view = page.sidebar.view
    place = view.visualRect(view.model().index(2, 0))
    at = place.center()
    at.setY(place.bottom() - 10)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, _SHIFT, at)
    assert view.selected_count() == 3


def test_a_tag_is_added_to_all_and_one_undo_takes_it_away(
    qtbot: QtBot,
    page: EntriesPage,
    session: JournalSession,
    undo_stack: QUndoStack,
    ids: list[EntryId],
) -> None:
    select_three(qtbot, page)
    page.bulk.tag("launch")
    settle(qtbot, session)
    assert [one.tags for one in read(session, ids)] == [("launch",)] * 3 + [()] * 2
    undo_stack.undo()
    settle(qtbot, session)
    assert [one.tags for one in read(session, ids)] == [()] * 5
    undo_stack.redo()
    settle(qtbot, session)
    assert [one.tags for one in read(session, ids)] == [("launch",)] * 3 + [()] * 2


def test_entries_move_to_another_date_together(
    qtbot: QtBot,
    page: EntriesPage,
    session: JournalSession,
    undo_stack: QUndoStack,
    ids: list[EntryId],
) -> None:
    select_three(qtbot, page)
    page.bulk.move_to(date(2026, 1, 2))
    settle(qtbot, session)
    moved = [one.on for one in read(session, ids)]
    assert moved[:3] == [date(2026, 1, 2)] * 3
    undo_stack.undo()
    settle(qtbot, session)
    assert [one.on for one in read(session, ids)] == [
        NOW.date() - timedelta(days=n) for n in range(5)
    ]


def test_a_day_that_would_be_too_long_refuses_all_of_them(
    qtbot: QtBot, page: EntriesPage, session: JournalSession, ids: list[EntryId]
) -> None:
    full = begin(EntryDraft(on=date(2026, 1, 2), body="a full day", duration=1400), NOW, 99)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entries(tx, [full]), owner=session)
    select_three(qtbot, page)
    with qtbot.waitSignal(session.failed):
        page.bulk.move_to(date(2026, 1, 2))
    settle(qtbot, session)
    assert read(session, ids)[0].on == NOW.date()


def test_sharing_and_star_of_all(
    qtbot: QtBot, page: EntriesPage, session: JournalSession, ids: list[EntryId]
) -> None:
    select_three(qtbot, page)
    page.bulk.share(Sharing.NEVER)
    settle(qtbot, session)
    select_three(qtbot, page)
    page.bulk.star(True)
    settle(qtbot, session)
    found = read(session, ids)
    assert [one.sharing for one in found[:3]] == [Sharing.NEVER] * 3
    assert found[0].starred


def test_delete_moves_all_to_the_trash_and_one_undo_brings_them_back(
    qtbot: QtBot,
    page: EntriesPage,
    session: JournalSession,
    undo_stack: QUndoStack,
    ids: list[EntryId],
) -> None:
    select_three(qtbot, page)
    qtbot.keyClick(page.sidebar.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.sidebar.model.rowCount() == 2)
    undo_stack.undo()
    qtbot.waitUntil(lambda: page.sidebar.model.rowCount() == 5)
    assert all(one.deleted_at is None for one in read(session, ids))


def test_the_menu_offers_all_of_it(qtbot: QtBot, page: EntriesPage) -> None:
    select_three(qtbot, page)
    menu = page.bulk.made_menu()
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Add a tag…",
        "Move to another date…",
        "Sharing",
        "Star",
        "Take the star away",
        "Move to the trash",
    ]
