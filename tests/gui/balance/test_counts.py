"""Where the time went, in entries: a switch, the worker's answer, and the table beside it."""

import pytest
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, EntryDraft, begin
from kotter_journal.gui.balance.page import BalancePage
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.entries import write_entries
from tests.gui.balance.days import THURSDAY
from tests.gui.balance.reading import rows_of, tips

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

DIR, ALI, MOT, PLA, ORG, CON, OTH = Activity


@pytest.fixture
def page(session: JournalSession, look: object, qtbot: QtBot) -> BalancePage:
    """A page over a real journal: one entry with three activities, one with one, one without."""
    given = [(30, (DIR, ALI, CON)), (20, (CON,)), (45, (OTH,)), (None, ())]
    drafts = [
        EntryDraft(
            on=THURSDAY,
            duration=duration,
            allocations=tuple(Allocation(a, (duration or 0) // len(some)) for a in some),
            body="x",
        )
        for duration, some in given
    ]
    entries = [begin(draft, session.now(), rank) for rank, draft in enumerate(drafts)]
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entries(tx, entries), owner=session)
    made = BalancePage(session)
    qtbot.addWidget(made)
    made.resize(1280, 1000)
    made.show()
    return made


def show_entries(page: BalancePage, qtbot: QtBot) -> None:
    page.rows_card.switch._group.button(1).click()
    qtbot.waitUntil(lambda: page.rows.accessibleName() == "Entries by activity")


def test_entries_are_shared_by_their_activities(page: BalancePage, qtbot: QtBot) -> None:
    show_entries(page, qtbot)
    said = tips(page.rows)
    assert "Setting a direction: 0.33 of 2 entries; 1 include it" in said
    assert "Controlling and problem solving: 1.33 of 2 entries; 2 include it" in said
    assert "Motivating and inspiring: none logged" in said
    assert said[-2:] == ["Only outside the six: 1", "Without an activity: 1"]
    assert "does not add to 100 %" in page.rows_card.note
    assert not page.rows.grab().isNull()


def test_back_to_minutes(page: BalancePage, qtbot: QtBot) -> None:
    show_entries(page, qtbot)
    page.rows_card.switch._group.button(0).click()
    assert "Setting a direction: 10 m" in tips(page.rows)
    assert page.rows_card.note == ""


def test_entries_stay_shown_when_the_journal_changes(
    page: BalancePage, session: JournalSession, qtbot: QtBot
) -> None:
    show_entries(page, qtbot)
    draft = EntryDraft(on=THURSDAY, duration=15, allocations=(Allocation(MOT, 15),), body="y")
    entry = begin(draft, session.now(), 9)
    session.write(lambda tx: write_entries(tx, [entry]), owner=session)
    said = "Motivating and inspiring: 1 of 3 entries; 1 include it"
    qtbot.waitUntil(lambda: said in tips(page.rows))


def test_the_table_holds_the_same_counts(page: BalancePage, qtbot: QtBot) -> None:
    show_entries(page, qtbot)
    said = tips(page.rows)
    page.bar._table.click()
    model = page.tables._activities.model()
    qtbot.waitUntil(lambda: bool(model.index(0, 3).data()))
    rows = {row[0]: row for row in rows_of(model)}
    for tip in said[:6]:
        name, _, words = tip.partition(": ")
        shared, touches = rows[name][3:]
        none = shared == "0"
        assert words == ("none logged" if none else f"{shared} of 2 entries; {touches} include it")
    assert rows["Outside the six"][3:] == ["1", "1"]
    assert rows["Not yet classified"][3] == "1"


def test_a_choice_of_a_row_leads_to_its_entries(page: BalancePage, qtbot: QtBot) -> None:
    show_entries(page, qtbot)
    with qtbot.waitSignal(page.activity_chosen) as asked:
        page.rows.chosen.emit(CON)
    assert asked.args is not None
    assert asked.args[0] is CON
