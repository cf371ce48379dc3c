import json
import os
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import (
    Allocation,
    Delegable,
    DirectionTouches,
    Entry,
    EntryId,
    Method,
    Sharing,
    TimeSource,
    clean_text,
)
from kotter_journal.formats import journal_json, markdown_folder
from kotter_journal.formats.journal_file import TakenEntry
from tests.conftest import WRITTEN_AT

GOLDEN = Path(__file__).parent / "golden"
RICH = journal_json.read(GOLDEN / "rich.json")
WEEK = journal_json.read(GOLDEN / "golden-week.json")
BLANK = Entry(
    id=EntryId("0195-x"),
    on=date(2026, 3, 4),
    created_at=WRITTEN_AT,
    modified_at=WRITTEN_AT,
    written_on=date(2026, 3, 4),
)
Make = Callable[..., Entry]
texts = st.text().map(clean_text)


def read_back(text: str) -> Entry:
    """The entry in a file, found without YAML: a name, then a date or JSON, on each line."""
    head, body = text.removeprefix("---\n").split("\n---\n", 1)
    found: dict[str, Any] = {}
    for line in head.split("\n"):
        name, value = line.split(": ", 1)
        found[name] = value if value[:1].isdigit() and "-" in value else json.loads(value)
    on, _, at = found["date"].partition("T")
    return Entry(
        id=found["id"],
        on=date.fromisoformat(on),
        at=time.fromisoformat(at) if at else None,
        zone=found.get("time_zone"),
        utc=datetime.fromisoformat(found["utc"]) if "utc" in found else None,
        duration=found.get("duration_minutes"),
        time_source=TimeSource(found.get("time_source", "none")),
        title=found.get("title"),
        body=body,
        allocations=tuple(map(allocation, found.get("allocations", []))),
        tags=tuple(found.get("tags_exact", found.get("tags", []))),
        people=tuple(found.get("people", [])),
        starred=found["starred"],
        sharing=Sharing(found["sharing"]),
        planned=found.get("planned"),
        delegable=Delegable(found.get("delegable", "unset")),
        develops_leader=found.get("develops_leader", False),
        direction=DirectionTouches(**found.get("direction", {})),
        created_at=datetime.fromisoformat(found["created"]),
        modified_at=datetime.fromisoformat(found["modified"]),
        written_on=date.fromisoformat(found["written_on"]),
        source=json.loads(found.get("source_json", '{"app": "kotter-journal"}')),
        extra=json.loads(found.get("extra_json", "{}")),
    )


def allocation(raw: dict[str, Any]) -> Allocation:
    extra = json.loads(raw.pop("extra_json", "{}"))
    raw |= {"activity": Activity(raw["activity"]), "method": Method(raw["method"])}
    return Allocation(**raw, extra=extra)


def written(folder: Path, *entries: Entry) -> list[str]:
    """The paths of the files, oldest entry first."""
    assert markdown_folder.write(folder, map(TakenEntry, entries)) == len(entries)
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))


def test_the_files_are_the_golden_ones(tmp_path: Path) -> None:
    entries = [*WEEK.entries[:2], *RICH.entries]
    taken = [
        TakenEntry(one, RICH.person_ids.get(one.id, ()), ("Line 3", "a: b")) for one in entries
    ]
    assert markdown_folder.write(tmp_path, taken) == len(taken)
    wanted = GOLDEN / "markdown"
    found = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.md")}
    assert found == {p.relative_to(wanted): p.read_bytes() for p in wanted.rglob("*.md")}


@pytest.mark.parametrize("entry", [*RICH.entries, *WEEK.entries], ids=lambda one: one.id[:4])
def test_nothing_of_an_entry_is_lost(entry: Entry) -> None:
    alive = replace(entry, deleted_at=None)
    assert read_back(markdown_folder.note(TakenEntry(alive))) == alive


@given(texts, st.none() | texts, st.lists(texts, max_size=3), st.lists(texts, max_size=3))
def test_no_text_is_lost(body: str, title: str | None, tags: list[str], people: list[str]) -> None:
    entry = replace(BLANK, body=body, title=title, tags=tuple(tags), people=tuple(people))
    assert read_back(markdown_folder.note(TakenEntry(entry))) == entry


