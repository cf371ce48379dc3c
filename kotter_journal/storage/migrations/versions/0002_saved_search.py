"""Searches can be saved under a name; entries in scripts without spaces are found by any part."""

from alembic.operations import Operations

REVISION = "0002"

_SAVED_SEARCH = """
CREATE TABLE saved_search (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    "query" TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT
"""


def upgrade(operations: Operations) -> None:
    """Add the table; the indexes are made anew after every step."""
    operations.execute(_SAVED_SEARCH)
