"""Opening a journal: with this computer's key, and with a passphrase beside its derivation."""

import shutil
import time
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kotter_journal.app.program import Program
from kotter_journal.gui.closed_page import ClosedPage
from kotter_journal.services.keys import set_passphrase
from kotter_journal.storage import entries, passphrase
from kotter_journal.storage.journal import create, open_journal
from tests.benchmarks.figures import Report, Row, above_limit, in_turns, milliseconds
from tests.benchmarks.journals import LAST_DAY, MIDDLE, NOW, Journals
from tests.benchmarks.window import Paints, wait_for

pytestmark = pytest.mark.benchmark
_PASSPHRASE = "correct horse battery staple"


def _read_today(folder: Path, keys: Path, secret: str | None) -> None:
    journal = open_journal(folder, keys, passphrase=secret)
    door, reading = journal.writing(), journal.reading()
    with reading.transaction() as tx:
        entries.summaries_between(tx, LAST_DAY, LAST_DAY)
    reading.close()
    door.close()
    journal.close()


def test_unlocking(journals: Journals, report: Report) -> None:
    locked = journals.scratch("locked") / "journal"
    create(locked, journals.keys, NOW, passphrase=_PASSPHRASE)
    cost = passphrase.bearable_cost()
    open_one = journals.copy(MIDDLE)
    limits, locked_times, open_times = in_turns(
        7,
        lambda: milliseconds(lambda: passphrase.key_of(_PASSPHRASE, bytes(16), cost)),
        lambda: milliseconds(lambda: _read_today(locked, journals.keys, _PASSPHRASE)),
        lambda: milliseconds(lambda: _read_today(open_one, journals.keys, None)),
    )
    report.add(
        Row(
            what="open with a passphrase to first rows",
            figure=median(locked_times),
            limit=median(limits),
            limit_is="Argon2id alone",
            goals=(above_limit(150),),
        )
    )
    report.add(Row(what="open with this computer's key to first rows", figure=median(open_times)))


def _from_enter_to_today(folder: Path, keys: Path) -> float:
    """Milliseconds from Enter in the locked window to the first paint of today's entries."""
    settings = folder.with_name("settings.toml")
    program = Program(folder, keys=keys, settings=settings, now=lambda: NOW, locked=True)
    program.window.show()
    page = program.window.pages.currentWidget()
    assert isinstance(page, ClosedPage)
    # Typing a passphrase takes longer than what the worker loads meanwhile.
    wait_for(lambda: program.window.isVisible() and program.tasks.idle)
    QTest.keyClicks(page.field, _PASSPHRASE)
    watches: list[Paints] = []
    program.opened.connect(
        lambda: watches.append(Paints(program.workspace.day_list.view.viewport()))
    )
    start = time.perf_counter()
    QTest.keyClick(page.field, "\r")
    wait_for(lambda: bool(watches) and watches[0].count > 0)
    taken = (watches[0].last - start) * 1e3
    wait_for(lambda: program.workspace.pages is not None and program.tasks.idle)
    program.window.close()
    wait_for(lambda: not program.window.isVisible())
    program.close()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return taken


def test_unlocking_the_window(journals: Journals, report: Report, qapp: QApplication) -> None:
    place = journals.scratch("locked window")
    folder, keys = place / "journal", place / "keys"
    shutil.copytree(journals.copy(MIDDLE), folder)
    # A passphrase takes this computer's key away, which other copies need.
    shutil.copytree(journals.keys, keys)
    journal = open_journal(folder, keys)
    door = journal.writing()
    with door.transaction() as tx:
        set_passphrase(tx, journal, _PASSPHRASE)
    door.close()
    journal.close()
    cost = passphrase.bearable_cost()
    limits, times = in_turns(
        7,
        lambda: milliseconds(lambda: passphrase.key_of(_PASSPHRASE, bytes(16), cost)),
        lambda: _from_enter_to_today(folder, keys),
    )
    report.add(
        Row(
            what="locked window: Enter to today painted",
            entries=MIDDLE,
            figure=median(times),
            limit=median(limits),
            limit_is="Argon2id alone",
            goals=(above_limit(300),),
        )
    )
