import itertools
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.balance import balance_of
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import Allocation, EntryDraft, begin
from kotter_journal.domain.periods import Period, Span, period_of
from kotter_journal.domain.working_time import WorkingTime
from kotter_journal.gui import theme
from kotter_journal.gui.balance.axis import ticks_for
from kotter_journal.gui.balance.buckets import MOST_BARS, Step, buckets_of
from kotter_journal.gui.balance.figures import so_far
from kotter_journal.gui.balance.page import BalancePage
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.entries import write_entry
from tests.gui.balance.days import THURSDAY, day, days_until

# A tool tip raises itself, which the offscreen platform cannot.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)


def words_on(widget: QWidget) -> str:
    """Every visible label of a widget, in one string."""
    return " | ".join(x.text() for x in widget.findChildren(QLabel) if x.isVisible() and x.text())


def test_ten_days_show_both_percentages_with_their_hours(
    page_of: Callable[..., BalancePage],
) -> None:
    page = page_of([day(d.on, 60, 0, 0, 60, 60) for d in days_until(THURSDAY, 12)])
    words = words_on(page.headline)
    assert "33\u202f%" in words
    assert "67\u202f%" in words
    assert "12 h" in words
    assert "24 h" in words
    assert "rovisional" not in words


def test_five_to_nine_days_are_marked_as_provisional(page_of: Callable[..., BalancePage]) -> None:
    page = page_of(days_until(THURSDAY, 7))
    assert "Provisional" in words_on(page.headline)
    assert "\u202f%" in words_on(page.headline)


def test_too_little_is_said_in_a_sentence_and_shown_in_hours_only(
    page_of: Callable[..., BalancePage],
) -> None:
    page = page_of([day(d.on, 60, 0, 0, 30) for d in days_until(THURSDAY, 4)])
    words = words_on(page.headline)
    assert "too little to speak of a balance" in words
    assert "\u202f%" not in words
    for chart in (page.headline.split, page.pairs, page.rows, page.over_time.chart):
        assert "%" not in chart.accessibleDescription()
        assert not any("%" in mark.tip for mark in chart.marks())


def test_outside_and_unclassified_hours_stand_beside_the_share(
    page_of: Callable[..., BalancePage],
) -> None:
    days = [day(d.on, 60, 0, 0, 60, 0, 0, 30, extra=15) for d in days_until(THURSDAY, 12)]
    words = words_on(page_of(days).headline)
    assert "Outside the six 6 h" in words
    assert "Not yet classified 3 h" in words


def test_only_four_weeks_are_held_against_those_before(page_of: Callable[..., BalancePage]) -> None:
    page = page_of(days_until(THURSDAY, 80))
    assert "4 weeks before" in words_on(page.headline)
    page.bar.choose(Span.TWELVE_WEEKS, period_of(Span.TWELVE_WEEKS, THURSDAY))
    assert "before" not in words_on(page.headline)


def test_days_still_to_come_are_not_missing(page_of: Callable[..., BalancePage]) -> None:
    page = page_of(days_until(THURSDAY, 4), Span.WEEK)
    assert "4 of 4 workdays" in words_on(page.headline)
    assert so_far(period_of(Span.WEEK, THURSDAY), THURSDAY).days == 4


def test_a_hidden_page_waits_with_reading(page_of: Callable[..., BalancePage]) -> None:
    page = page_of(days_until(THURSDAY, 12))
    session: Any = page._session
    page.hide()
    before = session.reads
    session.changed.emit(Changes())
    assert session.reads == before
    page.show()
    assert session.reads == before + 1


def test_a_new_day_moves_a_running_period(page_of: Callable[..., BalancePage]) -> None:
    page = page_of(days_until(THURSDAY, 12), Span.WEEK)
    session: Any = page._session
    session.present = THURSDAY + timedelta(days=7)
    page.hide()
    page.show()
    assert page.bar.period == period_of(Span.WEEK, session.present)


def test_an_activity_leads_to_its_entries(
    page_of: Callable[..., BalancePage], qtbot: QtBot
) -> None:
    page = page_of(days_until(THURSDAY, 12))
    with qtbot.waitSignal(page.activity_chosen) as asked:
        page.rows.chosen.emit(Activity.ALIGNING_PEOPLE)
    assert asked.args is not None
    assert asked.args[0] is Activity.ALIGNING_PEOPLE
    assert THURSDAY in asked.args[1]


def test_a_bar_leads_to_the_entries_of_its_week(
    page_of: Callable[..., BalancePage], qtbot: QtBot
) -> None:
    page = page_of(days_until(THURSDAY, 12))
    chart = page.over_time.chart
    chart.go_to(len(chart.marks()) - 1)
    with qtbot.waitSignal(page.activity_chosen) as asked:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert asked.args == [None, period_of(Span.WEEK, THURSDAY)]


def test_the_table_holds_the_numbers_of_the_charts(page_of: Callable[..., BalancePage]) -> None:
    page = page_of(days_until(THURSDAY, 12))
    page.bar._table.click()
    assert page.tables.isVisible()
    assert not page.headline.isVisible()
    model = page.tables._activities.model()
    cells = {model.index(r, 0).data(): model.index(r, 1).data() for r in range(model.rowCount())}
    for mark in page.rows.marks():
        name, _, rest = mark.tip.partition(": ")
        assert cells[name] == rest.split(",")[0]


