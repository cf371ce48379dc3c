"""Import and export of whole journals: entries a second, memory, and a window that stays awake."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kotter_journal.domain.changes import Changes
from kotter_journal.formats import EXPORTS, JOURNAL_JSON, Format, journal_json
from kotter_journal.services.transfer import import_journal
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.journal import create
from tests.benchmarks.figures import Report, Row, at_least, at_most
from tests.benchmarks.journals import MIDDLE, NOW, SIZES, Journals
from tests.benchmarks.window import heartbeat, live, wait_for, window

pytestmark = pytest.mark.benchmark
_PROBE = Path(__file__).with_name("transfer_probe.py")
_CHECKOUT = Path(__file__).parents[2]
_IMPORTED = (5_000, 20_000)


def _probe(verb: str, journals: Journals, folder: Path, file: Path) -> dict[str, Any]:
    told = subprocess.run(
        [sys.executable, str(_PROBE), verb, str(folder), str(journals.keys), str(file)],
        env=journals.environment | {"PYTHONPATH": str(_CHECKOUT)},
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def _exported(journals: Journals, entries: int) -> Path:
    """The file of a whole journal of so many entries."""
    file = journals.scratch(f"export-{entries}") / "journal.json"
    _probe("export", journals, journals.copy(entries), file)
    return file


@pytest.mark.parametrize("entries", SIZES)
def test_export(journals: Journals, report: Report, entries: int) -> None:
    file = journals.scratch("export") / "journal.json"
    told = [_probe("export", journals, journals.copy(entries), file) for _ in range(3)]
    _add(report, "export all as JSON", entries, told, 30_000)


@pytest.mark.parametrize(
    "form", [one for one in EXPORTS if one is not JOURNAL_JSON], ids=lambda one: one.key
)
def test_taking_out(journals: Journals, report: Report, form: Format) -> None:
    entries = MIDDLE
    folder, told = journals.copy(entries), []
    for number in range(3):
        out = journals.scratch(f"out-{form.key}-{number}") / "out"
        told.append(_probe(form.key, journals, folder, out))
    _add(report, f"export all as {form.label}", entries, told, 3_000)


@pytest.mark.parametrize("entries", _IMPORTED)
def test_import(journals: Journals, report: Report, entries: int) -> None:
    file = _exported(journals, entries)
    told = []
    for _ in range(3):
        folder = journals.scratch("import") / "journal"
        create(folder, journals.keys, NOW)
        told.append(_probe("import", journals, folder, file))
    _add(report, "import from JSON", entries, told, 5_000)


def _add(report: Report, what: str, entries: int, told: list[dict[str, Any]], least: float) -> None:
    best = sorted(told, key=lambda one: float(one["seconds"]))[len(told) // 2]
    assert best["entries"] >= entries
    rate = best["entries"] / best["seconds"]
    report.add(
        Row(what=what, entries=entries, figure=rate, unit="entries/s", goals=(at_least(least),))
    )
    report.add(Row(what=f"{what}: memory grown", entries=entries, figure=best["grown"], unit="MB"))


def test_the_window_during_an_import(
    qapp: QApplication, journals: Journals, report: Report
) -> None:
    file = _exported(journals, _IMPORTED[-1])
    folder = journals.scratch("awake") / "journal"
    create(folder, journals.keys, NOW)

    def bring_in(tx: Transaction) -> Changes:
        return import_journal(tx, journal_json.read(file), NOW).changes

    with window(qapp, folder, journals.keys) as program:
        session, done = program.workspace.session, list[Changes]()
        program.shown.show_page(1)
        program.settle()
        pages = program.workspace.pages
        assert pages is not None
        with heartbeat() as idle:
            live(2.0)
        with heartbeat() as gaps:
            session.write(bring_in, owner=program.workspace, done=done.append)
            pages.entries.sidebar.search.take_focus()
            while not done:
                QTest.keyClicks(pages.entries.sidebar.search.line, "a")
                live(0.2)
                pages.entries.sidebar.search.line.clear()
        with heartbeat() as after:
            wait_for(lambda: session.idle)
            live(0.5)
    for what, beats in (
        ("longest gap on the GUI thread during an import", gaps),
        ("longest gap on the GUI thread as the imported entries appear", after),
    ):
        report.add(
            Row(
                what=what,
                entries=_IMPORTED[-1],
                figure=max(beats),
                limit=max(idle),
                limit_is="the same window at rest",
                goals=(at_most(50),),
            )
        )
