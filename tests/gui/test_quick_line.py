import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.gui.theme import Theme
from kotter_journal.gui.today.quick_line import QuickLine
from kotter_journal.gui.today.reading_row import ReadingRow
from tests.gui.conftest import NOW


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> QuickLine:
    made = QuickLine()
    qtbot.addWidget(made)
    made.resize(900, 100)
    made.show()
    return made


@pytest.fixture
def row(line: QuickLine) -> ReadingRow:
    made = ReadingRow(line, lambda: NOW)
    line.show_reading(made)
    return made


def words(row: ReadingRow) -> list[str]:
    return [part.text() for part in row.findChildren(QLabel) if not part.isHidden()]


def test_enter_before_the_journal_is_open_counts_afterwards(qtbot: QtBot, line: QuickLine) -> None:
    qtbot.keyClicks(line.field, "45a a talk")
    with qtbot.assertNotEmitted(line.entered):
        qtbot.keyClick(line.field, Qt.Key.Key_Return)
    row = ReadingRow(line, lambda: NOW)
    with qtbot.waitSignal(row.submitted) as heard:
        line.show_reading(row)
    assert heard.args[0].draft.body == "a talk"


def test_the_reading_is_shown_before_enter(qtbot: QtBot, line: QuickLine, row: ReadingRow) -> None:
    qtbot.keyClicks(line.field, "45a 15d why the night shift changes #ops @Dana")
    wanted = {"Aligning people  45 m", "Setting a direction  15 m", "#ops", "@Dana", "Today, now"}
    qtbot.waitUntil(lambda: wanted <= set(words(row)))


def test_what_is_shown_is_what_enter_hands_over(
    qtbot: QtBot, line: QuickLine, row: ReadingRow
) -> None:
    qtbot.keyClicks(line.field, "yesterday 1h planning: the budget")
    reading = row.reading
    with qtbot.waitSignal(row.submitted) as heard:
        qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert heard.args == [reading]
    assert reading.draft.minutes_of(Activity.PLANNING_BUDGETING) == 60


def test_the_line_keeps_its_words_until_they_are_stored(
    qtbot: QtBot, line: QuickLine, row: ReadingRow
) -> None:
    qtbot.keyClicks(line.field, "45a a talk")
    line.wait()
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    assert line.field.text() == "45a a talk"
    line.keep()
    row.tell("The disk is full.")
    assert line.field.text() == "45a a talk"
    qtbot.waitUntil(lambda: "The disk is full." in words(row))
    line.accept()
    assert line.field.text() == ""


def test_a_blank_line_is_not_handed_over(qtbot: QtBot, line: QuickLine, row: ReadingRow) -> None:
    with qtbot.assertNotEmitted(row.submitted):
        qtbot.keyClicks(line.field, "   ")
        qtbot.keyClick(line.field, Qt.Key.Key_Return)


def test_an_unread_line_offers_to_add_time(qtbot: QtBot, line: QuickLine, row: ReadingRow) -> None:
    qtbot.keyClicks(line.field, "a thought on the way home")
    qtbot.waitUntil(lambda: "Add time? Begin with 45m" in words(row))


def test_the_31st_of_february_is_text_and_says_so(
    qtbot: QtBot, line: QuickLine, row: ReadingRow
) -> None:
    qtbot.keyClicks(line.field, "2026-02-31 45a a talk")
    qtbot.waitUntil(lambda: "“2026-02-31” is no date; it stays text" in words(row))
    assert row.reading.draft.body == "2026-02-31 45a a talk"


@pytest.mark.parametrize("pasted", ["first line\nsecond line", "x" * 5_000_000])
def test_pasted_paragraphs_go_to_the_editor_whole(
    qtbot: QtBot, line: QuickLine, row: ReadingRow, pasted: str
) -> None:
    data = QMimeData()
    data.setText(pasted)
    QGuiApplication.clipboard().setMimeData(data)
    qtbot.keyClicks(line.field, "45a notes")
    with qtbot.waitSignal(row.expanded) as heard:
        qtbot.keyClick(line.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    # Whatever lies on the clipboard at the end is destroyed after Python, and must not be Python's.
    QGuiApplication.clipboard().clear()
    draft = heard.args[0]
    assert draft.body == f"notes\n{pasted}"
    assert draft.minutes_of(Activity.ALIGNING_PEOPLE) == 45


def test_ctrl_enter_hands_the_draft_to_the_editor(
    qtbot: QtBot, line: QuickLine, row: ReadingRow
) -> None:
    qtbot.keyClicks(line.field, "30o two squads")
    with qtbot.waitSignal(row.expanded) as heard:
        qtbot.keyClick(line.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard.args[0].body == "two squads"
