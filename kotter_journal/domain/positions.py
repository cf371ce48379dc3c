"""Positions: the integer that orders entries in time, made of day, minute and sequence.

``position = on.toordinal() << 40 | minute_key << 20 | sequence``; ``minute_key`` is 0 without a
time of day, else 1 + the minute of the day, so that a day's entries without a time come first.
A position is local to one journal and never leaves it.
"""

from datetime import date, time

DAY_BITS, MINUTE_BITS = 40, 20
SEQUENCES = 1 << MINUTE_BITS
"""How many entries one minute of one day can hold."""


def first_of(on: date, at: time | None) -> int:
    """The lowest position of a minute, or of the entries of ``on`` without a time."""
    minute_key = 0 if at is None else 1 + at.hour * 60 + at.minute
    return on.toordinal() << DAY_BITS | minute_key << MINUTE_BITS


def span_of(start: date, end: date) -> tuple[int, int]:
    """The positions of all entries from ``start`` to before ``end``, half-open."""
    return first_of(start, None), first_of(end, None)


def day_of(position: int) -> date:
    """The local date of the entry at ``position``."""
    return date.fromordinal(position >> DAY_BITS)
