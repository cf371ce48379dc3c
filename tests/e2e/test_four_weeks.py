"""Four weeks of a leader, by keyboard alone: lines every day, a review every Friday."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from kotter_journal.domain.reviews import Review
from kotter_journal.gui.review.page import AIM, LEARN, ReviewPage
from kotter_journal.storage import commitments, reviews
from kotter_journal.storage.insight_states import insight_states
from tests.e2e.conftest import Person

MONDAY_LINES = (
    "9:00-11:00 planning the roster #roster",
    "90c checked the line",
    "60o two squads @Dana",
)
OTHER_LINES = ("120p the budget", "180c reports of the shift", "45i thanked @Bo")


def texts(part: QWidget) -> str:
    """All words of a part that show."""
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisible())


def lives_a_day(person: Person, lines: tuple[str, ...]) -> None:
    """Writes the lines of a workday."""
    for line in lines:
        person.keeps_a_line(line)


def answers_the_dialog(person: Person) -> None:
    """Presses Enter in the dialog in front, and goes back to the window."""
    dialog = person.focus.window()
    person.presses("Return")
    person.sees(lambda: not dialog.isVisible())
    person.window.activateWindow()
    person.sees(person.window.isActiveWindow)


def sleeps(person: Person, nights: int = 1) -> None:
    """The window stays open; after midnight it is another day."""
    person.now += timedelta(days=nights)
    person.program.workspace._clock.timeout.emit()
    person.pauses()


def reviews_the_week(person: Person, intention: str, outcome: str = "") -> Review:
    """Goes through the review of Friday from its first step to its last."""
    person.presses("Alt+5")
    person.sees(lambda: person.page() == "Review")
    page: ReviewPage = person.program.workspace.pages.review
    person.sees(lambda: "Where the time went" in texts(page))
    if outcome:
        page.last.outcome.setFocus()
        person.types(outcome)
    person.presses("Ctrl+Return")
    person.sees(lambda: page.questions.fields[0].hasFocus())
    assert page._step == LEARN
    person.types("The night shift told me why.")
    person.presses("Tab")
    person.types("I asked twice.")
    person.presses("Ctrl+Return")
    person.sees(lambda: page.intention.sentence.hasFocus())
    assert page._step == AIM
    person.types(intention)
    person.presses("Ctrl+Return")
    person.sees(lambda: page.review is not None and page.review.is_finished)
    person.pauses()
    return person.program.workspace.session.read(reviews.reviews)[0]


@pytest.mark.usefixtures("qapp")
def test_four_weeks(person: Person) -> None:
    person.now = person.now.replace(month=6, day=1, hour=17)  # a Monday
    sleeps(person, 0)
    seen: list[set[str]] = []
    for week in range(4):
        for day in range(5):
            lives_a_day(person, OTHER_LINES if day else MONDAY_LINES)
            if day < 4:
                sleeps(person)
        if week == 0:
            person.writes_an_entry("Retro", "- [ ] Ask Dana about the roster")
            person.presses("Ctrl+Shift+M")
            person.sees(lambda: person.focus.window() is not person.window)
            answers_the_dialog(person)
            person.pauses()
        outcome = f"Half of it in week {week}" if week else ""
        one = reviews_the_week(person, f"More of the why in week {week + 1}", outcome)
        assert one.period.start == person.now.date() - timedelta(days=4)
        assert one.outcome == outcome
        assert one.statistics is not None
        cards = person.program.workspace.insight_cards
        seen.append({found.rule for found in cards.found})
        person.presses("Alt+1")
        sleeps(person, 3)

    session = person.program.workspace.session
    kept = session.read(reviews.reviews)
    assert [one.is_finished for one in kept] == [True] * 4
    # No question twice within three weeks.
    keys = [[a.prompt for a in one.answers] for one in kept]
    for earlier, later in zip(keys[1:], keys, strict=False):
        assert not set(earlier) & set(later)
    # Nothing in the first two weeks; then facts, two at most.
    assert seen[0] == seen[1] == set()
    assert 1 <= len(seen[3]) <= 2
    (promise,) = session.read(commitments.commitments)
    assert promise.text == "Ask Dana about the roster"
    assert len([s for s in session.read(insight_states) if s.rule == "prompt"]) >= 20
    person.presses("Alt+3")
    person.sees(lambda: person.page() == "Balance")
    balance = person.program.workspace.pages.balance
    person.sees(lambda: "Leading" in texts(balance))
    person.presses("Alt+4")
    person.sees(lambda: person.page() == "Direction")
