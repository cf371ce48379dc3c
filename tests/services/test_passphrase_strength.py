"""How strong a passphrase is said to be."""

import subprocess
import sys

import pytest

from kotter_journal.domain.passphrase import Strength, StrengthHint
from kotter_journal.domain.sentences import long_time_text, strength_sentence
from kotter_journal.services.passphrase_strength import estimate_strength

YEAR = 365 * 86_400


@pytest.mark.parametrize(
    ("words", "strength"),
    [
        ("", Strength.NONE),
        ("a", Strength.NONE),
        ("password", Strength.NONE),
        ("P@ssw0rd1", Strength.NONE),
        ("qwertyuiop", Strength.NONE),
        ("a" * 5000, Strength.NONE),
        ("green7tables", Strength.WEAK),
        ("Tr0ub4dor&3", Strength.FAIR),
        ("seven grey herons on one leg", Strength.STRONG),
        ("kx8fq-27bzt-mmv93", Strength.STRONG),
    ],
)
def test_common_passphrases_and_good_ones_are_told_apart(words: str, strength: Strength) -> None:
    assert estimate_strength(words).strength is strength


@pytest.mark.parametrize(
    "words", ["\0", "\ud800", "日本語のパスワード", "x" * 1_000_000, "🦓" * 80]
)
def test_any_text_has_a_strength(words: str) -> None:
    assert estimate_strength(words).guesses_log10 >= 0


def test_more_words_never_look_weaker() -> None:
    words = "seven grey herons on one leg beside the slow canal in march"
    steps = [estimate_strength(words[:length]).guesses_log10 for length in range(0, 60, 6)]
    assert steps == sorted(steps)


def test_a_hint_is_one_plain_sentence_with_times_for_one_computer_and_many() -> None:
    assert strength_sentence(StrengthHint(8.0)) == (
        "Weak: roughly, guessing it takes 3 months on one strong computer and"
        " 2 hours on a thousand of them. Less if it is a quotation, or tells of you."
    )


def test_a_huge_estimate_is_no_trouble() -> None:
    hint = StrengthHint(1e6)
    assert hint.strength is Strength.STRONG
    assert "more than 10,000 years" in strength_sentence(hint)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "less than a second"),
        (1, "1 second"),
        (59.9, "59 seconds"),
        (60, "1 minute"),
        (7200, "2 hours"),
        (86_400 * 29, "29 days"),
        (86_400 * 31, "1 month"),
        (YEAR * 1234, "1,200 years"),
        (YEAR * 20_000, "more than 10,000 years"),
    ],
)
def test_lengths_of_time_are_round(seconds: float, text: str) -> None:
    assert long_time_text(seconds) == text


def test_the_lists_of_words_are_loaded_only_when_used() -> None:
    script = (
        "import sys; import kotter_journal.services.passphrase_strength;"
        "sys.exit('zxcvbn' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
