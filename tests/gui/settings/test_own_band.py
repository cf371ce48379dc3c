"""The section that keeps the user's own band, and takes it back."""

from datetime import date

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.working_time import Band, band_on
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.settings.own_band import OwnBandSection
from kotter_journal.storage.working_time import bands
from tests.gui.conftest import NOW

TODAY = NOW.date()


@pytest.fixture
def section(session: JournalSession, window: QWidget, qtbot: QtBot) -> OwnBandSection:
    made = OwnBandSection(session, window)
    qtbot.waitUntil(lambda: session.idle)
    return made


def rows(section: OwnBandSection) -> list[str]:
    """The texts of the bands that can be taken back."""
    items = [section.bands.itemAt(rank) for rank in range(section.bands.count())]
    widgets = [item.widget() for item in items if item is not None]
    return [one.findChildren(QLabel)[0].text() for one in widgets if one is not None]


def held_on(session: JournalSession, day: date) -> Band | None:
    return band_on(session.read(bands), day)


def test_there_is_none_by_default(section: OwnBandSection, session: JournalSession) -> None:
    assert rows(section) == []
    assert held_on(session, TODAY) is None


def test_a_band_holds_from_its_date_on(
    section: OwnBandSection, session: JournalSession, qtbot: QtBot
) -> None:
    section.since.setDate(QDate(2026, 3, 2))
    section.low.setValue(40)
    section.high.setValue(55)
    section.keep_button.click()
    qtbot.waitUntil(lambda: rows(section) == ["From 2 March 2026: 40–55 % leading"])
    section.since.setDate(QDate(2026, 5, 4))
    section.none_button.click()
    qtbot.waitUntil(lambda: rows(section)[1:] == ["From 4 May 2026: no band"])
    then = held_on(session, date(2026, 4, 1))
    assert then is not None
    assert (then.low, then.high) == (40, 55)
    assert held_on(session, date(2026, 3, 1)) is None
    assert held_on(session, TODAY) is None


def test_keeping_and_taking_back_can_be_undone(section: OwnBandSection, qtbot: QtBot) -> None:
    kept = ["From 14 May 2026: 30–45 % leading"]
    with qtbot.waitSignal(section.told) as told:
        section.keep_button.click()
    assert told.args is not None
    qtbot.waitUntil(lambda: rows(section) == kept)
    told.args[1]()
    qtbot.waitUntil(lambda: rows(section) == [])
    section.keep_button.click()
    qtbot.waitUntil(lambda: rows(section) == kept)
    button = section.findChild(QPushButton, "take_back")
    assert button is not None
    assert button.accessibleName() == f"Take back: {kept[0]}"
    with qtbot.waitSignal(section.told, check_params_cb=lambda text, _: "taken" in text) as told:
        button.click()
    assert told.args is not None
    qtbot.waitUntil(lambda: rows(section) == [])
    told.args[1]()
    qtbot.waitUntil(lambda: rows(section) == kept)


def test_a_band_that_is_none_is_refused_with_the_reason(
    section: OwnBandSection, session: JournalSession, qtbot: QtBot
) -> None:
    section.low.setValue(60)
    section.keep_button.click()
    qtbot.waitUntil(lambda: not section.words.isHidden())
    assert section.words.text() == (
        "60-45 %: a band goes from a lower to a higher share between 0 and 100 %."
    )
    assert held_on(session, TODAY) is None
