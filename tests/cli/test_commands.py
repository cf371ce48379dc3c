import json
import re
from pathlib import Path

import pytest

from kotter_journal.domain.activities import Activity
from tests.cli.conftest import GOLDEN, Terminal

GOLDEN_BALANCE = """
{"from": "2026-03-02", "to": "2026-03-06",
 "minutes": {"setting_direction": 57, "aligning_people": 62, "motivating_inspiring": 70,
             "planning_budgeting": 126, "organizing_staffing": 90,
             "controlling_problem_solving": 115, "outside": 90},
 "percent": {"setting_direction": 11, "aligning_people": 12, "motivating_inspiring": 14,
             "planning_budgeting": 24, "organizing_staffing": 17,
             "controlling_problem_solving": 22},
 "leading": 189, "managing": 331, "unclassified": 30,
 "share": 0.3635, "share_bounds": [0.3436, 0.3982], "range_80": [0.1648, 0.5621],
 "status": "provisional",
 "pairs": {"what_needs_doing": 0.3115, "who_it_takes": 0.4079, "getting_it_done": 0.3784},
 "logged_days": 5, "workdays": 5, "logged_minutes": 640, "expected_minutes": 2400,
 "coverage": 0.2667, "entries": 12, "untimed_entries": 1, "even_split_share": 0.0962}
"""
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def test_the_balance_of_the_golden_week_is_right_to_the_digit(golden: Terminal) -> None:
    answer = golden("balance", "--json")
    assert json.loads(answer.out) == json.loads(GOLDEN_BALANCE)
    assert list(json.loads(answer.out)) == list(json.loads(GOLDEN_BALANCE))


def test_the_export_of_the_golden_week_is_the_file_itself(golden: Terminal, tmp_path: Path) -> None:
    assert golden("export", "json", tmp_path / "out.json").status == 0
    lines = (tmp_path / "out.json").read_bytes().split(b"\n")
    wanted = GOLDEN.read_bytes().split(b"\n")
    assert lines[:3] + lines[4:] == wanted[:3] + wanted[4:]
    assert re.fullmatch(rb' "exported_at": "2026-03-06T15:40:00Z",', lines[3])


def test_too_little_keeps_the_keys_and_shows_no_share(golden: Terminal) -> None:
    found = json.loads(
        golden("balance", "--from", "2026-03-02", "--to", "2026-03-04", "--json").out
    )
    assert found["status"] == "too_little"
    assert found["share"] is found["share_bounds"] is found["range_80"] is None
    assert set(found["percent"].values()) == set(found["pairs"].values()) == {None}
    assert (found["leading"], found["coverage"]) == (79, 0.2917)
    assert set(found) == set(json.loads(GOLDEN_BALANCE))


def test_an_empty_journal_has_an_empty_balance(terminal: Terminal) -> None:
    terminal("init", "--no-passphrase")
    found = json.loads(terminal("balance", "--json").out)
    assert (found["from"], found["to"], found["entries"]) == ("2026-03-06", "2026-03-06", 0)
    assert found["even_split_share"] is None
    assert "Nothing logged" in terminal("balance").out


def test_a_balance_says_its_hours_beside_the_percentages(golden: Terminal) -> None:
    out = golden("balance").out
    assert "36 % leading (provisional) in the 8.7 h you classified" in out
    assert re.search(r"Setting a direction +57 m +11 %", out)
    assert "16-56 %" in out


def test_a_balance_may_begin_after_the_last_entry(golden: Terminal) -> None:
    found = json.loads(golden("balance", "--from", "2026-04-01", "--json").out)
    assert (found["from"], found["to"]) == ("2026-04-01", "2026-04-01")
    found = json.loads(golden("balance", "--to", "2026-02-01", "--json").out)
    assert (found["from"], found["to"]) == ("2026-02-01", "2026-02-01")


