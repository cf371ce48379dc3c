import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.formats import journal_json
from kotter_journal.formats.journal_file import JournalFile, Scope
from kotter_journal.formats.journal_json_reader import MAX_BYTES

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "golden-week.json"
RICH = HERE / "golden" / "rich.json"
SCHEMA = json.loads((HERE / "kotter-journal-export-1.schema.json").read_text("utf-8"))
NOW = datetime(2026, 3, 7, 8, 0, tzinfo=UTC)


@pytest.fixture
def raw() -> dict[str, Any]:
    """The golden week as an object, to be spoilt."""
    found: dict[str, Any] = json.loads(GOLDEN.read_text("utf-8"))
    return found


@pytest.fixture
def read(tmp_path: Path) -> Callable[[object], JournalFile]:
    """Reads an object, a text or bytes as a file."""

    def of(content: object) -> JournalFile:
        path = tmp_path / "file.json"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_text(text, "utf-8")
        return journal_json.read(path)

    return of


def written(file: JournalFile) -> bytes:
    out = io.BytesIO()
    journal_json.write(
        out,
        file.head,
        file.people,
        [(entry, file.person_ids.get(entry.id, ())) for entry in file.entries],
        scope=Scope(),
        exported_at=NOW,
        version="0.1.0",
    )
    return out.getvalue()


@pytest.mark.parametrize("path", [GOLDEN, RICH], ids=lambda path: path.stem)
def test_a_file_read_and_written_again_has_the_same_bytes(path: Path) -> None:
    assert written(journal_json.read(path)) == path.read_bytes()


@pytest.mark.parametrize("path", [GOLDEN, RICH], ids=lambda path: path.stem)
def test_what_is_written_follows_the_schema(path: Path) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(path.read_bytes()))


def test_an_empty_journal_follows_the_schema(raw: dict[str, Any], read: Any) -> None:
    text = written(read(raw | {"entries": []}))
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(text))
    assert text.endswith(b'\n "people": [],\n "entries": []\n}')


