"""Upgrade: an older journal becomes one of today, wholly or not at all.

What SQLite and Alembic do behind one's back decides the order of things: foreign keys cannot be
switched off inside a transaction, a recreated table loses its triggers, and its children where
they cascade. So a verified copy comes first, foreign keys go off before BEGIN, triggers and search
index are dropped before and made anew after the steps, and rows are counted before and after.
"""

import importlib
import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from types import ModuleType

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from kotter_journal.config.files import private_folder
from kotter_journal.domain.backups import BEFORE_UPGRADE, name_of
from kotter_journal.storage.backup import write_backup
from kotter_journal.storage.database import Database, Transaction
from kotter_journal.storage.journal import Journal, disk_errors
from kotter_journal.storage.tables import (
    INDEX_THE_REST,
    INDEXES,
    alembic_version,
    create_derived,
    vault,
)

log = logging.getLogger(__name__)

BACKUPS = "backups"
_VERSIONS = "kotter_journal.storage.migrations.versions"
STEPS = ("0001_first", "0002_saved_search", "0003_practice")
"""Every step in order; a step's number is the revision that it leads to."""


def upgrade(journal: Journal, steps: Sequence[ModuleType] | None = None) -> None:
    """Bring ``journal`` up to the last of ``steps`` (all of ours).

    Raises JournalBusy, JournalDamaged and StorageFailed; the journal then stays as it was.
    """
    door = journal.writing()
    try:
        revision = _revision(door)
        missing = [step for step in steps or _our_steps() if revision < step.REVISION]
        if missing:
            _keep_backup(journal)
            _run_outside(door, missing)
            log.info("upgraded from revision %s to %s", revision, missing[-1].REVISION)
    finally:
        door.close()
        journal.close()


def upgrade_copy(door: Database) -> None:
    """Bring a database up to date that is a copy; nothing is backed up."""
    revision = _revision(door)
    if missing := [step for step in _our_steps() if revision < step.REVISION]:
        _run_outside(door, missing)


def _run_outside(door: Database, steps: Sequence[ModuleType]) -> None:
    # Inside a transaction the pragma is ignored without a word.
    door.execute_outside("PRAGMA foreign_keys = OFF")
    with door.transaction() as tx:
        run_steps(tx, steps)


def run_steps(tx: Transaction, steps: Sequence[ModuleType]) -> None:
    """Run ``steps`` in the given transaction. Raises RuntimeError where rows went missing."""
    before = row_counts(tx)
    _drop_derived(tx)
    operations = Operations(MigrationContext.configure(tx))
    for step in steps:
        step.upgrade(operations)
    if tx.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise RuntimeError("a migration left rows that refer to nothing")
    after = row_counts(tx)
    if lost := sorted(name for name, count in before.items() if after.get(name) != count):
        raise RuntimeError(f"a migration changed the number of rows in {', '.join(lost)}")
    create_derived(tx)
    for statement in INDEX_THE_REST:
        tx.exec_driver_sql(statement)
    for name in INDEXES:
        check = f"INSERT INTO {name}({name}) VALUES ('integrity-check')"  # noqa: S608
        tx.exec_driver_sql(check)
    tx.execute(sa.update(vault).values(change_counter=vault.c.change_counter + 1))
    tx.execute(sa.delete(alembic_version))
    tx.execute(sa.insert(alembic_version).values(version_num=steps[-1].REVISION))


def row_counts(tx: Transaction) -> dict[str, int]:
    """The number of rows of each table that is not derived."""
    return {name: _count(tx, name) for name in _table_names(tx)}


def _our_steps() -> list[ModuleType]:
    return [importlib.import_module(f"{_VERSIONS}.{name}") for name in STEPS]


def _revision(door: Database) -> str:
    with door.transaction() as tx:
        return str(tx.execute(sa.select(alembic_version.c.version_num)).scalar_one())


def _keep_backup(journal: Journal) -> None:
    """A backup of the state before, read again before anything is changed."""
    folder = journal.folder / BACKUPS
    name = name_of(journal.vault.id, datetime.now(UTC), BEFORE_UPGRADE)
    with disk_errors(folder):
        private_folder(folder)
    write_backup(journal, folder / name.text, name.taken_at, lambda *_: None)


def _drop_derived(tx: Transaction) -> None:
    for name in _names(tx, "trigger"):
        tx.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for name in INDEXES:
        tx.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")


def _table_names(tx: Transaction) -> Iterator[str]:
    yield from (name for name in _names(tx, "table") if not name.startswith(INDEXES))


def _names(tx: Transaction, kind: str) -> list[str]:
    asked = "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%'"
    return [row[0] for row in tx.exec_driver_sql(asked, (kind,))]


def _count(tx: Transaction, name: str) -> int:
    return int(tx.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one())
