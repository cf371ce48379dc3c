"""The command export, beside its JSON (test_commands.py): what it takes, and what it refuses."""

import csv
import errno
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kotter_journal.formats import EXPORTS
from tests.cli.conftest import GOLDEN, Terminal

FORMS = [form.key for form in EXPORTS if form.key != "json"]
FILES = [key for key in FORMS if key != "markdown"]


@pytest.fixture
def varied(golden: Terminal, tmp_path: Path) -> Terminal:
    """The golden week with one entry shareable, one never shared, one in the trash."""
    raw: dict[str, Any] = json.loads(GOLDEN.read_text("utf-8"))
    marks: list[tuple[str, dict[str, Any]]] = [
        ("Shareable words", {"sharing": "shareable"}),
        ("Never words", {"sharing": "never"}),
        ("Trash words", {"deleted_at": "2026-03-07T08:00:00Z"}),
    ]
    for entry, (title, members) in zip(raw["entries"], marks, strict=False):
        entry.update(members, title=title, modified_at="2026-03-07T08:00:00Z")
    path = tmp_path / "varied.json"
    path.write_text(json.dumps(raw), "utf-8")
    assert golden("import", "json", path).out.startswith("Imported 0, updated 3")
    path.unlink()
    return golden


def words_of(out: Path) -> str:
    """All words of a file, or of all files of a folder and their names."""
    if out.is_file():
        return out.read_text("utf-8")
    paths = [path for path in out.rglob("*") if path.is_file()]
    return "\n".join([*map(str, paths), *(path.read_text("utf-8") for path in paths)])


@pytest.mark.parametrize("form", FORMS)
def test_what_is_never_shared_and_the_trash_stay_out(
    varied: Terminal, tmp_path: Path, form: str
) -> None:
    answer = varied("export", form, tmp_path / "out")
    assert answer.status == 0
    assert answer.out == f"Wrote 10 entries to {tmp_path / 'out'}\n"
    assert "Left out 1 entry marked never to be shared; export json takes them." in answer.err
    words = words_of(tmp_path / "out")
    assert "Shareable words" in words
    assert "Never words" not in words
    assert "Trash words" not in words


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--sharing", "shareable"], "1 entry"),
        (["--sharing", "private"], "10 entries"),
        (["--from", "2026-03-05"], "4 entries"),
        (["--to", "2026-03-02"], "1 entry"),
        (["--activity", "plan", "--tag", "offsite"], "1 entry"),
        (["--tag", "nothing"], "0 entries"),
        (["--names", "full", "--from", "2026-03-06", "--to", "2026-03-06"], "2 entries"),
    ],
)
def test_an_export_is_narrowed(
    varied: Terminal, tmp_path: Path, form: str, options: list[str], count: str
) -> None:
    answer = varied("export", form, tmp_path / "out", *options)
    assert answer.status == 0
    assert answer.out == f"Wrote {count} to {tmp_path / 'out'}\n"


@pytest.mark.parametrize("form", FORMS)
def test_an_entry_that_stays_behind_leaves_no_trace(
    varied: Terminal, tmp_path: Path, form: str
) -> None:
    """P3: with and without an entry that is not shared the bytes are the same."""
    before = contents(varied, tmp_path / "a", form)
    assert varied("add", "2026-03-06 10m plan: a private thought #secret @Nobody").status == 0
    assert contents(varied, tmp_path / "b", form) == before


