"""Differences: what changed between two texts, word by word, for seeing them side by side."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\S+\s*|\s+")
_MOST_PAIRS = 40_000
"""How many pairs of equal lines or words are weighed, for a difference that reads well."""
_MOST_EDITS = 1_000
"""Where there are more pairs: how many may have gone or come; beyond, all of it is marked."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that stands in both texts, or in this one only."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts as runs; the runs of a side joined are that text."""

    before: tuple[Run, ...]
    after: tuple[Run, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both texts are the same."""
        return not any(run.changed for run in self.before + self.after)


def difference(before: str, after: str) -> Difference:
    """Which words went from ``before`` and which came in ``after``; bounded in time."""
    sides: tuple[list[Run], list[Run]] = ([], [])
    for old, new in _stretches(before.splitlines(True), after.splitlines(True)):
        if old == new:
            _add(sides, old, new, changed=False)
            continue
        for gone, come in _stretches(_WORDS.findall(old), _WORDS.findall(new)):
            _add(sides, gone, come, changed=gone != come)
    return Difference(tuple(sides[0]), tuple(sides[1]))


def words_changed(before: str, after: str) -> tuple[int, int]:
    """How many words went and how many came, wherever they stand."""
    old, new = Counter(before.split()), Counter(after.split())
    return (old - new).total(), (new - old).total()


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The two sequences cut into stretches that are the same and stretches that are not."""
    start, end = _shared(old, new)
    old_rest, new_rest = old[start : len(old) - end], new[start : len(new) - end]
    yield "".join(old[:start]), "".join(new[:start])
    i = k = 0
    for at_old, at_new, length in _blocks(old_rest, new_rest):
        yield "".join(old_rest[i:at_old]), "".join(new_rest[k:at_new])
        i, k = at_old + length, at_new + length
        same = "".join(old_rest[at_old:i])
        yield same, same
    yield "".join(old_rest[i:]), "".join(new_rest[k:])
    yield "".join(old[len(old) - end :]), "".join(new[len(new) - end :])


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[int, int, int]]:
    """Where both have the same parts in the same order: places and length; none where unclear."""
    counts = Counter(new)
    if sum(counts[part] for part in old) <= _MOST_PAIRS:
        return SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return _fewest_edits(old, new)


def _fewest_edits(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """The same by Myers' greedy way (1986), whose time goes with the edits, not with the length.

    Empty where more than _MOST_EDITS parts went or came.
    """
    reach, before = {1: 0}, []
    for edits in range(_MOST_EDITS + 1):
        before.append(reach.copy())
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (
                diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1]
            )
            i = reach[diagonal + 1] if down else reach[diagonal - 1] + 1
            k = i - diagonal
            while i < len(old) and k < len(new) and old[i] == new[k]:
                i, k = i + 1, k + 1
            reach[diagonal] = i
            if i >= len(old) and k >= len(new):
                return _walked_back(before, len(old), len(new))
    return []


def _walked_back(before: list[dict[int, int]], i: int, k: int) -> list[tuple[int, int, int]]:
    """The blocks on the way from the ends to the beginnings, given the reach before each edit."""
    found = []
    for edits in range(len(before) - 1, -1, -1):
        reach, diagonal = before[edits], i - k
        down = diagonal == -edits or (
            diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1]
        )
        start = reach[diagonal + 1] if down else reach[diagonal - 1] + 1
        if not edits:
            start = 0
        if i > start:
            found.append((start, start - diagonal, i - start))
        came_from = diagonal + 1 if down else diagonal - 1
        i = reach[came_from]
        k = i - came_from
    return found[::-1]


def _shared(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many parts both begin with, and how many of the rest both end with."""
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    return start, end


def _add(sides: tuple[list[Run], list[Run]], old: str, new: str, *, changed: bool) -> None:
    for side, text in zip(sides, (old, new), strict=True):
        if not text:
            continue
        if side and side[-1].changed == changed:
            text = side.pop().text + text
        side.append(Run(text, changed))
