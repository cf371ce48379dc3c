"""Insights on Today: the fact, its entries, and the answers to it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import Allocation, EntryDraft, begin
from kotter_journal.domain.insight_states import Answered
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.gui.today.insight_cards import InsightCards
from kotter_journal.services.entries import write_entries
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.insight_states import insight_states
from tests.gui.conftest import NOW

TODAY = NOW.date()


def write(tx: Transaction) -> Changes:
    """Four weeks of planning and aligning, eight hours a workday; nothing of the other pairs."""
    half = (
        Allocation(Activity.PLANNING_BUDGETING, 240),
        Allocation(Activity.ALIGNING_PEOPLE, 240),
    )
    days = [TODAY - timedelta(days=n) for n in range(28)]
    drafts = [
        EntryDraft(on=day, body="Plans", duration=480, allocations=half)
        for day in days
        if day.weekday() < 5
    ]
    return write_entries(tx, [begin(one, NOW, n) for n, one in enumerate(drafts)])


@pytest.fixture
def cards(session: JournalSession, qtbot: QtBot, theme: Theme) -> Iterator[InsightCards]:
    """The cards of a journal that plans without a direction."""
    with qtbot.waitSignal(session.changed):
        session.write(write, owner=session)
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(900, 1000)
    ground.show()
    qtbot.waitExposed(ground)
    made = InsightCards(session, ground)
    made.resize(880, 300)
    with qtbot.waitSignal(made.shown):
        made.refresh()
    yield made
    ground.close()


def button(cards: InsightCards, name: str) -> QPushButton:
    """A button of the cards by its object name."""
    return next(
        b for b in cards.findChildren(QPushButton) if b.objectName() == name and b.isVisible()
    )


def rules(cards: InsightCards) -> list[str]:
    """The rules that speak."""
    return [one.rule for one in cards.found]


def test_two_at_most_each_with_its_numbers(cards: InsightCards) -> None:
    assert len(cards.found) == 2
    words = [one.text() for one in cards.findChildren(QLabel)]
    assert all(one.fact in words for one in cards.found)


def test_its_entries_are_one_click_away(qtbot: QtBot, cards: InsightCards) -> None:
    one = next(one for one in cards.found if one.entry_ids)
    asked: list[list[str]] = []
    cards.entries_asked.connect(lambda ids, _: asked.append(ids))
    qtbot.keyClick(button(cards, f"show {one.rule}"), Qt.Key.Key_Space)
    assert asked == [list(one.entry_ids)]


def test_not_now_and_undo(qtbot: QtBot, cards: InsightCards, session: JournalSession) -> None:
    before = rules(cards)
    with qtbot.waitSignal(cards.shown), qtbot.waitSignal(cards.told) as told:
        qtbot.keyClick(button(cards, f"snooze {before[0]}"), Qt.Key.Key_Space)
    assert before[0] not in rules(cards) or cards.found[0].subject
    assert [one.state for one in session.read(insight_states)] == [Answered.SNOOZED]
    with qtbot.waitSignal(cards.shown):
        told.args[1]()
    assert rules(cards) == before


def test_what_was_done_all_the_same_is_added(
    qtbot: QtBot, cards: InsightCards, session: JournalSession
) -> None:
    one = next(one for one in cards.found if one.absence)
    asked: list[EntryDraft] = []
    cards.draft_asked.connect(asked.append)
    with qtbot.waitSignal(cards.shown):
        qtbot.keyClick(button(cards, f"add {one.rule}"), Qt.Key.Key_Space)
    assert [draft.on for draft in asked] == [TODAY]
    assert [s.state for s in session.read(insight_states)] == [Answered.ACTED]


def test_pressed_twice_it_is_answered_once_and_the_caret_stays(
    qtbot: QtBot, cards: InsightCards, session: JournalSession
) -> None:
    first = cards.found[0]
    dismiss = button(cards, f"dismiss {first.rule}")
    dismiss.setFocus()
    with qtbot.waitSignal(cards.told):
        for _ in range(2):
            qtbot.keyClick(dismiss, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.idle)
    assert len(session.read(insight_states)) == 1
    assert first not in cards.found
    caret = cards.window().focusWidget()
    assert caret is not None
    assert cards.isAncestorOf(caret)
