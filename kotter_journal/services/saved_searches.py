"""Saving a search under a name, and letting it go."""

import secrets
from datetime import datetime

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import fold, uuid7
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.storage import saved_searches
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.saved_searches import SavedSearch
from kotter_journal.storage.stamps import tick

_LONGEST = 80


def save_search(tx: Transaction, name: str, query: str, now: datetime) -> Changes:
    """Keep a search under a name, in the place of one that has it. Raises UnreadableInput."""
    name = " ".join(name.split())
    if not 0 < len(name) <= _LONGEST:
        raise UnreadableInput("The name", f"it takes 1 to {_LONGEST} characters")
    if not query.strip():
        raise UnreadableInput("The search", "it is empty; type what it should find")
    known = {fold(one.name): one.id for one in saved_searches.saved_searches(tx)}
    one = known.get(fold(name)) or uuid7(now, secrets.randbits(74))
    saved_searches.keep(tx, SavedSearch(one, name, query.strip()), tick(tx, now))
    return Changes()


def drop_search(tx: Transaction, search_id: str, now: datetime) -> Changes:
    """Let a saved search go."""
    saved_searches.drop(tx, search_id, tick(tx, now))
    return Changes()


def bring_back_search(tx: Transaction, search: SavedSearch, now: datetime) -> Changes:
    """Undo a dropping."""
    saved_searches.keep(tx, search, tick(tx, now))
    return Changes()
