import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy as sa

from kotter_journal.domain.backups import BEFORE_UPGRADE, read_name
from kotter_journal.domain.entries import Entry
from kotter_journal.domain.search import parse_query
from kotter_journal.services.backups import open_backup, restore_backup
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import delete_entries, write_entries, write_entry
from kotter_journal.services.transfer import export_journal
from kotter_journal.storage import entries, search
from kotter_journal.storage import journal as journal_module
from kotter_journal.storage.database import Database, Transaction
from kotter_journal.storage.journal import create, open_journal
from kotter_journal.storage.migrations import upgrade as upgrade_module
from kotter_journal.storage.migrations.upgrade import BACKUPS, row_counts, run_steps, upgrade
from kotter_journal.storage.tables import REVISION, TRIGGERS
from tests.conftest import DAY, WRITTEN_AT
from tests.storage.make_released_journal import JOURNALS, NOW
from tests.storage.steps import failing, losing, recreated
from tests.storage.test_kill import check

UPGRADE = """
import sys
from pathlib import Path
from kotter_journal.storage.journal import open_journal
from kotter_journal.storage.migrations.upgrade import upgrade
from tests.storage.steps import recreated
journal = open_journal(Path(sys.argv[1]), Path(sys.argv[2]))
print("begins", flush=True)
upgrade(journal, [recreated])
"""
RELEASED = sorted(path.name for path in JOURNALS.iterdir())


@pytest.fixture
def old(folder: Path, keys: Path) -> Path:
    """A closed journal of 80 entries, three of them in the trash."""
    create(folder, keys, WRITTEN_AT)
    journal = open_journal(folder, keys)
    door = journal.writing()
    made = list(demo_entries(80, 4, DAY))
    with door.transaction() as tx:
        write_entries(tx, made)
        delete_entries(tx, [e.id for e in made[:3]], WRITTEN_AT)
    door.close()
    journal.close()
    return folder


