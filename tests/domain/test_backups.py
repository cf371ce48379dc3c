from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.backups import (
    BEFORE_UPGRADE,
    DAYS,
    MONTHS,
    WEEKS,
    BackupName,
    is_due,
    name_of,
    read_name,
    to_rotate,
)

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
VAULT = "1a2b3c4d-0000-0000-0000-000000000000"


def ages(*days: float) -> list[BackupName]:
    return [name_of(VAULT, NOW - timedelta(days=d)) for d in days]


@given(st.integers(0, 200_000_000_000), st.sampled_from([None, "x"]))
def test_a_name_is_read_as_it_was_written(seconds: int, occasion: str | None) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    name = name_of(VAULT, at, BEFORE_UPGRADE if occasion else None)
    assert read_name(name.text) == name


def test_other_files_are_no_backups() -> None:
    for text in (
        "kotter-journal-1a2b3c4d-20260304-120000Z.zip.part",
        "kotter-journal-1a2b3c4d-20261399-120000Z.zip",
        "kotter-journal-1A2B3C4D-20260304-120000Z.zip",
        "letters.zip",
        "",
    ):
        assert read_name(text) is None


def test_a_backup_is_due_once_on_each_local_date() -> None:
    assert is_due(NOW, [])
    assert is_due(NOW, ages(1))
    assert not is_due(NOW, ages(0.2))
    far_east = NOW.astimezone(timezone(timedelta(hours=14)))
    assert is_due(far_east, ages(0.2))
    assert is_due(NOW, [name_of(VAULT, NOW, BEFORE_UPGRADE)])
    assert is_due(NOW, ages(-400))


def test_a_year_of_daily_backups_leaves_days_weeks_and_months() -> None:
    kept: set[BackupName] = set()
    for day in range(800):
        now = NOW + timedelta(days=day)
        kept.add(name_of(VAULT, now))
        kept -= to_rotate(now, kept)
    past = sorted((now - name.taken_at).days for name in kept)
    assert past[:DAYS] == list(range(DAYS))
    assert DAYS + WEEKS + MONTHS - 4 <= len(past) <= DAYS + WEEKS + MONTHS
    assert 300 <= past[-1] <= 366


def test_rare_backups_all_stay() -> None:
    names = ages(0, 90, 200, 500)
    assert to_rotate(NOW, names) == frozenset()


def test_the_newest_of_a_day_stays() -> None:
    names = ages(0, 0.1, 0.2)
    assert to_rotate(NOW, names) == {names[1], names[2]}


def test_backups_from_the_future_neither_go_nor_push_others_out() -> None:
    future = ages(*(-d for d in range(1, 40)))
    names = ages(0, 1, 2, 3)
    assert to_rotate(NOW, names + future) == frozenset()


def test_backups_before_an_upgrade_count_for_themselves() -> None:
    special = [name_of(VAULT, NOW - timedelta(days=d), BEFORE_UPGRADE) for d in range(5)]
    assert to_rotate(NOW, ages(0) + special) == set(special[3:])


@given(st.lists(st.floats(-50, 900), max_size=60))
def test_rotating_again_takes_nothing_more(days: list[float]) -> None:
    names = set(ages(*days))
    left = names - to_rotate(NOW, names)
    assert not to_rotate(NOW, left)
    past = [n for n in names if n.taken_at <= NOW]
    if past:
        assert max(past, key=lambda n: n.taken_at) in left
