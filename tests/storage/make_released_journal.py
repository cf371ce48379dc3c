"""Makes the small journal of today's schema that later programs must still open.

Run it once before a schema is released: ``python tests/storage/make_released_journal.py``.
"""

import io
import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import delete_entries, write_entries
from kotter_journal.services.saved_searches import save_search
from kotter_journal.services.transfer import export_journal
from kotter_journal.storage.journal import create, open_journal
from kotter_journal.storage.tables import REVISION
from tests.services.practice import fill

JOURNALS = Path(__file__).parent / "journals"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


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
        write_entries(tx, made[:5] + made[6:])
        delete_entries(tx, [made[3].id, made[20].id], NOW)
        save_search(tx, "Starred", "is:starred", NOW)
        fill(tx, made[5])
    with door.transaction() as tx:
        export_journal(tx, out, NOW, version="0.1.0")
    door.close()
    journal.close()
    (place / "journal" / "journal.lock").unlink()
    (place / "export.json").write_bytes(out.getvalue())
    print(f"made {place}")


if __name__ == "__main__":
    main()
