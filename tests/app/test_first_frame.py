"""What the program may load before its window shows."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = ("sqlalchemy", "sqlcipher3", "cryptography", "argon2", "keyring", "subprocess")


def test_the_window_shows_before_sql_and_cryptography_are_loaded() -> None:
    told = "import sys, kotter_journal.app.main; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert not set(HEAVY) & set(run.stdout.split())
