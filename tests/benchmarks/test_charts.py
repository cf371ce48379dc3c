"""Each chart of the Balance page over ten years, and what the rules of Today read."""

from functools import partial
from statistics import median

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from kotter_journal.domain.reviews import ReviewSpan, review_period
from kotter_journal.gui.balance.figures import Asked, read_figures
from kotter_journal.services.insights import todays_insights
from kotter_journal.services.reviews import look_back
from kotter_journal.storage import day_totals
from kotter_journal.storage.tag_counts import counts_between
from tests.benchmarks.figures import Report, Row, at_most, in_turns, milliseconds
from tests.benchmarks.journals import LAST_DAY, SIZES, Journals
from tests.benchmarks.test_balance import TEN_YEARS
from tests.benchmarks.window import window

pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize("size", SIZES)
def test_queries(journals: Journals, report: Report, size: int) -> None:
    journal = journals.opened(size)
    door = journal.reading()
    asked = Asked(TEN_YEARS, LAST_DAY, None, 0)
    quarter = review_period(ReviewSpan.QUARTER, LAST_DAY)

    def days() -> float:
        return _in_door(lambda tx: day_totals.day_minutes(tx, TEN_YEARS.start, TEN_YEARS.end))

    def _in_door(ask):  # type: ignore[no-untyped-def]
        def read() -> None:
            with door.transaction() as tx:
                ask(tx)

        return milliseconds(read)

    for what, ask in (
        ("all that the Balance page reads, ten years", lambda tx: read_figures(tx, asked)),
        (
            "entries by activity, ten years",
            lambda tx: counts_between(tx, TEN_YEARS.start, TEN_YEARS.end),
        ),
        ("insights of today", lambda tx: todays_insights(tx, LAST_DAY)),
        (
            "look back at a quarter",
            lambda tx: look_back(tx, ReviewSpan.QUARTER, quarter, LAST_DAY),
        ),
    ):
        limits, times = in_turns(9, days, partial(_in_door, ask))
        report.add(
            Row(
                what=what,
                entries=size,
                figure=median(times),
                limit=median(limits),
                limit_is="the days of ten years alone",
            )
        )
    door.close()
    journal.close()


@pytest.mark.parametrize("size", SIZES)
def test_painting(qapp: QApplication, journals: Journals, report: Report, size: int) -> None:
    with window(qapp, journals.copy(size), journals.keys) as program:
        pages = program.workspace.pages
        assert pages is not None
        page = pages.balance
        page.bar.choose(None, TEN_YEARS)
        program.shown.show_page(2)
        program.settle()
        page._show_rest()
        program.settle()
        for name, card in page._named_cards.items():
            chart = card.chart
            image = QImage(chart.size(), QImage.Format.Format_ARGB32_Premultiplied)

            def paint(chart=chart, image=image) -> None:  # type: ignore[no-untyped-def]
                chart.refresh()
                chart.marks()
                with QPainter(image) as painter:
                    chart.paint_on(painter, QRectF(chart.rect()))

            times = [milliseconds(paint) for _ in range(15)]
            report.add(
                Row(
                    what=f"laying out and painting: {name}",
                    entries=size,
                    figure=median(times),
                    goals=(at_most(16),),
                )
            )
