"""Tasks to hand over: noted, moved on and back, kept and changed, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.delegation import Delegation, Stage, Step
from kotter_journal.gui.direction.delegations import DelegationsSection, TaskRow
from kotter_journal.gui.direction.task_dialogs import KeepDialog, TaskDialog
from kotter_journal.gui.session import JournalSession
from kotter_journal.services import delegations as verbs
from tests.gui.conftest import NOW
from tests.gui.direction.tasks import (
    action,
    add,
    dialog_of,
    entry,
    known,
    log,
    row,
    rows,
    step,
    undos,
)

TODAY = NOW.date()
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def section(session: JournalSession, window: QWidget) -> DelegationsSection:
    """The section of a journal without tasks."""
    made = DelegationsSection(session, window)
    made.resize(820, 600)
    made.show()
    return made


def test_a_task_is_noted_and_can_be_taken_back(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    back = undos(section)
    add(qtbot, section, "Monthly report")
    assert rows(section) == ["Monthly report. Noticed. since 14 May 2026"]
    assert section.task.text() == ""
    back[0]()
    qtbot.waitUntil(lambda: known(session) == [])
    qtbot.waitUntil(lambda: rows(section) == [])


def test_what_cannot_be_noted_is_explained_and_stays(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    section.task.setFocus()
    section.task.setText("x" * 201)
    qtbot.keyClick(section.task, Qt.Key.Key_Return)
    qtbot.waitUntil(section.trouble.isVisible)
    assert "1 to 200 characters" in section.trouble.text()
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: verbs.notice_task(tx, "Other", NOW)[0], owner=section)
    qtbot.waitUntil(lambda: len(rows(section)) == 1)
    assert section.task.text() == "x" * 201


def test_ctrl_and_arrows_move_a_task_on_and_back(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Report")
    step(qtbot, section, Qt.Key.Key_Right)
    step(qtbot, section, Qt.Key.Key_Right)
    assert known(session)[0].stage is Stage.OFFERED
    qtbot.waitUntil(lambda: section.window().focusWidget() is row(section))
    back = undos(section)
    step(qtbot, section, Qt.Key.Key_Left)
    assert known(session)[0].stage is Stage.DIRECTION_CHECK
    back[0]()
    qtbot.waitUntil(lambda: known(session)[0].stage is Stage.OFFERED)


def test_right_to_left_the_arrows_change_sides(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    section.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    add(qtbot, section, "Report")
    step(qtbot, section, Qt.Key.Key_Left)
    assert known(session)[0].stage is Stage.DIRECTION_CHECK


def test_before_the_first_stage_there_is_nothing(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Report")
    before = known(session)
    qtbot.keyClick(row(section), Qt.Key.Key_Left, CTRL)
    step(qtbot, section, Qt.Key.Key_Right)
    assert known(session)[0].steps[:1] == before[0].steps
    assert len(known(session)[0].steps) == 2


def test_the_button_moves_on(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Report")
    button = row(section).next_button
    assert button.accessibleName() == "Move on to: Do they know the aim?"
    button.setFocus()
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert known(session)[0].stage is Stage.DIRECTION_CHECK


def test_a_task_is_kept_only_with_a_reason(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Report")
    back = undos(section)
    action(section, "Kept").trigger()
    dialog = dialog_of(section, KeepDialog)
    qtbot.keyClicks(dialog.reason, "  ")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.reason, "only I may sign")
    with qtbot.waitSignal(section.told):
        qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(section)[:1] != [] and "only I may sign" in rows(section)[0])
    assert known(session)[0].stage is Stage.KEPT
    # Nothing leads on from there; back it goes.
    qtbot.keyClick(row(section), Qt.Key.Key_Right, CTRL)
    back[0]()
    qtbot.waitUntil(lambda: known(session)[0].stage is Stage.NOTICED)
    assert len(known(session)[0].steps) == 1


def test_escape_keeps_nothing(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Report")
    action(section, "Kept").trigger()
    dialog = dialog_of(section, KeepDialog)
    qtbot.keyClicks(dialog.reason, "only I")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert known(session)[0].stage is Stage.NOTICED


def test_the_menu_moves_to_any_other_stage(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Report")
    with qtbot.waitSignal(session.changed):
        action(section, "Supported").trigger()
    assert known(session)[0].stage is Stage.SUPPORTED


def test_changing_and_taking_it_back(
    qtbot: QtBot, section: DelegationsSection, session: JournalSession
) -> None:
    add(qtbot, section, "Report")
    log(qtbot, section, entry(1, TODAY, 30))
    (before,) = known(session)
    back = undos(section)
    action(section, "Change…").trigger()
    dialog = dialog_of(section, TaskDialog)
    dialog.words.selectAll()
    qtbot.keyClicks(dialog.words, "Weekly report")
    qtbot.keyClick(dialog.person, Qt.Key.Key_Down)
    dialog.minutes.selectAll()
    qtbot.keyClicks(dialog.minutes, "45")
    with qtbot.waitSignal(section.told):
        qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    said = "Weekly report. Noticed. for Dana, about 45 m a week, since 14 May 2026"
    qtbot.waitUntil(lambda: rows(section) == [said])
    back[0]()
    qtbot.waitUntil(lambda: known(session) == [before])


def test_enter_asks_for_the_menu_beside_the_task(qtbot: QtBot, section: DelegationsSection) -> None:
    task = Delegation("t", "Report", (Step("s", Stage.NOTICED, TODAY),), NOW)
    made = TaskRow(task, "since today", can_write=True, parent=section.window())
    made.show()
    with qtbot.waitSignal(made.menu_asked):
        qtbot.keyClick(made, Qt.Key.Key_Return)
    with qtbot.waitSignal(made.menu_asked):
        qtbot.keyClick(made, Qt.Key.Key_Menu)
