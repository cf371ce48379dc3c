"""Figures: what was measured beside its limit, what was aimed at, and the table of it all."""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median


def p95(times: Sequence[float]) -> float:
    """The value that 95 of 100 stay below."""
    return sorted(times)[min(len(times) - 1, math.ceil(len(times) * 0.95) - 1)]


def milliseconds(work: Callable[[], object]) -> float:
    """How long ``work`` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def in_turns(rounds: int, *works: Callable[[], float]) -> list[list[float]]:
    """What each work answers in each round; one after the other, so that all meet the same noise.

    A round before these warms up and does not count.
    """
    for work in works:
        work()
    measured: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for answers, work in zip(measured, works, strict=True):
            answers.append(work())
    return measured


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should keep to; ``words`` say it in the table."""

    words: str
    is_met: Callable[[float, float | None], bool]


def at_most(most: float) -> Goal:
    """Not more than ``most``, in the figure's unit."""
    return Goal(f"<= {most:g}", lambda figure, _: figure <= most)


def at_least(least: float) -> Goal:
    """Not less than ``least``, in the figure's unit."""
    return Goal(f">= {least:,g}", lambda figure, _: figure >= least)


def times_limit(most: float) -> Goal:
    """Not more than ``most`` times the limit."""
    words = f"<= {most:g} x limit"
    return Goal(words, lambda figure, limit: limit is not None and figure <= most * limit)


def above_limit(most: float) -> Goal:
    """Not more than ``most`` above the limit, in the figure's unit."""
    words = f"<= limit + {most:g}"
    return Goal(words, lambda figure, limit: limit is not None and figure <= limit + most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of one benchmark; ``entries`` is None where the journal's size plays no part."""

    what: str
    figure: float
    unit: str = "ms"
    entries: int | None = None
    limit: float | None = None
    limit_is: str = ""
    goals: tuple[Goal, ...] = ()

    @property
    def ratio(self) -> float | None:
        """How many times the limit."""
        return self.figure / self.limit if self.limit else None

    @property
    def verdict(self) -> str:
        """Whether all goals are met."""
        if not self.goals:
            return ""
        return "yes" if all(g.is_met(self.figure, self.limit) for g in self.goals) else "NO"


@dataclass(slots=True)
class Report:
    """All rows of a run."""

    rows: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Take a row in, and show that something has been measured."""
        self.rows.append(row)
        print(f"\n  {' | '.join(_cells(row, ''))}", flush=True)

    def table(self) -> list[str]:
        """The lines to print."""
        head = ("what", "entries", "figure", "limit", "ratio", "goal", "met", "growth", "limit is")
        lines = [head, *(_cells(row, self._growth(row)) for row in self.rows)]
        widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
        return [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        ]

    def _growth(self, row: Row) -> str:
        """With the largest journal: the exponent by which a figure grows with the entries."""
        same = [r for r in self.rows if r.what == row.what and r.entries and r.figure > 0]
        sizes = {r.entries for r in same}
        if len(sizes) < 2 or row.entries != max(s for s in sizes if s):
            return ""
        return f"n^{_slope((math.log(r.entries or 1), math.log(r.figure)) for r in same):.2f}"


def _slope(points: Iterable[tuple[float, float]]) -> float:
    known = list(points)
    x0, y0 = (sum(values) / len(known) for values in zip(*known, strict=True))
    rise: float = sum((x - x0) * (y - y0) for x, y in known)
    run: float = sum((x - x0) * (x - x0) for x, _ in known)
    return rise / run


def _cells(row: Row, growth: str) -> tuple[str, ...]:
    return (
        row.what,
        f"{row.entries:,}" if row.entries else "",
        f"{_number(row.figure)} {row.unit}",
        _number(row.limit) if row.limit is not None else "",
        f"{row.ratio:.2f}" if row.ratio is not None else "",
        " and ".join(goal.words for goal in row.goals),
        row.verdict,
        growth,
        row.limit_is,
    )


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


__all__ = [
    "Goal",
    "Report",
    "Row",
    "above_limit",
    "at_least",
    "at_most",
    "in_turns",
    "median",
    "milliseconds",
    "p95",
    "times_limit",
]
