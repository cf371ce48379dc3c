"""The system's keyring: it opens a journal, hangs, lies, is missing."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError

from kotter_journal.domain.errors import KeyTrouble, KeyUnavailable
from kotter_journal.storage import system_keyring, vault
from kotter_journal.storage.system_keyring import (
    KeyringRefused,
    KeyringSilent,
    SystemKeyring,
    answer_of,
)
from kotter_journal.storage.vault import Vault, create_vault, open_vault
from kotter_journal.storage.vault_changes import disable_keyring, enable_keyring, set_passphrase

WORDS = "seven grey herons on one leg"
pytestmark = pytest.mark.usefixtures("cheap_argon2")


class Store(KeyringBackend):
    """A backend of the library that keeps secrets in memory, and can be made to misbehave."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.forgets = False

    def get_password(self, service: str, username: str) -> str | None:
        self.goes_on.wait()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.goes_on.wait()
        if not self.forgets:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.goes_on.wait()
        del self.kept[service, username]


@pytest.fixture
def store() -> Iterator[Store]:
    before = keyring.get_keyring()
    made = Store()
    keyring.set_keyring(made)
    yield made
    made.goes_on.set()
    keyring.set_keyring(before)


@pytest.fixture
def locked(folder: Path, keys: Path) -> Vault:
    """A vault with a passphrase."""
    folder.mkdir()
    return set_passphrase(create_vault(folder, keys)[0], WORDS)


@pytest.fixture
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "START_SECONDS", 0.2)


def trouble_of(folder: Path, keys: Path) -> KeyTrouble:
    with pytest.raises(KeyUnavailable) as caught:
        open_vault(folder, keys)
    return caught.value.trouble


def test_the_keyring_opens_what_a_passphrase_locks(
    locked: Vault, store: Store, folder: Path, keys: Path
) -> None:
    opened = enable_keyring(locked)
    assert opened.facts.keyring
    assert open_vault(folder, keys) == opened
    assert open_vault(folder, keys, passphrase=WORDS) == opened
    (secret,) = store.kept.values()
    assert opened.data_key.hex() not in secret


def test_without_the_keyring_the_passphrase_is_needed_again(
    locked: Vault, store: Store, folder: Path, keys: Path
) -> None:
    closed = disable_keyring(enable_keyring(locked))
    assert not closed.facts.keyring
    assert store.kept == {}
    assert trouble_of(folder, keys) is KeyTrouble.PASSPHRASE_NEEDED


def test_a_changed_passphrase_leaves_the_keyring_as_it_is(
    locked: Vault, store: Store, folder: Path, keys: Path
) -> None:
    changed = set_passphrase(enable_keyring(locked), WORDS[::-1])
    assert open_vault(folder, keys) == changed


@pytest.mark.parametrize("secret", ["", "no hexadecimal", "00" * 32])
def test_another_secret_in_the_keyring_opens_nothing(
    locked: Vault, store: Store, folder: Path, keys: Path, secret: str
) -> None:
    enable_keyring(locked)
    for name in store.kept:
        store.kept[name] = secret
    assert trouble_of(folder, keys) is KeyTrouble.PASSPHRASE_NEEDED


@pytest.mark.usefixtures("_hurry")
def test_a_hanging_keyring_never_blocks_the_start(
    locked: Vault, store: Store, folder: Path, keys: Path
) -> None:
    opened = enable_keyring(locked)
    store.goes_on.clear()
    started = time.monotonic()
    assert trouble_of(folder, keys) is KeyTrouble.PASSPHRASE_NEEDED
    assert 0.1 < time.monotonic() - started < 2
    started = time.monotonic()
    assert open_vault(folder, keys, passphrase=WORDS) == opened
    assert time.monotonic() - started < 0.2


def test_a_hanging_keyring_is_not_enabled(
    locked: Vault, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kotter_journal.storage.vault_changes.ASKED_SECONDS", 0.1)
    store.goes_on.clear()
    before = (folder / "journal.key").read_bytes()
    with pytest.raises(KeyUnavailable) as caught:
        enable_keyring(locked)
    assert caught.value.trouble is KeyTrouble.KEYRING_SILENT
    assert (folder / "journal.key").read_bytes() == before


def test_a_keyring_that_only_pretends_is_not_enabled(locked: Vault, store: Store) -> None:
    store.forgets = True
    with pytest.raises(KeyUnavailable) as caught:
        enable_keyring(locked)
    assert caught.value.trouble is KeyTrouble.KEYRING_REFUSED


def test_a_keyring_that_hangs_or_forgot_can_be_disabled(
    locked: Vault, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kotter_journal.storage.vault_changes.ASKED_SECONDS", 0.1)
    enabled = enable_keyring(locked)
    store.goes_on.clear()
    assert not disable_keyring(enabled).facts.keyring
    store.goes_on.set()
    store.kept.clear()
    assert not disable_keyring(enable_keyring(locked)).facts.keyring


def test_a_system_without_a_keyring_says_so(
    locked: Vault, folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise NoKeyringError("SECRET words of a backend")

    monkeypatch.setattr(keyring, "set_password", missing)
    monkeypatch.setattr(keyring, "get_password", missing)
    with pytest.raises(KeyUnavailable) as caught:
        enable_keyring(locked)
    assert caught.value.trouble is KeyTrouble.KEYRING_REFUSED
    assert "SECRET" not in str(caught.value)
    assert trouble_of(folder, keys) is KeyTrouble.PASSPHRASE_NEEDED


def test_what_an_asker_raises_stays_in_its_thread() -> None:
    def fail() -> None:
        raise ValueError("SECRET")

    with pytest.raises(KeyringRefused) as caught:
        answer_of(fail, 5)
    assert "SECRET" not in repr(caught.value)
    assert caught.value.__context__ is None


def test_a_late_answer_is_dropped() -> None:
    goes_on = threading.Event()
    with pytest.raises(KeyringSilent):
        answer_of(goes_on.wait, 0.01)
    goes_on.set()


def test_nothing_is_there_where_nothing_was_kept(store: Store) -> None:
    assert SystemKeyring().read("no such name", 5) is None


def test_a_journal_without_passphrase_loads_neither_keyring_nor_argon2(
    folder: Path, keys: Path
) -> None:
    folder.mkdir()
    create_vault(folder, keys)
    script = (
        "import sys; from pathlib import Path;"
        "from kotter_journal.storage.vault import open_vault;"
        f"open_vault(Path({str(folder)!r}), Path({str(keys)!r}));"
        "sys.exit(bool({'argon2', 'keyring', 'zxcvbn', 'jaraco'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_time_that_a_start_may_wait_is_bounded() -> None:
    assert system_keyring.START_SECONDS <= 3
