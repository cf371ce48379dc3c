"""Write, tag, find again, see the balance: through the real window, by keys."""

from datetime import timedelta

from PySide6.QtWidgets import QApplication

from kotter_journal.domain.activities import Activity
from tests.e2e.conftest import Person


def test_the_caret_stands_in_the_quick_line_and_a_line_becomes_an_entry(person: Person) -> None:
    assert person.focus is person.window.today_page.quick_line.field
    person.types("45a why the night shift changes")
    person.presses("Return")
    person.sees(lambda: person.today_headings() == ["why the night shift changes"])
    (row,) = person.program.workspace.day_list.model.rows
    assert row.minutes == ((Activity.ALIGNING_PEOPLE, 45),)


def test_a_line_can_be_taken_back(person: Person) -> None:
    person.keeps_a_line("45a why the night shift changes")
    person.window.toast._button.click()
    person.sees(lambda: person.today_headings() == [])


def test_what_is_deleted_on_today_comes_back_by_undo(person: Person) -> None:
    person.keeps_a_line("45a why the night shift changes")
    view = person.program.workspace.day_list.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    person.presses("Delete")
    person.sees(lambda: person.today_headings() == [])
    person.presses("Ctrl+Z")
    person.sees(lambda: person.today_headings() == ["why the night shift changes"])


def test_a_long_entry_is_written_tagged_and_found_again_by_keys_alone(person: Person) -> None:
    person.keeps_a_line("30c the line stopped")
    person.writes_an_entry("Ops leads", "Two of the four still plan against the old goals. #launch")
    person.presses("Ctrl+3", times=3)
    person.presses("Ctrl+1")
    person.pauses()
    person.presses("Alt+1")
    person.sees(lambda: person.today_headings()[0] in ("Ops leads", "the line stopped"))
    (row,) = [r for r in person.program.workspace.day_list.model.rows if r.heading == "Ops leads"]
    assert dict(row.minutes) == {Activity.ALIGNING_PEOPLE: 45, Activity.SETTING_DIRECTION: 15}
    person.presses("Ctrl+F")
    person.types("goals")
    person.sees(lambda: person.listed() == ["Ops leads"])


def test_the_balance_shows_the_hours_that_were_written(person: Person) -> None:
    person.keeps_a_line("45a why the night shift changes")
    person.keeps_a_line("1h planning: the budget")
    person.presses("Alt+3")
    person.sees(lambda: person.page() == "Balance")
    balance = person.program.workspace.pages.balance._figures.balance
    assert (balance.leading, balance.managing) == (45, 60)


def test_nothing_is_lost_between_two_starts(person: Person) -> None:
    person.writes_an_entry("A doubt", "Typed and closed at once, without a pause.")
    person.closes_the_program()
    person.opens_the_program()
    person.presses("Alt+2")
    person.sees(lambda: person.listed() == ["A doubt"])


def test_after_midnight_today_is_the_next_day(person: Person) -> None:
    person.keeps_a_line("45a why the night shift changes")
    person.now += timedelta(days=1)
    person.program.workspace._on_clock()
    assert person.today_headings() == []
    assert person.window.today_page.heading.text().startswith("Friday")


def test_every_focusable_thing_has_a_name(person: Person) -> None:
    person.keeps_a_line("45a why the night shift changes")
    for keys in ("Alt+1", "Alt+2", "Alt+3"):
        person.presses(keys)
        unnamed = [
            w
            for w in QApplication.allWidgets()
            if w.isVisible()
            and w.focusPolicy().value
            and not (w.accessibleName() or getattr(w, "text", str)())
        ]
        assert [f"{type(w).__name__} {w.objectName()}" for w in unnamed] == []
