import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kotter_journal.domain.errors import JournalTooNew, KeyTrouble, KeyUnavailable
from kotter_journal.storage.journal import Journal
from kotter_journal.storage.key_header import HEADER, HEADER_COPY
from kotter_journal.storage.recovery_key import RecoveryKey
from kotter_journal.storage.vault import Vault, create_vault, open_vault
from kotter_journal.storage.vault_changes import set_passphrase
from tests.storage.headers import change_header, header_of, put_header, slot_of

WORDS = "seven grey herons on one leg"


@pytest.fixture
def made(folder: Path, keys: Path) -> tuple[Vault, RecoveryKey]:
    folder.mkdir()
    return create_vault(folder, keys)


@pytest.fixture
def vault(made: tuple[Vault, RecoveryKey]) -> Vault:
    return made[0]


def trouble_of(folder: Path, keys: Path, **given: Any) -> KeyTrouble:
    with pytest.raises(KeyUnavailable) as caught:
        open_vault(folder, keys, **given)
    return caught.value.trouble


def test_a_vault_opens_with_the_secret_of_this_device(
    vault: Vault, folder: Path, keys: Path
) -> None:
    assert open_vault(folder, keys) == vault


def test_each_purpose_has_its_own_key(vault: Vault) -> None:
    assert len({vault.data_key, vault.database_key, vault.mark_key}) == 3


def test_no_repr_shows_a_key(made: tuple[Vault, RecoveryKey]) -> None:
    vault, recovery = made
    shown = f"{vault!r} {vault} {recovery!r} {recovery} {vault.header!r} {vault.facts!r}"
    for secret in (vault.data_key, recovery.secret):
        assert secret.hex() not in shown
        assert str(secret) not in shown
    assert recovery.groups[0] not in shown


def test_two_vaults_share_nothing(vault: Vault, tmp_path: Path, keys: Path) -> None:
    (tmp_path / "other").mkdir()
    other, _ = create_vault(tmp_path / "other", keys)
    assert other.id != vault.id
    assert other.data_key != vault.data_key


@pytest.mark.parametrize("name", [HEADER, HEADER_COPY])
def test_every_flipped_bit_of_one_copy_heals_from_the_other(
    vault: Vault, folder: Path, keys: Path, name: str
) -> None:
    whole = (folder / name).read_bytes()
    for at in range(0, len(whole), 3):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << (at % 8)
        (folder / name).write_bytes(damaged)
        assert open_vault(folder, keys) == vault
        assert (folder / name).read_bytes() == whole


@pytest.mark.usefixtures("cheap_argon2")
def test_every_flipped_bit_of_both_copies_is_noticed_before_a_passphrase_is_tried(
    vault: Vault, folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_passphrase(vault, WORDS)
    tried: list[object] = []
    monkeypatch.setattr("kotter_journal.storage.passphrase.argon2id", lambda *a: tried.append(a))
    whole = (folder / HEADER).read_bytes()
    for bit in range(len(whole) * 8):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << (bit % 8)
        put_header(folder, bytes(damaged))
        assert trouble_of(folder, keys, passphrase=WORDS) is KeyTrouble.HEADER_DAMAGED
    assert tried == []


@pytest.mark.parametrize("length", range(0, 1200, 97))
def test_a_header_cut_short_is_damaged(vault: Vault, folder: Path, keys: Path, length: int) -> None:
    whole = (folder / HEADER).read_bytes()
    put_header(folder, whole[: min(length, len(whole) - 1)])
    assert trouble_of(folder, keys) is KeyTrouble.HEADER_DAMAGED


@pytest.mark.parametrize("name", [HEADER, HEADER_COPY])
def test_a_missing_copy_heals_from_the_other(
    vault: Vault, folder: Path, keys: Path, name: str
) -> None:
    (folder / name).unlink()
    assert open_vault(folder, keys) == vault
    assert (folder / HEADER).read_bytes() == (folder / HEADER_COPY).read_bytes()


def test_a_missing_header_is_named_as_such(vault: Vault, folder: Path, keys: Path) -> None:
    (folder / HEADER).unlink()
    (folder / HEADER_COPY).unlink()
    assert trouble_of(folder, keys) is KeyTrouble.HEADER_MISSING


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b"[" * 5000, b"\xff\xfe", b"x" * 20_000]
)
def test_a_header_of_something_else_is_damaged(
    vault: Vault, folder: Path, keys: Path, content: bytes
) -> None:
    put_header(folder, content)
    assert trouble_of(folder, keys) is KeyTrouble.HEADER_DAMAGED


