"""A leader's practice is read around damage as the entries are, and kept in a rescued journal."""

import json
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kotter_journal.domain.entries import Entry
from kotter_journal.domain.naming import NameKind
from kotter_journal.formats import journal_json
from kotter_journal.services import areas as area_verbs
from kotter_journal.services import delegations as task_verbs
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import write_entries, write_entry
from kotter_journal.services.names import note_person
from kotter_journal.services.rescue import export_readable, look_for_readable, rescue_journal
from kotter_journal.storage import names, vocabulary
from kotter_journal.storage.database import Database
from kotter_journal.storage.journal import DATABASE, Journal, open_journal
from kotter_journal.storage.pages import PAGE
from kotter_journal.storage.practice_objects import practice_objects
from kotter_journal.storage.salvage import salvage
from kotter_journal.storage.stamps import tick
from kotter_journal.storage.verify import verify
from tests.conftest import DAY
from tests.services.practice import NOW, fill

DANAS = ("0198a000-0000-7000-8000-00000000000a", "0198a000-0000-7000-8000-00000000000b")


@pytest.fixture
def lived(journal: Journal, door: Database, make: Callable[..., Entry]) -> Journal:
    """Every table filled, some of them over several pages, and two people of one name."""
    told = make("told them", people=("Ines",), tags=("ops",))
    with door.transaction() as tx:
        fill(tx, told)
        write_entries(tx, list(demo_entries(60, 6, DAY - timedelta(days=1))))
        for number in range(60):
            area_verbs.name_area(tx, f"process-{number}", NOW)
            task_verbs.notice_task(tx, f"Task {number} {'x' * 90}", NOW)
        vocabulary.add_people(tx, [(one, "Dana", "{}") for one in DANAS], tick(tx, NOW))
        second = make("the second Dana", people=("Dana",), day=2)
        write_entry(tx, second)
        vocabulary.link_people(tx, {second.id: (DANAS[1],)}, tick(tx, NOW))
        ines = names.id_of(tx, NameKind.PERSON, "ines")
        assert ines is not None
        note_person(tx, ines, alias="I.", relation="peer", now=NOW)
        task_verbs.notice_task(tx, "Rota", NOW, entry_id=told.id, person_id=ines)
    return journal


def said(door: Database) -> dict[str, list[dict[str, Any]]]:
    """What the journal says of a practice."""
    with door.transaction() as tx:
        return practice_objects(tx)


def bare(value: Any) -> Any:
    """Without when each row was changed."""
    if isinstance(value, dict):
        return {name: bare(one) for name, one in value.items() if name != "changed_at"}
    return [bare(one) for one in value] if isinstance(value, list) else value


def damage(door: Database, journal: Journal, pages: list[int]) -> None:
    """Flip a bit on each of these pages (0..)."""
    door.empty_log()
    path = journal.folder / DATABASE
    content = bytearray(path.read_bytes())
    for page in pages:
        content[page * PAGE + 2000] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("lost", [[], [0]], ids=["sound", "without the names of the tables"])
def test_everything_is_read(lived: Journal, door: Database, lost: list[int]) -> None:
    true = said(door)
    damage(door, lived, lost)
    found = salvage(lived.folder, lived.vault)
    assert found.practice == true
    assert (found.left_out, found.damaged_pages) == (0, len(lost))
    dana = [found.person_ids[e.id] for e in found.entries if e.body == "the second Dana"]
    assert dana == [(DANAS[1],)]


@pytest.mark.parametrize("seed", range(6))
def test_around_damage_what_is_read_is_true_and_leads_to_what_is_there(
    lived: Journal, door: Database, tmp_path: Path, seed: int
) -> None:
    true = {one["id"]: one for some in said(door).values() for one in some}
    pages = (lived.folder / DATABASE).stat().st_size // PAGE
    damage(door, lived, random.Random(seed).sample(range(1, pages), pages // 10))  # noqa: S311
    found = salvage(lived.folder, lived.vault)
    kept = [one for some in found.practice.values() for one in some]
    assert len(kept) > len(true) // 3
    assert {one["id"] for one in kept} <= true.keys()
    for one in kept:
        texts = {n: v for n, v in one.items() if isinstance(v, str) and not n.endswith("_id")}
        assert texts.items() <= true[one["id"]].items()
    told = rescue_journal(lived.folder, lived.vault, tmp_path / "rescued", NOW)
    assert told.left_out == found.left_out
    rescued = Journal(tmp_path / "rescued", lived.vault)
    assert [one for one in verify(rescued, [], lambda *_: None) if not one.ok] == []


def test_a_rescued_journal_keeps_the_practice_and_what_was_noted_about_people(
    lived: Journal, door: Database, keys: Path, tmp_path: Path
) -> None:
    true = said(door)
    damage(door, lived, [0])
    told = rescue_journal(lived.folder, lived.vault, tmp_path / "rescued", NOW)
    assert told.left_out == 0
    rescued = open_journal(tmp_path / "rescued", keys)
    reading = rescued.reading()
    with reading.transaction() as tx:
        assert bare(practice_objects(tx)) == bare(true)
        noted = {use.name: (use.alias, use.relation) for use in names.uses(tx, NameKind.PERSON)}
        entries_of_danas = {u.id: u.entries for u in names.uses(tx, NameKind.PERSON)}
    reading.close()
    rescued.close()
    assert noted["Ines"] == ("I.", "peer")
    assert entries_of_danas[DANAS[1]] == 1


def test_an_export_of_what_is_readable_holds_the_practice(
    lived: Journal, door: Database, tmp_path: Path
) -> None:
    true = said(door)
    damage(door, lived, [0])
    out = tmp_path / "readable.json"
    export_readable(lived.folder, lived.vault, out, NOW, version="1")
    raw = json.loads(out.read_text("utf-8"))
    assert {name: raw[name] for name in true} == true
    assert {p["name"]: p.get("relation") for p in raw["people"]}["Ines"] == "peer"
    assert journal_json.read(out).warnings == ()


def test_what_has_lost_its_whole_is_counted_and_words_of_a_direction_are_not_lost(
    lived: Journal, door: Database, tmp_path: Path
) -> None:
    with door.transaction() as tx:
        for table in ("direction", "review"):
            tx.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608
        tx.exec_driver_sql("DELETE FROM delegation WHERE task = 'Report'")
        tx.exec_driver_sql("DELETE FROM area WHERE name = 'line-3'")
        tx.exec_driver_sql("UPDATE commitment SET person_id = id, review_id = id, entry_id = id")
    assert look_for_readable(lived.folder, lived.vault).left_out == 4
    found = salvage(lived.folder, lived.vault)
    (direction,) = found.practice["directions"]
    assert sorted(one["text"] for one in direction["revisions"]) == [
        "Calm lines",
        "Calm, all shifts",
    ]
    (commitment,) = found.practice["commitments"]
    mentioned = [commitment[name] for name in ("person_id", "review_id", "entry_id")]
    assert mentioned == [None, None, None]
    assert rescue_journal(lived.folder, lived.vault, tmp_path / "new", NOW).left_out == 4