def test_the_tables_are_sound_models(
    page_of: Callable[..., BalancePage], qtmodeltester: Any
) -> None:
    page = page_of(days_until(THURSDAY, 12))
    page.bar._table.click()
    qtmodeltester.check(page.tables._activities.model())
    qtmodeltester.check(page.tables._over_time.model())


def test_an_empty_period_says_what_to_do_and_where_entries_are(
    page_of: Callable[..., BalancePage],
) -> None:
    long_ago = date(2024, 3, 6)
    page = page_of([day(long_ago, 60)])
    assert "Write what you did" in words_on(page.empty)
    page.empty._back.click()
    assert long_ago in page.bar.period
    assert not page.empty.isVisible()


def test_a_new_journal_offers_no_way_back(page_of: Callable[..., BalancePage]) -> None:
    page = page_of([])
    assert page.empty.isVisible()
    assert not page.empty._back.isVisible()


def test_the_arrows_move_by_one_span_and_stop_at_the_present(
    page_of: Callable[..., BalancePage],
) -> None:
    page = page_of(days_until(THURSDAY, 80), Span.WEEK)
    assert not page.bar._later.isEnabled()
    page.bar._earlier.click()
    assert page.bar.period == period_of(Span.WEEK, THURSDAY - timedelta(days=7))
    page.bar._later.click()
    assert page.bar.period == period_of(Span.WEEK, THURSDAY)


def test_two_dates_of_ones_own_never_cross(page_of: Callable[..., BalancePage]) -> None:
    page = page_of(days_until(THURSDAY, 80))
    page.bar._spans.chosen.emit(None)
    page.bar._first.setDate(QDate(2026, 6, 1))
    assert page.bar.period == Period(date(2026, 6, 1), date(2026, 6, 2))
    page.bar._last.setDate(QDate(2026, 1, 15))
    assert page.bar.period == Period(date(2026, 1, 15), date(2026, 1, 16))


def test_everything_that_takes_the_focus_has_a_name(page_of: Callable[..., BalancePage]) -> None:
    page = page_of(days_until(THURSDAY, 30))
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


@pytest.mark.parametrize("width", [1024, 1280, 1600])
@pytest.mark.parametrize("percent", [90, 150])
def test_nothing_is_cut_off_sideways(
    page_of: Callable[..., BalancePage],
    look: theme.Theme,
    qtbot: QtBot,
    width: int,
    percent: int,
) -> None:
    look.text_size = percent
    page = page_of(days_until(THURSDAY, 60), Span.TWELVE_WEEKS)
    page.resize(width, 900)
    qtbot.waitUntil(lambda: page.headline.width() <= width)


@pytest.mark.parametrize(
    "length", [1, 7, 13, 14, 28, 84, 365, 7 * MOST_BARS, 1000, 3653, 20_000, 200_000]
)
def test_buckets_follow_one_another_without_gap(length: int) -> None:
    start = date(1900, 1, 3)
    whole = Period(start, start + timedelta(days=length))
    balance = balance_of(whole, [day(start, 30), day(whole.last, 45)], WorkingTime())
    buckets = buckets_of(balance, whole)
    assert buckets[0].period.start == whole.start
    assert buckets[-1].period.end == whole.end
    for before, after in itertools.pairwise(buckets):
        assert before.period.end == after.period.start
    assert sum(bucket.balance.logged for bucket in buckets) == balance.logged
    assert len(buckets) <= MOST_BARS + 2 or buckets[0].step is Step.YEAR


def test_a_bucket_to_come_expects_nothing() -> None:
    whole = period_of(Span.YEAR, THURSDAY)
    balance = balance_of(so_far(whole, THURSDAY), [day(THURSDAY, 30)], WorkingTime())
    assert buckets_of(balance, whole)[-1].balance.expected == 0


@pytest.mark.parametrize("most", [1, 15, 60, 61, 299, 480, 2400, 9_999, 1_000_000, 9_000_000])
def test_ticks_start_at_zero_and_reach_the_top_evenly(most: int) -> None:
    ticks = ticks_for(most)
    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert {after - before for before, after in itertools.pairwise(ticks)} == {ticks[1]}
    assert len(ticks) <= 6


@pytest.mark.benchmark
def test_a_year_is_painted_without_a_pause(page_of: Callable[..., BalancePage]) -> None:
    page = page_of(days_until(THURSDAY, 2600), Span.YEAR)
    page.bar.choose(Span.YEAR, period_of(Span.YEAR, date(2025, 6, 1)))
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        page.over_time.chart.grab()
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.05


def test_what_is_written_shows_up_at_once(
    session: JournalSession, look: theme.Theme, qtbot: QtBot
) -> None:
    page = BalancePage(session)
    qtbot.addWidget(page)
    page.show()
    assert page.empty.isVisible()
    draft = EntryDraft(
        on=session.today(),
        duration=45,
        allocations=(Allocation(Activity.ALIGNING_PEOPLE, 45),),
        body="Talked with operations",
    )
    entry = begin(draft, session.now(), 1)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, entry), owner=page)
    assert not page.empty.isVisible()
    assert "Aligning people: 45 m" in page.rows.accessibleDescription()


@pytest.mark.parametrize("shares", [False, True])
@pytest.mark.parametrize("span", list(Span))
def test_every_span_paints_in_both_directions_and_units(
    page_of: Callable[..., BalancePage], span: Span, shares: bool
) -> None:
    page = page_of(days_until(THURSDAY, 200), span)
    page.over_time._on_unit(shares)
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert not page.grab().isNull()
