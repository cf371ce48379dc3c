"""Looking back: what a period holds, the answers as they are typed, and the end of a review."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kotter_journal.domain.balance import Balance, balance_of
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.commitments import Commitment, EntryBox, not_yet_promised
from kotter_journal.domain.entries import EntryDraft, EntryId, begin, uuid7
from kotter_journal.domain.people import Investment
from kotter_journal.domain.periods import Period
from kotter_journal.domain.prompts import review_prompts
from kotter_journal.domain.reviews import (
    Answer,
    Review,
    ReviewSpan,
    review_text,
    review_title,
    statistics_of,
)
from kotter_journal.domain.search import SearchQuery
from kotter_journal.services.entries import delete_entries, write_entry
from kotter_journal.services.prompts import prompt_set
from kotter_journal.services.working_time import working_time
from kotter_journal.storage import (
    commitments,
    day_totals,
    directions,
    entries,
    people,
    reviews,
    search,
)
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import tick

_BOXES_SINCE = timedelta(weeks=12)
_LONGEST = 92
"""Days of a quarter; a review of another program that says more is looked at by its start."""


@dataclass(frozen=True, slots=True)
class Lookback:
    """What a review looks at; the period ends with today at the latest.

    ``unlogged``: the workdays without an entry. ``untimed`` and ``unclassified``: the ids of
    entries without minutes, and of those with minutes that no activity has. ``boxes``: the empty
    checkboxes of twelve weeks from which no commitment was made; ``all_boxes``: all of them.
    ``touches``: how often the direction was stated, heard back, challenged. ``before``: the last
    finished review of the same kind of period.
    """

    balance: Balance
    unlogged: tuple[date, ...]
    untimed: tuple[str, ...]
    unclassified: tuple[str, ...]
    boxes: tuple[EntryBox, ...]
    all_boxes: tuple[EntryBox, ...]
    commitments: tuple[Commitment, ...]
    touches: tuple[int, int, int]
    people: tuple[Investment, ...]
    review: Review | None
    before: Review | None


def look_back(tx: Transaction, span: ReviewSpan, period: Period, today: date) -> Lookback:
    """What there is to see of a period."""
    so_far = Period(period.start, min(period.end, today + timedelta(days=1)))
    days = day_totals.day_minutes(tx, so_far.start, so_far.end)
    working = working_time(tx, period)
    written = {day.on for day in days}
    dates = (so_far.start + timedelta(days=n) for n in range(so_far.days))
    within = SearchQuery(since=so_far.start, until=so_far.end)
    since = so_far.end - min(_BOXES_SINCE, so_far.end - date.min)
    boxes = commitments.boxes_in_entries(tx, since, so_far.end)
    promised = commitments.commitments(tx)
    seen = directions.touches(tx, so_far.start, so_far.end)
    known = [one for one in reviews.reviews(tx) if one.span is span]
    return Lookback(
        balance=balance_of(so_far, days, working),
        unlogged=tuple(d for d in dates if working.is_workday(d) and d not in written),
        untimed=_ids(tx, replace(within, untimed=True)),
        unclassified=_ids(tx, replace(within, unclassified=True)),
        boxes=tuple(not_yet_promised(boxes, promised)),
        all_boxes=tuple(boxes),
        commitments=tuple(one for one in promised if one.is_open),
        touches=(
            sum(one.stated for one in seen),
            sum(one.heard_back for one in seen),
            sum(one.challenged for one in seen),
        ),
        people=tuple(people.invested_in(tx, so_far.start, so_far.end)),
        review=_of_period(known, period),
        before=next(
            (one for one in known if one.is_finished and one.period.start < period.start), None
        ),
    )


def reviewed_period(tx: Transaction, span: ReviewSpan, period: Period) -> Period:
    """``period``, or that of the review that begins in it: its weeks may begin on another day."""
    known = [one for one in reviews.reviews(tx) if one.span is span]
    one = _of_period(known, period)
    return one.period if one is not None and 0 < one.period.days <= _LONGEST else period


def unfinished_review(tx: Transaction) -> Review | None:
    """The review that was begun last and not finished."""
    begun = [one for one in reviews.reviews(tx) if not one.is_finished]
    return max(begun, key=lambda one: one.started_at, default=None)


def new_review(
    tx: Transaction, span: ReviewSpan, period: Period, balance: Balance, now: datetime
) -> Review:
    """A review with its questions, not kept yet."""
    asked = reviews.prompts_asked(tx, date.min)
    prompts = review_prompts(prompt_set(), span, balance, asked, now.date())
    answers = tuple(Answer(_new(now), one.key, one.text) for one in prompts)
    return Review(_new(now), span, period, now, answers)


def keep_review(tx: Transaction, one: Review, now: datetime) -> Changes:
    """Keep a review as it stands; unfinished ones only."""
    stamp = tick(tx, now)
    reviews.keep_review(tx, one, stamp)
    reviews.keep_answers(tx, one, stamp)
    return Changes()


def finish_review(
    tx: Transaction,
    one: Review,
    balance: Balance,
    unlogged: Sequence[date],
    now: datetime,
    zone: str | None,
) -> tuple[Changes, Review]:
    """Freeze the figures and write the answers down as an entry of today. Raises InvalidEntry.

    Where the review was finished once before, its entry stays, and another is written.
    """
    done = replace(one, statistics=statistics_of(balance, unlogged), finished_at=now)
    draft = EntryDraft(
        on=now.date(),
        at=now.time().replace(second=0, microsecond=0, tzinfo=None),
        zone=zone,
        title=f"Review: {review_title(one.span, one.period)}",
        body=review_text(done),
    )
    entry = begin(draft, now, secrets.randbits(74))
    changes = write_entry(tx, entry)
    done = replace(done, entry_id=entry.id)
    return changes | keep_review(tx, done, now), done


def reopen_review(tx: Transaction, one: Review, now: datetime) -> Changes:
    """Undo ``finish_review``: the figures thaw, and its entry goes into the trash.

    The answers stay as the journal has them: since then, somebody may have gone on with them.
    """
    kept = next((known for known in reviews.reviews(tx) if known.id == one.id), None)
    if kept is None or not kept.is_finished:
        return Changes()
    one, changes = kept, Changes()
    if one.entry_id is not None and entries.position_of(tx, one.entry_id) is not None:
        changes = delete_entries(tx, [EntryId(one.entry_id)], now)
    thawed = replace(one, statistics=None, finished_at=None, entry_id=None)
    return changes | keep_review(tx, thawed, now)


def _of_period(known: Sequence[Review], period: Period) -> Review | None:
    just = (one for one in known if one.period.start == period.start)
    begun_in_it = (one for one in known if one.period.start in period)
    return next(just, None) or next(begun_in_it, None)


def _ids(tx: Transaction, query: SearchQuery) -> tuple[str, ...]:
    return tuple(entries.ids_at(tx, list(search.positions(tx, query))))


def _new(now: datetime) -> str:
    return uuid7(now, secrets.randbits(74))
