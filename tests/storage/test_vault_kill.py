"""Changes of keys that are stopped at any step: exactly one of old and new opens, and the
recovery key always does."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kotter_journal.domain.errors import KotterError
from kotter_journal.storage.key_header import HEADER, HEADER_COPY
from kotter_journal.storage.vault import Vault, create_vault, key_facts, open_vault
from kotter_journal.storage.vault_changes import (
    confirm_recovery_saved,
    new_recovery_key,
    remove_passphrase,
    set_passphrase,
)

OLD, NEW = "seven grey herons on one leg", "eight grey herons"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
CHANGE = """
import sys
from pathlib import Path
from kotter_journal.storage import passphrase
real = passphrase.argon2id
passphrase.argon2id = lambda s, salt, m, t, p: real(s, salt + f"{m} {t} {p}".encode(), 64, 1, 1)
from kotter_journal.storage.vault import open_vault
from kotter_journal.storage.vault_changes import set_passphrase
folder, keys, words = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
vault = open_vault(folder, keys, passphrase=words)
number = int(words.split()[-1])
while True:
    number += 1
    vault = set_passphrase(vault, f"passphrase {number}")
    print(number, flush=True)
"""
pytestmark = pytest.mark.usefixtures("cheap_argon2")


class Stopped(BaseException):
    """The program ends here."""


def opens(folder: Path, keys: Path, **given: str) -> bool:
    # A copy, since opening heals what a stopped program left.
    copy, copied_keys = folder.with_name("looked at"), keys.with_name("keys looked at")
    shutil.copytree(folder, copy)
    if keys.exists():
        shutil.copytree(keys, copied_keys)
    try:
        open_vault(copy, copied_keys, **given)
    except KotterError:
        return False
    finally:
        shutil.rmtree(copy)
        shutil.rmtree(copied_keys, ignore_errors=True)
    return True


def stop_at(step: int, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let the program do ``step`` steps on the disk, and no more.

    A step is a replaced file, an fsync, a removed file; each is also stopped right afterwards.
    """
    done = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **options: object) -> object:
            if done[0] >= step:
                raise error
            done[0] += 1
            answer = real(*arguments, **options)
            if done[0] >= step:
                raise error
            done[0] += 1
            return answer

        return run

    for name in ("replace", "fsync"):
        monkeypatch.setattr(os, name, counted(getattr(os, name)))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))


def ways(folder: Path, keys: Path) -> list[str]:
    """What opens it: this device by itself, the old passphrase, the new one."""
    found = ["device"] if opens(folder, keys) else []
    if key_facts(folder).passphrase:
        found += [words for words in (OLD, NEW) if opens(folder, keys, passphrase=words)]
    return found


def lock(vault: Vault) -> object:
    return set_passphrase(vault, NEW)


CHANGES: dict[str, tuple[Callable[[Vault], object], str, str]] = {
    "setting": (lock, "device", NEW),
    "changing": (lock, OLD, NEW),
    "removing": (remove_passphrase, OLD, "device"),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("error", [Stopped(), OSError(28, "No space left on device")], ids=repr)
def test_a_change_stopped_at_any_step_is_wholly_done_or_not_begun(
    what: str, error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, old, new = CHANGES[what]
    seen = []
    for step in range(60):
        folder, keys = tmp_path / f"{step}", tmp_path / f"keys {step}"
        folder.mkdir()
        passphrase = OLD if old == OLD else None
        vault, recovery = create_vault(folder, keys, passphrase=passphrase)
        told = False
        with monkeypatch.context() as patched, suppress(Stopped, OSError):
            stop_at(step, patched, error)
            change(vault)
            told = True
        assert ways(folder, keys) in ([old], [new]), step
        is_new = ways(folder, keys) == [new]
        # What the disk refused is told rightly; a program that ended can tell nothing.
        assert told == is_new or (is_new and isinstance(error, Stopped)), step
        assert opens(folder, keys, recovery_key=recovery.text), step
        seen.append(is_new)
    assert (seen[0], seen[-1]) == (False, True)
    assert seen == sorted(seen)


def test_a_new_recovery_key_stopped_at_any_step_is_one_of_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in range(40):
        folder, keys = tmp_path / f"{step}", tmp_path / f"keys {step}"
        folder.mkdir()
        vault, old = create_vault(folder, keys, passphrase=OLD)
        confirmed = confirm_recovery_saved(vault, NOW)
        made = []
        with monkeypatch.context() as patched, suppress(Stopped):
            stop_at(step, patched, Stopped())
            made.append(new_recovery_key(confirmed)[1])
        opened = open_vault(folder, keys, passphrase=OLD)
        if opened.facts.recovery_saved_at is None:
            assert not opens(folder, keys, recovery_key=old.text)
        else:
            assert not made
            assert opens(folder, keys, recovery_key=old.text)


def test_a_secret_that_a_stopped_change_left_goes_at_the_next_opening(
    folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    vault, _ = create_vault(folder, keys)
    with monkeypatch.context() as patched:
        patched.setattr("kotter_journal.storage.vault_changes.remove_secrets", lambda *_: None)
        set_passphrase(vault, NEW)
    assert len(list(keys.iterdir())) == 1
    open_vault(folder, keys, passphrase=NEW)
    assert list(keys.iterdir()) == []


def test_a_secret_that_could_not_be_removed_is_not_forgotten(
    folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    vault, _ = create_vault(folder, keys)
    with monkeypatch.context() as patched:
        patched.setattr("kotter_journal.storage.vault_changes.remove_secrets", lambda *_: None)
        vault = set_passphrase(set_passphrase(vault, OLD), NEW)
    open_vault(folder, keys, passphrase=NEW)
    assert list(keys.iterdir()) == []


def kill_and_look(folder: Path, keys: Path, times: int) -> int:
    """Kill a program that changes the passphrase without end; how many changes were told."""
    chance = random.Random(times)  # noqa: S311
    folder.mkdir()
    _, recovery = create_vault(folder, keys, passphrase="passphrase 0")
    number = 0
    for _ in range(times):
        with subprocess.Popen(
            [sys.executable, "-c", CHANGE, str(folder), str(keys), f"passphrase {number}"],
            stdout=subprocess.PIPE,
            text=True,
        ) as changing:
            assert changing.stdout is not None
            first = changing.stdout.readline()
            time.sleep(chance.uniform(0, 0.05))
            changing.kill()
            lines = [first, *changing.stdout.readlines()]
        told = max(int(line) for line in lines if line.endswith("\n"))
        opening = [
            n
            for n in (told - 1, told, told + 1)
            if opens(folder, keys, passphrase=f"passphrase {n}")
        ]
        assert opening in ([told], [told + 1])
        assert opens(folder, keys, recovery_key=recovery.text)
        number = opening[0]
    return number


def test_a_killed_change_leaves_one_passphrase(folder: Path, keys: Path) -> None:
    assert kill_and_look(folder, keys, 4) >= 4
    for name in (HEADER, HEADER_COPY):
        assert (folder / name).stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_two_hundred_killed_changes_each_leave_one_passphrase(folder: Path, keys: Path) -> None:
    count = kill_and_look(folder, keys, 200)
    print(f"\n200 kills, {count} changes of the passphrase, each opens with exactly one")
