"""Plain text as jrnl (jrnl.sh) keeps it: when, a heading, the words, and a line of its tags.

Times are local and have no zone. Activities, tags and people become jrnl's tags, minutes stand
beside them. Flags but the star, and methods, have no place in it: they leave as JSON or Markdown.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from kotter_journal.domain.entries import Entry
from kotter_journal.formats.journal_file import TakenEntry

_UNTITLED = "(no words)"
_LINE_START = re.compile(r"(?<![^\r\n])\[")
"""Where jrnl would begin another entry."""
_NOT_IN_TAGS = re.compile(r"[^-+*#/\w]+")


def write(out: BinaryIO, taken: Iterable[TakenEntry]) -> int:
    """Write the entries to ``out`` and say how many they were. Raises OSError."""
    done, between = 0, ""
    for one in taken:
        out.write(f"{between}{_text(one)}".encode())
        done, between = done + 1, "\n"
    return done


def _text(taken: TakenEntry) -> str:
    entry = taken.entry
    when = entry.on.isoformat() + ("" if entry.at is None else f" {entry.at:%H:%M}")
    heading, body = _heading_and_body(entry)
    if entry.starred:
        heading += " *"
    elif heading.endswith("*"):
        heading += "."  # jrnl would take it for a star
    lines = [f"[{when}] {heading}", _LINE_START.sub(r"\\[", body).rstrip()]
    lines += [_minutes_line(entry), " ".join(_tags([*entry.tags, *entry.people, *taken.areas]))]
    return "".join(f"{line}\n" for line in lines if line)


def _heading_and_body(entry: Entry) -> tuple[str, str]:
    """The title on one line, or else the first line of the body, and what follows."""
    title = " ".join((entry.title or "").splitlines()).strip()
    if title:
        return title, entry.body
    first, _, rest = entry.body.strip().partition("\n")
    return " ".join(first.splitlines()).strip() or _UNTITLED, rest


def _minutes_line(entry: Entry) -> str:
    """For example "@minutes_60: @aligning_people 30, @outside 5"; an activity may have none."""
    used = []
    for activity in dict.fromkeys(one.activity for one in entry.allocations):
        minutes = entry.minutes_of(activity)
        used.append(f"@{activity}" + (f" {minutes}" if minutes else ""))
    whole = "" if entry.duration is None else f"@minutes_{entry.duration}"
    return ": ".join(part for part in (whole, ", ".join(used)) if part)


def _tags(names: Iterable[str]) -> Iterator[str]:
    for name in dict.fromkeys(unicodedata.normalize("NFC", name) for name in names):
        yield f"@{_NOT_IN_TAGS.sub('_', name)}"
