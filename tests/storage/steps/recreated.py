"""A step that gives entries a place and makes their table anew, as most changes need it."""

import os
import time

import sqlalchemy as sa
from alembic.operations import Operations

from kotter_journal.storage.tables import entry

REVISION = "9999"


def upgrade(op: Operations) -> None:
    """Add a column by copying the whole table into a new one."""
    known = entry.to_metadata(sa.MetaData())
    with op.batch_alter_table("entry", copy_from=known, recreate="always") as batch:
        batch.add_column(sa.Column("place", sa.Text))
    time.sleep(float(os.environ.get("SECONDS_IN_THE_MIDDLE", "0")))
    op.execute("UPDATE entry SET place = 'Hall 4' WHERE starred = 1")