SPOILS: list[tuple[str, Any, str]] = [
    ("format", "diary", "format"),
    ("format_version", "2.0", "format_version"),
    ("format_version", "1", "format_version"),
    ("format_version", 1.0, "format_version"),
    ("exported_at", "yesterday", "exported_at"),
    ("generator", [], "generator"),
    ("journal.id", "x", "journal.id"),
    ("journal.name", None, "journal.name"),
    ("journal.time_zone", "Middle/Earth", "journal.time_zone"),
    ("journal.time_zone", "../../etc/passwd", "journal.time_zone"),
    ("activities.0.key", "thinking", "activities[0].key"),
    ("people", {}, "people"),
    ("people", [{"id": "X"}], "people[0].id"),
    ("entries", None, "entries"),
    ("entries.3", 5, "entries[3]"),
    ("entries.3.id", "AE79092F-C783-5A2C-92C4-A053E3B91D61", "entries[3].id"),
    ("entries.3.id", "03afec42-3349-55d1-929a-d77c3185e14e", "entries[3].id"),
    ("entries.3.when", None, "entries[3].when"),
    ("entries.3.when.local", "2026-02-31", "entries[3].when.local"),
    ("entries.3.when.local", "2026-03-03T25:00", "entries[3].when.local"),
    ("entries.3.when.local", "0000-01-01", "entries[3].when.local"),
    ("entries.3.when.local", "3 March", "entries[3].when.local"),
    ("entries.3.when.local", "2026-03-03T09:30\n", "entries[3].when.local"),
    ("entries.3.when.local", "\u0662026-03-03", "entries[3].when.local"),
    ("entries.3.when.zone", 5, "entries[3].when.zone"),
    ("entries.3.when.zone", "+25:00", "entries[3].when.zone"),
    ("entries.3.when.utc", "2026-03-03T08:30:00", "entries[3].when.utc"),
    ("entries.3.when.all_day", "no", "entries[3].when.all_day"),
    ("entries.3.duration_minutes", 0, "entries[3].duration_minutes"),
    ("entries.3.duration_minutes", 1441, "entries[3].duration_minutes"),
    ("entries.3.duration_minutes", 50.0, "entries[3].duration_minutes"),
    ("entries.3.duration_minutes", True, "entries[3].duration_minutes"),
    ("entries.3.duration_minutes", None, "entries[3].allocations"),
    ("entries.3.duration_minutes", 49, "entries[3].allocations"),
    ("entries.3.created_at", "2026-02-31T08:30:00Z", "entries[3].created_at"),
    ("entries.3.modified_at", None, "entries[3].modified_at"),
    ("entries.3.deleted_at", "1969-12-31T23:59:59Z", "entries[3].deleted_at"),
    ("entries.3.title", 5, "entries[3].title"),
    ("entries.3.body", None, "entries[3].body"),
    ("entries.3.starred", 1, "entries[3].starred"),
    ("entries.3.planned", "yes", "entries[3].planned"),
    ("entries.3.sharing", "public", "entries[3].sharing"),
    ("entries.3.delegable", [], "entries[3].delegable"),
    ("entries.3.time_source", None, "entries[3].time_source"),
    ("entries.3.direction.stated", 0, "entries[3].direction.stated"),
    ("entries.3.tags", "ops", "entries[3].tags"),
    ("entries.3.tags", [""], "entries[3].tags[0]"),
    ("entries.3.tags", [5], "entries[3].tags[0]"),
    ("entries.3.people", ["Dana"], "entries[3].people[0]"),
    ("entries.3.allocations", {}, "entries[3].allocations"),
    ("entries.3.allocations.1.activity", "vision", "entries[3].allocations[1].activity"),
    ("entries.3.allocations.1.activity", {}, "entries[3].allocations[1].activity"),
    ("entries.3.allocations.1.minutes", -1, "entries[3].allocations[1].minutes"),
    ("entries.3.allocations.1.minutes", "17", "entries[3].allocations[1].minutes"),
    ("entries.3.allocations.1.minutes", 18, "entries[3].allocations"),
    ("entries.3.allocations.1.method", "odd", "entries[3].allocations[1].method"),
    ("entries.3.allocations.1.origin", "guess", "entries[3].allocations[1].origin"),
    ("entries.3.attachments", "none", "entries[3].attachments"),
    ("entries.3.source", {}, "entries[3].source"),
    ("entries.3.source", {"app": 1}, "entries[3].source.app"),
    ("scope.complete", "yes", "scope.complete"),
]


@pytest.mark.parametrize(("path", "value", "place"), SPOILS)
def test_what_cannot_be_read_is_refused_at_its_place(
    raw: dict[str, Any], read: Any, path: str, value: Any, place: str
) -> None:
    *way, last = [int(name) if name.isdigit() else name for name in path.split(".")]
    spoilt: Any = raw
    for name in way:
        spoilt = spoilt[name]
    spoilt[last] = value
    with pytest.raises(UnreadableInput) as caught:
        read(raw)
    assert caught.value.where == f"file.json, {place}"
    assert caught.value.reason


