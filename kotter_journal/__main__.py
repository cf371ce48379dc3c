"""Start: the window without a command, the command line with one."""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kotter_journal.app.protection import protect_memory
from kotter_journal.app.successor import place_among
from kotter_journal.config.settings import journal_in_use


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and answer its exit status."""
    os.umask(0o077)
    arguments = list(sys.argv[1:] if argv is None else argv)
    place = place_among(arguments)
    folder = _window_folder([one for one in arguments if one != place])
    # Each imported only when it is meant: the window must not wait for the command line, nor a
    # command for the window.
    if folder is not None:
        # Everything imported at the start stays for good: looking through it for garbage is
        # wasted; later app/garbage.py does so.
        gc.disable()
        from kotter_journal.app.main import run  # noqa: PLC0415

        return run(folder, place)
    protect_memory()
    from kotter_journal.cli.main import main as run_command  # noqa: PLC0415

    return run_command(arguments)


def _window_folder(arguments: Sequence[str]) -> Path | None:
    """The journal that a window is meant to open; None where a command is meant."""
    match arguments:
        case []:
            return journal_in_use()
        case ["--journal", folder] if folder and not folder.startswith("-"):
            return Path(folder).expanduser().absolute()
        case [only] if only.startswith("--journal=") and only != "--journal=":
            return Path(only.removeprefix("--journal=")).expanduser().absolute()
        case _:
            return None


if __name__ == "__main__":
    sys.exit(main())
