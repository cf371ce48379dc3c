"""Facts: what the insight rules read, and the insights they find.

A window of n weeks is the n * 7 whole local dates that end with today's date, today included. An
activity is logged where an entry carries it, even without minutes: nobody is told "none logged"
about something that was written down.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.areas import Area, AreaState, state_on
from kotter_journal.domain.balance import Balance, DayMinutes, balance_of
from kotter_journal.domain.commitments import Commitment
from kotter_journal.domain.delegation import Delegation
from kotter_journal.domain.direction import Direction
from kotter_journal.domain.entries import Delegable
from kotter_journal.domain.people import is_direct_report
from kotter_journal.domain.periods import Period, period_between
from kotter_journal.domain.working_time import Band, WorkingTime

WEEKS_READ = 13
"""How many weeks of entries and days the rules look at; no rule looks further back."""
_GATE_COVERAGE, _GATE_DAYS = 0.5, 8
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """What the rules read of an entry outside the trash.

    ``logged`` is its duration in minutes, 0 without one. ``minutes`` holds the activities that it
    carries and no others, with 0 for a tag without time; ``even`` are those minutes of the six
    that nobody chose. ``same_day``: written on the date it tells of. ``stated``, ``heard_back``
    and ``challenged``: how the direction came up. ``people``, ``areas`` and ``delegations`` are
    ids.
    """

    entry_id: str
    on: date
    heading: str = ""
    logged: int = 0
    minutes: Mapping[Activity, int] = field(default_factory=dict)
    even: int = 0
    same_day: bool = True
    delegable: Delegable = Delegable.UNSET
    develops_leader: bool = False
    stated: bool = False
    heard_back: bool = False
    challenged: bool = False
    people: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    delegations: tuple[str, ...] = ()

    @property
    def unclassified(self) -> int:
        """Logged minutes that no activity has yet."""
        return self.logged - sum(self.minutes.values())

    @property
    def is_delegable(self) -> bool:
        """Whether somebody else could or should have done this."""
        return self.delegable in (Delegable.COULD, Delegable.SHOULD)

    @property
    def touches_direction(self) -> bool:
        """Whether the direction came up in any way."""
        return self.stated or self.heard_back or self.challenged

    def carries(self, *activities: Activity) -> bool:
        """Whether it carries any of the activities, with or without minutes."""
        return any(activity in self.minutes for activity in activities)


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Who somebody is to the writer; ``alias`` and ``relation`` are empty where none is noted."""

    id: str
    name: str
    alias: str = ""
    relation: str = ""

    @property
    def shown_name(self) -> str:
        """The alias where there is one."""
        return self.alias or self.name

    @property
    def is_of_the_team(self) -> bool:
        """Whether somebody is a direct report or a skip-level one."""
        return is_direct_report(self.relation) or is_skip_level(self.relation)


def is_skip_level(relation: str) -> bool:
    """Whether a relation, in any case and with or without a hyphen, begins with "skip level"."""
    return relation.casefold().replace("-", " ").split()[:2] == ["skip", "level"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the rules read, as it stands on ``today``.

    ``entries`` and ``days`` are those of the last WEEKS_READ weeks, by date. ``first_on`` is the
    date of the journal's first entry, None in an empty one. ``bands`` come by date; ``people``,
    ``directions``, ``areas``, ``delegations`` and ``commitments`` are all that the journal holds.
    """

    today: date
    first_on: date | None
    entries: tuple[EntryFacts, ...] = ()
    days: tuple[DayMinutes, ...] = ()
    working: WorkingTime = field(default_factory=WorkingTime)
    bands: tuple[Band, ...] = ()
    people: tuple[PersonFacts, ...] = ()
    directions: tuple[Direction, ...] = ()
    areas: tuple[Area, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    commitments: tuple[Commitment, ...] = ()

    def weeks(self, count: int, *, ago: int = 0) -> Period:
        """So many weeks (1..), the last of which ends with today, or ``ago`` weeks before."""
        last = self.today - timedelta(weeks=ago)
        return period_between(last - timedelta(days=7 * count - 1), last)

    def since(self, day: date) -> Period:
        """From a date, today at the latest, to today, both included."""
        return period_between(min(day, self.today), self.today)

    def within(self, period: Period) -> tuple[EntryFacts, ...]:
        """The entries of a period, by date."""
        first, after = (
            bisect_left(self.entries, day, key=lambda one: one.on)
            for day in (period.start, period.end)
        )
        return self.entries[first:after]

    def balance(self, period: Period) -> Balance:
        """The balance of a period."""
        return balance_of(period, self.days, self.working)

    def is_well_logged(self, period: Period) -> bool:
        """Whether the log of a period passes the gate."""
        return gate(self.balance(period))

    def shown_name(self, person_id: str) -> str:
        """What to call somebody; "somebody" for an unknown id."""
        return next((one.shown_name for one in self.people if one.id == person_id), "somebody")

    def standing_areas(self) -> list[tuple[Area, AreaState]]:
        """The areas that somebody minds today, each with its state; none without a state."""
        minded = (
            one for one in self.areas if one.retired_on is None or self.today < one.retired_on
        )
        found = ((one, state_on(one, self.today)) for one in minded)
        return [(area, state) for area, state in found if state is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """A sentence of fact and a question about it; both are plain English without a verdict.

    ``rule`` is its number, such as "I01"; ``subject`` is what it is about, such as the id of an
    area, or empty. ``entry_ids`` are the entries behind it, ``period`` the dates it speaks of.
    ``absence``: it says that something is not logged, so that adding it answers it.
    """

    rule: str
    fact: str
    period: Period
    question: str = ""
    subject: str = ""
    entry_ids: tuple[str, ...] = ()
    absence: bool = False


def gate(balance: Balance) -> bool:
    """Whether enough is logged to say anything of what is not: 50 % coverage and 8 logged days.

    Never where no working time is expected.
    """
    coverage = balance.coverage
    enough = coverage is not None and coverage >= _GATE_COVERAGE
    return enough and balance.logged_days >= _GATE_DAYS


def carrying(entries: Iterable[EntryFacts], *activities: Activity) -> list[EntryFacts]:
    """Those entries that carry any of the activities."""
    return [one for one in entries if one.carries(*activities)]


def minutes_of(entries: Iterable[EntryFacts], *activities: Activity) -> int:
    """The minutes that entries give to the activities."""
    return sum(one.minutes.get(activity, 0) for one in entries for activity in activities)


def quoted(text: str) -> str:
    """A text in quotation marks on one line, cut after 60 characters."""
    line = " ".join(text.split())
    cut = line[: _LONGEST_QUOTE - 1].rstrip() + "…"
    return f'"{line if len(line) <= _LONGEST_QUOTE else cut}"'


def ids_of(entries: Iterable[EntryFacts]) -> tuple[str, ...]:
    """The ids of entries, in their order."""
    return tuple(one.entry_id for one in entries)
