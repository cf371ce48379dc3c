"""Passphrase: how long guessing one would take. A hint, never a rule."""

from dataclasses import dataclass
from enum import StrEnum

ONE_COMPUTER, FARM = 10, 10_000
"""Guesses a second: of one strong computer that has a copy of the journal, and of thousands."""

DAY = 86_400
MONTH, YEAR = 30 * DAY, 365 * DAY
"""In seconds."""

_LARGEST = 300.0


class Strength(StrEnum):
    """How a passphrase stands up to somebody with a copy of the journal."""

    NONE = "none"  # one computer finds it within a day
    WEAK = "weak"  # a farm finds it within a month
    FAIR = "fair"  # a farm needs up to a hundred years
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class StrengthHint:
    """An estimate of the guesses it takes (their decimal logarithm), good to a few digits.

    It knows common words and patterns; it does not know quotations or the person.
    """

    guesses_log10: float

    def seconds(self, guesses_a_second: int) -> float:
        """How long so many guesses take."""
        return float(10 ** min(self.guesses_log10, _LARGEST)) / guesses_a_second

    @property
    def strength(self) -> Strength:
        """The estimate in one word."""
        if self.seconds(ONE_COMPUTER) < DAY:
            return Strength.NONE
        if self.seconds(FARM) < MONTH:
            return Strength.WEAK
        return Strength.FAIR if self.seconds(FARM) < 100 * YEAR else Strength.STRONG
