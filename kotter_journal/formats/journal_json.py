"""Our own JSON export: everything in it, written entry by entry in one fixed form.

The form is that of ``kotter-journal-export-1.schema.json``: UTF-8, one space of indent, members
in one order, so that reading a file and writing it again gives the same bytes.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from json.encoder import encode_basestring as quoted
from typing import Any, BinaryIO

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, DirectionTouches, Entry
from kotter_journal.formats.journal_file import FilePerson, JournalHead, Scope
from kotter_journal.formats.journal_json_reader import read, written_on

__all__ = ["entry_object", "read", "write"]

FORMAT_VERSION = "1.0"
_SLICE = 256
_FLAGS = {False: "false", True: "true", None: "null"}
_OURS = {"app": "kotter-journal"}
_OUR_SOURCE = '{\n    "app": "kotter-journal"\n   }'
_UNTOUCHED = DirectionTouches()
_NO_TOUCHES = (
    '{\n    "stated": false,\n    "heard_back": false,\n    "challenged": false,\n'
    '    "revision": null\n   }'
)
_INNER = frozenset({"when", "direction", "attachments", "people"})


def write(
    out: BinaryIO,
    head: JournalHead,
    people: Sequence[FilePerson],
    entries: Iterable[tuple[Entry, tuple[str, ...]]],
    *,
    scope: Scope,
    exported_at: datetime,
    version: str,
    after_slice: Callable[[int], None] = lambda _: None,
) -> int:
    """Write a journal to ``out`` and say how many entries it was; each comes with its people's ids.

    ``after_slice`` hears the number written so far now and then. Raises OSError.
    """
    out.write(_opening(head, people, scope, exported_at, version).encode())
    done, remaining, separator = 0, iter(entries), "\n"
    while some := list(islice(remaining, _SLICE)):
        texts = [_entry_text(entry, ids, head.time_zone) for entry, ids in some]
        out.write((separator + ",\n".join(texts)).encode())
        done, separator = done + len(some), ",\n"
        after_slice(done)
    closing = "\n ]" if done else "]"
    rest = "".join(f",\n {quoted(n)}: {_any(v, 1)}" for n, v in head.file_extra.items())
    out.write(f"{closing}{rest}\n}}".encode())
    return done


def entry_object(entry: Entry, person_ids: Sequence[str], zone: str | None) -> dict[str, Any]:
    """One entry as the object that an export holds; ``zone`` is the journal's."""
    found: dict[str, Any] = json.loads(_entry_text(entry, person_ids, zone))
    return found


def instant_text(at: datetime) -> str:
    """An instant in UTC as the export writes it, with milliseconds only where there are any."""
    text = at.isoformat(timespec="milliseconds" if at.microsecond else "seconds")
    return f"{text[:-6]}Z"


def _opening(
    head: JournalHead,
    people: Sequence[FilePerson],
    scope: Scope,
    exported_at: datetime,
    version: str,
) -> str:
    opening = {
        "format": "kotter-journal",
        "format_version": FORMAT_VERSION,
        "exported_at": instant_text(exported_at.astimezone(UTC).replace(microsecond=0)),
        "generator": {"name": "Kotter Journal", "version": version},
        "scope": {
            "complete": scope.complete,
            "from": None if scope.first is None else scope.first.isoformat(),
            "to": None if scope.last is None else scope.last.isoformat(),
            "sharing": scope.sharing,
            "attachments_included": True,
            "names": "full",
        },
        "journal": {
            "id": head.id,
            "name": head.name,
            "time_zone": head.time_zone,
            **head.journal_extra,
        },
        "activities": [{"key": a.value, "label": a.label, "group": a.side.value} for a in Activity],
        "people": [{"id": p.id, "name": p.name, **p.extra} for p in people],
        "entries": [],
    }
    return _any(opening, 0).removesuffix("]\n}")