def test_a_quick_line_is_kept_and_shown(golden: Terminal) -> None:
    line = "yesterday 45m aligning: why the night shift changes #ops @Dana"
    answer = golden("add", line)
    assert answer.status == 0
    assert re.match(rf"{UUID}  5 March 2026, 45 m \(Aligning people 45 m\): why the", answer.out)
    entry = json.loads(golden("show", answer.out[:36], "--json").out)
    assert entry["when"] == {"local": "2026-03-05", "zone": None, "utc": None, "all_day": False}
    assert entry["duration_minutes"] == 45
    assert entry["allocations"] == [
        {"activity": "aligning_people", "minutes": 45, "method": "single"}
    ]
    assert entry["tags"] == ["ops"]
    assert len(entry["people"]) == 1
    assert entry["created_at"] == "2026-03-06T15:40:00Z"


def test_words_need_no_quotes(golden: Terminal) -> None:
    answer = golden("add", "20m", "planning:", "the", "week")
    assert answer.out.endswith(": the week\n")


def test_a_body_comes_from_a_file_and_the_line_is_its_title(
    golden: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "body.md").write_bytes("# Größe\r\n\n#later @Sam  \n".encode())
    answer = golden("add", "20m plan: The week #now", "--body", tmp_path / "body.md")
    entry = json.loads(golden("show", answer.out[:36], "--json").out)
    assert entry["title"] == "The week #now"
    assert entry["body"] == "# Größe\n\n#later @Sam  \n"
    assert entry["tags"] == ["now", "later"]
    assert (entry["duration_minutes"], len(entry["people"])) == (20, 1)


def test_what_was_not_read_is_said_and_kept_as_text(golden: Terminal) -> None:
    answer = golden("add", "31 feb 45m plan: x")
    assert answer.status == 0
    assert answer.err == '"31 feb" is no date; it stays text.\n'
    assert answer.out.endswith("31 feb 45m plan: x\n")


@pytest.mark.parametrize("line", ["", "   "])
def test_nothing_is_not_kept(golden: Terminal, line: str) -> None:
    answer = golden("add", line)
    assert (answer.status, answer.out) == (1, "")
    assert "nothing in it to keep" in answer.err


def test_a_full_day_refuses_and_changes_nothing(golden: Terminal) -> None:
    before = golden("list", "--json").out
    answer = golden("add", "2026-03-02 23h plan: everything")
    assert answer.status == 1
    assert "more than 24 hours" in answer.err
    assert golden("list", "--json").out == before


def test_a_list_is_newest_first_and_has_the_promised_members(golden: Terminal) -> None:
    found = json.loads(golden("list", "--json", "--limit", "2").out)
    assert found["total"] == 12
    assert [row["local"] for row in found["results"]] == [
        "2026-03-06T13:00:00",
        "2026-03-06T09:00:00",
    ]
    assert list(found["results"][0]) == [
        "id", "local", "title", "snippet", "duration_minutes", "allocations", "tags",
    ]  # fmt: skip
    assert found["results"][0]["snippet"] == "Numbers line by line; then what they are for."


@pytest.mark.parametrize(
    ("options", "total"),
    [
        ([], 12),
        (["--from", "2026-03-05"], 4),
        (["--to", "2026-03-02"], 3),
        (["--from", "2026-03-03", "--to", "2026-03-03"], 3),
        (["--activity", "planning_budgeting"], 3),
        (["--activity", "plan", "--activity", "direction"], 4),
        (["--activity", "plan", "--tag", "offsite"], 1),
        (["--tag", "#OPS"], 2),
        (["--tag", "ops", "--tag", "offsite"], 3),
        (["--tag", "nothing"], 0),
        (["--to", "9999-12-31"], 12),
    ],
)
def test_a_list_is_narrowed(golden: Terminal, options: list[str], total: int) -> None:
    found = json.loads(golden("list", "--json", *options).out)
    assert (found["total"], len(found["results"])) == (total, total)


