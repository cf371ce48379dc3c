"""What the insight rules read of a real journal, and what is answered to them."""

from datetime import timedelta

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import (
    Allocation,
    Delegable,
    DirectionTouches,
    EntryDraft,
    Method,
    begin,
)
from kotter_journal.domain.insight_states import Answered
from kotter_journal.services import areas, commitments, delegations
from kotter_journal.services.entries import delete_entries, write_entry
from kotter_journal.services.insights import (
    answer_insight,
    gather,
    take_back_answer,
    todays_insights,
)
from kotter_journal.storage.database import Database
from tests.services.practice import DAY, NOW


def test_what_is_read_of_an_entry(door: Database) -> None:
    draft = EntryDraft(
        on=DAY,
        body="Roster with @Dana and @Bo",
        title="Roster",
        duration=60,
        allocations=(
            Allocation(Activity.PLANNING_BUDGETING, 20, Method.EVEN),
            Allocation(Activity.OUTSIDE, 20, Method.EVEN),
        ),
        people=("Dana", "Bo"),
        delegable=Delegable.SHOULD,
        develops_leader=True,
        direction=DirectionTouches(stated=True, challenged=True),
    )
    entry = begin(draft, NOW, 1)
    old = begin(EntryDraft(on=DAY - timedelta(days=91), body="Too old"), NOW, 2)
    gone = begin(EntryDraft(on=DAY, body="In the trash"), NOW, 3)
    with door.transaction() as tx:
        for one in (entry, old, gone):
            write_entry(tx, one)
        delete_entries(tx, [gone.id], NOW)
        _, area = areas.name_area(tx, "line-3", NOW)
        areas.set_areas(tx, entry.id, ["line-3"], NOW)
        _, task = delegations.notice_task(tx, "Roster", NOW, entry_id=entry.id)
        facts = gather(tx, DAY)
    (one,) = facts.entries
    assert (one.entry_id, one.on, one.heading, one.logged) == (entry.id, DAY, "Roster", 60)
    assert one.minutes == {Activity.PLANNING_BUDGETING: 20, Activity.OUTSIDE: 20}
    assert (one.even, one.same_day, one.is_delegable) == (20, True, True)
    assert (one.stated, one.heard_back, one.challenged) == (True, False, True)
    assert one.develops_leader
    assert [facts.shown_name(p) for p in one.people] == ["Dana", "Bo"]
    assert one.areas == (area.id,)
    assert one.delegations == (task.id,)
    assert facts.first_on == old.on


def test_an_answer_silences_and_is_taken_back(door: Database) -> None:
    due = DAY - timedelta(days=7)
    first = begin(EntryDraft(on=DAY - timedelta(days=30), body="Begun"), NOW, 1)
    with door.transaction() as tx:
        write_entry(tx, first)
        commitments.make_commitment(tx, "Ask Dana", NOW, due_on=due)
        (found,) = todays_insights(tx, DAY)
        assert found.rule == "I29"
        _, state = answer_insight(tx, found, Answered.SNOOZED, NOW)
        assert todays_insights(tx, DAY) == ()
        assert todays_insights(tx, DAY + timedelta(days=21)) != ()
        take_back_answer(tx, state.id, NOW)
        assert todays_insights(tx, DAY) == (found,)
