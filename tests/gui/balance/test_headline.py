"""The headline: the user's own band under the split, and how its figures are computed."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kotter_journal.domain.periods import Span, period_of
from kotter_journal.domain.working_time import Band
from kotter_journal.gui import theme
from kotter_journal.gui.balance.figures import so_far
from kotter_journal.gui.balance.how_dialog import HowDialog
from kotter_journal.gui.balance.page import BalancePage
from tests.gui.balance.conftest import Known
from tests.gui.balance.days import THURSDAY, day, days_until

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

PageOf = Callable[..., BalancePage]


def words_of(page: BalancePage) -> str:
    labels = page.headline.findChildren(QLabel)
    return " | ".join(one.text() for one in labels if one.isVisible())


def test_without_a_band_nothing_is_said_or_drawn(page_of: PageOf) -> None:
    page = page_of(days_until(THURSDAY, 12))
    assert "band" not in words_of(page)
    assert page.headline.split.sizeHint().height() == 52


def test_the_band_is_a_bracket_and_a_plain_fact(page_of: PageOf, known: Known) -> None:
    known.bands = [Band(date(2026, 1, 1), 20, 30)]
    page = page_of([day(one.on, 60, 0, 0, 60) for one in days_until(THURSDAY, 12)])
    said = "Your band 20–30 %; the range 50 % (12 days, 24 h) lies above it."
    assert said in words_of(page)
    assert said in page.headline.split.accessibleDescription()
    assert page.headline.split.marks()[-1].tip == said
    page._grid.activate()
    split = page.headline.split
    image = split.grab().toImage()
    row = image.height() - 4
    found = [x for x in range(image.width()) if image.pixelColor(x, row) == theme.tokens().accent]
    assert min(found) == pytest.approx(0.20 * split.width(), abs=3)
    assert max(found) == pytest.approx(0.30 * split.width(), abs=3)


def test_an_old_period_is_held_against_the_band_of_then(page_of: PageOf, known: Known) -> None:
    known.bands = [Band(date(2026, 1, 1), 20, 30), Band(date(2026, 5, 1), 40, 50)]
    page = page_of(days_until(THURSDAY, 80))
    assert "Your band 40–50 % (from 1 May 2026 on)" in words_of(page)
    page.bar.choose(Span.FOUR_WEEKS, period_of(Span.FOUR_WEEKS, date(2026, 4, 20)))
    assert "Your band 20–30 %; " in words_of(page)


def test_too_little_is_not_held_against_a_band(page_of: PageOf, known: Known) -> None:
    known.bands = [Band(date(2026, 1, 1), 20, 30)]
    page = page_of(days_until(THURSDAY, 3))
    assert "band" not in words_of(page)


@pytest.mark.parametrize(("low", "high"), [(0, 3), (97, 100), (0, 100), (44, 48)])
def test_a_narrow_band_has_its_figures_beside_it(
    page_of: PageOf, known: Known, low: int, high: int
) -> None:
    known.bands = [Band(date(2026, 1, 1), low, high)]
    page = page_of(days_until(THURSDAY, 12))
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        page.setLayoutDirection(direction)
        assert not page.headline.split.grab().isNull()


@pytest.mark.parametrize("name", ["headline", "pairs_card", "over_time", "trailing"])
def test_how_it_is_computed_is_asked_with_the_keyboard_and_leads_to_entries(
    page_of: PageOf, qtbot: QtBot, name: str
) -> None:
    page = page_of(days_until(THURSDAY, 60))
    card = getattr(page, name)
    QTest.keyClick(card.how_button, Qt.Key.Key_Space)
    dialog = page.window().findChild(HowDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert any(" = " in sentence or "sums" in sentence for sentence in dialog.sentences)
    button = dialog.findChild(QPushButton, "show_entries")
    assert button is not None
    with qtbot.waitSignal(page.activity_chosen) as asked:
        button.click()
    assert asked.args == [None, so_far(period_of(Span.FOUR_WEEKS, THURSDAY), THURSDAY)]
    assert not dialog.isVisible()


def test_every_card_says_how_it_is_computed(page_of: PageOf) -> None:
    page = page_of(days_until(THURSDAY, 12))
    assert all(card.how_button.isVisible() for card in page.cards)


def test_days_to_come_are_no_part_of_what_is_computed(page_of: PageOf) -> None:
    page = page_of(days_until(THURSDAY, 12))
    basis = page.headline.basis
    assert basis is not None
    assert basis.period.last == THURSDAY
    assert basis.period.start == THURSDAY - timedelta(days=24)
