"""Alignment: which place of a text answers to which place of the text it became."""

from bisect import bisect_right
from dataclasses import dataclass

from kotter_journal.domain.differences import Difference, Run
from kotter_journal.gui.utf16 import units


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was changed: what went from the text before, what came into that after.

    Positions are in units of UTF-16; either text may be empty.
    """

    before: int
    gone: str
    after: int
    come: str


class _Side:
    """The runs of one text: where each begins, and how much before it stands in both texts."""

    def __init__(self, runs: tuple[Run, ...]) -> None:
        self.starts: list[int] = []
        self.shared: list[int] = []
        self.runs = runs
        start = shared = 0
        for run in runs:
            self.starts.append(start)
            self.shared.append(shared)
            length = units(run.text)
            start += length
            shared += 0 if run.changed else length

    def shared_before(self, position: int) -> int:
        at = bisect_right(self.starts, position) - 1
        if at < 0:
            return 0
        more = 0 if self.runs[at].changed else position - self.starts[at]
        return self.shared[at] + more

    def position_of(self, shared: int) -> int:
        """Behind so much that is shared, and behind what was changed there."""
        at = bisect_right(self.shared, shared) - 1
        if at < 0:
            return 0
        run, start = self.runs[at], self.starts[at]
        return start + (units(run.text) if run.changed else shared - self.shared[at])

    def changed(self) -> dict[int, tuple[int, str]]:
        """Where the changed runs begin, and their texts, by how much before them is shared."""
        return {
            shared: (start, run.text)
            for run, start, shared in zip(self.runs, self.starts, self.shared, strict=True)
            if run.changed
        }


class Alignment:
    """Of the two texts of a difference. ``places`` are its changes, in their order."""

    def __init__(self, found: Difference) -> None:
        self._before, self._after = _Side(found.before), _Side(found.after)
        gone, come = self._before.changed(), self._after.changed()
        self.places = tuple(
            Place(
                *gone.get(shared, (self._before.position_of(shared), "")),
                *come.get(shared, (self._after.position_of(shared), "")),
            )
            for shared in sorted(gone.keys() | come.keys())
        )

    def after(self, before: int) -> int:
        """The position in the text after that answers to one in the text before."""
        return self._after.position_of(self._before.shared_before(before))

    def before(self, after: int) -> int:
        """The position in the text before that answers to one in the text after."""
        return self._before.position_of(self._after.shared_before(after))