NONSENSE: dict[str, Callable[[dict[str, Any]], object]] = {
    "no slots": lambda h: h.update(slots=[]),
    "nine slots": lambda h: h.update(slots=h["slots"][:1] * 9),
    "slots of text": lambda h: h.update(slots="slots"),
    "a slot of lists": lambda h: h["slots"][0].update(more=[1]),
    "a slot without an id": lambda h: h["slots"][0].pop("id"),
    "an id that leads elsewhere": lambda h: h["slots"][0].update(id="../../../etc/passwd"),
    "no generation": lambda h: h.pop("generation"),
    "a generation of truth": lambda h: h.update(generation=True),
    "a generation of nothing": lambda h: h.update(generation=0),
    "a huge generation": lambda h: h.update(generation=2**63),
    "an unknown member": lambda h: h.update(more=1),
    "a day that is none": lambda h: h.update(recovery_saved_at="31 February"),
    "a seal that is none": lambda h: h.update(sealed_recovery_key="?"),
    "a retired path": lambda h: h.update(retired=["../x"]),
    "no version": lambda h: h.pop("version"),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_with_a_good_checksum_is_damaged(
    vault: Vault, folder: Path, keys: Path, what: str
) -> None:
    change_header(folder, NONSENSE[what])
    assert trouble_of(folder, keys) is KeyTrouble.HEADER_DAMAGED


TAMPERING: dict[str, Callable[[dict[str, Any]], object]] = {
    "another generation": lambda h: h.update(generation=7),
    "an added slot": lambda h: h["slots"].append(slot_of(h, "device") | {"kind": "keyring"}),
    "no recovery slot": lambda h: h["slots"].remove(slot_of(h, "recovery")),
    "slots in another order": lambda h: h["slots"].reverse(),
    "a recovery key that is said to be saved": lambda h: h.update(
        recovery_saved_at="2026-03-04T12:00:00+00:00"
    ),
    "no sealed recovery key": lambda h: h.pop("sealed_recovery_key"),
    "another retired secret": lambda h: h.update(retired=[h["vault"]]),
    "another seal": lambda h: h.update(mac="0" * 64),
    "no seal": lambda h: h.update(mac="x"),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_what_somebody_else_changed_is_noticed(
    vault: Vault, folder: Path, keys: Path, what: str
) -> None:
    change_header(folder, TAMPERING[what])
    assert trouble_of(folder, keys) is KeyTrouble.HEADER_TAMPERED


def test_a_header_somebody_else_changed_while_it_was_open_is_not_built_upon(
    vault: Vault, folder: Path
) -> None:
    content = change_header(folder, TAMPERING["no recovery slot"])
    with pytest.raises(KeyUnavailable) as caught:
        set_passphrase(vault, WORDS)
    assert caught.value.trouble is KeyTrouble.HEADER_TAMPERED
    assert (folder / HEADER).read_bytes() == content


def test_a_missing_secret_is_named_as_such(vault: Vault, folder: Path, keys: Path) -> None:
    shutil.rmtree(keys)
    assert trouble_of(folder, keys) is KeyTrouble.DEVICE_SECRET_MISSING


def test_the_secret_of_another_journal_is_wrong(vault: Vault, folder: Path, keys: Path) -> None:
    (secret,) = keys.iterdir()
    secret.write_bytes(bytes(32))
    assert trouble_of(folder, keys) is KeyTrouble.DEVICE_SECRET_WRONG


def test_a_slot_moved_to_another_vault_does_not_open(
    vault: Vault, folder: Path, keys: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    create_vault(other, keys)
    change_header(other, lambda h: h.update(slots=header_of(folder)["slots"]))
    assert trouble_of(other, keys) is KeyTrouble.DEVICE_SECRET_WRONG


def test_a_header_of_a_newer_version_is_not_touched(vault: Vault, folder: Path, keys: Path) -> None:
    content = change_header(folder, lambda h: h.update(version=2, slots="of another kind"))
    with pytest.raises(JournalTooNew):
        open_vault(folder, keys)
    assert (folder / HEADER).read_bytes() == content


def test_a_copy_that_cannot_be_healed_keeps_nobody_out(
    vault: Vault, folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (folder / HEADER).write_bytes(b"damaged")
    monkeypatch.setattr("kotter_journal.storage.key_header.write_atomically", full)
    assert open_vault(folder, keys) == vault


def test_secrets_and_headers_are_readable_by_their_owner_alone(
    journal: Journal, folder: Path, keys: Path
) -> None:
    for path in (*keys.iterdir(), *folder.iterdir()):
        assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
