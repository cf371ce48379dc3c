from collections.abc import Callable
from datetime import timedelta

import pytest

from kotter_journal.domain.entries import Entry, revised
from kotter_journal.domain.errors import Cancelled
from kotter_journal.services.backups import back_up, backup_folder
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import delete_entries, revise_entry, write_entries
from kotter_journal.services.erase import erase_entries
from kotter_journal.services.mend import mend_derived
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import MARK, Journal
from kotter_journal.storage.key_header import HEADER_COPY
from kotter_journal.storage.mark import Mark
from kotter_journal.storage.tables import TRIGGERS
from kotter_journal.storage.verify import verify
from tests.conftest import DAY, WRITTEN_AT
from tests.services.practice import fill

# What is planted, in which check it shows. Triggers are off and checks ignored meanwhile.
PLANTED = {
    "UPDATE entry SET duration_minutes = 0 WHERE duration_minutes > 0": "rules",
    "UPDATE entry SET duration_minutes = 1441 WHERE duration_minutes > 0": "rules",
    "UPDATE allocation SET minutes = 1500 WHERE minutes > 0": "rules",
    "UPDATE allocation SET minutes = minutes + 900 WHERE minutes > 0": "rules",
    "UPDATE entry SET duration_minutes = NULL WHERE duration_minutes > 0": "rules",
    "UPDATE entry SET duration_minutes = 1440 WHERE duration_minutes > 0": "rules",
    "UPDATE allocation SET method = 'guessed'": "rules",
    "UPDATE allocation SET activity = 'leading'": "rules",
    "UPDATE entry SET deleted_hash = NULL": "rules",
    "UPDATE entry SET position = position + 109951162777600000": "order in time",
    "UPDATE entry SET local_time = '23:59:00' WHERE local_time IS NOT NULL": "order in time",
    "UPDATE entry SET local_date = '2026-02-31'": "order in time",
    "UPDATE entry SET body = body || ' '": "texts",
    "UPDATE entry SET title = 'other' WHERE title IS NOT NULL": "texts",
    "UPDATE entry SET deleted_hash = 'x' WHERE deleted_at IS NOT NULL": "texts",
    "UPDATE day_total SET logged = logged + 1": "day totals",
    "DELETE FROM day_total WHERE day = (SELECT min(day) FROM day_total)": "day totals",
    "UPDATE allocation SET minutes = minutes - 1 WHERE minutes > 0": "day totals",
    "DELETE FROM entry WHERE deleted_at IS NULL": "references",
    "DELETE FROM tag": "references",
    "DELETE FROM person": "references",
    "INSERT INTO purged SELECT id, updated_at FROM entry": "references",
    "UPDATE entry SET updated_at = 'ffffffffffff-0000-00000000'": "clock",
    "UPDATE entry_version SET facts = '{}'": "earlier texts",
    "UPDATE entry_version SET body = body || '.'": "earlier texts",
    "DELETE FROM entry_text_docsize WHERE id = (SELECT max(id) FROM entry_text_docsize)": (
        "search index"
    ),
    (
        "INSERT INTO entry_text(entry_text, rowid, title, body)"
        " SELECT 'delete', position, title, body FROM entry WHERE deleted_at IS NULL LIMIT 1"
    ): "search index",
    (
        "INSERT INTO entry_text(rowid, title, body)"
        " SELECT position, title, body FROM entry WHERE deleted_at IS NOT NULL"
    ): "search index",
    "DELETE FROM entry_text_data WHERE id > 100": "search index",
    **dict.fromkeys(
        (
            "DELETE FROM entry",
            "DELETE FROM area",
            "DELETE FROM direction",
            "DELETE FROM delegation",
            "DELETE FROM review",
            "UPDATE delegation SET person_id = 'x'",
            "UPDATE commitment SET person_id = 'x'",
            "UPDATE commitment SET entry_id = 'x'",
            "UPDATE commitment SET review_id = 'x'",
            "UPDATE review SET entry_id = 'x'",
            "UPDATE entry_delegation SET delegation_id = 'x'",
        ),
        "references",
    ),
    **dict.fromkeys(
        (
            (
                "INSERT INTO day SELECT 'x', local_date, status, expected_minutes, updated_at,"
                " deleted_at, extra FROM day"
            ),
            (
                "INSERT INTO area SELECT 'x', name, folded, retired_on, updated_at, deleted_at,"
                " extra FROM area"
            ),
            "UPDATE delegation_step SET stage = 'perhaps'",
            "UPDATE delegation_step SET on_date = '2026-02-31'",
            "UPDATE direction_revision SET effective_on = 'soon'",
            "UPDATE direction_revision SET origin = 'nobody'",
            "UPDATE area_state SET change = 6",
            "UPDATE commitment SET due_on = '3 March'",
            "UPDATE band SET high = NULL",
            "UPDATE working_week SET monday = -1",
            "UPDATE review SET statistics = '{'",
        ),
        "rules",
    ),
    "UPDATE commitment SET updated_at = 'ffffffffffff-0000-00000000'": "clock",
}


