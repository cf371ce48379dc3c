from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.activities import SIX, Activity, Pair
from kotter_journal.domain.balance import (
    Balance,
    DayMinutes,
    Status,
    balance_of,
    change_between,
    comparable,
    largest_remainder,
    range_of_shares,
    t_quantile,
)
from kotter_journal.domain.periods import Period
from kotter_journal.domain.working_time import WorkingTime, WorkingWeek
from tests.domain.worked import (
    ALI,
    CON,
    DIR,
    EXAMPLES,
    MONDAY,
    MOT,
    ORG,
    OTH,
    PLA,
    WORK_WEEK,
    day,
    run_of_days,
    split,
    worked_week,
)

FOUR_WEEKS = Period(MONDAY, MONDAY + timedelta(days=28))
BEFORE = Period(MONDAY - timedelta(days=28), MONDAY)


def golden() -> Balance:
    return balance_of(WORK_WEEK, worked_week(), WorkingTime())


def of(period: Period, days: list[DayMinutes]) -> Balance:
    return balance_of(period, days, WorkingTime())


def test_the_worked_week_comes_out_to_the_digit() -> None:
    week = golden()
    assert week.minutes == {DIR: 57, ALI: 62, MOT: 70, PLA: 126, ORG: 90, CON: 115, OTH: 90}
    assert (week.leading, week.managing, week.outside, week.unclassified) == (189, 331, 90, 30)
    assert week.classified == 520
    assert week.share == 189 / 520
    assert week.percent_leading == 36
    assert week.percent == {DIR: 11, ALI: 12, MOT: 14, PLA: 24, ORG: 17, CON: 22}
    assert week.status is Status.PROVISIONAL
    assert (week.logged_days, week.logged_workdays, week.workdays) == (5, 5, 5)
    assert (week.logged, week.expected) == (640, 2400)
    assert (week.entries, week.untimed, week.even) == (12, 1, 50)
    assert week.same_day_share == 1


def test_the_worked_week_agrees_with_the_command_lines_json() -> None:
    week = golden()
    assert week.share is not None
    assert week.bounds is not None
    assert week.range_80 is not None
    assert round(week.share, 4) == 0.3635
    assert [round(x, 4) for x in week.bounds] == [0.3436, 0.3982]
    assert [round(x, 4) for x in week.range_80] == [0.1648, 0.5621]
    assert {pair: round(share or 0, 4) for pair, share in week.pair_shares.items()} == {
        Pair.WHAT_NEEDS_DOING: 0.3115,
        Pair.WHO_IT_TAKES: 0.4079,
        Pair.GETTING_IT_DONE: 0.3784,
    }
    assert round(week.coverage or 0, 4) == 0.2667
    assert round(week.even_share or 0, 4) == 0.0962


def test_the_share_is_no_mean_of_daily_shares() -> None:
    daily = [d.leading / d.classified for d in worked_week()]
    assert round(sum(daily) / 5, 3) == 0.384
    assert golden().share != pytest.approx(0.384, abs=0.01)


def test_the_thirty_examples_sum_as_told() -> None:
    whole = day(MONDAY, [(duration, minutes, False) for duration, minutes in EXAMPLES])
    balance = of(WORK_WEEK, [whole])
    assert len(EXAMPLES) == 30
    assert (balance.leading, balance.managing, balance.outside) == (510, 865, 195)
    assert balance.share == 510 / 1375
    assert balance.percent_leading == 37
    assert [balance.minutes[a] for a in SIX] == [170, 265, 75, 290, 350, 225]
    assert list((balance.percent or {}).values()) == [12, 19, 6, 21, 26, 16]
    assert balance.untimed == 1


def test_a_day_knows_its_own_sums() -> None:
    wednesday = worked_week()[2]
    assert (wednesday.classified, wednesday.outside, wednesday.unclassified) == (90, 0, 30)


def test_without_classified_time_there_is_no_share() -> None:
    balance = of(WORK_WEEK, [split(MONDAY, 0, 0, outside=400)])
    assert balance.share is None
    assert balance.bounds is None
    assert balance.percent is None
    assert balance.percent_leading is None
    assert balance.range_80 is None
    assert balance.even_share is None
    assert set(balance.pair_shares.values()) == {None}
    assert balance.logged_days == 0
    assert balance.status is Status.TOO_LITTLE


def test_an_empty_period_has_no_shares_of_anything() -> None:
    balance = of(Period(date(2026, 3, 7), date(2026, 3, 9)), [])
    assert balance.coverage is None
    assert balance.same_day_share is None
    assert balance.days == ()


@pytest.mark.parametrize(
    ("days", "minutes", "status"),
    [
        (4, 400, Status.TOO_LITTLE),
        (5, 299, Status.TOO_LITTLE),
        (5, 300, Status.PROVISIONAL),
        (9, 4000, Status.PROVISIONAL),
        (10, 300, Status.SOUND),
        (10, 299, Status.TOO_LITTLE),
    ],
)
def test_status_changes_exactly_at_its_thresholds(days: int, minutes: int, status: Status) -> None:
    sides = [(0, minutes - days + 1), *[(1, 0)] * (days - 1)]
    assert of(FOUR_WEEKS, run_of_days(MONDAY, sides)).status is status


