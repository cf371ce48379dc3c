"""Names: how often the journal's tags and people are named, and what is noted about a person."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.entries import EntryId, fold
from kotter_journal.domain.naming import NameKind
from kotter_journal.domain.positions import day_of
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_tables import commitment, delegation
from kotter_journal.storage.tables import entry, entry_person, entry_tag, person, tag
from kotter_journal.storage.vocabulary import ids_of_names

_TABLES = {
    NameKind.TAG: (tag, entry_tag, entry_tag.c.tag_id),
    NameKind.PERSON: (person, entry_person, entry_person.c.person_id),
}
_MENTIONING = (delegation, commitment)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUse:
    """A tag or a person, the entries outside the trash that carry it, and the latest of them.

    ``alias`` is what leaves the machine in the place of a person's name; ``relation`` is who they
    are to the writer. Both are empty where nothing was noted, and for tags.
    """

    id: str
    name: str
    entries: int
    last_on: date | None
    alias: str = ""
    relation: str = ""


def uses(tx: Transaction, kind: NameKind) -> list[NameUse]:
    """Every name of a kind in alphabetical order, those without entries as well."""
    names, links, linked = _TABLES[kind]
    alive = sa.and_(links.c.entry_id == entry.c.id, entry.c.deleted_at.is_(None))
    counted = (
        sa.select(
            linked.label("id"),
            sa.func.count().label("entries"),
            sa.func.max(entry.c.position).label("last"),
        )
        .join_from(links, entry, alive)
        .where(links.c.deleted_at.is_(None))
        .group_by(linked)
        .subquery()
    )
    asked = (
        sa.select(names.c.id, names.c.name, names.c.extra, counted.c.entries, counted.c.last)
        .outerjoin(counted, counted.c.id == names.c.id)
        .where(names.c.deleted_at.is_(None))
        .order_by(names.c.folded, names.c.id)
    )
    return [_use(row) for row in tx.execute(asked)]


def carriers(tx: Transaction, kind: NameKind, name_ids: Sequence[str]) -> list[EntryId]:
    """The entries, those in the trash included, that carry one of these names."""
    _, links, linked = _TABLES[kind]
    asked = sa.select(links.c.entry_id).where(
        linked.in_(list(name_ids)), links.c.deleted_at.is_(None)
    )
    return [EntryId(one) for one in tx.execute(asked.distinct()).scalars()]


def notes_of(tx: Transaction, kind: NameKind, name_id: str) -> dict[str, Any]:
    """What is noted about a name beside itself, as in the file format."""
    names = _TABLES[kind][0]
    found = tx.execute(sa.select(names.c.extra).where(names.c.id == name_id)).scalar_one()
    notes: dict[str, Any] = json.loads(found)
    return notes


def id_of(tx: Transaction, kind: NameKind, folded: str) -> str | None:
    """The id of a name in its folded form; None where the journal has no such name."""
    names = _TABLES[kind][0]
    asked = sa.select(names.c.id).where(names.c.folded == folded, names.c.deleted_at.is_(None))
    found: str | None = tx.execute(asked.order_by(names.c.id).limit(1)).scalar_one_or_none()
    return found


def id_made(tx: Transaction, kind: NameKind, name: str, stamp: str) -> str:
    """The id of a name, which the journal knows from now on."""
    return ids_of_names(tx, _TABLES[kind][0], {fold(name): name}, stamp)[fold(name)]


def mentions(tx: Transaction, person_id: str) -> tuple[str, ...]:
    """The ids of the tasks and commitments, undone ones included, that are a person's."""
    return tuple(
        one
        for table in _MENTIONING
        for one in tx.execute(sa.select(table.c.id).where(table.c.person_id == person_id)).scalars()
    )


def move_mentions(
    tx: Transaction, ids: Sequence[str], old_id: str, new_id: str, stamp: str
) -> None:
    """Let those of these tasks and commitments that are one person's be another one's."""
    for table in _MENTIONING:
        tx.execute(
            sa.update(table)
            .where(table.c.id.in_(ids), table.c.person_id == old_id)
            .values(person_id=new_id, updated_at=stamp)
        )


def respell(tx: Transaction, kind: NameKind, name_id: str, name: str, stamp: str) -> None:
    """Another spelling of the same name, such as a capital letter."""
    _update(tx, kind, name_id, {"name": name, "updated_at": stamp})


def note(tx: Transaction, kind: NameKind, name_id: str, notes: dict[str, Any], stamp: str) -> None:
    """Keep what is noted about a name in the place of what was."""
    text = json.dumps(notes, ensure_ascii=False)
    _update(tx, kind, name_id, {"extra": text, "updated_at": stamp})


def drop(tx: Transaction, kind: NameKind, name_id: str, stamp: str) -> None:
    """The journal no longer knows the name."""
    _update(tx, kind, name_id, {"deleted_at": stamp, "updated_at": stamp})


def _update(tx: Transaction, kind: NameKind, name_id: str, values: dict[str, Any]) -> None:
    names = _TABLES[kind][0]
    tx.execute(sa.update(names).where(names.c.id == name_id).values(values))


def _use(row: Any) -> NameUse:
    notes = json.loads(row.extra)
    aliases = notes.get("aliases") or [""]
    return NameUse(
        id=row.id,
        name=row.name,
        entries=row.entries or 0,
        last_on=None if row.last is None else day_of(row.last),
        alias=str(aliases[0]),
        relation=str(notes.get("relation", "")),
    )
