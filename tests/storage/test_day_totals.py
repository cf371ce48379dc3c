"""The totals of each day against a recomputation, after any sequence of verbs."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kotter_journal.domain.activities import SIX, Activity
from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.entries import (
    Allocation,
    Entry,
    EntryDraft,
    Method,
    TimeSource,
    begin,
    even_split,
)
from kotter_journal.domain.errors import InvalidEntry
from kotter_journal.services.entries import (
    delete_entries,
    restore_entries,
    revise_entry,
    write_entries,
)
from kotter_journal.storage import day_totals, entries
from kotter_journal.storage.journal import create, open_journal
from tests.conftest import DAY, WRITTEN_AT


@st.composite
def drafts(draw: st.DrawFn) -> EntryDraft:
    duration = draw(st.none() | st.integers(1, 700))
    chosen = draw(st.lists(st.sampled_from(Activity), max_size=3, unique=True))
    if duration is None:
        rows = tuple(Allocation(a, 0, Method.SINGLE) for a in chosen)
    elif draw(st.booleans()) and chosen:
        rows = even_split(duration, chosen)
    else:
        share = duration // max(1, len(chosen))
        rows = tuple(Allocation(a, draw(st.integers(0, share))) for a in chosen)
    return EntryDraft(
        on=DAY + timedelta(draw(st.integers(-1, 2))),
        duration=duration,
        time_source=TimeSource.TYPED if duration else TimeSource.NONE,
        body="x",
        allocations=rows,
    )


def recomputed(kept: list[Entry]) -> list[DayMinutes]:
    """The totals by plain addition."""
    days: dict[date, list[Entry]] = {}
    for entry in kept:
        days.setdefault(entry.on, []).append(entry)
    return [_total(day, some) for day, some in sorted(days.items())]


def _total(day: date, some: list[Entry]) -> DayMinutes:
    minutes: Counter[Activity] = Counter()
    even = 0
    for entry in some:
        for row in entry.allocations:
            minutes[row.activity] += row.minutes
            even += row.minutes if row.method is Method.EVEN and row.activity in SIX else 0
    return DayMinutes(
        on=day,
        minutes={a: minutes[a] for a in Activity},
        logged=sum(e.duration or 0 for e in some),
        even=even,
        same_day=sum(e.duration or 0 for e in some if e.written_on == day),
        entries=len(some),
        untimed=sum(e.duration is None for e in some),
    )


class Verbs(RuleBasedStateMachine):
    """Writes, revises, deletes and restores in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        folder = Path(self.place.name)
        create(folder / "j", folder / "k", WRITTEN_AT)
        self.journal = open_journal(folder / "j", folder / "k")
        self.door = self.journal.writing()
        self.known: dict[str, Entry] = {}
        self.made = 0

    def teardown(self) -> None:
        self.door.close()
        self.journal.close()
        self.place.cleanup()

    def _keep(self, *changed: Entry) -> None:
        self.known |= {entry.id: entry for entry in changed}

    @rule(some=st.lists(drafts(), min_size=1, max_size=3))
    def write(self, some: list[EntryDraft]) -> None:
        made = []
        for draft in some:
            self.made += 1
            made.append(begin(draft, WRITTEN_AT, self.made))
        try:
            with self.door.transaction() as tx:
                write_entries(tx, made)
        except InvalidEntry:
            return
        self._keep(*made)

    @rule(draft=drafts(), which=st.integers(0, 9))
    def revise(self, draft: EntryDraft, which: int) -> None:
        if not self.known:
            return
        old = list(self.known.values())[which % len(self.known)]
        new = replace(old, on=draft.on, duration=draft.duration, allocations=draft.allocations)
        try:
            with self.door.transaction() as tx:
                revise_entry(tx, new)
        except InvalidEntry:
            return
        self._keep(new)

    @rule(which=st.integers(0, 9), back=st.booleans())
    def delete_or_restore(self, which: int, *, back: bool) -> None:
        if not self.known:
            return
        old = list(self.known.values())[which % len(self.known)]
        try:
            with self.door.transaction() as tx:
                (restore_entries if back else delete_entries)(tx, [old.id], WRITTEN_AT)
        except InvalidEntry:
            return
        with self.door.transaction() as tx:
            self._keep(entries.entry(tx, old.id))

    @invariant()
    def totals_are_those_of_the_entries(self) -> None:
        alive = [e for e in self.known.values() if e.deleted_at is None]
        with self.door.transaction() as tx:
            found = day_totals.day_minutes(tx, date.min, date.max)
            assert found == recomputed(alive)
            assert day_totals.entry_count(tx) == len(alive)


Verbs.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_totals_follow_every_sequence_of_verbs = Verbs.TestCase
