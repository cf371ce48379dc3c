"""Vault: the data key of a journal, and the ways to get it out of its header.

The data key is 32 random bytes, never derived from anything. Keys for a purpose come from it.
"""

import secrets
import uuid
from dataclasses import dataclass, field, replace
from pathlib import Path

from kotter_journal.domain.errors import (
    KeyTrouble,
    KeyUnavailable,
    UnreadableInput,
    WrongPassphrase,
)
from kotter_journal.storage.device_secret import (
    new_secret,
    read_secret,
    remove_secrets,
    secret_file,
    write_secret,
)
from kotter_journal.storage.key_header import (
    HEADER,
    Header,
    KeyFacts,
    Slot,
    SlotKind,
    heal_header,
    read_header,
    write_header,
)
from kotter_journal.storage.recovery_key import RecoveryKey, parse_recovery_key
from kotter_journal.storage.slots import (
    KEY_SIZE,
    by_passphrase,
    by_secret,
    derive,
    is_genuine,
    passphrase_slot,
    sealed,
    secret_slot,
    signed,
)
from kotter_journal.storage.system_keyring import (
    START_SECONDS,
    Keyring,
    KeyringRefused,
    KeyringSilent,
    SystemKeyring,
)


@dataclass(frozen=True, slots=True)
class Vault:
    """An opened vault: where it lies and its data key, which no repr shows."""

    folder: Path
    keys_folder: Path
    header: Header = field(repr=False)
    data_key: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """The id of the vault."""
        return self.header.vault

    @property
    def generation(self) -> int:
        """How often the header was changed; the journal remembers the highest it has seen."""
        return self.header.generation

    @property
    def facts(self) -> KeyFacts:
        """How it can be opened."""
        return self.header.facts

    @property
    def database_key(self) -> bytes:
        """The 32-byte raw key of the database."""
        return derive(self.data_key, "kotter-journal/sqlcipher")

    @property
    def mark_key(self) -> bytes:
        """The key that seals the high-water mark."""
        return derive(self.data_key, "kotter-journal/mark")


def create_vault(
    folder: Path, keys_folder: Path, *, passphrase: str | None = None
) -> tuple[Vault, RecoveryKey]:
    """Make a vault in ``folder`` that opens with a passphrase, or else on this device by itself.

    It has a recovery key from the start. The device's secret goes to ``keys_folder``, away from
    the journal. Raises UnreadableInput for an empty passphrase, KeyUnavailable and OSError.
    """
    vault, data_key = str(uuid.uuid4()), secrets.token_bytes(KEY_SIZE)
    recovery = RecoveryKey.new()
    secret = new_secret()
    if passphrase is None:
        first = secret_slot(SlotKind.DEVICE, vault, data_key, secret)
    else:
        first = new_passphrase_slot(folder, vault, data_key, passphrase)
    header = Header(
        vault=vault,
        generation=1,
        slots=(first, secret_slot(SlotKind.RECOVERY, vault, data_key, recovery.secret)),
        sealed_recovery_key=sealed(recovery, data_key),
    )
    header = signed(header, data_key)
    write_header(folder, header)
    if passphrase is None:
        write_secret(keys_folder, first.id, secret)
    return Vault(folder, keys_folder, header, data_key), recovery


def new_passphrase_slot(folder: Path, vault: str, data_key: bytes, passphrase: str) -> Slot:
    """A slot for a passphrase of at least one character.

    Takes a second or two. Raises UnreadableInput and KeyUnavailable.
    """
    if not passphrase:
        raise UnreadableInput("The passphrase", "it is empty; one character is the least")
    try:
        return passphrase_slot(vault, data_key, passphrase)
    except MemoryError:
        raise KeyUnavailable(KeyTrouble.OUT_OF_MEMORY, folder / HEADER) from None


def forget_device(vault: Vault) -> None:
    """Let this device's secret of a vault go; for a journal that was never finished."""
    remove_secrets(vault.keys_folder, (slot.id for slot in vault.header.of_kind(SlotKind.DEVICE)))


