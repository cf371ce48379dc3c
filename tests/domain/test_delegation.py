"""Delegation: the stages of a task, and what came back."""

from datetime import UTC, date, datetime

import pytest

from kotter_journal.domain.delegation import (
    DelegableEntry,
    Delegation,
    Stage,
    Step,
    by_stage,
    came_back,
    next_stage,
)

AT = datetime(2026, 3, 1, tzinfo=UTC)


def task(*stages: tuple[Stage, int], name: str = "t") -> Delegation:
    """A task that reached stages on days of March."""
    steps = tuple(Step(str(n), stage, date(2026, 3, day)) for n, (stage, day) in enumerate(stages))
    return Delegation(name, name, steps, AT)


@pytest.mark.parametrize(
    ("stage", "step", "reached"),
    [
        (Stage.NOTICED, 1, Stage.DIRECTION_CHECK),
        (Stage.NOTICED, -1, Stage.NOTICED),
        (Stage.DIRECTION_CHECK, 1, Stage.OFFERED),
        (Stage.OFFERED, 1, Stage.HANDED_OVER),
        (Stage.HANDED_OVER, 1, Stage.SUPPORTED),
        (Stage.SUPPORTED, 1, Stage.DONE),
        (Stage.DONE, 1, Stage.DONE),
        (Stage.DONE, -1, Stage.SUPPORTED),
        (Stage.KEPT, 1, Stage.DIRECTION_CHECK),
    ],
)
def test_one_stage_follows_the_other(stage: Stage, step: int, reached: Stage) -> None:
    assert next_stage(stage, step) is reached


def test_what_came_back_is_what_followed_the_handing_over() -> None:
    given = task((Stage.NOTICED, 1), (Stage.HANDED_OVER, 10), (Stage.SUPPORTED, 12))
    entries = [
        DelegableEntry(name, date(2026, 3, day), "", 30, is_flagged=False, delegation_id=of)
        for name, day, of in (
            ("before", 9, "t"),
            ("that day", 10, "t"),
            ("after", 11, "t"),
            ("other", 11, "u"),
        )
    ]
    assert [one.entry_id for one in came_back(given, entries)] == ["after"]
    assert given.handed_over_on == date(2026, 3, 10)


def test_nothing_comes_back_that_was_not_given_away() -> None:
    entry = DelegableEntry("e", date(2026, 3, 20), "", 30, is_flagged=True, delegation_id="t")
    taken_back = task((Stage.HANDED_OVER, 10), (Stage.KEPT, 12))
    assert came_back(task((Stage.OFFERED, 1)), [entry]) == []
    assert came_back(taken_back, [entry]) == []


def test_the_longest_waiting_comes_first() -> None:
    tasks = [
        task((Stage.NOTICED, 9), name="later"),
        task((Stage.NOTICED, 2), name="long"),
        task((Stage.NOTICED, 1), (Stage.DONE, 3), name="over"),
    ]
    found = by_stage(tasks)
    assert [one.id for one in found[Stage.NOTICED]] == ["long", "later"]
    assert [one.id for one in found[Stage.DONE]] == ["over"]
