"""Around damage: rows read a few at a time, so that a damaged page takes only its own rows away."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from kotter_journal.domain.errors import JournalDamaged

T = TypeVar("T")


def read_around(
    positions: Sequence[int], read: Callable[[Sequence[int]], dict[int, T]]
) -> tuple[dict[int, T], list[int], JournalDamaged | None]:
    """What ``read`` gives for the positions that can be read, the others, and the first damage met.

    Other errors of ``read`` are raised.
    """
    try:
        return read(positions), [], None
    except JournalDamaged as error:
        if len(positions) < 2:
            return {}, list(positions), error
        met = error
    half = len(positions) // 2
    rows, damaged, _ = read_around(positions[:half], read)
    more, others, _ = read_around(positions[half:], read)
    return rows | more, damaged + others, met
