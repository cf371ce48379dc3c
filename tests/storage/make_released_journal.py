"""Makes the small journal of today's schema that later programs must still open.

Run it once before a schema is released: ``python tests/storage/make_released_journal.py``. As long
as the first schema is not released, ``--freeze`` writes ``0001_first.py`` anew from today's tables.
"""

import io
import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import delete_entries, write_entries
from kotter_journal.services.transfer import export_journal
from kotter_journal.storage import migrations
from kotter_journal.storage.journal import create, open_journal
from kotter_journal.storage.tables import REVISION

JOURNALS = Path(__file__).parent / "journals"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


FIRST = Path(migrations.__file__).parent / "versions" / "0001_first.py"
FIRST_TEXT = '''"""The first schema, as it was released; never changed afterwards."""

# ruff: noqa: E501 - the statements stand as the file keeps them

from alembic.operations import Operations

REVISION = "0001"

_STATEMENTS = (
{statements})


def upgrade(op: Operations) -> None:
    """Make the tables; the search index and the triggers are made anew after every upgrade."""
    for statement in _STATEMENTS:
        op.execute(statement.strip())
'''


def freeze() -> None:
    """Write the statements of today's tables and indexes down as the first step."""
    with TemporaryDirectory() as place:
        create(Path(place) / "j", Path(place) / "k", NOW)
        door = open_journal(Path(place) / "j", Path(place) / "k").reading()
        with door.transaction() as tx:
            asked = "SELECT type, name, sql FROM sqlite_master ORDER BY type = 'index', "
            order = "CASE type WHEN 'index' THEN name END, rowid"
            rows = tx.exec_driver_sql(asked + order).all()
        door.close()
    statements = "".join(
        f'    """\n{sql.strip()}\n""",\n'.replace("\t", "    ").replace(" \n", "\n")
        for kind, name, sql in rows
        if sql and kind != "trigger" and not name.startswith("entry_text")
    )
    FIRST.write_text(FIRST_TEXT.replace("{statements}", statements), "utf-8")
    print(f"froze {FIRST}")


def main() -> None:
    """Make folder, secret and the export that the journal must give."""
    place = JOURNALS / REVISION
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    create(place / "journal", place / "keys", NOW, name="Released", zone="Europe/Berlin")
    journal = open_journal(place / "journal", place / "keys")
    door = journal.writing()
    made = list(demo_entries(40, 11, date(2026, 3, 4)))
    out = io.BytesIO()
    with door.transaction() as tx:
        write_entries(tx, made)
        delete_entries(tx, [made[3].id, made[20].id], NOW)
    with door.transaction() as tx:
        export_journal(tx, out, NOW, version="0.1.0")
    door.close()
    journal.close()
    (place / "journal" / "journal.lock").unlink()
    (place / "export.json").write_bytes(out.getvalue())
    print(f"made {place}")


if __name__ == "__main__":
    if "--freeze" in sys.argv:
        freeze()
    main()