def contents(terminal: Terminal, out: Path, form: str) -> dict[str, bytes]:
    assert terminal("export", form, out, "--sharing", "shareable").status == 0
    paths = [out] if out.is_file() else [path for path in out.rglob("*") if path.is_file()]
    return {str(path.relative_to(out)): path.read_bytes() for path in paths}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("", "this "),
        ("no/out", "there is no folder"),
        ("journal/out", "lies inside the journal"),
    ],
)
def test_it_is_not_written_just_anywhere(
    golden: Terminal, tmp_path: Path, form: str, out: str, reason: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    answer = golden("export", form, tmp_path / out)
    assert (answer.status, answer.out) == (1, "")
    assert reason in answer.err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (KeyboardInterrupt(), "Stopped"),
    ],
)
def test_a_write_that_fails_leaves_nothing(
    golden: Terminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
    error: BaseException,
    said: str,
) -> None:
    def failing(_self: object, done: int, _total: int) -> None:
        assert done > 0
        raise error

    monkeypatch.setattr("kotter_journal.cli.output.TerminalProgress.__call__", failing)
    answer = golden("export", form, tmp_path / "out")
    assert (answer.status, answer.out) == (1, "")
    assert said in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["journal"]


@pytest.mark.parametrize("form", FILES)
def test_a_file_is_replaced_whole_and_read_by_its_owner_alone(
    golden: Terminal, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "out"
    out.write_text("before")
    assert golden("export", form, out).status == 0
    assert "before" not in out.read_text("utf-8")
    assert out.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("form", FILES)
def test_standard_output_gets_the_same_bytes(golden: Terminal, tmp_path: Path, form: str) -> None:
    golden("export", form, tmp_path / "out")
    assert golden("export", form, "-").out == (tmp_path / "out").read_bytes().decode()


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_journal_is_written_too(terminal: Terminal, tmp_path: Path, form: str) -> None:
    terminal("init", "--no-passphrase")
    assert terminal("export", form, tmp_path / "out").out.startswith("Wrote 0 entries")
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_a_folder_of_notes_takes_no_place_that_is_taken(
    golden: Terminal, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "notes"
    if kind == "file":
        out.write_text("mine")
    elif kind == "folder":
        out.mkdir()
    else:
        out.symlink_to(tmp_path / "nowhere")
    answer = golden("export", "markdown", out)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == f"{out}: this exists already; name a folder that is to be made.\n"
    assert {path.name for path in tmp_path.iterdir()} == {"journal", "notes"}


def test_a_folder_of_notes_is_closed_to_other_people(golden: Terminal, tmp_path: Path) -> None:
    golden("export", "markdown", tmp_path / "notes")
    assert (tmp_path / "notes").stat().st_mode & 0o077 == 0
    assert len(list((tmp_path / "notes").glob("2026/*.md"))) == 12


def test_standard_output_holds_no_folder(golden: Terminal) -> None:
    answer = golden("export", "markdown", "-")
    assert (answer.status, answer.out) == (1, "")
    assert "standard output holds no folder" in answer.err


@pytest.fixture
def formula(golden: Terminal) -> Terminal:
    """The golden week and an entry that begins as a formula does."""
    assert golden("add", "2026-03-06 10m plan: =cmd|' /C calc'!A0").status == 0
    return golden


def cells(path: Path) -> list[str]:
    text = path.read_bytes().decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def test_a_table_says_what_it_changed(formula: Terminal, tmp_path: Path) -> None:
    answer = formula("export", "csv", tmp_path / "out.csv")
    assert "has a ' before it; --raw writes it without" in answer.err
    found = cells(tmp_path / "out.csv")
    assert "'=cmd|' /C calc'!A0" in found
    assert not [cell for cell in found if cell.startswith(("=", "+", "-", "@"))]


def test_a_raw_table_says_what_it_may_do(formula: Terminal, tmp_path: Path) -> None:
    answer = formula("export", "csv", tmp_path / "out.csv", "--raw")
    assert "may run what they hold" in answer.err
    assert "=cmd|' /C calc'!A0" in cells(tmp_path / "out.csv")


def test_only_a_table_can_be_raw(golden: Terminal, tmp_path: Path) -> None:
    answer = golden("export", "json", tmp_path / "out", "--raw")
    assert (answer.status, answer.out) == (1, "")
    assert "it belongs to csv" in answer.err
    assert not (tmp_path / "out").exists()
