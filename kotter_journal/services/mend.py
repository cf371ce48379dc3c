"""Mending what a journal can compute anew from its entries."""

from kotter_journal.domain.changes import Changes
from kotter_journal.storage import day_totals
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.journal import Journal, disk_errors
from kotter_journal.storage.key_header import heal_header
from kotter_journal.storage.search_index import index_anew


def mend_derived(tx: Transaction) -> Changes:
    """Make the search index and the totals of each day anew; no entry is touched."""
    index_anew(tx)
    day_totals.refresh_all(tx)
    return Changes(membership=True)


def mend_key_files(journal: Journal) -> None:
    """Write both copies of an open journal's key file as they should be. Raises StorageFailed."""
    with disk_errors(journal.folder):
        heal_header(journal.folder, journal.vault.header)