def _entry_text(entry: Entry, person_ids: Sequence[str], journal_zone: str | None) -> str:
    """One entry at its place in the file; by hand, since json's indenting is ten times slower."""
    extra = entry.extra
    deleted = entry.deleted_at
    members = f"""  {{
   "id": "{entry.id}",
   "when": {_when_text(entry, extra)},
   "duration_minutes": {"null" if entry.duration is None else entry.duration},
   "time_source": "{entry.time_source}",
   "created_at": "{instant_text(entry.created_at)}",
   "modified_at": "{instant_text(entry.modified_at)}",
   "title": {"null" if entry.title is None else quoted(entry.title)},
   "body": {quoted(entry.body)},
   "starred": {_FLAGS[entry.starred]},
   "sharing": "{entry.sharing}",
   "planned": {_FLAGS[entry.planned]},
   "delegable": "{entry.delegable}",
   "develops_leader": {_FLAGS[entry.develops_leader]},
   "direction": {_direction_text(entry.direction, extra)},
{"" if deleted is None else f'   "deleted_at": "{instant_text(deleted)}",{chr(10)}'}\
   "tags": {_texts(entry.tags)},
   "people": {_texts([*person_ids, *extra.get("people", ())])},
   "allocations": {_allocations_text(entry.allocations)},
   "attachments": {_any(extra.get("attachments", []), 3)},
   "source": {_OUR_SOURCE if entry.source == _OURS else _any(entry.source, 3)}"""
    if entry.written_on != written_on(entry.created_at, entry.zone or journal_zone):
        members += f',\n   "written_on": "{entry.written_on.isoformat()}"'
    if extra:
        members += "".join(
            f",\n   {quoted(n)}: {_any(v, 3)}" for n, v in extra.items() if n not in _INNER
        )
    return members + "\n  }"


def _when_text(entry: Entry, extra: Mapping[str, Any]) -> str:
    local = entry.on.isoformat()
    if entry.at is not None:
        local += f"T{entry.at.isoformat()}"
    zone = "null" if entry.zone is None else quoted(entry.zone)
    utc = "null" if entry.utc is None else f'"{instant_text(entry.utc)}"'
    unknown: Mapping[str, Any] = extra.get("when", {})
    more = "".join(
        f",\n    {quoted(n)}: {_any(v, 4)}" for n, v in unknown.items() if n != "all_day"
    )
    return (
        f'{{\n    "local": "{local}",\n    "zone": {zone},\n    "utc": {utc},\n'
        f'    "all_day": {_FLAGS[unknown.get("all_day", False)]}{more}\n   }}'
    )


def _direction_text(touches: DirectionTouches, extra: Mapping[str, Any]) -> str:
    if touches == _UNTOUCHED and "direction" not in extra:
        return _NO_TOUCHES
    known = {
        "stated": touches.stated,
        "heard_back": touches.heard_back,
        "challenged": touches.challenged,
        "revision": touches.revision,
    }
    return _any(known | extra.get("direction", {}), 3)


def _allocations_text(rows: Sequence[Allocation]) -> str:
    if not rows:
        return "[]"
    return "[\n    " + ",\n    ".join([_allocation_text(row) for row in rows]) + "\n   ]"


def _allocation_text(row: Allocation) -> str:
    text = f'{{\n     "activity": "{row.activity}",\n     "minutes": {row.minutes}'
    if row.origin is not None:
        text += f',\n     "origin": {quoted(row.origin)}'
    if row.origin_id is not None:
        text += f',\n     "origin_id": {quoted(row.origin_id)}'
    if row.note is not None:
        text += f',\n     "note": {quoted(row.note)}'
    text += f',\n     "method": "{row.method}"'
    if row.extra:
        text += "".join(f",\n     {quoted(n)}: {_any(v, 5)}" for n, v in row.extra.items())
    return text + "\n    }"


def _texts(names: Sequence[str]) -> str:
    if not names:
        return "[]"
    return "[\n    " + ",\n    ".join([quoted(name) for name in names]) + "\n   ]"


def _any(value: object, depth: int) -> str:
    """Any value, indented for its place."""
    if not value and isinstance(value, list):
        return "[]"
    text = json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False)
    return text.replace("\n", "\n" + " " * depth)
