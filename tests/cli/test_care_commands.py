"""Backups, restoring and checking on the command line."""

import json
from pathlib import Path

import pytest

from kotter_journal.storage.journal import DATABASE
from tests.cli.conftest import Terminal

pytestmark = pytest.mark.usefixtures("cheap_argon2")


def exported(terminal: Terminal, *arguments: str | Path) -> dict[str, object]:
    content: dict[str, object] = json.loads(terminal("export", "json", "-", *arguments).out)
    return content


def test_a_backup_restored_beside_is_the_same_journal(golden: Terminal, tmp_path: Path) -> None:
    out, new = tmp_path / "week.zip", tmp_path / "new"
    answer = golden("backup", out)
    assert answer.status == 0
    assert answer.out == f"Backed up 12 entries from 2 March 2026 to 6 March 2026 to {out}\n"
    assert "recovery key" in answer.err
    answer = golden("restore", out, "--into", new)
    assert answer.status == 0
    assert answer.out == (
        f"Restored 12 entries from 2 March 2026 to 6 March 2026, as of 6 March 2026, to {new}\n"
    )
    there, here = (golden("export", "json", "-", *to) for to in (("--journal", new), ()))
    assert (there.status, there.out) == (0, here.out)
    assert golden("verify", "--journal", new).status == 0


def test_a_backup_into_a_folder_has_a_name_of_its_own(golden: Terminal, tmp_path: Path) -> None:
    place = tmp_path / "drive"
    place.mkdir()
    assert golden("backup", place).status == 0
    (only,) = place.iterdir()
    assert only.name.endswith("-20260306-154000Z.zip")


def test_nothing_is_restored_over_a_journal(golden: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "week.zip"
    golden("backup", out)
    before = (tmp_path / "journal" / DATABASE).read_bytes()
    answer = golden("restore", out, "--into", tmp_path / "journal")
    assert answer.status == 1
    assert str(tmp_path / "journal") in answer.err
    assert "nothing was changed" in answer.err
    assert (tmp_path / "journal" / DATABASE).read_bytes() == before
    assert golden("restore", out).status == 2


@pytest.mark.parametrize("content", [b"", b"letters", b"PK\x03\x04 and more"])
def test_a_file_that_is_no_backup_is_named(
    golden: Terminal, tmp_path: Path, content: bytes
) -> None:
    path, new = tmp_path / "letters.zip", tmp_path / "new"
    path.write_bytes(content)
    answer = golden("restore", path, "--into", new)
    assert answer.status == 1
    assert str(path) in answer.err
    assert not new.exists()
    assert golden("restore", tmp_path / "nowhere.zip", "--into", new).status == 1


def test_a_backup_is_not_put_among_the_journals_own_files(golden: Terminal, tmp_path: Path) -> None:
    for name in ("", DATABASE):
        answer = golden("backup", tmp_path / "journal" / name)
        assert answer.status == 1
        assert "inside the journal" in answer.err
    answer = golden("backup", tmp_path / "nowhere" / "week.zip")
    assert answer.status == 1
    assert str(tmp_path / "nowhere") in answer.err


def test_a_backup_of_a_locked_journal_asks_for_its_passphrase(
    terminal: Terminal, tmp_path: Path
) -> None:
    words, wrong = tmp_path / "words", tmp_path / "wrong"
    words.write_text("seven grey herons\n")
    wrong.write_text("eight grey herons\n")
    terminal("--passphrase-file", words, "init")
    terminal("--passphrase-file", words, "add", "a zebra walked in")
    out = tmp_path / "z.zip"
    assert terminal("--passphrase-file", words, "backup", out).status == 0
    elsewhere = ("--journal", tmp_path / "elsewhere")
    for file in ((), ("--passphrase-file", wrong)):
        answer = terminal(*elsewhere, *file, "restore", out, "--into", tmp_path / "new")
        assert answer.status == 1
        assert str(out) in answer.err
    answer = terminal(
        *elsewhere, "--passphrase-file", words, "restore", out, "--into", tmp_path / "new"
    )
    assert answer.status == 0
    assert terminal("--journal", tmp_path / "new", "list").status == 1
    found = terminal("--journal", tmp_path / "new", "--passphrase-file", words, "list")
    assert "zebra" in found.out


def test_a_sound_journal_passes_every_check(golden: Terminal) -> None:
    answer = golden("verify", "--json")
    assert answer.status == 0
    found = json.loads(answer.out)
    assert found["ok"] is True
    assert len(found["checks"]) >= 12
    assert all(set(one) == {"name", "ok", "detail", "file"} for one in found["checks"])
    plain = golden("verify")
    assert plain.out.endswith("All is well.\n")
    assert plain.status == 0


def test_a_damaged_page_fails_the_check(golden: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "journal" / DATABASE
    content = bytearray(path.read_bytes())
    content[-2000] ^= 1
    path.write_bytes(content)
    answer = golden("verify", "--json")
    assert answer.status == 1
    found = json.loads(answer.out)
    assert found["ok"] is False
    assert not next(one for one in found["checks"] if one["name"] == "pages")["ok"]
    plain = golden("verify")
    assert plain.status == 1
    assert "FAILED  pages" in plain.out
    assert str(tmp_path / "journal") in plain.err
    assert path.read_bytes() == bytes(content)


def test_a_journal_that_does_not_open_fails_the_check(golden: Terminal, tmp_path: Path) -> None:
    (tmp_path / "journal" / DATABASE).write_bytes(bytes(8192))
    answer = golden("verify", "--json")
    assert answer.status == 1
    assert [one["name"] for one in json.loads(answer.out)["checks"]] == ["open"]
    assert golden("verify", "--journal", tmp_path / "nowhere").status == 1


def test_a_folder_that_a_program_keeps_in_step_is_named(terminal: Terminal, tmp_path: Path) -> None:
    assert "keeps the same" not in terminal("init").err
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / "journal" / "journal (1).db").write_bytes(b"")
    answer = terminal("verify")
    assert answer.status == 0
    assert f"Syncthing keeps the same on other computers: {tmp_path / 'journal'}" in answer.err
    assert "journal (1).db" in answer.err
    other = tmp_path / "Dropbox" / "other"
    assert "Dropbox keeps the same" in terminal("--journal", other, "init").err
