"""The program in a process of its own, as tests start it, lock it and look at it."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from kotter_journal.config.paths import keys_folder
from kotter_journal.storage.entries import all_positions, entries_at
from kotter_journal.storage.journal import create, open_journal
from kotter_journal.storage.recovery_key import RecoveryKey
from kotter_journal.storage.unsent_line import kept_line
from tests.e2e.conftest import START

PROBE = Path(__file__).with_name("lock_probe.py")
ROOT = Path(__file__).parents[2]


class Probe:
    """The running program; see lock_probe.py for what it is told and what it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    def tell(self, **words: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()

    def sees(self, said: str) -> None:
        """Waits for what the program says, which its watchdog makes sure of."""
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == f"{said} {self.pid}\n"

    def says_within(self, seconds: float) -> bool:
        """Whether it has said something by then."""
        return bool(select.select([self._process.stdout], [], [], seconds)[0])

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def open_files(self) -> list[str]:
        """What it has open, without the numbers that differ from process to process."""
        links = []
        for link in Path(f"/proc/{self.pid}/fd").iterdir():
            with suppress(FileNotFoundError):  # closed while we looked
                links.append(link.readlink())
        return sorted(str(link).split(":[")[0] for link in links)


@contextmanager
def started(folder: Path, *options: str, **environment: str) -> Iterator[Probe]:
    """The program on the journal in ``folder``, killed at the end of the block."""
    more: Mapping[str, str] = {"PYTHONPATH": str(ROOT), **environment}
    with subprocess.Popen(
        [sys.executable, str(PROBE), f"--journal={folder}", *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | more,
    ) as process:
        yield Probe(process)
        process.kill()


def make(folder: Path, passphrase: str | None = None) -> RecoveryKey:
    """A journal that the program opens with what it finds in the folders of this test."""
    return create(folder, keys_folder(), START, passphrase=passphrase)


def words_in(folder: Path) -> tuple[list[str], str]:
    """The texts of all entries from the oldest to the newest, and the line nobody sent."""
    journal = open_journal(folder, keys_folder())
    door = journal.writing()
    with door.transaction() as tx:
        kept = entries_at(tx, all_positions(tx))
        line = kept_line(tx)
    door.close()
    journal.close()
    return [f"{one.title or ''}{one.body}" for one in kept], line
