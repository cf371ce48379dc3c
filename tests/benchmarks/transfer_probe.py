"""Run as a program: imports or exports a whole journal, and prints seconds and memory.

``transfer_probe.py import FOLDER KEYS FILE`` and ``transfer_probe.py export FOLDER KEYS FILE``;
in place of ``export`` the key of a format writes that one.
Prints one line of JSON: entries, seconds, and by how many MB memory grew at the most.
"""

import json
import sys
import time
from pathlib import Path

from kotter_journal import __version__
from kotter_journal.formats import EXPORTS, MARKDOWN_FOLDER, journal_json
from kotter_journal.services.taking_out import take_out_to_file, take_out_to_folder
from kotter_journal.services.transfer import Choice, export_to_file, import_journal
from kotter_journal.storage.journal import open_journal
from tests.benchmarks.journals import NOW


def main(verb: str, folder: Path, keys: Path, file: Path) -> None:
    forms = {form.key: form for form in EXPORTS}
    journal = open_journal(folder, keys)
    door = journal.writing()
    before = _peak_mb()
    start = time.perf_counter()
    with door.transaction() as tx:
        if verb == "import":
            count = import_journal(tx, journal_json.read(file), NOW).imported
        elif verb == MARKDOWN_FOLDER.key:
            count = take_out_to_folder(tx, file, Choice(), _unheard)
        elif verb in forms:
            count = take_out_to_file(tx, file, forms[verb], Choice(), _unheard)
        else:
            count = export_to_file(tx, file, NOW, version=__version__)
    seconds = time.perf_counter() - start
    door.close()
    journal.close()
    print(json.dumps({"entries": count, "seconds": seconds, "grown": _peak_mb() - before}))


def _unheard(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def _peak_mb() -> float:
    """The most memory so far; getrusage would tell of the process that started this one."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    word, *places = sys.argv[1:]
    main(word, *(Path(place) for place in places))
