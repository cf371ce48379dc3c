"""Vault: the data key of a journal, wrapped in the slots of its header file.

Layout: ``journal.key`` holds a JSON header (at most 16 KiB, closed by a CRC-32); ``journal.key2``
is a second copy. The data key is 32 random bytes, never derived from anything; each slot wraps it
with ChaCha20-Poly1305 (RFC 8439); keys for a purpose come from it by HKDF-SHA256 (RFC 5869).
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import uuid
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kotter_journal.config.files import private_folder, write_atomically
from kotter_journal.domain.errors import JournalTooNew, KeyTrouble, KeyUnavailable

HEADER, HEADER_COPY = "journal.key", "journal.key2"
_FORMAT, _VERSION, _MAX_HEADER, _KEY_SIZE = "kotter-journal-key", 1, 16 * 1024, 32


@dataclass(frozen=True, slots=True)
class Vault:
    """An opened vault: its id and its data key, which no repr shows."""

    id: str
    data_key: bytes = field(repr=False)

    @property
    def database_key(self) -> bytes:
        """The 32-byte raw key of the database."""
        return derive(self.data_key, "kotter-journal/sqlcipher")

    @property
    def mark_key(self) -> bytes:
        """The key that seals the high-water mark."""
        return derive(self.data_key, "kotter-journal/mark")


def derive(key: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose (HKDF-SHA256 without salt, ``purpose`` as info)."""
    return HKDF(SHA256(), _KEY_SIZE, None, purpose.encode()).derive(key)


def create_vault(folder: Path, keys_folder: Path) -> Vault:
    """Make a vault in ``folder`` that this device opens without a passphrase.

    The device's secret goes to ``keys_folder``, away from the journal. Raises OSError.
    """
    vault = Vault(str(uuid.uuid4()), secrets.token_bytes(_KEY_SIZE))
    slot_id, secret = str(uuid.uuid4()), secrets.token_bytes(_KEY_SIZE)
    write_atomically(private_folder(keys_folder) / f"{slot_id}.key", secret)
    slot = {"kind": "device", "id": slot_id}
    header = {"format": _FORMAT, "version": _VERSION, "vault": vault.id, "generation": 1}
    slot |= _wrap(
        vault.data_key, derive(secret, "kotter-journal/device-slot"), _bound(header, slot)
    )
    _write_header(folder, header | {"slots": [slot]}, vault.data_key)
    return vault


def open_vault(folder: Path, keys_folder: Path) -> Vault:
    """Open the vault of ``folder`` with this device's secret.

    A damaged or missing copy of the header is written anew from the other. Raises KeyUnavailable
    and JournalTooNew.
    """
    header = _read_header(folder)
    data_key = _open_device_slot(folder, header, keys_folder)
    if not hmac.compare_digest(str(header.get("mac")), _mac(header, data_key)):
        raise KeyUnavailable(KeyTrouble.HEADER_TAMPERED, folder / HEADER)
    _heal(folder, header)
    return Vault(header["vault"], data_key)


def _open_device_slot(folder: Path, header: dict[str, Any], keys_folder: Path) -> bytes:
    slots = [slot for slot in header["slots"] if slot["kind"] == "device"]
    trouble = KeyTrouble.DEVICE_SECRET_MISSING
    secret_file = keys_folder
    for slot in slots:
        secret_file = keys_folder / f"{uuid.UUID(slot['id'])}.key"
        if not secret_file.is_file():
            continue
        wrapping = derive(secret_file.read_bytes(), "kotter-journal/device-slot")
        try:
            return ChaCha20Poly1305(wrapping).decrypt(
                base64.b64decode(slot["nonce"]),
                base64.b64decode(slot["wrapped"]),
                _bound(header, slot),
            )
        except InvalidTag:
            trouble = KeyTrouble.DEVICE_SECRET_WRONG
    raise KeyUnavailable(trouble, secret_file)


def _wrap(data_key: bytes, wrapping: bytes, bound: bytes) -> dict[str, str]:
    nonce = os.urandom(12)
    wrapped = ChaCha20Poly1305(wrapping).encrypt(nonce, data_key, bound)
    return {
        "nonce": base64.b64encode(nonce).decode(),
        "wrapped": base64.b64encode(wrapped).decode(),
    }


def _bound(header: dict[str, Any], slot: dict[str, Any]) -> bytes:
    """What a slot is bound to: it opens nowhere else."""
    fields = {name: header[name] for name in ("format", "version", "vault")}
    return _canonical(fields | {"kind": slot["kind"], "id": slot["id"]})


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _mac(header: dict[str, Any], data_key: bytes) -> str:
    sealed = {name: value for name, value in header.items() if name not in ("mac", "crc")}
    return hmac.new(
        derive(data_key, "kotter-journal/header"), _canonical(sealed), hashlib.sha256
    ).hexdigest()


def _crc(header: dict[str, Any]) -> str:
    return f"{zlib.crc32(_canonical({k: v for k, v in header.items() if k != 'crc'})):08x}"


def _write_header(folder: Path, header: dict[str, Any], data_key: bytes) -> None:
    header = header | {"mac": _mac(header, data_key)}
    content = _canonical(header | {"crc": _crc(header)})
    write_atomically(folder / HEADER, content)
    write_atomically(folder / HEADER_COPY, content)


def _heal(folder: Path, header: dict[str, Any]) -> None:
    content = _canonical(header)
    for name in (HEADER, HEADER_COPY):
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            write_atomically(path, content)


def _read_header(folder: Path) -> dict[str, Any]:
    """The newer of the two readable copies."""
    present = [path for name in (HEADER, HEADER_COPY) if (path := folder / name).is_file()]
    if not present:
        raise KeyUnavailable(KeyTrouble.HEADER_MISSING, folder / HEADER)
    headers = [header for path in present if (header := _parse_header(path)) is not None]
    if not headers:
        raise KeyUnavailable(KeyTrouble.HEADER_DAMAGED, folder / HEADER)
    header = max(headers, key=lambda h: int(h["generation"]))
    if header["version"] > _VERSION:
        raise JournalTooNew(folder)
    return header


def _parse_header(path: Path) -> dict[str, Any] | None:
    """The header, or None where the file is not one."""
    with path.open("rb") as file:
        content = file.read(_MAX_HEADER + 1)
    if len(content) > _MAX_HEADER:
        return None
    try:
        header = json.loads(content)
        whole = header["crc"] == _crc(header) and header["format"] == _FORMAT
        uuid.UUID(header["vault"])
        for slot in header["slots"]:
            uuid.UUID(slot["id"])
            base64.b64decode(slot["nonce"], validate=True)
            base64.b64decode(slot["wrapped"], validate=True)
            whole = whole and isinstance(slot["kind"], str)
        whole = (
            whole and isinstance(header["version"], int) and isinstance(header["generation"], int)
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        return None
    return header if whole else None
