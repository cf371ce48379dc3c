"""Direction: the statement a leader works toward, in revisions that are never rewritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kotter_journal.domain.errors import UnreadableInput

MAX_STATEMENT = 2_000
"""Characters of a statement or a reason: it is said in five minutes."""


class Origin(StrEnum):
    """Where a revision came from."""

    SELF = "self"
    MANAGER = "manager"
    TEAM = "team"
    INDIVIDUAL = "individual"
    PEER = "peer"
    CUSTOMER = "customer"
    GROUNDSWELL = "groundswell"

    @property
    def label(self) -> str:
        """In words: "from a customer"."""
        return _LABELS[self]


_LABELS = {
    Origin.SELF: "from me",
    Origin.MANAGER: "from my manager",
    Origin.TEAM: "from the team",
    Origin.INDIVIDUAL: "from one person",
    Origin.PEER: "from a peer",
    Origin.CUSTOMER: "from a customer",
    Origin.GROUNDSWELL: "from many at once",
}


@dataclass(frozen=True, slots=True)
class Revision:
    """What the statement said from ``effective_on`` on, why, and where that came from."""

    id: str
    direction_id: str
    text: str
    why: str
    origin: Origin
    effective_on: date
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Direction:
    """A statement with its revisions, oldest first; at least one.

    ``confirmed_on``: the day on which somebody said last that it is still true. From
    ``retired_on`` on it no longer holds.
    """

    id: str
    name: str
    revisions: tuple[Revision, ...]
    confirmed_on: date | None = None
    retired_on: date | None = None

    @property
    def newest(self) -> Revision:
        """The last revision, which may hold only from a later day on."""
        return self.revisions[-1]

    @property
    def touched_on(self) -> date:
        """When it was last revised or confirmed."""
        newest = self.newest.effective_on
        return max(newest, self.confirmed_on) if self.confirmed_on else newest

    def holds_on(self, day: date) -> bool:
        """Whether it was in force on a date."""
        begun = any(one.effective_on <= day for one in self.revisions)
        return begun and (self.retired_on is None or day < self.retired_on)


def revision_on(direction: Direction, day: date) -> Revision | None:
    """What the statement said on a date; None before it began and from its retirement on.

    Of revisions that begin on one date the one written last counts.
    """
    if not direction.holds_on(day):
        return None
    return [one for one in direction.revisions if one.effective_on <= day][-1]


def in_force(directions: Iterable[Direction], day: date) -> list[Revision]:
    """The revisions that hold on a date, one of each direction, in the order of the directions."""
    found = (revision_on(one, day) for one in directions)
    return [one for one in found if one is not None]


def checked_statement(text: str) -> str:
    """A statement without the space around it. Raises UnreadableInput for none, or a book."""
    text = text.strip()
    if not text:
        raise UnreadableInput("The statement", "it is empty; write one sentence: where to, and why")
    return _not_too_long("The statement", text)


def checked_why(text: str) -> str:
    """The reason without the space around it; it may be empty. Raises UnreadableInput."""
    return _not_too_long("The reason", text.strip())


def _not_too_long(what: str, text: str) -> str:
    if len(text) > MAX_STATEMENT:
        reason = f"it has {len(text):,} characters, and {MAX_STATEMENT:,} fit; say it more briefly"
        raise UnreadableInput(what, reason)
    return text


FIVE_MINUTE_CHECK = (
    ("Imaginable", "What would somebody see, who came back in three years and found it true?"),
    ("Desirable", "Who gains from it, and would they say so themselves?"),
    ("Feasible", "What makes it reachable, and what would have to happen first?"),
    ("Focused", "Which choice does it make easier, and what does it say no to?"),
    ("Flexible", "What could change around you and still leave it standing?"),
    ("Communicable", "Said within five minutes: what would the listener say back?"),
)
"""Six marks of a vision that works (J. P. Kotter, Leading Change, 1996); the questions are ours."""


def check_text(statement: str) -> str:
    """The five-minute check of a statement as Markdown, with room for an answer to each mark."""
    quoted = "\n".join(f"> {line}" for line in statement.splitlines())
    asked = "\n\n".join(f"## {mark}\n\n*{question}*" for mark, question in FIVE_MINUTE_CHECK)
    return f"{quoted}\n\n{asked}\n"
