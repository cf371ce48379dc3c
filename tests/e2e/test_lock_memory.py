"""What a locked program has in its memory: nothing of the journal, and no key."""

import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from kotter_journal.config.paths import keys_folder
from kotter_journal.storage.journal import open_journal
from kotter_journal.storage.recovery_key import parse_recovery_key
from tests.e2e.locking import make, started

if sys.platform != "linux":
    pytest.skip("looks into /proc", allow_module_level=True)

PASSPHRASE = "gulls over harbour"
LINE, TEXT, QUERY = "Zanzibarrow", "Quillfeather", "quillfeat"
_TYPED = {"line": f"45a {LINE} @Ottolinda #plovers", "text": f"{TEXT} went by", "query": QUERY}


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
    """How often each secret occurs in any form; one within another counts as the longer."""
    names = {form: name for name, forms in secrets.items() for form in forms}
    longest_first = sorted(names, key=len, reverse=True)
    found = re.findall(b"|".join(map(re.escape, longest_first)), memory)
    return dict.fromkeys(secrets, 0) | Counter(names[form] for form in found)


def forms(text: str) -> list[bytes]:
    """A text as Python, Qt and the disk keep it."""
    return [text.encode(code).rstrip(b"\0") for code in ("utf-8", "utf-16-le", "utf-32-le")]


@pytest.mark.parametrize("by", ["passphrase", "recovery key"])
def test_after_locking_no_word_and_no_key_is_left(tmp_path: Path, by: str) -> None:
    folder = tmp_path / "journal"
    recovery_key = make(folder, PASSPHRASE)
    vault = open_journal(folder, keys_folder(), passphrase=PASSPHRASE).vault
    secrets = {
        "passphrase": forms(PASSPHRASE),
        "recovery key": [*forms(recovery_key.text), parse_recovery_key(recovery_key.text).secret],
        "line": forms(LINE),
        "text": forms(TEXT),
        "words of the index": [*forms(TEXT.lower()), *forms(LINE.lower())],
        "query": forms(QUERY),
        "names": [*forms("Ottolinda"), *forms("plovers")],
        "key of the data": [vault.data_key, *forms(vault.data_key.hex())],
        "key of the database": [vault.database_key, *forms(vault.database_key.hex())],
    }
    opener = (
        {"passphrase": PASSPHRASE} if by == "passphrase" else {"recovery_key": recovery_key.text}
    )
    with started(folder) as probe:
        probe.tell(**opener, **_TYPED)
        probe.sees("ready")
        before = counted(memory_of(probe.pid), secrets)
        probe.tell(line="45a Zanzibarrow again", text="Quillfeather again")
        probe.sees("locked")
        after = counted(memory_of(probe.pid), secrets)
    print(f"\nunlocked by {by}: {before}\nlocked: {after}")
    expected = {"line", "text", "words of the index", "query", "names", "key of the data"}
    assert all(before[name] for name in expected), before
    assert not any(after.values()), after
