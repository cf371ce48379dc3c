from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.positions import SEQUENCES, day_of, first_of, span_of

AT = st.none() | st.times().map(lambda t: t.replace(microsecond=0))


@given(st.dates(), AT, st.integers(0, SEQUENCES - 1))
def test_a_position_tells_its_day(on: date, at: time | None, sequence: int) -> None:
    assert day_of(first_of(on, at) + sequence) == on


@given(st.tuples(st.dates(), AT), st.tuples(st.dates(), AT))
def test_positions_stand_in_the_order_of_day_and_minute(
    one: tuple[date, time | None], other: tuple[date, time | None]
) -> None:
    def key(when: tuple[date, time | None]) -> tuple[date, int]:
        on, at = when
        return on, -1 if at is None else at.hour * 60 + at.minute

    assert (first_of(*one) < first_of(*other)) == (key(one) < key(other))


@given(st.dates(max_value=date(9999, 12, 30)), AT)
def test_a_span_holds_all_of_its_days_and_nothing_else(on: date, at: time | None) -> None:
    after = date.fromordinal(on.toordinal() + 1)
    first, end = span_of(on, after)
    assert first <= first_of(on, at) + SEQUENCES - 1 < end
    assert first_of(after, None) == end


def test_two_neighbouring_minutes_share_no_position() -> None:
    on = date(2026, 3, 2)
    assert first_of(on, time(9, 1)) - first_of(on, time(9, 0)) == SEQUENCES
    assert first_of(on, time(0, 0)) - first_of(on, None) == SEQUENCES
    assert first_of(on, time(9, 0, 59)) == first_of(on, time(9, 0))


def test_the_last_position_of_all_fits_the_database() -> None:
    assert first_of(date.max, time(23, 59)) + SEQUENCES - 1 < 1 << 63