@pytest.fixture
def newer_program(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this were a later program, with one step more."""
    monkeypatch.setattr(journal_module, "REVISION", "9999")
    monkeypatch.setattr(journal_module, "OLDER_REVISIONS", (REVISION,))
    monkeypatch.setattr(upgrade_module, "_our_steps", lambda: [recreated])


def ask(folder: Path, keys: Path, question: Callable[[Transaction], object]) -> object:
    """Open past the check of the revision, which a test may have moved on."""
    door = journal_module.Journal(folder, journal_module.open_vault(folder, keys)).reading()
    try:
        with door.transaction() as tx:
            return question(tx)
    finally:
        door.close()


def everything(tx: Transaction) -> dict[str, object]:
    names = tx.exec_driver_sql("SELECT name, sql FROM sqlite_master ORDER BY name").all()
    rows = {
        name: tx.exec_driver_sql(f'SELECT * FROM "{name}"').all()  # noqa: S608
        for name in row_counts(tx)
    }
    return {"schema": names, "rows": rows, "found": _found(tx)}


def _found(tx: Transaction) -> list[int]:
    return list(search.positions(tx, parse_query("customer", DAY)))


def schema_of(tx: Transaction) -> Iterator[tuple[str, ...]]:
    asked = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
    for row in tx.exec_driver_sql(asked):
        text = re.sub(r"\s*([(),])\s*", r"\1", " ".join(row[3].split()))
        yield (row[0], row[1], row[2], text)


def test_a_journal_made_step_by_step_has_the_schema_of_a_new_one(
    old: Path, keys: Path, tmp_path: Path
) -> None:
    walked = Database(tmp_path / "walked.db", bytes(32))
    with walked.transaction() as tx:
        run_steps(tx, upgrade_module._our_steps())
        made_by_steps = set(schema_of(tx))
    walked.close()
    assert made_by_steps == ask(old, keys, lambda tx: set(schema_of(tx)))


def test_the_steps_lead_to_the_revision_of_today() -> None:
    steps = upgrade_module._our_steps()
    assert steps[-1].REVISION == REVISION
    assert [step.REVISION for step in steps] == sorted({step.REVISION for step in steps})
    assert (*journal_module.OLDER_REVISIONS, REVISION) == tuple(s.REVISION for s in steps)


@pytest.mark.usefixtures("newer_program")
def test_an_old_journal_opens_and_keeps_everything(old: Path, keys: Path) -> None:
    counts = ask(old, keys, row_counts)
    found = ask(old, keys, _found)
    export = ask(old, keys, _exported)
    journal = open_journal(old, keys)
    door = journal.writing()
    with door.transaction() as tx:
        assert row_counts(tx) == counts
        assert _found(tx) == found != []
        assert _exported(tx) == export
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        assert set(tx.exec_driver_sql(triggers).scalars()) == set(TRIGGERS)
        starred = tx.exec_driver_sql("SELECT count(*) FROM entry WHERE starred = 1").scalar()
        placed = tx.exec_driver_sql("SELECT count(*) FROM entry WHERE place = 'Hall 4'").scalar()
        assert starred == placed
        assert tx.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    check(door)
    door.close()
    journal.close()


def _exported(tx: Transaction) -> bytes:
    out = io.BytesIO()
    export_journal(tx, out, NOW, version="0.1.0")
    return out.getvalue()


@pytest.mark.usefixtures("newer_program")
def test_what_is_written_after_an_upgrade_is_found(
    old: Path, keys: Path, make: Callable[..., Entry]
) -> None:
    journal = open_journal(old, keys)
    door = journal.writing()
    entry = make("a zebra walked in", day=1)
    with door.transaction() as tx:
        write_entry(tx, entry)
        found = search.positions(tx, parse_query("zebra", DAY))
        assert [e.id for e in entries.entries_at(tx, found)] == [entry.id]
    door.close()
    journal.close()


@pytest.mark.usefixtures("newer_program")
def test_a_backup_of_the_old_state_stays(old: Path, keys: Path, tmp_path: Path) -> None:
    before = ask(old, keys, everything)
    open_journal(old, keys).close()
    (copy,) = (old / BACKUPS).iterdir()
    assert copy.stat().st_mode & 0o077 == 0
    name = read_name(copy.name)
    assert name is not None
    assert name.occasion == BEFORE_UPGRADE
    keys_of_copy = open_backup(copy, keys)
    restore_backup(copy, tmp_path / "restored", keys_of_copy, WRITTEN_AT)
    restored = ask(tmp_path / "restored", keys, everything)
    assert _without_device(restored) == _without_device(before)


def _without_device(state: object) -> object:
    """A restored journal counts as another device; all else is as it was."""
    assert isinstance(state, dict)
    return {**state, "rows": {**state["rows"], "vault": len(state["rows"]["vault"])}}


@pytest.mark.parametrize(
    ("steps", "error"),
    [
        ([failing], sa.exc.OperationalError),
        ([losing], RuntimeError),
        ([recreated, failing], Exception),
    ],
)
def test_an_upgrade_that_fails_leaves_the_old_state_whole(
    old: Path, keys: Path, steps: Sequence[ModuleType], error: type[Exception]
) -> None:
    before = ask(old, keys, everything)
    with pytest.raises(error):
        upgrade(open_journal(old, keys), steps)
    assert ask(old, keys, everything) == before
    journal = open_journal(old, keys)
    journal.writing(wait=0).close()
    journal.close()


def test_a_journal_of_today_is_not_touched(old: Path, keys: Path) -> None:
    before = ask(old, keys, everything)
    upgrade(open_journal(old, keys))
    assert ask(old, keys, everything) == before
    assert not (old / BACKUPS).exists()


def test_alembic_is_loaded_only_for_an_upgrade(old: Path, keys: Path) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from kotter_journal.storage.journal import open_journal;"
        f"open_journal(Path({str(old)!r}), Path({str(keys)!r}));"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def kill_in_the_middle(old: Path, keys: Path, tmp_path: Path, times: int) -> set[str]:
    """Kill upgrades at random moments; every journal is wholly old or wholly new."""
    chance = random.Random(times)  # noqa: S311
    before = ask(old, keys, everything)
    seen: set[str] = set()
    for number in range(times):
        folder = tmp_path / f"copy-{number}"
        shutil.copytree(old, folder)
        with subprocess.Popen(
            [sys.executable, "-c", UPGRADE, str(folder), str(keys)],
            stdout=subprocess.PIPE,
            env=os.environ | {"SECONDS_IN_THE_MIDDLE": "0.05"},
            cwd=Path(__file__).parents[2],
        ) as upgrading:
            assert upgrading.stdout is not None
            upgrading.stdout.readline()
            time.sleep(chance.uniform(0, 0.3))
            upgrading.kill()
        version = ask(folder, keys, _version)
        seen.add(str(version))
        if version == REVISION:
            assert ask(folder, keys, everything) == before
        else:
            assert ask(folder, keys, _found) == before["found"]  # type: ignore[index]
        shutil.rmtree(folder)
    return seen


def _version(tx: Transaction) -> str:
    return str(tx.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def test_a_killed_upgrade_is_wholly_done_or_not_begun(
    old: Path, keys: Path, tmp_path: Path
) -> None:
    assert kill_in_the_middle(old, keys, tmp_path, 5) <= {REVISION, "9999"}


@pytest.mark.slow
def test_eighty_killed_upgrades_are_wholly_done_or_not_begun(
    old: Path, keys: Path, tmp_path: Path
) -> None:
    assert kill_in_the_middle(old, keys, tmp_path, 80) == {REVISION, "9999"}


@pytest.mark.parametrize("revision", RELEASED)
def test_every_released_journal_opens_and_looks_right(revision: str, tmp_path: Path) -> None:
    shutil.copytree(JOURNALS / revision, tmp_path / "kept")
    journal = open_journal(tmp_path / "kept" / "journal", tmp_path / "kept" / "keys")
    door = journal.writing()
    with door.transaction() as tx:
        # Later exports hold more; what an earlier one held is there unchanged.
        now, then = json.loads(_exported(tx)), (JOURNALS / revision / "export.json").read_bytes()
        assert {name: now[name] for name in json.loads(then)} == json.loads(then)
        assert revision != REVISION or _exported(tx) == then
        assert len(entries.trash(tx)) == 2
        summaries = entries.summaries_between(tx, DAY - timedelta(60), DAY + timedelta(1))
        assert len(summaries) == 38
        assert _found(tx)
    check(door)
    door.close()
    journal.close()


def test_there_is_a_kept_journal_of_every_revision() -> None:
    assert [step.REVISION for step in upgrade_module._our_steps()] == RELEASED