def renew_header(vault: Vault, folder: Path, generation: int) -> None:
    """Write the header of an opened vault into ``folder``, with a higher generation.

    Raises OSError.
    """
    write_header(folder, signed(replace(vault.header, generation=generation), vault.data_key))


def key_facts(folder: Path) -> KeyFacts:
    """How the vault in ``folder`` says it can be opened; whether that is true only opening shows.

    Reads the header only. Raises KeyUnavailable, JournalTooNew and OSError.
    """
    return read_header(folder).facts


def open_vault(
    folder: Path,
    keys_folder: Path,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    keyring: Keyring | None = None,
) -> Vault:
    """Open the vault of ``folder``: with what is given, or else as this computer can by itself.

    A passphrase is not looked at where the vault has none. A damaged or missing copy of the
    header is written anew from the other. Raises WrongPassphrase, MistypedRecoveryKey,
    KeyUnavailable, JournalTooNew and OSError.
    """
    header = read_header(folder)
    if recovery_key is not None:
        data_key = _by_recovery_key(folder, header, recovery_key)
    elif passphrase is not None and header.facts.passphrase:
        data_key = data_key_by_passphrase(folder, header, passphrase)
    else:
        data_key = _by_this_computer(folder, header, keys_folder, keyring or SystemKeyring())
    if not is_genuine(header, data_key):
        raise KeyUnavailable(KeyTrouble.HEADER_TAMPERED, folder / HEADER)
    heal_header(folder, header)
    remove_secrets(keys_folder, header.retired)
    return Vault(folder, keys_folder, header, data_key)


def data_key_by_passphrase(folder: Path, header: Header, passphrase: str) -> bytes:
    """The data key. Raises WrongPassphrase and KeyUnavailable."""
    slots = header.of_kind(SlotKind.PASSPHRASE)
    if len(slots) != 1:
        raise KeyUnavailable(KeyTrouble.HEADER_TAMPERED, folder / HEADER)
    try:
        data_key = by_passphrase(header, slots[0], passphrase)
    except ValueError:
        raise KeyUnavailable(KeyTrouble.HEADER_TAMPERED, folder / HEADER) from None
    except MemoryError:
        raise KeyUnavailable(KeyTrouble.OUT_OF_MEMORY, folder / HEADER) from None
    if data_key is None:
        raise WrongPassphrase(folder)
    return data_key


def _by_recovery_key(folder: Path, header: Header, text: str) -> bytes:
    key = parse_recovery_key(text)
    slots = header.of_kind(SlotKind.RECOVERY)
    if not slots:
        raise KeyUnavailable(KeyTrouble.RECOVERY_KEY_NONE, folder / HEADER)
    for slot in slots:
        data_key = by_secret(header, slot, key.secret)
        if data_key is not None:
            return data_key
    raise KeyUnavailable(KeyTrouble.RECOVERY_KEY_WRONG, folder / HEADER)


def _by_this_computer(folder: Path, header: Header, keys_folder: Path, keyring: Keyring) -> bytes:
    trouble, place = KeyTrouble.DEVICE_SECRET_MISSING, keys_folder
    for slot in header.of_kind(SlotKind.DEVICE):
        place = secret_file(keys_folder, slot.id)
        secret = read_secret(keys_folder, slot.id)
        if secret is None:
            continue
        data_key = by_secret(header, slot, secret)
        if data_key is not None:
            return data_key
        trouble = KeyTrouble.DEVICE_SECRET_WRONG
    data_key = _by_keyring(header, keyring)
    if data_key is not None:
        return data_key
    if header.facts.passphrase:
        trouble, place = KeyTrouble.PASSPHRASE_NEEDED, folder / HEADER
    raise KeyUnavailable(trouble, place)


def _by_keyring(header: Header, keyring: Keyring) -> bytes | None:
    """The data key; None where the keyring does not know it, or does not answer in time."""
    for slot in header.of_kind(SlotKind.KEYRING):
        try:
            secret = keyring.read(slot.id, START_SECONDS)
        except (KeyringSilent, KeyringRefused):
            return None
        data_key = None if secret is None else by_secret(header, slot, secret)
        if data_key is not None:
            return data_key
    return None
