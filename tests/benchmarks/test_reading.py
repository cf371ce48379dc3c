"""Reading again: the first page, ten years back, the whole year; and what the index costs."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from statistics import median

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QApplication, QWidget

from kotter_journal.domain.entries import EntryDraft, begin
from kotter_journal.gui.entries.reading_page import Stretch
from kotter_journal.services.entries import write_entries
from kotter_journal.storage.database import Transaction
from tests.benchmarks.figures import Report, Row, at_most
from tests.benchmarks.journals import LARGE, LAST_DAY, MIDDLE, NOW, SIZES, Journals
from tests.benchmarks.window import Window, heartbeat, painted, window

pytestmark = pytest.mark.benchmark
_TIMES = 5
_LONG_AGO = LAST_DAY - timedelta(days=3_640)
_CJK = "今天和团队谈了新的方向。下周要决定预算，生产线又停了一次。"


class _TakenBack(Exception):
    """Ends a transaction without keeping anything: others measure on the same journal."""


_INDEXES = ("entry_text", "entry_run")


@pytest.mark.parametrize("entries", SIZES)
def test_reading_again(
    qapp: QApplication, journals: Journals, report: Report, entries: int
) -> None:
    with window(qapp, journals.copy(entries), journals.keys) as program:
        pages = program.workspace.pages
        assert pages is not None
        pages.show_day(LAST_DAY)
        program.settle()
        pages.read()
        program.settle()
        assert pages.reading is not None
        reading = pages.reading
        shown = reading.text.viewport()
        pages.show_year()
        program.settle()
        assert pages.year is not None
        year = pages.year

        def read(day: date) -> None:
            pages.read()
            reading.show_day(day, Stretch.EVERYTHING)

        def back(day: date) -> None:
            reading.show_day(day, Stretch.EVERYTHING)

        rows = (
            ("first page of the reading view", read, shown, LAST_DAY, 300.0),
            ("ten years back in the reading view", back, shown, _LONG_AGO, 300.0),
            ("ten years back in the list", pages.show_day, _list(program), _LONG_AGO, 100.0),
            ("the whole year, ten years back", pages.show_year, year, _LONG_AGO, 100.0),
        )
        for what, act, widget, day, most in rows:
            times, gaps = _measured(program, act, widget, day)
            report.add(
                Row(what=what, entries=entries, figure=median(times), goals=(at_most(most),))
            )
            report.add(
                Row(
                    what=f"{what}: longest gap",
                    entries=entries,
                    figure=max(gaps),
                    goals=(at_most(most),),
                )
            )


def _list(program: Window) -> QWidget:
    assert program.workspace.pages is not None
    shown: QWidget = program.workspace.pages.entries.sidebar.view.viewport()
    return shown


def _measured(
    program: Window, act: Callable[[date], None], widget: QWidget, day: date
) -> tuple[list[float], list[float]]:
    """Milliseconds to the paint after the last answer, each time from the Today page."""
    times: list[float] = []
    gaps: list[float] = []
    for _ in range(_TIMES):
        program.workspace.window.show_page(0)
        program.settle()
        with painted(widget) as paints, heartbeat() as beats:
            first = paints.after(lambda: act(day))
            program.settle()
        times.append(first)
        gaps += beats
    return times, gaps


@pytest.mark.parametrize("entries", [MIDDLE, LARGE])
def test_size_of_the_index(journals: Journals, report: Report, entries: int) -> None:
    """Bytes of both indexes beside the bytes of the texts; then a tenth more texts in Chinese."""
    journal = journals.opened(entries)
    door = journal.writing()
    with suppress(_TakenBack), door.transaction() as tx:
        texts, words, runs = _sizes(tx)
        _add_size(report, "index of words", entries, words, texts)
        _add_size(report, "index of runs, without CJK", entries, runs, texts)
        drafts = (
            EntryDraft(on=LAST_DAY - timedelta(days=n % 3_600), body=_CJK * 8)
            for n in range(entries // 10)
        )
        write_entries(tx, [begin(one, NOW, secrets.randbits(74)) for one in drafts])
        more_texts, more_words, more_runs = _sizes(tx)
        texts = more_texts - texts
        _add_size(report, "index of words, of the CJK texts", entries, more_words - words, texts)
        _add_size(report, "index of runs, of the CJK texts", entries, more_runs - runs, texts)
        raise _TakenBack
    door.close()
    journal.close()


def _sizes(tx: Transaction) -> tuple[int, int, int]:
    """Bytes of the texts, and of the two indexes."""
    texts = tx.exec_driver_sql(
        "SELECT sum(octet_length(body) + octet_length(coalesce(title, ''))) FROM entry"
    ).scalar_one()
    words, runs = (
        tx.execute(sa.text(f"SELECT sum(length(block)) FROM {name}_data")).scalar_one()  # noqa: S608
        for name in _INDEXES
    )
    return texts, words, runs


def _add_size(report: Report, what: str, entries: int, size: int, texts: int) -> None:
    report.add(
        Row(
            what=what,
            unit="MB",
            entries=entries,
            figure=size / 1e6,
            limit=texts / 1e6,
            limit_is="the texts it finds",
        )
    )
