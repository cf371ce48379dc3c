"""Commitments: what somebody promised, until when, and what became of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Owner(StrEnum):
    """Whose promise it is."""

    ME = "me"
    OTHER = "other"


class CommitmentState(StrEnum):
    """What became of it; RENEGOTIATED means that another one took its place."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    DROPPED = "dropped"
    RENEGOTIATED = "renegotiated"


@dataclass(frozen=True, slots=True)
class Commitment:
    """``due_on`` and ``settled_on`` are local dates; ``note`` is a line on what became of it.

    ``entry_id`` is the entry whose checkbox it comes from, ``review_id`` the review.
    """

    id: str
    text: str
    created_at: datetime
    owner: Owner = Owner.ME
    person_id: str | None = None
    person: str = ""
    due_on: date | None = None
    state: CommitmentState = CommitmentState.OPEN
    settled_on: date | None = None
    note: str = ""
    entry_id: str | None = None
    review_id: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is CommitmentState.OPEN

    def days_overdue(self, today: date) -> int:
        """Days since it was due; 0 where it is not overdue, settled or without a date."""
        if not self.is_open or self.due_on is None:
            return 0
        return max(0, (today - self.due_on).days)


@dataclass(frozen=True, slots=True)
class Checkbox:
    """A box of a checklist: its words, whether it is ticked, and its line (0..)."""

    text: str
    ticked: bool
    line: int


@dataclass(frozen=True, slots=True)
class EntryBox:
    """A box in the text of an entry of the journal; ``on`` is the entry's local date."""

    entry_id: str
    on: date
    heading: str
    text: str
    ticked: bool


_BOX = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+\[([ xX])\]\s+(.*\S)\s*$")
_FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})")


def checkboxes_in(text: str) -> list[Checkbox]:
    """The boxes of a Markdown text (GitHub Flavored Markdown, 5.3), those in code left out."""
    found, fence = [], ""
    for number, line in enumerate(text.split("\n")):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
            continue
        if mark:
            fence = mark[1]
            continue
        if box := _BOX.match(line):
            found.append(Checkbox(box[2], box[1] != " ", number))
    return found


def ticked(text: str, line: int, *, done: bool) -> str:
    """``text`` with the box of that line ticked or cleared; unchanged where there is none."""
    lines = text.split("\n")
    if 0 <= line < len(lines) and _BOX.match(lines[line]):
        mark = "x" if done else " "
        lines[line] = re.sub(r"\[[ xX]\]", f"[{mark}]", lines[line], count=1)
    return "\n".join(lines)


def not_yet_promised(
    boxes: Iterable[EntryBox], commitments: Iterable[Commitment]
) -> list[EntryBox]:
    """The empty boxes from which no commitment was made."""
    known = {(one.entry_id, one.text) for one in commitments}
    return [b for b in boxes if not b.ticked and (b.entry_id, b.text) not in known]


def ticked_meanwhile(one: Commitment, boxes: Iterable[EntryBox]) -> bool:
    """Whether the box from which a commitment was made is ticked by now."""
    return any(b.ticked and (b.entry_id, b.text) == (one.entry_id, one.text) for b in boxes)
