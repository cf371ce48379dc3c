"""EntryListModel: the entries that answer the present question, newest first."""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import IntEnum
from typing import Any, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import EntryId, EntrySummary
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.positions import SEQUENCES, day_of, first_of
from kotter_journal.domain.search import SearchQuery
from kotter_journal.gui.around_damage import read_around
from kotter_journal.gui.entries.day_hours import DayHours
from kotter_journal.gui.entries.days import day_text, full_day_text
from kotter_journal.gui.entry_words import spoken, unreadable
from kotter_journal.gui.session import JournalSession
from kotter_journal.storage import entries, search
from kotter_journal.storage.database import Transaction

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")

PAGE, PAGES = 64, 40
"""Rows read at a time, and how many such pages are kept."""
_PAGE_FOUND = 16
"""Rows of a search read at a time: the words around their hits take longer than all the rest."""
LIMIT = 500
"""Rows that a search shows at most."""
_MANY_DAYS, _MANY_RUNS, _MANY_ROWS = 31, 8, 1000


class Role(IntEnum):
    """What a row answers besides its words."""

    SUMMARY = Qt.ItemDataRole.UserRole + 1  # EntrySummary
    FOUND = Qt.ItemDataRole.UserRole + 2  # Found, or None
    HEAD = Qt.ItemDataRole.UserRole + 3  # DayHead in the first row of a day, else None
    DAMAGED = Qt.ItemDataRole.UserRole + 4  # whether it lies on a damaged page


@dataclass(frozen=True, slots=True)
class Found:
    """Words around the hits of a search, with the half-open ranges of the hits in code points."""

    text: str
    hits: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DayHead:
    """What stands above the first row of a day; ``minutes`` None where a search left rows out."""

    day: date
    text: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class _Row:
    summary: EntrySummary
    found: Found | None


