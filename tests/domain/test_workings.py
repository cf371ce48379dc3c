"""How figures are computed, in words: the worked week with its numbers put in."""

import pytest

from kotter_journal.domain.balance import balance_of
from kotter_journal.domain.working_time import WorkingTime
from kotter_journal.domain.workings import (
    activity_workings,
    day_workings,
    pair_workings,
    share_workings,
    time_workings,
    trailing_workings,
)
from tests.domain.worked import MONDAY, WORK_WEEK, split, worked_week

WEEK = balance_of(WORK_WEEK, worked_week(), WorkingTime())
LITTLE = balance_of(WORK_WEEK, [split(MONDAY, 30, 60)], WorkingTime())


@pytest.mark.parametrize(
    "said",
    [
        "L = direction + aligning + motivating = 3 h 9 m.",
        "M = planning + organizing + controlling = 5 h 31 m.",
        "L / (L + M) = 3 h 9 m / 8 h 40 m = 36 %.",
        "O = 1 h 30 m",
        "U = 30 m",
        "L / (L + M + U) = 34 %",
        "(L + U) / (L + M + U) = 40 %",
        "t of 4 degrees of freedom) = 16 % to 56 %",
        "5 of 5 workdays",
        "logged / expected = 10 h 40 m / 40 h = 27 %",
    ],
)
def test_the_share_of_the_worked_week(said: str) -> None:
    assert said in " ".join(share_workings(WEEK))


def test_pairs_divide_the_leading_side_by_both() -> None:
    text = " ".join(pair_workings(WEEK))
    assert "57 m / (57 m + 2 h 6 m) = 31 % leading" in text
    assert "1 h 2 m / (1 h 2 m + 1 h 30 m) = 41 % leading" in text
    assert "1 h 10 m / (1 h 10 m + 1 h 55 m) = 38 % leading" in text


def test_too_little_gives_no_percentage_of_leading() -> None:
    share, pairs = " ".join(share_workings(LITTLE)), " ".join(pair_workings(LITTLE))
    assert "30 m / 1 h 30 m. No percentage is shown below 5 logged days and 5 h" in share
    assert "Range" not in share
    assert "% leading" not in pairs
    assert "none logged on either side" in pairs


def test_bars_and_points_say_what_they_sum() -> None:
    assert "the six (8 h 40 m in all)" in " ".join(time_workings(WEEK))
    text = " ".join(trailing_workings(WEEK))
    assert "the newest: 2 to 6 March 2026" in text
    assert "4 of the last 6 weeks with 3 logged days each" in text


def test_rows_say_how_percent_and_entries_come_about() -> None:
    text = " ".join(activity_workings(WEEK))
    assert "minutes of an activity / 8 h 40 m of the six" in text
    assert "(1 / k)" in text
    assert "No percentage is shown below 5 logged days" in " ".join(activity_workings(LITTLE))


def test_days_say_what_they_sum() -> None:
    text = " ".join(day_workings(WEEK))
    assert f"From {WEEK.entries} entries of 2 to 6 March 2026" in text
    assert "logged / expected = 10 h 40 m / 40 h = 27 %" in text
