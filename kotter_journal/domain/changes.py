"""Changes: the names of what a write changed, never the new contents."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kotter_journal.domain.entries import EntryId


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write touched.

    ``membership`` says that entries came, went or moved in time, so that lists must ask for
    their rows again; without it only the contents of ``entries`` changed.
    """

    entries: frozenset[EntryId] = field(default_factory=frozenset)
    days: frozenset[date] = field(default_factory=frozenset)
    membership: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.entries | other.entries,
            self.days | other.days,
            self.membership or other.membership,
        )

    @staticmethod
    def of(entries: Iterable[EntryId], days: Iterable[date], *, membership: bool) -> "Changes":
        """Changes from any iterables of entry ids and local dates."""
        return Changes(frozenset(entries), frozenset(days), membership)
