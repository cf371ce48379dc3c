"""Tasks and their entries: what is marked, what came back, and what stays when one is let go."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import Delegable
from kotter_journal.gui.direction.delegations import DelegationsSection
from kotter_journal.gui.session import JournalSession
from tests.gui.conftest import NOW
from tests.gui.direction.tasks import (
    action,
    add,
    entry,
    handed_over,
    known,
    log,
    rows,
    undos,
    words,
)

TODAY = NOW.date()


@pytest.fixture
def section(session: JournalSession, window: QWidget) -> DelegationsSection:
    """The section of a journal without tasks."""
    made = DelegationsSection(session, window)
    made.resize(820, 600)
    made.show()
    return made


def test_letting_go_leaves_the_entries_and_can_be_taken_back(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Report")
    one = entry(1, TODAY, 30, Delegable.SHOULD)
    log(qtbot, section, one, known(session)[0].id)
    (before,) = known(session)
    qtbot.waitUntil(lambda: "30 m in 1 entry" in words(section))
    assert "0 entries without a task yet" in words(section)
    back = undos(section)
    with qtbot.waitSignal(section.told):
        action(section, "Let it go").trigger()
    qtbot.waitUntil(lambda: rows(section) == [])
    assert known(session) == []
    assert "1 entry without a task yet" in words(section)
    back[0]()
    qtbot.waitUntil(lambda: known(session) == [before])
    qtbot.waitUntil(lambda: "0 entries without a task yet" in words(section))


def test_an_entry_of_two_tasks_counts_once(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Report")
    add(qtbot, section, "Figures")
    both, free = entry(1, TODAY, 30, Delegable.COULD), entry(2, TODAY, 15, Delegable.SHOULD)
    log(qtbot, section, both, *(task.id for task in known(session)))
    log(qtbot, section, free)
    said = "45 m in 2 entries of the last 12 weeks; 1 entry without a task yet."
    qtbot.waitUntil(lambda: said in words(section))
    button = section.findChild(QPushButton, "show_marked")
    assert button is not None
    button.setFocus()
    with qtbot.waitSignal(section.entries_asked) as asked:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert asked.args == [[both.id, free.id], "Marked as delegable."]


def test_what_came_back_is_counted_from_the_day_after(
    qtbot: QtBot, section: DelegationsSection
) -> None:
    task = handed_over(qtbot, section, TODAY - timedelta(days=5))
    assert rows(section) == ["Report. Handed over. since 9 May 2026"]
    same = entry(1, TODAY - timedelta(days=5), 60)
    later = entry(2, TODAY - timedelta(days=4), 30)
    again = entry(3, TODAY - timedelta(days=1), 15)
    log(qtbot, section, same, task.id)
    log(qtbot, section, later, task.id)
    qtbot.waitUntil(lambda: "came back once, 30 m" in words(section))
    log(qtbot, section, again, task.id)
    qtbot.waitUntil(lambda: "came back 2 times, 45 m" in words(section))
    assert "1 h 45 m logged in 12 weeks" in words(section)
    with qtbot.waitSignal(section.entries_asked) as asked:
        action(section, "Show its entries").trigger()
    assert asked.args == [[same.id, later.id, again.id], "Of this task."]


def test_without_entries_there_are_none_to_show(qtbot: QtBot, section: DelegationsSection) -> None:
    add(qtbot, section, "Report")
    assert not action(section, "Show its entries").isEnabled()


def test_a_journal_that_is_only_read_still_shows_entries(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Report")
    log(qtbot, section, entry(1, TODAY, 30), known(session)[0].id)
    qtbot.waitUntil(lambda: "30 m logged" in words(section))
    session.read_only = True
    assert action(section, "Show its entries").isEnabled()
    assert not action(section, "Let it go").isEnabled()
    assert not action(section, "Change…").isEnabled()
    session.read_only = False
