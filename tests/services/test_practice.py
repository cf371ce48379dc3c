"""Areas, tasks, commitments and reviews are kept, and everything can be taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.areas import Control
from kotter_journal.domain.commitments import CommitmentState, Owner
from kotter_journal.domain.delegation import Stage
from kotter_journal.domain.entries import Allocation, Delegable, Entry
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.domain.naming import NameKind
from kotter_journal.domain.periods import Period
from kotter_journal.domain.reviews import Answer, Review, ReviewSpan
from kotter_journal.services import areas as area_verbs
from kotter_journal.services import commitments as commitment_verbs
from kotter_journal.services import delegations as task_verbs
from kotter_journal.services.entries import delete_entries, revise_entry, write_entry
from kotter_journal.services.names import note_person
from kotter_journal.storage import areas, commitments, delegations, names, reviews, verify_rules
from kotter_journal.storage.database import Database
from kotter_journal.storage.people import invested_in
from kotter_journal.storage.stamps import tick
from tests.conftest import DAY

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
START, END = date(2026, 3, 1), date(2026, 4, 1)
DIR, CON, MOT = (
    Activity.SETTING_DIRECTION,
    Activity.CONTROLLING_PROBLEM_SOLVING,
    Activity.MOTIVATING_INSPIRING,
)


def test_an_area_and_how_it_stands(door: Database) -> None:
    with door.transaction() as tx:
        _, one = area_verbs.name_area(tx, "line-3", NOW)
        _, state = area_verbs.say_how_it_stands(
            tx, one.id, DAY, control=Control.DRIFTING, change=4, complexity=None, now=NOW
        )
        assert areas.areas(tx)[0].states == (state,)
        area_verbs.take_back_state(tx, state.id, NOW)
        assert areas.areas(tx)[0].states == ()
        area_verbs.keep_area(tx, replace(one, retired_on=DAY), NOW)
        assert areas.known_areas(tx) == []
        assert area_verbs.name_area(tx, "LINE-3", NOW)[1].id == one.id
        assert areas.known_areas(tx) == ["line-3"]
        area_verbs.drop_area(tx, one.id, NOW)
        assert areas.areas(tx) == []


@pytest.mark.parametrize("name", ["", "two words", "3", "#tag", "~"])
def test_an_area_has_a_name_that_a_text_can_hold(door: Database, name: str) -> None:
    with door.transaction() as tx, pytest.raises(UnreadableInput, match="night-shift"):
        area_verbs.name_area(tx, name, NOW)


def test_two_areas_never_have_one_name(door: Database) -> None:
    with door.transaction() as tx:
        _, one = area_verbs.name_area(tx, "line-3", NOW)
        area_verbs.name_area(tx, "budget", NOW)
        with pytest.raises(UnreadableInput):
            area_verbs.rename_area(tx, one, "Budget", NOW)
        area_verbs.rename_area(tx, one, "Line-3", NOW)
        assert areas.known_areas(tx) == ["budget", "Line-3"]


def test_two_areas_become_one_and_two_again(door: Database, make: Callable[..., Entry]) -> None:
    one, both = make("a"), make("b", day=1)
    later = DAY + timedelta(7)

    def says(area_id: str, on: date, control: Control) -> None:
        area_verbs.say_how_it_stands(
            tx, area_id, on, control=control, change=None, complexity=None, now=NOW
        )

    with door.transaction() as tx:
        _, gone = area_verbs.name_area(tx, "line3", NOW)
        _, into = area_verbs.name_area(tx, "line-3", NOW)
        for entry, names_of_it in ((one, ["line3"]), (both, ["line3", "line-3", "budget"])):
            write_entry(tx, entry)
            area_verbs.set_areas(tx, entry.id, names_of_it, NOW)
        says(gone.id, DAY, Control.DRIFTING)
        says(gone.id, later, Control.OUT_OF_CONTROL)
        says(into.id, later, Control.IN_CONTROL)
        before = areas.areas(tx)
        gone, into = (next(a for a in before if a.id == x.id) for x in (gone, into))
        ids = [one.id, both.id]
        carried = areas.areas_of(tx, ids)
        _, done = area_verbs.merge_areas(tx, gone, into, NOW)
        assert areas.known_areas(tx) == ["budget", "line-3"]
        assert areas.areas_of(tx, ids) == {one.id: ("line-3",), both.id: ("line-3", "budget")}
        merged = areas.areas(tx)[1]
        stood = [(s.valid_from, s.control) for s in merged.states]
        assert stood == [(DAY, Control.DRIFTING), (later, Control.IN_CONTROL)]
        assert verify_rules.orphans(tx) == verify_rules.broken_rules(tx) == {}
        area_verbs.take_back_merging(tx, done, NOW)
        assert areas.areas(tx) == before
        assert areas.areas_of(tx, ids) == carried


def test_a_text_names_only_areas_that_there_are(door: Database, make: Callable[..., Entry]) -> None:
    entry = make("Went through ~line-3 with ~ten people, ~~not~~ today", day=0)
    with door.transaction() as tx:
        area_verbs.name_area(tx, "Line-3", NOW)
        write_entry(tx, entry)
        assert areas.areas_of(tx, [entry.id])[entry.id] == ("Line-3",)
        _, before = area_verbs.set_areas(tx, entry.id, [], NOW)
        assert before == ("Line-3",)
        assert areas.areas_of(tx, [entry.id])[entry.id] == ()
        assert areas.known_areas(tx) == ["Line-3"]


def test_what_an_area_was_given(door: Database, make: Callable[..., Entry]) -> None:
    given = make("~line-3", duration=60, allocations=(Allocation(DIR, 15), Allocation(CON, 30)))
    untimed, gone = make("~line-3", day=1), make("~line-3", day=2, duration=30)
    with door.transaction() as tx:
        area_verbs.name_area(tx, "line-3", NOW)
        for entry in (given, untimed, gone):
            write_entry(tx, entry)
        delete_entries(tx, [gone.id], NOW)
        found = areas.area_minutes(tx, START, END)
        assert areas.area_minutes(tx, START, DAY) == []
    assert [(a.entry_id, a.leading, a.managing, a.logged) for a in found] == [
        (given.id, 15, 30, 60),
        (untimed.id, 0, 0, 0),
    ]


def test_a_task_from_noticing_to_done(door: Database, make: Callable[..., Entry]) -> None:
    entry = make("weekly report", duration=30, allocations=(Allocation(CON, 30),))
    with door.transaction() as tx:
        write_entry(tx, entry)
        _, task = task_verbs.notice_task(tx, " Weekly  report ", NOW, entry_id=entry.id)
        assert delegations.delegations_of(tx, entry.id) == [task.id]
        for days, stage in enumerate((Stage.OFFERED, Stage.HANDED_OVER, Stage.DONE)):
            _, step = task_verbs.move_task(
                tx, task.id, stage, DAY + timedelta(days), "", NOW + timedelta(days)
            )
        (known,) = delegations.delegations(tx)
        assert (known.task, known.stage) == ("Weekly report", Stage.DONE)
        task_verbs.take_back_step(tx, step.id, NOW)
        assert delegations.delegations(tx)[0].stage is Stage.HANDED_OVER
        task_verbs.drop_task(tx, task.id, NOW)
        assert delegations.delegations(tx) == []
        task_verbs.change_task(tx, replace(known, minutes_a_week=45), NOW)
        assert delegations.delegations(tx)[0].minutes_a_week == 45


def test_a_task_is_kept_only_with_a_reason(door: Database) -> None:
    with door.transaction() as tx:
        _, task = task_verbs.notice_task(tx, "Audit", NOW)
        with pytest.raises(UnreadableInput):
            task_verbs.move_task(tx, task.id, Stage.KEPT, DAY, "  ", NOW)
        task_verbs.move_task(tx, task.id, Stage.KEPT, DAY, "only I may sign", NOW)
        assert delegations.delegations(tx)[0].steps[-1].note == "only I may sign"


@pytest.mark.parametrize("words", ["", "  ", "x" * 201])
def test_a_task_has_words(door: Database, words: str) -> None:
    with door.transaction() as tx, pytest.raises(UnreadableInput):
        task_verbs.notice_task(tx, words, NOW)


def test_what_could_be_delegated(door: Database, make: Callable[..., Entry]) -> None:
    should = make(
        "report", duration=60, allocations=(Allocation(CON, 40),), delegable=Delegable.SHOULD
    )
    never = make("talk", day=1, delegable=Delegable.NO)
    linked = make("report again", day=2, duration=20, allocations=(Allocation(CON, 20),))
    with door.transaction() as tx:
        for entry in (should, never, linked):
            write_entry(tx, entry)
        _, task = task_verbs.notice_task(tx, "Report", NOW, entry_id=linked.id)
        found = delegations.delegable_entries(tx, START, END)
    assert [(d.entry_id, d.minutes, d.is_flagged, d.delegation_id) for d in found] == [
        (should.id, 40, True, None),
        (linked.id, 20, False, task.id),
    ]


def test_who_was_invested_in(door: Database, make: Callable[..., Entry]) -> None:
    coached = make("1:1", day=3, people=("Dana",), develops_leader=True)
    thanked = make("thanks", day=5, people=("Dana", "Sam"), allocations=(Allocation(MOT, 0),))
    with door.transaction() as tx:
        for entry in (coached, thanked, make("status", day=6, people=("Alex", "Sam"))):
            write_entry(tx, entry)
        for use in names.uses(tx, NameKind.PERSON):
            relation = {"Dana": "peer", "Sam": "Direct-Report", "Alex": "direct report"}[use.name]
            note_person(
                tx, use.id, alias="A1" if use.name == "Alex" else "", relation=relation, now=NOW
            )
        found = invested_in(tx, START, END)
    assert [(i.shown_name, i.developed_on, i.motivated_on) for i in found] == [
        ("A1", None, None),
        ("Sam", None, DAY + timedelta(5)),
        ("Dana", DAY + timedelta(3), DAY + timedelta(5)),
    ]


def test_a_promise_and_what_became_of_it(door: Database) -> None:
    with door.transaction() as tx:
        _, one = commitment_verbs.make_commitment(tx, "Ask Dana", NOW, due_on=DAY)
        _, other = commitment_verbs.make_commitment(tx, "Send it", NOW, owner=Owner.OTHER)
        assert commitments.open_commitments(tx) == [one, other]
        _, kept = commitment_verbs.settle(tx, one, CommitmentState.KEPT, DAY, "", NOW)
        assert kept.state is CommitmentState.KEPT
        _, late = commitment_verbs.settle(
            tx, one, CommitmentState.KEPT, DAY + timedelta(1), "she was away", NOW
        )
        assert (late.state, late.note) == (CommitmentState.LATE, "she was away")
        commitment_verbs.change_commitment(tx, one, NOW)
        assert commitments.open_commitments(tx) == [one, other]
        _, new = commitment_verbs.renegotiate(tx, one, DAY + timedelta(7), "moved", NOW)
        assert [c.id for c in commitments.open_commitments(tx)] == [new.id, other.id]
        states = {c.id: c.state for c in commitments.commitments(tx)}
        assert states[one.id] is CommitmentState.RENEGOTIATED
        commitment_verbs.drop_commitment(tx, other.id, NOW)
        assert [c.id for c in commitments.open_commitments(tx)] == [new.id]


def test_a_review_is_kept_with_its_answers(door: Database) -> None:
    week = Period(date(2026, 3, 2), date(2026, 3, 9))
    answers = (Answer("a1", "WK-1", "What mattered?", "The line"), Answer("a2", "WK-2", "Who?"))
    one = Review("r", ReviewSpan.WEEK, week, NOW, answers, intention="Two hours on the floor")
    with door.transaction() as tx:
        stamp = tick(tx, NOW)
        reviews.keep_review(tx, one, stamp)
        reviews.keep_answers(tx, one, stamp)
        assert reviews.reviews(tx) == [one]
        assert reviews.review_of(tx, ReviewSpan.WEEK, week) == one
        assert reviews.review_of(tx, ReviewSpan.MONTH, week) is None
        assert reviews.prompts_asked(tx, DAY) == {"WK-1": DAY, "WK-2": DAY}
        assert reviews.prompts_asked(tx, DAY + timedelta(1)) == {}
        finished = replace(one, finished_at=NOW, statistics={"leading": 189})
        reviews.keep_review(tx, finished, tick(tx, NOW))
        assert reviews.reviews(tx) == [finished]
        reviews.drop_review(tx, finished, tick(tx, NOW))
        assert reviews.reviews(tx) == []


def test_what_newer_programs_say_of_a_row_stays(door: Database) -> None:
    with door.transaction() as tx:
        _, one = commitment_verbs.make_commitment(tx, "Ask Dana", NOW)
        tx.exec_driver_sql("UPDATE commitment SET extra = '{\"mood\": 3}'")
        commitment_verbs.settle(tx, one, CommitmentState.KEPT, DAY, "", NOW)
        assert tx.exec_driver_sql("SELECT extra FROM commitment").scalar() == '{"mood": 3}'


def test_an_entry_keeps_its_areas_when_it_is_written_again(
    door: Database, make: Callable[..., Entry]
) -> None:
    entry = make("report")
    with door.transaction() as tx:
        area_verbs.name_area(tx, "budget", NOW)
        write_entry(tx, entry)
        area_verbs.set_areas(tx, entry.id, ["budget"], NOW)
        revise_entry(tx, replace(entry, body="report, again"))
        assert areas.areas_of(tx, [entry.id])[entry.id] == ("budget",)
