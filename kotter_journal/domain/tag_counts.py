"""Tag counts: how many entries each activity has, whatever their minutes."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kotter_journal.domain.activities import SIX, Activity


@dataclass(frozen=True, slots=True)
class TagCounts:
    """``tagged`` entries have one of the six or more; ``outside`` ones are only outside them, and
    ``untagged`` ones have no activity. The three add up to all entries.

    ``shared`` gives 1/k of an entry to each of its k activities of the six, and so adds up to
    ``tagged``. ``touches`` counts the entries that include an activity, and does not.
    """

    tagged: int
    outside: int
    untagged: int
    shared: Mapping[Activity, Fraction]
    touches: Mapping[Activity, int]


def tag_counts(entries: Mapping[frozenset[Activity], int]) -> TagCounts:
    """The counts, given how many entries have each set of activities."""
    shared = dict.fromkeys(SIX, Fraction())
    touches = dict.fromkeys(Activity, 0)
    tagged = outside = 0
    for activities, number in entries.items():
        six = [activity for activity in SIX if activity in activities]
        for activity in activities:
            touches[activity] += number
        for activity in six:
            shared[activity] += Fraction(number, len(six))
        tagged += number if six else 0
        outside += number if activities and not six else 0
    untagged = entries.get(frozenset(), 0)
    return TagCounts(tagged, outside, untagged, shared, touches)


def count_text(count: Fraction | int) -> str:
    """A count of entries with as few decimals as it takes, two at most: "1.33", "3"."""
    text = f"{float(count):,.2f}"
    return text.rstrip("0").rstrip(".")
