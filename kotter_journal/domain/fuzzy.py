"""Fuzzy matching: how well a few typed letters stand for a name."""

from functools import lru_cache

from kotter_journal.domain.entries import fold

_WORD_START, _NEXT, _FIRST = 8, 5, 6
_GAP, _LONGEST_GAP, _LEFT_OVER = 1, 6, 0.05
_MOST = 64
"""Letters of a name that are looked at."""


def likeness(typed: str, name: str) -> float | None:
    """How well ``typed`` stands for ``name``; higher is better, None where it cannot.

    All letters must occur in order. Those at the beginning of the name or of a word in it count
    most, then those that follow one another; what lies between two of them counts against it.
    """
    letters = "".join(_folded(typed).split())
    inside = _folded(name)[:_MOST]
    if not letters:
        return 0.0
    if not _contains_in_order(letters, inside):
        return None
    best = _best(letters, inside)
    return best - _LEFT_OVER * len(inside)


@lru_cache(4096)
def _folded(text: str) -> str:
    return fold(text)


def _contains_in_order(letters: str, name: str) -> bool:
    at = -1
    for letter in letters:
        at = name.find(letter, at + 1)
        if at < 0:
            return False
    return True


def _best(letters: str, name: str) -> float:
    """The best sum over all ways to find the letters in order, one row for each letter."""
    worst = float("-inf")
    row = [_worth(name, at) if name[at] == letters[0] else worst for at in range(len(name))]
    for letter in letters[1:]:
        following = [worst] * len(name)
        near = far = worst  # the best place further back, less its gap; and less the longest gap
        for at in range(1, len(name)):
            if name[at] == letter:
                following[at] = max(row[at - 1] + _NEXT, near, far) + _worth(name, at)
            near = max(near, row[at - 1]) - _GAP
            far = max(far, row[at - 1] - _LONGEST_GAP)
        row = following
    return max(row)


def _worth(name: str, at: int) -> float:
    if at == 0:
        return _WORD_START + _FIRST
    return _WORD_START if not name[at - 1].isalnum() else 1
