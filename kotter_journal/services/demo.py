"""A made-up journal of any size: the same for the same number, seed and last day."""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from kotter_journal.config.paths import resource
from kotter_journal.domain.activities import LEADING, MANAGING, Activity
from kotter_journal.domain.entries import (
    Allocation,
    Delegable,
    DirectionTouches,
    Entry,
    EntryDraft,
    EntryId,
    Method,
    Sharing,
    TimeSource,
    even_split,
    people_in,
    tags_in,
    to_milliseconds,
    utc_of,
    uuid7,
    zone_of,
)

NAME, ZONE = "A year in operations", "Europe/Berlin"
_CODES = dict(zip(("DIR", "ALI", "MOT", "PLA", "ORG", "CON", "OTH"), Activity, strict=True))
_USUAL_COUNT, _USUAL_RATE, _GROWTH = 3650, 3.4, 0.45
_LONGEST_DAY, _FULL_DAY, _OPENS = 540, 480, 8 * 60
_STEP = 5
_DURATIONS = (10, 15, 15, 20, 25, 30, 30, 30, 40, 45, 45, 50, 60, 60, 75, 90, 120)
_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE_START = re.compile(r"(\A|[.!?] )([a-z])")


def demo_entries(count: int, seed: int, last_day: date) -> Iterator[Entry]:
    """``count`` entries (1..) up to ``last_day``, in the order in which they were written.

    Entries spread over workdays: about four weeks for 60, four years for 3,650, fourteen for
    36,500; holidays and most weekends stay empty.
    """
    for day, entries_of_day in _days(count, seed, last_day):
        yield from _Day(day, seed, day == last_day).entries(entries_of_day)


def _days(count: int, seed: int, last_day: date) -> list[tuple[date, int]]:
    """The days with entries and how many, oldest first."""
    rate = _USUAL_RATE * max(1.0, count / _USUAL_COUNT) ** _GROWTH
    found: list[tuple[date, int]] = []
    day, missing = last_day, count
    while missing:
        wanted = min(missing, _entries_on(day, rate, seed, is_last=day == last_day))
        if wanted:
            found.append((day, wanted))
            missing -= wanted
        day -= timedelta(days=1)
    return found[::-1]


def _entries_on(day: date, rate: float, seed: int, *, is_last: bool) -> int:
    chance = random.Random(f"{seed} day {day}")  # noqa: S311 - made-up entries, not secrets
    if is_last:
        return 2
    if day.weekday() > 4:
        return 1 if chance.random() < 0.06 else 0
    if _is_holiday(day, seed):
        return 0
    week = random.Random(f"{seed} week {day.isocalendar()[:2]}")  # noqa: S311
    busy = week.choice((0.6, 0.8, 0.95, 1.0, 1.05, 1.2, 1.4))
    return max(0, round(chance.gauss(rate * busy, rate * 0.3)))


def _is_holiday(day: date, seed: int) -> bool:
    if (day.month, day.day) in ((1, 1), (5, 1), (10, 3)) or (day.month == 12 and day.day >= 23):
        return True
    year = random.Random(f"{seed} year {day.year}")  # noqa: S311
    spring, summer, autumn = year.randint(80, 120), year.randint(190, 230), year.randint(285, 300)
    number = day.timetuple().tm_yday
    return any(
        start <= number < start + length
        for start, length in ((spring, 7), (summer, 16), (autumn, 5))
    )


