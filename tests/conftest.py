"""What all tests share: folders of their own, a journal of 10 ms, and a guard on the log."""

import logging
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from kotter_journal.domain.entries import Entry, EntryDraft, begin
from kotter_journal.services.entries import write_entry
from kotter_journal.storage import passphrase
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import Journal, create, open_journal

WRITTEN_AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
DAY = date(2026, 3, 4)


class _Listener(logging.Handler):
    """Keeps what was logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees or touches the folders of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name, folder in (
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
    ):
        monkeypatch.setenv(name, str(home / folder))


@pytest.fixture(autouse=True)
def logged_warnings() -> Iterator[list[logging.LogRecord]]:
    """Fails a test that logs a warning, unless the test takes it out of this list."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    listener = _Listener()
    root.addHandler(listener)
    yield listener.records
    for handler in [h for h in root.handlers if h not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    assert [record.getMessage() for record in listener.records] == []


@pytest.fixture
def cheap_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases cost a millisecond; headers, limits and keys for different costs stay real."""
    real = passphrase.argon2id

    def cheap(secret: bytes, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
        return real(secret, salt + f"{memory_kib} {passes} {lanes}".encode(), 64, 1, 1)

    monkeypatch.setattr(passphrase, "argon2id", cheap)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the test's journal lies."""
    return tmp_path / "journal"


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """The device's secrets."""
    return tmp_path / "keys"


@pytest.fixture
def journal(folder: Path, keys: Path) -> Iterator[Journal]:
    """An empty journal, opened."""
    create(folder, keys, WRITTEN_AT, zone="Europe/Berlin")
    opened = open_journal(folder, keys)
    yield opened
    opened.close()


@pytest.fixture
def door(journal: Journal) -> Iterator[Database]:
    """The journal's writing door."""
    opened = journal.writing()
    yield opened
    opened.close()


@pytest.fixture
def reading(journal: Journal, door: Database) -> Iterator[Database]:
    """The journal's reading door, beside the writing one."""
    opened = journal.reading()
    yield opened
    opened.close()


@pytest.fixture
def make() -> Callable[..., Entry]:
    """Makes entries: ``make("text", day=3, at="9:30", duration=45)``; day 0 is 4 March 2026."""
    chance = random.Random(1)  # noqa: S311

    def made(body: str = "", *, day: int = 0, at: str | None = None, **fields: Any) -> Entry:
        moment = WRITTEN_AT + timedelta(days=day)
        draft = EntryDraft(
            on=DAY + timedelta(days=day),
            at=None if at is None else time.fromisoformat(at.zfill(5)),
            zone=fields.pop("zone", "Europe/Berlin"),
            body=body,
            **fields,
        )
        return begin(draft, moment, chance.getrandbits(74))

    return made


@pytest.fixture
def write(door: Database, make: Callable[..., Entry]) -> Callable[..., Entry]:
    """Writes an entry as ``make`` makes it."""

    def written(body: str = "", **fields: Any) -> Entry:
        entry = make(body, **fields)
        with door.transaction() as tx:
            write_entry(tx, entry)
        return entry

    return written
