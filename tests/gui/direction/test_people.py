"""Growing leaders: who stands where, what is said of them, and the way to their entries."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, Entry, EntryDraft, begin
from kotter_journal.gui.direction.people import PeopleSection
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.entries import write_entry
from kotter_journal.services.names import note_person
from kotter_journal.storage import vocabulary
from tests.gui.conftest import NOW


@pytest.fixture
def section(session: JournalSession, window: QWidget) -> PeopleSection:
    """The section of a journal without people."""
    made = PeopleSection(session, window)
    made.resize(820, 600)
    made.show()
    return made


def log(
    qtbot: QtBot, section: PeopleSection, rank: int, on: date, *people: str, grows: bool = True
) -> Entry:
    """Write an entry with people that develops a leader, or else motivates."""
    part = () if grows else (Allocation(Activity.MOTIVATING_INSPIRING, 30),)
    draft = EntryDraft(
        on=on, body="x", duration=30, people=people, develops_leader=grows, allocations=part
    )
    made = begin(draft, NOW, rank)
    with qtbot.waitSignal(section.session.changed):
        section.session.write(lambda tx: write_entry(tx, made), owner=section)
    return made


def note(qtbot: QtBot, section: PeopleSection, name: str, relation: str, alias: str = "") -> None:
    """Say who somebody is, and wait until that shows."""
    session = section.session
    row = next(one for one in session.read(vocabulary.people_rows) if one.name == name)
    with qtbot.waitSignal(session.changed):
        session.write(
            lambda tx: note_person(tx, row.id, alias=alias, relation=relation, now=NOW),
            owner=section,
        )
    qtbot.waitUntil(lambda: any(name in one for one in words(section)))


def words(section: PeopleSection) -> list[str]:
    """All that the section says, from top to bottom."""
    return [label.text() for label in section.findChildren(QLabel) if label.isVisible()]


def after(section: PeopleSection, name: str) -> str:
    """What stands under a name."""
    said = words(section)
    return said[said.index(name) + 1]


def button(section: PeopleSection, name: str) -> QPushButton:
    """The way to somebody's entries."""
    shown = [b for b in section.findChildren(QPushButton) if b.isVisible()]
    return next(b for b in shown if b.accessibleName() == f"Show the entries with {name}")


def test_without_relations_it_says_where_they_are_noted(section: PeopleSection) -> None:
    assert any("Tags and people" in one for one in words(section))


def test_direct_reports_come_first_and_everybody_by_the_alphabet(
    qtbot: QtBot, section: PeopleSection
) -> None:
    names = ("alex", "Bea", "Coach", "Zoe", "Dana", "adam")
    log(qtbot, section, 1, date(2026, 5, 4), *names)
    # Zoe, who has the most entries, gains no place by them.
    log(qtbot, section, 2, date(2026, 5, 5), "Zoe")
    relations = {"Zoe": "Direct-Report", "alex": "direct report", "Bea": "peer", "adam": "peer"}
    for name, relation in relations.items():
        note(qtbot, section, name, relation)
    note(qtbot, section, "Dana", "direct report", alias="Mika")
    shown = [one for one in words(section) if one.split(" (")[0] in {*names, "Mika"}]
    assert shown == ["alex", "Mika (Dana)", "Zoe", "adam", "Bea"]
    said = words(section)
    assert said.index("Direct reports") < said.index("alex")
    assert said.index("Zoe") < said.index("Others") < said.index("adam")


def test_nobody_is_left_out_who_has_nothing_logged(qtbot: QtBot, section: PeopleSection) -> None:
    log(qtbot, section, 1, date(2024, 5, 4), "Dana", "Bea")
    note(qtbot, section, "Dana", "direct report")
    note(qtbot, section, "Bea", "peer")
    assert after(section, "Dana") == "none logged in the last year"
    assert after(section, "Bea") == "peer, none logged in the last year"
    assert not button(section, "Dana").isEnabled()


def test_both_last_days_are_said(qtbot: QtBot, section: PeopleSection) -> None:
    log(qtbot, section, 1, date(2026, 4, 1), "Dana")
    log(qtbot, section, 2, date(2026, 5, 5), "Dana", "Bea", grows=False)
    note(qtbot, section, "Dana", "direct report")
    note(qtbot, section, "Bea", "direct report")
    motivated = "motivating and inspiring last on 5 May 2026"
    assert after(section, "Dana") == f"developed last on 1 April 2026, {motivated}"
    assert after(section, "Bea") == f"nothing logged that develops a leader, {motivated}"


def test_the_entries_are_a_key_away(qtbot: QtBot, section: PeopleSection) -> None:
    first = log(qtbot, section, 1, date(2026, 4, 1), "Dana")
    second = log(qtbot, section, 2, date(2026, 5, 5), "Dana", grows=False)
    log(qtbot, section, 3, date(2026, 5, 6), "Bea")
    note(qtbot, section, "Dana", "direct report", alias="Mika")
    show = button(section, "Mika")
    show.setFocus()
    with qtbot.waitSignal(section.entries_asked) as asked:
        qtbot.keyClick(show, Qt.Key.Key_Space)
    assert asked.args == [[first.id, second.id], "What went into Mika, in a year."]
