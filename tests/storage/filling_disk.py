"""Runs one act on a disk with less and less room; prints as JSON what went wrong.

python filling_disk.py PLACE ACT disk|limit TRIALS, in a process of its own, since it fills a
file system or limits the size of files.
"""

import importlib
import io
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kotter_journal.domain.entries import EntryDraft, begin
from kotter_journal.domain.errors import KotterError, StorageFailed, StorageTrouble
from kotter_journal.formats import journal_json
from kotter_journal.services import backups, keys
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import delete_entries, write_entries, write_entry
from kotter_journal.services.erase import erase_entries
from kotter_journal.services.rescue import rescue_journal
from kotter_journal.services.transfer import export_journal, import_journal
from kotter_journal.storage import passphrase
from kotter_journal.storage.journal import Journal, create, open_journal
from kotter_journal.storage.vault import open_vault

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BLOCK = 4096
REAL_ARGON2 = passphrase.argon2id
FULL = {StorageTrouble.DISK_FULL, StorageTrouble.DISK_ERROR}


class Trials:
    """One journal, tried with room for so many blocks and no more."""

    def __init__(self, place: Path, act: str, how: str) -> None:
        self._place, self._how = place, how
        self._act: Callable[[Journal], None] = getattr(self, f"_{act}")
        self._keys, self._pristine = place / "keys", place / "pristine"
        create(self._pristine, self._keys, NOW)
        self._made = list(demo_entries(120, 3, date(2026, 3, 4)))
        self._change(self._pristine, lambda tx: write_entries(tx, self._made))
        self._archive = place / "b.zip"
        backups.back_up_to(open_journal(self._pristine, self._keys), self._archive, NOW)
        self._file = self._export_file()
        self._before = self._contents(self._pristine)
        shutil.copytree(self._keys, place / "kept keys")

    def run(self, blocks: int) -> tuple[bool, list[str]]:
        """Whether it failed with room for so many blocks, and what should not have happened."""
        folder = self._fresh()
        journal = open_journal(folder, self._keys)
        failed, problems = False, []
        names = self._names()
        with self._room_for(blocks, folder):
            try:
                self._act(journal)
            except StorageFailed as error:
                failed = True
                if error.trouble not in FULL:
                    problems.append(f"{blocks}: told as {error.trouble}")
            except KotterError as error:
                problems.append(f"{blocks}: told as {type(error).__name__}")
            journal.close()
        if failed:
            if self._contents(folder) != self._before:
                problems.append(f"{blocks}: the journal is not as it was")
            if left := self._names() - names:
                problems.append(f"{blocks}: left {sorted(left)}")
            if held := self._held():
                problems.append(f"{blocks}: still open {held}")
            journal = open_journal(folder, self._keys)
            self._act(journal)
            journal.close()  # an open file of a removed folder would keep its room
        return failed, problems

    def _save(self, journal: Journal) -> None:
        draft = EntryDraft(on=date(2026, 3, 5), body="saved " * 3000, tags=("new",))
        self._change_in(journal, lambda tx: write_entry(tx, begin(draft, NOW, 7)))

    def _delete(self, journal: Journal) -> None:
        ids = [entry.id for entry in self._made[:40]]
        self._change_in(journal, lambda tx: delete_entries(tx, ids, NOW))

    def _erase(self, journal: Journal) -> None:
        ids = [entry.id for entry in self._made[:40]]
        self._change_in(journal, lambda tx: erase_entries(tx, ids, NOW))

    def _backup(self, journal: Journal) -> None:
        backups.back_up(journal, NOW)

    def _import(self, journal: Journal) -> None:
        file = journal_json.read(self._file)
        self._change_in(journal, lambda tx: import_journal(tx, file, NOW))

    def _upgrade(self, journal: Journal) -> None:
        module = importlib.import_module("kotter_journal.storage.migrations.upgrade")
        step = importlib.import_module("tests.storage.steps.recreated")
        module.upgrade(journal, [step])

    def _passphrase(self, journal: Journal) -> None:
        self._change_in(journal, lambda tx: keys.set_passphrase(tx, journal, "grey herons"))

    def _restore(self, journal: Journal) -> None:
        vault = backups.open_backup(self._archive, self._keys)
        backups.restore_backup(self._archive, self._place / "restored", vault, NOW)

    def _rescue(self, journal: Journal) -> None:
        rescue_journal(journal.folder, journal.vault, self._place / "rescued", NOW)

    def _fresh(self) -> Path:
        for name in ("journal", "restored", "rescued"):
            shutil.rmtree(self._place / name, ignore_errors=True)
        shutil.copytree(self._pristine, self._place / "journal")
        shutil.rmtree(self._keys)
        shutil.copytree(self._place / "kept keys", self._keys)
        return self._place / "journal"

    def _change(self, folder: Path, change: Callable[..., object]) -> None:
        journal = open_journal(folder, self._keys)
        self._change_in(journal, change)
        journal.close()

    def _change_in(self, journal: Journal, change: Callable[..., object]) -> None:
        door = journal.writing()
        try:
            with door.transaction() as tx:
                change(tx)
        finally:
            door.close()

    def _contents(self, folder: Path) -> bytes:
        out = io.BytesIO()
        door = Journal(folder, open_vault(folder, self._keys)).reading()
        with door.transaction() as tx:
            assert tx.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            export_journal(tx, out, NOW, version="1")
        door.close()
        return out.getvalue()

    def _export_file(self) -> Path:
        create(self._place / "other", self._keys, NOW)
        others = list(demo_entries(150, 8, date(2026, 3, 4) - timedelta(days=400)))
        self._change(self._place / "other", lambda tx: write_entries(tx, others))
        path = self._place / "file.json"
        path.write_bytes(self._contents(self._place / "other"))
        shutil.rmtree(self._place / "other")
        return path

    def _names(self) -> set[str]:
        return {
            str(path.relative_to(self._place))
            for path in self._place.rglob("*")
            if path.name != "ballast"
            and not path.name.endswith(("-wal", "-shm", ".mark", ".lock"))
            and path.name != "backups"
        }

    def _held(self) -> list[str]:
        """Files that this process keeps on the disk though their names have gone."""
        handles = Path("/proc/self/fd")
        if not handles.is_dir():
            return []
        ends = (os.readlink(one) for one in handles.iterdir() if one.is_symlink())
        return [end for end in ends if end.startswith(str(self._place)) and "(deleted)" in end]

    @contextmanager
    def _room_for(self, blocks: int, folder: Path) -> Iterator[None]:
        if self._how == "limit":
            limit = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (blocks * BLOCK, limit[1]))
            yield
            resource.setrlimit(resource.RLIMIT_FSIZE, limit)
            return
        ballast = self._place / "ballast"
        free = os.statvfs(self._place).f_bavail
        ballast.write_bytes(bytes(max(0, free - blocks) * BLOCK))
        yield
        ballast.unlink()


def cheap(secret: bytes, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    """A passphrase of a millisecond, so that hundreds of changes are tried in a minute."""
    return REAL_ARGON2(secret, salt + f"{memory_kib} {passes} {lanes}".encode(), 64, 1, 1)


def main() -> None:
    """Try with room for more and more blocks, until nothing fails any more."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    passphrase.argon2id = cheap
    place, act, how, most = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
    trials = Trials(place, act, how)
    outcomes: list[tuple[bool, list[str]]] = []
    room = 1
    while not outcomes or outcomes[-1][0]:
        outcomes.append(trials.run(room))
        room *= 2
    step = max(1, room // 2 // most)
    outcomes += [trials.run(blocks) for blocks in range(0, room // 2, step)]
    failed = sum(refused for refused, _ in outcomes)
    problems = [one for _, found in outcomes for one in found]
    done = len(outcomes)
    print(json.dumps({"trials": done, "failed": failed, "problems": problems}))


if __name__ == "__main__":
    main()
