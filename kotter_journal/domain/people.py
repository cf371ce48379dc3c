"""People: who somebody is to the writer, and when anything went into their growth."""

from dataclasses import dataclass
from datetime import date

RELATIONS = ("direct report", "skip level", "manager", "peer", "customer", "coach")
"""Common relations; others can be typed."""


def is_direct_report(relation: str) -> bool:
    """Whether a relation, in any case and with or without a hyphen, says "direct report"."""
    return relation.casefold().replace("-", " ").split() == ["direct", "report"]


@dataclass(frozen=True, slots=True)
class Investment:
    """A person, and what of a period went into their growth; never a rank.

    ``developed_on``: the last entry that develops a leader; ``motivated_on``: the last one with
    minutes or a tag of motivating and inspiring. None where none is logged.
    """

    person_id: str
    name: str
    alias: str
    relation: str
    developed_on: date | None
    motivated_on: date | None
    entry_ids: tuple[str, ...]

    @property
    def last_on(self) -> date | None:
        """The later of the two."""
        days = [day for day in (self.developed_on, self.motivated_on) if day is not None]
        return max(days) if days else None

    @property
    def shown_name(self) -> str:
        """The alias where there is one."""
        return self.alias or self.name
