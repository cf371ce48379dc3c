"""How soon a save is acknowledged, beside the smallest commit that is safe on the same disk."""

import random
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from statistics import median

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, Entry, EntryDraft, begin, revised
from kotter_journal.services.entries import revise_entry, write_entry
from kotter_journal.storage import entries
from kotter_journal.storage.connection import connect
from kotter_journal.storage.database import Transaction
from tests.benchmarks.figures import Report, Row, at_most, in_turns, milliseconds, p95, times_limit
from tests.benchmarks.journals import LAST_DAY, NOW, SIZES, Journals
from tests.benchmarks.window import heartbeat, live, type_keys, wait_for, window

pytestmark = pytest.mark.benchmark
_ROUNDS = 40
_LIMIT = "smallest SQLCipher commit, synchronous=FULL"
_WORDS = ("line three outage at the supplier", "why the night shift changes", "budget, first pass")


def _smallest_commit(journals: Journals) -> Callable[[], float]:
    file = journals.scratch("smallest") / "smallest.db"
    raw = connect(file, bytes(32), read_only=False, unchanging=False)
    raw.execute("CREATE TABLE one (number INTEGER)")
    return lambda: milliseconds(lambda: raw.execute("INSERT INTO one VALUES (1)"))


@pytest.mark.parametrize("size", SIZES)
def test_saving_by_services(journals: Journals, report: Report, size: int) -> None:
    """With and without the mark, which a save notes unless one did so within the last second."""
    chance = random.Random(size)  # noqa: S311
    journal = journals.opened(size)
    door = journal.writing()
    with door.transaction() as tx:
        positions = entries.all_positions(tx)

    def in_transaction(tell: Callable[[Transaction], object], *, mark: bool) -> float:
        door._marked_at = 0.0 if mark else time.monotonic()

        def save() -> None:
            with door.transaction() as tx:
                tell(tx)

        return milliseconds(save)

    def write(*, mark: bool) -> float:
        entry = _new_entry(chance)
        return in_transaction(lambda tx: write_entry(tx, entry), mark=mark)

    def revise(*, mark: bool) -> float:
        with door.transaction() as tx:
            entry = entries.entries_at(tx, [chance.choice(positions)])[0]
        ours = revised(entry, NOW, body=f"{entry.body} And so on.")
        return in_transaction(lambda tx: revise_entry(tx, ours), mark=mark)

    limits, *found = in_turns(
        _ROUNDS,
        _smallest_commit(journals),
        lambda: write(mark=True),
        lambda: revise(mark=True),
        lambda: write(mark=False),
        lambda: revise(mark=False),
    )
    names = (
        "new entry saved, mark due",
        "text of an entry saved, mark due",
        "new entry saved within a second of another",
        "text of an entry saved within a second of another",
    )
    for what, times in zip(names, found, strict=True):
        report.add(
            Row(
                what=what,
                entries=size,
                figure=median(times),
                limit=median(limits),
                limit_is=_LIMIT,
                goals=(times_limit(2),),
            )
        )
    door.close()
    journal.close()


@pytest.mark.parametrize("size", SIZES)
def test_enter_in_the_quick_line(
    qapp: QApplication, journals: Journals, report: Report, size: int
) -> None:
    """At the pace of a person: the mark is due at every save. The line empties once it is safe."""
    smallest = _smallest_commit(journals)
    limits, acknowledged = [], []
    with window(qapp, journals.copy(size), journals.keys) as program:
        line = program.shown.today_page.quick_line.field
        emptied: list[float] = []

        def changed(text: str) -> None:
            if not text:
                emptied.append(time.perf_counter())

        line.textChanged.connect(changed)
        gaps: list[float] = []
        for number in range(20):
            line.setFocus()
            words = f"{_WORDS[number % len(_WORDS)]} {number}"
            type_keys(line, words, 0.02, lambda _: None)
            live(1.05)
            limits.append(smallest())
            emptied.clear()
            with heartbeat() as beats:
                start = time.perf_counter()
                QTest.keyClick(line, Qt.Key.Key_Return)
                wait_for(lambda: bool(emptied))
                acknowledged.append((emptied[0] - start) * 1e3)
                live(0.2)
            gaps += beats
        program.settle()
    for what, figure, limit, goals in (
        (
            "Enter to the line emptied, median",
            median(acknowledged),
            median(limits),
            (times_limit(2),),
        ),
        ("Enter to the line emptied, p95", p95(acknowledged), p95(limits), ()),
        ("longest gap on the GUI thread after Enter", max(gaps), None, (at_most(50),)),
    ):
        report.add(
            Row(
                what=what,
                entries=size,
                figure=figure,
                limit=limit,
                limit_is=_LIMIT if limit else "",
                goals=goals,
            )
        )


def _new_entry(chance: random.Random) -> Entry:
    draft = EntryDraft(
        on=LAST_DAY - timedelta(days=chance.randrange(1, 3000)),
        body=chance.choice(_WORDS),
        duration=1,
        allocations=(Allocation(chance.choice(list(Activity)), 1),),
    )
    return replace(begin(draft, NOW, secrets.randbits(74)), written_on=LAST_DAY)
