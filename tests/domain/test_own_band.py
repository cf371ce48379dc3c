"""The user's own band beside a balance: facts, and the band of the day."""

from datetime import date, timedelta

import pytest

from kotter_journal.domain.balance import Balance, balance_of
from kotter_journal.domain.own_band import band_in, band_sentence, band_text
from kotter_journal.domain.periods import Period
from kotter_journal.domain.working_time import Band, WorkingTime
from tests.domain.worked import MONDAY, run_of_days

EARLY = date(2026, 1, 1)


def balance(days: int = 12) -> Balance:
    """Days that lead for 36 of 100 minutes, with a range of 30 to 42 %."""
    sides = [(28, 72), (44, 56)] * 6
    period = Period(MONDAY, MONDAY + timedelta(days=28))
    return balance_of(period, run_of_days(MONDAY, sides[:days]), WorkingTime())


@pytest.mark.parametrize(
    ("low", "high", "lies"),
    [
        (0, 30, "lies above it"),
        (0, 33, "overlaps it"),
        (35, 37, "overlaps it"),
        (32, 40, "lies within it"),
        (39, 60, "overlaps it"),
        (41, 60, "lies below it"),
    ],
)
def test_a_range_lies_to_a_band_by_its_whole_percents(low: int, high: int, lies: str) -> None:
    words = band_sentence(balance(), Band(EARLY, low, high))
    assert words == f"Your band {low}–{high} %; the range 33–39 % (12 days, 20 h) {lies}."


def test_nothing_is_said_without_a_band_or_with_too_little() -> None:
    assert band_sentence(balance(), None) == ""
    assert band_sentence(balance(), Band(EARLY, None, None)) == ""
    assert band_sentence(balance(4), Band(EARLY, 30, 45)) == ""


def test_a_band_that_began_within_the_period_says_so() -> None:
    words = band_sentence(balance(), Band(MONDAY + timedelta(days=1), 30, 45))
    assert words.startswith("Your band 30–45 % (from 3 March 2026 on); ")


def test_the_band_of_then_judges_a_period() -> None:
    bands = [
        Band(EARLY, 20, 30),
        Band(date(2026, 4, 1), 40, 50),
        Band(date(2026, 6, 1), None, None),
    ]
    held = [band_in(bands, Period(EARLY, date(2026, month, 15))) for month in (1, 5, 7)]
    assert [one and band_text(one) for one in held] == ["20–30 %", "40–50 %", None]
    assert band_in(bands, Period(date(2025, 1, 1), date(2025, 2, 1))) is None