@pytest.mark.parametrize(
    "body", ["", "\n", "---\nx: 1\n---\n", " \tx\u00a0 \n\n", "a\r\nb\rc", "\u2028", "\ufeffx"]
)
def test_a_body_is_kept_byte_for_byte(tmp_path: Path, make: Make, body: str) -> None:
    (path,) = written(tmp_path, make(body, title="A title"))
    raw = (tmp_path / path).read_bytes()
    assert raw.split(b"\n---\n", 1)[1] == body.encode()


@given(texts)
def test_front_matter_is_printable_and_its_lines_stay_lines(title: str) -> None:
    text = markdown_folder.note(TakenEntry(replace(BLANK, title=title)))
    assert text.splitlines() == text.removesuffix("\n").split("\n")
    assert not [c for c in text if c in "\x7f\x80\x85\x9f\u2028\u2029\ufeff\uffff"]


def test_tags_are_fit_for_obsidian_and_exact_beside(make: Make) -> None:
    tags = ("two words", "ops/a-b", "Größe", "c++", "हिन्दी")
    lines = markdown_folder.note(TakenEntry(make(tags=tags))).split("\n")
    assert 'tags: ["two-words", "ops/a-b", "Größe", "c-", "हिन्दी"]' in lines
    assert 'tags_exact: ["two words", "ops/a-b", "Größe", "c++", "हिन्दी"]' in lines
    assert "tags_exact" not in markdown_folder.note(TakenEntry(make(tags=("ops",))))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "2026-03-04 0930 .. .. etc passwd"),
        ("CON", "2026-03-04 0930 CON"),
        ("C:\\nul.txt", "2026-03-04 0930 C nul.txt"),
        ("what? [[x]] #y ^z | \"q\" <a>*", "2026-03-04 0930 what x y z q a"),
        ("ends with dots. . .", "2026-03-04 0930 ends with dots"),
        ("line\nbreak\ttab\u2028\x9f", "2026-03-04 0930 line break tab"),
        ("\u202egpj.exe\u200b", "2026-03-04 0930 gpj.exe"),
        ("e\u0301", "2026-03-04 0930 é"),
        ("👩\u200d🌾 field", "2026-03-04 0930 👩\u200d🌾 field"),
        ("???", "2026-03-04 0930"),
        ("", "2026-03-04 0930"),
    ],
)  # fmt: skip
def test_a_hostile_title_gives_a_harmless_name(
    tmp_path: Path, make: Make, title: str, name: str
) -> None:
    assert written(tmp_path, make(title=title, at="9:30")) == [f"2026/{name}.md"]


@pytest.mark.parametrize("title", ["x" * 300, "🙂" * 300, "ж" * 300, "word " * 60])
def test_a_long_title_is_cut_to_what_systems_allow(make: Make, title: str) -> None:
    name = markdown_folder.file_name(make(title=title, at="9:30"))
    assert len(name) <= 100
    assert len(f"{name} 1000.md".encode()) <= 255
    assert unicodedata.is_normalized("NFC", name)


@given(texts)
def test_any_title_gives_a_name_that_windows_takes(title: str) -> None:
    name = markdown_folder.file_name(replace(BLANK, title=title))
    assert name.startswith("2026-03-04")
    assert not set(name) & set('\\/:*?"<>|#^[]\n\t')
    assert name == name.rstrip(". ")
    assert os.path.basename(name) == name


def test_the_same_title_twice_makes_two_files(tmp_path: Path, make: Make) -> None:
    titles = ["Plan", "plan", "Plan 2", "PLAN", "Ｐlan"]
    entries = [make(f"body {n}", title=title) for n, title in enumerate(titles)]
    entries.append(make("body 5", title="Plan", day=1))
    names = written(tmp_path, *entries)
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names}) == 6
    assert {"2026/2026-03-04 Plan.md", "2026/2026-03-04 plan 2.md"} <= set(names)
    bodies = {p.read_text("utf-8").split("\n---\n", 1)[1] for p in tmp_path.rglob("*.md")}
    assert bodies == {f"body {n}" for n in range(6)}


def test_years_of_four_digits(tmp_path: Path, make: Make) -> None:
    early = replace(make(title="x"), on=date(7, 1, 2))
    assert written(tmp_path, early) == ["0007/0007-01-02 x.md"]
