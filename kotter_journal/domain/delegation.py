"""Delegation: a task that somebody else could take over, from noticing it to letting it go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Stage(StrEnum):
    """How far a task is; KEPT has a reason and ends it as DONE does."""

    NOTICED = "noticed"
    DIRECTION_CHECK = "direction_check"
    OFFERED = "offered"
    HANDED_OVER = "handed_over"
    SUPPORTED = "supported"
    DONE = "done"
    KEPT = "kept"

    @property
    def label(self) -> str:
        """In words, as a heading."""
        return _LABELS[self]

    @property
    def is_over(self) -> bool:
        """Whether nothing follows."""
        return self in (Stage.DONE, Stage.KEPT)

    @property
    def is_handed_over(self) -> bool:
        """Whether somebody else has the task."""
        return self in (Stage.HANDED_OVER, Stage.SUPPORTED, Stage.DONE)


_LABELS = {
    Stage.NOTICED: "Noticed",
    Stage.DIRECTION_CHECK: "Do they know the aim?",
    Stage.OFFERED: "Offered",
    Stage.HANDED_OVER: "Handed over",
    Stage.SUPPORTED: "Supported",
    Stage.DONE: "Done",
    Stage.KEPT: "Kept",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A task reached a stage on a date; ``note`` says why, above all where it was kept."""

    id: str
    stage: Stage
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Delegation:
    """``steps`` come oldest first, at least one; ``person`` is who could take the task.

    ``minutes_a_week`` is an estimate, 0 or more. ``entry_id`` is where it was noticed.
    """

    id: str
    task: str
    steps: tuple[Step, ...]
    created_at: datetime
    person_id: str | None = None
    person: str = ""
    minutes_a_week: int | None = None
    entry_id: str | None = None

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.steps[-1].stage

    @property
    def since(self) -> date:
        """Since when it stands there."""
        return self.steps[-1].on

    @property
    def handed_over_on(self) -> date | None:
        """When it was first given away; None where it was not, or came back for good."""
        if not self.stage.is_handed_over:
            return None
        return next(one.on for one in self.steps if one.stage.is_handed_over)


@dataclass(frozen=True, slots=True)
class DelegableEntry:
    """An entry that somebody else could have done, or that belongs to a task.

    ``minutes`` are those given to activities. ``is_flagged``: marked as delegable, could or should.
    """

    entry_id: str
    on: date
    heading: str
    minutes: int
    is_flagged: bool
    delegation_id: str | None


def came_back(task: Delegation, entries: Iterable[DelegableEntry]) -> list[DelegableEntry]:
    """The entries of a task after the day on which it was handed over; none where it was not."""
    since = task.handed_over_on
    if since is None:
        return []
    return [one for one in entries if one.delegation_id == task.id and one.on > since]


def next_stage(stage: Stage, step: int) -> Stage:
    """The stage so many steps on (or back, below 0), from NOTICED to DONE at most."""
    line = [one for one in Stage if one is not Stage.KEPT]
    rank = line.index(stage) if stage in line else 0
    return line[max(0, min(len(line) - 1, rank + step))]


def by_stage(delegations: Iterable[Delegation]) -> dict[Stage, list[Delegation]]:
    """The tasks of each stage, the longest waiting first."""
    found: dict[Stage, list[Delegation]] = {stage: [] for stage in Stage}
    for one in delegations:
        found[one.stage].append(one)
    for tasks in found.values():
        tasks.sort(key=lambda one: (one.since, one.created_at))
    return found