class _Day:
    """Makes the entries of one day."""

    def __init__(self, day: date, seed: int, is_last: bool) -> None:
        self._day = day
        self._is_last = is_last
        self._chance = random.Random(f"{seed} text {day}")  # noqa: S311
        self._lean = 0.36 + 0.10 * _wave(day.toordinal() / 97 + seed)
        self._text = _Text(self._chance, day)

    def entries(self, count: int) -> list[Entry]:
        drafts = [self._draft(length) for length in self._durations(count)]
        timed = [d for d in drafts if d.duration]
        at = self._times([d.duration or 0 for d in timed])
        placed = [replace(d, at=t) for d, t in zip(timed, at, strict=True)]
        placed += [self._evening(d) for d in drafts if not d.duration]
        made = [self._kept(draft) for draft in placed]
        return sorted(made, key=lambda e: (e.created_at, e.id))

    def _durations(self, count: int) -> list[int]:
        """Minutes in steps of five that go into a working day together."""
        wanted = [self._chance.choice(_DURATIONS) for _ in range(count)]
        scale = min(1.0, _FULL_DAY / sum(wanted))
        return [max(_STEP, int(length * scale) // _STEP * _STEP) for length in wanted]

    def _draft(self, duration: int) -> EntryDraft:
        chance = self._chance
        if self._day.weekday() > 4 or chance.random() < 0.07:
            return self._thought()
        if duration >= 30 and chance.random() < 0.06:
            return self._worked_example(duration)
        activity = self._activity()
        draft = self._text.draft(activity)
        return self._flagged(
            replace(
                draft,
                duration=duration,
                time_source=chance.choice(
                    (TimeSource.TYPED, TimeSource.TYPED, TimeSource.CLOCK, TimeSource.ESTIMATE)
                ),
                allocations=self._allocations(activity, duration),
            ),
            activity,
        )

    def _activity(self) -> Activity:
        chance = self._chance
        if chance.random() < 0.14:
            return Activity.OUTSIDE
        if chance.random() < self._lean:
            return chance.choices(LEADING, (3, 5, 4))[0]
        return chance.choices(MANAGING, (4, 3, 6))[0]

    def _allocations(self, activity: Activity, duration: int) -> tuple[Allocation, ...]:
        """Mostly one activity; some splits, some even ones, some left open."""
        chance, kind = self._chance, self._chance.random()
        if kind < 0.05:
            return ()
        if duration < 30:
            kind = 1.0
        if kind < 0.11:
            return (Allocation(activity, duration - 15, Method.SINGLE),)
        other, third = chance.choices([a for a in (*LEADING, *MANAGING) if a is not activity], k=2)
        if kind < 0.19:
            return even_split(duration, {activity, other, third})
        if kind < 0.30:
            part = max(_STEP, duration // 5 // _STEP * _STEP)
            return (Allocation(activity, duration - part), Allocation(other, part))
        return (Allocation(activity, duration, Method.SINGLE),)

    def _thought(self) -> EntryDraft:
        draft = self._text.thought()
        if self._chance.random() < 0.5:
            return draft
        activity = self._chance.choice(LEADING)
        return replace(draft, allocations=(Allocation(activity, 0, Method.SINGLE),))

    def _worked_example(self, longest: int) -> EntryDraft:
        """One of the examples that show how to tag, where it is no longer than ``longest``."""
        fitting = [e for e in _examples() if (e["minutes"] or 0) <= longest]
        example = self._chance.choice(fitting)
        rows = tuple(Allocation(_CODES[c], m) for c, m in example["allocations"].items())
        if len(rows) == 1:
            rows = (replace(rows[0], method=Method.SINGLE),)
        duration: int | None = example["minutes"]
        flags: str = example["flags"]
        return EntryDraft(
            on=self._day,
            zone=ZONE,
            duration=duration,
            time_source=TimeSource.TYPED if duration else TimeSource.NONE,
            body=example["text"],
            allocations=rows,
            develops_leader="develops leader" in flags,
            delegable=Delegable.SHOULD if "delegable" in flags else Delegable.UNSET,
            direction=DirectionTouches(
                stated="direction stated" in flags, heard_back="heard back" in flags
            ),
        )

    def _flagged(self, draft: EntryDraft, activity: Activity) -> EntryDraft:
        happens = self._happens
        own = activity in (Activity.PLANNING_BUDGETING, Activity.OUTSIDE)
        aligning = activity is Activity.ALIGNING_PEOPLE
        delegable = Delegable.UNSET
        if own and happens(0.35):
            delegable = self._chance.choice((Delegable.NO, Delegable.COULD, Delegable.SHOULD))
        sharing = Sharing.SHAREABLE if happens(0.12) else Sharing.PRIVATE
        return replace(
            draft,
            starred=happens(0.05),
            sharing=Sharing.NEVER if happens(0.03) else sharing,
            planned=self._chance.choice((None, None, True, False)),
            delegable=delegable,
            develops_leader=activity is Activity.MOTIVATING_INSPIRING and happens(0.3),
            direction=DirectionTouches(
                stated=happens(0.5 if aligning else 0.07),
                heard_back=aligning and happens(0.2),
                challenged=aligning and happens(0.1),
            ),
        )

    def _happens(self, share: float) -> bool:
        return self._chance.random() < share

    def _times(self, durations: list[int]) -> list[time]:
        """A start for each, one after the other, with the free minutes of the day between them."""
        free = max(0, _LONGEST_DAY - sum(durations)) // _STEP
        if self._is_last:
            free = 0
        minute, before, found = _OPENS, 0, []
        for gap, length in zip(
            sorted(self._chance.choices(range(free + 1), k=len(durations))), durations, strict=True
        ):
            minute += (gap - before) * _STEP
            before = gap
            found.append(time(*divmod(minute, 60)))
            minute += length
        return found

    def _evening(self, draft: EntryDraft) -> EntryDraft:
        if self._is_last or self._happens(0.3):
            return replace(draft, at=None, zone=None)
        minute = self._chance.randrange(17 * 60, 22 * 60, 5)
        return replace(draft, at=time(*divmod(minute, 60)))

    def _kept(self, draft: EntryDraft) -> Entry:
        """Written down soon afterwards, and one in eight on a later day."""
        start = datetime.combine(self._day, draft.at or time(7, 50), zone_of(ZONE))
        written = start + timedelta(
            minutes=(draft.duration or 0) + self._chance.randrange(1, 20),
            seconds=self._chance.randrange(60),
        )
        if not self._is_last and self._happens(0.125):
            written += timedelta(days=1)
        text = f"{draft.title or ''}\n{draft.body}"
        draft = replace(
            draft,
            utc=utc_of(draft.on, draft.at, draft.zone),
            tags=tags_in(text),
            people=people_in(text),
        )
        fields = {name: getattr(draft, name) for name in EntryDraft.__dataclass_fields__}
        instant = to_milliseconds(written.astimezone(UTC))
        return Entry(
            **fields,
            id=EntryId(uuid7(instant, self._chance.getrandbits(74))),
            created_at=instant,
            modified_at=instant,
            written_on=written.date(),
        )


class _Text:
    """Makes the words of one entry after the other."""

    def __init__(self, chance: random.Random, day: date) -> None:
        self._chance = chance
        self._day = day

    def draft(self, activity: Activity) -> EntryDraft:
        """Title and text of an episode, from one sentence to some pages."""
        chance = self._chance
        own = _stories()[activity.value]
        title, opening = chance.choice(own["openings"])
        fill = self._filler()
        wanted = chance.choices((0, 2, 4, 8, 16, 28), (22, 30, 24, 14, 7, 3))[0]
        details = self._some(own["details"], (wanted + 1) // 2)
        general = self._some(_stories()["general"], wanted - len(details))
        more = [fill(sentence) for sentence in (*details, *general)]
        title = self._tagged(fill(title))
        body = self._laid_out(fill(opening), more, fill)
        if chance.random() < 0.6:
            return EntryDraft(on=self._day, zone=ZONE, title=title, body=body)
        mark = "# " if len(more) > 8 else ""
        return EntryDraft(on=self._day, zone=ZONE, body=f"{mark}{title}\n\n{body}")

    def thought(self) -> EntryDraft:
        """A few sentences without time."""
        title, text = self._chance.choice(_stories()["thoughts"])
        fill = self._filler()
        more = self._some(_stories()["general"], self._chance.choice((0, 1, 2, 3)))
        body = " ".join(fill(sentence) for sentence in (text, *more))
        return EntryDraft(on=self._day, zone=ZONE, title=fill(title), body=body)

    def _some(self, sentences: Sequence[str], count: int) -> list[str]:
        return self._chance.sample(sentences, min(count, len(sentences)))

    def _tagged(self, title: str) -> str:
        if self._chance.random() < 0.3:
            return f"{title} #{self._chance.choice(_words()['tags'])}"
        return title

    def _laid_out(self, opening: str, more: list[str], fill: Callable[[str], str]) -> str:
        """Paragraphs, under headings where there are many; a list or open points at the end."""
        chance = self._chance
        paragraphs = [opening]
        headings = iter(self._some(_stories()["headings"], 3))
        while more:
            size = chance.randint(2, 5)
            text, more = " ".join(more[:size]), more[size:]
            heading = next(headings, None) if len(paragraphs) > 2 else None
            paragraphs.append(text if heading is None else f"## {heading}\n\n{text}")
        kind = chance.random()
        if kind < 0.14:
            points = self._some(_stories()["points"], chance.randint(2, 4))
            paragraphs.append("\n".join(f"- {fill(p)}" for p in points))
        elif kind < 0.26:
            todos = self._some(_stories()["todos"], chance.randint(1, 3))
            marks = [chance.choice("  x") for _ in todos]
            rows = [f"- [{m}] {fill(t)}" for m, t in zip(marks, todos, strict=True)]
            paragraphs.append("\n".join(rows))
        return "\n\n".join(paragraphs)

    def _filler(self) -> Callable[[str], str]:
        """Fills the slots of one entry's sentences, always with the same two people."""
        chance, words = self._chance, _words()
        first, second = chance.sample(words["people"], 2)
        project = words["projects"][self._current(chance.random(), len(words["projects"]))]
        values = {
            "person": first,
            "person2": second,
            "project": project,
            "team": chance.choice(words["teams"]),
            "thing": chance.choice(words["things"]),
            "place": chance.choice(words["places"]),
            "when": chance.choice(words["whens"]),
        }

        def fill(text: str) -> str:
            filled = _SLOT.sub(lambda slot: values[slot[1]], text)
            if text[0] not in "{ABCDEFGHIJKLMNOPQRSTUVWXYZ":
                return filled
            return _SENTENCE_START.sub(lambda m: m[1] + m[2].upper(), filled)

        return fill

    def _current(self, chance: float, count: int) -> int:
        """Projects come and go: four are alive in any quarter."""
        quarter = self._day.toordinal() // 91
        return (quarter + int(chance * 4)) % count


@cache
def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = json.loads(resource("demo/words.json").read_text("utf-8"))
    return words


@cache
def _stories() -> dict[str, Any]:
    stories: dict[str, Any] = json.loads(resource("demo/entries.json").read_text("utf-8"))
    return stories


@cache
def _examples() -> list[dict[str, Any]]:
    prompts = json.loads(resource("prompts/prompts.json").read_text("utf-8"))
    examples: list[dict[str, Any]] = prompts["examples"]
    return examples


def _wave(x: float) -> float:
    """Up and down between -1 and 1 with a period of 4, without a library's rounding."""
    phase = x % 4
    return phase - 1 if phase < 2 else 3 - phase
