"""The keys of an open journal, as its owner sets them."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kotter_journal.domain.entries import Entry
from kotter_journal.domain.errors import (
    JournalMissing,
    KeyTrouble,
    KeyUnavailable,
    StorageFailed,
    WrongPassphrase,
)
from kotter_journal.services import keys as key_verbs
from kotter_journal.services.entries import write_entry
from kotter_journal.storage import day_totals
from kotter_journal.storage.database import Transaction, key_generation
from kotter_journal.storage.journal import Journal, create, needs_passphrase, open_journal
from kotter_journal.storage.key_header import HEADER, HEADER_COPY
from kotter_journal.storage.passphrase import Cost, bearable_cost, key_of
from tests.conftest import WRITTEN_AT
from tests.storage.headers import header_of, put_header, slot_of

WORDS, OTHERS = "seven grey herons on one leg", "eight grey herons"
Tell = Callable[..., object]


def tell(journal: Journal, verb: Tell, *given: object) -> object:
    """Do a verb in one transaction, as the window does."""
    door = journal.writing()
    try:
        with door.transaction() as tx:
            return verb(tx, journal, *given)
    finally:
        door.close()


def count(folder: Path, keys: Path, **given: str) -> int:
    door = open_journal(folder, keys, **given).reading()
    try:
        with door.transaction() as tx:
            return day_totals.entry_count(tx)
    finally:
        door.close()


@pytest.fixture
def made(folder: Path, keys: Path, make: Callable[..., Entry]) -> Journal:
    """A journal of one entry."""
    create(folder, keys, WRITTEN_AT)
    journal = open_journal(folder, keys)
    tell(journal, lambda tx, _: write_entry(tx, make("a zebra walked in")))
    return journal


@pytest.mark.usefixtures("cheap_argon2")
def test_a_journal_is_locked_changed_and_unlocked(made: Journal, folder: Path, keys: Path) -> None:
    assert not needs_passphrase(folder)
    tell(made, key_verbs.set_passphrase, WORDS)
    assert needs_passphrase(folder)
    assert count(folder, keys, passphrase=WORDS) == 1
    tell(made, key_verbs.set_passphrase, OTHERS)
    with pytest.raises(WrongPassphrase):
        open_journal(folder, keys, passphrase=WORDS)
    assert count(folder, keys, passphrase=OTHERS) == 1
    tell(made, key_verbs.remove_passphrase)
    assert not needs_passphrase(folder)
    assert count(folder, keys) == 1
    made.close()


@pytest.mark.usefixtures("cheap_argon2")
def test_a_journal_made_with_a_passphrase_opens_by_its_recovery_key(
    folder: Path, keys: Path
) -> None:
    recovery = create(folder, keys, WRITTEN_AT, passphrase=WORDS)
    assert needs_passphrase(folder)
    assert count(folder, keys, recovery_key=recovery.text) == 0
    assert count(folder, keys, passphrase=WORDS) == 0


def test_the_recovery_key_is_shown_until_it_was_kept(
    made: Journal, folder: Path, keys: Path
) -> None:
    key = key_verbs.unsaved_recovery_key(made)
    assert key is not None
    assert count(folder, keys, recovery_key=key.text) == 1
    tell(made, key_verbs.confirm_recovery_saved, WRITTEN_AT)
    assert key_verbs.unsaved_recovery_key(made) is None
    assert open_journal(folder, keys).vault.facts.recovery_saved_at == WRITTEN_AT
    newer = tell(made, key_verbs.new_recovery_key)
    assert newer == key_verbs.unsaved_recovery_key(made) != key
    made.close()


@pytest.mark.usefixtures("cheap_argon2")
def test_a_header_put_back_from_before_is_noticed(made: Journal, folder: Path, keys: Path) -> None:
    tell(made, key_verbs.set_passphrase, WORDS)
    before = (folder / HEADER).read_bytes()
    tell(made, key_verbs.set_passphrase, OTHERS)
    made.close()
    put_header(folder, before)
    with pytest.raises(KeyUnavailable) as caught:
        open_journal(folder, keys, passphrase=WORDS)
    assert caught.value.trouble is KeyTrouble.HEADER_TAMPERED


@pytest.mark.usefixtures("cheap_argon2")
def test_a_change_that_the_journal_could_not_note_is_noted_at_the_next_opening(
    made: Journal, folder: Path, keys: Path
) -> None:
    class Ended(BaseException):
        pass

    def end_before_commit(tx: Transaction, journal: Journal) -> None:
        key_verbs.set_passphrase(tx, journal, WORDS)
        raise Ended

    before = (folder / HEADER).read_bytes()
    with pytest.raises(Ended):
        tell(made, end_before_commit)
    made.close()
    journal = open_journal(folder, keys, passphrase=WORDS)
    generation = journal.vault.generation
    assert tell(journal, lambda tx, _: key_generation(tx)) == generation == 2
    journal.close()
    put_header(folder, before)
    with pytest.raises(KeyUnavailable):
        open_journal(folder, keys)


@pytest.mark.usefixtures("cheap_argon2")
def test_a_full_disk_leaves_the_passphrase_as_it_was(
    made: Journal, folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("kotter_journal.storage.key_header.write_atomically", full)
        with pytest.raises(StorageFailed):
            tell(made, key_verbs.set_passphrase, WORDS)
    made.close()
    assert count(folder, keys) == 1
    assert (folder / HEADER).read_bytes() == (folder / HEADER_COPY).read_bytes()


def test_a_folder_without_a_journal_needs_no_passphrase_but_a_journal(folder: Path) -> None:
    with pytest.raises(JournalMissing):
        needs_passphrase(folder)


@pytest.mark.usefixtures("cheap_argon2")
def test_whether_a_passphrase_is_needed_shows_without_opening(
    made: Journal, folder: Path, keys: Path
) -> None:
    tell(made, key_verbs.set_passphrase, WORDS)
    made.close()
    started = time.perf_counter()
    for _ in range(100):
        assert needs_passphrase(folder)
    assert time.perf_counter() - started < 1


@pytest.mark.slow
def test_the_real_cost_locks_and_unlocks(made: Journal, folder: Path, keys: Path) -> None:
    times = {}

    def timed(name: str, act: Callable[[], object]) -> None:
        started = time.perf_counter()
        act()
        times[name] = time.perf_counter() - started

    timed("set", lambda: tell(made, key_verbs.set_passphrase, WORDS))
    slot = slot_of(header_of(folder), "passphrase")
    cost = Cost.of(slot)
    assert cost.memory_kib >= 64 * 1024
    timed("bare derivation", lambda: key_of(WORDS, bytes(16), cost))
    timed("calibration", bearable_cost)
    timed("check", lambda: key_verbs.check_passphrase(made, WORDS))
    made.close()
    timed("unlock and read", lambda: count(folder, keys, passphrase=WORDS))
    with pytest.raises(WrongPassphrase):
        open_journal(folder, keys, passphrase=OTHERS)
    print(f"\n{cost}", *(f"{name} {seconds:.2f} s" for name, seconds in times.items()), sep="\n")
    assert times["unlock and read"] < 1.5 * times["bare derivation"] + 0.5