def test_days_outside_the_period_are_left_out_and_the_rest_put_in_order() -> None:
    days = run_of_days(MONDAY - timedelta(days=1), [(10, 0)] * 7)
    balance = of(WORK_WEEK, days[::-1])
    assert balance.leading == 50
    assert [d.on.day for d in balance.days] == [2, 3, 4, 5, 6]


def test_a_logged_day_off_is_no_workday() -> None:
    week = Period(MONDAY, MONDAY + timedelta(days=7))
    balance = of(week, [split(date(2026, 3, 7), 60, 0), split(MONDAY, 60, 0)])
    assert (balance.logged_days, balance.logged_workdays, balance.workdays) == (2, 1, 5)


def test_a_work_pattern_counts_any_stretch_of_days() -> None:
    part_time = WorkingTime((WorkingWeek((480, 0, 240, 0, 0, 0, 0)),))
    wednesday_to_monday = Period(date(2026, 3, 4), date(2026, 3, 17))
    assert part_time.minutes_in(wednesday_to_monday) == 240 + 480 + 240 + 480
    assert part_time.workdays_in(wednesday_to_monday) == 4


def test_overtime_covers_more_than_expected() -> None:
    balance = of(Period(MONDAY, date(2026, 3, 3)), [split(MONDAY, 300, 300)])
    assert balance.coverage == 1.25


def by_week(balance: Balance, first_weekday: int) -> list[Balance]:
    """The balance of each calendar week of the period, clipped to it, empty weeks included."""
    weeks = balance.period.weeks(first_weekday)
    return [balance_of(week, balance.days, balance.working) for week in weeks]


def test_weeks_keep_empty_weeks_and_add_up() -> None:
    period = Period(MONDAY, MONDAY + timedelta(days=20))
    balance = of(period, [split(MONDAY, 30, 10), split(MONDAY + timedelta(days=15), 5, 5)])
    rows = by_week(balance, 0)
    assert [row.classified for row in rows] == [40, 0, 10]
    assert [row.period.days for row in rows] == [7, 7, 6]
    assert sum(row.expected for row in rows) == balance.expected


def test_parts_that_tie_give_the_odd_percent_to_the_earlier() -> None:
    assert largest_remainder([1, 1, 1]) == [34, 33, 33]
    assert largest_remainder([1, 1], 1) == [1, 0]
    assert largest_remainder([0, 0]) == [0, 0]
    assert largest_remainder([]) == []


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=8).filter(any))
def test_rounded_parts_sum_to_100_and_stay_next_to_the_truth(parts: list[int]) -> None:
    rounded = largest_remainder(parts)
    assert sum(rounded) == 100
    for part, whole in zip(parts, rounded, strict=True):
        assert abs(whole - 100 * part / sum(parts)) < 1


# Percentiles of Student's t as tables print them, to six digits and more.
@pytest.mark.parametrize(
    ("p", "df", "value"),
    [
        (0.90, 1, 3.077684),
        (0.90, 2, 1.885618),
        (0.90, 3, 1.637744),
        (0.90, 4, 1.533206),
        (0.90, 9, 1.383029),
        (0.90, 10, 1.372184),
        (0.90, 19, 1.327728),
        (0.90, 30, 1.310415),
        (0.90, 120, 1.288646),
        (0.95, 5, 2.015048),
        (0.975, 1, 12.706205),
        (0.975, 8, 2.306004),
        (0.995, 6, 3.707428),
        (0.75, 2, 0.816497),
    ],
)
def test_t_quantiles_are_those_of_the_tables(p: float, df: int, value: float) -> None:
    assert t_quantile(p, df) == pytest.approx(value, abs=6e-7)


def test_t_quantiles_have_the_closed_forms_where_there_are_any() -> None:
    for p in (0.55, 0.9, 0.999):
        twice = 2 * p - 1
        assert t_quantile(p, 2) == pytest.approx(twice * (2 / (1 - twice**2)) ** 0.5, rel=1e-9)
    assert t_quantile(0.75, 1) == pytest.approx(1, rel=1e-12)
    assert t_quantile(0.5, 7) == pytest.approx(0, abs=1e-12)
    assert t_quantile(0.1, 4) == -t_quantile(0.9, 4)
    assert t_quantile(0.9, 3000) == pytest.approx(1.2815516 + 0.0002825, abs=1e-6)


@pytest.mark.parametrize(("p", "df"), [(0, 1), (1, 1), (0.9, 0)])
def test_a_t_quantile_that_cannot_be_is_refused(p: float, df: int) -> None:
    with pytest.raises(ValueError, match="no t quantile"):
        t_quantile(p, df)


def test_one_logged_day_gives_no_range() -> None:
    assert range_of_shares([split(MONDAY, 60, 60), split(MONDAY, 0, 0, outside=10)]) is None


def test_days_all_alike_give_a_range_without_width() -> None:
    assert range_of_shares(run_of_days(MONDAY, [(30, 90)] * 5)) == (0.25, 0.25)


