"""Vault changes: other ways to open a vault that is open. Only the header is written anew.

Each function answers with the vault as it is afterwards. A change is in force, or has not
happened, whenever the program is stopped. The caller holds the journal's writing door.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kotter_journal.domain.errors import KeyTrouble, KeyUnavailable
from kotter_journal.storage.device_secret import (
    new_secret,
    read_secret,
    remove_secrets,
    write_secret,
)
from kotter_journal.storage.key_header import HEADER, Header, SlotKind, read_header, write_header
from kotter_journal.storage.recovery_key import RecoveryKey
from kotter_journal.storage.slots import (
    by_secret,
    is_genuine,
    sealed,
    secret_slot,
    signed,
    unsealed,
)
from kotter_journal.storage.system_keyring import (
    ASKED_SECONDS,
    Keyring,
    KeyringRefused,
    KeyringSilent,
    SystemKeyring,
)
from kotter_journal.storage.vault import Vault, data_key_by_passphrase, new_passphrase_slot

_MOST_OTHER_DEVICES = 5


def check_passphrase(vault: Vault, passphrase: str) -> None:
    """See that a person at an open journal knows its passphrase; takes a second or two.

    Raises WrongPassphrase and KeyUnavailable.
    """
    data_key_by_passphrase(vault.folder, vault.header, passphrase)


def set_passphrase(vault: Vault, passphrase: str) -> Vault:
    """From now on the passphrase opens it, and this computer no longer does so by itself.

    Takes a second or two. Raises UnreadableInput for an empty one, KeyUnavailable and OSError.
    """
    header = _present(vault)
    slot = new_passphrase_slot(vault.folder, vault.id, vault.data_key, passphrase)
    retired = _retired(vault, header)
    slots = (*header.without(SlotKind.PASSPHRASE, SlotKind.DEVICE), slot)
    changed = _rewritten(vault, header, slots=slots, retired=retired)
    remove_secrets(vault.keys_folder, retired)
    return changed


def remove_passphrase(vault: Vault) -> Vault:
    """From now on this computer opens it by itself; also for a new computer, which does not yet.

    Raises KeyUnavailable and OSError.
    """
    header = _present(vault)
    slots = header.without(SlotKind.PASSPHRASE)
    if not _opens_here(vault, header):
        secret = new_secret()
        slot = secret_slot(SlotKind.DEVICE, vault.id, vault.data_key, secret)
        # The secret first: a header that counts on a missing one would keep its owner out.
        write_secret(vault.keys_folder, slot.id, secret)
        others = header.of_kind(SlotKind.DEVICE)[-_MOST_OTHER_DEVICES:]
        slots = (*header.without(SlotKind.PASSPHRASE, SlotKind.DEVICE), *others, slot)
    return _rewritten(vault, header, slots=slots)


def new_recovery_key(vault: Vault) -> tuple[Vault, RecoveryKey]:
    """Another recovery key in the place of the one before, which no longer opens this journal.

    Backups that were made before still open with the old one. Raises KeyUnavailable and OSError.
    """
    header, key = _present(vault), RecoveryKey.new()
    slot = secret_slot(SlotKind.RECOVERY, vault.id, vault.data_key, key.secret)
    changed = _rewritten(
        vault,
        header,
        slots=(*header.without(SlotKind.RECOVERY), slot),
        recovery_saved_at=None,
        sealed_recovery_key=sealed(key, vault.data_key),
    )
    return changed, key


def unsaved_recovery_key(vault: Vault) -> RecoveryKey | None:
    """The recovery key, as long as its owner has not said that it is kept; then None."""
    text = vault.header.sealed_recovery_key
    return None if text is None else unsealed(text, vault.data_key)


def confirm_recovery_saved(vault: Vault, now: datetime) -> Vault:
    """Its owner keeps the recovery key; nothing here can show it any more.

    Raises KeyUnavailable and OSError.
    """
    saved = now.astimezone(UTC).isoformat(timespec="seconds")
    return _rewritten(vault, _present(vault), recovery_saved_at=saved, sealed_recovery_key=None)


def enable_keyring(vault: Vault, keyring: Keyring | None = None) -> Vault:
    """Let the system's keyring open it as well, for whoever is logged in.

    Waits at most half a minute for the system. Raises KeyUnavailable and OSError.
    """
    header, secret = _present(vault), new_secret()
    slot = secret_slot(SlotKind.KEYRING, vault.id, vault.data_key, secret)
    try:
        (keyring or SystemKeyring()).write(slot.id, secret, ASKED_SECONDS)
    except KeyringSilent:
        raise KeyUnavailable(KeyTrouble.KEYRING_SILENT, vault.folder / HEADER) from None
    except KeyringRefused:
        raise KeyUnavailable(KeyTrouble.KEYRING_REFUSED, vault.folder / HEADER) from None
    return _rewritten(vault, header, slots=(*header.without(SlotKind.KEYRING), slot))


def disable_keyring(vault: Vault, keyring: Keyring | None = None) -> Vault:
    """The system's keyring no longer opens it. Raises KeyUnavailable and OSError."""
    header = _present(vault)
    changed = _rewritten(vault, header, slots=header.without(SlotKind.KEYRING))
    for slot in header.of_kind(SlotKind.KEYRING):
        try:
            (keyring or SystemKeyring()).remove(slot.id, ASKED_SECONDS)
        except (KeyringSilent, KeyringRefused):
            break  # what stays there opens nothing
    return changed


def _present(vault: Vault) -> Header:
    """The header on the disk, which another process may have changed since the opening.

    Where it is lost or damaged, the one that was read at the opening. Raises KeyUnavailable.
    """
    try:
        header = read_header(vault.folder)
    except KeyUnavailable:
        return vault.header
    if header.generation < vault.generation or not is_genuine(header, vault.data_key):
        raise KeyUnavailable(KeyTrouble.HEADER_TAMPERED, vault.folder / HEADER)
    return header


def _rewritten(vault: Vault, header: Header, **changes: Any) -> Vault:
    changed = replace(header, generation=header.generation + 1, **changes)
    changed = signed(changed, vault.data_key)
    write_header(vault.folder, changed)
    return replace(vault, header=changed)


def _opens_here(vault: Vault, header: Header) -> bool:
    """Whether this computer opens it by itself."""
    devices = header.of_kind(SlotKind.DEVICE)
    known = ((slot, read_secret(vault.keys_folder, slot.id)) for slot in devices)
    return any(secret is not None and by_secret(header, slot, secret) for slot, secret in known)


def _retired(vault: Vault, header: Header) -> tuple[str, ...]:
    """The device slots whose secrets must go, those included that could not go before."""
    left = [one for one in header.retired if read_secret(vault.keys_folder, one) is not None]
    return (*left, *(slot.id for slot in header.of_kind(SlotKind.DEVICE)))
