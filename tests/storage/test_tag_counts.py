"""Counts of entries by activity: the golden week, the trash, and plain addition."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from kotter_journal.domain.activities import SIX, Activity
from kotter_journal.domain.entries import Allocation, EntryDraft, begin
from kotter_journal.domain.tag_counts import count_text
from kotter_journal.formats import journal_json
from kotter_journal.services.entries import delete_entries, write_entries
from kotter_journal.services.transfer import import_journal
from kotter_journal.storage.database import Database
from kotter_journal.storage.tag_counts import counts_between
from tests.conftest import DAY, WRITTEN_AT

GOLDEN = Path(__file__).parents[1] / "formats" / "golden" / "golden-week.json"
WEEK = date(2026, 3, 2), date(2026, 3, 9)
DIR, ALI, MOT, PLA, ORG, CON, OTH = Activity


def test_the_golden_week_counts_eleven_tagged_entries(door: Database) -> None:
    with door.transaction() as tx:
        import_journal(tx, journal_json.read(GOLDEN), WRITTEN_AT)
        counts = counts_between(tx, *WEEK)
    shown = {activity: count_text(counts.shared[activity]) for activity in SIX}
    assert shown == {DIR: "1.33", ALI: "1.33", MOT: "3", PLA: "1.83", ORG: "1", CON: "2.5"}
    assert counts.tagged == 11
    assert sum(counts.shared.values()) == 11
    assert (counts.outside, counts.untagged) == (1, 0)
    assert [counts.touches[a] for a in Activity] == [2, 3, 3, 3, 1, 3, 1]


def test_the_trash_and_other_days_are_not_counted(door: Database) -> None:
    drafts = [
        EntryDraft(on=DAY, duration=60, allocations=(Allocation(CON, 30), Allocation(OTH, 10))),
        EntryDraft(on=DAY, body="no activity"),
        EntryDraft(on=DAY, duration=30, allocations=(Allocation(OTH, 30),)),
        EntryDraft(on=DAY, duration=30, allocations=(Allocation(DIR, 30),)),
        EntryDraft(on=DAY + timedelta(days=1), duration=30, allocations=(Allocation(DIR, 30),)),
    ]
    made = [begin(draft, WRITTEN_AT, rank) for rank, draft in enumerate(drafts)]
    with door.transaction() as tx:
        write_entries(tx, made)
        delete_entries(tx, [made[3].id], WRITTEN_AT)
        counts = counts_between(tx, DAY, DAY + timedelta(days=1))
    assert (counts.tagged, counts.outside, counts.untagged) == (1, 1, 1)
    assert counts.shared[CON] == Fraction(1)
    assert counts.touches == dict.fromkeys(Activity, 0) | {CON: 1, OTH: 2}


def test_no_entries_count_nothing(door: Database) -> None:
    with door.transaction() as tx:
        counts = counts_between(tx, *WEEK)
    assert (counts.tagged, counts.outside, counts.untagged) == (0, 0, 0)
    assert set(counts.shared.values()) == {Fraction()}


def test_a_count_has_no_more_decimals_than_it_takes() -> None:
    counts = [Fraction(4, 3), Fraction(5, 2), Fraction(3), Fraction(3601, 3), Fraction()]
    assert [count_text(count) for count in counts] == ["1.33", "2.5", "3", "1,200.33", "0"]
