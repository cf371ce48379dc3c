"""Passphrases: set, changed, removed, forgotten, and what they cost."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kotter_journal.domain.errors import (
    KeyTrouble,
    KeyUnavailable,
    KotterError,
    UnreadableInput,
    WrongPassphrase,
)
from kotter_journal.domain.sentences import error_sentence
from kotter_journal.storage import passphrase as passphrase_module
from kotter_journal.storage.key_header import HEADER, HEADER_COPY
from kotter_journal.storage.passphrase import Cost, bearable_cost
from kotter_journal.storage.recovery_key import RecoveryKey
from kotter_journal.storage.vault import Vault, create_vault, key_facts, open_vault
from kotter_journal.storage.vault_changes import (
    check_passphrase,
    confirm_recovery_saved,
    new_recovery_key,
    remove_passphrase,
    set_passphrase,
    unsaved_recovery_key,
)
from tests.storage.headers import change_header, header_of, slot_of

OLD, NEW = "seven grey herons on one leg", "Größe ½ im Café"
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("cheap_argon2")


@pytest.fixture
def made(folder: Path, keys: Path) -> tuple[Vault, RecoveryKey]:
    folder.mkdir()
    return create_vault(folder, keys)


@pytest.fixture
def vault(made: tuple[Vault, RecoveryKey]) -> Vault:
    return made[0]


@pytest.fixture
def recovery(made: tuple[Vault, RecoveryKey]) -> str:
    return made[1].text


def trouble_of(folder: Path, keys: Path, **given: Any) -> KeyTrouble:
    with pytest.raises(KeyUnavailable) as caught:
        open_vault(folder, keys, **given)
    return caught.value.trouble


def opens(folder: Path, keys: Path, **given: Any) -> bool:
    try:
        open_vault(folder, keys, **given)
    except KotterError:
        return False
    return True


def test_a_vault_can_be_made_with_a_passphrase(folder: Path, keys: Path) -> None:
    folder.mkdir()
    vault, recovery = create_vault(folder, keys, passphrase=OLD)
    assert not keys.exists()
    assert open_vault(folder, keys, passphrase=OLD) == vault
    assert open_vault(folder, keys, recovery_key=recovery.text) == vault
    assert trouble_of(folder, keys) is KeyTrouble.PASSPHRASE_NEEDED


def test_setting_a_passphrase_takes_the_device_its_secret(
    vault: Vault, folder: Path, keys: Path
) -> None:
    assert not key_facts(folder).passphrase
    changed = set_passphrase(vault, OLD)
    assert list(keys.iterdir()) == []
    assert key_facts(folder) == changed.facts
    assert (changed.facts.passphrase, changed.facts.device) == (True, False)
    assert changed.data_key == vault.data_key
    assert changed.generation == vault.generation + 1
    assert trouble_of(folder, keys) is KeyTrouble.PASSPHRASE_NEEDED
    assert open_vault(folder, keys, passphrase=OLD) == changed


def test_removing_the_passphrase_makes_a_new_secret(vault: Vault, folder: Path, keys: Path) -> None:
    before = {path.name for path in keys.iterdir()}
    opened = remove_passphrase(set_passphrase(vault, OLD))
    assert not opened.facts.passphrase
    assert open_vault(folder, keys) == opened
    (secret,) = keys.iterdir()
    assert secret.name not in before
    assert secret.stat().st_mode & 0o077 == 0


def test_a_changed_passphrase_opens_and_the_old_one_does_not(
    vault: Vault, folder: Path, keys: Path, recovery: str
) -> None:
    changed = set_passphrase(set_passphrase(vault, OLD), NEW)
    assert open_vault(folder, keys, passphrase=NEW) == changed
    assert not opens(folder, keys, passphrase=OLD)
    assert open_vault(folder, keys, recovery_key=recovery) == changed
    assert len(header_of(folder)["slots"]) == 2


@pytest.mark.parametrize("wrong", ["", " ", OLD + " ", OLD[:-1], OLD.upper(), "x" * 100_000, "\0"])
def test_a_wrong_passphrase_always_says_the_same(
    vault: Vault, folder: Path, keys: Path, wrong: str
) -> None:
    set_passphrase(vault, OLD)
    before = (folder / HEADER).read_bytes()
    with pytest.raises(WrongPassphrase) as caught:
        open_vault(folder, keys, passphrase=wrong)
    assert error_sentence(caught.value) == error_sentence(WrongPassphrase(folder))
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert (folder / HEADER).read_bytes() == before


def test_the_four_troubles_of_a_locked_journal_have_four_sentences(
    vault: Vault, folder: Path, keys: Path
) -> None:
    set_passphrase(vault, OLD)
    whole = (folder / HEADER).read_bytes()
    sentences = set()
    change_header(folder, lambda h: h.update(generation=9))
    contents = (whole, b"damaged", (folder / HEADER).read_bytes(), None)
    for content, given in zip(contents, ("wrong", OLD, OLD, OLD), strict=True):
        for name in (HEADER, HEADER_COPY):
            (folder / name).unlink() if content is None else (folder / name).write_bytes(content)
        with pytest.raises(KotterError) as caught:
            open_vault(folder, keys, passphrase=given)
        sentences.add(error_sentence(caught.value))
    assert len(sentences) == 4


def test_the_same_words_in_other_code_points_open_it(
    vault: Vault, folder: Path, keys: Path
) -> None:
    set_passphrase(vault, "Caf\u00e9 \ufb01nd")
    assert opens(folder, keys, passphrase="Cafe\u0301 find")


@pytest.mark.parametrize("words", ["x", " ", "日本語", "\ud800", "a" * 100_000])
def test_any_character_is_enough(vault: Vault, folder: Path, keys: Path, words: str) -> None:
    set_passphrase(vault, words)
    assert opens(folder, keys, passphrase=words)


def test_an_empty_passphrase_is_refused_and_changes_nothing(
    vault: Vault, folder: Path, keys: Path, tmp_path: Path
) -> None:
    before = (folder / HEADER).read_bytes()
    with pytest.raises(UnreadableInput):
        set_passphrase(vault, "")
    with pytest.raises(UnreadableInput):
        create_vault(tmp_path, keys, passphrase="")
    assert (folder / HEADER).read_bytes() == before
    assert opens(folder, keys)


def test_a_passphrase_is_not_looked_at_where_there_is_none(
    vault: Vault, folder: Path, keys: Path
) -> None:
    assert open_vault(folder, keys, passphrase="anything") == vault


def test_a_person_at_an_open_journal_can_be_asked(vault: Vault) -> None:
    locked = set_passphrase(vault, OLD)
    check_passphrase(locked, OLD)
    with pytest.raises(WrongPassphrase):
        check_passphrase(locked, NEW)


COSTS: dict[str, dict[str, Any]] = {
    "too little memory": {"memory_kib": 64 * 1024 - 1},
    "too much memory": {"memory_kib": 1024 * 1024 + 1},
    "memory for ever": {"memory_kib": 2**40},
    "two passes": {"passes": 2},
    "seventeen passes": {"passes": 17},
    "no lane": {"lanes": 0},
    "seventeen lanes": {"lanes": 17},
    "a text": {"lanes": "4"},
    "a bad salt": {"salt": "?"},
    "a short salt": {"salt": "AAAA"},
}


@pytest.mark.parametrize("what", COSTS)
def test_a_cost_outside_the_limits_is_never_run(
    vault: Vault, folder: Path, keys: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_passphrase(vault, OLD)
    change_header(folder, lambda h: slot_of(h, "passphrase").update(COSTS[what]))
    run: list[object] = []
    monkeypatch.setattr(passphrase_module, "argon2id", lambda *a: run.append(a))
    assert trouble_of(folder, keys, passphrase=OLD) is KeyTrouble.HEADER_TAMPERED
    assert run == []


def test_a_second_passphrase_slot_is_never_run(vault: Vault, folder: Path, keys: Path) -> None:
    set_passphrase(vault, OLD)
    change_header(folder, lambda h: h["slots"].append(slot_of(h, "passphrase")))
    assert trouble_of(folder, keys, passphrase=OLD) is KeyTrouble.HEADER_TAMPERED


def test_another_cost_within_the_limits_does_not_open(
    vault: Vault, folder: Path, keys: Path
) -> None:
    set_passphrase(vault, OLD)
    change_header(folder, lambda h: slot_of(h, "passphrase").update(passes=4))
    assert not opens(folder, keys, passphrase=OLD)


def slow_by(seconds: float) -> Callable[..., bytes]:
    """A computer that needs so long for 64 MiB."""
    clock = [0.0]

    def run(*_: object) -> bytes:
        clock[0] += seconds
        return bytes(32)

    run.clock = lambda: clock[0]  # type: ignore[attr-defined]
    return run


@pytest.mark.parametrize(
    ("seconds", "mebibytes"),
    [(0.01, 256), (0.25, 256), (0.26, 192), (0.4, 128), (0.6, 64), (9, 64)],
)
def test_a_slow_computer_uses_less_memory_but_never_less_than_64_mib(
    seconds: float, mebibytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = slow_by(seconds)
    monkeypatch.setattr(passphrase_module, "argon2id", run)
    monkeypatch.setattr(time, "perf_counter", run.clock)  # type: ignore[attr-defined]
    assert bearable_cost() == Cost(mebibytes * 1024, 3, 4)


def test_the_header_tells_the_cost(vault: Vault, folder: Path) -> None:
    set_passphrase(vault, OLD)
    slot = slot_of(header_of(folder), "passphrase")
    assert {"memory_kib", "passes", "lanes", "salt"} < slot.keys()
    assert Cost.of(slot).memory_kib >= 64 * 1024


def test_too_little_memory_is_said_and_changes_nothing(
    vault: Vault, folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = set_passphrase(vault, OLD)

    def refuse(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(passphrase_module, "argon2id", refuse)
    assert trouble_of(folder, keys, passphrase=OLD) is KeyTrouble.OUT_OF_MEMORY
    with pytest.raises(KeyUnavailable):
        set_passphrase(locked, NEW)


def test_the_recovery_key_opens_and_a_forgotten_passphrase_is_replaced(
    vault: Vault, folder: Path, keys: Path, recovery: str
) -> None:
    set_passphrase(vault, OLD)
    opened = open_vault(folder, keys, recovery_key=recovery.lower())
    set_passphrase(opened, NEW)
    assert opens(folder, keys, passphrase=NEW)


def test_the_recovery_key_opens_what_a_dead_computer_left(
    vault: Vault, folder: Path, tmp_path: Path, recovery: str
) -> None:
    new_computer = tmp_path / "another computer"
    assert trouble_of(folder, new_computer) is KeyTrouble.DEVICE_SECRET_MISSING
    opened = remove_passphrase(open_vault(folder, new_computer, recovery_key=recovery))
    assert open_vault(folder, new_computer) == opened
    assert remove_passphrase(opened).facts == opened.facts


def test_many_computers_never_fill_the_header(
    vault: Vault, folder: Path, tmp_path: Path, recovery: str
) -> None:
    for number in range(12):
        keys = tmp_path / f"computer {number}"
        remove_passphrase(open_vault(folder, keys, recovery_key=recovery))
        assert opens(folder, keys)
    assert len(header_of(folder)["slots"]) <= 8
    assert opens(folder, tmp_path / "computer 8")


def test_a_recovery_key_of_another_journal_is_named_as_such(
    vault: Vault, folder: Path, keys: Path
) -> None:
    given = {"recovery_key": RecoveryKey.new().text}
    assert trouble_of(folder, keys, **given) is KeyTrouble.RECOVERY_KEY_WRONG
    change_header(folder, lambda h: h["slots"].remove(slot_of(h, "recovery")))
    assert trouble_of(folder, keys, **given) is KeyTrouble.RECOVERY_KEY_NONE


def test_the_recovery_key_can_be_shown_until_it_was_kept(
    vault: Vault, folder: Path, keys: Path, recovery: str
) -> None:
    locked = set_passphrase(vault, OLD)
    shown = unsaved_recovery_key(open_vault(folder, keys, passphrase=OLD))
    assert shown is not None
    assert shown.text == recovery
    assert locked.facts.recovery_saved_at is None
    kept = confirm_recovery_saved(locked, NOW)
    assert kept.facts.recovery_saved_at == NOW
    assert unsaved_recovery_key(kept) is None
    assert "sealed_recovery_key" not in header_of(folder)
    assert open_vault(folder, keys, recovery_key=recovery) == kept


def test_a_new_recovery_key_takes_the_place_of_the_old(
    vault: Vault, folder: Path, keys: Path, recovery: str
) -> None:
    changed, key = new_recovery_key(confirm_recovery_saved(vault, NOW))
    assert open_vault(folder, keys, recovery_key=key.text) == changed
    assert trouble_of(folder, keys, recovery_key=recovery) is KeyTrouble.RECOVERY_KEY_WRONG
    assert changed.facts.recovery_saved_at is None
    assert unsaved_recovery_key(changed) == key


def test_a_change_builds_on_what_another_process_changed(
    vault: Vault, folder: Path, keys: Path, recovery: str
) -> None:
    _, key = new_recovery_key(vault)
    set_passphrase(vault, OLD)
    assert opens(folder, keys, passphrase=OLD)
    assert opens(folder, keys, recovery_key=key.text)
    assert not opens(folder, keys, recovery_key=recovery)


def test_a_header_that_was_rolled_back_while_it_was_open_is_not_built_upon(
    vault: Vault, folder: Path
) -> None:
    before = (folder / HEADER).read_bytes()
    changed = confirm_recovery_saved(vault, NOW)
    for name in (HEADER, HEADER_COPY):
        (folder / name).write_bytes(before)
    with pytest.raises(KeyUnavailable) as caught:
        set_passphrase(changed, OLD)
    assert caught.value.trouble is KeyTrouble.HEADER_TAMPERED


def test_a_header_that_went_missing_while_it_was_open_is_written_again(
    vault: Vault, folder: Path, keys: Path
) -> None:
    for name in (HEADER, HEADER_COPY):
        (folder / name).unlink()
    set_passphrase(vault, OLD)
    assert opens(folder, keys, passphrase=OLD)


def test_nothing_that_was_typed_stands_in_a_file_or_an_error(
    vault: Vault, folder: Path, keys: Path, recovery: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    set_passphrase(vault, OLD)
    said = [caplog.text]
    for given in ({"passphrase": OLD + "!"}, {"recovery_key": recovery[:-1] + "?"}):
        with pytest.raises(KotterError) as caught:
            open_vault(folder, keys, **given)  # type: ignore[arg-type]
        error = caught.value
        said += [repr(error), str(error), repr(vars(error)), error_sentence(error)]
    said += [path.read_bytes().decode("latin-1") for path in folder.iterdir()]
    for secret in (OLD, recovery, recovery[:9], vault.data_key.hex()):
        assert not [text for text in said if secret in text]
