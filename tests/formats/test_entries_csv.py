import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, Entry, Method
from kotter_journal.formats import entries_csv, journal_json
from kotter_journal.formats.journal_file import TakenEntry

GOLDEN = Path(__file__).parent / "golden"
Make = Callable[..., Entry]


def written(*taken: TakenEntry, raw: bool = False) -> bytes:
    out = io.BytesIO()
    assert entries_csv.write(out, taken, raw=raw) == len(taken)
    return out.getvalue()


def rows(*entries: Entry, raw: bool = False) -> list[dict[str, str]]:
    text = written(*map(TakenEntry, entries), raw=raw).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("name", ["golden-week", "rich"])
def test_the_bytes_are_those_of_the_golden_file(name: str) -> None:
    file = journal_json.read(GOLDEN / f"{name}.json")
    found = written(*(TakenEntry(entry, (), ("Line 3",)) for entry in file.entries))
    assert found == (GOLDEN / f"{name}.csv").read_bytes()


def test_an_empty_table_has_its_head() -> None:
    head = ",".join(f'"{name}"' for name in entries_csv.COLUMNS)
    assert written() == f"\ufeff{head}\r\n".encode()


def test_each_column_of_minutes_can_be_summed(make: Make) -> None:
    used = (
        Allocation(Activity.ALIGNING_PEOPLE, 20, Method.EXPLICIT),
        Allocation(Activity.OUTSIDE, 5, Method.EXPLICIT),
    )
    one = make(duration=60, allocations=used, body="words")
    other, untimed = make(duration=10), make(allocations=(Allocation(Activity.OUTSIDE, 0),))
    found = rows(one, other, untimed)
    assert [row["row"] for row in found] == ["1", "2", "3", "1", "1"]
    assert [row["minutes"] for row in found] == ["20", "5", "35", "10", "0"]
    assert [row["duration_minutes"] for row in found] == ["60", "", "", "10", ""]
    assert [row["side"] for row in found] == ["leading", "outside", "", "", "outside"]
    assert [row["body"] for row in found if row["id"] == one.id] == ["words", "", ""]


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "- a list",
    "@SUM(A1)",
    "|calc",
    "%0A",
    "\t=1",
    "\n=1",
    "  =1",
    "\u00a0=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''-1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_taken_for_a_formula(make: Make, text: str) -> None:
    entry = make(title=text, body=text, tags=(text,), people=(text,))
    for row in rows(entry):
        for name in ("title", "body", "tags", "people"):
            assert row[name] == f"'{text}"
    assert rows(entry, raw=True)[0]["body"] == text


@pytest.mark.parametrize("text", ["a=1", "1-2", "", "'quoted'", "'", "🙂", "Größe"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert entries_csv.harmless(text) == text


def test_a_zone_that_is_an_offset_is_no_formula_either(make: Make) -> None:
    assert rows(replace(make(), zone="+05:30"))[0]["time_zone"] == "'+05:30"


def test_a_cell_holds_any_text_and_any_line_end(make: Make) -> None:
    body = 'x\u00a0y\r\n"quoted", and; more\n\u2028last\n'
    entry = make(title="Title, with a comma", body=body)
    found = rows(entry)
    assert (found[0]["title"], found[0]["body"]) == ("Title, with a comma", body)


def test_the_first_line_stands_for_a_title(make: Make) -> None:
    assert rows(make(title=None, body="# The week\nmore"))[0]["title"] == "The week"