@pytest.fixture
def lived(journal: Journal, door: Database, make: Callable[..., Entry]) -> Journal:
    """A journal with all that a journal can hold."""
    made = list(demo_entries(60, 2, DAY))
    with door.transaction() as tx:
        write_entries(tx, made)
        fill(tx, make("of a leader's practice", day=1))
        delete_entries(tx, [made[0].id, made[1].id], WRITTEN_AT)
        for entry in made[2:6]:
            later = WRITTEN_AT + timedelta(days=1)
            revise_entry(tx, revised(entry, later, body=f"{entry.body} and more"))
        erase_entries(tx, [made[6].id], WRITTEN_AT)
    return journal


def failing(journal: Journal) -> dict[str, str]:
    found = verify(journal, [backup_folder(journal.folder)], lambda *_: None)
    return {one.name: one.detail for one in found if not one.ok}


def test_a_sound_journal_passes_and_is_not_changed(lived: Journal, door: Database) -> None:
    back_up(lived, WRITTEN_AT)
    door.empty_log()
    before = (lived.folder / "journal.db").read_bytes()
    assert failing(lived) == {}
    assert (lived.folder / "journal.db").read_bytes() == before


def test_an_empty_journal_passes(journal: Journal) -> None:
    assert failing(journal) == {}


@pytest.mark.parametrize(("statement", "name"), PLANTED.items(), ids=range(len(PLANTED)))
def test_what_is_wrong_is_found(lived: Journal, door: Database, statement: str, name: str) -> None:
    door.execute_outside("PRAGMA ignore_check_constraints = ON")
    with door.transaction() as tx:
        for trigger in TRIGGERS:
            tx.exec_driver_sql(f"DROP TRIGGER {trigger}")
        tx.exec_driver_sql(statement)
    found = failing(lived)
    assert name in found
    assert found[name]


def test_no_word_of_the_journal_is_in_what_is_said(
    journal: Journal, door: Database, write: Callable[..., Entry]
) -> None:
    write("Nachtigall", title="Nachtigall", tags=("Nachtigall",), people=("Nachtigall",))
    door.execute_outside("PRAGMA ignore_check_constraints = ON")
    with door.transaction() as tx:
        for trigger in TRIGGERS:
            tx.exec_driver_sql(f"DROP TRIGGER {trigger}")
        for statement in PLANTED:
            if "position + " not in statement and "DELETE FROM entry" not in statement:
                tx.exec_driver_sql(statement)
    found = failing(journal)
    assert len(found) >= 4
    assert "nachtigall" not in str(found).lower()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM entry_text_data WHERE id > 100",
        "DELETE FROM entry_text_docsize",
        "UPDATE day_total SET logged = 1",
        "DELETE FROM day_total",
    ],
)
def test_what_can_be_made_anew_is_mended(lived: Journal, door: Database, statement: str) -> None:
    with door.transaction() as tx:
        tx.exec_driver_sql(statement)
    assert failing(lived)
    with door.transaction() as tx:
        mend_derived(tx)
    assert failing(lived) == {}


def test_a_damaged_backup_and_a_lost_key_copy_are_found(lived: Journal) -> None:
    (path,) = back_up(lived, WRITTEN_AT).paths
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)
    (lived.folder / HEADER_COPY).unlink()
    assert failing(lived).keys() == {f"backup {path.name}", "key file"}


def test_a_file_older_than_the_mark_is_found(lived: Journal) -> None:
    Mark(lived.folder / MARK, lived.vault.mark_key).write(10_000)
    assert failing(lived).keys() == {"mark"}


def test_a_check_can_be_stopped_and_tells_how_far_it_is(lived: Journal) -> None:
    steps: list[tuple[int, int]] = []
    verify(lived, [], lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]
    for stop_at in range(0, 12, 4):

        def stop(done: int, _total: int, stop_at: int = stop_at) -> None:
            if done >= stop_at:
                raise Cancelled

        with pytest.raises(Cancelled):
            verify(lived, [], stop)
