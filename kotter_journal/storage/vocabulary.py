"""Vocabulary: tags and people, and the links that tie them to entries."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from kotter_journal.domain.entries import Entry, EntryId, fold
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.tables import entry, entry_person, entry_tag, person, tag, vault


def link(tx: Transaction, entries: Sequence[Entry], stamp: str, *, new: bool = False) -> None:
    """Make the links of ``entries`` say what the entries say; ``new`` ones have none yet."""
    tags, people = {e.id: e.tags for e in entries}, {e.id: e.people for e in entries}
    if not new or any(tags.values()):
        _link(tx, tag, entry_tag, "tag_id", tags, stamp, new=new)
    if not new or any(people.values()):
        _link(tx, person, entry_person, "person_id", people, stamp, new=new)


def names_of(
    tx: Transaction, ids: Sequence[str]
) -> tuple[defaultdict[str, tuple[str, ...]], defaultdict[str, tuple[str, ...]]]:
    """The tags and the people of each entry, in reading order."""
    tags: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    people: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in tx.execute(_NAMES, {"ids": list(ids)}):
        found = tags if row.kind == tag.name else people
        found[row.entry_id] += (row.name,)
    return tags, people


def person_ids_of(tx: Transaction, ids: Sequence[str]) -> defaultdict[str, tuple[str, ...]]:
    """The ids of the people of each entry, in reading order."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    links = entry_person.c
    asked = (
        sa.select(links.entry_id, links.person_id)
        .where(links.entry_id.in_(ids), links.deleted_at.is_(None))
        .order_by(links.entry_id, links.sort_key)
    )
    for entry_id, person_id in tx.execute(asked):
        found[entry_id] += (person_id,)
    return found


def people_at(tx: Transaction, positions: Iterable[int]) -> set[str]:
    """The ids of the people whom the entries at these positions name."""
    wanted = set(positions)
    asked = (
        sa.select(entry.c.position, entry_person.c.person_id)
        .join(entry_person, entry_person.c.entry_id == entry.c.id)
        .where(entry_person.c.deleted_at.is_(None))
    )
    return {row.person_id for row in tx.execute(asked) if row.position in wanted}


def link_people(tx: Transaction, people: Mapping[str, tuple[str, ...]], stamp: str) -> None:
    """Tie entries to people by their ids, for names that more than one person has."""
    relink(tx, entry_person, "person_id", people, stamp)


def known_tags(tx: Transaction) -> list[str]:
    """Every tag that the journal knows, in alphabetical order."""
    return _known(tx, tag)


def known_people(tx: Transaction) -> list[str]:
    """Every person that the journal knows, in alphabetical order."""
    return _known(tx, person)


def people_rows(tx: Transaction) -> list[sa.Row[Any]]:
    """Each person with id, name and extra, in the order of the ids."""
    columns = person.c.id, person.c.name, person.c.extra
    return list(
        tx.execute(sa.select(*columns).where(person.c.deleted_at.is_(None)).order_by(person.c.id))
    )


def add_people(tx: Transaction, rows: Iterable[tuple[str, str, str]], stamp: str) -> None:
    """Keep people that come with an id: (id, name, extra as JSON text)."""
    new: list[dict[str, Any]] = [
        {"id": one, "name": name, "folded": fold(name), "alias": None, "extra": extra}
        for one, name, extra in rows
    ]
    upsert(tx, person, [row | {"updated_at": stamp, "deleted_at": None} for row in new])


def person_ids(tx: Transaction) -> dict[str, str]:
    """The id behind each name."""
    return {row.name: row.id for row in people_rows(tx)}


