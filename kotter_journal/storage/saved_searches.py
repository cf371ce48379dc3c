"""Saved searches: questions with a name, written as in the search field."""

from dataclasses import dataclass

import sqlalchemy as sa

from kotter_journal.domain.entries import fold
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.tables import saved_search
from kotter_journal.storage.vocabulary import upsert


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under a name."""

    id: str
    name: str
    query: str


def saved_searches(tx: Transaction) -> list[SavedSearch]:
    """All of them, by name."""
    columns = saved_search.c.id, saved_search.c.name, saved_search.c.query
    rows = tx.execute(sa.select(*columns).where(saved_search.c.deleted_at.is_(None)))
    return sorted((SavedSearch(*row) for row in rows), key=lambda one: (fold(one.name), one.id))


def keep(tx: Transaction, search: SavedSearch, stamp: str) -> None:
    """Keep a search, new or in the place of the one with its id."""
    row = {"id": search.id, "name": search.name, "query": search.query, "extra": "{}"}
    upsert(tx, saved_search, [row | {"updated_at": stamp, "deleted_at": None}])


def drop(tx: Transaction, search_id: str, stamp: str) -> None:
    """The journal no longer has it; keeping it again brings it back."""
    tx.execute(
        sa.update(saved_search)
        .where(saved_search.c.id == search_id)
        .values(deleted_at=stamp, updated_at=stamp)
    )
