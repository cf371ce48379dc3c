"""Stating and revising the direction, and what entries refer to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from kotter_journal.domain.direction import Direction, Origin
from kotter_journal.domain.entries import DirectionTouches, Entry, revised
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.services import directions as verbs
from kotter_journal.services.entries import revise_entry, write_entry
from kotter_journal.storage import directions, entries
from kotter_journal.storage.database import Database, Transaction
from kotter_journal.storage.practice_tables import direction_revision

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 10)
STATED = DirectionTouches(stated=True)


def two_revisions(tx: Transaction) -> Direction:
    """A direction that was stated on the 2nd and revised on the 10th."""
    _, one = verbs.state_direction(tx, "Calm lines", "They tire", Origin.TEAM, FIRST, NOW)
    verbs.revise_direction(
        tx, one.id, "Calm lines, all shifts", "", Origin.CUSTOMER, SECOND, NOW + timedelta(1)
    )
    (known,) = directions.directions(tx)
    return known


def test_revisions_are_added_and_the_old_ones_stay(door: Database) -> None:
    with door.transaction() as tx:
        known = two_revisions(tx)
    assert [(r.text, r.origin, r.effective_on) for r in known.revisions] == [
        ("Calm lines", Origin.TEAM, FIRST),
        ("Calm lines, all shifts", Origin.CUSTOMER, SECOND),
    ]


def test_the_journal_itself_holds_that_a_revision_is_never_rewritten(door: Database) -> None:
    with door.transaction() as tx:
        known = two_revisions(tx)
    for column in ("text", "why", "origin", "effective_on"):
        value = {"origin": "self", "effective_on": "2026-01-01"}.get(column, "something else")
        with pytest.raises(sa.exc.DBAPIError, match="M3"), door.transaction() as tx:
            tx.execute(sa.update(direction_revision).values({column: value}))
    with door.transaction() as tx:
        assert directions.directions(tx) == [known]


def test_a_revision_cannot_begin_before_the_one_it_follows(door: Database) -> None:
    with door.transaction() as tx:
        known = two_revisions(tx)
        with pytest.raises(UnreadableInput, match="2026-03-10"):
            verbs.revise_direction(tx, known.id, "Back", "", Origin.SELF, FIRST, NOW)
        assert directions.directions(tx) == [known]


def test_every_act_can_be_taken_back(door: Database) -> None:
    with door.transaction() as tx:
        known = two_revisions(tx)
        verbs.confirm_direction(tx, known.id, SECOND, NOW)
        assert directions.directions(tx)[0].confirmed_on == SECOND
        verbs.confirm_direction(tx, known.id, None, NOW)
        verbs.retire_direction(tx, known.id, SECOND, NOW)
        assert directions.directions(tx, retired=False) == []
        verbs.retire_direction(tx, known.id, None, NOW)
        assert directions.directions(tx) == [known]
        verbs.take_back_revision(tx, known.newest.id, NOW)
        assert directions.directions(tx)[0].newest == known.revisions[0]
        verbs.drop_direction(tx, known, NOW)
        assert directions.directions(tx) == []


@pytest.mark.parametrize(("day", "held"), [(-3, None), (0, 0), (5, 0), (6, 1), (30, 1)])
def test_an_entry_refers_to_what_was_said_on_its_day(
    door: Database, make: Callable[..., Entry], day: int, held: int | None
) -> None:
    entry = make("told the night shift", day=day, direction=STATED)
    with door.transaction() as tx:
        known = two_revisions(tx)
        write_entry(tx, entry)
        kept = entries.entry(tx, entry.id)
    assert kept.direction.revision == (None if held is None else known.revisions[held].id)


def test_an_entry_in_which_it_did_not_come_up_refers_to_nothing(
    door: Database, make: Callable[..., Entry]
) -> None:
    entry = make("budget")
    with door.transaction() as tx:
        two_revisions(tx)
        write_entry(tx, entry)
        assert entries.entry(tx, entry.id).direction.revision is None


def test_a_later_revision_changes_no_entry(door: Database, make: Callable[..., Entry]) -> None:
    entry = make("told the night shift", day=6, direction=STATED)
    with door.transaction() as tx:
        _, one = verbs.state_direction(tx, "Calm lines", "", Origin.SELF, FIRST, NOW)
        write_entry(tx, entry)
        verbs.revise_direction(tx, one.id, "Quick lines", "", Origin.SELF, SECOND, NOW)
        later = revised(entries.entry(tx, entry.id), NOW + timedelta(1), body="told them again")
        # As the editor has it, which never heard what the entry refers to.
        later = replace(later, direction=STATED)
        revise_entry(tx, later)
        assert entries.entry(tx, entry.id).direction.revision == one.newest.id


def test_an_entry_that_moves_refers_to_what_was_said_there(
    door: Database, make: Callable[..., Entry]
) -> None:
    entry = make("told the night shift", day=0, direction=STATED)
    with door.transaction() as tx:
        known = two_revisions(tx)
        write_entry(tx, entry)
        before = entries.entry(tx, entry.id)
        revise_entry(tx, revised(before, NOW + timedelta(1), on=date(2026, 3, 12)))
        after = entries.entry(tx, entry.id)
    assert before.direction.revision == known.revisions[0].id
    assert after.direction.revision == known.revisions[1].id


def test_touches_are_counted_where_they_happened(
    door: Database, make: Callable[..., Entry]
) -> None:
    challenged = make("why?", day=2, direction=DirectionTouches(challenged=True, heard_back=True))
    with door.transaction() as tx:
        for entry in (make("told", day=0, direction=STATED), make("budget", day=1), challenged):
            write_entry(tx, entry)
        found = directions.touches(tx, date(2026, 3, 4), date(2026, 3, 7))
        assert directions.touches(tx, date(2026, 3, 7), date(2026, 3, 9)) == []
    assert [(t.on.day, t.stated, t.heard_back, t.challenged) for t in found] == [
        (4, True, False, False),
        (6, False, True, True),
    ]
