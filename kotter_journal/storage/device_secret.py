"""Device secret: a file of this computer that opens a journal without a passphrase.

It lies in the user's configuration folder, away from the journal, so that a copied or synced
journal stays closed.
"""

import secrets
import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kotter_journal.config.files import private_folder, sync_folder, write_atomically

_SIZE = 32


def secret_file(keys_folder: Path, slot_id: str) -> Path:
    """Where the secret of a slot lies."""
    return keys_folder / f"{uuid.UUID(slot_id)}.key"


def new_secret() -> bytes:
    """Random bytes for a slot."""
    return secrets.token_bytes(_SIZE)


def write_secret(keys_folder: Path, slot_id: str, secret: bytes) -> None:
    """Keep the secret of a slot. Raises OSError."""
    write_atomically(secret_file(private_folder(keys_folder), slot_id), secret)


def read_secret(keys_folder: Path, slot_id: str) -> bytes | None:
    """The secret of a slot; None where this computer has none. Raises OSError."""
    path = secret_file(keys_folder, slot_id)
    return path.read_bytes() if path.is_file() else None


def remove_secrets(keys_folder: Path, slot_ids: Iterable[str]) -> None:
    """Let the secrets of some slots go, as far as they are here and the disk allows."""
    files = [path for one in slot_ids if (path := secret_file(keys_folder, one)).is_file()]
    # What stays is tried again at the next opening.
    with suppress(OSError):
        for path in files:
            path.unlink()
        if files:
            sync_folder(keys_folder)
