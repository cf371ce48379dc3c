"""Passphrase strength: an estimate by zxcvbn (Wheeler, "zxcvbn", USENIX Security 2016)."""

import unicodedata
from math import log10

from kotter_journal.domain.passphrase import StrengthHint

_LONGEST = 72
"""What zxcvbn looks at; more characters make a passphrase no easier to guess."""


def estimate_strength(passphrase: str) -> StrengthHint:
    """How many guesses ``passphrase`` takes; some milliseconds, 0.1 s the first time."""
    # Its lists of words are large, and needed only by somebody who sets a passphrase.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    words = unicodedata.normalize("NFKC", passphrase)[:_LONGEST]
    if not words:
        return StrengthHint(0.0)
    return StrengthHint(log10(max(1, zxcvbn(words)["guesses"])))
