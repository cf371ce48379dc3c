"""The question of the day: one a day, answered, passed over, or switched off."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import EntryDraft
from kotter_journal.domain.insight_states import Answered
from kotter_journal.gui.preferences import Preferences
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.gui.today.prompt_card import PromptCard
from kotter_journal.storage.insight_states import insight_states


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Preferences that were never changed."""
    return Preferences(tmp_path / "settings.toml")


@pytest.fixture
def card(
    session: JournalSession, preferences: Preferences, qtbot: QtBot, theme: Theme
) -> Iterator[PromptCard]:
    """The card, as it is seen for the first time on a day."""
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(900, 200)
    ground.show()
    qtbot.waitExposed(ground)
    made = PromptCard(session, preferences, ground)
    made.resize(880, 60)
    with qtbot.waitSignal(session.changed):
        made.remember()
    yield made
    ground.close()


def said(session: JournalSession) -> list[tuple[str, Answered]]:
    """What was said of questions."""
    return [(one.subject, one.state) for one in session.read(insight_states)]


def test_it_stays_for_the_day(
    session: JournalSession, preferences: Preferences, card: PromptCard
) -> None:
    assert card.prompt is not None
    assert said(session) == [("DIR-1", Answered.SNOOZED)]
    again = PromptCard(session, preferences, card.parentWidget())
    assert again.prompt == card.prompt


def test_another_one_takes_its_place(
    qtbot: QtBot, session: JournalSession, card: PromptCard
) -> None:
    first = card.words.text()
    qtbot.keyClick(card.another, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: card.words.text() != first)
    qtbot.waitUntil(lambda: session.idle)
    assert said(session)[1:] == [
        ("DIR-1", Answered.DISMISSED),
        ("DIR-2", Answered.SNOOZED),
    ]


def test_the_answer_begins_with_the_question(
    qtbot: QtBot, session: JournalSession, preferences: Preferences, card: PromptCard
) -> None:
    asked: list[EntryDraft] = []
    card.draft_asked.connect(asked.append)
    question = card.words.text()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(card.answer, Qt.Key.Key_Space)
    assert asked[0].body == f"> {question}\n\n"
    assert card.isHidden()
    assert PromptCard(session, preferences, card.parentWidget()).isHidden()


def test_no_questions_and_back(qtbot: QtBot, preferences: Preferences, card: PromptCard) -> None:
    undo: list[Callable[[], None]] = []
    card.told.connect(lambda _, back: undo.append(back))
    qtbot.keyClick(card.none, Qt.Key.Key_Space)
    assert card.isHidden()
    assert not preferences.settings.prompts
    undo[0]()
    assert not card.isHidden()


def test_a_journal_that_is_only_read_asks_nothing(
    session: JournalSession, preferences: Preferences, card: PromptCard
) -> None:
    session.read_only = True
    assert PromptCard(session, preferences, card.parentWidget()).isHidden()
