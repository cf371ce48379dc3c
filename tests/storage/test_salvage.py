import json
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, Entry, revised
from kotter_journal.domain.errors import (
    Cancelled,
    JournalDamaged,
    JournalExists,
    JournalMissing,
)
from kotter_journal.formats import journal_json
from kotter_journal.services.backups import back_up
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import delete_entries, revise_entry, write_entries
from kotter_journal.services.erase import erase_entries
from kotter_journal.services.rescue import (
    export_readable,
    look_for_readable,
    open_readable,
    rescue_journal,
)
from kotter_journal.storage import entries, tables
from kotter_journal.storage.database import Database, Transaction
from kotter_journal.storage.journal import DATABASE, Journal, open_journal
from kotter_journal.storage.pages import PAGE, PageReader, salt_of
from kotter_journal.storage.records import records_of
from kotter_journal.storage.salvage import salvage
from kotter_journal.storage.stamps import tick
from tests.conftest import DAY, WRITTEN_AT

NOW = WRITTEN_AT + timedelta(days=1)
_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


@pytest.fixture
def lived(journal: Journal, door: Database, make: Callable[..., Entry]) -> Journal:
    """Entries of every kind, short and long, changed, deleted and erased."""
    made = list(demo_entries(120, 6, DAY))
    long = make(
        "a long text with ü and 日本 " * 4000, tags=("ops",), people=("Dana", "Ines"), day=2
    )
    row = Allocation(Activity.OUTSIDE, 20, note="n", extra={"x": [1]})
    noted = make("noted", duration=30, allocations=(row,), day=3, at="9:15")
    with door.transaction() as tx:
        write_entries(tx, [*made, long, noted])
        delete_entries(tx, [made[0].id, made[1].id], WRITTEN_AT)
        erase_entries(tx, [made[2].id], WRITTEN_AT)
    with door.transaction() as tx:
        revise_entry(tx, revised(made[3], NOW, body="other words", allocations=()))
        revise_entry(tx, revised(long, NOW, tags=("new",), people=("Ines",)))
    return journal


def everything(tx: Transaction) -> list[Entry]:
    return entries.entries_between(tx, 0, 2**62)


def closed(journal: Journal, door: Database) -> tuple[Path, list[Entry]]:
    """The file with everything in it, and what it holds."""
    with door.transaction() as tx:
        found = everything(tx)
    door.empty_log()
    return journal.folder / DATABASE, found


def test_a_sound_journal_is_read_whole(lived: Journal, door: Database) -> None:
    with door.transaction() as tx:
        true = everything(tx)
    from_log = salvage(lived.folder, lived.vault)
    assert list(from_log.entries) == true
    assert (from_log.damaged_pages, from_log.rejected, from_log.incomplete) == (0, 0, 0)
    door.empty_log()
    assert list(salvage(lived.folder, lived.vault).entries) == true
    assert (from_log.name, from_log.time_zone) == ("Journal", "Europe/Berlin")


def test_what_was_not_committed_is_not_read(lived: Journal, door: Database) -> None:
    before = salvage(lived.folder, lived.vault)
    log = lived.folder / f"{DATABASE}-wal"
    size = log.stat().st_size
    # So small a cache has to write to the log what is not committed yet.
    door.execute_outside("PRAGMA cache_size = 1")
    with door.transaction() as tx:
        write_entries(tx, list(demo_entries(200, 9, DAY - timedelta(days=900))))
        assert log.stat().st_size > size
        assert salvage(lived.folder, lived.vault).entries == before.entries


