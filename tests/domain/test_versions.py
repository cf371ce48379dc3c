from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, EntryDraft
from kotter_journal.domain.versions import (
    MOST_BYTES,
    MOST_VERSIONS,
    VersionMark,
    begins_anew,
    is_other_work,
    lost_much,
    to_thin,
)

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
WORDS = EntryDraft(on=date(2026, 3, 4), body="word " * 100, duration=60)


def marks(ages: list[timedelta], size: int = 100) -> list[VersionMark]:
    return [VersionMark(f"{i:04}", NOW - age, size) for i, age in enumerate(ages)]


def kept(versions: list[VersionMark], now: datetime = NOW) -> list[timedelta]:
    gone = to_thin(versions, now)
    return sorted(now - v.modified_at for v in versions if v.id not in gone)


def test_everything_of_the_last_day_stays() -> None:
    ages = [timedelta(minutes=25 * i) for i in range(50)]
    assert kept(marks(ages)) == ages


def test_an_older_week_keeps_one_an_hour_and_a_month_one_a_day() -> None:
    start = timedelta(days=2)
    hours = [start + timedelta(minutes=10 * i) for i in range(6 * 24)]
    assert len(kept(marks(hours))) in (25, 26)
    days = [timedelta(days=8) + timedelta(hours=4 * i) for i in range(6 * 20)]
    assert len(kept(marks(days))) in (21, 22)


def test_old_years_keep_one_a_week() -> None:
    ages = [timedelta(days=100) + timedelta(days=i) for i in range(7 * 50)]
    assert len(kept(marks(ages))) in (51, 52)


def test_a_busy_day_does_not_push_out_the_years_before() -> None:
    old = [timedelta(days=40 + 7 * i) for i in range(20)]
    busy = [timedelta(seconds=30 * i) for i in range(500)]
    left = kept(marks(old + busy))
    assert len(left) == MOST_VERSIONS
    assert set(old) <= set(left)


def test_the_first_and_the_newest_stay_however_large() -> None:
    ages = [timedelta(days=i) for i in (0, 1, 2, 3)]
    assert kept(marks(ages, size=MOST_BYTES)) == [ages[0], ages[-1]]


@given(
    st.lists(
        st.tuples(st.integers(0, 5_000_000), st.integers(0, 400_000)), unique_by=lambda p: p[0]
    )
)
def test_thinning_again_takes_nothing_more(facts: list[tuple[int, int]]) -> None:
    versions = [
        VersionMark(f"{i:05}", NOW - timedelta(minutes=age), size)
        for i, (age, size) in enumerate(facts)
    ]
    gone = to_thin(versions, NOW)
    left = [v for v in versions if v.id not in gone]
    assert not to_thin(left, NOW)
    assert len(left) <= MOST_VERSIONS
    assert len(left) <= 2 or sum(v.size for v in left) <= MOST_BYTES
    if versions:
        ends = {min(versions, key=lambda v: v.modified_at).id}
        ends.add(max(versions, key=lambda v: v.modified_at).id)
        assert not ends & gone


def test_much_is_lost_by_deleting_and_by_writing_over() -> None:
    assert lost_much(WORDS, replace(WORDS, body=""))
    assert lost_much(WORDS, replace(WORDS, body="word " * 60))
    assert lost_much(WORDS, replace(WORDS, body="other" * 100))
    assert lost_much(WORDS, replace(WORDS, body="word " * 50 + "x" * 60 + "word " * 38))
    assert not lost_much(WORDS, replace(WORDS, body="word " * 100 + "more"))
    assert not lost_much(WORDS, replace(WORDS, body="word " * 50 + "more" + "word " * 50))
    assert not lost_much(WORDS, replace(WORDS, body="word " * 99))
    short = replace(WORDS, body="Helo")
    assert not lost_much(short, replace(short, body="Hello"))


@given(st.text(max_size=300), st.text(max_size=300))
def test_what_was_only_added_is_no_loss(before: str, added: str) -> None:
    at = len(before) // 2
    old = replace(WORDS, body=before)
    assert not lost_much(old, replace(old, body=before[:at] + added + before[at:]))


def test_a_star_is_no_other_work_but_minutes_are() -> None:
    assert not is_other_work(WORDS, replace(WORDS, starred=True))
    assert not is_other_work(replace(WORDS, title=None), replace(WORDS, title=""))
    row = Allocation(Activity.SETTING_DIRECTION, 30)
    assert is_other_work(WORDS, replace(WORDS, allocations=(row,)))
    assert is_other_work(WORDS, replace(WORDS, on=date(2026, 3, 5)))


def test_a_rest_counts_in_both_directions_of_the_clock() -> None:
    assert begins_anew(NOW, NOW + timedelta(minutes=10))
    assert begins_anew(NOW, NOW - timedelta(hours=1))
    assert not begins_anew(NOW, NOW + timedelta(minutes=9))
