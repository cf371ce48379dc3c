import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, Entry, Sharing
from kotter_journal.domain.errors import Cancelled, InvalidEntry
from kotter_journal.domain.search import parse_query
from kotter_journal.formats import journal_json
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import delete_entries, revise_entry, write_entries
from kotter_journal.services.transfer import (
    Choice,
    Report,
    export_journal,
    export_to_file,
    import_journal,
)
from kotter_journal.storage import day_totals, entries, search, vault_row, vocabulary
from kotter_journal.storage.database import Database, Transaction
from kotter_journal.storage.journal import create, open_journal
from tests.conftest import DAY, WRITTEN_AT

GOLDEN = Path(__file__).parents[1] / "formats" / "golden" / "golden-week.json"
RICH = GOLDEN.with_name("rich.json")
EXPORTED_AT = datetime(2026, 3, 7, 8, 0, tzinfo=UTC)


@pytest.fixture
def second(tmp_path: Path, keys: Path) -> Iterator[Database]:
    """Another, empty journal."""
    create(tmp_path / "second", keys, WRITTEN_AT)
    journal = open_journal(tmp_path / "second", keys)
    opened = journal.writing()
    yield opened
    opened.close()
    journal.close()


def bring(door: Database, path: Path, **options: Any) -> Report:
    with door.transaction() as tx:
        return import_journal(tx, journal_json.read(path), EXPORTED_AT, **options)


def exported(door: Database, choice: Choice | None = None) -> bytes:
    out = io.BytesIO()
    with door.transaction() as tx:
        export_journal(tx, out, EXPORTED_AT, version="0.1.0", choice=choice)
    return out.getvalue()


def changed_file(tmp_path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    raw = json.loads(GOLDEN.read_text("utf-8"))
    change(raw)
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(raw), "utf-8")
    return path


def state(tx: Transaction) -> dict[str, list[Any]]:
    names = ("vault", "entry", "allocation", "tag", "person", "entry_tag", "entry_person")
    return {n: tx.exec_driver_sql(f"SELECT * FROM {n}").all() for n in names}  # noqa: S608


@pytest.mark.parametrize("path", [GOLDEN, RICH], ids=lambda path: path.stem)
def test_a_complete_file_comes_out_as_it_went_in(door: Database, path: Path) -> None:
    report = bring(door, path)
    assert report.imported == len(journal_json.read(path).entries)
    assert exported(door) == path.read_bytes()


def test_an_empty_journal_takes_on_the_identity_of_a_complete_file(door: Database) -> None:
    bring(door, GOLDEN)
    with door.transaction() as tx:
        row = vault_row.vault_row(tx)
    assert (row.id, row.name, row.time_zone) == (
        "457633e5-464d-5254-b758-fe64045c669c",
        "Golden week",
        "Europe/Berlin",
    )


def test_a_journal_with_entries_stays_itself(door: Database, write: Callable[..., Entry]) -> None:
    write("mine")
    with door.transaction() as tx:
        before = vault_row.vault_row(tx)
    bring(door, GOLDEN)
    with door.transaction() as tx:
        assert vault_row.vault_row(tx) == before


def test_a_part_of_a_journal_gives_no_identity(door: Database, tmp_path: Path) -> None:
    def partial(raw: dict[str, Any]) -> None:
        raw["scope"]["complete"] = False

    bring(door, changed_file(tmp_path, partial))
    with door.transaction() as tx:
        assert vault_row.vault_row(tx).name == "Journal"


def test_the_same_file_a_second_time_changes_nothing(door: Database) -> None:
    bring(door, RICH)
    with door.transaction() as tx:
        before = state(tx)
    report = bring(door, RICH)
    with door.transaction() as tx:
        assert state(tx) == before
    assert (report.imported, report.updated, report.unchanged) == (0, 0, 3)
    assert (report.skipped, report.warnings) == ((), ())


