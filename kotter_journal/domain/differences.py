"""Differences: what changed between two texts, word by word, for seeing them side by side."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\S+\s*|\s+")
_MOST_PAIRS = 40_000
"""How many pairs of equal lines or words are weighed; beyond, the whole stretch is marked."""


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


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The two sequences cut into stretches that are the same and stretches that are not."""
    start, end = _shared(old, new)
    old_rest, new_rest = old[start : len(old) - end], new[start : len(new) - end]
    yield "".join(old[:start]), "".join(new[:start])
    counts = Counter(new_rest)
    if sum(counts[part] for part in old_rest) > _MOST_PAIRS:
        yield "".join(old_rest), "".join(new_rest)
    else:
        matcher = SequenceMatcher(None, old_rest, new_rest, autojunk=False)
        for _, i, j, k, m in matcher.get_opcodes():
            yield "".join(old_rest[i:j]), "".join(new_rest[k:m])
    yield "".join(old[len(old) - end :]), "".join(new[len(new) - end :])


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
