"""System keyring: the operating system's own store of passwords, which may hang or be missing.

Its library is loaded and called in a thread of its own that may be left behind: whatever happens
in there, a caller waits no longer than it said.
"""

import queue
import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

_SERVICE = "Kotter Journal"
START_SECONDS, ASKED_SECONDS = 3.0, 30.0
"""How long a start may wait, and how long a person who asked for it (a window may pop up)."""

_T = TypeVar("_T")


class KeyringSilent(Exception):
    """The store did not answer in time."""


class KeyringRefused(Exception):
    """There is no store, or it said no."""


class Keyring(Protocol):
    """A store of secrets by name. Every call may raise KeyringSilent and KeyringRefused."""

    def read(self, name: str, seconds: float) -> bytes | None:
        """The secret; None where there is none."""

    def write(self, name: str, secret: bytes, seconds: float) -> None:
        """Keep a secret, and see that it was kept."""

    def remove(self, name: str, seconds: float) -> None:
        """Let a secret go."""


class SystemKeyring:
    """The store of this system: Secret Service, Keychain or Credential Locker."""

    def read(self, name: str, seconds: float) -> bytes | None:
        """The secret; None where there is none, or where it is not one of ours."""

        def ask() -> str | None:
            import keyring  # noqa: PLC0415 - slow to load, and rarely needed

            return keyring.get_password(_SERVICE, name)

        text = answer_of(ask, seconds)
        try:
            return None if text is None else bytes.fromhex(text)
        except ValueError:
            return None

    def write(self, name: str, secret: bytes, seconds: float) -> None:
        """Keep a secret, and see that it was kept: some stores only pretend."""

        def tell() -> str | None:
            import keyring  # noqa: PLC0415

            keyring.set_password(_SERVICE, name, secret.hex())
            return keyring.get_password(_SERVICE, name)

        if answer_of(tell, seconds) != secret.hex():
            raise KeyringRefused

    def remove(self, name: str, seconds: float) -> None:
        """Let a secret go."""

        def tell() -> None:
            import keyring  # noqa: PLC0415

            keyring.delete_password(_SERVICE, name)

        answer_of(tell, seconds)


def answers() -> bool:
    """Whether the store of this system answers at all; waits half a minute at most."""
    try:
        SystemKeyring().read("answers", ASKED_SECONDS)
    except (KeyringSilent, KeyringRefused):
        return False
    return True


def answer_of(ask: Callable[[], _T], seconds: float) -> _T:
    """What ``ask`` answers in another thread, within ``seconds``.

    Raises KeyringSilent, and KeyringRefused for whatever it raises, without its words.
    """
    answered: queue.SimpleQueue[tuple[_T] | None] = queue.SimpleQueue()

    def run() -> None:
        try:
            answered.put((ask(),))
        except Exception:  # noqa: BLE001 - backends raise whatever their system gives them
            answered.put(None)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    try:
        answer = answered.get(timeout=seconds)
    except queue.Empty:
        raise KeyringSilent from None
    if answer is None:
        raise KeyringRefused
    return answer[0]
