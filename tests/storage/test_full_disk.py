"""A disk that is full at each write in turn: nothing kept is lost, nothing half is left."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("filling_disk.py")
ACTS = (
    *("save", "delete", "erase", "backup", "import", "upgrade", "passphrase"),
    *("restore", "rescue"),
)


def own_disk(place: Path, command: list[str]) -> list[str]:
    """The command with a file system of 8 MB of its own in ``place``."""
    inside = f"mount -t tmpfs -o size=8m tmpfs '{place}' && exec \"$@\""
    return ["unshare", "--map-root-user", "--mount", "sh", "-c", inside, "sh", *command]


def can_mount(place: Path) -> bool:
    try:
        done = subprocess.run(own_disk(place, ["true"]), capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def fill_at_each_write(place: Path, act: str, trials: int) -> dict[str, Any]:
    """What the script tells; where no file system can be had, files may not grow instead."""
    place.mkdir(exist_ok=True)
    mounted = can_mount(place)
    how = "disk" if mounted else "limit"
    command = [sys.executable, str(SCRIPT), str(place), act, how, str(trials)]
    done = subprocess.run(
        own_disk(place, command) if mounted else command,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.skipif(os.name == "nt", reason="neither way exists there")
@pytest.mark.parametrize("act", ACTS)
def test_a_full_disk_loses_nothing(tmp_path: Path, act: str) -> None:
    told = fill_at_each_write(tmp_path / "disk", act, 8)
    assert told["failed"] >= 1, told
    assert told["problems"] == [], told


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="neither way exists there")
@pytest.mark.parametrize("act", ACTS)
def test_a_disk_full_at_every_single_write_loses_nothing(tmp_path: Path, act: str) -> None:
    told = fill_at_each_write(tmp_path / "disk", act, 400)
    print(f"\n{act}: {told['failed']} of {told['trials']} refused, nothing lost")
    assert told["problems"] == [], told
