"""Writes, imports, backs up and changes the passphrase, or brings an old journal up to date, until
it is killed; tells each deed on its output.

python kill_writer.py work|upgrade FOLDER KEYS PASSPHRASE SEED FILE...; files to import.
"""

import random
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kotter_journal.domain.entries import Entry, EntryDraft, begin, tags_in
from kotter_journal.formats import journal_json
from kotter_journal.services.backups import back_up
from kotter_journal.services.entries import delete_entries, revise_entry, write_entry
from kotter_journal.services.keys import set_passphrase
from kotter_journal.services.transfer import import_journal
from kotter_journal.storage import passphrase
from kotter_journal.storage.journal import open_journal

_REAL = passphrase.argon2id
_ACTS = ("write", "write", "write", "revise", "delete", "backup", "import", "key")
_WORDS = ("where", "why", "who", "what", "when", "#ops", "#team")


def cheap(secret: bytes, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    """A passphrase for a millisecond."""
    return _REAL(secret, salt + f"{memory_kib} {passes} {lanes}".encode(), 64, 1, 1)


def tell(*words: str) -> None:
    """One line that is out before anything else happens."""
    print(*words, flush=True)


def work(folder: Path, keys: Path, words: str, seed: int, files: list[Path]) -> None:
    """One deed after the other, told when it is done, and before where the old state goes."""
    chance = random.Random(seed)  # noqa: S311
    journal = open_journal(folder, keys, passphrase=words)
    door = journal.writing(wait=5)
    mine: list[Entry] = []
    number = seed * 100_000
    tell("begins")
    while True:
        number += 1
        now = datetime.now(UTC)
        act = chance.choice(_ACTS)
        if act == "write" or (not mine and act in ("revise", "delete")):
            body = f"{number} {' '.join(chance.choices(_WORDS, k=200))}"
            draft = EntryDraft(on=date(2020, 1, 1 + number % 28), body=body, tags=tags_in(body))
            mine.append(begin(draft, now, chance.getrandbits(74)))
            with door.transaction() as tx:
                write_entry(tx, mine[-1])
            tell("text", mine[-1].id, str(number))
        elif act == "revise":
            mine[-1] = replace(mine[-1], body=f"{number} revised", modified_at=now)
            tell("revising", mine[-1].id, str(number))
            with door.transaction() as tx:
                revise_entry(tx, mine[-1])
            tell("text", mine[-1].id, str(number))
        elif act == "delete":
            with door.transaction() as tx:
                delete_entries(tx, [mine.pop(chance.randrange(len(mine))).id], now)
            tell("deleted")
        elif act == "backup":
            taken = back_up(journal, now + timedelta(seconds=number))
            tell("backup", taken.paths[0].name)
        elif act == "import":
            path = chance.choice(files)
            with door.transaction() as tx:
                import_journal(tx, journal_json.read(path), now)
            tell("imported", path.name)
        else:
            tell("locking", f"words-{number}")
            with door.transaction() as tx:
                set_passphrase(tx, journal, f"words-{number}")
            tell("locked", f"words-{number}")


def main() -> None:
    """Work for ever, or upgrade once."""
    passphrase.argon2id = cheap
    what, folder, keys, words, seed, *files = sys.argv[1:]
    if what == "work":
        work(Path(folder), Path(keys), words, int(seed), [Path(file) for file in files])
    tell("begins")
    open_journal(Path(folder), Path(keys))
    tell("upgraded")


if __name__ == "__main__":
    main()
