"""Choice: one thing that the palette offers, and the names of its groups."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Group(Enum):
    """What a choice is; the order is that of the list."""

    RECENT = "recent"
    ACTIONS = "actions"
    DATES = "dates"
    ENTRIES = "entries"
    TAGS = "tags"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Choice:
    """``text`` names it, ``detail`` says more below, ``note`` stands at the end of the line.

    ``act`` does it; ``hits`` are half-open ranges in ``detail``, in code points.
    """

    group: Group
    text: str
    icon: str
    act: Callable[[], None]
    detail: str = ""
    note: str = ""
    hits: tuple[tuple[int, int], ...] = ()
