"""Slots: how the data key of a vault is wrapped and unwrapped, by each of the four ways.

Each slot holds the data key under ChaCha20-Poly1305 (RFC 8439), bound to the vault and to the
slot's own facts. Keys for a purpose come by HKDF-SHA256 (RFC 5869).
"""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kotter_journal.storage.key_header import (
    Header,
    Slot,
    SlotKind,
    bound_text,
    bytes_of,
    text_of,
)
from kotter_journal.storage.passphrase import SALT_SIZE, Cost, bearable_cost, key_of
from kotter_journal.storage.recovery_key import RecoveryKey

KEY_SIZE, _NONCE_SIZE = 32, 12


def derive(key: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose (HKDF-SHA256 without salt, ``purpose`` as info)."""
    return HKDF(SHA256(), KEY_SIZE, None, purpose.encode()).derive(key)


def secret_slot(kind: SlotKind, vault: str, data_key: bytes, secret: bytes) -> Slot:
    """A slot that a random secret opens: of a device, a keyring or a recovery key."""
    slot = Slot(kind, str(uuid.uuid4()))
    return _wrapped(slot, vault, data_key, derive(secret, f"kotter-journal/{kind}-slot"))


def passphrase_slot(vault: str, data_key: bytes, passphrase: str) -> Slot:
    """A slot that a passphrase opens; takes a second or two. Raises MemoryError."""
    cost, salt = bearable_cost(), secrets.token_bytes(SALT_SIZE)
    facts: dict[str, str | int] = {
        "salt": text_of(salt),
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
    }
    slot = Slot(SlotKind.PASSPHRASE, str(uuid.uuid4()), facts)
    wrapping = derive(key_of(passphrase, salt, cost), "kotter-journal/passphrase-slot")
    return _wrapped(slot, vault, data_key, wrapping)


def by_secret(header: Header, slot: Slot, secret: bytes) -> bytes | None:
    """The data key, or None where the secret does not open the slot."""
    return _unwrapped(header, slot, derive(secret, f"kotter-journal/{slot.kind}-slot"))


def by_passphrase(header: Header, slot: Slot, passphrase: str) -> bytes | None:
    """The data key, or None where the passphrase does not open the slot.

    Takes a second or two. Raises MemoryError, and ValueError for a slot this program never made,
    before anything is run.
    """
    cost, salt = Cost.of(slot.facts), bytes_of(slot.facts.get("salt"))
    if len(salt) != SALT_SIZE:
        raise ValueError("no salt")
    wrapping = derive(key_of(passphrase, salt, cost), "kotter-journal/passphrase-slot")
    return _unwrapped(header, slot, wrapping)


def sealed(key: RecoveryKey, data_key: bytes) -> str:
    """A recovery key that only an open vault can show."""
    nonce = secrets.token_bytes(_NONCE_SIZE)
    cipher = ChaCha20Poly1305(derive(data_key, "kotter-journal/recovery-key"))
    return text_of(nonce + cipher.encrypt(nonce, key.secret, None))


def unsealed(text: str, data_key: bytes) -> RecoveryKey:
    """What ``sealed`` hid in a header whose MAC was right."""
    content = bytes_of(text)
    cipher = ChaCha20Poly1305(derive(data_key, "kotter-journal/recovery-key"))
    return RecoveryKey(cipher.decrypt(content[:_NONCE_SIZE], content[_NONCE_SIZE:], None))


def signed(header: Header, data_key: bytes) -> Header:
    """The header with its MAC under the data key."""
    return replace(header, mac=_mac(header, data_key))


def is_genuine(header: Header, data_key: bytes) -> bool:
    """Whether nobody without the data key changed the header."""
    return hmac.compare_digest(header.mac.encode(), _mac(header, data_key).encode())


def _mac(header: Header, data_key: bytes) -> str:
    key = derive(data_key, "kotter-journal/header")
    return hmac.new(key, header.sealed_text, hashlib.sha256).hexdigest()


def _wrapped(slot: Slot, vault: str, data_key: bytes, wrapping: bytes) -> Slot:
    nonce = secrets.token_bytes(_NONCE_SIZE)
    content = ChaCha20Poly1305(wrapping).encrypt(nonce, data_key, bound_text(vault, slot))
    return replace(slot, nonce=nonce, wrapped=content)


def _unwrapped(header: Header, slot: Slot, wrapping: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(wrapping).decrypt(
            slot.nonce, slot.wrapped, bound_text(header.vault, slot)
        )
    except (InvalidTag, ValueError):
        return None