def test_a_newer_version_of_an_entry_replaces_ours(door: Database, tmp_path: Path) -> None:
    bring(door, GOLDEN)

    def newer(raw: dict[str, Any]) -> None:
        raw["entries"][0] |= {"body": "newer", "modified_at": "2026-03-09T08:00:00Z"}

    report = bring(door, changed_file(tmp_path, newer))
    assert (report.updated, report.unchanged) == (1, 11)
    with door.transaction() as tx:
        assert entries.entry(tx, "03afec42-3349-55d1-929a-d77c3185e14e").body == "newer"


@pytest.mark.parametrize("modified", ["2026-03-01T08:00:00Z", "2026-03-02T08:00:00Z"])
def test_an_older_or_equally_old_version_is_left_with_a_warning(
    door: Database, tmp_path: Path, modified: str
) -> None:
    bring(door, GOLDEN)

    def older(raw: dict[str, Any]) -> None:
        raw["entries"][0] |= {"body": "older", "modified_at": modified}

    report = bring(door, changed_file(tmp_path, older))
    assert (report.updated, report.unchanged) == (0, 12)
    assert [w.where for w in report.warnings] == ["entries[0]"]
    with door.transaction() as tx:
        kept = entries.entry(tx, "03afec42-3349-55d1-929a-d77c3185e14e")
    assert kept.body == "Dates and people against each milestone."


def test_what_lies_in_the_trash_is_not_taken_out_by_an_import(door: Database) -> None:
    bring(door, GOLDEN)
    with door.transaction() as tx:
        gone = entries.entries_at(tx, entries.all_positions(tx))[0].id
        delete_entries(tx, [gone], EXPORTED_AT)
    report = bring(door, GOLDEN)
    assert len(report.warnings) == 1
    with door.transaction() as tx:
        assert entries.position_of(tx, gone) is None


def test_what_was_erased_for_good_does_not_come_back(door: Database) -> None:
    bring(door, GOLDEN)
    with door.transaction() as tx:
        gone = entries.entries_at(tx, entries.all_positions(tx))[0].id
        tx.exec_driver_sql("DELETE FROM allocation WHERE entry_id = ?", (gone,))
        tx.exec_driver_sql("DELETE FROM entry WHERE id = ?", (gone,))
        tx.exec_driver_sql("INSERT INTO purged VALUES (?, 's')", (gone,))
    report = bring(door, GOLDEN)
    assert [s.where for s in report.skipped] == ["entries[0]"]
    assert report.unchanged == 11
    with door.transaction() as tx:
        assert not entries.existing_ids(tx, [gone])


def test_a_dry_run_says_the_same_and_changes_nothing(door: Database) -> None:
    with door.transaction() as tx:
        before = state(tx)
    trial = bring(door, RICH, dry_run=True)
    with door.transaction() as tx:
        assert state(tx) == before
        assert day_totals.entry_count(tx) == 0
    real = bring(door, RICH)
    assert replace(trial, changes=real.changes) == real
    assert not trial.changes.entries


def test_a_full_day_lets_nothing_in(door: Database, write: Callable[..., Entry]) -> None:
    write("all day", day=-1, duration=1400)
    with door.transaction() as tx:
        before = state(tx)
    with pytest.raises(InvalidEntry):
        bring(door, GOLDEN)
    with door.transaction() as tx:
        assert state(tx) == before


def test_stopping_keeps_nothing(door: Database, tmp_path: Path, second: Database) -> None:
    with second.transaction() as tx:
        write_entries(tx, list(demo_entries(450, 1, DAY)))
    path = tmp_path / "long.json"
    path.write_bytes(exported(second))
    heard: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        heard.append((done, total))
        if done >= 400:
            raise Cancelled

    with pytest.raises(Cancelled):
        bring(door, path, progress=stop)
    assert heard == [(0, 450), (200, 450), (400, 450)]
    with door.transaction() as tx:
        assert not entries.all_positions(tx)


