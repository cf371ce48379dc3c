"""Undo: what was done to the facts of an entry, and how it is taken back."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QUndoCommand

_MERGED = 1
"""The id of commands that may become one."""


class ReviseFacts(QUndoCommand):
    """Minutes, time or flags of one entry before and after; ``put`` sets either."""

    def __init__(
        self,
        put: Callable[[str, dict[str, Any]], bool],
        entry_id: str,
        before: dict[str, Any],
        after: dict[str, Any],
        words: str,
        step: str = "",
    ) -> None:
        """Commands with the same ``step`` on the same entry, one after the other, become one."""
        super().__init__(words)
        self._put = put
        self.entry_id = entry_id
        self.before = before
        self.after = after
        self.step = step

    def _set(self, facts: dict[str, Any]) -> None:
        if not self._put(self.entry_id, facts):
            self.setObsolete(True)

    # Qt overrides

    def redo(self) -> None:
        """Set the facts as they were chosen."""
        self._set(self.after)

    def undo(self) -> None:
        """Set the facts as they were before."""
        self._set(self.before)

    def id(self) -> int:
        """Only steps merge."""
        return _MERGED if self.step else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802
        """Take in the step after this one; three steps of one stepper are undone together."""
        if not isinstance(other, ReviseFacts):
            return False
        if (other.entry_id, other.step) != (self.entry_id, self.step):
            return False
        self.before = other.before | self.before
        self.after |= other.after
        self.setObsolete(self.before == self.after)
        return True
