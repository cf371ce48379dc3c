"""Every chart's numbers are those of the table, and of the command line."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from kotter_journal.domain.activities import PAIRS, Activity
from kotter_journal.domain.balance_figures import figures_of
from kotter_journal.domain.balance_sentences import period_text
from kotter_journal.domain.periods import Span
from kotter_journal.domain.sentences import minutes_text
from kotter_journal.gui.balance.buckets import Bucket
from kotter_journal.gui.balance.page import BalancePage
from tests.gui.balance.days import THURSDAY, days_until
from tests.gui.balance.reading import rows_of, tips

PageOf = Callable[..., BalancePage]
_HORIZONTAL = Qt.Orientation.Horizontal


@pytest.fixture
def page(page_of: PageOf) -> BalancePage:
    made = page_of(days_until(THURSDAY, 80), Span.TWELVE_WEEKS)
    made.bar._table.click()
    return made


def first_cells(page: BalancePage) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in rows_of(page.tables._activities.model())}


def test_the_split_and_the_rows(page: BalancePage) -> None:
    cells = first_cells(page)
    for tip in tips(page.headline.split):
        name, _, rest = tip.partition(": ")
        hours, _, percent = rest.partition(", ")
        assert cells[name][:2] == [hours, percent]
    for tip in tips(page.rows):
        name, _, rest = tip.partition(": ")
        hours, _, percent = rest.partition(", ")
        assert cells[name][:2] == [hours, percent.removesuffix(" of the six")]


def test_the_pairs(page: BalancePage) -> None:
    cells, said = first_cells(page), page.pairs.accessibleDescription()
    for tip in tips(page.pairs):
        name, _, hours = tip.partition(": ")
        assert cells[name][0] == hours
    for pair, words in zip(PAIRS, said.split("; "), strict=True):
        share = words.rpartition(", ")[2]
        assert cells[f"{pair.label} (both)"][1] == share


def test_the_bars_over_time(page: BalancePage) -> None:
    rows = rows_of(page.tables._over_time.model())
    names = {"Logged": 1, "Not yet classified": -3}
    order = [page.tables._over_time.model().headerData(n, _HORIZONTAL) for n in range(14)]
    names |= {a.label: order.index(a.short_label) for a in Activity}
    for row, tip in zip(rows, tips(page.over_time.chart), strict=True):
        when, *lines = tip.split("\n")
        assert when == row[0]
        for line in lines:
            name, found, hours = line.partition(": ")
            if found:
                assert row[names[name]] == hours.partition(" on ")[0]
            else:
                assert line.startswith(row[-1])


def test_the_table_says_what_the_command_line_says(page: BalancePage) -> None:
    basis = page.headline.basis
    assert basis is not None
    figures, cells = figures_of(basis), first_cells(page)
    for activity in Activity:
        assert cells[activity.label][0] == minutes_text(figures["minutes"][activity.value])
    for activity, percent in figures["percent"].items():
        assert cells[Activity(activity).label][1] == f"{percent} %"
    assert cells["Leading"][1] == f"{round(100 * figures['share'])} %"
    assert cells["All logged"][0] == minutes_text(figures["logged_minutes"])
    assert cells["All logged"][2] == str(figures["entries"])


def test_a_bucket_is_named_as_its_row(page: BalancePage) -> None:
    assert page._figures is not None
    buckets: list[Bucket] = page._figures.buckets
    rows = rows_of(page.tables._over_time.model())
    assert [row[0] for row in rows] == [period_text(one.period) for one in buckets]
