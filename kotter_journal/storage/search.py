"""Search: which entries answer a query, and the words around a hit."""

from array import array
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.activities import LEADING, MANAGING, Side
from kotter_journal.domain.entries import fold
from kotter_journal.domain.invisible import boxed
from kotter_journal.domain.positions import span_of
from kotter_journal.domain.search import SearchQuery, match_expression, without_expression
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.tables import allocation, entry, entry_person, entry_tag, person, tag

_INDEX = sa.table("entry_text", sa.column("rowid", sa.Integer), sa.column("entry_text"))
_MATCHES = sa.column("entry_text").op("MATCH")
_BEGIN, _END = "\x02", "\x03"
_SNIPPET_WORDS = 24


def positions(tx: Transaction, query: SearchQuery, limit: int | None = None) -> "array[int]":
    """Where the entries stand that answer ``query``, newest first, at most ``limit``."""
    position, conditions = _conditions(query)
    asked = sa.select(position).where(*conditions).order_by(position.desc()).limit(limit)
    return array("q", tx.execute(asked).scalars())


def count(tx: Transaction, query: SearchQuery) -> int:
    """How many entries answer ``query``."""
    position, conditions = _conditions(query)
    return int(tx.execute(sa.select(sa.func.count(position)).where(*conditions)).scalar_one())


def snippets(
    tx: Transaction, query: SearchQuery, at: Sequence[int]
) -> dict[int, tuple[str, tuple[tuple[int, int], ...]]]:
    """The words around the hits of entries at these positions.

    Each is one line of text with the half-open ranges of its hits, in code points.
    """
    if not query.has_words or not at:
        return {}
    text = sa.func.snippet(sa.literal_column("entry_text"), -1, _BEGIN, _END, "…", _SNIPPET_WORDS)
    asked = sa.select(_INDEX.c.rowid, text).where(
        _MATCHES(match_expression(query)),
        # The range leads; asked row by row, the index would match anew for each of them.
        _INDEX.c.rowid.between(min(at), max(at)),
        sa.literal_column("+rowid", sa.Integer).in_(list(at)),
    )
    return {row[0]: _ranges(row[1]) for row in tx.execute(asked)}


def _ranges(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    plain, ranges, start = "", [], 0
    for part in _parts(" ".join(marked.split())):
        if part == _BEGIN:
            start = len(plain)
        elif part == _END:
            ranges.append((start, len(plain)))
        else:
            plain += part
    return boxed(plain), tuple(ranges)


def _parts(marked: str) -> list[str]:
    for mark in (_BEGIN, _END):
        marked = marked.replace(mark, f"\0{mark}\0")
    return [part for part in marked.split("\0") if part]


def _conditions(query: SearchQuery) -> tuple[sa.ColumnElement[int], list[sa.ColumnElement[bool]]]:
    """The column that answers, and all that must hold; with words the full-text index leads."""
    position: sa.ColumnElement[Any] = _INDEX.c.rowid if query.has_words else entry.c.position
    conditions: list[sa.ColumnElement[bool]] = []
    if query.has_words:
        conditions.append(_MATCHES(match_expression(query)))
    else:
        conditions.append(entry.c.deleted_at.is_(None))
        if unwanted := without_expression(query):
            left_out = sa.select(_INDEX.c.rowid).where(_MATCHES(unwanted))
            conditions.append(position.not_in(left_out))
    if query.since is not None:
        conditions.append(position >= span_of(query.since, query.since)[0])
    if query.until is not None:
        conditions.append(position < span_of(query.until, query.until)[0])
    return position, conditions + _facts(query, position)


def _facts(query: SearchQuery, position: sa.ColumnElement[int]) -> list[sa.ColumnElement[bool]]:
    """Conditions on the entry itself, asked through its own row."""
    facts: list[sa.ColumnElement[bool]] = []
    facts += [_given_minutes([activity.value]) for activity in query.activities]
    facts += [_given_minutes([a.value for a in _SIDES[side]]) for side in query.sides]
    facts += [_named(tag, entry_tag, entry_tag.c.tag_id, name) for name in query.tags]
    facts += [_named(person, entry_person, entry_person.c.person_id, name) for name in query.people]
    if query.starred:
        facts.append(entry.c.starred == 1)
    if query.untimed:
        facts.append(entry.c.duration_minutes.is_(None))
    if not query.has_words or not facts:
        return facts
    return [sa.exists().where(entry.c.position == position, *facts)]


_SIDES = {Side.LEADING: LEADING, Side.MANAGING: MANAGING}


def _given_minutes(activities: Sequence[str]) -> sa.ColumnElement[bool]:
    rows = sa.select(allocation.c.entry_id).where(
        allocation.c.activity.in_(activities), allocation.c.deleted_at.is_(None)
    )
    return entry.c.id.in_(rows)


def _named(
    vocabulary: sa.Table, links: sa.Table, linked: sa.ColumnElement[Any], name: str
) -> sa.ColumnElement[bool]:
    rows = (
        sa.select(links.c.entry_id)
        .join(vocabulary, vocabulary.c.id == linked)
        .where(vocabulary.c.folded == fold(name), links.c.deleted_at.is_(None))
    )
    return entry.c.id.in_(rows)
