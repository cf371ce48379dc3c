"""The search index against a plain reading of every entry."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from kotter_journal.domain.activities import Activity, Side
from kotter_journal.domain.entries import Allocation, Entry
from kotter_journal.domain.search import SearchQuery, parse_query
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import delete_entries, revise_entry, write_entries
from kotter_journal.storage import entries, search
from kotter_journal.storage.database import Database
from tests.conftest import DAY, WRITTEN_AT


@pytest.fixture
def made(door: Database) -> list[Entry]:
    """150 believable entries."""
    some = list(demo_entries(150, 3, DAY))
    with door.transaction() as tx:
        write_entries(tx, some)
    return some


def found(door: Database, query: str | SearchQuery) -> set[str]:
    asked = parse_query(query, DAY) if isinstance(query, str) else query
    with door.transaction() as tx:
        positions = search.positions(tx, asked)
        assert search.count(tx, asked) == len(positions)
        assert list(positions) == sorted(positions, reverse=True)
        return {e.id for e in entries.entries_at(tx, positions)}


def words_of(entry: Entry) -> list[str]:
    return re.findall(r"\w+", f"{entry.title or ''} {entry.body}".lower())


def test_words_are_found_where_a_plain_reading_finds_them(
    door: Database, made: list[Entry]
) -> None:
    chance = random.Random(5)  # noqa: S311
    vocabulary = sorted({word for entry in made for word in words_of(entry)})
    for word in chance.sample(vocabulary, 60):
        assert found(door, word) == {e.id for e in made if word in words_of(e)}


def test_two_words_must_both_occur_and_an_unwanted_one_must_not(
    door: Database, made: list[Entry]
) -> None:
    chance = random.Random(6)  # noqa: S311
    common = ["the", "and", "a", "of", "it", "to", "with", "was", "is", "not"]
    for _ in range(20):
        one, two, three = chance.sample(common, 3)
        wanted = {e.id for e in made if {one, two} <= set(words_of(e)) and three not in words_of(e)}
        assert found(door, f"{one} {two} -{three}") == wanted


def test_a_deleted_entry_is_not_found_and_a_changed_one_by_its_new_words(
    door: Database, made: list[Entry]
) -> None:
    with door.transaction() as tx:
        delete_entries(tx, [made[0].id], WRITTEN_AT)
        changed = replace(made[1], body="zebra crossing", modified_at=WRITTEN_AT)
        revise_entry(tx, changed)
    assert found(door, "zebra") == {made[1].id}
    assert made[0].id not in found(door, words_of(made[0])[0])
    with door.transaction() as tx:
        tx.exec_driver_sql("INSERT INTO entry_text(entry_text, rank) VALUES('integrity-check', 0)")


def test_the_last_word_may_be_a_beginning(door: Database, write: Callable[..., Entry]) -> None:
    entry = write("Why the night shift changes")
    open_ended = parse_query("night shi", DAY, open_ended=True)
    assert found(door, open_ended) == {entry.id}
    assert found(door, "night shi") == set()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Überstunden im Café", "uberstunden"),
        ("Überstunden im Café", "CAFÉ"),
        ("naïve", "naive"),
        ("東京 meeting", "東京"),
        ("a 'quoted' \"word\"", "quoted"),
        ("C++ and C#", "C++"),
        ("50% NEAR(x y)", "NEAR(x"),
        ("title: x", "title:x"),
    ],
)
def test_what_a_person_types_is_never_syntax(
    door: Database, write: Callable[..., Entry], text: str, query: str
) -> None:
    entry = write(text)
    assert found(door, query) == {entry.id}


@pytest.mark.parametrize(
    "query", ['"', "*", "(", "a AND", "NOT", "-", '-"', "^x", "{a}", "\x00", "col:"]
)
def test_no_query_fails(door: Database, write: Callable[..., Entry], query: str) -> None:
    write("something")
    found(door, query)


def test_facts_narrow(door: Database, write: Callable[..., Entry]) -> None:
    one = write(
        "shift #ops @Dana",
        tags=("ops",),
        people=("Dana",),
        duration=30,
        starred=True,
        allocations=(Allocation(Activity.ALIGNING_PEOPLE, 30),),
    )
    two = write("shift", day=3, allocations=(Allocation(Activity.PLANNING_BUDGETING, 0),))
    cases = {
        "shift #ops": {one.id},
        "#OPS": {one.id},
        "@dana shift": {one.id},
        "activity:aligning": {one.id},
        "is:starred": {one.id},
        "is:untimed": {two.id},
        "-shift": set(),
        "shift": {one.id, two.id},
        "from:2026-03-05": {two.id},
        "to:2026-03-04 shift": {one.id},
        "#nothing": set(),
    }
    assert {query: found(door, query) for query in cases} == cases
    assert found(door, SearchQuery(sides=(Side.MANAGING,))) == {two.id}


def test_snippets_mark_the_hits(door: Database, write: Callable[..., Entry]) -> None:
    write("Before.\nWhy the night *shift* changes, said again: shift.")
    query = parse_query("shift", DAY)
    with door.transaction() as tx:
        positions = search.positions(tx, query)
        ((text, ranges),) = search.snippets(tx, query, positions).values()
    assert [text[start:end] for start, end in ranges] == ["shift", "shift"]


def test_a_limit_takes_the_newest(door: Database, write: Callable[..., Entry]) -> None:
    for day in range(5):
        write("word", day=day)
    with door.transaction() as tx:
        positions = search.positions(tx, parse_query("word", DAY), 2)
        days = [e.on for e in entries.entries_at(tx, positions)]
    assert days == [DAY + timedelta(3), DAY + timedelta(4)]
