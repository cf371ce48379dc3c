"""Journals that no chart should stumble over: one entry, one huge week, nothing but the rest."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.periods import Span
from kotter_journal.gui.balance.page import BalancePage
from tests.gui.balance.days import THURSDAY, day, days_until
from tests.gui.balance.reading import rows_of

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

PageOf = Callable[..., BalancePage]


def alike(*minutes: int, extra: int = 0, count: int = 60) -> list[DayMinutes]:
    """Days that are all the same."""
    return [day(one.on, *minutes, extra=extra) for one in days_until(THURSDAY, count)]


JOURNALS = {
    "one entry": [day(THURSDAY, 5)],
    "without minutes": [day(THURSDAY)],
    "all outside": alike(0, 0, 0, 0, 0, 0, 480),
    "all unclassified": alike(extra=480),
    "all leading": alike(480),
    "all managing": alike(0, 0, 0, 480),
    "one huge week": [
        *alike(1, 1, count=40)[:-9],
        *(day(THURSDAY - timedelta(days=n), *[200] * 7) for n in range(6, -1, -1)),
    ],
    "a minute a day": alike(1),
}


@pytest.mark.parametrize("span", [Span.WEEK, Span.FOUR_WEEKS, Span.YEAR])
@pytest.mark.parametrize("days", list(JOURNALS.values()), ids=list(JOURNALS))
def test_everything_paints_and_has_a_picture(
    page_of: PageOf, days: Sequence[DayMinutes], span: Span
) -> None:
    page = page_of(days, span)
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        page.setLayoutDirection(direction)
        for card in page.cards:
            assert not card.grab().isNull()
            picture = card.picture()
            assert picture is not None
            assert not picture.image().isNull()
    page.bar._table.click()
    assert rows_of(page.tables._by_day.model())


@pytest.mark.parametrize("name", ["all outside", "all unclassified", "without minutes"])
def test_nothing_but_the_rest_gives_no_percentage(page_of: PageOf, name: str) -> None:
    page = page_of(JOURNALS[name], Span.YEAR)
    for card in page.cards:
        assert "%" not in card.chart.accessibleDescription()
        assert not any("%" in mark.tip for mark in card.chart.marks())
    assert page.trailing.chart.accessibleDescription() == page.trailing.chart.thin_words()
