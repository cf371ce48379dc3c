"""Writes, erases, backs up and changes the passphrase until it is stopped, telling each deed.

python power_writer.py ROOT SECONDS FULL|NORMAL; what is acknowledged goes into ROOT/told.
"""

import os
import random
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kotter_journal.domain.entries import Entry, EntryDraft, begin, tags_in
from kotter_journal.services.backups import back_up
from kotter_journal.services.entries import delete_entries, revise_entry, write_entry
from kotter_journal.services.erase import erase_entries
from kotter_journal.services.keys import set_passphrase
from kotter_journal.storage import connection, passphrase
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import Journal, create, open_journal

_REAL = passphrase.argon2id
_ACTS = ("write",) * 4 + ("revise", "delete", "erase", "backup", "key")
_WORDS = ("where", "why", "who", "what", "when", "#ops", "#team")


def cheap(secret: bytes, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    """A passphrase for a millisecond."""
    return _REAL(secret, salt + f"{memory_kib} {passes} {lanes}".encode(), 64, 1, 1)


class Writer:
    """One process at work on one journal."""

    def __init__(self, root: Path) -> None:
        self._told = os.open(root / "told", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        folder, keys = root / "journal", root / "keys"
        create(folder, keys, datetime.now(UTC), passphrase="words 0")
        self._tell("made")
        self._journal: Journal = open_journal(folder, keys, passphrase="words 0")
        self._door: Database = self._journal.writing()
        self._chance = random.Random(1)  # noqa: S311
        self._mine: list[Entry] = []
        self._number = 0

    def act(self) -> None:
        """One deed, told after it is done, and before where it takes something away."""
        self._number += 1
        now = datetime.now(UTC)
        act = self._chance.choice(_ACTS)
        if act == "write" or not self._mine:
            self._write(now)
        elif act == "revise":
            self._revise(now)
        elif act == "delete":
            with self._door.transaction() as tx:
                delete_entries(tx, [self._chance.choice(self._mine).id], now)
        elif act == "erase":
            entry = self._mine.pop(self._chance.randrange(len(self._mine)))
            self._tell("erasing", entry.id)
            with self._door.transaction() as tx:
                erase_entries(tx, [entry.id], now)
            self._tell("erased", entry.id)
        elif act == "backup":
            taken = back_up(self._journal, now + timedelta(seconds=self._number))
            self._tell("backup", taken.paths[0].name)
        else:
            self._tell("locking", str(self._number))
            with self._door.transaction() as tx:
                set_passphrase(tx, self._journal, f"words {self._number}")
            self._tell("locked", str(self._number))

    def _write(self, now: datetime) -> None:
        words = " ".join(self._chance.choices(_WORDS, k=200))
        body = f"{self._number} {words}"
        draft = EntryDraft(on=date(2020, 1, 1 + self._number % 28), body=body, tags=tags_in(body))
        entry = begin(draft, now, self._chance.getrandbits(74))
        with self._door.transaction() as tx:
            write_entry(tx, entry)
        self._mine.append(entry)
        self._tell("text", entry.id, body.split()[0])

    def _revise(self, now: datetime) -> None:
        entry = replace(self._mine.pop(), body=f"{self._number} revised", modified_at=now)
        self._tell("revising", entry.id, str(self._number))
        with self._door.transaction() as tx:
            revise_entry(tx, entry)
        self._mine.append(entry)
        self._tell("text", entry.id, str(self._number))

    def _tell(self, *words: str) -> None:
        os.write(self._told, (" ".join(words) + "\n").encode())


def main() -> None:
    """Work for so many seconds, then end as a killed process ends."""
    passphrase.argon2id = cheap
    if sys.argv[3] == "NORMAL":
        connection._PRAGMAS = tuple(  # type: ignore[assignment]
            "synchronous = NORMAL" if p.startswith("synchronous") else p
            for p in connection._PRAGMAS
        )
    writer = Writer(Path(sys.argv[1]))
    end = time.monotonic() + float(sys.argv[2])
    while time.monotonic() < end:
        writer.act()
    os._exit(0)


if __name__ == "__main__":
    main()
