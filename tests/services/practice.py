"""A leader's practice: a row in every one of its tables."""

from datetime import UTC, date, datetime, timedelta

from kotter_journal.domain.areas import Control
from kotter_journal.domain.delegation import Stage
from kotter_journal.domain.direction import Origin
from kotter_journal.domain.entries import Entry
from kotter_journal.domain.periods import Period
from kotter_journal.domain.reviews import Answer, Review, ReviewSpan
from kotter_journal.domain.working_time import DayStatus
from kotter_journal.services import areas, commitments, delegations, directions, working_time
from kotter_journal.services.entries import write_entry
from kotter_journal.services.saved_searches import save_search
from kotter_journal.storage import reviews
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import tick

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
DAY = NOW.date()


def fill(tx: Transaction, entry: Entry) -> None:
    """A row in every table of a leader's practice."""
    _, one = directions.state_direction(tx, "Calm lines", "tired", Origin.TEAM, DAY, NOW)
    directions.revise_direction(tx, one.id, "Calm, all shifts", "", Origin.PEER, DAY, LATER)
    write_entry(tx, entry)
    _, area = areas.name_area(tx, "line-3", NOW)
    areas.say_how_it_stands(
        tx, area.id, DAY, control=Control.DRIFTING, change=4, complexity=None, now=NOW
    )
    areas.set_areas(tx, entry.id, ["line-3"], NOW)
    _, task = delegations.notice_task(tx, "Report", NOW, entry_id=entry.id, minutes_a_week=30)
    delegations.move_task(tx, task.id, Stage.KEPT, DAY, "only I may", LATER)
    commitments.make_commitment(tx, "Ask Dana", NOW, due_on=DAY, entry_id=entry.id)
    working_time.set_week(tx, [480] * 4 + [240, 0, 0], DAY, NOW, country="DE", subdivision="BY")
    working_time.set_status(tx, DAY, DAY, DayStatus.PARTIAL, NOW, expected=100)
    working_time.set_band(tx, 40, 55, DAY, NOW)
    save_search(tx, "Lines", "~line-3", NOW)
    week = Period(date(2026, 3, 2), date(2026, 3, 9))
    answers = (Answer("0198a000-0000-7000-8000-000000000001", "WK-1", "What?", "The line"),)
    one_id = "0198a000-0000-7000-8000-000000000002"
    review = Review(
        one_id, ReviewSpan.WEEK, week, NOW, answers, "Floor", "Yes", LATER, {"leading": 189}
    )
    stamp = tick(tx, NOW)
    reviews.keep_review(tx, review, stamp)
    reviews.keep_answers(tx, review, stamp)
