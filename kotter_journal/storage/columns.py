"""Columns that tables have in common, and the schema's one list of tables."""

import sqlalchemy as sa

metadata = sa.MetaData()


def synced() -> list[sa.Column[object]]:
    """The columns every row has that could leave the machine."""
    return [
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.Column("deleted_at", sa.Text),
        sa.Column("extra", sa.Text, nullable=False, server_default="{}"),
    ]


def vocabulary(name: str, *columns: sa.Column[object]) -> sa.Table:
    """A table of names, found by their folded form."""
    return sa.Table(
        name,
        metadata,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        *columns,
        *synced(),
        sa.Index(f"{name}_by_folded", "folded"),
        sqlite_strict=True,
    )


def link(name: str, other: str) -> sa.Table:
    """A table that says which entries belong to which rows of another one."""
    return sa.Table(
        name,
        metadata,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column(other, sa.Text, nullable=False),
        sa.Column("sort_key", sa.Text, nullable=False),
        *synced(),
        sa.Index(f"{name}_by_entry", "entry_id"),
        sa.Index(f"{name}_by_{other}", other),
        sqlite_strict=True,
    )
