"""Reading our own JSON export: every member checked, every unknown one kept."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import (
    MINUTES_A_DAY,
    Allocation,
    Delegable,
    DirectionTouches,
    Entry,
    EntryId,
    Method,
    Sharing,
    TimeSource,
    check,
    clean_text,
    fold,
    people_in,
    tags_in,
    to_milliseconds,
    utc_of,
    zone_of,
)
from kotter_journal.domain.errors import EntryProblem, InvalidEntry, UnreadableInput
from kotter_journal.domain.periods import parse_date
from kotter_journal.formats.journal_file import FilePerson, JournalFile, JournalHead, Remark

MAX_BYTES = 512 * 1024 * 1024
_DEEPEST = 64
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?))?", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z", re.ASCII)
_VERSION = re.compile(r"(\d{1,9})\.\d{1,9}", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_FILE = frozenset(
    [
        "format",
        "format_version",
        "exported_at",
        "generator",
        "scope",
        "journal",
        "activities",
        "people",
        "entries",
    ]
)
_JOURNAL = frozenset({"id", "name", "time_zone"})
_PERSON = frozenset({"id", "name"})
_ENTRY = frozenset(
    [
        "id",
        "when",
        "duration_minutes",
        "time_source",
        "created_at",
        "modified_at",
        "title",
        "body",
        "starred",
        "sharing",
        "planned",
        "delegable",
        "develops_leader",
        "direction",
        "deleted_at",
        "tags",
        "people",
        "allocations",
        "attachments",
        "source",
        "written_on",
    ]
)
_WHEN = frozenset({"local", "zone", "utc", "all_day"})
_DIRECTION = frozenset({"stated", "heard_back", "challenged", "revision"})
_ALLOCATION = frozenset({"activity", "minutes", "method", "origin", "origin_id", "note"})
_ORIGINS = frozenset({"manual", "calendar", "tracker", "import"})

_Kind = TypeVar("_Kind", bound=StrEnum)


def read(path: Path) -> JournalFile:
    """The journal in a file of our JSON format, 1.x. Raises UnreadableInput, naming the place."""
    name = path.name
    try:
        return _Reader(name).file(_parsed(path))
    except _Refused as refused:
        place = f"{name}, {refused.place}" if refused.place else name
        raise UnreadableInput(place, refused.reason) from None
    except RecursionError:
        raise UnreadableInput(name, "it is nested too deeply to be an export of ours") from None


class _Refused(Exception):
    """Something at ``place`` cannot be read, for ``reason``."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place = place
        self.reason = reason


