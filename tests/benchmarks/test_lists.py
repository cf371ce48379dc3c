"""The list at any position, an entry opened from it, and the months of the calendar."""

import random
from functools import partial
from statistics import median

import pytest
from PySide6.QtCore import QPoint, QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QToolButton, QWidget

from kotter_journal.storage import entries
from kotter_journal.storage.connection import connect
from kotter_journal.storage.journal import DATABASE
from tests.benchmarks.figures import (
    Report,
    Row,
    at_most,
    in_turns,
    milliseconds,
    p95,
    times_limit,
)
from tests.benchmarks.journals import SIZES, Journals
from tests.benchmarks.window import heartbeat, live, painted, window

pytestmark = pytest.mark.benchmark
_PAGE = 64
_ROUNDS = 200
_RAW_PAGE = (
    "SELECT e.position, e.id, e.local_date, e.local_time, e.duration_minutes, e.heading,"
    " e.excerpt, e.starred, a.activity, a.minutes FROM entry AS e LEFT JOIN allocation AS a"
    " ON a.entry_id = e.id AND a.deleted_at IS NULL WHERE e.position IN ({})"
)


@pytest.mark.parametrize("size", SIZES)
def test_scrolling(qapp: QApplication, journals: Journals, report: Report, size: int) -> None:
    chance = random.Random(size)  # noqa: S311  (which places to look at)
    with window(qapp, journals.copy(size), journals.keys) as program:
        pages = program.workspace.pages
        assert pages is not None
        program.shown.show_page(1)
        program.settle()
        view = pages.entries.sidebar.view
        plain = _plain_list(view, size)

        def jump(where: QListView) -> float:
            bar = where.verticalScrollBar()
            place = chance.randrange(bar.maximum() + 1)

            def go() -> None:
                bar.setValue(place)
                where.viewport().repaint()

            return milliseconds(go)

        limits, times = in_turns(_ROUNDS, lambda: jump(plain), lambda: jump(view))
        plain.close()
    for name, of in (("p50", median), ("p95", p95)):
        report.add(
            Row(
                what=f"scroll paint at a random position, {name}",
                entries=size,
                figure=of(times),
                limit=of(limits),
                limit_is="QListView of plain strings",
                goals=(at_most(8),) if name == "p95" else (),
            )
        )


def _plain_list(like: QListView, rows: int) -> QListView:
    plain = QListView()
    plain.setUniformItemSizes(True)
    plain.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    plain.setModel(QStringListModel([f"A title in row {row}" for row in range(rows)], plain))
    plain.resize(like.size())
    plain.show()
    live(0.1)
    return plain


@pytest.mark.parametrize("size", SIZES)
def test_page_of_summaries(  # noqa: C901  (four ways to read, side by side)
    journals: Journals, report: Report, size: int
) -> None:
    chance = random.Random(size)  # noqa: S311
    journal = journals.opened(size)
    file, key = journal.folder / DATABASE, journal.vault.database_key
    raw, door = connect(file, key, read_only=True, unchanging=False), journal.reading()
    with door.transaction() as tx:
        positions = entries.all_positions(tx)

    def some() -> list[int]:
        start = chance.randrange(len(positions) - _PAGE)
        return positions[start : start + _PAGE].tolist()

    def by_hand() -> float:
        wanted = some()
        asked = _RAW_PAGE.format(",".join("?" * _PAGE))
        return milliseconds(lambda: raw.execute(asked, wanted).fetchall())

    def by_storage() -> float:
        wanted = some()

        def read() -> None:
            with door.transaction() as tx:
                entries.summaries(tx, wanted)

        return milliseconds(read)

    def all_by_hand() -> float:
        asked = "SELECT position FROM entry WHERE deleted_at IS NULL ORDER BY position"
        return milliseconds(lambda: raw.execute(asked).fetchall())

    def all_by_storage() -> float:
        def read() -> None:
            with door.transaction() as tx:
                entries.all_positions(tx)

        return milliseconds(read)

    for what, rounds, limit, work in (
        (f"page of {_PAGE} summaries", _ROUNDS, by_hand, by_storage),
        ("positions of all entries", 9, all_by_hand, all_by_storage),
    ):
        limits, times = in_turns(rounds, limit, work)
        report.add(
            Row(
                what=what,
                entries=size,
                figure=median(times),
                limit=median(limits),
                limit_is="the same rows by the driver alone",
                goals=(times_limit(3),) if rounds == _ROUNDS else (),
            )
        )
    door.close()
    raw.close()
    journal.close()


def _click(widget: QWidget, place: QPoint) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(widget, left, none, place)


@pytest.mark.parametrize("size", SIZES)
def test_opening_and_turning(
    qapp: QApplication, journals: Journals, report: Report, size: int
) -> None:
    chance = random.Random(size)  # noqa: S311
    with window(qapp, journals.copy(size), journals.keys) as program:
        pages = program.workspace.pages
        assert pages is not None
        sidebar, editor = pages.entries.sidebar, pages.entries.editor
        program.shown.show_page(1)
        program.settle()
        opened, turned, gaps = [], [], []
        with painted(editor.text.viewport()) as paints:
            for _ in range(40):
                bar = sidebar.view.verticalScrollBar()
                bar.setValue(chance.randrange(bar.maximum() + 1))
                live(0.03)
                row = sidebar.view.row_at(sidebar.view.verticalOffset() + 300)
                place = sidebar.view.visualRect(sidebar.model.index(row)).bottomLeft()
                place += QPoint(60, -20)
                with heartbeat() as beats:
                    opened.append(paints.after(partial(_click, sidebar.view.viewport(), place)))
                    live(0.05)
                gaps += beats
        arrow = sidebar.month.findChild(QToolButton, "earlier")
        assert arrow is not None
        with painted(sidebar.month.grid) as paints:
            for _ in range(40):
                turned.append(paints.after(arrow.click))
                live(0.01)
        program.settle()
    for what, figure, most in (
        ("click on an entry to its painted text, p50", median(opened), None),
        ("click on an entry to its painted text, p95", p95(opened), 50),
        ("longest gap on the GUI thread while opening entries", max(gaps), 50),
        ("month of the calendar turned to paint, p95", p95(turned), 16),
    ):
        goals = (at_most(most),) if most else ()
        report.add(Row(what=what, entries=size, figure=figure, goals=goals))
