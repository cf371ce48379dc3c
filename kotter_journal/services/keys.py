"""Keys: setting the ways in which an open journal opens.

Each verb takes a transaction of the writing door, so that nobody else changes the keys meanwhile,
and leaves the journal with keys that are in force. Raises KeyUnavailable and StorageFailed.
"""

from collections.abc import Callable
from datetime import datetime

from kotter_journal.storage import vault_changes
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.journal import Journal, disk_errors
from kotter_journal.storage.key_header import KeyFacts
from kotter_journal.storage.recovery_key import RecoveryKey
from kotter_journal.storage.system_keyring import Keyring
from kotter_journal.storage.vault import Vault


def check_passphrase(journal: Journal, passphrase: str) -> None:
    """See that a person at the open journal knows its passphrase; takes a second or two.

    Raises WrongPassphrase and KeyUnavailable.
    """
    vault_changes.check_passphrase(journal.vault, passphrase)


def set_passphrase(tx: Transaction, journal: Journal, passphrase: str) -> KeyFacts:
    """Lock the journal with a passphrase, in the place of any other; takes a second or two.

    Raises UnreadableInput for an empty one.
    """
    return _change(tx, journal, lambda vault: vault_changes.set_passphrase(vault, passphrase))


def remove_passphrase(tx: Transaction, journal: Journal) -> KeyFacts:
    """Let this computer open the journal by itself, without any passphrase.

    Also what a new computer needs, after the recovery key opened a journal without passphrase.
    """
    return _change(tx, journal, vault_changes.remove_passphrase)


def new_recovery_key(tx: Transaction, journal: Journal) -> RecoveryKey:
    """Another recovery key; the one before opens only backups that are older."""
    with disk_errors(journal.folder):
        vault, key = vault_changes.new_recovery_key(journal.vault)
    journal.keep_vault(tx, vault)
    return key


def unsaved_recovery_key(journal: Journal) -> RecoveryKey | None:
    """The journal's recovery key, as long as its owner has not said that it is kept."""
    return vault_changes.unsaved_recovery_key(journal.vault)


def confirm_recovery_saved(tx: Transaction, journal: Journal, now: datetime) -> KeyFacts:
    """Its owner keeps the recovery key; the journal can show it no longer."""
    return _change(tx, journal, lambda vault: vault_changes.confirm_recovery_saved(vault, now))


def enable_keyring(tx: Transaction, journal: Journal, keyring: Keyring | None = None) -> KeyFacts:
    """Let the system's keyring open the journal as well; waits half a minute at most."""
    return _change(tx, journal, lambda vault: vault_changes.enable_keyring(vault, keyring))


def disable_keyring(tx: Transaction, journal: Journal, keyring: Keyring | None = None) -> KeyFacts:
    """The system's keyring no longer opens the journal."""
    return _change(tx, journal, lambda vault: vault_changes.disable_keyring(vault, keyring))


def _change(tx: Transaction, journal: Journal, change: Callable[[Vault], Vault]) -> KeyFacts:
    with disk_errors(journal.folder):
        vault = change(journal.vault)
    journal.keep_vault(tx, vault)
    return vault.facts
