"""Links: typed with help, followed, written where they lead nowhere, seen from the other end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import EntryDraft, EntryId, begin, revised
from kotter_journal.gui.entries.page import EntriesPage
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services.entries import revise_entry, write_entries
from kotter_journal.storage import entries
from tests.gui.conftest import NOW

YESTERDAY = NOW.date() - timedelta(days=1)


@pytest.fixture
def ids(qtbot: QtBot, session: JournalSession) -> list[EntryId]:
    """Two entries: one of yesterday, and one of today that links to it."""
    drafts = (
        EntryDraft(on=YESTERDAY, title="Why the shift changes", body="Because."),
        EntryDraft(
            on=NOW.date(),
            title="After it",
            body=f"As in [[{YESTERDAY} Why the shift changes]], and [[Nowhere]]. `[[code]]`",
        ),
    )
    made = [begin(draft, NOW, number) for number, draft in enumerate(drafts)]
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entries(tx, made), owner=session)
    return [one.id for one in made]


@pytest.fixture
def page(
    qtbot: QtBot, theme: Theme, session: JournalSession, undo_stack: QUndoStack, ids: list[EntryId]
) -> Iterator[EntriesPage]:
    """The Journal page with the linking entry open."""
    made = EntriesPage(session, undo_stack, theme)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: made.sidebar.model.rowCount() == 2)
    made.show_entry(ids[1])
    qtbot.waitUntil(lambda: session.idle)
    yield made
    made.close()


def anchors(page: EntriesPage) -> list[tuple[str, str]]:
    """The links of the preview: words and address."""
    found = []
    block = page.editor.preview.document().begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            form = fragments.fragment().charFormat()
            if form.isAnchor():
                found.append((fragments.fragment().text(), form.anchorHref()))
            fragments += 1
        block = block.next()
    return found


def test_the_preview_shows_links_but_not_in_code(page: EntriesPage) -> None:
    page.editor.show_preview(True)
    assert [words for words, _ in anchors(page)] == [
        f"{YESTERDAY} Why the shift changes",
        "Nowhere",
    ]
    assert "[[code]]" in page.editor.preview.document().toRawText()


def test_a_link_is_followed(
    qtbot: QtBot, page: EntriesPage, session: JournalSession, ids: list[EntryId]
) -> None:
    page.editor.show_preview(True)
    page.editor.preview._on_anchor(QUrl(anchors(page)[0][1]))
    qtbot.waitUntil(lambda: page.editor.current_id() == ids[0])


def test_a_link_outlives_another_heading(
    qtbot: QtBot, page: EntriesPage, session: JournalSession, ids: list[EntryId]
) -> None:
    target = session.read(lambda tx: entries.entry(tx, ids[0]))
    with qtbot.waitSignal(session.changed):
        session.write(
            lambda tx: revise_entry(tx, revised(target, NOW, title="The shift")), owner=session
        )
    page.follow_link(f"{YESTERDAY} Why the shift changes")
    qtbot.waitUntil(lambda: page.editor.current_id() == ids[0])


def test_what_is_not_there_can_be_written(
    qtbot: QtBot, page: EntriesPage, session: JournalSession
) -> None:
    page.follow_link("Nowhere")
    qtbot.waitUntil(lambda: page.editor.notice.isVisible())
    assert "Nowhere" in page.editor.notice.words.text()
    page.editor.notice.button.click()
    assert page.editor.title.text() == "Nowhere"


def test_the_other_end_shows_what_leads_to_it(
    qtbot: QtBot, page: EntriesPage, session: JournalSession, ids: list[EntryId]
) -> None:
    assert page.editor.backlinks.isHidden()
    page.show_entry(ids[0])
    qtbot.waitUntil(lambda: len(page.editor.backlinks.links) == 1)
    assert "After it" in page.editor.backlinks.links[0].text()
    page.editor.backlinks.links[0].click()
    qtbot.waitUntil(lambda: page.editor.current_id() == ids[1])


def test_two_brackets_offer_entries_and_enter_takes_one(
    qtbot: QtBot, page: EntriesPage, session: JournalSession
) -> None:
    text = page.editor.text
    page.editor.focus_text()
    text.moveCursor(text.textCursor().MoveOperation.End)
    qtbot.keyClicks(text, " see [[shift")
    popup = page.editor.link_popup
    qtbot.waitUntil(popup.isVisible)
    assert popup.count() >= 1
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert text.prose().endswith(f"see [[{YESTERDAY} Why the shift changes]]")
    assert popup.isHidden()


def test_esc_closes_the_offer_and_stays_in_the_text(
    qtbot: QtBot, page: EntriesPage, session: JournalSession
) -> None:
    text = page.editor.text
    page.editor.focus_text()
    text.moveCursor(text.textCursor().MoveOperation.End)
    qtbot.keyClicks(text, "[[")
    qtbot.waitUntil(page.editor.link_popup.isVisible)
    qtbot.keyClick(text, Qt.Key.Key_Down)
    assert page.editor.link_popup.currentRow() == 1
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert page.editor.link_popup.isHidden()
    assert text.hasFocus() or page.window().focusWidget() is text
