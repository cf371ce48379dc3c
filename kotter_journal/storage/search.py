"""Search: which entries answer a query, and the words around a hit."""

import json
from array import array
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.activities import LEADING, MANAGING, PAIRS, Activity, Side
from kotter_journal.domain.entries import Delegable, Method, fold
from kotter_journal.domain.invisible import boxed
from kotter_journal.domain.positions import span_of
from kotter_journal.domain.search import SearchQuery, match_expression, without_expression
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_tables import area, entry_area
from kotter_journal.storage.tables import allocation, entry, entry_person, entry_tag, person, tag

_INDEX = sa.table("entry_text", sa.column("rowid", sa.Integer), sa.column("entry_text"))
_MATCHES = sa.column("entry_text").op("MATCH")
_BEGIN, _END = "\x02", "\x03"
_SNIPPET_WORDS, _AROUND, _TRIGRAM = 24, 20, 3
Snippets = dict[int, tuple[str, tuple[tuple[int, int], ...]]]
"""By position: a line of text, and the half-open ranges of its hits in code points."""


def positions(tx: Transaction, query: SearchQuery, limit: int | None = None) -> "array[int]":
    """Where the entries stand that answer ``query``, at most ``limit``.

    Newest first, or the best first where the query is ranked: by BM25, a title counting four times
    (https://sqlite.org/fts5.html, section 5.1.1).
    """
    position, conditions = _conditions(query)
    asked = sa.select(position).where(*conditions).limit(limit)
    if query.is_ranked:
        asked = asked.order_by(sa.literal_column("bm25(entry_text, 4.0, 1.0)"), position.desc())
    else:
        asked = asked.order_by(position.desc())
    return array("q", tx.execute(asked).scalars())


def count(tx: Transaction, query: SearchQuery) -> int:
    """How many entries answer ``query``."""
    position, conditions = _conditions(query)
    return int(tx.execute(sa.select(sa.func.count(position)).where(*conditions)).scalar_one())


def snippets(tx: Transaction, query: SearchQuery, at: Sequence[int]) -> Snippets:
    """The words around the hits of entries at these positions.

    Each is one line of text with the half-open ranges of its hits, in code points.
    """
    if not at:
        return {}
    found = _around_words(tx, query, at) if query.has_words else {}
    if query.runs:
        found |= _around_runs(tx, query.runs[0], [p for p in at if p not in found])
    return found


def _around_words(tx: Transaction, query: SearchQuery, at: Sequence[int]) -> Snippets:
    text = sa.func.snippet(sa.literal_column("entry_text"), -1, _BEGIN, _END, "…", _SNIPPET_WORDS)
    asked = sa.select(_INDEX.c.rowid, text).where(
        _MATCHES(match_expression(query)),
        # The range leads; asked row by row, the index would match anew for each of them.
        _INDEX.c.rowid.between(min(at), max(at)),
        sa.literal_column("+rowid", sa.Integer).in_(list(at)),
    )
    return {row[0]: _ranges(row[1]) for row in tx.execute(asked)}


def _around_runs(tx: Transaction, run: str, at: Sequence[int]) -> Snippets:
    """The first place where a run of letters stands; in the title, or else in the text."""
    asked = sa.select(entry.c.position, entry.c.title, entry.c.body).where(
        entry.c.position.in_(list(at))
    )
    found: Snippets = {}
    for row in tx.execute(asked):
        for text in (row.title or "", row.body):
            place = text.lower().find(run.lower())
            if place >= 0:
                start = max(0, place - _AROUND)
                end = place + len(run)
                hit = f"{_BEGIN}{text[place:end]}{_END}"
                marked = f"{text[start:place]}{hit}{text[end : end + 3 * _AROUND]}"
                found[row.position] = _ranges(marked)
                break
    return found


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
    if query.only:
        ids = sa.func.json_each(json.dumps(query.only)).table_valued("value")
        named = sa.select(entry.c.position).where(entry.c.id.in_(sa.select(ids.c.value)))
        conditions.append(position.in_(named))
    conditions += _dates(query, position)
    conditions += [_has_run(position, run) for run in query.runs]
    conditions += [~_has_run(position, run) for run in query.without_runs]
    return position, conditions + _facts(query, position)


