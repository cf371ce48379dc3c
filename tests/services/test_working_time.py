"""Working time in the journal: weeks, days, bands, and public holidays without a network."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kotter_journal.domain.periods import Period
from kotter_journal.domain.working_time import DayStatus, band_on
from kotter_journal.services import working_time as verbs
from kotter_journal.services.public_holidays import countries, public_holidays
from kotter_journal.storage import working_time as rows
from kotter_journal.storage.database import Database

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
MONDAY = date(2026, 3, 2)


def test_a_week_from_a_date_on(door: Database) -> None:
    with door.transaction() as tx:
        _, week = verbs.set_week(tx, [240] * 5 + [0, 0], MONDAY, NOW)
        working = verbs.working_time(tx, YEAR)
        assert working.expected_on(MONDAY) == 240
        assert working.expected_on(MONDAY - timedelta(3)) == 480
        verbs.set_week(tx, [300] * 5 + [0, 0], MONDAY, NOW)
        assert verbs.working_time(tx, YEAR).expected_on(MONDAY) == 300
        verbs.take_back_week(tx, rows.weeks(tx)[0].id, NOW)
        assert rows.weeks(tx) == (week,)


def test_days_are_set_and_put_back(door: Database) -> None:
    friday = MONDAY + timedelta(4)
    with door.transaction() as tx:
        verbs.set_status(tx, MONDAY, MONDAY, DayStatus.PARTIAL, NOW, expected=100)
        _, before = verbs.set_status(tx, MONDAY, friday, DayStatus.OFF, NOW)
        off = verbs.working_time(tx, YEAR)
        assert off.workdays_in(Period(MONDAY, MONDAY + timedelta(7))) == 0
        verbs.put_back(tx, MONDAY, friday, before, NOW)
        back = verbs.working_time(tx, YEAR)
        assert [back.expected_on(MONDAY + timedelta(n)) for n in range(5)] == [100, *[480] * 4]
        verbs.set_status(tx, MONDAY, friday, None, NOW)
        assert verbs.working_time(tx, YEAR).expected_on(MONDAY) == 480


def test_public_holidays_of_a_region(door: Database) -> None:
    with door.transaction() as tx:
        verbs.set_week(tx, [480] * 5 + [0, 0], YEAR.start, NOW, country="DE", subdivision="BY")
        working = verbs.working_time(tx, YEAR)
    assert working.why_off(date(2026, 1, 6)) == "Epiphany"
    assert not working.is_workday(date(2026, 5, 1))
    assert working.expected_on(date(2026, 1, 7)) == 480


def test_a_region_counts_from_its_date_on(door: Database) -> None:
    with door.transaction() as tx:
        verbs.set_week(tx, [480] * 5 + [0, 0], date(2026, 4, 1), NOW, country="DE")
        working = verbs.working_time(tx, YEAR)
    assert working.is_workday(date(2026, 1, 1))
    assert not working.is_workday(date(2026, 5, 1))


def test_a_country_that_nobody_knows_has_no_holidays() -> None:
    assert public_holidays("QQ", "", YEAR) == {}
    assert public_holidays("DE", "QQ", YEAR) == {}
    assert {"DE", "FR", "US", "GB"} <= countries().keys()
    assert "BY" in countries()["DE"]


def test_a_band_is_dated_and_can_end(door: Database) -> None:
    with door.transaction() as tx:
        verbs.set_band(tx, 40, 55, MONDAY, NOW)
        _, ended = verbs.set_band(tx, None, None, MONDAY + timedelta(7), NOW)
        bands = rows.bands(tx)
        assert band_on(bands, MONDAY + timedelta(8)) is None
        verbs.take_back_band(tx, ended.id, NOW)
        held = band_on(rows.bands(tx), MONDAY + timedelta(8))
    assert held is not None
    assert (held.low, held.high) == (40, 55)


@pytest.mark.parametrize("years", [1, 10])
def test_holidays_of_many_years_are_those_of_each(years: int) -> None:
    start = date(2027 - years, 1, 1)
    found = public_holidays("FR", "", Period(start, date(2027, 1, 1)))
    assert [day for day in found if (day.month, day.day) == (7, 14)] == [
        date(start.year + n, 7, 14) for n in range(years)
    ]