class EntryListModel(QAbstractListModel):
    """Knows every position of the answer, and reads what rows show in pages around what is asked.

    ``answered`` follows every answer of the journal with the number of rows; ``counted`` tells,
    later, how many entries there are in all. ``failed`` carries a KotterError once; the rows that
    could not be read stay blank until the next change of the journal.
    """

    answered = Signal(int)
    counted = Signal(int)
    failed = Signal(object)

    def __init__(self, session: JournalSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ascending: array[int] = array("q")
        self._ranked: array[int] | None = None
        self._query = self._asked = SearchQuery()
        self._rows: OrderedDict[int, _Row | None] = OrderedDict()
        self._hours = DayHours()
        self._starts: array[int] | None = None
        self._silent = False
        self._damaged: set[int] = set()
        session.changed.connect(self._on_changed)

    @property
    def query(self) -> SearchQuery:
        """The question whose answer is shown."""
        return self._query

    def ask(self, query: SearchQuery | None = None) -> None:
        """Ask the journal anew, for ``query`` or as before; the newest question wins."""
        asked = self._asked = self._asked if query is None else query
        self._session.run(
            lambda tx: _positions(tx, asked),
            owner=self,
            done=lambda found: self._show(asked, found),
            refused=self.failed.emit,
            latest="entries.list",
        )

    def entry_id(self, row: int) -> EntryId | None:
        """The id of the entry in a row; None outside the list or where it cannot be read."""
        kept = self._row(row) if 0 <= row < len(self._ascending) else None
        return kept.summary.id if kept else None

    def row_of(self, entry_id: str) -> int | None:
        """Where an entry stands in the list; None where the list does not show it."""
        position = self._read(lambda tx: entries.position_of(tx, entry_id))
        return None if position is None else self._row_at(position)

    def row_on(self, day: date) -> int | None:
        """The newest row of ``day``; None without one."""
        row = self.row_until(day)
        return row if row is not None and self.day_at(row) == day else None

    def row_until(self, day: date) -> int | None:
        """The newest row on or before ``day``, else the oldest row; None in an empty list.

        None as well where the best come first: then no row stands for a day.
        """
        if self._ranked is not None:
            return None
        count = len(self._ascending)
        after = first_of(day, time(23, 59)) + SEQUENCES
        return min(count - bisect_left(self._ascending, after), count - 1) if count else None

    def day_at(self, row: int) -> date:
        """The local date of a row, known without reading it."""
        return day_of(self.position(row))

    def day_starts(self) -> "array[int]":
        """The first row of every day, in order; none where the best come first."""
        if self._starts is None:
            self._starts = _day_starts(self._ascending)
        return self._starts

    def is_first_of_day(self, row: int) -> bool:
        """Whether the row above, if any, belongs to another day."""
        starts = self.day_starts()
        place = bisect_left(starts, row)
        return place < len(starts) and starts[place] == row

    def position(self, row: int) -> int:
        """Where the entry of a row stands in time, known without reading it."""
        if self._ranked is not None:
            return self._ranked[row]
        return self._ascending[len(self._ascending) - 1 - row]

    def _row_at(self, position: int) -> int | None:
        if self._ranked is not None:
            return self._ranked.index(position) if position in self._ranked else None
        place = bisect_left(self._ascending, position)
        if place == len(self._ascending) or self._ascending[place] != position:
            return None
        return len(self._ascending) - 1 - place

    def _row(self, row: int) -> _Row | None:
        position = self.position(row)
        if position in self._rows:
            self._rows.move_to_end(position)
        else:
            self._read_page(row)
        return self._rows.get(position)

    def _read_page(self, row: int) -> None:
        size = _PAGE_FOUND if self._query.has_words or self._query.runs else PAGE
        first = row - row % size
        last = min(first + size, len(self._ascending))
        missing = [p for row in range(first, last) if (p := self.position(row)) not in self._rows]
        query = self._query
        read = self._read_rows(query, missing)
        if read is None:
            return
        self._rows.update(read)
        while len(self._rows) > PAGE * PAGES:
            self._rows.popitem(last=False)

    def _read(self, ask: Callable[[Transaction], T]) -> T | None:
        """The answer, or None once the journal has failed: a view must not meet an exception."""
        if self._silent:
            return None
        try:
            return self._session.read(ask)
        except KotterError as error:
            self._silent = True
            self.failed.emit(error)
            return None

    def _read_rows(self, query: SearchQuery, missing: list[int]) -> dict[int, _Row | None] | None:
        """Rows to keep; those on a damaged page are kept as None, and told of once."""
        if self._silent:
            return None
        try:
            rows, damaged, error = read_around(
                missing, lambda some: self._session.read(lambda tx: _rows(tx, query, some))
            )
        except KotterError as other:
            self._silent = True
            self.failed.emit(other)
            return None
        if error is not None and not self._damaged:
            self.failed.emit(error)
        self._damaged.update(damaged)
        return rows | dict.fromkeys(damaged)

    def _head(self, row: int) -> DayHead | None:
        if not self.is_first_of_day(row):
            return None
        day = self.day_at(row)
        minutes = None
        if self._query.is_empty:
            minutes = self._hours.of(day, lambda ask: self._read(ask))
        return DayHead(day, day_text(day, self._session.today()), minutes)

    def _show(self, query: SearchQuery, found: "array[int]") -> None:
        if query.is_ranked or self._ranked is not None:
            self._reset(found, query)
        elif query == self._query:
            self._exchange(0, len(self._ascending), found)
        else:
            self._reset(found, query)
        self.answered.emit(len(found))
        if query.is_empty or len(found) < LIMIT:
            self.counted.emit(len(found))
        else:
            self._session.run(
                lambda tx: search.count(tx, query),
                owner=self,
                done=self.counted.emit,
                refused=self.failed.emit,
                latest="entries.count",
            )

    def _reset(self, found: "array[int]", query: SearchQuery) -> None:
        ranked = found if query.is_ranked else None
        ascending = found if ranked is None else array("q", sorted(found))
        starts = _day_starts(ascending) if ranked is None else array("q")
        self.beginResetModel()
        self._ranked = ranked
        self._ascending, self._query, self._starts = ascending, query, starts
        self._rows = OrderedDict()
        self.endResetModel()

    def _exchange(self, first: int, last: int, new: "array[int]") -> None:
        """Put ``new`` in place of the positions ``first`` to before ``last``, counted ascending."""
        runs = _difference(self._ascending, first, last, new)
        if runs is None:
            whole = self._ascending[:first] + new + self._ascending[last:]
            self._reset(whole, self._query)
            return
        gone, come = runs
        for start, end in reversed(gone):
            self._remove(start, end)
        for place, positions in reversed(come):
            self._insert(place, positions)

    def _remove(self, start: int, end: int) -> None:
        count = len(self._ascending)
        self.beginRemoveRows(QModelIndex(), count - end, count - 1 - start)
        del self._ascending[start:end]
        self._starts = None
        self.endRemoveRows()

    def _insert(self, place: int, positions: "array[int]") -> None:
        first = len(self._ascending) - place
        self.beginInsertRows(QModelIndex(), first, first + len(positions) - 1)
        self._ascending[place:place] = positions
        self._starts = None
        self.endInsertRows()

    def _on_changed(self, changes: Changes) -> None:
        was_silent, self._silent = self._silent, False
        self._damaged.clear()
        forgotten = self._forget(changes)
        if was_silent and self._ascending:
            self._repaint(range(len(self._ascending)))
        if not changes.membership:
            self._announce(forgotten, changes.days)
        elif self._asked == self._query and self._query.is_empty and _few(changes.days):
            self._read_days(changes.days)
        else:
            self.ask()

    def _forget(self, changes: Changes) -> list[int]:
        """Drop what is remembered of the changed entries; the positions that were dropped."""
        self._hours.forget(changes.days)
        stale = [
            position
            for position, row in self._rows.items()
            if row is None or row.summary.id in changes.entries
        ]
        for position in stale:
            del self._rows[position]
        return stale

    def _announce(self, positions: Iterable[int], days: Iterable[date]) -> None:
        rows = {row for p in positions if (row := self._row_at(p)) is not None}
        self._repaint(rows | {row for day in days if (row := self.row_on(day)) is not None})

    def _repaint(self, rows: Iterable[int]) -> None:
        for first, last in _spans(sorted(rows)):
            self.dataChanged.emit(self.index(first), self.index(last))

    def _read_days(self, days: Iterable[date]) -> None:
        """Renew the rows of a few days; the rest of the list cannot have changed."""
        found = self._read(lambda tx: {day: _positions_on(tx, day) for day in days})
        for day, positions in (found or {}).items():
            start = bisect_left(self._ascending, first_of(day, None))
            end = bisect_left(self._ascending, first_of(day, time(23, 59)) + SEQUENCES)
            self._exchange(start, end, positions)
        self._announce((), days)
        self.answered.emit(len(self._ascending))
        self.counted.emit(len(self._ascending))

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802
        """Exact, so that scroll bar and jumps are."""
        return 0 if parent.isValid() else len(self._ascending)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be chosen; there is nothing else."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows; None where it cannot be read. Never raises."""
        if not index.isValid() or index.row() >= len(self._ascending):
            return None
        if role == Role.HEAD:
            return self._head(index.row())
        if role == Role.DAMAGED:
            return self.position(index.row()) in self._damaged
        if role not in _ANSWERS:
            return None
        row = self._row(index.row())
        if row is not None:
            return _ANSWERS[role](row)
        is_damaged = self.position(index.row()) in self._damaged
        return unreadable() if is_damaged and role in _WORDS else None


_ANSWERS: dict[int, Callable[[_Row], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda row: row.summary.heading,
    # The heads above the days are painted: a screen reader hears the day with each row.
    Qt.ItemDataRole.AccessibleTextRole: lambda row: (
        f"{spoken(row.summary)}, {full_day_text(row.summary.on)}"
    ),
    Role.SUMMARY: lambda row: row.summary,
    Role.FOUND: lambda row: row.found,
}
_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


def _positions(tx: Transaction, query: SearchQuery) -> "array[int]":
    """Positions in ascending order, which bisects fastest; the best first where ranked."""
    if query.is_empty:
        return entries.all_positions(tx)
    found = search.positions(tx, query, LIMIT)
    if not query.is_ranked:
        found.reverse()
    return found


def _positions_on(tx: Transaction, day: date) -> "array[int]":
    until = day + timedelta(days=1) if day < date.max else None
    found = search.positions(tx, SearchQuery(since=day, until=until))
    found.reverse()
    return found


def _rows(tx: Transaction, query: SearchQuery, missing: Sequence[int]) -> dict[int, _Row | None]:
    """What rows show; None for one that went meanwhile, so that it is not asked for again."""
    shown = entries.summaries(tx, missing)
    found = search.snippets(tx, query, missing) if query.has_words or query.runs else {}
    return {
        p: _Row(shown[p], Found(*found[p]) if p in found else None) if p in shown else None
        for p in missing
    }


def _few(days: frozenset[date]) -> bool:
    return 0 < len(days) <= _MANY_DAYS


def _day_starts(ascending: "array[int]") -> "array[int]":
    count = end = len(ascending)
    starts = array("q")
    while end:
        starts.append(count - end)
        end = bisect_left(ascending, first_of(day_of(ascending[end - 1]), None), 0, end)
    return starts


def _spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as runs of neighbours, first and last of each."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return spans


def _difference(
    old: "array[int]", first: int, last: int, new: "array[int]"
) -> "tuple[list[tuple[int, int]], list[tuple[int, array[int]]]] | None":
    """What to take out of ``old[first:last]``, then what to put in where, to make it ``new``.

    None where that is more than a view should follow step by step.
    """
    if not old and len(new) > _MANY_ROWS:
        return None
    before, after = set(old[first:last]), set(new)
    if len(before ^ after) > _MANY_ROWS:
        return None
    places = (bisect_left(old, position) for position in sorted(before - after))
    gone = [(start, end + 1) for start, end in _spans(places)]
    kept = array("q", sorted(before & after))
    come: list[tuple[int, array[int]]] = []
    for position in sorted(after - before):
        place = first + bisect_left(kept, position)
        if come and come[-1][0] == place:
            come[-1][1].append(position)
        else:
            come.append((place, array("q", (position,))))
    return (gone, come) if len(gone) + len(come) <= _MANY_RUNS else None
