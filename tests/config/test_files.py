import os
import stat
from pathlib import Path

import pytest

from kotter_journal.config.files import folder_written_whole, write_atomically


def test_a_file_is_replaced_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "key"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["key"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key"
    write_atomically(path, b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["key"]


def test_a_folder_appears_when_all_of_it_is_written(tmp_path: Path) -> None:
    with folder_written_whole(tmp_path / "made") as folder:
        (folder / "inside").mkdir()
        (folder / "inside" / "file").write_text("x")
        assert not (tmp_path / "made").exists()
    assert (tmp_path / "made" / "inside" / "file").read_text() == "x"
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_a_folder_that_was_not_finished_is_gone(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space"), folder_written_whole(tmp_path / "made") as made:
        _fill(made)
    assert not list(tmp_path.iterdir())


def _fill(folder: Path) -> None:
    (folder / "file").write_text("x")
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", ["folder", "file", "link"])
def test_a_folder_takes_nobodys_place(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError), folder_written_whole(tmp_path / name):
        raise AssertionError
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "file", "link"}
