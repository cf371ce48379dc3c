"""SECURITY.md says how a journal is read without the program; here that is done to the letter."""

import hashlib
import hmac
import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kotter_journal.domain.entries import Entry
from kotter_journal.services import backups, keys
from kotter_journal.services.entries import write_entry
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


def test_header_mark_and_recovery_key_are_made_as_it_says(
    journal: Journal, make: Callable[..., Entry]
) -> None:
    """Anew from the words of the document, without anything of the program."""

    def sealed(purpose: str, content: bytes) -> bytes:
        key = HKDF(SHA256(), 32, None, purpose.encode()).derive(journal.vault.data_key)
        return hmac.digest(key, content, hashlib.sha256)

    header = json.loads((journal.folder / "journal.key").read_text())
    crc = header.pop("crc")
    assert crc == f"{zlib.crc32(canonical(header)):08x}"
    assert header.pop("mac") == sealed("kotter-journal/header", canonical(header)).hex()
    door = journal.writing()
    with door.transaction() as tx:
        write_entry(tx, make("raises the counter"))
    door.close()
    mark = (journal.folder / "journal.mark").read_bytes()
    newest = max(mark[:40], mark[40:])
    assert newest[8:40] == sealed("kotter-journal/mark", newest[:8])
    recovery = keys.unsaved_recovery_key(journal)
    assert recovery is not None
    number = 0
    for sign in recovery.text.replace("-", ""):
        number = number << 5 | "ABCDEFGHJKLMNPQRSTUVWXYZ23456789".index(sign)
    rest = number >> 20 << 20
    for bit in range(179, 19, -1):
        rest ^= (0x1DE1BF << bit - 20) * (rest >> bit & 1)
    assert number & 0xFFFFF == rest ^ 0x5A35C


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def test_a_position_reads_as_it_says(
    journal: Journal, door: Database, make: Callable[..., Entry]
) -> None:
    entry = replace(make("at a quarter past nine"), at=time(9, 15))
    with door.transaction() as tx:
        write_entry(tx, entry)
        position = tx.exec_driver_sql("SELECT position FROM entry").scalar_one()
    assert "`position >> 40`" in DOCUMENT
    assert date(1, 1, 1) + timedelta(days=(position >> 40) - 1) == entry.on
    assert (position >> 20 & 1048575) == 1 + 9 * 60 + 15


def test_the_numbers_of_the_document_are_those_of_the_code() -> None:
    cost = passphrase.Cost()
    assert f"{cost.memory_kib // 1024} MiB, {cost.passes} passes, {cost.lanes} lanes" in DOCUMENT
    for pragma in ("secure_delete = ON", "synchronous = FULL", "cipher_compatibility = 4"):
        assert pragma in connection._PRAGMAS
        assert f"`{pragma}`" in DOCUMENT
