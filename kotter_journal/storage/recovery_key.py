"""Recovery key: 160 random bits on paper, as nine groups of four letters and digits.

The text is 36 signs of 5 bits: 32 of the secret and 4 of its check, the remainder by a polynomial
of degree 20. Any two wrong signs are noticed, two that changed places among them; a single wrong
sign is also found. Of other errors one in a million passes, and then the key opens nothing.
"""

import re
import secrets
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from kotter_journal.domain.errors import MistypedRecoveryKey

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without I, O, 0 and 1."""

GROUPS, GROUP_SIZE = 9, 4
_SIGNS, _SIGN_BITS = GROUPS * GROUP_SIZE, 5
_CHECK_BITS = 20
_SECRET_BYTES = 20
_POLYNOMIAL = 0x1DE1BF
_OFFSET = 0x5A35C
"""So that nine times the same group is no key."""

_LOOKALIKES = {"0": "DQ", "O": "DQ", "1": "JLT7", "I": "JLT7"}
"""What a person may have read as a sign that no key contains."""
_MOST_LOOKALIKES = 2
_LONGEST_TEXT = 500
_BETWEEN = re.compile(r"[\s\-‐‑‒–—−_.,:;/|]+")


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """The secret of one recovery key; neither ``repr`` nor ``str`` shows it."""

    secret: bytes = field(repr=False)

    @staticmethod
    def new() -> "RecoveryKey":
        """A key nobody has seen."""
        return RecoveryKey(secrets.token_bytes(_SECRET_BYTES))

    @property
    def groups(self) -> tuple[str, ...]:
        """The nine groups to show."""
        secret = int.from_bytes(self.secret, "big") << _CHECK_BITS
        text = _signs(secret | _remainder(secret) ^ _OFFSET)
        return tuple(text[at : at + GROUP_SIZE] for at in range(0, _SIGNS, GROUP_SIZE))

    @property
    def text(self) -> str:
        """The key as it is printed: groups with hyphens between them."""
        return "-".join(self.groups)

    def has_group(self, number: int, typed: str) -> bool:
        """Whether ``typed`` is group ``number`` (1..9); to see that the key was written down."""
        return _BETWEEN.sub("", typed).upper() == self.groups[number - 1]


def parse_recovery_key(text: str) -> RecoveryKey:
    """The key that was typed, in any case and grouping.

    A 0, O, 1 or I, which no key contains, is read as the only sign that fits there. Raises
    MistypedRecoveryKey.
    """
    text = text[:_LONGEST_TEXT].strip().upper()
    typed = _BETWEEN.sub("", text)
    strange = [at for at, sign in enumerate(typed) if sign not in ALPHABET]
    for at in strange:
        if typed[at] not in _LOOKALIKES:
            raise MistypedRecoveryKey(_group_typed(text, at))
    if len(typed) != _SIGNS:
        raise MistypedRecoveryKey(_uneven_group(text))
    if len(strange) > _MOST_LOOKALIKES:
        raise MistypedRecoveryKey(_group_of(strange[0]))
    readings = product(*(_LOOKALIKES.get(sign, sign) for sign in typed))
    words = {word for reading in readings if not _syndrome(word := _number(reading))}
    if len(words) != 1:
        raise MistypedRecoveryKey(_group_of(strange[0]) if strange else _wrong_group(typed))
    return RecoveryKey((words.pop() >> _CHECK_BITS).to_bytes(_SECRET_BYTES, "big"))


def _number(signs: tuple[str, ...] | str) -> int:
    number = 0
    for sign in signs:
        number = number << _SIGN_BITS | ALPHABET.index(sign)
    return number


def _signs(number: int) -> str:
    ends = range((_SIGNS - 1) * _SIGN_BITS, -1, -_SIGN_BITS)
    return "".join(ALPHABET[number >> end & 31] for end in ends)


def _remainder(number: int) -> int:
    """What is left of ``number`` after division by the polynomial, over single bits."""
    for bit in range(_SIGNS * _SIGN_BITS - 1, _CHECK_BITS - 1, -1):
        if number >> bit & 1:
            number ^= _POLYNOMIAL << (bit - _CHECK_BITS)
    return number


def _syndrome(word: int) -> int:
    """0 for a key; else the same for all texts with the same error."""
    return _remainder(word) ^ _OFFSET


def _wrong_group(typed: str) -> int | None:
    """The group (1..9) in which a single wrong sign explains the check; None without one."""
    at = _places().get(_syndrome(_number(typed)))
    return None if at is None else _group_of(at)


@cache
def _places() -> dict[int, int]:
    """Which sign is wrong, by the syndrome that its being wrong leaves."""
    ends = [(_SIGNS - 1 - at) * _SIGN_BITS for at in range(_SIGNS)]
    return {_remainder(error << end): at for at, end in enumerate(ends) for error in range(1, 32)}


def _group_of(at: int) -> int:
    return at // GROUP_SIZE + 1


def _group_typed(text: str, at: int) -> int | None:
    """The group in which sign number ``at`` was typed, where groups were typed at all."""
    groups = _BETWEEN.split(text)
    for number, group in enumerate(groups, 1):
        if at < len(group):
            return number if len(groups) == GROUPS else None
        at -= len(group)
    return None


def _uneven_group(text: str) -> int | None:
    """The only group that was typed with too few or too many signs."""
    groups = _BETWEEN.split(text)
    uneven = [n for n, group in enumerate(groups, 1) if len(group) != GROUP_SIZE]
    return uneven[0] if len(groups) == GROUPS and len(uneven) == 1 else None
