import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, Entry, clean_text
from kotter_journal.formats import journal_json, jrnl_text
from kotter_journal.formats.journal_file import TakenEntry
from tests.formats.test_markdown_folder import BLANK

GOLDEN = Path(__file__).parent / "golden"
Make = Callable[..., Entry]
INJECTED = "before\n[2025-01-01 10:00] an entry that nobody wrote"


def written(*entries: Entry) -> str:
    out = io.BytesIO()
    assert jrnl_text.write(out, map(TakenEntry, entries)) == len(entries)
    return out.getvalue().decode()


def seen_by_jrnl(text: str) -> list[str]:
    """The texts of the entries, found as jrnl 4.6 does (``Journal._parse``), times aside."""
    starts = [m for m in re.finditer(r"(?:^|\n)\[([^\]]+)\] ", text) if len(m[1]) > 6]
    ends = [*(m.start() for m in starts[1:]), len(text)]
    return [text[m.end() : end] for m, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize("name", ["golden-week", "rich"])
def test_the_bytes_are_those_of_the_golden_file(name: str) -> None:
    text = written(*journal_json.read(GOLDEN / f"{name}.json").entries)
    assert text.encode() == (GOLDEN / f"{name}.jrnl.txt").read_bytes()


def test_an_entry_has_its_words_its_minutes_and_its_names(make: Make) -> None:
    used = (
        Allocation(Activity.ALIGNING_PEOPLE, 30),
        Allocation(Activity.ALIGNING_PEOPLE, 5),
        Allocation(Activity.OUTSIDE, 0),
    )
    one = make(
        "- why\n- how\n\n",
        at="9:30",
        title="Night shift",
        duration=60,
        allocations=used,
        tags=("ops", "two words"),
        people=("Zoe\u0308 Berg",),
        starred=True,
    )
    assert written(one, make("a thought")) == (
        "[2026-03-04 09:30] Night shift *\n"
        "- why\n"
        "- how\n"
        "@minutes_60: @aligning_people 35, @outside\n"
        "@ops @two_words @Zoë_Berg\n"
        "\n"
        "[2026-03-04] a thought\n"
    )


def test_dates_are_those_that_jrnl_reads(make: Make) -> None:
    when = written(make("x", at="9:30"))[1:17]
    assert datetime.strptime(when, "%Y-%m-%d %H:%M").hour == 9  # noqa: DTZ007


@pytest.mark.parametrize(
    ("fields", "heading"),
    [
        ({"body": "\n \n# First\nrest"}, "# First"),
        ({"title": "two\nlines\u2028more", "body": "x"}, "two lines more"),
        ({"title": " ", "body": "x"}, "x"),
        ({"body": ""}, "(no words)"),
        ({"body": "**bold**"}, "**bold**."),
        ({"body": "**bold**", "starred": True}, "**bold** *"),
        ({"title": "[2025-01-01 10:00] x"}, "[2025-01-01 10:00] x"),
        ({"title": "x\u00a0y 🙂"}, "x\u00a0y 🙂"),
    ],
)
def test_a_heading_is_one_line(make: Make, fields: dict[str, str], heading: str) -> None:
    assert written(make(**fields)).split("\n")[0] == f"[2026-03-04] {heading}"


@pytest.mark.parametrize(
    "body", [INJECTED, f"[2025-01-01 10:00] x\n{INJECTED}", INJECTED.replace("\n", "\r"), "[a\n] "]
)
def test_no_text_becomes_an_entry(make: Make, body: str) -> None:
    text = written(make(body, title="Title"), make(body), make("last"))
    universal = text.replace("\r\n", "\n").replace("\r", "\n")
    assert len(seen_by_jrnl(universal)) == 3


@given(st.lists(st.text(alphabet="[]] \n*@1a-:.\u2028") | st.text(), min_size=1, max_size=4))
def test_jrnl_sees_as_many_entries_as_there_are(bodies: list[str]) -> None:
    entries = [replace(BLANK, body=clean_text(body)) for body in bodies]
    assert len(seen_by_jrnl(written(*entries))) == len(entries)


def test_nothing_is_an_empty_text() -> None:
    assert written() == ""
