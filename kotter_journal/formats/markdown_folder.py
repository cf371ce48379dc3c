"""A folder of Markdown files, one for each entry, that Obsidian and every text editor read.

``YYYY/YYYY-MM-DD HHmm Title.md``: front matter, then the body byte for byte. The front matter is
YAML of which each line is ``name: value`` with a date or JSON as its value, so that YAML 1.1, YAML
1.2 and a reader of ten lines find the same. What an entry does not say is left out, and all that
it says is there: members of other programs as JSON text in ``source_json`` and ``extra_json``.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from kotter_journal.domain.entries import (
    Allocation,
    Delegable,
    DirectionTouches,
    Entry,
    TimeSource,
    fold,
    title_of,
)
from kotter_journal.formats.journal_file import TakenEntry
from kotter_journal.formats.journal_json import instant_text

_OURS = {"app": "kotter-journal"}
_LONGEST, _MOST_BYTES = 96, 200
"""Of a file's name without its suffix; systems allow 255 bytes, and clashes add a number."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|#^\[\]]+')
_JOINERS = "\u200c\u200d"
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_IN_TAGS = re.compile(r"(?:[^\w/\-\x80-\U0010ffff]|\s)+")


def write(folder: Path, taken: Iterable[TakenEntry]) -> int:
    """Write the entries, oldest first, into an empty folder; how many they were. Raises OSError."""
    done, day, names = 0, "", set[str]()
    for one in taken:
        on = one.entry.on.isoformat()
        if on != day:
            day, names = on, set()
            (folder / on[:4]).mkdir(exist_ok=True)
        name = _free_name(file_name(one.entry), names)
        with (folder / on[:4] / f"{name}.md").open("xb") as file:
            file.write(note(one).encode())
        done += 1
    return done


def note(taken: TakenEntry) -> str:
    """The whole text of one file."""
    lines = (f"{name}: {value}\n" for name, value in _front_matter(taken))
    return f"---\n{''.join(lines)}---\n{taken.entry.body}"


def file_name(entry: Entry) -> str:
    """A name, without its suffix, that every system and Obsidian's links can bear."""
    when = entry.on.isoformat() + ("" if entry.at is None else f" {entry.at:%H%M}")
    heading = unicodedata.normalize("NFC", title_of(entry.title, entry.body))
    plain = "".join(c for c in _NOT_IN_NAMES.sub(" ", heading) if _is_plain(c))
    name = " ".join([when, *plain.split()])[:_LONGEST]
    # Cutting in the middle of a letter leaves bytes that are none; they fall away.
    return name.encode()[:_MOST_BYTES].decode(errors="ignore").rstrip(". ")


def _is_plain(character: str) -> bool:
    return unicodedata.category(character)[0] != "C" or character in _JOINERS


def _free_name(name: str, names: set[str]) -> str:
    """The name, with a number where a file of the same day has it, upper and lower case alike."""
    free, number = name, 1
    while fold(free) in names:
        number += 1
        free = f"{name} {number}"
    names.add(fold(free))
    return free


def _front_matter(taken: TakenEntry) -> Iterator[tuple[str, str]]:
    entry = taken.entry
    yield "id", _json(entry.id)
    yield from _when(entry)
    if entry.title is not None:
        yield "title", _json(entry.title)
    yield from _names("tags", [_NOT_IN_TAGS.sub("-", tag) for tag in entry.tags])
    if any(_NOT_IN_TAGS.search(tag) for tag in entry.tags):
        yield from _names("tags_exact", entry.tags)
    yield from _names("people", entry.people)
    yield from _names("people_ids", taken.person_ids)
    yield from _names("areas", taken.areas)
    if entry.allocations:
        used = {a.activity.value: entry.minutes_of(a.activity) for a in entry.allocations}
        yield "activities", _json(used)
        yield "allocations", _json([_allocation(one) for one in entry.allocations])
    yield from _flags(entry)
    yield "created", instant_text(entry.created_at)
    yield "modified", instant_text(entry.modified_at)
    yield "written_on", entry.written_on.isoformat()
    if entry.source != _OURS:
        yield "source_json", _json(_json(entry.source))
    if entry.extra:
        yield "extra_json", _json(_json(entry.extra))


def _when(entry: Entry) -> Iterator[tuple[str, str]]:
    at = entry.at
    yield "date", (entry.on if at is None else datetime.combine(entry.on, at)).isoformat()
    if entry.zone is not None:
        yield "time_zone", _json(entry.zone)
    if entry.utc is not None:
        yield "utc", instant_text(entry.utc)
    if entry.duration is not None:
        yield "duration_minutes", str(entry.duration)
    if entry.time_source is not TimeSource.NONE:
        yield "time_source", _json(entry.time_source.value)


def _flags(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "starred", _json(entry.starred)
    yield "sharing", _json(entry.sharing.value)
    if entry.planned is not None:
        yield "planned", _json(entry.planned)
    if entry.delegable is not Delegable.UNSET:
        yield "delegable", _json(entry.delegable.value)
    if entry.develops_leader:
        yield "develops_leader", "true"
    touches = entry.direction
    if touches != DirectionTouches():
        said: dict[str, bool | str] = {
            "stated": touches.stated,
            "heard_back": touches.heard_back,
            "challenged": touches.challenged,
        }
        if touches.revision is not None:
            said["revision"] = touches.revision
        yield "direction", _json(said)


def _names(name: str, values: Iterable[str]) -> Iterator[tuple[str, str]]:
    listed = list(values)
    if listed:
        yield name, _json(listed)


def _allocation(one: Allocation) -> Mapping[str, Any]:
    said = {
        "activity": one.activity.value,
        "minutes": one.minutes,
        "method": one.method.value,
        "origin": one.origin,
        "origin_id": one.origin_id,
        "note": one.note,
        "extra_json": _json(one.extra) if one.extra else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _json(value: object) -> str:
    """JSON that is YAML as well, which knows fewer characters to stand for themselves."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