@pytest.mark.parametrize("seed", range(6))
def test_around_damaged_pages_everything_is_read_and_nothing_else(
    lived: Journal, door: Database, seed: int
) -> None:
    path, true = closed(lived, door)
    known = {entry.id: entry for entry in true}
    content, chance = bytearray(path.read_bytes()), random.Random(seed)  # noqa: S311
    pages = len(content) // PAGE
    for page in chance.sample(range(pages), max(1, pages // 12)):
        at = page * PAGE + chance.randrange(PAGE)
        content[at] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    found = salvage(lived.folder, lived.vault, [])
    assert found.damaged_pages
    assert len(true) // 3 < len(found.entries) <= len(true)
    for entry in found.entries:
        assert (entry.title, entry.body, entry.on) == (
            known[entry.id].title,
            known[entry.id].body,
            known[entry.id].on,
        )
        assert all(one in known[entry.id].allocations for one in entry.allocations)
        assert set(entry.tags) <= set(known[entry.id].tags)


@pytest.mark.parametrize("kept", [0.4, 0.6, 0.9])
def test_a_cut_off_file_gives_what_is_left(lived: Journal, door: Database, kept: float) -> None:
    path, true = closed(lived, door)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    found = salvage(lived.folder, lived.vault)
    assert 0 < len(found.entries) <= len(true)


def test_the_first_page_may_be_lost_where_there_is_a_backup(lived: Journal, door: Database) -> None:
    path, true = closed(lived, door)
    back_up(lived, NOW)
    content = bytearray(path.read_bytes())
    content[:PAGE] = bytes(PAGE)
    path.write_bytes(content)
    assert look_for_readable(lived.folder, lived.vault).entries == len(true)


@pytest.mark.parametrize("content", [b"", bytes(20 * PAGE), b"letters" * 5000])
def test_where_nothing_can_be_read_it_is_said(
    lived: Journal, door: Database, content: bytes
) -> None:
    path, _ = closed(lived, door)
    path.write_bytes(content)
    with pytest.raises(JournalDamaged):
        salvage(lived.folder, lived.vault)
    path.unlink()
    with pytest.raises(JournalMissing):
        salvage(lived.folder, lived.vault)


def damaged(journal: Journal, door: Database) -> bytes:
    path, _ = closed(journal, door)
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // PAGE, 9):
        content[page * PAGE + 50] ^= 1
    path.write_bytes(content)
    return bytes(content)


def test_what_can_be_read_is_exported_and_the_journal_left_as_it_was(
    lived: Journal, door: Database, tmp_path: Path
) -> None:
    content = damaged(lived, door)
    out = tmp_path / "readable.json"
    told = export_readable(lived.folder, lived.vault, out, NOW, version="1")
    file = journal_json.read(out)
    assert len(file.entries) == told.entries > 20
    assert not file.complete
    assert json.loads(out.read_text("utf-8"))["journal"]["id"] == lived.vault.id
    assert (lived.folder / DATABASE).read_bytes() == content


def test_a_rescued_journal_opens_like_the_old_one(
    lived: Journal, door: Database, keys: Path, tmp_path: Path
) -> None:
    content = damaged(lived, door)
    into = tmp_path / "rescued"
    told = rescue_journal(lived.folder, lived.vault, into, NOW)
    rescued = open_journal(into, keys)
    reading = rescued.reading()
    with reading.transaction() as tx:
        assert len(everything(tx)) == told.entries
        assert tx.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    reading.close()
    assert (lived.folder / DATABASE).read_bytes() == content
    with pytest.raises(JournalExists):
        rescue_journal(lived.folder, lived.vault, lived.folder, NOW)


def test_what_can_be_read_opens_as_a_journal_that_goes_when_it_is_closed(
    lived: Journal, door: Database
) -> None:
    content = damaged(lived, door)
    rescued, told = open_readable(lived.folder, lived.vault, NOW)
    reading = rescued.reading()
    with reading.transaction() as tx:
        assert len(everything(tx)) == told.entries > 20
    reading.close()
    assert b"budget" not in (rescued.folder / DATABASE).read_bytes()
    rescued.close()
    assert not rescued.folder.parent.exists()
    assert (lived.folder / DATABASE).read_bytes() == content


def test_reading_what_can_be_read_can_be_stopped_at_any_step(
    lived: Journal, door: Database, tmp_path: Path
) -> None:
    damaged(lived, door)
    steps: list[tuple[int, int]] = []
    into = tmp_path / "rescued"
    rescue_journal(lived.folder, lived.vault, into, NOW, progress=lambda *step: steps.append(step))
    shutil.rmtree(into)
    parts = [done / total for done, total in steps]
    assert parts == sorted(parts)
    assert parts[0] == 0
    for last in range(len(steps)):
        left = iter(range(last))

        def stop(_done: int, _total: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Cancelled

        with pytest.raises(Cancelled):
            rescue_journal(lived.folder, lived.vault, into, NOW, progress=stop)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["journal", "keys"]


def test_an_entry_that_fits_no_day_any_more_keeps_its_text(
    lived: Journal, door: Database, tmp_path: Path, make: Callable[..., Entry]
) -> None:
    """As where the row is damaged that had moved one of the two to another day."""
    day = {"day": 40, "at": "0:00"}
    both = [make("most of a day", duration=1400, **day), make("another", duration=100, **day)]
    with door.transaction() as tx:
        for name in tx.exec_driver_sql(_TRIGGERS).scalars().all():
            tx.exec_driver_sql(f'DROP TRIGGER "{name}"')
        entries.insert(tx, both, tick(tx, NOW))
    told = rescue_journal(lived.folder, lived.vault, tmp_path / "rescued", NOW)
    reading = Journal(tmp_path / "rescued", lived.vault).reading()
    with reading.transaction() as tx:
        found = {entry.body: entry.duration for entry in everything(tx)}
    reading.close()
    assert len(found) == told.entries
    assert (found["most of a day"], found["another"]) == (1400, None)


def test_after_a_damaged_page_the_same_doors_read_and_write_the_rest(
    journal: Journal, door: Database, make: Callable[..., Entry]
) -> None:
    made = list(demo_entries(200, 6, DAY))
    with door.transaction() as tx:
        write_entries(tx, made)
    door.empty_log()
    reader = PageReader(journal.vault.database_key, salt_of(journal.folder / DATABASE))
    pages = {p.number: p.content for p in reader.file_pages(journal.folder / DATABASE)}
    holding = [
        number
        for number, content in pages.items()
        if any(len(r.values) == len(tables.entry.c) for r in records_of(number, content, pages.get))
    ]
    content = bytearray((journal.folder / DATABASE).read_bytes())
    content[(holding[3] - 1) * PAGE + 300] ^= 1
    (journal.folder / DATABASE).write_bytes(content)
    for used in (journal.reading(), journal.writing()):
        with used.transaction() as tx:
            positions = list(entries.all_positions(tx))
        read, lost = 0, 0
        for position in positions:
            try:
                with used.transaction() as tx:
                    read += len(entries.summaries(tx, [position]))
            except JournalDamaged:
                lost += 1
        assert read + lost == len(made)
        assert 0 < lost < 20
        if not used.read_only:
            new = make("written all the same", day=90)
            with used.transaction() as tx:
                write_entries(tx, [new])
            with used.transaction() as tx:
                assert entries.entry(tx, new.id).body == new.body
        used.close()
