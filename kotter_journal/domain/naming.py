"""Naming: another name for a tag or a person in every text that names it, and look-alikes."""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum

from kotter_journal.domain.entries import (
    NOT_PROSE,
    PERSON_PATTERN,
    TAG_PATTERN,
    fold,
    people_in,
    tags_in,
    trimmed_name,
)


class NameKind(Enum):
    """What a name is of; the value is the mark before it in a text."""

    TAG = "#"
    PERSON = "@"


_PATTERNS = {NameKind.TAG: TAG_PATTERN, NameKind.PERSON: PERSON_PATTERN}


def can_be_written(kind: NameKind, name: str) -> bool:
    """Whether a text can name it: "#" or "@" and ``name`` read back as just that name."""
    read = tags_in if kind is NameKind.TAG else people_in
    return read(f"{kind.value}{name}") == (name,)


def can_be_written_as_area(name: str) -> bool:
    """Whether "~" and ``name`` read as just that name: by the rule of tags."""
    return can_be_written(NameKind.TAG, name)


def renamed_in(text: str, kind: NameKind, old: str, new: str) -> str:
    """``text`` with ``new`` for every mention of ``old``, in any spelling that means the same.

    Code, links and addresses stay as they are, as ``tags_in`` and ``people_in`` pass them over.
    """
    if kind.value not in text:
        return text
    # Of the same length, so that places in it are places in the text.
    prose = NOT_PROSE.sub(lambda found: " " * len(found[0]), text)
    parts, done = [], 0
    for match in _PATTERNS[kind].finditer(prose):
        name = trimmed_name(match[1])
        if fold(name) == fold(old):
            parts += [text[done : match.start(1)], new]
            done = match.start(1) + len(name)
    return "".join([*parts, text[done:]])


def look_alikes(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names that may mean the same, in alphabetical order.

    They differ by accents, case, hyphens, an "s" at the end, or, from five letters on, by one
    letter that was left out, added, replaced or exchanged with its neighbour.
    """
    by_form: dict[str, list[str]] = {}
    for name in names:
        for form in _forms(_bare(name)):
            by_form.setdefault(form, []).append(name)
    pairs = {
        (first, second)
        for alike in by_form.values()
        if len(alike) > 1
        for first in alike
        for second in alike
        if (fold(first), first) < (fold(second), second) and _is_near(_bare(first), _bare(second))
    }
    return sorted(pairs, key=lambda pair: (fold(pair[0]), fold(pair[1])))


_FUZZY_FROM = 5


def _bare(name: str) -> str:
    """Letters and digits without accents and case, in the singular."""
    split = unicodedata.normalize("NFKD", fold(name))
    letters = re.sub(r"[\W_]|[\u0300-\u036f]", "", split)
    return letters[:-1] if len(letters) > _FUZZY_FROM - 1 and letters.endswith("s") else letters


def _forms(bare: str) -> set[str]:
    """Itself, and itself without one letter: two names one letter apart share such a form."""
    if len(bare) < _FUZZY_FROM:
        return {bare}
    return {bare, *(bare[:at] + bare[at + 1 :] for at in range(len(bare)))}


def _is_near(one: str, other: str) -> bool:
    """At most one letter apart; numbers that differ are never a slip: "q1" and "q2"."""
    if one == other:
        return True
    if min(len(one), len(other)) < _FUZZY_FROM or _digits(one) != _digits(other):
        return False
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    rest, other_rest = one[at:], other[at:]
    exchanged = rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:]
    dropped = rest[1:] == other_rest or rest == other_rest[1:]
    return exchanged or dropped or rest[1:] == other_rest[1:]


def _digits(name: str) -> str:
    return "".join(letter for letter in name if letter.isdigit())