def test_a_list_for_people_stands_under_dates(golden: Terminal) -> None:
    lines = golden("list", "--limit", "3").out.splitlines()
    assert lines[0] == "Friday, 6 March 2026"
    assert re.match(r"  13:00  1 h 15 m  Budget hearing, then the why +Aligning 25 m  Pl", lines[1])
    assert "Thursday, 5 March 2026" in lines
    assert lines[-1] == "3 of 12 entries."
    assert max(map(len, lines)) <= 100


def test_a_search_uses_the_language_of_the_search_field(golden: Terminal) -> None:
    found = json.loads(golden("search", "sam -council", "--json").out)
    assert [row["title"] for row in found["results"]] == ["A thought on the way home"]
    assert "Sam chaired" in found["results"][0]["snippet"]
    assert json.loads(golden("search", "#ops", "--json").out)["total"] == 2
    assert json.loads(golden("search", "the", "--limit", "1", "--json").out)["total"] > 1
    assert golden("search", "zebra").out == "No entries.\n"
    assert "Sam chaired the meeting" in golden("search", "sam").out


def test_an_entry_is_shown_by_the_end_of_its_id(golden: Terminal) -> None:
    out = golden("show", "a35db18c").out
    assert out.startswith("Budget hearing, then the why\nFriday, 6 March 2026, 13:00 Europe/Berlin")
    assert "  Planning and budgeting: 50 m\n" in out
    assert "\nNumbers line by line; then what they are for.\n" in out
    assert out.endswith("cd9894e8-7927-53b7-afe6-1bd5a35db18c\n")


@pytest.mark.parametrize("wrong", ["zzz", "%", "18c", "ffffffff", "00000000-0000-0000-0000"])
def test_an_unknown_id_is_refused(golden: Terminal, wrong: str) -> None:
    answer = golden("show", wrong)
    assert (answer.status, answer.out) == (1, "")
    assert wrong in answer.err


def test_an_import_reports_what_it_did(golden: Terminal, tmp_path: Path) -> None:
    answer = golden("import", "json", GOLDEN, "--report", tmp_path / "report.json")
    assert answer.out.startswith("Imported 0, updated 0, left 12 as they were, skipped 0.")
    assert json.loads((tmp_path / "report.json").read_text("utf-8")) == {
        "format": "json",
        "file": "golden-week.json",
        "imported": 0,
        "updated": 0,
        "unchanged": 12,
        "skipped": [],
        "warnings": [],
    }


def test_a_dry_run_changes_nothing(terminal: Terminal, tmp_path: Path) -> None:
    terminal("init")
    report = tmp_path / "report.json"
    answer = terminal("import", "json", GOLDEN, "--dry-run", "--report", report)
    assert answer.out.startswith("Would have imported 12")
    assert json.loads(report.read_text("utf-8"))["imported"] == 12
    assert json.loads(terminal("list", "--json").out)["total"] == 0


def test_a_report_that_cannot_be_written_stops_the_import(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal("init")
    answer = terminal("import", "json", GOLDEN, "--report", tmp_path / "no" / "report.json")
    assert answer.status == 1
    assert "nothing was imported" in answer.err
    assert json.loads(terminal("list", "--json").out)["total"] == 0


def test_a_file_that_cannot_be_read_is_named_with_its_place(
    golden: Terminal, tmp_path: Path
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(GOLDEN.read_text("utf-8").replace("2026-03-04T18:30:00", "2026-02-31"), "utf-8")
    answer = golden("import", "json", path)
    assert answer.status == 1
    assert answer.err == (
        "bad.json, entries[7].when.local: 31 February 2026 is not a date;"
        " February 2026 has 28 days.\n"
    )


def test_an_export_may_be_a_part(golden: Terminal, tmp_path: Path) -> None:
    golden("export", "json", tmp_path / "part.json", "--from", "2026-03-06", "--tag", "nothing")
    found = json.loads((tmp_path / "part.json").read_text("utf-8"))
    assert found["entries"] == []
    assert found["scope"]["complete"] is False
    assert found["scope"]["from"] == "2026-03-06"


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("", "this is a folder"),
        ("no/out.json", "there is no folder"),
        ("journal/journal.db", "lies inside the journal"),
    ],
)
def test_an_export_is_not_written_just_anywhere(
    golden: Terminal, tmp_path: Path, out: str, reason: str
) -> None:
    answer = golden("export", "json", tmp_path / out)
    assert answer.status == 1
    assert reason in answer.err
    assert json.loads(golden("list", "--json").out)["total"] == 12


