"""How long the window stands still in a long text; run with -m benchmark."""

import statistics
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor

from tests.gui.entries.journals import draft
from tests.gui.entries.writing import Desk

pytestmark = pytest.mark.benchmark
SENTENCE = "lorem **ipsum** dolor sit amet *consec* #tag and more @Dana words to fill the line "


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def test_a_key_is_painted_at_once_in_30_000_words(desk: Desk) -> None:
    desk.opens(draft(body="\n\n".join([SENTENCE * 6] * 357)))
    desk.editor.text.moveCursor(QTextCursor.MoveOperation.Start)

    def key() -> None:
        desk.types("x")
        desk.editor.text.viewport().repaint()

    assert statistics.median(seconds(key) for _ in range(50)) < 0.016


def test_4_000_lines_become_code_without_a_long_wait(desk: Desk) -> None:
    desk.opens(draft(body="- item\n" * 4000))
    assert seconds(lambda: desk.types("```")) < 1.5


def test_a_book_is_pasted_without_a_long_wait(desk: Desk) -> None:
    desk.opens(draft(body=""))
    pasted = QMimeData()
    pasted.setText((SENTENCE * 6 + "\n\n") * 1900)
    assert seconds(lambda: desk.editor.text.insertFromMimeData(pasted)) < 3
