"""Passphrase: a key from words, by Argon2id (RFC 9106), and what that may cost.

The cost stands in the header of the vault. What lies outside the limits is never run: a header
that somebody changed must neither weaken the next passphrase nor eat the computer's memory.
"""

import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_MIB = 1024
_LEAST_MEMORY, _MOST_MEMORY = 64 * _MIB, 1024 * _MIB
_USUAL_MEMORY = 256 * _MIB
_LEAST_PASSES, _MOST_PASSES = 3, 16
_MOST_LANES = 16
_SLOWEST_SECONDS = 3.0
"""How long an unlocking may take; a computer that needs longer uses less memory."""

_KEY_SIZE, SALT_SIZE = 32, 16


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try costs: memory in KiB (64 MiB..1 GiB), passes (3..16), lanes (1..16).

    Raises ValueError outside these limits.
    """

    memory_kib: int = _USUAL_MEMORY
    passes: int = _LEAST_PASSES
    lanes: int = 4

    def __post_init__(self) -> None:
        if not (
            _LEAST_MEMORY <= self.memory_kib <= _MOST_MEMORY
            and _LEAST_PASSES <= self.passes <= _MOST_PASSES
            and 1 <= self.lanes <= _MOST_LANES
        ):
            raise ValueError("the cost is outside its limits")

    @staticmethod
    def of(facts: Mapping[str, object]) -> "Cost":
        """The cost that a slot tells. Raises ValueError."""
        numbers = [facts.get(name) for name in ("memory_kib", "passes", "lanes")]
        if not all(type(number) is int for number in numbers):
            raise ValueError("the cost is not three numbers")
        return Cost(*numbers)  # type: ignore[arg-type]


def key_of(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes from a passphrase; slow on purpose. Raises MemoryError."""
    # Typed on another keyboard the same words may come in other code points.
    words = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return argon2id(words, salt, cost.memory_kib, cost.passes, cost.lanes)


def argon2id(secret: bytes, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    """The bare function; tests put a cheap one in its place. Raises MemoryError."""
    # Loaded only here: a journal without a passphrase opens without it.
    from argon2.exceptions import HashingError  # noqa: PLC0415
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415

    try:
        return hash_secret_raw(secret, salt, passes, memory_kib, lanes, _KEY_SIZE, Type.ID)
    except HashingError:
        raise MemoryError from None


def bearable_cost() -> Cost:
    """The usual cost, or less memory where this computer would take too long; takes a moment."""
    started = time.perf_counter()
    argon2id(b"trial", b"\0" * SALT_SIZE, _LEAST_MEMORY, 1, Cost().lanes)
    seconds_per_kib = (time.perf_counter() - started) / _LEAST_MEMORY * Cost().passes
    memory = _USUAL_MEMORY
    while memory > _LEAST_MEMORY and memory * seconds_per_kib > _SLOWEST_SECONDS:
        memory -= _LEAST_MEMORY
    return Cost(memory)
