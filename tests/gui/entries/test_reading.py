"""Reading: entries one below the other at any size of journal, on paper, and from earlier years."""

from array import array
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, EntryDraft, begin
from kotter_journal.domain.search import parse_query
from kotter_journal.gui.entries.earlier_years import EarlierYears
from kotter_journal.gui.entries.reading_page import ReadingPage, Stretch
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services.entries import write_entries
from kotter_journal.storage import entries
from tests.gui.conftest import NOW

COUNT = 300


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, session: JournalSession) -> Iterator[ReadingPage]:
    """The page over 300 days with an entry each, the last one today."""
    made = []
    for number in range(COUNT):
        day = NOW.date() - timedelta(days=COUNT - 1 - number)
        made.append(
            begin(
                EntryDraft(
                    on=day,
                    title=f"Entry {number}",
                    body=f"First paragraph of {number}.\n\n- one\n- two\n\n" + "words " * 60,
                    duration=30,
                    allocations=(Allocation(Activity.ALIGNING_PEOPLE, 30),),
                ),
                NOW,
                number,
            )
        )
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entries(tx, made), owner=session)
    shown = ReadingPage(session)
    qtbot.addWidget(shown)
    shown.resize(1024, 640)
    shown.show()
    yield shown
    shown.close()


def read(qtbot: QtBot, page: ReadingPage, session: JournalSession, day: date) -> None:
    """Show everything round a day, and wait for it."""
    page.show_day(day, Stretch.EVERYTHING)
    qtbot.waitUntil(lambda: session.idle and page.text.laid_out() > 0)


def current(page: ReadingPage, session: JournalSession) -> str:
    """The title of the entry at the top of the screen."""
    entry_id = page.text.current_id()
    assert entry_id is not None
    return session.read(lambda tx: entries.entry(tx, entry_id)).title or ""


def test_it_begins_at_the_day_and_lays_out_only_what_is_near(
    qtbot: QtBot, page: ReadingPage, session: JournalSession
) -> None:
    read(qtbot, page, session, NOW.date() - timedelta(days=150))
    assert current(page, session) == f"Entry {COUNT - 151}"
    assert page.text.laid_out() <= 64
    assert page.count.text() == "300 entries"


def test_reading_on_and_back_keeps_the_place_and_never_grows(
    qtbot: QtBot, page: ReadingPage, session: JournalSession
) -> None:
    read(qtbot, page, session, NOW.date() - timedelta(days=150))
    bar, seen = page.text.verticalScrollBar(), []
    for step in (1, -1):
        for _ in range(250):
            before = page.text.current_position()
            bar.setValue(bar.value() + step * 200)
            after = page.text.current_position()
            assert before is not None
            assert after is not None
            assert (after - before) * step >= 0
            assert page.text.laid_out() <= 64 + 8
            seen.append(after)
    assert len(set(seen)) > 50


def test_n_and_p_go_by_entries_and_home_and_end_to_the_ends(
    qtbot: QtBot, page: ReadingPage, session: JournalSession
) -> None:
    read(qtbot, page, session, NOW.date() - timedelta(days=150))
    found = []
    for key in (Qt.Key.Key_N, Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_Home):
        qtbot.keyClick(page.text, key)
        found.append(current(page, session))
    assert found == ["Entry 150", "Entry 151", "Entry 150", "Entry 0"]
    qtbot.keyClick(page.text, Qt.Key.Key_End)
    assert "Entry 299" in page.text.document().toRawText()


def test_what_is_read_says_date_minutes_and_text(
    qtbot: QtBot, page: ReadingPage, session: JournalSession
) -> None:
    read(qtbot, page, session, NOW.date() - timedelta(days=2))
    text = page.text.document().toRawText()
    for words in ("Tuesday 12 May 2026", "Entry 297", "30 m", "■ Aligning people 30 m", "one"):
        assert words in text


