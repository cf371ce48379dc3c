import secrets
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, Entry, EntryDraft, begin
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.gui.today.day_list import DayList, DayListModel
from kotter_journal.gui.today.side_panel import SidePanel
from kotter_journal.services.entries import delete_entries, write_entry
from tests.gui.conftest import NOW


def written(qtbot: QtBot, session: JournalSession, body: str, days_ago: int = 0) -> Entry:
    draft = EntryDraft(
        on=NOW.date() - timedelta(days=days_ago),
        body=body,
        duration=60,
        allocations=(Allocation(Activity.ALIGNING_PEOPLE, 45),),
    )
    entry = begin(draft, NOW, secrets.randbits(74))
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, entry), owner=session)
    return entry


@pytest.fixture
def day_list(qtbot: QtBot, session: JournalSession, theme: Theme) -> DayList:
    made = DayList(session)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def test_the_day_shows_what_is_written_and_nothing_of_other_days(
    qtbot: QtBot, session: JournalSession, day_list: DayList
) -> None:
    written(qtbot, session, "A talk with ops")
    written(qtbot, session, "The day before", days_ago=1)
    assert [row.heading for row in day_list.model.rows] == ["A talk with ops"]
    assert day_list.sum_text == "1 entry, 1 h"
    day_list.show_day(NOW.date() - timedelta(days=1))
    assert [row.heading for row in day_list.model.rows] == ["The day before"]


def test_an_empty_day_says_what_to_do(day_list: DayList) -> None:
    assert "press Enter" in day_list._hint.text()
    assert day_list.sum_text == ""


def test_a_deleted_entry_leaves_the_day(
    qtbot: QtBot, session: JournalSession, day_list: DayList
) -> None:
    entry = written(qtbot, session, "A talk with ops")
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: delete_entries(tx, [entry.id], NOW), owner=session)
    assert day_list.model.rows == []


def test_enter_opens_and_delete_asks(
    qtbot: QtBot, session: JournalSession, day_list: DayList
) -> None:
    entry = written(qtbot, session, "A talk with ops")
    day_list.view.setCurrentIndex(day_list.model.index(0))
    with qtbot.waitSignal(day_list.chosen) as opened:
        qtbot.keyClick(day_list.view, Qt.Key.Key_Return)
    with qtbot.waitSignal(day_list.deletion_asked) as asked:
        qtbot.keyClick(day_list.view, Qt.Key.Key_Delete)
    assert opened.args == asked.args == [entry.id]


def test_the_model_of_the_day_is_a_good_model(
    qtbot: QtBot, session: JournalSession, qtmodeltester: ModelTester, day_list: DayList
) -> None:
    model = DayListModel()
    qtmodeltester.check(model)
    written(qtbot, session, "One")
    written(qtbot, session, "Two")
    model.set_rows(day_list.model.rows)
    qtmodeltester.check(model)
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Two, 1 h, Aligning people 45 m"


def test_what_is_written_while_the_day_is_hidden_shows_when_it_comes_back(
    qtbot: QtBot, session: JournalSession, day_list: DayList
) -> None:
    day_list.hide()
    written(qtbot, session, "Typed in the editor")
    assert day_list.model.rows == []
    day_list.show()
    assert [row.heading for row in day_list.model.rows] == ["Typed in the editor"]


def test_the_side_panel_speaks_in_hours_only(
    qtbot: QtBot, session: JournalSession, theme: Theme
) -> None:
    panel = SidePanel(session, 0)
    qtbot.addWidget(panel)
    panel.show()
    written(qtbot, session, "A talk with ops")
    texts = [panel._today._logged.text(), panel._today._rest.text(), panel._week._logged.text()]
    assert texts == ["1 h", "15 m not yet classified", "1 h on 1 day"]
    assert "%" not in panel._today._bar.accessibleDescription()