def derived_id(namespace: str, kind: str, name: str) -> str:
    """An id that is the same on every machine for the same thing (UUIDv5, RFC 9562, section 5.5).

    By hand, since Python's own takes five times as long and an import makes thousands.
    """
    named = bytes.fromhex(namespace.replace("-", "")) + f"{kind} {name}".encode()
    digest = bytearray(hashlib.sha1(named, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def sort_key(rank: int) -> str:
    """A key whose text order is the order of the ranks, with room between for later ones."""
    return f"{rank:06d}"


def upsert(tx: Transaction, target: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, or overwrite those with the same id."""
    if not rows:
        return
    tx.execute(_upsert(target, tuple(rows[0])), list(rows))


@cache
def _upsert(target: sa.Table, columns: tuple[str, ...]) -> sa.Insert:
    statement = sqlite_insert(target)
    written = {name: statement.excluded[name] for name in columns if name != "id"}
    return statement.on_conflict_do_update(index_elements=["id"], set_=written)


def _link(
    tx: Transaction,
    vocabulary: sa.Table,
    links: sa.Table,
    other: str,
    names: Mapping[EntryId, tuple[str, ...]],
    stamp: str,
    *,
    new: bool,
) -> None:
    ids = ids_of_names(
        tx, vocabulary, {fold(n): n for of_one in names.values() for n in of_one}, stamp
    )
    wanted: dict[str, tuple[str, ...]] = {
        one: tuple(ids[fold(n)] for n in of_one) for one, of_one in names.items()
    }
    relink(tx, links, other, wanted, stamp, new=new)


def relink(
    tx: Transaction,
    links: sa.Table,
    other: str,
    named: Mapping[str, tuple[str, ...]],
    stamp: str,
    *,
    new: bool = False,
) -> None:
    """Make the links of these entries lead to these ids, in this order, and to no others."""
    wanted = {
        derived_id(entry_id, links.name, one): (entry_id, one, sort_key(rank))
        for entry_id, of_one in named.items()
        for rank, one in enumerate(of_one)
    }
    alive: dict[str, str] = {}
    if not new:
        asked = sa.select(links.c.id, links.c.sort_key).where(
            links.c.entry_id.in_(list(named)), links.c.deleted_at.is_(None)
        )
        alive = {row.id: row.sort_key for row in tx.execute(asked)}
    if gone := alive.keys() - wanted.keys():
        tx.execute(
            sa.update(links)
            .where(links.c.id.in_(list(gone)))
            .values(deleted_at=stamp, updated_at=stamp)
        )
    rows: list[dict[str, Any]] = [
        {"id": one, "entry_id": entry_id, other: linked, "sort_key": key}
        | {"updated_at": stamp, "deleted_at": None, "extra": "{}"}
        for one, (entry_id, linked, key) in wanted.items()
        if alive.get(one) != key
    ]
    upsert(tx, links, rows)


def ids_of_names(
    tx: Transaction, vocabulary: sa.Table, names: Mapping[str, str], stamp: str
) -> dict[str, str]:
    """The id of each folded name; a name met for the first time gets a row."""
    if not names:
        return {}
    known = tx.execute(_known_names(vocabulary), {"names": list(names)})
    ids: dict[str, str] = {row.folded: row.id for row in known}
    unknown = names.keys() - ids.keys()
    if not unknown:
        return ids
    vault_id = tx.execute(sa.select(vault.c.id)).scalar_one()
    new = {folded: derived_id(vault_id, vocabulary.name, folded) for folded in sorted(unknown)}
    rows: list[dict[str, Any]] = [
        {"id": one, "name": names[folded], "folded": folded, "extra": "{}"}
        for folded, one in new.items()
    ]
    upsert(tx, vocabulary, [row | {"updated_at": stamp, "deleted_at": None} for row in rows])
    return ids | new


@cache
def _known_names(vocabulary: sa.Table) -> sa.Select[Any]:
    columns = vocabulary.c
    return (
        sa.select(columns.folded, columns.id)
        .where(
            columns.folded.in_(sa.bindparam("names", expanding=True)), columns.deleted_at.is_(None)
        )
        .order_by(columns.id.desc())
    )


def _names(vocabulary: sa.Table, links: sa.Table, other: str) -> sa.Select[Any]:
    return (
        sa.select(
            sa.literal(vocabulary.name).label("kind"),
            links.c.entry_id,
            links.c.sort_key,
            vocabulary.c.name,
        )
        .join(vocabulary, vocabulary.c.id == links.c[other])
        .where(
            links.c.entry_id.in_(sa.bindparam("ids", expanding=True)),
            links.c.deleted_at.is_(None),
            vocabulary.c.deleted_at.is_(None),
        )
    )


_NAMES = sa.union_all(
    _names(tag, entry_tag, "tag_id"), _names(person, entry_person, "person_id")
).order_by("kind", "entry_id", "sort_key")


def _known(tx: Transaction, vocabulary: sa.Table) -> list[str]:
    alive = sa.select(vocabulary.c.name).where(vocabulary.c.deleted_at.is_(None))
    return list(tx.execute(alive.order_by(vocabulary.c.folded)).scalars())
