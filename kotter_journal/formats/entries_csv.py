"""Minutes and entries as a table (CSV): one row for each activity of an entry.

UTF-8 with a byte order mark, CRLF between rows, every cell quoted, so that table programs read it
as it stands. ``minutes`` is what one activity got, or what no activity has yet;
``duration_minutes`` and ``body`` stand on the first row of an entry, so that each column can be
summed.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from kotter_journal.domain.entries import Allocation, Entry, title_of
from kotter_journal.formats.journal_file import TakenEntry
from kotter_journal.formats.journal_json import instant_text

COLUMNS = (
    "id",
    "row",
    "date",
    "time",
    "time_zone",
    "utc",
    "title",
    "activity",
    "side",
    "minutes",
    "method",
    "duration_minutes",
    "starred",
    "sharing",
    "planned",
    "delegable",
    "develops_leader",
    "stated",
    "heard_back",
    "challenged",
    "tags",
    "people",
    "areas",
    "body",
)
_FLAGS = {False: "false", True: "true", None: ""}
_FORMULA = re.compile(r"'*\s*[=+\-@|%\t\r\n＝＋－＠]")


def write(out: BinaryIO, taken: Iterable[TakenEntry], *, raw: bool = False) -> int:
    """Write the entries to ``out`` and say how many they were. Raises OSError.

    ``raw`` writes texts as they are, for programs; a table program may run what they hold.
    """
    out.write(b"\xef\xbb\xbf")
    rows = csv.writer(_Encoded(out), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    done = 0
    for one in taken:
        rows.writerows(_rows(one, raw))
        done += 1
    return done


def harmless(text: str) -> str:
    """``text`` with a ``'`` before it where a table program could take it for a formula.

    A reader gets it back by taking one ``'`` away from what this pattern finds.
    """
    return f"'{text}" if _FORMULA.match(text) else text


class _Encoded:
    """What csv writes to, in UTF-8; unlike a TextIOWrapper it closes nothing."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        return self._out.write(text.encode())


def _rows(taken: TakenEntry, raw: bool) -> Iterator[list[str]]:
    entry = taken.entry
    cell = str if raw else harmless
    when = [
        entry.on.isoformat(),
        "" if entry.at is None else entry.at.isoformat(),
        cell(entry.zone or ""),
        "" if entry.utc is None else instant_text(entry.utc),
        cell(title_of(None, entry.body) if entry.title is None else entry.title),
    ]
    facts = [
        _FLAGS[entry.starred],
        entry.sharing.value,
        _FLAGS[entry.planned],
        entry.delegable.value,
        _FLAGS[entry.develops_leader],
        _FLAGS[entry.direction.stated],
        _FLAGS[entry.direction.heard_back],
        _FLAGS[entry.direction.challenged],
        *(cell("; ".join(names)) for names in (entry.tags, entry.people, taken.areas)),
    ]
    duration = "" if entry.duration is None else str(entry.duration)
    body = cell(entry.body)
    for number, used in enumerate(_minutes(entry), start=1):
        yield [entry.id, str(number), *when, *used, duration, *facts, body]
        duration = body = ""


def _minutes(entry: Entry) -> list[list[str]]:
    """Activity, side, minutes and method: of each allocation, then of what none of them has."""
    rows = [_allotted(one) for one in entry.allocations]
    if entry.unclassified or not rows:
        rows.append(["", "", str(entry.unclassified or ""), ""])
    return rows


def _allotted(one: Allocation) -> list[str]:
    return [one.activity.value, one.activity.side.value, str(one.minutes), one.method.value]