def test_enter_edits_and_esc_leaves(
    qtbot: QtBot, page: ReadingPage, session: JournalSession
) -> None:
    read(qtbot, page, session, NOW.date() - timedelta(days=10))
    with qtbot.waitSignal(page.chosen) as chosen:
        qtbot.keyClick(page.text, Qt.Key.Key_Return)
    assert chosen.args == [page.text.current_id()]
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page.text, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("stretch", "count"),
    [(Stretch.DAY, 1), (Stretch.WEEK, 7), (Stretch.MONTH, 30), (Stretch.EVERYTHING, COUNT)],
)
def test_a_stretch_of_days(
    qtbot: QtBot, page: ReadingPage, session: JournalSession, stretch: Stretch, count: int
) -> None:
    page.show_day(date(2026, 4, 15), stretch)
    qtbot.waitUntil(lambda: session.idle and len(page._found) == count)


def test_what_a_search_found(qtbot: QtBot, page: ReadingPage, session: JournalSession) -> None:
    query = parse_query('"paragraph of 7"', NOW.date())
    page.show_query(query, "paragraph of 7")
    qtbot.waitUntil(lambda: session.idle and len(page._found) == 1)
    assert "paragraph of 7" in page.heading.text()


def test_nothing_to_read_says_so(qtbot: QtBot, page: ReadingPage, session: JournalSession) -> None:
    page.show_day(date(2001, 1, 1), Stretch.DAY)
    qtbot.waitUntil(lambda: session.idle and page._nothing.isVisible())
    assert not page.print_button.isEnabled()


def test_what_is_written_meanwhile_appears_and_the_place_stays(
    qtbot: QtBot, page: ReadingPage, session: JournalSession
) -> None:
    read(qtbot, page, session, NOW.date() - timedelta(days=150))
    place = page.text.current_position()
    entry = begin(EntryDraft(on=NOW.date() - timedelta(days=200), body="new"), NOW, 999)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entries(tx, [entry]), owner=session)
    qtbot.waitUntil(lambda: session.idle and len(page._found) == COUNT + 1)
    assert page.text.current_position() == place


def test_printed_every_entry_is_there_and_it_can_be_stopped(
    qtbot: QtBot, page: ReadingPage, session: JournalSession, tmp_path: Path
) -> None:
    read(qtbot, page, session, NOW.date())
    pages = []
    for name, some in (("all.pdf", page._found[-25:]), ("none.pdf", page._found)):
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / name))
        with qtbot.waitSignal(page.printing.ended, timeout=60_000) as ended:
            page.printing.begin(printer, some, "Everything")
            if name == "none.pdf":
                page.printing.cancel_button.click()
        pages.append(ended.args[0])
    assert 4 <= pages[0] <= 25
    assert pages[1] == 1
    assert page.printing.row.isHidden()


def test_no_line_is_cut_between_two_pages(
    qtbot: QtBot, page: ReadingPage, session: JournalSession, tmp_path: Path
) -> None:
    printing = page.printing
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "x.pdf"))
    printing.begin(printer, array("q"), "x")
    first = _positions(session)[0]
    (entry,) = session.read(lambda tx: entries.entries_at(tx, [first]))
    document = printing._document(entry, 300)
    bottoms = set()
    block = document.begin()
    while block.isValid():
        top = document.documentLayout().blockBoundingRect(block).top()
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            bottoms.add(round(top + line.y() + line.height(), 2))
        block = block.next()
    whole = round(document.size().height(), 2)
    for end in range(40, int(whole), 7):
        assert round(printing._break(document, 0, end), 2) in bottoms | {whole}
    assert printing._break(document, 0, whole - 100) < whole
    printing.stop()


def _positions(session: JournalSession) -> "array[int]":
    return session.read(entries.all_positions)


def test_the_same_day_of_earlier_years(qtbot: QtBot, theme: Theme, session: JournalSession) -> None:
    days = [date(2024, 2, 29), date(2023, 2, 28), date(2020, 2, 29), date(2025, 3, 1)]
    made = [begin(EntryDraft(on=day, body=str(day)), NOW, n) for n, day in enumerate(days)]
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entries(tx, made), owner=session)
    line = EarlierYears(session)
    qtbot.addWidget(line)
    line.show_day(date(2025, 2, 28))
    qtbot.waitUntil(lambda: line.link.text() == "On this day: 2024, 2023, 2020")
    line.show_day(date(2028, 2, 29))
    qtbot.waitUntil(lambda: line.link.text() == "On this day: 2024, 2020")
    line.show_day(date(2026, 7, 1))
    qtbot.waitUntil(line.isHidden)
