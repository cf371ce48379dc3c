"""What the benchmarks share: journals of three sizes, and one table of figures at the end.

Run by ``make bench``; one file or one row by ``python scripts/dev.py bench -k search``. The
journals are made once (100,000 entries take a minute or more) and kept in the user's cache folder,
or in $KOTTER_BENCH_DIR. A benchmark never fails because something is slow; it fails where it cannot
measure. Absolute figures move with the machine and its load: look at the ratios.
"""

from collections.abc import Iterator

import pytest
from _pytest.terminal import TerminalReporter

from tests.benchmarks.figures import Report
from tests.benchmarks.journals import Journals

_REPORT = Report()
_JOURNALS = Journals()


@pytest.fixture
def report() -> Report:
    """Takes the rows of the table."""
    return _REPORT


@pytest.fixture(scope="session")
def journals() -> Iterator[Journals]:
    """Journals to measure on."""
    yield _JOURNALS
    _JOURNALS.clear()


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """The table, after everything else."""
    if _REPORT.rows:
        terminalreporter.section("figures")
        for line in _REPORT.table():
            terminalreporter.write_line(line)
