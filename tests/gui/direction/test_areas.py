"""Areas on their page: named, judged with a date, attended to, retired, by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.areas import Area, Control
from kotter_journal.domain.entries import Allocation, Entry, EntryDraft, begin
from kotter_journal.gui.direction.area_state_dialog import AreaStateDialog
from kotter_journal.gui.direction.areas import AreasSection
from kotter_journal.gui.direction.choice_row import ChoiceRow
from kotter_journal.gui.numbers_table import NumbersTable
from kotter_journal.gui.session import JournalSession
from kotter_journal.services import areas as verbs
from kotter_journal.services.entries import write_entry
from kotter_journal.storage import areas
from tests.gui.conftest import NOW

TODAY = NOW.date()


@pytest.fixture
def section(session: JournalSession, window: QWidget) -> AreasSection:
    """The section of a journal without areas."""
    made = AreasSection(session, window)
    made.resize(820, 600)
    made.show()
    return made


def known(session: JournalSession) -> list[Area]:
    """The areas of the journal."""
    return session.read(areas.areas)


def words(section: AreasSection) -> str:
    """All that the section says."""
    return "\n".join(label.text() for label in section.findChildren(QLabel))


def titles(section: AreasSection) -> list[str]:
    """The labels of the section, one by one."""
    return words(section).split("\n")


def add(qtbot: QtBot, section: AreasSection, name: str) -> None:
    """Type a name and keep it with Enter."""
    section.name.setFocus()
    qtbot.keyClicks(section.name, name)
    with qtbot.waitSignal(section.session.changed):
        qtbot.keyClick(section.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: name in titles(section))


def press(qtbot: QtBot, section: AreasSection, name: str) -> None:
    """Press the one button of that name with the space bar, and wait for what it writes."""
    with qtbot.waitSignal(section.session.changed):
        press_only(qtbot, section, name)


def press_only(qtbot: QtBot, section: AreasSection, name: str) -> None:
    """Press the one button of that name with the space bar."""
    shown = next(b for b in section.findChildren(QPushButton, name) if not b.isHidden())
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Space)


def walk(qtbot: QtBot, row: ChoiceRow, steps: int) -> None:
    """Choose the first answer and go so many on to the right."""
    chips = row.findChildren(QPushButton)
    chips[0].setFocus()
    qtbot.keyClick(chips[0], Qt.Key.Key_Space)
    for step in range(steps):
        qtbot.keyClick(chips[step], Qt.Key.Key_Right)


def say(
    qtbot: QtBot, section: AreasSection, answers: tuple[int, int, int], since: date = TODAY
) -> None:
    """Say by keyboard how the one area stands; ``answers`` count from 0."""
    press_only(qtbot, section, "say_state")
    dialog = next(d for d in section.window().findChildren(AreaStateDialog) if d.isVisible())
    rows = dialog.control, dialog.change, dialog.complexity
    for row, answer in zip(rows, answers, strict=True):
        walk(qtbot, row, answer)
    dialog.since.setDate(QDate(since.year, since.month, since.day))
    with qtbot.waitSignal(section.told):
        dialog.keep_button.setFocus()
        qtbot.keyClick(dialog.keep_button, Qt.Key.Key_Space)
    assert not dialog.isVisible()


def undos(section: AreasSection) -> list[Callable[[], None]]:
    """Whatever can be taken back from now on."""
    found: list[Callable[[], None]] = []
    section.told.connect(lambda _, back: found.append(back))
    return found


def entry(rank: int, on: date, leading: int, managing: int) -> Entry:
    """An entry with minutes of both sides."""
    both = (
        Allocation(Activity.ALIGNING_PEOPLE, leading),
        Allocation(Activity.PLANNING_BUDGETING, managing),
    )
    return begin(EntryDraft(on=on, body="x", duration=90, allocations=both), NOW, rank)


def log(qtbot: QtBot, section: AreasSection, *entries: Entry) -> None:
    """Write entries that belong to line-3."""
    for one in entries:
        section.session.write(lambda tx, one=one: write_entry(tx, one), owner=section)
        with qtbot.waitSignal(section.session.changed):
            section.session.write(
                lambda tx, one=one: verbs.set_areas(tx, one.id, ["line-3"], NOW)[0], owner=section
            )


def test_a_name_makes_an_area_and_can_be_taken_back(
    qtbot: QtBot, section: AreasSection, session: JournalSession
) -> None:
    back = undos(section)
    add(qtbot, section, "line-3")
    assert [one.name for one in known(session)] == ["line-3"]
    assert section.name.text() == ""
    assert "nobody has said how it stands" in words(section)
    assert "None logged in the last 12 weeks." in words(section)
    qtbot.waitUntil(lambda: section.window().focusWidget() is section.name)
    back[0]()
    qtbot.waitUntil(lambda: known(session) == [])
    qtbot.waitUntil(lambda: "line-3" not in titles(section))


def test_a_name_that_a_text_cannot_hold_is_explained_and_stays(
    qtbot: QtBot, section: AreasSection, session: JournalSession
) -> None:
    section.name.setFocus()
    qtbot.keyClicks(section.name, "two words")
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    qtbot.waitUntil(section.trouble.isVisible)
    assert "night-shift" in section.trouble.text()
    # Something else is written meanwhile, and the section is built anew.
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: verbs.name_area(tx, "budget", NOW)[0], owner=section)
    qtbot.waitUntil(lambda: "budget" in titles(section))
    assert section.name.text() == "two words"


def test_naming_an_area_twice_loses_nothing(
    qtbot: QtBot, section: AreasSection, session: JournalSession
) -> None:
    add(qtbot, section, "line-3")
    section.name.setFocus()
    with qtbot.assertNotEmitted(section.told):
        qtbot.keyClicks(section.name, "~Line-3")
        qtbot.keyClick(section.name, Qt.Key.Key_Return)
    assert section.trouble.text() == "line-3 is there already."
    assert [one.name for one in known(session)] == ["line-3"]
    qtbot.keyClicks(section.name, "x")
    assert section.trouble.isHidden()


def test_how_it_stands_has_a_date_and_can_be_taken_back(
    qtbot: QtBot, section: AreasSection, session: JournalSession
) -> None:
    add(qtbot, section, "line-3")
    back = undos(section)
    say(qtbot, section, (2, 4, 0), date(2026, 5, 4))
    (state,) = known(session)[0].states
    assert (state.control, state.change, state.complexity) == (Control.OUT_OF_CONTROL, 5, 1)
    assert state.valid_from == date(2026, 5, 4)
    qtbot.waitUntil(lambda: "out of control since 4 May 2026" in words(section))
    assert "Kotter would expect considerable leading and little managing." in words(section)
    back[0]()
    qtbot.waitUntil(lambda: "nobody has said how it stands" in words(section))
    assert known(session)[0].states == ()


def test_without_an_answer_nothing_can_be_kept(qtbot: QtBot, section: AreasSection) -> None:
    add(qtbot, section, "line-3")
    press_only(qtbot, section, "say_state")
    dialog = next(d for d in section.window().findChildren(AreaStateDialog) if d.isVisible())
    assert not dialog.keep_button.isEnabled()
    first, second, *_ = dialog.change.findChildren(QPushButton)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert dialog.change.value == 2
    assert dialog.focusWidget() is second
    assert dialog.keep_button.isEnabled()
    qtbot.keyClick(second, Qt.Key.Key_Left)
    qtbot.keyClick(first, Qt.Key.Key_Left)
    assert dialog.change.value == 1
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_looked_at_and_still_so(
    qtbot: QtBot, section: AreasSection, session: JournalSession
) -> None:
    add(qtbot, section, "line-3")
    say(qtbot, section, (1, 0, 0), TODAY - timedelta(days=30))
    qtbot.waitUntil(lambda: "drifting since 14 April 2026" in words(section))
    back = undos(section)
    press(qtbot, section, "still_so")
    qtbot.waitUntil(
        lambda: "drifting since 14 April 2026, looked at on 14 May 2026" in words(section)
    )
    back[0]()
    qtbot.waitUntil(lambda: len(known(session)[0].states) == 1)
    qtbot.waitUntil(lambda: "looked at" not in words(section))


def test_attention_is_told_by_state_and_leads_to_its_entries(
    qtbot: QtBot, section: AreasSection
) -> None:
    add(qtbot, section, "line-3")
    early, late = entry(1, date(2026, 4, 1), 20, 40), entry(2, date(2026, 5, 5), 60, 0)
    log(qtbot, section, early, late)
    said = "In the last 12 weeks: 1 h 20 m leading, 40 m managing, in 2 entries."
    qtbot.waitUntil(lambda: said in words(section))
    assert section.findChildren(NumbersTable) == []
    say(qtbot, section, (1, 0, 0), date(2026, 5, 1))
    qtbot.waitUntil(lambda: bool(section.findChildren(NumbersTable)))
    (table,) = section.findChildren(NumbersTable)
    cells = [[table.model().index(row, at).data() for at in range(4)] for row in range(2)]
    assert cells == [["Drifting", "1 h", "0 m", "1"], ["Not said", "20 m", "40 m", "1"]]
    table.setCurrentIndex(table.model().index(1, 0))
    with qtbot.waitSignal(section.entries_asked) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked.args == [[early.id], "In line-3."]


def test_its_entries_are_a_search_away(qtbot: QtBot, section: AreasSection) -> None:
    add(qtbot, section, "line-3")
    with qtbot.waitSignal(section.query_asked) as asked:
        press_only(qtbot, section, "show_entries")
    assert asked.args == ["area:line-3"]


def test_no_longer_minded_and_minded_again(
    qtbot: QtBot, section: AreasSection, session: JournalSession
) -> None:
    add(qtbot, section, "line-3")
    press(qtbot, section, "retire")
    qtbot.waitUntil(lambda: "no longer minded since 14 May 2026" in words(section))
    assert known(session)[0].retired_on == TODAY
    back = undos(section)
    press(qtbot, section, "mind_again")
    qtbot.waitUntil(lambda: "no longer minded" not in words(section))
    back[0]()
    qtbot.waitUntil(lambda: known(session)[0].retired_on == TODAY)


def test_typing_the_name_of_a_retired_area_brings_it_back_with_what_it_had(
    qtbot: QtBot, section: AreasSection, session: JournalSession
) -> None:
    add(qtbot, section, "line-3")
    say(qtbot, section, (0, 0, 0))
    press(qtbot, section, "retire")
    qtbot.waitUntil(lambda: "no longer minded" in words(section))
    (gone,) = known(session)
    back = undos(section)
    section.name.setFocus()
    qtbot.keyClicks(section.name, "line-3")
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(section.name, Qt.Key.Key_Return)
    assert known(session) == [replace(gone, retired_on=None)]
    back[0]()
    qtbot.waitUntil(lambda: known(session) == [gone])


def test_an_area_becomes_a_part_of_another_and_comes_back(
    qtbot: QtBot, section: AreasSection, session: JournalSession
) -> None:
    add(qtbot, section, "line-3")
    add(qtbot, section, "line-4")
    three, four = sorted(known(session), key=lambda one: one.name)
    menu = section.merge_menu(three, [four])
    with qtbot.waitSignal(section.told) as told:
        menu.actions()[0].trigger()
    assert told.args[0] == "line-3 is a part of line-4 now; texts stay as they are."
    assert [one.name for one in known(session)] == ["line-4"]
    with qtbot.waitSignal(session.changed):
        told.args[1]()
    assert sorted(one.name for one in known(session)) == ["line-3", "line-4"]