def test_a_demo_is_the_same_for_the_same_seed(terminal: Terminal, tmp_path: Path) -> None:
    texts = []
    for name in ("one", "two"):
        arguments = ("demo", tmp_path / name, "--entries", "80", "--seed", "5")
        assert terminal(*arguments).out.startswith("Made a journal of 80 made-up entries")
        shown = terminal("list", "--json", "--journal", tmp_path / name)
        texts.append(shown.out)
    assert texts[0] == texts[1]
    found = json.loads(texts[0])
    assert found["total"] == 80
    used = {a["activity"] for row in found["results"] for a in row["allocations"]}
    assert used == set(Activity)


def test_a_journal_is_not_made_twice(golden: Terminal) -> None:
    answer = golden("init")
    assert answer.status == 1
    assert "already holds a journal" in answer.err


@pytest.mark.parametrize(
    "command", [["list"], ["add", "x"], ["search", "x"], ["show", "x"], ["balance"]]
)
def test_a_missing_journal_names_the_way_out(
    terminal: Terminal, command: list[str], tmp_path: Path
) -> None:
    answer = terminal(*command)
    assert answer.status == 1
    assert answer.err == (
        f"There is no journal in {tmp_path / 'journal'}."
        f" Make one with: kotter-journal --journal {tmp_path / 'journal'} init\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["list", "--from", "2026-02-31"],
        ["list", "--activity", "thinking"],
        ["list", "--limit", "-1"],
        ["import", "papyrus", "x"],
        ["export", "json"],
        ["demo", "x", "--entries", "0"],
        ["add"],
    ],
)
def test_wrong_usage_is_status_2(terminal: Terminal, arguments: list[str]) -> None:
    answer = terminal(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert "usage: kotter-journal" in answer.err


def test_dates_the_wrong_way_round_are_refused(golden: Terminal) -> None:
    for command in ("list", "balance"):
        answer = golden(command, "--from", "2026-03-06", "--to", "2026-03-02")
        assert answer.status == 1
        assert "comes after" in answer.err


def test_the_version_is_told(terminal: Terminal) -> None:
    answer = terminal("--version")
    assert (answer.status, answer.out) == (0, "Kotter Journal 0.1.0\n")


def test_a_bug_is_one_sentence_and_a_place_in_the_log(
    golden: Terminal, monkeypatch: pytest.MonkeyPatch, logged_warnings: list[object]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("the secret words of an entry")

    monkeypatch.setattr("kotter_journal.cli.commands.day_totals.first_and_last", fail)
    answer = golden("balance")
    assert answer.status == 1
    assert answer.err.startswith("Something went wrong inside the program (ZeroDivisionError)")
    assert "Traceback" not in answer.err
    assert "secret" not in answer.err
    (record,) = logged_warnings
    assert "secret" not in record.getMessage()  # type: ignore[attr-defined]
    assert "_period" in record.getMessage()  # type: ignore[attr-defined]
    logged_warnings.clear()


def test_the_self_test_holds(terminal: Terminal) -> None:
    for arguments in (["self-test"], ["--self-test"]):
        answer = terminal(*arguments)
        assert answer.status == 0, answer.out
        lines = answer.out.splitlines()
        assert all(line.startswith("ok  ") for line in lines[:-1])
        assert lines[-1] == "Everything works."
