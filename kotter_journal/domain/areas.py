"""Areas: a process or a responsibility, and how it stands over time.

Whether an area is in control says whether it asks for managing or for changing; how much changes
around it and how complicated it is say how much of both it asks for (J. P. Kotter, A Force for
Change, 1990, ch. 1).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Control(StrEnum):
    """How an area behaves."""

    IN_CONTROL = "in_control"
    DRIFTING = "drifting"
    OUT_OF_CONTROL = "out_of_control"

    @property
    def label(self) -> str:
        """In words: "out of control"."""
        return self.value.replace("_", " ")


class Amount(StrEnum):
    """A 1-5 answer in three words: 1-2 low, 3 middle, 4-5 high."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class AreaState:
    """How an area stands from ``valid_from`` on, until the next state.

    ``change``: how much is changing around this work, 1..5. ``complexity``: how complicated it is
    to keep running, 1..5. None where nobody answered.
    """

    id: str
    valid_from: date
    control: Control | None = None
    change: int | None = None
    complexity: int | None = None

    def says_the_same(self, other: "AreaState") -> bool:
        """Whether both say the same of the area, on whatever day."""
        mine = self.control, self.change, self.complexity
        return mine == (other.control, other.change, other.complexity)


@dataclass(frozen=True, slots=True)
class Area:
    """``states`` come oldest first; one that repeats the one before says "looked at, still so".

    From ``retired_on`` on nobody minds it any more.
    """

    id: str
    name: str
    states: tuple[AreaState, ...] = ()
    retired_on: date | None = None

    @property
    def looked_at_on(self) -> date | None:
        """When somebody last said how it stands."""
        return self.states[-1].valid_from if self.states else None


def state_on(area: Area, day: date) -> AreaState | None:
    """How the area stood on a date; None before anybody said so."""
    held = [one for one in area.states if one.valid_from <= day]
    return held[-1] if held else None


def held_since(states: Sequence[AreaState], day: date) -> date | None:
    """Since when the control state that holds on ``day`` has held without a break."""
    held = [one for one in states if one.valid_from <= day]
    since = None
    for one in reversed(held):
        if one.control != held[-1].control:
            break
        since = one.valid_from
    return since


@dataclass(frozen=True, slots=True)
class AreaMinutes:
    """What an entry of an area holds, in minutes: both sides, and its whole duration (or 0)."""

    area_id: str
    entry_id: str
    on: date
    leading: int
    managing: int
    logged: int


@dataclass(frozen=True, slots=True)
class Attention:
    """The minutes that went into an area while it stood in one state, and their entries."""

    control: Control | None
    leading: int
    managing: int
    logged: int
    entry_ids: tuple[str, ...]


def attention(area: Area, minutes: Iterable[AreaMinutes]) -> list[Attention]:
    """The minutes of an area by the state that held on each entry's day, unknown states last.

    Only states in which something was logged.
    """
    by_state: dict[Control | None, list[AreaMinutes]] = {}
    for one in minutes:
        if one.area_id == area.id:
            state = state_on(area, one.on)
            by_state.setdefault(state.control if state else None, []).append(one)
    return [
        Attention(
            control,
            sum(one.leading for one in by_state[control]),
            sum(one.managing for one in by_state[control]),
            sum(one.logged for one in by_state[control]),
            tuple(one.entry_id for one in by_state[control]),
        )
        for control in (*Control, None)
        if control in by_state
    ]


def amount_of(answer: int | None) -> Amount | None:
    """A 1..5 answer in words; None for none."""
    if answer is None:
        return None
    return Amount.LOW if answer <= 2 else Amount.MIDDLE if answer == 3 else Amount.HIGH


def expectation(change: int | None, complexity: int | None) -> str:
    """What Kotter would expect of work with so much change and complexity, in a sentence.

    Amounts of both sides, never a ratio (A Force for Change, 1990, ch. 1). Empty without answers.
    """
    much, complicated = amount_of(change), amount_of(complexity)
    if much is None or complicated is None:
        return ""
    head = f"{_CHANGE[much]}, {_COMPLEXITY[complicated]}: Kotter would expect"
    if Amount.MIDDLE in (much, complicated):
        return f"{head} {_SOME[much]} leading and {_SOME[complicated]} managing."
    return f"{head} {_EXPECTED[(much, complicated)]}."


_CHANGE = {
    Amount.LOW: "Little change",
    Amount.MIDDLE: "Some change",
    Amount.HIGH: "Much change",
}
_COMPLEXITY = {
    Amount.LOW: "low complexity",
    Amount.MIDDLE: "some complexity",
    Amount.HIGH: "high complexity",
}
_SOME = {Amount.LOW: "little", Amount.MIDDLE: "some", Amount.HIGH: "considerable"}
_EXPECTED = {
    (Amount.LOW, Amount.LOW): "little of either",
    (Amount.LOW, Amount.HIGH): "considerable managing and little leading",
    (Amount.HIGH, Amount.LOW): "considerable leading and little managing",
    (Amount.HIGH, Amount.HIGH): "a lot of both",
}
