"""Opening a journal: with this computer's key, and with a passphrase beside its derivation."""

from pathlib import Path
from statistics import median

import pytest

from kotter_journal.storage import entries, passphrase
from kotter_journal.storage.journal import create, open_journal
from tests.benchmarks.figures import Report, Row, above_limit, in_turns, milliseconds
from tests.benchmarks.journals import LAST_DAY, MIDDLE, NOW, Journals

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
