import json
import shutil
from pathlib import Path

import pytest

from kotter_journal.domain.errors import JournalTooNew, KeyTrouble, KeyUnavailable
from kotter_journal.storage.journal import Journal
from kotter_journal.storage.vault import (
    HEADER,
    HEADER_COPY,
    Vault,
    _canonical,
    _crc,
    _mac,
    create_vault,
    open_vault,
)


@pytest.fixture
def vault(folder: Path, keys: Path) -> Vault:
    folder.mkdir()
    return create_vault(folder, keys)


def trouble_of(folder: Path, keys: Path) -> KeyTrouble:
    with pytest.raises(KeyUnavailable) as caught:
        open_vault(folder, keys)
    return caught.value.trouble


def test_a_vault_opens_with_the_secret_of_this_device(
    vault: Vault, folder: Path, keys: Path
) -> None:
    assert open_vault(folder, keys) == vault


def test_each_purpose_has_its_own_key(vault: Vault) -> None:
    assert len({vault.data_key, vault.database_key, vault.mark_key}) == 3


def test_no_repr_shows_the_data_key(vault: Vault) -> None:
    assert vault.data_key.hex() not in repr(vault)
    assert str(vault.data_key) not in repr(vault)


def test_two_vaults_share_nothing(vault: Vault, tmp_path: Path, keys: Path) -> None:
    (tmp_path / "other").mkdir()
    other = create_vault(tmp_path / "other", keys)
    assert other.id != vault.id
    assert other.data_key != vault.data_key


@pytest.mark.parametrize("name", [HEADER, HEADER_COPY])
def test_every_flipped_bit_of_one_copy_heals_from_the_other(
    vault: Vault, folder: Path, keys: Path, name: str
) -> None:
    whole = (folder / name).read_bytes()
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << (at % 8)
        (folder / name).write_bytes(damaged)
        assert open_vault(folder, keys) == vault
        assert (folder / name).read_bytes() == whole


def test_every_flipped_bit_of_both_copies_is_noticed(
    vault: Vault, folder: Path, keys: Path
) -> None:
    whole = (folder / HEADER).read_bytes()
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << (at % 8)
        for name in (HEADER, HEADER_COPY):
            (folder / name).write_bytes(damaged)
        assert trouble_of(folder, keys) == KeyTrouble.HEADER_DAMAGED


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
    assert trouble_of(folder, keys) == KeyTrouble.HEADER_MISSING


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"null", b"[" * 5000, b"\xff\xfe", b"x" * 20_000]
)
def test_a_header_of_something_else_is_damaged(
    vault: Vault, folder: Path, keys: Path, content: bytes
) -> None:
    for name in (HEADER, HEADER_COPY):
        (folder / name).write_bytes(content)
    assert trouble_of(folder, keys) == KeyTrouble.HEADER_DAMAGED


def test_a_changed_generation_with_a_good_checksum_is_tampering(
    vault: Vault, folder: Path, keys: Path
) -> None:
    header = json.loads((folder / HEADER).read_bytes()) | {"generation": 7}
    for name in (HEADER, HEADER_COPY):
        (folder / name).write_bytes(_canonical(header | {"crc": _crc(header)}))
    assert trouble_of(folder, keys) == KeyTrouble.HEADER_TAMPERED


def test_an_added_slot_is_tampering(vault: Vault, folder: Path, keys: Path) -> None:
    header = json.loads((folder / HEADER).read_bytes())
    header["slots"].append(header["slots"][0] | {"kind": "passphrase"})
    for name in (HEADER, HEADER_COPY):
        (folder / name).write_bytes(_canonical(header | {"crc": _crc(header)}))
    assert trouble_of(folder, keys) == KeyTrouble.HEADER_TAMPERED


def test_a_missing_secret_is_named_as_such(vault: Vault, folder: Path, keys: Path) -> None:
    shutil.rmtree(keys)
    assert trouble_of(folder, keys) == KeyTrouble.DEVICE_SECRET_MISSING


def test_the_secret_of_another_journal_is_wrong(vault: Vault, folder: Path, keys: Path) -> None:
    (secret,) = keys.iterdir()
    secret.write_bytes(bytes(32))
    assert trouble_of(folder, keys) == KeyTrouble.DEVICE_SECRET_WRONG


def test_a_slot_moved_to_another_vault_does_not_open(
    vault: Vault, folder: Path, keys: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = create_vault(tmp_path / "other", keys)
    header = json.loads((folder / HEADER).read_bytes())
    moved = json.loads((tmp_path / "other" / HEADER).read_bytes()) | {"slots": header["slots"]}
    moved["mac"] = _mac(moved, other.data_key)
    for name in (HEADER, HEADER_COPY):
        (tmp_path / "other" / name).write_bytes(_canonical(moved | {"crc": _crc(moved)}))
    assert trouble_of(tmp_path / "other", keys) == KeyTrouble.DEVICE_SECRET_WRONG


def test_a_header_of_a_newer_version_is_not_touched(vault: Vault, folder: Path, keys: Path) -> None:
    header = json.loads((folder / HEADER).read_bytes()) | {"version": 2}
    content = _canonical(header | {"crc": _crc(header)})
    for name in (HEADER, HEADER_COPY):
        (folder / name).write_bytes(content)
    with pytest.raises(JournalTooNew):
        open_vault(folder, keys)
    assert (folder / HEADER).read_bytes() == content


def test_secrets_and_headers_are_readable_by_their_owner_alone(
    journal: Journal, folder: Path, keys: Path
) -> None:
    for path in (*keys.iterdir(), *folder.iterdir()):
        assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
