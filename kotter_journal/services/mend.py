"""Mending what a journal can compute anew from its entries."""

from kotter_journal.domain.changes import Changes
from kotter_journal.storage import day_totals
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.search_index import index_anew


def mend_derived(tx: Transaction) -> Changes:
    """Make the search index and the totals of each day anew; no entry is touched."""
    index_anew(tx)
    day_totals.refresh_all(tx)
    return Changes(membership=True)
