"""The review by keyboard: looked at, answered, saved as it is typed, finished and opened again."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import Allocation, EntryDraft, begin, uuid7
from kotter_journal.domain.errors import StorageFailed, StorageTrouble
from kotter_journal.domain.periods import Period
from kotter_journal.domain.reviews import Answer, Review, ReviewSpan
from kotter_journal.gui.plain_text import PlainText
from kotter_journal.gui.review import keeping
from kotter_journal.gui.review.finished import Finished
from kotter_journal.gui.review.page import AIM, LEARN, LOOK, ReviewPage
from kotter_journal.gui.session import JournalSession
from kotter_journal.gui.theme import Theme
from kotter_journal.services.entries import write_entry
from kotter_journal.services.reviews import keep_review
from kotter_journal.storage import entries, reviews
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_tables import review
from tests.gui.conftest import NOW

TODAY = NOW.date()
MONDAY = TODAY - timedelta(days=3)
LAST_WEEK = MONDAY - timedelta(days=7)


@pytest.fixture
def page(session: JournalSession, qtbot: QtBot, theme: Theme) -> Iterator[ReviewPage]:
    """The page of a journal in which nothing was looked back at."""
    made = ReviewPage(session, 0)
    qtbot.addWidget(made)
    made.resize(1000, 760)
    yield made
    made.close()


def write(qtbot: QtBot, session: JournalSession, on: date, minutes: int, text: str = "Fix") -> None:
    """An entry of controlling on a day."""
    given = (Allocation(Activity.CONTROLLING_PROBLEM_SOLVING, minutes),)
    draft = EntryDraft(on=on, body=text, duration=minutes, allocations=given)
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entry(tx, begin(draft, NOW, on.toordinal())), owner=session)


def show(qtbot: QtBot, page: ReviewPage) -> None:
    """The page, as soon as what it looks at is there."""
    page.show()
    qtbot.waitUntil(lambda: "Where the time went" in texts(page))


def kept(session: JournalSession) -> list[Review]:
    """All reviews on the disk."""
    return session.read(reviews.reviews)


def texts(page: QWidget) -> str:
    """All words that show."""
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def go_on(qtbot: QtBot, page: ReviewPage) -> None:
    """A step on, by keyboard."""
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def finish(qtbot: QtBot, page: ReviewPage) -> None:
    """From the first step to the end."""
    while page.strip.isVisible() and page._step < AIM:
        go_on(qtbot, page)
    with qtbot.waitSignal(page.told):
        go_on(qtbot, page)
    qtbot.waitUntil(lambda: page.review is not None and page.review.is_finished)


def test_it_begins_with_the_week_before_and_its_gaps(
    qtbot: QtBot, page: ReviewPage, session: JournalSession
) -> None:
    for day in range(3):
        write(qtbot, session, LAST_WEEK + timedelta(days=day), 120)
    show(qtbot, page)
    words = texts(page)
    assert "Week of 4 to 10 May 2026" in words
    assert "Thursday 7 May: nothing logged" in words
    assert "Friday 8 May: nothing logged" in words
    assert "Wednesday 6 May" not in words
    assert "too little to speak of a balance" in words
    asked: list[EntryDraft] = []
    page.draft_asked.connect(asked.append)
    add = page.findChild(QPushButton, "add 2026-05-07")
    assert isinstance(add, QPushButton)
    qtbot.keyClick(add, Qt.Key.Key_Space)
    assert [one.on for one in asked] == [date(2026, 5, 7)]


def test_looking_alone_keeps_nothing(
    qtbot: QtBot, page: ReviewPage, session: JournalSession
) -> None:
    show(qtbot, page)
    for step in (LEARN, AIM, LOOK):
        page.show_step(step)
    page.keeping.flush()
    assert kept(session) == []


def test_an_answer_is_on_the_disk_a_moment_later_and_resumed(
    qtbot: QtBot, page: ReviewPage, session: JournalSession, theme: Theme
) -> None:
    show(qtbot, page)
    go_on(qtbot, page)
    with qtbot.waitSignal(page.keeping.kept):
        qtbot.keyClicks(page.questions.fields[0], "The night shift moved.")
        qtbot.waitUntil(lambda: page.keeping.is_saved, timeout=5000)
    (one,) = kept(session)
    assert one.answers[0].answer == "The night shift moved."
    again = ReviewPage(session, 0)
    qtbot.addWidget(again)
    again.resize(1000, 760)
    again.show()
    assert again.review == one
    assert again.questions.fields[0].words == "The night shift moved."
    again.close()


def test_typed_and_left_at_once_nothing_is_lost(
    qtbot: QtBot, page: ReviewPage, session: JournalSession
) -> None:
    show(qtbot, page)
    page.show_step(AIM)
    qtbot.keyClicks(page.intention.sentence, "Be on the floor")
    assert not page.keeping.is_saved
    assert page.keeping.unsaved_text() == "Be on the floor"
    page.step_period(-1)
    qtbot.waitUntil(lambda: page.keeping.is_saved)
    assert [one.intention for one in kept(session)] == ["Be on the floor"]


def test_fields_of_different_steps_do_not_overwrite_each_other(
    qtbot: QtBot, page: ReviewPage, session: JournalSession
) -> None:
    show(qtbot, page)
    page.show_step(LEARN)
    qtbot.keyClicks(page.questions.fields[1], "one")
    page.show_step(AIM)
    qtbot.keyClicks(page.intention.sentence, "two")
    page.show_step(LEARN)
    qtbot.keyClicks(page.questions.fields[0], "three")
    page.keeping.flush()
    qtbot.waitUntil(lambda: page.keeping.is_saved)
    (one,) = kept(session)
    assert [a.answer for a in one.answers[:2]] == ["three", "one"]
    assert one.intention == "two"


def test_a_full_disk_is_said_and_tried_again(
    qtbot: QtBot, page: ReviewPage, session: JournalSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = False

    def keep(tx: Transaction, one: Review, now: datetime) -> Changes:
        if not room:
            raise StorageFailed(StorageTrouble.DISK_FULL, session.journal.folder)
        return keep_review(tx, one, now)

    monkeypatch.setattr(keeping, "keep_review", keep)
    show(qtbot, page)
    page.show_step(LEARN)
    with qtbot.waitSignal(page.keeping.refused):
        qtbot.keyClicks(page.questions.fields[0], "word")
        page.keeping.flush()
    assert page.keeping.trouble in texts(page)
    assert not page.keeping.is_saved
    room = True
    page.keeping.flush()
    qtbot.waitUntil(lambda: page.keeping.is_saved)
    assert kept(session)[0].answers[0].answer == "word"
    assert page.keeping.trouble == ""


def test_finishing_freezes_the_figures_and_writes_an_entry(
    qtbot: QtBot, page: ReviewPage, session: JournalSession
) -> None:
    write(qtbot, session, LAST_WEEK, 120)
    show(qtbot, page)
    page.show_step(LEARN)
    qtbot.keyClicks(page.questions.fields[0], "Line 3")
    finish(qtbot, page)
    (one,) = kept(session)
    assert one.statistics is not None
    assert one.statistics["balance"]["managing"] == 120
    entry = session.read(lambda tx: entries.entry(tx, str(one.entry_id)))
    assert entry.title == "Review: Week of 4 to 10 May 2026"
    assert "Line 3" in entry.body
    write(qtbot, session, LAST_WEEK + timedelta(days=1), 60)
    page.show_period(ReviewSpan.WEEK, LAST_WEEK)
    assert kept(session)[0].statistics == one.statistics
    assert "The journal holds 3 h for this period today." in texts(page)


def test_finishing_is_taken_back(qtbot: QtBot, page: ReviewPage, session: JournalSession) -> None:
    show(qtbot, page)
    back: list[object] = []
    page.told.connect(lambda _, undo: back.append(undo))
    finish(qtbot, page)
    entry_id = str(kept(session)[0].entry_id)
    with qtbot.waitSignal(session.changed):
        back[0]()  # type: ignore[operator]
    (one,) = kept(session)
    assert not one.is_finished
    assert session.read(lambda tx: entries.entry(tx, entry_id)).deleted_at is not None
    qtbot.waitUntil(page.strip.isVisible)


def test_the_intention_comes_back_beside_what_happened(
    qtbot: QtBot, page: ReviewPage, session: JournalSession
) -> None:
    show(qtbot, page)
    page.show_step(AIM)
    qtbot.keyClicks(page.intention.sentence, "Two hours on the floor")
    finish(qtbot, page)
    page.step_period(1)
    assert "Two hours on the floor" in texts(page)
    qtbot.keyClicks(page.last.outcome, "One hour")
    finish(qtbot, page)
    newest = kept(session)[0]
    assert newest.outcome == "One hour"
    assert "One hour" in session.read(lambda tx: entries.entry(tx, str(newest.entry_id))).body


def test_there_is_no_period_to_come(qtbot: QtBot, page: ReviewPage) -> None:
    show(qtbot, page)
    page.step_period(1)
    assert page.period.start == MONDAY
    page.step_period(1)
    assert page.period.start == MONDAY


def test_a_finished_review_shows_its_entry(
    qtbot: QtBot, page: ReviewPage, session: JournalSession
) -> None:
    show(qtbot, page)
    finish(qtbot, page)
    asked: list[str] = []
    page.entry_chosen.connect(asked.append)
    shown = page.findChild(Finished)
    assert isinstance(shown, Finished)
    button = shown.findChild(QPushButton, "show_entry")
    assert isinstance(button, QPushButton)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert asked == [kept(session)[0].entry_id]


def test_a_review_that_is_not_on_the_disk_yet_is_found_again(
    qtbot: QtBot, page: ReviewPage, session: JournalSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Changes:
        raise StorageFailed(StorageTrouble.DISK_FULL, session.journal.folder)

    show(qtbot, page)
    page.show_step(LEARN)
    with monkeypatch.context() as full:
        full.setattr(keeping, "keep_review", refuse)
        qtbot.keyClicks(page.questions.fields[0], "one")
        with qtbot.waitSignal(page.keeping.refused):
            page.step_period(-1)
    page.step_period(1)
    page.show_step(LEARN)
    assert page.questions.fields[0].words == "one"
    qtbot.keyClicks(page.questions.fields[1], "two")
    page.keeping.flush()
    qtbot.waitUntil(lambda: page.keeping.is_saved)
    (only,) = kept(session)
    assert [a.answer for a in only.answers[:2]] == ["one", "two"]


def test_finishing_cannot_be_asked_for_twice(
    qtbot: QtBot, page: ReviewPage, session: JournalSession
) -> None:
    show(qtbot, page)
    page.show_step(AIM)
    qtbot.keyClicks(page.intention.sentence, "Floor")
    with qtbot.waitSignal(page.told):
        go_on(qtbot, page)
        assert not page.next.isEnabled()
        page.step_period(-1)
        assert page.period.start == LAST_WEEK
    qtbot.waitUntil(lambda: session.idle)
    assert page.next.isEnabled()
    (only,) = kept(session)
    assert only.intention == "Floor"
    assert len(session.read(entries.all_positions)) == 1


def test_a_finish_that_was_refused_gives_the_words_and_the_caret_back(
    qtbot: QtBot, page: ReviewPage, session: JournalSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Changes:
        raise StorageFailed(StorageTrouble.DISK_FULL, session.journal.folder)

    show(qtbot, page)
    page.show_step(AIM)
    qtbot.keyClicks(page.intention.sentence, "Floor")
    monkeypatch.setattr("kotter_journal.gui.review.page.finish_review", refuse)
    go_on(qtbot, page)
    qtbot.waitUntil(page.next.isEnabled)
    assert page.intention.sentence.hasFocus()
    assert page.keeping.unsaved_text() == "Floor"
    page.keeping.flush()
    qtbot.waitUntil(lambda: page.keeping.is_saved)
    assert [one.intention for one in kept(session)] == ["Floor"]


def test_taking_the_finish_back_late_keeps_what_was_answered_since(
    qtbot: QtBot, page: ReviewPage, session: JournalSession
) -> None:
    show(qtbot, page)
    back: list[object] = []
    page.told.connect(lambda _, undo: back.append(undo))
    finish(qtbot, page)
    again = page.findChild(QPushButton, "reopen")
    assert isinstance(again, QPushButton)
    again.click()
    qtbot.waitUntil(page.strip.isVisible)
    page.show_step(LEARN)
    qtbot.keyClicks(page.questions.fields[0], "since then")
    page.keeping.flush()
    qtbot.waitUntil(lambda: page.keeping.is_saved)
    with qtbot.waitSignal(session.changed):
        back[0]()  # type: ignore[operator]
    assert kept(session)[0].answers[0].answer == "since then"


_LEAD = Activity.SETTING_DIRECTION.value


@pytest.mark.parametrize(
    "figures",
    [
        [],
        "x",
        {"balance": None, "sentences": None},
        {"balance": {"minutes": [1]}, "sentences": 5},
        {"balance": {"minutes": {_LEAD: "x"}}},
        {"balance": {"minutes": {_LEAD: -5}}},
        {"balance": {"minutes": {_LEAD: 10**400}}},
        {"balance": {"minutes": {_LEAD: 1e400}}},
    ],
)
def test_figures_of_other_programs_do_not_stop_the_page(
    qtbot: QtBot, page: ReviewPage, session: JournalSession, figures: object
) -> None:
    period = Period(LAST_WEEK, MONDAY)
    one = Review(uuid7(NOW, 1), ReviewSpan.WEEK, period, NOW, finished_at=NOW, statistics={})

    def tell(tx: Transaction) -> Changes:
        changes = keep_review(tx, one, NOW)
        tx.execute(sa.update(review).values(statistics=json.dumps(figures)))
        return changes

    with qtbot.waitSignal(session.changed):
        session.write(tell, owner=session)
    page.show()
    page.grab()
    assert page.findChild(Finished) is not None
    assert "Finished on 14 May 2026" in texts(page)


def test_a_long_answer_is_read_in_a_field_that_scrolls(
    qtbot: QtBot, page: ReviewPage, session: JournalSession
) -> None:
    said = Answer(uuid7(NOW, 2), "ANY", "What was it?", "word\n" * 2000)
    period = Period(LAST_WEEK, MONDAY)
    one = Review(
        uuid7(NOW, 1), ReviewSpan.WEEK, period, NOW, (said,), finished_at=NOW, statistics={}
    )
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: keep_review(tx, one, NOW), owner=session)
    page.show()
    (field,) = page.findChildren(PlainText)
    assert field.accessibleName() == "What was it?"
    assert field.isReadOnly()
    assert field.words == said.answer.strip()


def test_reviews_of_weeks_that_began_on_another_day_are_found(
    qtbot: QtBot, session: JournalSession, theme: Theme
) -> None:
    period = Period(LAST_WEEK, MONDAY)
    one = Review(uuid7(NOW, 1), ReviewSpan.WEEK, period, NOW, intention="Floor")
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: keep_review(tx, one, NOW), owner=session)
    page = ReviewPage(session, 6)
    qtbot.addWidget(page)
    show(qtbot, page)
    for step in (0, -1, 1):
        page.step_period(step)
    page.show_period(ReviewSpan.WEEK, LAST_WEEK)
    assert page.review is not None
    assert page.review.intention == "Floor"
    assert "Week of 4 to 10 May 2026" in texts(page)
    page.step_period(-1)
    assert "Week of 26 April to 2 May 2026" in texts(page)
    page.close()


@pytest.mark.parametrize(
    ("start", "end"),
    [(date.min, date.max), (date(2030, 1, 1), date(2030, 1, 8)), (MONDAY, LAST_WEEK)],
)
def test_odd_periods_of_other_programs_do_not_stop_the_page(
    qtbot: QtBot, page: ReviewPage, session: JournalSession, start: date, end: date
) -> None:
    one = Review(uuid7(NOW, 1), ReviewSpan.WEEK, Period(start, end), NOW, intention="Floor")
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: keep_review(tx, one, NOW), owner=session)
    show(qtbot, page)
    assert page.review == one
    for step in (-1, 1, 0):
        page.step_period(step)
    assert page.period.start == LAST_WEEK


def test_out_of_sight_it_leaves_the_caret_where_it_is(
    qtbot: QtBot, session: JournalSession, theme: Theme
) -> None:
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    page, other = ReviewPage(session, 0), QLineEdit()
    pages.addWidget(page)
    pages.addWidget(other)
    pages.show()
    qtbot.waitExposed(pages)
    back: list[object] = []
    page.told.connect(lambda _, undo: back.append(undo))
    page.show_step(AIM)
    with qtbot.waitSignal(page.told):
        page.finish()
        pages.setCurrentWidget(other)
        other.setFocus()
    assert other.hasFocus()
    with qtbot.waitSignal(session.changed):
        back[0]()  # type: ignore[operator]
    assert not kept(session)[0].is_finished
    assert other.hasFocus()
    pages.close()


def test_an_answer_is_kept_as_the_journal_keeps_text(
    qtbot: QtBot, page: ReviewPage, session: JournalSession
) -> None:
    show(qtbot, page)
    page.show_step(LEARN)
    page.questions.fields[0].insertPlainText("a\x00b <b>\u202ex</b>\n")
    page.keeping.flush()
    qtbot.waitUntil(lambda: page.keeping.is_saved)
    assert kept(session)[0].answers[0].answer == "a\ufffdb <b>\u202ex</b>\n"
