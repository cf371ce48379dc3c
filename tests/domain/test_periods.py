from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.domain.periods import (
    Period,
    Span,
    parse_date,
    period_between,
    period_of,
    shifted,
)

THURSDAY = date(2026, 3, 5)
SOME_DAY = st.dates(date(1900, 1, 1), date(2200, 1, 1))


def test_a_week_starts_on_the_day_that_was_chosen() -> None:
    assert period_of(Span.WEEK, THURSDAY) == Period(date(2026, 3, 2), date(2026, 3, 9))
    assert period_of(Span.WEEK, THURSDAY, 6) == Period(date(2026, 3, 1), date(2026, 3, 8))
    assert period_of(Span.WEEK, date(2026, 3, 1), 6).start == date(2026, 3, 1)


def test_four_and_twelve_weeks_end_with_the_week_of_the_day() -> None:
    end = date(2026, 3, 9)
    assert period_of(Span.FOUR_WEEKS, THURSDAY) == Period(end - timedelta(days=28), end)
    assert period_of(Span.TWELVE_WEEKS, THURSDAY) == Period(end - timedelta(days=84), end)


def test_a_year_is_the_calendar_year() -> None:
    assert period_of(Span.YEAR, date(2024, 2, 29)) == Period(date(2024, 1, 1), date(2025, 1, 1))
    assert period_of(Span.YEAR, date(2024, 2, 29)).days == 366


@given(SOME_DAY, st.sampled_from(Span), st.integers(0, 6))
def test_a_period_holds_its_day_and_the_next_one_begins_where_it_ends(
    day: date, span: Span, first_weekday: int
) -> None:
    period = period_of(span, day, first_weekday)
    assert day in period
    assert period.end not in period
    assert period.last in period
    assert shifted(span, period, 1).start == period.end
    assert shifted(span, shifted(span, period, 3), -3) == period
    assert shifted(span, period, 0) == period


@given(SOME_DAY, st.integers(0, 500), st.integers(0, 6))
def test_weeks_cover_a_period_without_gap_or_overlap(
    start: date, days: int, first_weekday: int
) -> None:
    period = Period(start, start + timedelta(days=days))
    weeks = period.weeks(first_weekday)
    assert sum(week.days for week in weeks) == days
    assert [w.start for w in weeks[1:]] == [w.end for w in weeks[:-1]]
    assert all(week.start.weekday() == first_weekday for week in weeks[1:])
    assert all(week.days == 7 for week in weeks[1:-1])


def test_an_empty_period_holds_nothing() -> None:
    empty = Period(THURSDAY, THURSDAY)
    assert empty.days == 0
    assert THURSDAY not in empty
    assert empty.weeks(0) == []
    assert empty.last == THURSDAY
    assert Period(THURSDAY, date(2026, 3, 1)).days == 0


@pytest.mark.parametrize("span", Span)
def test_the_ends_of_the_calendar_are_no_trap(span: Span) -> None:
    for first_weekday in range(7):
        first = period_of(span, date.min, first_weekday)
        last = period_of(span, date.max, first_weekday)
        assert first.start == date.min
        assert last.end == date.max
        assert shifted(span, first, -1) == first
        assert shifted(span, last, 1) == last
        assert sum(week.days for week in last.weeks(first_weekday)) == last.days


def test_a_period_between_two_dates_holds_both() -> None:
    assert period_between(THURSDAY, THURSDAY).days == 1
    assert period_between(date(2026, 3, 2), THURSDAY).end == date(2026, 3, 6)
    assert period_between(date.min, date.max).end == date.max


def test_a_period_between_dates_in_the_wrong_order_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="2026-03-05 to 2026-03-01: the first date comes"):
        period_between(THURSDAY, date(2026, 3, 1))


@given(st.dates())
def test_every_iso_date_reads_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f" {day.isoformat()}\n") == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-02-31", "31 February 2026 is not a date; February 2026 has 28 days"),
        ("2024-02-30", "30 February 2024 is not a date; February 2024 has 29 days"),
        ("2026-03-00", "0 March 2026 is not a date; March 2026 has 31 days"),
        ("2026-13-01", "2026-13-01 is not a date; there is no month 13"),
        ("2026-00-01", "2026-00-01 is not a date; there is no month 0"),
        ("0000-01-01", "0000-01-01 is not a date; there is no year 0"),
        ("", "'' is not a date; write year-month-day, such as 2026-03-02"),
        ("2.3.2026", "'2.3.2026' is not a date; write year-month-day, such as 2026-03-02"),
        ("20260302", "'20260302' is not a date; write year-month-day, such as 2026-03-02"),
        ("2026-W10-1", "'2026-W10-1' is not a date; write year-month-day, such as 2026-03-02"),
        ("٢٠٢٦-٠٣-٠٢", "'٢٠٢٦-٠٣-٠٢' is not a date; write year-month-day, such as 2026-03-02"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        parse_date(text, "--from")
    assert refusal.value.where == "--from"
    assert refusal.value.reason == reason


@given(st.text(max_size=200))
def test_any_text_is_a_date_or_is_refused_briefly(text: str) -> None:
    reason = ""
    try:
        parse_date(text)
    except UnreadableInput as refusal:
        reason = refusal.reason
    assert len(reason) < 500