def _has_run(position: sa.ColumnElement[int], run: str) -> sa.ColumnElement[bool]:
    """Whether a run of letters occurs; shorter ones than three are looked for in the texts."""
    if len(run) >= _TRIGRAM:
        quoted = '"' + run.replace('"', '""') + '"'
        rows = sa.text("SELECT rowid FROM entry_run WHERE entry_run MATCH :run").bindparams(
            sa.bindparam("run", quoted, unique=True)
        )
        return position.in_(rows.columns(sa.column("rowid")))
    held: sa.Select[Any] = sa.select(sa.column("id")).select_from(
        sa.table("entry_run_docsize", sa.column("id"))
    )
    texts = sa.select(entry.c.position).where(
        entry.c.position.in_(held),
        sa.or_(
            entry.c.title.contains(run, autoescape=True),
            entry.c.body.contains(run, autoescape=True),
        ),
    )
    return position.in_(texts)


def _facts(query: SearchQuery, position: sa.ColumnElement[int]) -> list[sa.ColumnElement[bool]]:
    """Conditions on the entry itself, asked through its own row."""
    facts = _positive_facts(query)
    for unwanted in query.unless:
        conditions = _positive_facts(unwanted) + _dates(unwanted, entry.c.position)
        facts.append(~sa.func.coalesce(sa.and_(*conditions), sa.false()))
    if not query.has_words or not facts:
        return facts
    return [sa.exists().where(entry.c.position == position, *facts)]


def _dates(query: SearchQuery, position: sa.ColumnElement[int]) -> list[sa.ColumnElement[bool]]:
    dates: list[sa.ColumnElement[bool]] = []
    if query.since is not None:
        dates.append(position >= span_of(query.since, query.since)[0])
    if query.until is not None:
        dates.append(position < span_of(query.until, query.until)[0])
    return dates


def _positive_facts(query: SearchQuery) -> list[sa.ColumnElement[bool]]:
    facts: list[sa.ColumnElement[bool]] = []
    facts += [_given_minutes([activity.value]) for activity in query.activities]
    facts += [_given_minutes([a.value for a in _SIDES[side]]) for side in query.sides]
    facts += [_named(tag, entry_tag, entry_tag.c.tag_id, name) for name in query.tags]
    facts += [_named(person, entry_person, entry_person.c.person_id, name) for name in query.people]
    facts += [_named(area, entry_area, entry_area.c.area_id, name) for name in query.areas]
    facts += [_given_minutes([a.value for a in PAIRS[pair]]) for pair in query.pairs]
    if query.at_least is not None:
        facts.append(entry.c.duration_minutes >= query.at_least)
    if query.at_most is not None:
        facts.append(entry.c.duration_minutes <= query.at_most)
    return facts + [fact for flag, fact in _FLAGS.items() if getattr(query, flag)]


_ALL_GIVEN = (
    sa.select(sa.func.coalesce(sa.func.sum(allocation.c.minutes), 0))
    .where(allocation.c.entry_id == entry.c.id, allocation.c.deleted_at.is_(None))
    .scalar_subquery()
)
_SIDES = {Side.LEADING: LEADING, Side.MANAGING: MANAGING}


def _given_minutes(
    activities: Sequence[str], method: Method | None = None
) -> sa.ColumnElement[bool]:
    rows = sa.select(allocation.c.entry_id).where(
        allocation.c.activity.in_(activities), allocation.c.deleted_at.is_(None)
    )
    if method is not None:
        rows = rows.where(allocation.c.method == method.value)
    return entry.c.id.in_(rows)


_FLAGS: dict[str, sa.ColumnElement[bool]] = {
    "starred": entry.c.starred == 1,
    "untimed": entry.c.duration_minutes.is_(None),
    "even": _given_minutes([a.value for a in Activity], Method.EVEN),
    "attached": sa.false(),  # nothing can be attached yet
    "unclassified": entry.c.duration_minutes > _ALL_GIVEN,
    "delegable": entry.c.delegable.in_((Delegable.COULD.value, Delegable.SHOULD.value)),
    "developing": entry.c.develops_leader == 1,
    "stated": entry.c.direction_stated == 1,
    "heard_back": entry.c.direction_heard_back == 1,
    "challenged": entry.c.direction_challenged == 1,
}
"""By the name of a SearchQuery's flag: the condition on an entry."""


def _named(
    vocabulary: sa.Table, links: sa.Table, linked: sa.ColumnElement[Any], name: str
) -> sa.ColumnElement[bool]:
    rows = (
        sa.select(links.c.entry_id)
        .join(vocabulary, vocabulary.c.id == linked)
        .where(vocabulary.c.folded == fold(name), links.c.deleted_at.is_(None))
    )
    return entry.c.id.in_(rows)
