"""Find anything and read it again: everything by keyboard alone, and told to screen readers."""

from datetime import date, timedelta

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QLabel, QWidget

from kotter_journal.gui.main_window import NAMES, READING, YEAR
from tests.e2e.conftest import START, Person

TODAY = START.date()


@pytest.fixture
def reader(person: Person) -> Person:
    """Somebody with an entry of a year ago, one of last week and two of today."""
    for days, title, body in (
        (365, "Cafe talk", "Met @Dana about the #launch in the "),
        (7, "Line 3", "The line stopped. #line-3"),
        (0, "Night shift", "Why it changes: see [[Cafe talk]]. #launch @Tomasz"),
    ):
        person.presses("Ctrl+G")
        person.types(str(TODAY - timedelta(days=days)))
        person.goes_where_the_palette_says()
        person.writes_an_entry(title, body)
        if title == "Cafe talk":
            person.pastes("café")
        person.pauses()
    person.presses("Alt+1")
    person.keeps_a_line("45a the night shift heard it #launch")
    return person


def test_a_search_is_read_refined_and_opened_without_a_mouse(reader: Person) -> None:
    reader.presses("Ctrl+F")
    reader.types("cafe")
    # It folds accents, and finds the entry that only mentions it as well.
    reader.sees(lambda: sorted(reader.listed()) == ["Cafe talk", "Night shift"])
    reader.types(" @dana")
    reader.sees(lambda: reader.listed() == ["Cafe talk"])
    reader.presses("Down")
    reader.presses("Return")
    pages = reader.program.workspace.pages
    reader.sees(lambda: "Met @Dana" in pages.entries.editor.text.document().toRawText())
    reader.sees(lambda: pages.entries.editor.text.hasFocus())


def test_what_was_found_is_read_and_one_goes_to_the_entry_and_back(reader: Person) -> None:
    reader.presses("Ctrl+F")
    reader.types("tag:launch")
    reader.sees(lambda: len(reader.listed()) == 3)
    reader.presses("Ctrl+R")
    reading = reader.program.workspace.pages.reading
    assert reading is not None
    reader.sees(lambda: reader.window.rank == READING and reading.text.laid_out() == 3)
    reader.sees(lambda: reading.text.hasFocus())
    first = reading.text.current_id()
    reader.presses("Alt+Right")
    reader.sees(lambda: reading.text.current_id() != first)
    reader.presses("Return")
    reader.sees(lambda: reader.page() == "Journal")
    reader.presses("Ctrl+R")
    reader.sees(lambda: reader.window.rank == READING)
    reader.presses("Escape")
    reader.sees(lambda: reader.page() == "Journal")


def test_the_year_is_walked_and_a_day_opened(reader: Person) -> None:
    pages = reader.program.workspace.pages
    reader.presses("Alt+2")
    reader.presses("Alt+Y")
    reader.sees(lambda: reader.window.rank == YEAR)
    assert pages.year is not None
    year = pages.year
    reader.sees(lambda: year.count.text().startswith("3 entries"))
    reader.presses("PgUp")
    reader.sees(lambda: year.heading.text() == "2025" and year.count.text().startswith("1 entry"))
    reader.presses("Return")
    reader.sees(lambda: reader.page() == "Journal")
    assert pages.entries.day == TODAY.replace(year=2025)
    reader.presses("Alt+Y")
    reader.sees(lambda: reader.window.rank == YEAR)
    reader.presses("Escape")
    reader.sees(lambda: reader.page() == "Journal")


@pytest.mark.parametrize(
    ("words", "day"),
    [("2025-05-14", date(2025, 5, 14)), ("7 may 2026", date(2026, 5, 7))],
)
def test_the_palette_goes_to_a_date(reader: Person, words: str, day: date) -> None:
    reader.presses("Ctrl+G")
    reader.types(words)
    reader.goes_where_the_palette_says()
    reader.sees(lambda: reader.program.workspace.pages.entries.day == day)


def test_tags_and_people_are_reached_and_left(reader: Person) -> None:
    reader.presses("Alt+2")
    reader.presses("Alt+T")
    reader.sees(lambda: reader.window.rank == NAMES)
    reader.presses("Escape")
    reader.sees(lambda: reader.page() == "Journal")


def test_everything_with_a_key_is_named_by_f1(reader: Person) -> None:
    reader.presses("F1")
    shown = [w for w in reader.window.findChildren(QWidget) if w.isWindow() and w.isVisible()]
    words = "\n".join(one.text() for one in shown[0].findChildren(QLabel))
    for name in ("The whole year", "Search or jump to", "Go to a date", "Read", "Tags and people"):
        assert name in words
    reader.presses("Escape")


def test_a_screen_reader_hears_the_rows_of_the_list_and_of_the_results(reader: Person) -> None:
    QAccessible.setActive(True)
    reader.presses("Alt+2")
    reader.sees(lambda: len(reader.listed()) == 4)
    heard = _rows(reader)
    assert len(heard) == 4
    (line,) = [one for one in heard if one.startswith("the night shift heard it")]
    assert "45 m, Aligning people 45 m" in line
    reader.presses("Ctrl+F")
    reader.types("stopped")
    reader.sees(lambda: reader.listed() == ["Line 3"])
    (found,) = _rows(reader)
    assert found.startswith("Line 3")
    assert "7 May" in found


def _rows(reader: Person) -> list[str]:
    """What is said of each row of the list."""
    view = reader.program.workspace.pages.entries.sidebar.view
    interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(view)
    assert interface is not None
    children = (interface.child(number) for number in range(interface.childCount()))
    return [child.text(QAccessible.Text.Name) for child in children if child is not None]
