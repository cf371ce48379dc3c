"""A Balance page over a journal that holds nothing but days."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kotter_journal.domain.balance import DayMinutes
from kotter_journal.domain.periods import Span, period_of
from kotter_journal.domain.working_time import Band, WorkingTime
from kotter_journal.gui import theme
from kotter_journal.gui.balance import figures
from kotter_journal.gui.balance import page as balance_page
from kotter_journal.gui.balance.page import BalancePage
from kotter_journal.storage import day_totals
from kotter_journal.storage import working_time as working_rows
from tests.gui.balance.days import THURSDAY
from tests.gui.balance.reading import whole


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """A light theme in force, put back to light at 100 % afterwards."""
    made = theme.Theme("light")
    made.apply(qapp)
    yield made
    made.scheme, made.text_size = "light", 100


class DaysSession(QObject):
    """Answers for a journal that holds nothing but days."""

    changed = Signal(object)
    failed = Signal(object)
    read_only = False

    def __init__(self, days: Sequence[DayMinutes]) -> None:
        super().__init__()
        self.days = list(days)
        self.reads = 0
        self.present = THURSDAY

    def today(self) -> date:
        return self.present

    def read(self, ask: Callable[[Any], Any]) -> Any:
        self.reads += 1
        return ask(self.days)

    def run(self, ask: object, **_: object) -> None:
        """Counts of entries are asked for, and never come."""


@dataclass
class Known:
    """What else the journal says: the user's bands, and which days count."""

    bands: list[Band] = field(default_factory=list)
    working: WorkingTime = field(default_factory=WorkingTime)


@pytest.fixture
def known() -> Known:
    """To be changed by a test before it makes a page."""
    return Known()


@pytest.fixture
def page_of(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, known: Known
) -> Callable[..., BalancePage]:
    """Makes a page over a journal with the given days, shown at 1280 x 1000."""

    def between(days: list[DayMinutes], start: date, end: date) -> list[DayMinutes]:
        return [d for d in days if start <= d.on < end]

    def first_and_last(days: list[DayMinutes]) -> tuple[date, date] | None:
        return (days[0].on, days[-1].on) if days else None

    monkeypatch.setattr(day_totals, "day_minutes", between)
    monkeypatch.setattr(day_totals, "first_and_last", first_and_last)
    monkeypatch.setattr(figures, "working_time", lambda _tx, _period: known.working)
    monkeypatch.setattr(working_rows, "bands", lambda _tx: tuple(known.bands))
    monkeypatch.setattr(balance_page, "captions", lambda _tx, _period: {})

    def make(days: Sequence[DayMinutes], span: Span = Span.FOUR_WEEKS) -> BalancePage:
        session = DaysSession(days)
        page = BalancePage(session)  # type: ignore[arg-type]
        session.setParent(page)
        qtbot.addWidget(page)
        page.bar.choose(span, period_of(span, THURSDAY))
        page.resize(1280, 1000)
        page.show()
        return whole(page, qtbot) if page.empty.isHidden() else page

    return make