def test_a_wide_range_is_clipped_to_what_a_share_can_be() -> None:
    assert range_of_shares(run_of_days(MONDAY, [(90, 0), (0, 90)])) == (0, 1)


def two_periods(
    before: list[tuple[int, int]], now: list[tuple[int, int]]
) -> tuple[Balance, Balance]:
    earlier = of(BEFORE, run_of_days(BEFORE.start, before))
    return earlier, of(FOUR_WEEKS, run_of_days(FOUR_WEEKS.start, now))


def test_exactly_ten_points_on_ten_even_days_are_a_change() -> None:
    change = change_between(*two_periods([(30, 70)] * 10, [(40, 60)] * 10))
    assert change is not None
    assert change.difference == pytest.approx(0.1)
    assert change.noise == pytest.approx(0, abs=1e-12)


def test_less_than_ten_points_are_about_the_same() -> None:
    assert change_between(*two_periods([(300, 700)] * 10, [(399, 601)] * 10)) is None


def test_nine_days_are_not_compared() -> None:
    earlier, later = two_periods([(0, 100)] * 9, [(100, 0)] * 10)
    assert not comparable(earlier, later)
    assert not comparable(later, earlier)
    assert change_between(earlier, later) is None


def test_a_change_within_the_days_own_spread_is_about_the_same() -> None:
    spread = [(100, 0), (0, 100)]
    assert change_between(*two_periods(spread * 5, [*spread * 3, *[(100, 0)] * 4])) is None


def test_the_spread_of_both_periods_counts() -> None:
    before = [(20, 80), (40, 60)] * 6
    change = change_between(*two_periods(before, [(x + 20, y - 20) for x, y in before]))
    assert change is not None
    # e_i = -+10 of 100 minutes: se = sqrt(12/11 * 12 * 100) / 1200, twice over.
    assert change.noise == pytest.approx(1.645 * (2 * 12 / 11 * 1200) ** 0.5 / 1200)
    assert change.difference == pytest.approx(0.2)


MINUTES = st.integers(0, 200)


@st.composite
def days_of_a_month(draw: st.DrawFn) -> list[DayMinutes]:
    days = []
    for offset in sorted(draw(st.sets(st.integers(0, 27), max_size=28))):
        minutes = {a: draw(MINUTES) for a in Activity}
        logged = sum(minutes.values()) + draw(MINUTES)
        classified = sum(minutes[a] for a in SIX)
        days.append(
            DayMinutes(
                on=MONDAY + timedelta(days=offset),
                minutes=minutes,
                logged=logged,
                even=draw(st.integers(0, classified)),
                same_day=draw(st.integers(0, logged)),
                entries=draw(st.integers(1, 9)),
                untimed=0,
            )
        )
    return days


@given(days_of_a_month())
def test_shares_are_shares_and_lie_within_their_bounds(days: list[DayMinutes]) -> None:
    balance = of(FOUR_WEEKS, days)
    shares = [
        balance.share,
        balance.even_share,
        balance.same_day_share,
        *balance.pair_shares.values(),
        *(balance.bounds or ()),
        *(balance.range_80 or ()),
    ]
    assert all(0 <= share <= 1 for share in shares if share is not None)
    if balance.share is not None and balance.bounds is not None:
        assert balance.bounds[0] <= balance.share <= balance.bounds[1]
        assert sum((balance.percent or {}).values()) == 100
    if balance.share is not None and balance.range_80 is not None:
        assert balance.range_80[0] <= balance.share <= balance.range_80[1]


@given(days_of_a_month(), st.integers(2, 9))
def test_multiplying_all_minutes_leaves_the_shares(days: list[DayMinutes], factor: int) -> None:
    scaled = [
        DayMinutes(
            on=d.on,
            minutes={a: m * factor for a, m in d.minutes.items()},
            logged=d.logged * factor,
            even=d.even * factor,
            same_day=d.same_day * factor,
            entries=d.entries,
            untimed=d.untimed,
        )
        for d in days
    ]
    once, many = of(FOUR_WEEKS, days), of(FOUR_WEEKS, scaled)
    assert many.share == once.share
    assert many.percent == once.percent
    assert many.bounds == once.bounds
    assert many.range_80 == pytest.approx(once.range_80)


@given(days_of_a_month(), st.integers(0, 28), st.integers(0, 6))
def test_parts_of_a_period_add_up_to_it(
    days: list[DayMinutes], cut: int, first_weekday: int
) -> None:
    middle = MONDAY + timedelta(days=cut)
    whole = of(FOUR_WEEKS, days)
    halves = [of(Period(MONDAY, middle), days), of(Period(middle, FOUR_WEEKS.end), days)]
    for parts in (halves, by_week(whole, first_weekday)):
        assert sum(p.leading for p in parts) == whole.leading
        assert sum(p.managing for p in parts) == whole.managing
        assert sum(p.unclassified for p in parts) == whole.unclassified
        assert sum(p.expected for p in parts) == whole.expected
        assert sum(p.workdays for p in parts) == whole.workdays
        assert sum(p.logged_days for p in parts) == whole.logged_days
