"""A leader's practice goes out with the journal and comes back without loss."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kotter_journal.domain.entries import DirectionTouches, Entry
from kotter_journal.domain.working_time import DayStatus
from kotter_journal.formats import journal_json
from kotter_journal.services.areas import name_area
from kotter_journal.services.commitments import make_commitment
from kotter_journal.services.entries import write_entry
from kotter_journal.services.erase import erase_entries
from kotter_journal.services.transfer import Report, export_journal, import_journal
from kotter_journal.services.working_time import set_status
from kotter_journal.storage import reviews, verify_rules
from kotter_journal.storage.areas import areas as all_areas
from kotter_journal.storage.commitments import commitments as all_commitments
from kotter_journal.storage.database import Database
from kotter_journal.storage.directions import directions as all_directions
from kotter_journal.storage.journal import create, open_journal
from kotter_journal.storage.practice_objects import KINDS
from kotter_journal.storage.stamps import tick
from kotter_journal.storage.vocabulary import add_people, person_ids
from tests.services.practice import DAY, LATER, NOW, fill


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Database]:
    """The writing door of another, empty journal."""
    create(tmp_path / "other", tmp_path / "other-keys", NOW)
    journal = open_journal(tmp_path / "other", tmp_path / "other-keys")
    door = journal.writing()
    yield door
    door.close()
    journal.close()


@pytest.fixture
def full(door: Database, make: Callable[..., Entry]) -> bytes:
    """The export of a journal with everything."""
    with door.transaction() as tx:
        fill(tx, make("told them", direction=DirectionTouches(stated=True)))
    return exported(door)


def exported(door: Database) -> bytes:
    """The whole journal as our JSON."""
    out = BytesIO()
    with door.transaction() as tx:
        export_journal(tx, out, LATER, version="1")
    return out.getvalue()


def bring(door: Database, tmp_path: Path, content: bytes) -> Report:
    """Import a file of this content."""
    path = tmp_path / "file.json"
    path.write_bytes(content)
    with door.transaction() as tx:
        return import_journal(tx, journal_json.read(path), LATER)


def without_times(content: bytes) -> dict[str, Any]:
    """What a file says of a practice, without when each row was changed."""
    raw = json.loads(content)

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {n: bare(v) for n, v in value.items() if n != "changed_at"}
        return [bare(one) for one in value] if isinstance(value, list) else value

    return {name: bare(raw[name]) for name in KINDS if name in raw}


def test_everything_comes_back(other: Database, full: bytes, tmp_path: Path) -> None:
    raw = without_times(full)
    assert set(raw) == set(KINDS) - {"captions", "insight_states"}
    report = bring(other, tmp_path, full)
    assert report.warnings == ()
    assert without_times(exported(other)) == raw
    with other.transaction() as tx:
        (known,) = all_directions(tx)
    assert [r.text for r in known.revisions] == ["Calm lines", "Calm, all shifts"]


def test_twice_is_once(other: Database, full: bytes, tmp_path: Path) -> None:
    bring(other, tmp_path, full)
    once = exported(other)
    bring(other, tmp_path, full)
    assert exported(other) == once


def test_the_later_version_counts(door: Database, full: bytes, tmp_path: Path) -> None:
    raw = json.loads(full)
    raw["commitments"][0]["text"] = "Ask Dana and Sam"
    raw["commitments"][0]["changed_at"] = "2027-01-01T00:00:00Z"
    raw["areas"][0]["name"] = "line-4"
    raw["areas"][0]["changed_at"] = "2020-01-01T00:00:00Z"
    raw["directions"][0]["revisions"][0]["text"] = "Said otherwise"
    raw["directions"][0]["revisions"][0]["changed_at"] = "2027-01-01T00:00:00Z"
    bring(door, tmp_path, json.dumps(raw).encode())
    found = json.loads(exported(door))
    assert found["commitments"][0]["text"] == "Ask Dana and Sam"
    assert found["areas"][0]["name"] == "line-3"
    texts = {r["text"] for r in found["directions"][0]["revisions"]}
    assert texts == {"Calm lines", "Calm, all shifts"}


def test_what_a_newer_program_says_comes_out_again(
    other: Database, full: bytes, tmp_path: Path
) -> None:
    raw = json.loads(full)
    raw["commitments"][0]["mood"] = {"of": "the day"}
    bring(other, tmp_path, json.dumps(raw).encode())
    assert json.loads(exported(other))["commitments"][0]["mood"] == {"of": "the day"}


@pytest.mark.parametrize(
    ("change", "where", "reason"),
    [
        ({"id": "x"}, "commitments[0].id", "UUID"),
        ({"text": None}, "commitments[0].text", "missing"),
        ({"text": 3}, "commitments[0].text", "not text"),
        ({"state": "perhaps"}, "commitments[0]", "rule"),
        ({"due_on": "2026-02-31"}, "commitments[0]", "rule"),
        ({"due_on": "0000-02-01"}, "commitments[0].due_on", "year 1"),
        ({"created_at": "yesterday"}, "commitments[0].created_at", "instant"),
    ],
)
def test_what_is_not_in_our_form_is_kept_and_told(
    other: Database,
    full: bytes,
    tmp_path: Path,
    change: dict[str, Any],
    where: str,
    reason: str,
) -> None:
    raw = json.loads(full)
    raw["commitments"][0] |= change
    report = bring(other, tmp_path, json.dumps(raw).encode())
    (told,) = report.warnings
    assert told.where == where
    assert reason in told.reason
    with other.transaction() as tx:
        assert all_commitments(tx) == []
    assert json.loads(exported(other))["commitments"] == raw["commitments"]


def test_people_areas_and_days_that_are_known_here_are_ours(
    door: Database, other: Database, tmp_path: Path, make: Callable[..., Entry]
) -> None:
    dana = "0198a000-0000-7000-8000-00000000000a"
    with door.transaction() as tx:
        add_people(tx, [(dana, "Dana", "{}")], tick(tx, NOW))
        write_entry(tx, make("@Dana", people=("Dana",)))
        fill(tx, make("told them", day=1))
        make_commitment(tx, "Call her", NOW, person_id=dana)
    with other.transaction() as tx:
        write_entry(tx, make("@Dana", people=("Dana",), day=2))
        name_area(tx, "Line-3", NOW)
        set_status(tx, DAY, DAY, DayStatus.OFF, NOW)
        ours = person_ids(tx)["Dana"]
    assert ours != dana
    bring(other, tmp_path, exported(door))
    with other.transaction() as tx:
        assert {c.text: c.person_id for c in all_commitments(tx)}["Call her"] == ours
        (area,) = all_areas(tx)
        assert area.states[0].change == 4
        assert verify_rules.broken_rules(tx) == verify_rules.orphans(tx) == {}


def test_what_was_erased_does_not_come_back_as_a_promise(
    door: Database, full: bytes, tmp_path: Path
) -> None:
    raw = json.loads(full)
    (entry,) = raw["entries"]
    raw["reviews"][0]["entry_id"] = entry["id"]
    raw["commitments"] += [{"entry_id": entry["id"], "not": "in our form"}, None]
    with door.transaction() as tx:
        erase_entries(tx, [entry["id"]], LATER)
        reviews.drop_review(tx, reviews.reviews(tx)[0], tick(tx, LATER))
    raw["reviews"][0]["changed_at"] = "2027-01-01T00:00:00Z"
    report = bring(door, tmp_path, json.dumps(raw).encode())
    skipped = {remark.where.partition("[")[0] for remark in report.skipped}
    assert skipped == {"commitments", "delegations", "entries"}
    found = json.loads(exported(door))
    assert (found["commitments"], found.get("delegations")) == ([None], None)
    assert [(r["entry_id"], r["intention"]) for r in found["reviews"]] == [(None, "Floor")]
    assert found["areas"][0]["entries"] == []
