"""The owner's own sentence to a chart: of one period, on every picture, and taken away again."""

import re
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, EntryDraft, begin
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.gui.balance.caption_dialog import CaptionDialog
from kotter_journal.gui.balance.page import BalancePage
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.captions import set_caption
from kotter_journal.services.entries import write_entries
from tests.gui.balance.days import THURSDAY
from tests.gui.balance.reading import whole
from tests.gui.conftest import NOW


@pytest.fixture
def page(session: JournalSession, qtbot: QtBot) -> BalancePage:
    """The four weeks of a journal with an entry a day in sixty days."""
    given = (Allocation(Activity.ALIGNING_PEOPLE, 60),)
    drafts = [
        EntryDraft(on=THURSDAY - timedelta(days=n), body="Talk", duration=60, allocations=given)
        for n in range(60)
    ]
    written = [begin(one, NOW, n) for n, one in enumerate(drafts)]
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entries(tx, written), owner=session)
    made = BalancePage(session)
    qtbot.addWidget(made)
    made.resize(1280, 1000)
    made.show()
    return whole(made, qtbot)


def says(qtbot: QtBot, page: BalancePage, words: str) -> None:
    """Type a sentence to the three pairs by keyboard."""
    page.pairs_card.ask_caption()
    dialog = next(d for d in page.window().findChildren(CaptionDialog) if d.isVisible())
    dialog.text.selectAll()
    if words:
        qtbot.keyClicks(dialog.text, words)
    else:
        qtbot.keyClick(dialog.text, Qt.Key.Key_Delete)
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.pairs_card.caption.text() == words)


def test_it_stands_below_the_chart_and_on_its_picture(qtbot: QtBot, page: BalancePage) -> None:
    says(qtbot, page, "Two launches in one month")
    assert not page.pairs_card.caption.isHidden()
    assert page.rows_card.caption.isHidden()
    picture = page.pairs_card.picture()
    assert picture is not None
    told = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", picture.svg().decode()))
    assert "Two launches in one month" in told


def test_it_belongs_to_its_period(qtbot: QtBot, page: BalancePage) -> None:
    says(qtbot, page, "Two launches")
    page.bar.step(-1)
    assert page.pairs_card.caption.text() == ""
    page.bar.step(1)
    assert page.pairs_card.caption.text() == "Two launches"


def test_an_empty_one_takes_it_away(qtbot: QtBot, page: BalancePage) -> None:
    says(qtbot, page, "Two launches")
    says(qtbot, page, "")
    assert page.pairs_card.caption.isHidden()


def test_a_book_is_refused(page: BalancePage) -> None:
    def tell(tx: object) -> None:
        set_caption(tx, "pairs", page.bar.period, "x" * 501, NOW)  # type: ignore[arg-type]

    with pytest.raises(UnreadableInput, match="500 fit"):
        page._session.read(tell)
