"""What a locked program has in its memory: nothing of the journal, and no key."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kotter_journal.storage.journal import create, open_journal
from tests.e2e.conftest import START

PASSPHRASE = "gulls over harbour"
TYPED = (PASSPHRASE, "45a Zanzibarrow", "Quillfeather went by", "Quillfeath")
PROBE = Path(__file__).with_name("lock_probe.py")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A journal with a passphrase of the real cost."""
    create(tmp_path / "journal", tmp_path / "keys", START, passphrase=PASSPHRASE)
    return tmp_path / "journal"


@pytest.fixture
def probe(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The program, writing by itself."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(PROBE), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        yield process
        process.kill()


def memory_of(pid: int) -> bytes:
    """Everything that a process has written into its memory."""
    parts = []
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            found = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)", line)
            assert found is not None
            start, end = int(found[1], 16), int(found[2], 16)
            if "w" not in found[3] or found[4].startswith(("/dev", "[v")):
                continue
            memory.seek(start)
            try:
                parts.append(memory.read(end - start))
            except OSError:
                continue
    return b"\0".join(parts)


def counted(memory: bytes, secrets: dict[str, list[bytes]]) -> dict[str, int]:
    """How often each secret occurs in any form."""
    return {name: sum(memory.count(one) for one in forms) for name, forms in secrets.items()}


def forms(text: str) -> list[bytes]:
    """A text as Python, Qt and the disk keep it."""
    return [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-32-le")]


def test_after_locking_no_word_and_no_key_is_left(
    probe: subprocess.Popen[str], folder: Path
) -> None:
    vault = open_journal(folder, folder.parent / "keys", passphrase=PASSPHRASE).vault
    secrets = {
        "passphrase": forms(PASSPHRASE),
        "line": forms("Zanzibarrow"),
        "text": forms("Quillfeather"),
        "key of the data": [vault.data_key, *forms(vault.data_key.hex())],
        "key of the database": [vault.database_key, *forms(vault.database_key.hex())],
    }
    assert probe.stdout is not None
    assert probe.stdin is not None
    probe.stdin.write("\n".join(TYPED) + "\n")
    probe.stdin.flush()
    assert probe.stdout.readline() == "written\n"
    before = counted(memory_of(probe.pid), secrets)
    assert all(before[name] for name in ("line", "text", "key of the data")), before
    probe.stdin.write("lock\n")
    probe.stdin.flush()
    assert probe.stdout.readline() == "locked\n"
    after = counted(memory_of(probe.pid), secrets)
    print("before", before, "after", after)
    assert not any(after.values()), after


def test_the_program_forbids_core_dumps_and_being_read(tmp_path: Path) -> None:
    told = (
        "import resource, ctypes; from kotter_journal.app.protection import protect_memory;"
        " protect_memory();"
        " print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    run = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout == "(0, 0) 0\n"
