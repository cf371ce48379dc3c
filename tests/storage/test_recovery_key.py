"""The text of a recovery key, and how it is mistyped."""

import random
from collections.abc import Callable

import pytest

from kotter_journal.domain.errors import MistypedRecoveryKey
from kotter_journal.storage.recovery_key import (
    ALPHABET,
    RecoveryKey,
    _remainder,
    parse_recovery_key,
)

KEY = RecoveryKey(bytes(range(20)))
TYPING_ERRORS = 20_000


def group_of(text: str) -> int | None:
    with pytest.raises(MistypedRecoveryKey) as caught:
        parse_recovery_key(text)
    return caught.value.group


def some_key(chance: random.Random) -> RecoveryKey:
    return RecoveryKey(chance.randbytes(20))


def test_the_text_is_nine_groups_of_four_unmistakable_signs() -> None:
    assert len(KEY.groups) == 9
    assert {len(group) for group in KEY.groups} == {4}
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("IO01") & set(ALPHABET)
    assert KEY.text == "AAAS-EA2E-AWDA-QCAK-BJFS-2DJQ-B6JB-CESV-TBXH"


def test_new_keys_differ() -> None:
    assert RecoveryKey.new() != RecoveryKey.new()
    assert len(RecoveryKey.new().secret) == 20


WRITINGS: dict[str, Callable[[str], str]] = {
    "as printed": lambda text: text,
    "in small letters": str.lower,
    "without hyphens": lambda text: text.replace("-", ""),
    "with blanks": lambda text: text.replace("-", " "),
    "on several lines": lambda text: text.replace("-", "\r\n") + "\n",
    "with dashes": lambda text: f"  {text.replace('-', ' – ')}  ",
    "in groups of its own": lambda text: " ".join(
        text.replace("-", "")[i : i + 6] for i in range(0, 36, 6)
    ),
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_key_is_read_however_it_is_written(writing: str) -> None:
    chance = random.Random(1)  # noqa: S311
    for _ in range(50):
        key = some_key(chance)
        assert parse_recovery_key(WRITINGS[writing](key.text)) == key


def test_a_sign_that_no_key_contains_is_read_as_the_only_one_that_fits() -> None:
    chance, read = random.Random(2), 0  # noqa: S311
    for _ in range(200):
        key = some_key(chance)
        for sign, typed in (("Q", "0"), ("D", "O"), ("L", "1"), ("J", "I"), ("7", "1")):
            if sign in key.text:
                assert parse_recovery_key(key.text.replace(sign, typed, 1)) == key
                read += 1
    assert read > 200


def test_a_sign_that_could_be_nothing_names_its_group() -> None:
    assert group_of(KEY.text.replace("AWDA", "A1DA")) == 3
    assert group_of(KEY.text.replace("AWDA", "A!DA")) == 3
    assert group_of(KEY.text.replace("AWDA", "0000")) == 3


def test_every_single_wrong_sign_is_found() -> None:
    text = KEY.text
    for at, right in enumerate(text):
        if right == "-":
            continue
        for sign in ALPHABET.replace(right, ""):
            assert group_of(text[:at] + sign + text[at + 1 :]) == at // 5 + 1


def test_any_two_wrong_signs_are_noticed() -> None:
    # The check is linear: two errors pass only where both have the same syndrome.
    single = {_remainder(error << at * 5) for at in range(36) for error in range(1, 32)}
    assert len(single) == 36 * 31
    assert 0 not in single


def test_two_signs_that_changed_places_are_noticed() -> None:
    signs = KEY.text.replace("-", "")
    for a in range(36):
        for b in range(a):
            if signs[a] != signs[b]:
                swapped = list(signs)
                swapped[a], swapped[b] = signs[b], signs[a]
                group_of("".join(swapped))


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("", None),
        ("A", None),
        (KEY.text[:-1], 9),
        (KEY.text + "A", 9),
        (KEY.text[:-5], None),
        (KEY.text + "-AAAA", None),
        (KEY.text.replace("EA2E", "EAE"), 2),
        (KEY.text.replace("-", "")[1:], None),
        ("AAAA-" * 8 + "AAAA", None),
        ("x" * 10_000_000, None),
        ("ß" * 36, None),
        ("\0", None),
        ("ＡＡＡＡ", None),
    ],
)
def test_what_is_no_key_is_refused(text: str, group: int | None) -> None:
    assert group_of(text) == group


def mistyped(text: str, chance: random.Random) -> str:
    """One to four of the errors that hands and eyes make."""
    signs = list(text)
    for _ in range(chance.choice((1, 1, 2, 3, 4))):
        at = chance.randrange(len(signs) - 1)
        match chance.randrange(5):
            case 0:
                signs[at] = chance.choice(ALPHABET)
            case 1:
                signs[at], signs[at + 1] = signs[at + 1], signs[at]
            case 2:
                del signs[at]
            case 3:
                signs.insert(at, signs[at])
            case _:
                other = chance.randrange(len(signs))
                signs[at], signs[other] = signs[other], signs[at]
    return "".join(signs)


def test_no_typing_error_passes() -> None:
    chance, tried = random.Random(160), 0  # noqa: S311
    while tried < TYPING_ERRORS:
        key = some_key(chance)
        text = mistyped(key.text.replace("-", ""), chance)
        if text == key.text.replace("-", ""):
            continue
        tried += 1
        with pytest.raises(MistypedRecoveryKey):
            parse_recovery_key(text)


def test_a_group_typed_back_shows_that_the_key_was_kept() -> None:
    assert KEY.has_group(2, " ea2e ")
    assert not KEY.has_group(2, "EA2F")
    assert not KEY.has_group(2, "")


def test_no_error_quotes_what_was_typed() -> None:
    with pytest.raises(MistypedRecoveryKey) as caught:
        parse_recovery_key("SECRET" * 6)
    assert "SECRET" not in f"{caught.value!r} {caught.value} {vars(caught.value)}"
