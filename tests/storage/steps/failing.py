"""A step that changes a good deal and then fails."""

from alembic.operations import Operations

REVISION = "9999"


def upgrade(op: Operations) -> None:
    """Drop a table, change every text, fail."""
    op.drop_table("entry_tag")
    op.execute("UPDATE entry SET body = 'gone'")
    op.execute("INSERT INTO nowhere VALUES (1)")
