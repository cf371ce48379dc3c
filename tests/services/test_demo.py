from collections import Counter
from datetime import date, timedelta

import pytest

from kotter_journal.domain.activities import LEADING, MANAGING, Activity
from kotter_journal.domain.entries import Entry, Method, Sharing, check
from kotter_journal.services.demo import demo_entries

FRIDAY = date(2026, 3, 6)


@pytest.fixture(scope="module")
def made() -> list[Entry]:
    """Two years, about."""
    return list(demo_entries(1500, 1, FRIDAY))


def test_the_same_seed_gives_the_same_journal(made: list[Entry]) -> None:
    assert list(demo_entries(1500, 1, FRIDAY)) == made
    assert [e.id for e in demo_entries(1500, 2, FRIDAY)] != [e.id for e in made]


def test_no_entry_breaks_a_rule(made: list[Entry]) -> None:
    minutes: Counter[date] = Counter()
    for entry in made:
        check(entry)
        minutes[entry.on] += entry.duration or 0
    assert max(minutes.values()) <= 540


def test_no_two_entries_of_a_day_overlap(made: list[Entry]) -> None:
    ends: dict[date, int] = {}
    for entry in sorted(made, key=lambda e: (e.on, e.at is not None, e.at or e.on)):
        if entry.at is not None and entry.duration:
            start = entry.at.hour * 60 + entry.at.minute
            assert ends.get(entry.on, 0) <= start
            ends[entry.on] = start + entry.duration


def test_a_journal_has_variety(made: list[Entry]) -> None:
    words = sorted(len(f"{e.title or ''} {e.body}".split()) for e in made)
    assert 70 <= sum(words) / len(words) <= 130
    assert words[-1] > 300
    assert {a.activity for e in made for a in e.allocations} == set(Activity)
    shares = {
        "untimed": sum(e.duration is None for e in made),
        "unclassified": sum(bool(e.duration) and not e.allocations for e in made),
        "partly": sum(bool(e.allocations) and e.unclassified > 0 for e in made),
        "even": sum(any(a.method is Method.EVEN for a in e.allocations) for e in made),
        "tagged": sum(bool(e.tags) for e in made),
        "people": sum(bool(e.people) for e in made),
        "starred": sum(e.starred for e in made),
        "shareable": sum(e.sharing is Sharing.SHAREABLE for e in made),
        "never": sum(e.sharing is Sharing.NEVER for e in made),
        "leaders": sum(e.develops_leader for e in made),
        "stated": sum(e.direction.stated for e in made),
        "lists": sum("\n- " in e.body for e in made),
        "checkboxes": sum("- [ ]" in e.body for e in made),
        "headings": sum("## " in e.body for e in made),
        "later": sum(e.written_on != e.on for e in made),
        "no time of day": sum(e.at is None for e in made),
    }
    assert {name: count for name, count in shares.items() if not 15 <= count < 1200} == {}
    leading = sum(a.minutes for e in made for a in e.allocations if a.activity in LEADING)
    managing = sum(a.minutes for e in made for a in e.allocations if a.activity in MANAGING)
    assert 0.25 < leading / (leading + managing) < 0.5


def test_no_slot_is_left_open(made: list[Entry]) -> None:
    assert not [e for e in made if "{" in f"{e.title}{e.body}" or "}" in f"{e.title}{e.body}"]


def test_weekends_and_holidays_stay_mostly_empty(made: list[Entry]) -> None:
    days = {e.on for e in made}
    weekend = [day for day in days if day.weekday() > 4]
    assert len(weekend) < len(days) * 0.12
    assert not any(day.month == 12 and day.day >= 23 and day.weekday() < 5 for day in days)


@pytest.mark.parametrize(("count", "least", "most"), [(1, 0, 1), (60, 21, 45), (3650, 1100, 2000)])
def test_sizes_spread_over_workdays(count: int, least: int, most: int) -> None:
    some = list(demo_entries(count, 1, FRIDAY))
    assert len({e.id for e in some}) == count
    assert least <= (FRIDAY - some[0].on).days <= most
    assert some[-1].on <= FRIDAY + timedelta(0)
