"""Verify, practice: the queries that find what is wrong in the tables of a leader's practice."""

import sqlalchemy as sa

from kotter_journal.storage import practice_tables as practice
from kotter_journal.storage.tables import entry, person, purged

TABLES = (
    practice.day,
    practice.working_week,
    practice.band,
    practice.caption,
    practice.direction,
    practice.direction_revision,
    practice.area,
    practice.area_state,
    practice.entry_area,
    practice.delegation,
    practice.delegation_step,
    practice.entry_delegation,
    practice.commitment,
    practice.review,
    practice.review_answer,
    practice.insight_state,
)
_WHOLE_ROWS = {
    "area_id": practice.area,
    "delegation_id": practice.delegation,
    "direction_id": practice.direction,
    "review_id": practice.review,
    "person_id": person,
}


def _lost(table: sa.Table, column: str) -> sa.Select[tuple[str]]:
    """Rows in force whose ``column`` leads to nothing that was ever there."""
    if column == "entry_id":
        known: sa.Select[tuple[str]] | sa.CompoundSelect[tuple[str]]
        known = sa.union_all(sa.select(entry.c.id), sa.select(purged.c.id))
    else:
        known = sa.select(_WHOLE_ROWS[column].c.id)
    return sa.select(table.c.id).where(
        table.c[column].not_in(known), table.c[column].is_not(None), table.c.deleted_at.is_(None)
    )


def _broken(table: sa.Table, rule: sa.CheckConstraint) -> sa.Select[tuple[str]]:
    return sa.select(table.c.id).where(sa.text(f"NOT ({rule.sqltext})"))


def _twice(table: sa.Table, column: str) -> sa.Select[tuple[str]]:
    """What more than one row in force says."""
    said = table.c[column]
    alive = sa.select(said).where(table.c.deleted_at.is_(None))
    return alive.group_by(said).having(sa.func.count() > 1)


ORPHANS: dict[str, sa.Select[tuple[str]]] = {
    f"{table.name} without its {column.name.removesuffix('_id')}": _lost(table, column.name)
    for table in TABLES
    for column in table.columns
    if column.name in (*_WHOLE_ROWS, "entry_id")
}
"""Rows that lost what they belong to, in words."""

RULES: dict[str, sa.Select[tuple[str]]] = {
    **{
        f"{table.name} with {rule.name} that cannot be": _broken(table, rule)
        for table in TABLES
        for rule in table.constraints
        if isinstance(rule, sa.CheckConstraint)
    },
    "review with figures that cannot be read": sa.select(practice.review.c.id).where(
        sa.func.json_valid(practice.review.c.statistics) == 0
    ),
    "dates whose status is set twice": _twice(practice.day, "local_date"),
    "names that two areas have": _twice(practice.area, "folded"),
}
"""Rows that break a rule of theirs, in words; the tables' own rules among them."""