def test_changes_name_what_came(door: Database) -> None:
    report = bring(door, GOLDEN)
    assert len(report.changes.entries) == 12
    assert report.changes.days == {date(2026, 3, day) for day in range(2, 7)}
    assert report.changes.membership


def test_people_of_the_file_are_found_by_their_names(
    door: Database, write: Callable[..., Entry], tmp_path: Path
) -> None:
    write("@dana", people=("dana",))

    def with_dana(raw: dict[str, Any]) -> None:
        dana = "11111111-1111-7111-8111-111111111111"
        raw["people"] = [{"id": dana, "name": "Dana"}]
        raw["entries"][0]["people"] = [dana]

    bring(door, changed_file(tmp_path, with_dana))
    with door.transaction() as tx:
        assert vocabulary.known_people(tx) == ["dana"]
        assert entries.entry(tx, "03afec42-3349-55d1-929a-d77c3185e14e").people == ("dana",)


def test_two_people_of_one_name_stay_two(door: Database, tmp_path: Path) -> None:
    ids = ["11111111-1111-7111-8111-111111111111", "22222222-2222-7222-8222-222222222222"]

    def with_both(raw: dict[str, Any]) -> None:
        raw["people"] = [{"id": one, "name": "Dana"} for one in ids]
        raw["entries"][0]["people"] = [ids[1]]
        raw["entries"][1]["people"] = [ids[0]]
        raw["entries"][2]["people"] = [ids[1], ids[0]]

    bring(door, changed_file(tmp_path, with_both))
    found = json.loads(exported(door))
    assert [e["people"] for e in found["entries"][:3]] == [[ids[1]], [ids[0]], [ids[1], ids[0]]]


def test_the_trash_travels(door: Database, second: Database, tmp_path: Path) -> None:
    with door.transaction() as tx:
        made = list(demo_entries(120, 9, DAY))
        write_entries(tx, made)
        delete_entries(tx, [e.id for e in made[::7]], WRITTEN_AT)
        revise_entry(tx, replace(made[1], modified_at=WRITTEN_AT, body="again", starred=True))
    path = tmp_path / "all.json"
    path.write_bytes(exported(door))
    bring(second, path)
    assert exported(second) == path.read_bytes()
    with second.transaction() as tx:
        assert len(entries.trash(tx)) == 18
    assert path.read_bytes().count(b'"deleted_at"') == 18


@given(seed=st.integers(0, 10**6), count=st.integers(1, 30))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_journal_comes_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, seed: int, count: int
) -> None:
    place = tmp_path_factory.mktemp("trip")
    texts = []
    for name in ("first", "second"):
        create(place / name, place / "keys", WRITTEN_AT)
        journal = open_journal(place / name, place / "keys")
        door = journal.writing()
        if name == "first":
            with door.transaction() as tx:
                write_entries(tx, list(demo_entries(count, seed, DAY)))
        else:
            bring(door, place / "first.json")
        texts.append(exported(door))
        (place / "first.json").write_bytes(texts[0])
        door.close()
        journal.close()
    assert texts[0] == texts[1]


def ids_of(text: bytes) -> set[str]:
    return {entry["id"] for entry in json.loads(text)["entries"]}


def test_a_choice_takes_what_it_says(door: Database, write: Callable[..., Entry]) -> None:
    early = write("early", day=-3, tags=("ops",), people=("Dana",))
    private = write("private", tags=("team",), people=("Sam",))
    shared = write("shared", sharing=Sharing.SHAREABLE, duration=9)
    never = write("never", day=2, sharing=Sharing.NEVER)
    aligned = write("x", day=3, allocations=(Allocation(Activity.ALIGNING_PEOPLE, 0),))
    gone = write("gone")
    with door.transaction() as tx:
        delete_entries(tx, [gone.id], WRITTEN_AT)
    everything = {e.id for e in (early, private, shared, never, aligned)}
    cases = [
        (Choice(), everything | {gone.id}),
        (Choice(first=DAY), everything - {early.id}),
        (Choice(last=DAY), everything - {never.id, aligned.id}),
        (Choice(first=DAY, last=DAY), {private.id, shared.id}),
        (Choice(last=date.max), everything),
        (Choice(tags=("ops", "TEAM")), {early.id, private.id}),
        (Choice(activities=(Activity.ALIGNING_PEOPLE, Activity.OUTSIDE)), {aligned.id}),
        (Choice(sharing=Sharing.SHAREABLE), {shared.id}),
        (Choice(sharing=Sharing.PRIVATE), everything - {never.id}),
    ]
    assert [ids_of(exported(door, choice)) for choice, _ in cases] == [ids for _, ids in cases]