@pytest.mark.parametrize(
    "member", ["id", "when", "created_at", "modified_at", "body", "when.local", "when.zone"]
)
def test_a_missing_member_is_named(raw: dict[str, Any], read: Any, member: str) -> None:
    *way, last = member.split(".")
    spoilt = raw["entries"][2]
    for name in way:
        spoilt = spoilt[name]
    del spoilt[last]
    with pytest.raises(UnreadableInput, match=f'"{last}" is missing'):
        read(raw)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[]", "not an object"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8"),
        (b'{"a": "\xe4"}', "not UTF-8"),
        (b'{"format": NaN}', "NaN is not a number"),
        (b'{"format": -Infinity}', "-Infinity is not a number"),
        (b'{"format": 1e999}', "too large"),
        (b'{"format": ' + b"9" * 5000 + b"}", "not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"PK\x03\x04", "not JSON"),
    ],
)
def test_what_is_no_export_is_refused(read: Any, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(content)
    assert reason in caught.value.reason


def test_a_deeply_nested_member_is_refused(raw: dict[str, Any], read: Any) -> None:
    deep: Any = 1
    for _ in range(100):
        deep = [deep]
    raw["entries"][0]["later"] = deep
    with pytest.raises(UnreadableInput, match="nested too deeply"):
        read(raw)


def test_a_file_that_is_too_large_is_not_read(
    read: Any, raw: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MAX_BYTES == 512 * 1024 * 1024
    monkeypatch.setattr("kotter_journal.formats.journal_json_reader.MAX_BYTES", 10)
    with pytest.raises(UnreadableInput, match="larger than"):
        read(raw)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"nothing\.json: the file cannot be read"):
        journal_json.read(tmp_path / "nothing.json")


def test_a_byte_order_mark_is_passed_over(read: Any) -> None:
    assert len(read(b"\xef\xbb\xbf" + GOLDEN.read_bytes()).entries) == 12


def test_a_newer_version_is_named_as_such(raw: dict[str, Any], read: Any) -> None:
    with pytest.raises(UnreadableInput, match="made by a newer version"):
        read(raw | {"format_version": "2.0"})


def test_a_later_minor_version_is_read(raw: dict[str, Any], read: Any) -> None:
    assert len(read(raw | {"format_version": "1.7"}).entries) == 12


def test_a_day_of_more_than_24_hours_is_refused_at_the_entry_too_many(
    raw: dict[str, Any], read: Any
) -> None:
    for number in (0, 1):
        raw["entries"][number]["duration_minutes"] = 720
    with pytest.raises(UnreadableInput, match=r"entries\[2\]\.duration_minutes"):
        read(raw)


def test_what_cannot_be_stored_is_replaced_and_counted(raw: dict[str, Any], read: Any) -> None:
    raw["entries"][4] |= {"body": "a\ud83d b\x00\r\nc", "title": "\x07", "more": ["\udc00"]}
    file = read(raw)
    assert file.entries[4].body == "a\ufffd b\ufffd\nc"
    assert file.entries[4].title == "\ufffd"
    assert file.entries[4].extra == {"more": ["\ufffd"]}
    ((where, reason),) = [(w.where, w.reason) for w in file.warnings]
    assert where == "entries[4]"
    assert reason.startswith("4 characters")
    written(file).decode()


def test_lists_of_the_file_win_over_the_text(raw: dict[str, Any], read: Any) -> None:
    raw["entries"][0] |= {"body": "#text @Text", "tags": ["list"], "people": []}
    raw["entries"][1] |= {"body": "#text @Text"}
    del raw["entries"][1]["tags"], raw["entries"][1]["people"]
    first, second = read(raw).entries[:2]
    assert (first.tags, first.people) == (("list",), ())
    assert (second.tags, second.people) == (("text",), ("Text",))


def test_the_smallest_entry_gets_defaults(raw: dict[str, Any], read: Any) -> None:
    raw["entries"] = [
        {
            "id": "03afec42-3349-55d1-929a-d77c3185e14e",
            "when": {"local": "2026-03-02", "zone": None},
            "created_at": "2026-03-02T23:30:00.5Z",
            "modified_at": "2026-03-02T23:30:00.123456Z",
            "body": "",
        }
    ]
    (entry,) = read(raw).entries
    assert (entry.at, entry.zone, entry.utc, entry.duration) == (None, None, None, None)
    assert entry.written_on.isoformat() == "2026-03-03"  # in the journal's own zone
    assert entry.modified_at.microsecond == 123_000
    assert entry.source == {"app": "kotter-journal"}


def test_an_hour_that_comes_twice_keeps_its_instant(raw: dict[str, Any], read: Any) -> None:
    for number, utc in ((0, "2026-10-25T00:30:00Z"), (1, "2026-10-25T01:30:00Z")):
        raw["entries"][number]["when"] |= {"local": "2026-10-25T02:30:00", "utc": utc}
    first, second = read(raw).entries[:2]
    assert (second.utc - first.utc).total_seconds() == 3600
