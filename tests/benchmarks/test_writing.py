"""From a key in the editor to what is painted, in texts of two lengths."""

import secrets
from dataclasses import replace
from functools import partial
from statistics import median

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from kotter_journal.domain.entries import Entry, EntryDraft, begin
from kotter_journal.services.demo import demo_entries
from kotter_journal.services.entries import write_entry
from tests.benchmarks.figures import Report, Row, at_most, p95
from tests.benchmarks.journals import LAST_DAY, NOW, SMALL, Journals
from tests.benchmarks.window import heartbeat, live, painted, window

pytestmark = pytest.mark.benchmark
_KEYS = 80
_PACE = 0.045


def _long_entry(words: int) -> Entry:
    """One entry with the texts of many."""
    parts: list[str] = []
    length = 0
    for one in demo_entries(3_000, 5, LAST_DAY):
        parts.append(f"## {one.title or 'A note'}\n\n{one.body}")
        length += len(one.body.split())
        if length >= words:
            break
    draft = EntryDraft(on=LAST_DAY, body="\n\n".join(parts))
    return replace(begin(draft, NOW, secrets.randbits(74)), written_on=LAST_DAY)


@pytest.mark.parametrize("words", [1_000, 30_000])
@pytest.mark.parametrize("place", ["end", "middle"])
def test_key_in_the_editor(
    qapp: QApplication, journals: Journals, report: Report, words: int, place: str
) -> None:
    """At a writer's pace, with autosave going on; the limit is Qt's own editor without colours."""
    entry = _long_entry(words)
    with window(qapp, journals.copy(SMALL), journals.keys) as program:
        workspace = program.workspace
        workspace.session.write(lambda tx: write_entry(tx, entry), owner=workspace)
        program.settle()
        workspace.show_entry(entry.id)
        program.settle()
        assert workspace.pages is not None
        text = workspace.pages.entries.editor.text
        times, gaps = _typing(text, place)
        program.settle()
        plain = QTextEdit()
        plain.setPlainText(entry.body)
        plain.resize(text.size())
        plain.show()
        live(0.2)
        limits, _ = _typing(plain, place)
        plain.close()
    for what, figure, limit, most in (
        ("key in the editor to paint, p50", median(times), median(limits), None),
        ("key in the editor to paint, p95", p95(times), p95(limits), 16),
        ("longest gap on the GUI thread while writing", max(gaps), None, 16),
    ):
        report.add(
            Row(
                what=f"{what}, {words:,} words, {place}",
                figure=figure,
                limit=limit,
                limit_is="QTextEdit of plain text" if limit else "",
                goals=(at_most(most),) if most else (),
            )
        )


def _typing(text: QTextEdit, place: str) -> tuple[list[float], list[float]]:
    cursor = text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    if place == "middle":
        cursor.setPosition(cursor.position() // 2)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    text.setTextCursor(cursor)
    text.ensureCursorVisible()
    text.setFocus()
    live(0.2)
    times = []
    with painted(text.viewport()) as paints, heartbeat() as gaps:
        for number in range(_KEYS):
            key = "word and "[number % 9]
            times.append(paints.after(partial(QTest.keyClicks, text, key)))
            live(max(0.0, _PACE - times[-1] / 1e3))
        live(1.0)
    return times, gaps
