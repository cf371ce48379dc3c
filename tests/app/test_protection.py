"""What other programs of the same person can do with the memory of this one: nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the kernel that is asked is Linux", allow_module_level=True)

ROOT = Path(__file__).parents[2]
_STATE = "import ctypes, resource; state = lambda: print(\
    resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0));"


def told(*command: str) -> str:
    run = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return run.stdout


def test_the_memory_of_a_protected_process_is_closed_to_the_same_user() -> None:
    found = json.loads(told("-m", "tests.app.protection_probe"))
    print(found)
    reads, attaches, _ = found["ordinary"]
    assert reads
    assert attaches
    assert found["protected"] == [False, False, False]


def test_a_command_is_protected_before_it_runs() -> None:
    state = (
        f"{_STATE} import kotter_journal.cli.main as cli, kotter_journal.__main__ as start;"
        " cli.main = lambda arguments: state() or 0; start.main(['list'])"
    )
    assert told("-c", state) == "(0, 0) 0\n"


def test_a_window_is_protected_from_its_first_frame_on(tmp_path: Path) -> None:
    state = (
        f"{_STATE} import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen';"
        " import kotter_journal.app.main as app, kotter_journal.__main__ as start;"
        " made = app.Program;\n"
        "def program(*args, **kwargs):\n"
        "    it = made(*args, **kwargs)\n"
        "    it.tasks.idled.connect(lambda: (state(), it.window.close()))\n"
        "    return it\n"
        f"app.Program = program; start.main(['--journal', {str(tmp_path / 'none')!r}])"
    )
    assert told("-c", state).splitlines()[-1] == "(0, 0) 0"
