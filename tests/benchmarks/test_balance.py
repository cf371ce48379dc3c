"""Balance over ten years: the first paint, and another period."""

from datetime import timedelta
from functools import partial
from statistics import median

import pytest
from PySide6.QtWidgets import QApplication

from kotter_journal.domain.balance import balance_of
from kotter_journal.domain.periods import Period, Span, period_of
from kotter_journal.domain.working_time import WorkingTime
from kotter_journal.gui.balance.page import BalancePage
from kotter_journal.storage import day_totals
from kotter_journal.storage.connection import connect
from kotter_journal.storage.journal import DATABASE
from tests.benchmarks.figures import Report, Row, at_most, in_turns, milliseconds, p95
from tests.benchmarks.journals import LAST_DAY, SIZES, Journals
from tests.benchmarks.window import Window, heartbeat, live, painted, window

pytestmark = pytest.mark.benchmark
_END = LAST_DAY + timedelta(days=1)
TEN_YEARS = Period(_END.replace(year=_END.year - 10), _END)


@pytest.mark.parametrize("size", SIZES)
def test_sums_of_ten_years(journals: Journals, report: Report, size: int) -> None:
    journal = journals.opened(size)
    file, key = journal.folder / DATABASE, journal.vault.database_key
    raw, door = connect(file, key, read_only=True, unchanging=False), journal.reading()
    days = (TEN_YEARS.start.toordinal(), TEN_YEARS.end.toordinal())

    def by_hand() -> float:
        asked = "SELECT * FROM day_total WHERE day >= ? AND day < ? ORDER BY day"
        return milliseconds(lambda: raw.execute(asked, days).fetchall())

    def by_storage() -> float:
        def read() -> None:
            with door.transaction() as tx:
                found = day_totals.day_minutes(tx, TEN_YEARS.start, TEN_YEARS.end)
            balance_of(TEN_YEARS, found, WorkingTime())

        return milliseconds(read)

    limits, times = in_turns(15, by_hand, by_storage)
    report.add(
        Row(
            what="sums of ten years",
            entries=size,
            figure=median(times),
            limit=median(limits),
            limit_is="the same rows by the driver alone",
        )
    )
    door.close()
    raw.close()
    journal.close()


@pytest.mark.parametrize("size", SIZES)
def test_balance_page(qapp: QApplication, journals: Journals, report: Report, size: int) -> None:
    first: list[float] = []
    for _ in range(3):
        with window(qapp, journals.copy(size), journals.keys) as program:
            page = _balance(program)
            page.bar.blockSignals(True)
            page.bar.choose(None, TEN_YEARS)
            page.bar.blockSignals(False)
            with painted(page.headline) as paints:
                first.append(paints.after(partial(program.shown.show_page, 2)))
            program.settle()
    with window(qapp, journals.copy(size), journals.keys) as program:
        page = _balance(program)
        program.shown.show_page(2)
        program.settle()
        with painted(page.headline) as paints, heartbeat() as gaps:
            again, changed = [], []
            for steps in range(12):
                span = Period(TEN_YEARS.start + timedelta(days=steps), TEN_YEARS.end)
                again.append(paints.after(partial(page.bar.choose, None, span)))
                live(0.02)
            page.bar.choose(Span.YEAR, period_of(Span.YEAR, LAST_DAY))
            live(0.1)
            for _ in range(3):
                changed.append(paints.after(lambda: page.bar.step(-1)))
                live(0.02)
            page.bar.choose(Span.FOUR_WEEKS, period_of(Span.FOUR_WEEKS, LAST_DAY))
            live(0.1)
            for _ in range(20):
                changed.append(paints.after(lambda: page.bar.step(-1)))
                live(0.02)
    for what, figure, most in (
        ("Balance, ten years, first paint", median(first), 100),
        ("Balance, another ten years, paint, median", median(again), 50),
        ("Balance, another year or four weeks, paint, p95", p95(changed), 50),
        ("longest gap on the GUI thread in Balance", max(gaps), 50),
    ):
        report.add(Row(what=what, entries=size, figure=figure, goals=(at_most(most),)))


def _balance(program: Window) -> BalancePage:
    pages = program.workspace.pages
    assert pages is not None
    return pages.balance