def _parsed(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _Refused("", "the file is larger than 512 MB")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused("", f"the file is not UTF-8 text (byte {error.start})") from None
    except OSError as error:
        raise _Refused("", f"the file cannot be read ({error.strerror})") from None
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _Refused(where, f"this is not JSON ({error.msg})") from None
    except ValueError as error:
        raise _Refused("", f"this is not JSON ({error})") from None
    return _object(value, "")


def _no_constant(word: str) -> NoReturn:
    raise _Refused("", f"{word} is not a number that JSON knows")


def _finite(digits: str) -> float:
    number = float(digits)
    if number - number:
        raise _Refused("", "it holds a number too large to keep")
    return number


class _Reader:
    """Reads one file; counts the characters that had to be replaced."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._zone: str | None = None
        self._names: dict[str, str] = {}
        self._replaced = 0
        self._first_replaced = ""

    def file(self, raw: dict[str, Any]) -> JournalFile:
        _check_format(raw)
        self._check_generator(raw)
        head = self._head(raw)
        people = tuple(
            self._person(one, f"people[{i}]")
            for i, one in enumerate(_list(raw.get("people", []), "people"))
        )
        _refuse_twice(((p.id, f"people[{i}].id") for i, p in enumerate(people)), "person")
        self._names = {person.id: person.name for person in people}
        entries, person_ids, places = self._entries(_member(raw, "entries", ""))
        return JournalFile(
            name=self._name,
            head=head,
            complete=self._is_complete(raw),
            people=people,
            entries=tuple(entries),
            person_ids=person_ids,
            places=places,
            warnings=self._warnings(),
        )

    def _check_generator(self, raw: dict[str, Any]) -> None:
        _instant(_member(raw, "exported_at", ""), "exported_at")
        generator = _object(_member(raw, "generator", ""), "generator")
        for name in ("name", "version"):
            self._text(_member(generator, name, "generator"), f"generator.{name}")
        for i, one in enumerate(_list(_member(raw, "activities", ""), "activities")):
            place = f"activities[{i}]"
            row = _object(one, place)
            _choice(Activity, _member(row, "key", place), f"{place}.key")
            self._text(_member(row, "label", place), f"{place}.label")

    def _is_complete(self, raw: dict[str, Any]) -> bool:
        scope = _object(raw.get("scope", {}), "scope")
        return _flag(scope.get("complete", False), "scope.complete")

    def _head(self, raw: dict[str, Any]) -> JournalHead:
        journal = _object(_member(raw, "journal", ""), "journal")
        self._zone = _zone(_member(journal, "time_zone", "journal"), "journal.time_zone")
        return JournalHead(
            id=_uuid(_member(journal, "id", "journal"), "journal.id"),
            name=self._text(_member(journal, "name", "journal"), "journal.name"),
            time_zone=self._zone,
            file_extra=self._unknown(raw, _FILE, ""),
            journal_extra=self._unknown(journal, _JOURNAL, "journal"),
        )

    def _person(self, value: object, place: str) -> FilePerson:
        raw = _object(value, place)
        one = _uuid(_member(raw, "id", place), f"{place}.id")
        name = self._text(raw.get("name", ""), f"{place}.name") or f"Person {one[:4]}"
        return FilePerson(one, name, self._unknown(raw, _PERSON, place))

    def _entries(
        self, value: object
    ) -> tuple[list[Entry], dict[EntryId, tuple[str, ...]], dict[EntryId, str]]:
        entries: list[Entry] = []
        person_ids: dict[EntryId, tuple[str, ...]] = {}
        places: dict[EntryId, str] = {}
        minutes: dict[date, int] = {}
        for i, one in enumerate(_list(value, "entries")):
            place = f"entries[{i}]"
            try:
                raw = _object(one, "")
                entry, ids = self._entry(raw)
                if entry.id in places:
                    raise _Refused("id", f"the id stands at {places[entry.id]} as well")
                if entry.deleted_at is None and entry.duration:
                    _add_minutes(minutes, entry)
            except _Refused as refused:
                where = f"{place}.{refused.place}" if refused.place else place
                raise _Refused(where, refused.reason) from None
            places[entry.id] = place
            if ids is not None:
                person_ids[entry.id] = ids
            entries.append(entry)
            if self._replaced and not self._first_replaced:
                self._first_replaced = place
        return entries, person_ids, places

    def _entry(self, raw: dict[str, Any]) -> tuple[Entry, tuple[str, ...] | None]:
        when = _object(_member(raw, "when", ""), "when")
        on, at = _local(_member(when, "local", "when"))
        zone = _zone(_member(when, "zone", "when"), "when.zone")
        utc = _optional_instant(when.get("utc"), "when.utc")
        if utc is not None and at is None:
            raise _Refused("when.utc", "a date without a time has no instant")
        duration = _duration(raw.get("duration_minutes"))
        title = raw.get("title")
        title = None if title is None else self._text(title, "title")
        body = self._text(_member(raw, "body", ""), "body")
        created_at = _instant(_member(raw, "created_at", ""), "created_at")
        extra = self._unknown(raw, _ENTRY, "")
        ids, names = self._people(raw, extra, title, body)
        self._nested(raw, when, extra)
        entry = Entry(
            id=EntryId(_uuid(_member(raw, "id", ""), "id")),
            on=on,
            at=at,
            zone=zone,
            utc=utc_of(on, at, zone) if utc is None else utc,
            duration=duration,
            time_source=_choice(
                TimeSource, raw.get("time_source", "typed" if duration else "none"), "time_source"
            ),
            title=title,
            body=body,
            allocations=self._allocations(raw.get("allocations", [])),
            tags=self._tags(raw, title, body),
            people=names,
            starred=_flag(raw.get("starred", False), "starred"),
            sharing=_choice(Sharing, raw.get("sharing", "private"), "sharing"),
            planned=None if (planned := raw.get("planned")) is None else _flag(planned, "planned"),
            delegable=_choice(Delegable, raw.get("delegable", "unset"), "delegable"),
            develops_leader=_flag(raw.get("develops_leader", False), "develops_leader"),
            direction=self._direction(raw.get("direction", {})),
            created_at=created_at,
            modified_at=_instant(_member(raw, "modified_at", ""), "modified_at"),
            written_on=self._written_on(raw, created_at, zone),
            deleted_at=_deleted_at(raw.get("deleted_at")),
            source=self._source(raw.get("source")),
            extra=extra,
        )
        _check_rules(entry)
        return entry, ids

    def _people(
        self, raw: dict[str, Any], extra: dict[str, Any], title: str | None, body: str
    ) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
        """Ids and names; without a list in the file the text says who it is about."""
        if "people" not in raw:
            return None, people_in(f"{title or ''}\n{body}")
        listed = _list(raw["people"], "people")
        ids = [_uuid(one, f"people[{i}]") for i, one in enumerate(listed)]
        _refuse_twice(((one, f"people[{i}]") for i, one in enumerate(ids)), "person")
        if strangers := [one for one in ids if one not in self._names]:
            extra["people"] = strangers
        known = tuple(one for one in ids if one in self._names)
        return known, tuple(self._names[one] for one in known)

    def _tags(self, raw: dict[str, Any], title: str | None, body: str) -> tuple[str, ...]:
        if "tags" not in raw:
            return tags_in(f"{title or ''}\n{body}")
        tags: dict[str, str] = {}
        for i, one in enumerate(_list(raw["tags"], "tags")):
            tag = self._text(one, f"tags[{i}]")
            if not tag:
                raise _Refused(f"tags[{i}]", "a tag without letters")
            tags.setdefault(fold(tag), tag)
        return tuple(tags.values())

    def _nested(self, raw: dict[str, Any], when: dict[str, Any], extra: dict[str, Any]) -> None:
        """Members inside members that only other versions know."""
        unknown = self._unknown(when, _WHEN, "when")
        if _flag(when.get("all_day", False), "when.all_day"):
            unknown = {"all_day": True} | unknown
        if unknown:
            extra["when"] = unknown
        direction = _object(raw.get("direction", {}), "direction")
        if unknown := self._unknown(direction, _DIRECTION, "direction"):
            extra["direction"] = unknown
        attachments = _list(raw.get("attachments", []), "attachments")
        if attachments:
            extra["attachments"] = self._clean(attachments, "attachments")

    def _direction(self, value: object) -> DirectionTouches:
        raw = _object(value, "direction")
        if not raw:
            return _UNTOUCHED
        revision = raw.get("revision")
        return DirectionTouches(
            stated=_flag(raw.get("stated", False), "direction.stated"),
            heard_back=_flag(raw.get("heard_back", False), "direction.heard_back"),
            challenged=_flag(raw.get("challenged", False), "direction.challenged"),
            revision=None if revision is None else self._text(revision, "direction.revision"),
        )

    def _allocations(self, value: object) -> tuple[Allocation, ...]:
        rows = _list(value, "allocations")
        usual = "single" if len(rows) == 1 else "explicit"
        return tuple(
            self._allocation(row, f"allocations[{i}]", usual) for i, row in enumerate(rows)
        )

    def _allocation(self, value: object, place: str, usual: str) -> Allocation:
        raw = _object(value, place)
        origin = raw.get("origin")
        if origin is not None and (not isinstance(origin, str) or origin not in _ORIGINS):
            raise _Refused(f"{place}.origin", f"is none of {', '.join(sorted(_ORIGINS))}")
        texts = {
            name: None if raw.get(name) is None else self._text(raw[name], f"{place}.{name}")
            for name in ("origin_id", "note")
            if name in raw
        }
        return Allocation(
            activity=_choice(Activity, _member(raw, "activity", place), f"{place}.activity"),
            minutes=_minutes(_member(raw, "minutes", place), f"{place}.minutes", 0),
            method=_choice(Method, raw.get("method", usual), f"{place}.method"),
            origin=origin,
            extra=self._unknown(raw, _ALLOCATION, place),
            **texts,
        )

    def _source(self, value: object) -> Mapping[str, Any]:
        if value is None:
            return {"app": "kotter-journal"}
        source = _object(value, "source")
        self._text(_member(source, "app", "source"), "source.app")
        if "imported_at" in source:
            _instant(source["imported_at"], "source.imported_at")
        return self._clean_members(source, "source")

    def _written_on(self, raw: dict[str, Any], created_at: datetime, zone: str | None) -> date:
        if "written_on" in raw:
            on, at = _local(raw["written_on"], "written_on")
            if at is not None:
                raise _Refused("written_on", "is not a date alone")
            return on
        return written_on(created_at, zone or self._zone)

    def _unknown(self, raw: dict[str, Any], known: frozenset[str], place: str) -> dict[str, Any]:
        if raw.keys() <= known:
            return {}
        return self._clean_members({n: v for n, v in raw.items() if n not in known}, place)

    def _clean_members(self, raw: dict[str, Any], place: str) -> dict[str, Any]:
        return {
            self._text(n, place): self._clean(v, f"{place}.{n}" if place else n)
            for n, v in raw.items()
        }

    def _clean(self, value: Any, place: str, depth: int = 1) -> Any:
        """A value of any kind with texts that can be stored; raises _Refused for a deep one."""
        if isinstance(value, str):
            return self._text(value, place)
        if depth > _DEEPEST:
            raise _Refused(place, "is nested too deeply")
        if isinstance(value, list):
            return [self._clean(one, place, depth + 1) for one in value]
        if isinstance(value, dict):
            return {
                self._text(n, place): self._clean(v, place, depth + 1) for n, v in value.items()
            }
        return value

    def _text(self, value: object, place: str) -> str:
        if not isinstance(value, str):
            raise _Refused(place, "is not text")
        if value.isprintable():
            return value
        clean = clean_text(value)
        if clean != value:
            self._replaced += clean.count("\ufffd") - value.count("\ufffd")
        return clean

    def _warnings(self) -> tuple[Remark, ...]:
        if not self._replaced:
            return ()
        count = self._replaced
        what = "1 character" if count == 1 else f"{count} characters"
        reason = f"{what} that cannot be kept became U+FFFD, here first"
        return (Remark(self._first_replaced or "journal", reason),)


_UNTOUCHED = DirectionTouches()


_zone_named = lru_cache(maxsize=64)(zone_of)


def written_on(created_at: datetime, zone: str | None) -> date:
    """The local date of an instant, as it was in ``zone`` (UTC where that is None)."""
    if zone is None:
        return created_at.date()
    try:
        return created_at.astimezone(_zone_named(zone)).date()
    except OverflowError:
        return created_at.date()


def _check_format(raw: dict[str, Any]) -> None:
    if raw.get("format") != "kotter-journal":
        raise _Refused("format", "this is not an export of Kotter Journal")
    version = _member(raw, "format_version", "")
    found = _VERSION.fullmatch(version) if isinstance(version, str) else None
    if found is None or found[1] == "0":
        raise _Refused("format_version", "is not a version such as 1.0")
    if int(found[1]) > 1:
        reason = (
            f"the file was made by a newer version of Kotter Journal (format {version});"
            " install that version to read it"
        )
        raise _Refused("format_version", reason)


def _check_rules(entry: Entry) -> None:
    try:
        check(entry)
    except InvalidEntry as error:
        place, reason = _RULES[error.problem]
        raise _Refused(place, reason.format(minutes=error.minutes, limit=error.limit)) from None


_RULES = {
    EntryProblem.OVER_ALLOCATED: (
        "allocations",
        "the activities have {minutes} minutes together, the entry has {limit}",
    ),
    EntryProblem.MINUTES_WITHOUT_DURATION: (
        "allocations",
        "the activities have minutes, the entry has no duration",
    ),
    EntryProblem.TOO_LONG: ("body", "the text has {minutes} characters, more than {limit}"),
}


def _add_minutes(minutes: dict[date, int], entry: Entry) -> None:
    total = minutes.get(entry.on, 0) + (entry.duration or 0)
    if total > MINUTES_A_DAY:
        reason = f"the entries of {entry.on} would last more than 24 hours together"
        raise _Refused("duration_minutes", reason)
    minutes[entry.on] = total


def _refuse_twice(ids: Iterable[tuple[str, str]], what: str) -> None:
    seen: set[str] = set()
    for one, place in ids:
        if one in seen:
            raise _Refused(place, f"the same {what} stands there twice")
        seen.add(one)


def _member(raw: dict[str, Any], name: str, place: str) -> Any:
    try:
        return raw[name]
    except KeyError:
        raise _Refused(place, f'"{name}" is missing') from None


def _object(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Refused(place, "is not an object")
    return value


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise _Refused(place, "is not a list")
    return value


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise _Refused(place, "is neither true nor false")
    return value


def _choice(kind: type[_Kind], value: object, place: str) -> _Kind:
    # The look-up that Enum itself does at its call, without the call: it is done seven
    # times an entry.
    members: dict[Any, Any] = kind._value2member_map_
    found = members.get(value) if isinstance(value, str) else None
    if found is None:
        raise _Refused(place, f"is none of {', '.join(kind)}")
    one: _Kind = found
    return one


def _minutes(value: object, place: str, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _Refused(place, "is not a whole number of minutes")
    if not least <= value <= MINUTES_A_DAY:
        raise _Refused(place, f"is not between {least} and {MINUTES_A_DAY} minutes")
    return value


def _duration(value: object) -> int | None:
    return None if value is None else _minutes(value, "duration_minutes", 1)


def _uuid(value: object, place: str) -> str:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise _Refused(place, "is not a UUID in small letters")
    return value


def _zone(value: object, place: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise _Refused(place, "is neither text nor null")
    if value not in _GOOD_ZONES:
        try:
            zone_of(value)
        except InvalidEntry:
            raise _Refused(place, "is not a time zone known here") from None
        _GOOD_ZONES.add(value)
    return value


_GOOD_ZONES: set[str] = {"UTC"}


def _local(value: object, place: str = "when.local") -> tuple[date, time | None]:
    found = _LOCAL.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise _Refused(place, "is not a local time such as 2026-03-02T09:00:00")
    try:
        on = date.fromisoformat(found[1])
    except ValueError:
        raise _Refused(place, _why_no_date(found[1])) from None
    try:
        return on, None if found[2] is None else time.fromisoformat(found[2])
    except ValueError:
        raise _Refused(place, f"{found[2]} is not a time of day") from None


def _instant(value: object, place: str) -> datetime:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise _Refused(place, "is not an instant in UTC such as 2026-03-02T08:00:00Z")
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        raise _Refused(place, f"{value} is not a time that exists") from None
    return to_milliseconds(instant) if instant.microsecond else instant


def _optional_instant(value: object, place: str) -> datetime | None:
    return None if value is None else _instant(value, place)


def _deleted_at(value: object) -> datetime | None:
    at = _optional_instant(value, "deleted_at")
    if at is not None and at < _EPOCH:
        raise _Refused("deleted_at", "lies before 1970")
    return at


def _why_no_date(text: str) -> str:
    try:
        parse_date(text)
    except UnreadableInput as error:
        return error.reason
    return f"{text} is not a date"
