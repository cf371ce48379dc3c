"""From the start of the process to a window that is painted, and to one that can be used."""

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import pytest

from tests.benchmarks.figures import Report, Row, above_limit, times_limit
from tests.benchmarks.journals import NOW, SIZES, Journals

pytestmark = pytest.mark.benchmark
_PROBE = Path(__file__).with_name("start_probe.py")
_ROUNDS = 7
_BARE = "bare PySide6 window"


@pytest.mark.parametrize("entries", SIZES)
def test_start(journals: Journals, report: Report, entries: int) -> None:
    folder = journals.copy(entries)
    subjects = (["bare"], ["app", str(folder), NOW.isoformat()])
    bare, app = _in_turns(journals, subjects)
    for what, figure, goal in (
        ("start to first painted window", "painted", times_limit(1.3)),
        ("start to usable", "usable", times_limit(2.0)),
        ("start to all pages built", "completed", None),
    ):
        report.add(
            Row(
                what=what,
                entries=entries,
                figure=app[figure],
                limit=bare["painted"],
                limit_is=_BARE,
                goals=(goal,) if goal else (),
            )
        )
    for what, figure in (
        ("memory, all pages built", "memory"),
        ("memory, all pages shown", "memory_used"),
    ):
        report.add(
            Row(
                what=what,
                entries=entries,
                figure=app[figure],
                unit="MB",
                limit=bare["memory"],
                limit_is=_BARE,
                goals=(above_limit(60),),
            )
        )


def _in_turns(
    journals: Journals, subjects: tuple[list[str], ...]
) -> tuple[dict[str, float], dict[str, float]]:
    """The medians of every figure of both, run one after the other; the first round warms up."""
    found: list[list[dict[str, float]]] = [[], []]
    for number in range(_ROUNDS + 1):
        for answers, (kind, *places) in zip(found, subjects, strict=True):
            command = [sys.executable, str(_PROBE), kind, f"{time.time():.6f}", *places]
            told = subprocess.run(
                command, env=journals.environment, check=True, capture_output=True, text=True
            )
            if number:
                answers.append(json.loads(told.stdout.splitlines()[-1]))
    bare, app = (
        {name: median(answer[name] for answer in answers) for name in answers[0]}
        for answers in found
    )
    return bare, app
