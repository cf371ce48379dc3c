"""Purged: entries erased for good, with their history, so that only their ids remain.

A commitment or a task that was taken from an entry holds words of it, even where they were changed
since, so it goes as well. A review stays without the entry that was made of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from kotter_journal.domain.entries import EntryId
from kotter_journal.storage.database import Transaction, wipe_after
from kotter_journal.storage.practice_tables import (
    commitment,
    delegation,
    delegation_step,
    entry_area,
    entry_delegation,
    review,
)
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
from kotter_journal.storage.vault_row import keep_vault_row, vault_row
from kotter_journal.storage.vocabulary import upsert

_SLICE = 500
_OF_ENTRY = (
    *(allocation, entry_tag, entry_person, entry_version, entry_area, entry_delegation),
    commitment,
)
_VOCABULARIES = ((tag, entry_tag, "tag_id"), (person, entry_person, "person_id"))


@dataclass(frozen=True, slots=True)
class Taken:
    """How many commitments and tasks were taken from entries."""

    commitments: int
    tasks: int


def taken_from(tx: Transaction, ids: Sequence[str]) -> Taken:
    """What goes with these entries when they are erased for good."""
    return Taken(_taken(tx, commitment, ids), _taken(tx, delegation, ids))


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
        _purge_tasks(tx, some)
        tx.execute(
            sa.update(review)
            .where(review.c.entry_id.in_(some))
            .values(entry_id=None, updated_at=stamp)
        )
        for table in _OF_ENTRY:
            tx.execute(sa.delete(table).where(table.c.entry_id.in_(some)))
        tx.execute(sa.delete(entry).where(entry.c.id.in_(some)))
        upsert(tx, purged, [{"id": one, "updated_at": stamp} for one in some])
    for vocabulary, links, other in _VOCABULARIES:
        for some in _slices(sorted(used[vocabulary.name])):
            _forget_unused(tx, vocabulary, links, other, some)
    _purge_others(tx, frozenset(ids))
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


def _taken(tx: Transaction, table: sa.Table, ids: Sequence[str]) -> int:
    count = 0
    for some in _slices(ids):
        alive = table.c.entry_id.in_(some), table.c.deleted_at.is_(None)
        asked = sa.select(sa.func.count()).select_from(table).where(*alive)
        count += tx.execute(asked).scalar_one()
    return count


def _purge_tasks(tx: Transaction, entry_ids: Sequence[str]) -> None:
    gone = sa.select(delegation.c.id).where(delegation.c.entry_id.in_(entry_ids))
    for table in (delegation_step, entry_delegation):
        tx.execute(sa.delete(table).where(table.c.delegation_id.in_(gone)))
    tx.execute(sa.delete(delegation).where(delegation.c.entry_id.in_(entry_ids)))


def _purge_others(tx: Transaction, entry_ids: frozenset[str]) -> None:
    """Objects of other programs, kept as they stand, that say they are of one of these entries."""
    row = vault_row(tx)
    members = row.extra.get("file", {})
    kept = {
        name: [one for one in value if not _is_of(one, entry_ids)]
        if isinstance(value, list)
        else value
        for name, value in members.items()
    }
    if kept != members:
        keep_vault_row(tx, replace(row, extra={**row.extra, "file": kept}))


def _is_of(one: object, entry_ids: frozenset[str]) -> bool:
    said = one.get("entry_id") if isinstance(one, dict) else None
    return isinstance(said, str) and said in entry_ids


def _forget_unused(
    tx: Transaction, vocabulary: sa.Table, links: sa.Table, other: str, ids: Sequence[str]
) -> None:
    """Names stay that an entry still carries, that a task or a commitment names, and those about
    which somebody noted more."""
    linked = links.c[other]
    alive = tx.execute(
        sa.select(linked).where(linked.in_(ids), links.c.deleted_at.is_(None)).distinct()
    ).scalars()
    unused = set(ids) - set(alive)
    noted = vocabulary.c.extra != "{}"
    if "alias" in vocabulary.c:
        named = (
            sa.exists().where(table.c.person_id == person.c.id)
            for table in (commitment, delegation)
        )
        noted = sa.or_(noted, vocabulary.c.alias.is_not(None), *named)
    asked = sa.select(vocabulary.c.id).where(vocabulary.c.id.in_(unused), noted)
    gone = sorted(unused - set(tx.execute(asked).scalars()))
    tx.execute(sa.delete(links).where(linked.in_(gone)))
    tx.execute(sa.delete(vocabulary).where(vocabulary.c.id.in_(gone)))


def _slices(ids: Iterable[str]) -> Iterator[list[str]]:
    ordered = list(ids)
    for start in range(0, len(ordered), _SLICE):
        yield ordered[start : start + _SLICE]
