"""Finds: what the journal holds for the letters typed into the palette."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kotter_journal.domain.entries import EntrySummary
from kotter_journal.domain.fuzzy import likeness
from kotter_journal.domain.search import parse_query
from kotter_journal.storage import entries, search, vocabulary
from kotter_journal.storage.database import Transaction

ENTRIES, NAMES = 6, 4
"""How many of each are offered."""


@dataclass(frozen=True, slots=True)
class Finds:
    """Entries newest first with the words around their hits, how many there are, and names."""

    entries: tuple[EntrySummary, ...] = ()
    snippets: tuple[tuple[str, tuple[tuple[int, int], ...]] | None, ...] = ()
    count: int = 0
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


def look_up(tx: Transaction, typed: str, today: date) -> Finds:
    """The entries that a search for ``typed`` finds, and the tags and people named like it."""
    query = parse_query(typed, today, open_ended=True)
    if query.is_empty:
        return Finds()
    found = search.positions(tx, query, ENTRIES)
    words = search.snippets(tx, query, found)
    summaries = entries.summaries(tx, found)
    shown = [position for position in found if position in summaries]
    return Finds(
        entries=tuple(summaries[position] for position in shown),
        snippets=tuple(words.get(position) for position in shown),
        count=len(found) if len(found) < ENTRIES else search.count(tx, query),
        tags=_alike(typed.removeprefix("#"), vocabulary.known_tags(tx)),
        people=_alike(typed.removeprefix("@"), vocabulary.known_people(tx)),
    )


def _alike(typed: str, names: Sequence[str]) -> tuple[str, ...]:
    rated = [(likeness(typed, name), name) for name in names]
    fitting = [(score, name) for score, name in rated if score is not None]
    fitting.sort(key=lambda one: (-one[0], one[1]))
    return tuple(name for _, name in fitting[:NAMES])
