"""Purged: entries erased for good, with their history, so that only their ids remain."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import sqlalchemy as sa

from kotter_journal.domain.entries import EntryId
from kotter_journal.storage.database import Transaction, wipe_after
from kotter_journal.storage.search_index import index_anew
from kotter_journal.storage.tables import (
    allocation,
    entry,
    entry_person,
    entry_tag,
    entry_version,
    person,
    purged,
    tag,
)
from kotter_journal.storage.vocabulary import upsert

_SLICE = 500
_OF_ENTRY = (allocation, entry_tag, entry_person, entry_version)
_VOCABULARIES = ((tag, entry_tag, "tag_id"), (person, entry_person, "person_id"))


def purge(tx: Transaction, ids: Sequence[str], stamp: str) -> set[date]:
    """Erase entries, in the trash or not, and what hangs on them; the dates that held them.

    Tags and people that nobody uses any more go as well. Unknown ids are only noted, so that a
    later import does not bring them back. After the commit neither file nor log hold a word.
    """
    days: set[date] = set()
    used: dict[str, set[str]] = {vocabulary.name: set() for vocabulary, _, _ in _VOCABULARIES}
    for some in _slices(ids):
        days |= {
            date.fromisoformat(day)
            for day in tx.execute(
                sa.select(entry.c.local_date).where(entry.c.id.in_(some)).distinct()
            ).scalars()
        }
        for vocabulary, links, other in _VOCABULARIES:
            asked = sa.select(links.c[other]).where(links.c.entry_id.in_(some))
            used[vocabulary.name] |= set(tx.execute(asked).scalars())
        for table in _OF_ENTRY:
            tx.execute(sa.delete(table).where(table.c.entry_id.in_(some)))
        tx.execute(sa.delete(entry).where(entry.c.id.in_(some)))
        upsert(tx, purged, [{"id": one, "updated_at": stamp} for one in some])
    for vocabulary, links, other in _VOCABULARIES:
        for some in _slices(sorted(used[vocabulary.name])):
            _forget_unused(tx, vocabulary, links, other, some)
    # Deleted words stay in the index, marked as deleted.
    index_anew(tx)
    wipe_after(tx)
    return days


def purged_ids(tx: Transaction) -> frozenset[EntryId]:
    """The ids of everything that was ever erased for good."""
    return frozenset(EntryId(one) for one in tx.execute(sa.select(purged.c.id)).scalars())


def trash_ids(tx: Transaction) -> list[EntryId]:
    """The ids of all that lies in the trash."""
    asked = sa.select(entry.c.id).where(entry.c.deleted_at.is_not(None))
    return [EntryId(one) for one in tx.execute(asked).scalars()]


def _forget_unused(
    tx: Transaction, vocabulary: sa.Table, links: sa.Table, other: str, ids: Sequence[str]
) -> None:
    """Names stay that an entry still carries, and those about which somebody noted more."""
    linked = links.c[other]
    alive = tx.execute(
        sa.select(linked).where(linked.in_(ids), links.c.deleted_at.is_(None)).distinct()
    ).scalars()
    unused = set(ids) - set(alive)
    noted = vocabulary.c.extra != "{}"
    if "alias" in vocabulary.c:
        noted = sa.or_(noted, vocabulary.c.alias.is_not(None))
    asked = sa.select(vocabulary.c.id).where(vocabulary.c.id.in_(unused), noted)
    gone = sorted(unused - set(tx.execute(asked).scalars()))
    tx.execute(sa.delete(links).where(linked.in_(gone)))
    tx.execute(sa.delete(vocabulary).where(vocabulary.c.id.in_(gone)))


def _slices(ids: Iterable[str]) -> Iterator[list[str]]:
    ordered = list(ids)
    for start in range(0, len(ordered), _SLICE):
        yield ordered[start : start + _SLICE]
