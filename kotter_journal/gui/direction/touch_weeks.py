"""Weeks in which the direction came up: counts of entries, and where new wording began."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from kotter_journal.domain.direction import Direction
from kotter_journal.domain.periods import Period
from kotter_journal.domain.sentences import date_text
from kotter_journal.storage.directions import Touch


@dataclass(frozen=True, slots=True)
class TouchWeek:
    """How many entries of a week state the direction, hear it back and challenge it.

    ``worded``: the days on which a revision, the first one included, began to hold.
    """

    period: Period
    stated: int
    heard_back: int
    challenged: int
    worded: tuple[date, ...]
    entry_ids: tuple[str, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """All three, in the order in which they are always shown."""
        return self.stated, self.heard_back, self.challenged


def touch_weeks(
    touches: Sequence[Touch], known: Sequence[Direction], start: date, weeks: int
) -> list[TouchWeek]:
    """So many weeks from ``start`` on, the oldest first."""
    worded = sorted({one.effective_on for each in known for one in each.revisions})
    found = []
    for rank in range(weeks):
        first = start + timedelta(weeks=rank)
        week = Period(first, first + timedelta(weeks=1))
        inside = [one for one in touches if one.on in week]
        found.append(
            TouchWeek(
                week,
                sum(one.stated for one in inside),
                sum(one.heard_back for one in inside),
                sum(one.challenged for one in inside),
                tuple(day for day in worded if day in week),
                tuple(one.entry_id for one in inside),
            )
        )
    return found


def week_sentence(week: TouchWeek) -> str:
    """All figures of a week in words."""
    if any(week.counts):
        said = _tr("stated {0}, heard back {1}, challenged {2}").format(
            *(_times(count) for count in week.counts)
        )
    else:
        said = _tr("it never came up")
    words = _tr("Week of {0}: {1}").format(date_text(week.period.start), said)
    for day in week.worded:
        words += "; " + _tr("new wording from {0}").format(date_text(day))
    return words


def _times(count: int) -> str:
    few = (_tr("never"), _tr("once"), _tr("twice"))
    return few[count] if count < len(few) else _tr("{0} times").format(count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("touch_weeks", text)
