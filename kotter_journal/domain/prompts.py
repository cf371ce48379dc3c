"""Prompts: questions to write about, and which of them to ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kotter_journal.domain.activities import PAIRS, SIX, Activity, Pair
from kotter_journal.domain.balance import Balance
from kotter_journal.domain.reviews import ReviewSpan

NOT_AGAIN = timedelta(days=21)
"""A question rests that long before it is asked again."""
_MUCH = 180
"""Minutes on one side of a pair, beside none on the other, that are worth a question."""
_MANAGED, _LED, _NEITHER, _ONE_ENTRY = range(4)
"""The ranks of a pair's questions: which side took most of it, or a look at one entry."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question; ``key`` names it wherever it was asked. ``activity``: what it is about."""

    key: str
    text: str
    activity: Activity | None = None


@dataclass(frozen=True, slots=True)
class PromptSet:
    """All questions. Those of a pair: managing took most, leading took most, neither, one entry.

    ``deeper`` are groups for a month or a quarter: delegation, where direction comes from, change
    and control, growing leaders.
    """

    of_activity: Mapping[Activity, tuple[Prompt, ...]]
    of_pair: Mapping[Pair, tuple[Prompt, ...]]
    weekly: tuple[Prompt, ...]
    deeper: tuple[tuple[Prompt, ...], ...]
    open_page: tuple[Prompt, ...]


def prompt_of_day(
    known: PromptSet,
    four_weeks: Balance,
    tagged_last: Activity | None,
    asked: Mapping[str, date],
    today: date,
) -> Prompt | None:
    """The question of a day; None where each was asked within three weeks.

    In this order: of a pair with three hours or more on one side and none on the other; of the
    activity tagged last; of the activity with the fewest minutes in the four weeks; an open page.
    ``asked``: when each question was asked last.
    """
    one_sided = [p for pair in Pair for p in _of_one_sided(known, pair, four_weeks)]
    of_last = known.of_activity.get(tagged_last, ()) if tagged_last else ()
    fewest = min(SIX, key=lambda a: four_weeks.minutes[a])
    for some in (one_sided, of_last, known.of_activity[fewest], known.open_page):
        if found := _rested(some, asked, today):
            return found
    return None


def review_prompts(
    known: PromptSet, span: ReviewSpan, balance: Balance, asked: Mapping[str, date], today: date
) -> list[Prompt]:
    """The questions of a review: one a pair by what the period holds, one about the whole.

    A month has one deeper question more, a quarter two.
    """
    found = [_of_pair(known, pair, balance, asked, today) for pair in Pair]
    found.append(_best(known.weekly, asked, today))
    groups = sorted(known.deeper, key=lambda group: _asked_last(group, asked))
    deeper = {ReviewSpan.MONTH: 1, ReviewSpan.QUARTER: 2}.get(span, 0)
    return found + [_best(group, asked, today) for group in groups[:deeper]]


def _of_one_sided(known: PromptSet, pair: Pair, balance: Balance) -> Sequence[Prompt]:
    led, managed = (balance.minutes[a] for a in PAIRS[pair])
    if not led and managed >= _MUCH:
        return known.of_pair[pair][_MANAGED : _MANAGED + 1]
    if not managed and led >= _MUCH:
        return known.of_pair[pair][_LED : _LED + 1]
    return ()


def _of_pair(
    known: PromptSet, pair: Pair, balance: Balance, asked: Mapping[str, date], today: date
) -> Prompt:
    lead, twin = PAIRS[pair]
    led, managed = balance.minutes[lead], balance.minutes[twin]
    of_pair = known.of_pair[pair]
    if not led and not managed:
        first: Sequence[Prompt] = (of_pair[_NEITHER], *known.of_activity[lead])
    elif managed > 2 * led:
        first = (of_pair[_MANAGED], of_pair[_ONE_ENTRY], *known.of_activity[twin])
    elif led > 2 * managed:
        first = (of_pair[_LED], *known.of_activity[lead])
    else:
        first = (*known.of_activity[lead if led >= managed else twin],)
    return _best(first, asked, today)


def _best(some: Sequence[Prompt], asked: Mapping[str, date], today: date) -> Prompt:
    """The first that has rested, or else the one asked longest ago."""
    return _rested(some, asked, today) or min(some, key=lambda one: asked[one.key])


def _rested(some: Iterable[Prompt], asked: Mapping[str, date], today: date) -> Prompt | None:
    return next((p for p in some if p.key not in asked or today - asked[p.key] >= NOT_AGAIN), None)


def _asked_last(group: Iterable[Prompt], asked: Mapping[str, date]) -> date:
    return max((asked.get(one.key, date.min) for one in group), default=date.min)