def test_a_part_of_a_journal_says_so_and_names_nobody_else(
    door: Database, write: Callable[..., Entry]
) -> None:
    bring(door, RICH)
    write("@Sam", people=("Sam",), day=1)
    tomorrow = DAY + timedelta(1)
    found = json.loads(exported(door, Choice(first=tomorrow, last=tomorrow)))
    assert found["scope"] == {
        "complete": False,
        "from": "2026-03-05",
        "to": "2026-03-05",
        "sharing": "all",
        "attachments_included": True,
        "names": "full",
    }
    assert [p["name"] for p in found["people"]] == ["Sam"]
    assert "directions" not in found


def test_a_file_appears_whole_or_not_at_all(
    door: Database, write: Callable[..., Entry], tmp_path: Path
) -> None:
    write("something")
    path = tmp_path / "out.json"
    path.write_text("before")

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    def export(**options: Any) -> None:
        with door.transaction() as tx:
            export_to_file(tx, path, EXPORTED_AT, version="0.1.0", **options)

    with pytest.raises(Cancelled):
        export(progress=stop)
    assert path.read_text() == "before"
    export()
    assert path.read_bytes() == exported(door)
    assert path.stat().st_mode & 0o077 == 0
    assert {p.name for p in tmp_path.iterdir()} == {"journal", "keys", "out.json"}


def test_members_of_other_versions_are_joined(door: Database, tmp_path: Path) -> None:
    def first(raw: dict[str, Any]) -> None:
        raw["directions"] = [{"id": "a", "text": "1"}]
        raw["journal"]["color"] = "blue"

    def later(raw: dict[str, Any]) -> None:
        raw["directions"] = [{"id": "a", "text": "2"}, {"id": "b"}]
        raw["reviews"] = [{}]
        raw["journal"]["color"] = "red"

    bring(door, changed_file(tmp_path, first))
    bring(door, changed_file(tmp_path, later))
    found = json.loads(exported(door))
    assert found["directions"] == [{"id": "a", "text": "1"}, {"id": "b"}]
    assert found["reviews"] == [{}]
    assert found["journal"]["color"] == "blue"


@pytest.mark.parametrize("end", ["kept", "dry run", "stopped"])
def test_the_words_of_a_large_import_are_found_and_those_of_later_entries(
    door: Database, second: Database, tmp_path: Path, make: Callable[..., Entry], end: str
) -> None:
    with second.transaction() as tx:
        write_entries(tx, list(demo_entries(700, 1, DAY)))
        wanted = search.count(tx, parse_query("customer", DAY))
    path = tmp_path / "large.json"
    path.write_bytes(exported(second))

    def stop(done: int, _total: int) -> None:
        if done == 600:
            raise Cancelled

    if end == "stopped":
        with pytest.raises(Cancelled):
            bring(door, path, progress=stop)
    else:
        bring(door, path, dry_run=end == "dry run")
    with door.transaction() as tx:
        write_entries(tx, [make("one more customer", day=9)])
        expected = 1 + (wanted if end == "kept" else 0)
        assert search.count(tx, parse_query("customer", DAY)) == expected
        tx.exec_driver_sql("INSERT INTO entry_text(entry_text) VALUES ('integrity-check')")
