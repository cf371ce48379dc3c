"""Links: which entry a link leads to, and which entries lead to one."""

from datetime import timedelta

from kotter_journal.domain.entries import Entry, EntryId, EntrySummary, title_of
from kotter_journal.domain.links import EntryLink, links_in, means, nearest
from kotter_journal.domain.search import SearchQuery
from kotter_journal.storage import entries, search
from kotter_journal.storage.database import Transaction

_MOST = 500
"""Entries that name a heading and are looked at, newest first."""


def entry_meant(tx: Transaction, link: EntryLink) -> EntryId | None:
    """The entry that a link leads to; None where there is none."""
    if link.on is not None:
        found = entries.summaries_between(tx, link.on, link.on + timedelta(days=1))
    else:
        query = SearchQuery(phrases=(link.heading,))
        at = search.positions(tx, query, _MOST) if _is_asked(query) else []
        found = list(entries.summaries(tx, at).values())
    meant = nearest(link, found)
    return None if meant is None else meant.id


def linking_to(tx: Transaction, entry: Entry) -> list[EntrySummary]:
    """The entries that name this one in a link, newest first.

    Found by its heading in the search index, and then read; nothing else is kept of links.
    """
    heading = title_of(entry.title, entry.body)
    query = SearchQuery(phrases=(heading,))
    if not _is_asked(query):
        return []
    at = search.positions(tx, query, _MOST)
    linking = {
        one.id
        for one in entries.entries_at(tx, at)
        if one.id != entry.id and any(means(link, entry.on, heading) for link in links_in(one.body))
    }
    summaries = entries.summaries(tx, at)
    return [summaries[p] for p in at if p in summaries and summaries[p].id in linking]


def _is_asked(query: SearchQuery) -> bool:
    return query.has_words or bool(query.runs)
