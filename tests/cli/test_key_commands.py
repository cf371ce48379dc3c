"""Passphrases and recovery keys on the command line."""

import io
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kotter_journal.cli import asking
from kotter_journal.storage.recovery_key import RecoveryKey, parse_recovery_key
from tests.cli.conftest import Terminal

WORDS, OTHERS = "seven grey herons", "Größe und Übung"
pytestmark = pytest.mark.usefixtures("cheap_argon2")


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A file with a passphrase."""
    path = tmp_path / "words"
    path.write_text(f"{WORDS}\nmore lines\n", "utf-8")
    return path


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """A file with another passphrase, as Windows writes it."""
    path = tmp_path / "others"
    path.write_bytes(b"\xef\xbb\xbf" + OTHERS.encode() + b"\r\n")
    return path


@pytest.fixture
def locked(terminal: Terminal, words: Path) -> Terminal:
    """A journal with a passphrase and an entry."""
    assert terminal("--passphrase-file", words, "init").status == 0
    assert terminal("add", "a zebra walked in", "--passphrase-file", words).status == 0
    return terminal


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[str]]]:
    """Somebody sits at the terminal and types these answers; returns what was asked."""
    left: list[str] = []

    def types(*answers: str) -> list[str]:
        asked: list[str] = []
        left.extend(answers)

        def answer(prompt: str) -> str:
            asked.append(prompt)
            return left.pop(0)

        monkeypatch.setattr(asking, "is_terminal", lambda: True)
        monkeypatch.setattr(asking, "ask", answer)
        monkeypatch.setattr(asking, "ask_openly", answer)
        return asked

    yield types
    assert left == []


def stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_a_passphrase_comes_from_the_first_line_of_a_file(locked: Terminal, words: Path) -> None:
    assert "zebra" in locked("--passphrase-file", words, "list").out


def test_a_passphrase_comes_from_the_first_line_of_standard_input(
    locked: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin(monkeypatch, f"{WORDS}\nthe text of an entry")
    added = locked("--passphrase-file", "-", "add", "A title", "--body", "-")
    assert added.status == 0
    stdin(monkeypatch, WORDS)
    shown = locked("--passphrase-file", "-", "show", added.out[:36])
    assert "the text of an entry" in shown.out
    assert WORDS not in shown.out


def test_a_locked_journal_says_how_to_give_the_passphrase(locked: Terminal) -> None:
    answer = locked("list")
    assert (answer.status, answer.out) == (1, "")
    assert "--passphrase-file" in answer.err
    assert "zebra" not in answer.err


def test_a_wrong_passphrase_is_one_sentence(locked: Terminal, others: Path) -> None:
    answer = locked("--passphrase-file", others, "list")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("The passphrase does not open the journal in ")
    assert OTHERS not in answer.err


@pytest.mark.parametrize(
    "content", [b"", b"\n" + WORDS.encode(), b"\xff\xfe", b"x" * 100_000, None]
)
def test_a_file_that_gives_no_passphrase_is_named(
    locked: Terminal, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "given"
    if content is not None:
        path.write_bytes(content)
    answer = locked("--passphrase-file", path, "list")
    assert answer.status == 1
    assert answer.err.startswith(str(path))
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--passphrase", WORDS, "list"],
        ["--passphrase-file", "a", "--recovery-key-file", "b", "list"],
        ["passphrase", "--remove", "--new-passphrase-file", "a"],
        ["recovery-key", "--new", "--saved"],
    ],
)
def test_other_ways_to_give_one_are_wrong_usage(terminal: Terminal, arguments: list[str]) -> None:
    assert terminal(*arguments).status == 2


def test_no_environment_variable_opens_it(
    locked: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KOTTER_JOURNAL_PASSPHRASE", "PASSPHRASE"):
        monkeypatch.setenv(name, WORDS)
    assert locked("list").status == 1


def test_a_terminal_is_asked(locked: Terminal, typing: Callable[..., list[str]]) -> None:
    asked = typing(WORDS)
    assert "zebra" in locked("list").out
    assert asked == ["Passphrase"]
    typing("wrong")
    assert locked("list").status == 1


def test_init_asks_twice_on_a_terminal(
    terminal: Terminal, typing: Callable[..., list[str]], words: Path
) -> None:
    asked = typing(WORDS, WORDS)
    made = terminal("init")
    assert made.status == 0
    assert "recovery-key" in made.err
    assert len(asked) == 2
    assert terminal("--passphrase-file", words, "list").status == 0


def test_init_does_not_take_what_was_typed_differently(
    terminal: Terminal, typing: Callable[..., list[str]], tmp_path: Path
) -> None:
    typing(WORDS, OTHERS)
    assert terminal("init").status == 1
    assert not (tmp_path / "journal").exists()


def test_init_makes_one_without_passphrase_where_none_is_wanted(
    terminal: Terminal, typing: Callable[..., list[str]], tmp_path: Path
) -> None:
    typing("")
    made = terminal("init")
    assert (made.status, made.err) == (0, "")
    assert terminal("list").status == 0
    asked = typing()
    assert terminal("--journal", tmp_path / "second", "init", "--no-passphrase").status == 0
    assert asked == []


def test_init_without_a_terminal_asks_nobody(terminal: Terminal) -> None:
    assert terminal("init").status == 0
    assert terminal("list").status == 0


def test_init_refuses_both_at_once(terminal: Terminal, words: Path, tmp_path: Path) -> None:
    assert terminal("init", "--no-passphrase", "--passphrase-file", words).status == 1
    assert not (tmp_path / "journal").exists()


def test_a_passphrase_is_set_changed_and_removed(
    terminal: Terminal, words: Path, others: Path
) -> None:
    assert terminal("init").status == 0
    assert terminal("passphrase", "--new-passphrase-file", words).status == 0
    assert terminal("list").status == 1
    change = ["--passphrase-file", words, "passphrase", "--new-passphrase-file", others]
    assert terminal(*change).status == 0
    assert terminal(*change).status == 1
    assert terminal("--passphrase-file", others, "list").status == 0
    assert terminal("--passphrase-file", others, "passphrase", "--remove").status == 0
    assert terminal("list").status == 0


def test_old_and_new_come_from_two_lines_of_standard_input(
    locked: Terminal, monkeypatch: pytest.MonkeyPatch, others: Path
) -> None:
    stdin(monkeypatch, f"{WORDS}\n{OTHERS}\n")
    changed = locked("--passphrase-file", "-", "passphrase", "--new-passphrase-file", "-")
    assert changed.status == 0
    assert locked("--passphrase-file", others, "list").status == 0


def test_old_and_new_are_asked_on_a_terminal(
    locked: Terminal, typing: Callable[..., list[str]], others: Path
) -> None:
    asked = typing(WORDS, OTHERS, OTHERS)
    assert locked("passphrase").status == 0
    assert len(asked) == 3
    assert locked("--passphrase-file", others, "list").status == 0


def test_no_new_passphrase_changes_nothing(
    locked: Terminal, typing: Callable[..., list[str]], words: Path
) -> None:
    answer = locked("--passphrase-file", words, "passphrase")
    assert answer.status == 1
    assert "--new-passphrase-file" in answer.err
    typing(WORDS, "")
    assert locked("passphrase").status == 1
    assert locked("--passphrase-file", words, "list").status == 0


def test_the_recovery_key_is_shown_until_it_is_kept_and_opens(
    locked: Terminal, words: Path, tmp_path: Path
) -> None:
    given = ("--passphrase-file", words)
    first, second = locked(*given, "recovery-key"), locked(*given, "recovery-key")
    assert first.out == second.out
    parse_recovery_key(first.out)
    key = tmp_path / "key"
    key.write_text(first.out.lower())
    assert "zebra" in locked("--recovery-key-file", key, "list").out
    assert locked(*given, "recovery-key", "--saved").status == 0
    shown = locked(*given, "recovery-key")
    assert (shown.status, shown.out) == (1, "")
    assert date.today().strftime("%Y") in shown.err  # noqa: DTZ011
    assert "--new" in shown.err


def test_a_new_recovery_key_replaces_the_old(locked: Terminal, words: Path, tmp_path: Path) -> None:
    given = ("--passphrase-file", words)
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text(locked(*given, "recovery-key").out)
    new.write_text(locked(*given, "recovery-key", "--new").out)
    assert locked("--recovery-key-file", new, "list").status == 0
    answer = locked("--recovery-key-file", old, "list")
    assert (answer.status, answer.out) == (1, "")
    assert "recovery key" in answer.err


def test_a_new_recovery_key_is_asked_about_on_a_terminal(
    locked: Terminal, words: Path, typing: Callable[..., list[str]]
) -> None:
    given = ("--passphrase-file", words)
    before = locked(*given, "recovery-key").out
    typing("n")
    assert locked(*given, "recovery-key", "--new").status == 1
    assert locked(*given, "recovery-key").out == before
    typing("y")
    assert locked(*given, "recovery-key", "--new").out != before


def test_a_mistyped_recovery_key_names_the_group(locked: Terminal, tmp_path: Path) -> None:
    key = tmp_path / "key"
    groups = list(RecoveryKey(bytes(20)).groups)
    groups[4] = "XXXX" if groups[4] != "XXXX" else "YYYY"
    key.write_text("-".join([*groups[:4], groups[4][:3], *groups[5:]]))
    answer = locked("--recovery-key-file", key, "list")
    assert answer.status == 1
    assert "group 5" in answer.err


def test_a_forgotten_passphrase_is_replaced_by_the_recovery_key(
    locked: Terminal, words: Path, others: Path, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    key.write_text(locked("--passphrase-file", words, "recovery-key").out)
    change = ["--recovery-key-file", key, "passphrase", "--new-passphrase-file", others]
    assert locked(*change).status == 0
    assert "zebra" in locked("--passphrase-file", others, "list").out


def test_nothing_typed_reaches_the_log(locked: Terminal, others: Path) -> None:
    from kotter_journal.config.paths import log_file  # noqa: PLC0415

    locked("--passphrase-file", others, "list")
    log = log_file().read_text("utf-8") if log_file().is_file() else ""
    assert WORDS not in log
    assert OTHERS not in log


def test_an_end_of_input_stops_and_changes_nothing(
    locked: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(_: str) -> str:
        raise EOFError

    monkeypatch.setattr(asking, "is_terminal", lambda: True)
    monkeypatch.setattr("getpass.getpass", end)
    assert locked("list").err == "Stopped. Nothing was changed.\n"
