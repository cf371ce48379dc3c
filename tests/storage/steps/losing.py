"""A step that loses rows without a word."""

from alembic.operations import Operations

REVISION = "9999"


def upgrade(op: Operations) -> None:
    """Delete some allocations."""
    op.execute("DELETE FROM allocation WHERE rowid % 5 = 0")
