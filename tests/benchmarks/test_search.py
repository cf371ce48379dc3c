"""From a key in the search field to what is painted, beside the index asked by itself."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from kotter_journal.domain.search import SearchQuery, match_expression, parse_query
from kotter_journal.gui.entries.list_model import LIMIT
from kotter_journal.gui.entries.sidebar import Sidebar
from kotter_journal.storage import entries, search
from kotter_journal.storage.connection import connect
from kotter_journal.storage.journal import DATABASE, Journal
from tests.benchmarks.figures import (
    Goal,
    Report,
    Row,
    at_most,
    in_turns,
    milliseconds,
    p95,
    times_limit,
)
from tests.benchmarks.journals import LARGE, LAST_DAY, MIDDLE, SIZES, SMALL, Journals
from tests.benchmarks.window import Paints, heartbeat, live, painted, type_keys, wait_for, window

pytestmark = pytest.mark.benchmark
_PACE = 0.045
_TYPED = (
    "the team agreed", "budget", "supplier", "night shift", "why the direction", "hiring",
    "outage", "thursday meeting", "a plan for the line", "coffee", "customer complaint", "@",
    "forecast", "weekly", "is:starred budget", "zzz",
)  # fmt: skip
_SHOWN_ROWS = 10
_AT_P95 = {SMALL: at_most(16), MIDDLE: at_most(16), LARGE: at_most(33)}
_RAW_ROWS = (
    "SELECT position, id, local_date, local_time, duration_minutes, heading, excerpt, starred"
    " FROM entry WHERE position IN ({})"
)
_RAW_SNIPPETS = (
    "SELECT rowid, snippet(entry_text, -1, char(2), char(3), '…', 24) FROM entry_text"
    " WHERE entry_text MATCH ? AND rowid BETWEEN ? AND ? AND +rowid IN ({})"
)
_RAW_MATCHES = "SELECT rowid FROM entry_text WHERE entry_text MATCH ? ORDER BY rowid DESC LIMIT {}"


def _queries() -> list[SearchQuery]:
    """What is asked as those words are typed."""
    return [
        query
        for words in _TYPED
        for end in range(1, len(words) + 1)
        if (query := parse_query(words[:end], LAST_DAY, open_ended=True)).has_words
        and not query.starred
    ]


@pytest.mark.parametrize("entries_", SIZES)
def test_the_index_through_storage(journals: Journals, report: Report, entries_: int) -> None:
    """The same rows with the same words, by our queries and by the driver's own hand."""
    journal = journals.opened(entries_)
    raw = connect(_file(journal), journal.vault.database_key, read_only=True, unchanging=False)
    door = journal.reading()
    asked = _queries()

    def by_hand(query: SearchQuery) -> None:
        words = match_expression(query)
        found = [row[0] for row in raw.execute(_RAW_MATCHES.format(LIMIT), (words,))][:_SHOWN_ROWS]
        marks = ",".join("?" * len(found))
        raw.execute(_RAW_ROWS.format(marks), found).fetchall()
        ends = (min(found, default=0), max(found, default=0))
        raw.execute(_RAW_SNIPPETS.format(marks), (words, *ends, *found)).fetchall()

    def by_storage(query: SearchQuery) -> None:
        with door.transaction() as tx:
            found = search.positions(tx, query, LIMIT)[:_SHOWN_ROWS].tolist()
            entries.summaries(tx, found)
            search.snippets(tx, query, found)

    found: tuple[list[float], list[float]] = ([], [])
    for query in asked:
        limits, times = in_turns(
            3,
            partial(milliseconds, partial(by_hand, query)),
            partial(milliseconds, partial(by_storage, query)),
        )
        found[0].append(median(limits))
        found[1].append(median(times))
    for name, of in (("p50", median), ("p95", p95)):
        report.add(
            Row(
                what=f"search answered by storage, {name}",
                entries=entries_,
                figure=of(found[1]),
                limit=of(found[0]),
                limit_is="FTS5, rows and snippets by the driver alone",
                goals=(times_limit(2),) if name == "p95" else (),
            )
        )
    door.close()
    raw.close()
    journal.close()


@pytest.mark.parametrize("entries_", SIZES)
def test_typing_a_search(
    qapp: QApplication, journals: Journals, report: Report, entries_: int
) -> None:
    with window(qapp, journals.copy(entries_), journals.keys) as program:
        pages = program.workspace.pages
        assert pages is not None
        pages.search()
        program.settle()
        sidebar = pages.entries.sidebar
        line = sidebar.search.line
        gaps: list[float] = []
        with painted(sidebar.view.viewport()) as paints, _answers(sidebar, paints) as answers:
            for words in _TYPED:
                with heartbeat() as beats:
                    type_keys(line, words, _PACE, answers.note_key)
                    wait_for(lambda: answers.is_all_painted)
                    live(0.15)
                gaps += beats
                line.clear()
                program.settle()
                answers.forget()
        _report_typing(report, entries_, answers.times, gaps)


def _report_typing(report: Report, size: int, times: list[float], gaps: list[float]) -> None:
    rows: tuple[tuple[str, float, tuple[Goal, ...]], ...] = (
        ("key in the search to painted results, p50", median(times), ()),
        ("key in the search to painted results, p95", p95(times), (_AT_P95[size],)),
        ("longest gap on the GUI thread while searching", max(gaps), (at_most(16),)),
    )
    for what, figure, goals in rows:
        report.add(Row(what=what, entries=size, figure=figure, goals=goals))


class _Answers(QObject):
    """Puts keys and paints together: a key counts until results that know of it are painted."""

    def __init__(self, sidebar: Sidebar, paints: Paints) -> None:
        super().__init__()
        self.times: list[float] = []
        self._sidebar = sidebar
        self._waiting: list[float] = []
        self._answered: float | None = None
        self._is_asked = False
        sidebar.search.asked.connect(self._on_asked)
        sidebar.model.answered.connect(self._on_answered)
        paints.happened.connect(self._on_painted)

    @property
    def is_all_painted(self) -> bool:
        """Whether the newest key's results are on the screen."""
        return not self._waiting

    def note_key(self, pressed: float) -> None:
        """A key was pressed and has been taken."""
        if self._is_asked:
            self._waiting.append(pressed)
            self._is_asked = False

    def forget(self) -> None:
        """What was asked otherwise than by a key does not count."""
        self._is_asked = False

    def _on_asked(self) -> None:
        self._is_asked = True
        self._answered = None

    def _on_answered(self) -> None:
        if self._sidebar.model.query == self._sidebar.search.query:
            self._answered = time.perf_counter()
            if not self._sidebar.model.rowCount():  # "nothing found" hides the list
                self._on_painted(float("inf"), self._answered)

    def _on_painted(self, begun: float, ended: float) -> None:
        if self._answered is not None and begun > self._answered:
            self.times += [(ended - at) * 1e3 for at in self._waiting]
            self._waiting.clear()
            self._answered = None


@contextmanager
def _answers(sidebar: Sidebar, paints: Paints) -> Iterator[_Answers]:
    answers = _Answers(sidebar, paints)
    yield answers
    answers.deleteLater()


def _file(journal: Journal) -> Path:
    return journal.folder / DATABASE
