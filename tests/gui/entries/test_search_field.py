"""The search field: what it says it read, the order, and searches kept under a name."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import EntryDraft, begin
from kotter_journal.gui.entries.page import EntriesPage
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services.entries import write_entries
from kotter_journal.storage.saved_searches import saved_searches
from tests.gui.conftest import NOW


@pytest.fixture
def page(
    qtbot: QtBot, theme: Theme, session: JournalSession, undo_stack: QUndoStack
) -> Iterator[EntriesPage]:
    """The Journal page over three entries that name a plan, the oldest in its title."""
    drafts = (
        EntryDraft(on=NOW.date().replace(day=2), title="The plan", body="short"),
        EntryDraft(on=NOW.date().replace(day=3), body="many words and among them a plan " * 3),
        EntryDraft(on=NOW.date().replace(day=4), body="予算の会議 and a plan", duration=45),
    )
    made = [begin(draft, NOW, number) for number, draft in enumerate(drafts)]
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entries(tx, made), owner=session)
    shown = EntriesPage(session, undo_stack, theme)
    qtbot.addWidget(shown)
    shown.resize(1280, 800)
    shown.show()
    qtbot.waitUntil(lambda: shown.sidebar.model.rowCount() == 3)
    yield shown
    shown.close()


def headings(page: EntriesPage) -> list[str]:
    """The list from top to bottom."""
    model = page.sidebar.model
    return [str(model.index(row).data())[:12] for row in range(model.rowCount())]


def said(qtbot: QtBot, page: EntriesPage, session: JournalSession, text: str) -> str:
    """What the field says about a search."""
    page.sidebar.search.search(text)
    qtbot.waitUntil(lambda: session.idle)
    return page.sidebar.search._result.text()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("minutes:>30", "Only at least 31 m."),
        ("minutes:<=45", "Only at most 45 m."),
        ("minutes:45", "Only 45 m."),
        ("minutes:30-60", "Only 30 m to 1 h."),
        ("pair:who", "Only Who it takes."),
        ("plan*", "Only words beginning with “plan”."),
        ("-is:starred plan", "Only not starred."),
        ("-#ops -on:2026-05-02 plan", "Only not #ops, not on 2 May 2026."),
        ("is:even", "Only minutes dealt out evenly."),
    ],
)
def test_it_says_how_the_search_was_read(
    qtbot: QtBot, page: EntriesPage, session: JournalSession, text: str, words: str
) -> None:
    assert said(qtbot, page, session, text).endswith(words)


def test_the_best_come_first_where_asked_for(
    qtbot: QtBot, page: EntriesPage, session: JournalSession
) -> None:
    said(qtbot, page, session, "plan")
    by_date = headings(page)
    assert by_date[-1] == "The plan"
    page.sidebar.search.best_first.click()
    qtbot.waitUntil(lambda: headings(page)[0] == "The plan")
    assert sorted(headings(page)) == sorted(by_date)
    view = page.sidebar.view
    view.enter()
    assert view.top_of(2) == 2 * view.height_of(0)
    assert page.sidebar.model.row_of(str(page.sidebar.model.entry_id(1))) == 1
    page.sidebar.search.best_first.click()
    qtbot.waitUntil(lambda: headings(page) == by_date)


def test_a_ranked_list_follows_what_is_written(
    qtbot: QtBot, page: EntriesPage, session: JournalSession
) -> None:
    said(qtbot, page, session, "plan")
    page.sidebar.search.best_first.click()
    qtbot.waitUntil(lambda: headings(page)[0] == "The plan")
    entry = begin(EntryDraft(on=NOW.date(), title="plan plan", body="plan"), NOW, 99)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entries(tx, [entry]), owner=session)
    qtbot.waitUntil(lambda: page.sidebar.model.rowCount() == 4)
    assert headings(page)[0] == "plan plan"


def test_part_of_a_word_without_spaces_is_found_and_marked(
    qtbot: QtBot, page: EntriesPage, session: JournalSession
) -> None:
    assert said(qtbot, page, session, "会議").startswith("1 entry.")
    found = page.sidebar.model._row(0)
    assert found is not None
    assert found.found is not None
    ((start, end),) = found.found.hits
    assert found.found.text[start:end] == "会議"


def test_a_search_is_saved_chosen_and_removed(
    qtbot: QtBot, page: EntriesPage, session: JournalSession
) -> None:
    saved = page.sidebar.search.saved
    assert [a.text() for a in saved.made_menu().actions() if a.isEnabled() and a.text()] == []
    said(qtbot, page, session, "plan minutes:45")
    saved.save("Plans of 45 minutes")
    qtbot.waitUntil(lambda: session.idle)
    page.sidebar.search.search("")
    menu = saved.made_menu()
    (choice, *_) = menu.actions()
    assert choice.text() == "Plans of 45 minutes"
    choice.trigger()
    assert page.sidebar.search.text == "plan minutes:45"
    (one,) = session.read(saved_searches)
    saved.remove(one)
    qtbot.waitUntil(lambda: session.read(saved_searches) == [])
