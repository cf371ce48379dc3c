"""Allotting: how giving minutes to activities and taking them away changes an entry.

A duration that only grew with the steps (TimeSource.ESTIMATE) goes back with them; one that was
typed, clocked or planned stays, and what is taken away becomes unclassified.
"""

from dataclasses import replace
from typing import TypeVar

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import (
    MINUTES_A_DAY,
    Allocation,
    EntryDraft,
    TimeSource,
    check,
    with_minutes,
)
from kotter_journal.domain.typed_minutes import ClauseReader

DraftT = TypeVar("DraftT", bound=EntryDraft)


def stepped(draft: DraftT, activity: Activity, by: int) -> DraftT:
    """``draft`` with ``by`` minutes more (or, negative, fewer) for ``activity``.

    A step takes from what is not yet classified; where nothing is, it makes the entry longer.
    It stops at 0, where the activity is taken away, and at a day.
    """
    before = draft.minutes_of(activity) or 0
    if by < 0:
        return given(draft, activity, max(0, before + by) or None)
    step = min(by, draft.unclassified) if draft.unclassified else by
    step = min(step, MINUTES_A_DAY - draft.allocated)
    return extended(draft, activity, before + step)


def given(draft: DraftT, activity: Activity, minutes: int | None) -> DraftT:
    """``draft`` with ``activity`` at ``minutes``; None takes it away, 0 tags it without time.

    Raises InvalidEntry (OVER_ALLOCATED) where that is more than the entry lasts; an entry
    without a duration takes the minutes as its duration.
    """
    if draft.duration is None and minutes:
        return extended(draft, activity, minutes)
    allocations = with_minutes(draft, activity, minutes)
    duration, source = draft.duration, draft.time_source
    if source is TimeSource.ESTIMATE and not draft.unclassified:
        allocated = _sum(allocations)
        if allocated < draft.allocated:
            duration = allocated or None
            source = source if duration else TimeSource.NONE
    return _checked(replace(draft, allocations=allocations, duration=duration, time_source=source))


def extended(draft: DraftT, activity: Activity, minutes: int) -> DraftT:
    """``draft`` with ``activity`` at ``minutes``, and as much longer as that takes."""
    allocations = with_minutes(draft, activity, minutes)
    duration, source = draft.duration, draft.time_source
    if _sum(allocations) > (duration or 0):
        duration, source = _sum(allocations), TimeSource.ESTIMATE
    return _checked(replace(draft, allocations=allocations, duration=duration, time_source=source))


def toggled(draft: DraftT, activity: Activity) -> DraftT:
    """``draft`` with ``activity`` taken away, or else given what is not yet classified.

    Where nothing is unclassified it becomes a tag without time.
    """
    if draft.minutes_of(activity) is not None:
        return given(draft, activity, None)
    return given(draft, activity, draft.unclassified)


def lasting(draft: DraftT, duration: int | None) -> DraftT:
    """``draft`` with another duration. Raises InvalidEntry where the activities need more."""
    source = TimeSource.TYPED if duration else TimeSource.NONE
    return _checked(replace(draft, duration=duration, time_source=source))


def duration_in(text: str) -> int | None:
    """The minutes that a typed duration means: "75", "75m", "1h15", "1:15", "1.5 h"; else None."""
    words = text.strip()
    if words.isascii() and words.isdigit() and len(words) <= 6:
        return int(words)
    clauses = ClauseReader(words, len(words), None, lambda start, end: None).in_prose(0)
    if len(clauses) == 1 and clauses[0].end == len(words) and not clauses[0].activities:
        return clauses[0].minutes
    return None


def _sum(allocations: tuple[Allocation, ...]) -> int:
    return sum(a.minutes for a in allocations)


def _checked(draft: DraftT) -> DraftT:
    check(draft)
    return draft
