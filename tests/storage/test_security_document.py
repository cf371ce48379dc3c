"""SECURITY.md says how a journal is read without the program; here that is done to the letter."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from kotter_journal.domain.entries import Entry
from kotter_journal.services import backups, keys
from kotter_journal.storage import connection, passphrase
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import Journal

DOCUMENT = (Path(__file__).parents[2] / "SECURITY.md").read_text(encoding="utf-8")
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def block(language: str) -> str:
    """The one block of code in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)
    return str(found)


def key_printed(folder: Path, kind: str, typed: str, program: Path) -> str:
    """What the script of the document prints."""
    program.write_text(block("python"), encoding="utf-8")
    # -S and -I would hide the packages it needs; from an empty folder it cannot import ours.
    run = subprocess.run(
        [sys.executable, str(program), str(folder / "journal.key"), kind],
        input=typed,
        capture_output=True,
        text=True,
        check=True,
        cwd=program.parent,
    )
    return run.stdout.split(":")[-1].strip()


def texts_read(database: Path, key: str) -> list[str]:
    """The bodies that the statements of the document answer."""
    *pragmas, query = block("sql").replace("KEY", key).strip().split("\n")
    opened = sqlcipher.connect(str(database))
    for pragma in pragmas:
        opened.execute(pragma)
    rows = opened.execute(query).fetchall()
    opened.close()
    return [row[3] for row in rows]


@pytest.fixture
def written(door: Database, write: Callable[..., Entry]) -> list[str]:
    """Two entries, oldest first."""
    return [write("Zanzibar", day=0).body, write("Quillfeather", day=1).body]


def test_the_recovery_key_reads_the_journal(
    journal: Journal, written: list[str], tmp_path: Path
) -> None:
    recovery = keys.unsaved_recovery_key(journal)
    assert recovery is not None
    key = key_printed(journal.folder, "recovery", recovery.text.lower(), tmp_path / "key.py")
    assert key == journal.vault.database_key.hex()
    assert texts_read(journal.folder / "journal.db", key) == written


def test_a_passphrase_of_the_real_cost_reads_the_journal(
    journal: Journal, door: Database, written: list[str], tmp_path: Path
) -> None:
    with door.transaction() as tx:
        keys.set_passphrase(tx, journal, "calm ｗater")
    key = key_printed(journal.folder, "passphrase", "calm water", tmp_path / "key.py")
    assert texts_read(journal.folder / "journal.db", key) == written


def test_a_backup_is_read_in_the_same_way(
    journal: Journal, written: list[str], tmp_path: Path
) -> None:
    recovery = keys.unsaved_recovery_key(journal)
    assert recovery is not None
    (path,) = backups.back_up(journal, NOW).paths
    with zipfile.ZipFile(path) as file:
        file.extractall(tmp_path / "taken")
    key = key_printed(tmp_path / "taken", "recovery", recovery.text, tmp_path / "key.py")
    assert texts_read(tmp_path / "taken" / "journal.db", key) == written


def test_the_numbers_of_the_document_are_those_of_the_code() -> None:
    cost = passphrase.Cost()
    assert f"{cost.memory_kib // 1024} MiB, {cost.passes} passes, {cost.lanes} lanes" in DOCUMENT
    for pragma in ("secure_delete = ON", "synchronous = FULL", "cipher_compatibility = 4"):
        assert pragma in connection._PRAGMAS
        assert f"`{pragma}`" in DOCUMENT
