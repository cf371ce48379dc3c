"""Commitments: boxes of checklists, and how long one is overdue."""

from datetime import UTC, date, datetime

import pytest

from kotter_journal.domain.commitments import (
    Checkbox,
    Commitment,
    CommitmentState,
    checkboxes_in,
    ticked,
)

AT = datetime(2026, 3, 1, tzinfo=UTC)
LIST = """Talked.

- [ ] Ask Dana
* [x] Send the note
1. [ ]  Book the room
- [] not a box
- [ ]
```
- [ ] in code
```
~~~
- [ ] in other code
~~~
  - [X] indented
"""


def test_boxes_are_found_outside_code() -> None:
    assert checkboxes_in(LIST) == [
        Checkbox("Ask Dana", ticked=False, line=2),
        Checkbox("Send the note", ticked=True, line=3),
        Checkbox("Book the room", ticked=False, line=4),
        Checkbox("indented", ticked=True, line=13),
    ]


@pytest.mark.parametrize("text", ["", "no list", "- [ ]", "[ ] no mark", "-[ ] no space"])
def test_texts_without_boxes(text: str) -> None:
    assert checkboxes_in(text) == []


def test_ticking_changes_the_box_and_nothing_else() -> None:
    once = ticked(LIST, 2, done=True)
    assert checkboxes_in(once)[0].ticked
    assert ticked(once, 2, done=False) == LIST
    assert ticked(LIST, 0, done=True) == LIST
    assert ticked(LIST, 99, done=True) == LIST


@pytest.mark.parametrize(
    ("due", "state", "days"),
    [
        (date(2026, 3, 1), CommitmentState.OPEN, 9),
        (date(2026, 3, 10), CommitmentState.OPEN, 0),
        (date(2026, 3, 20), CommitmentState.OPEN, 0),
        (None, CommitmentState.OPEN, 0),
        (date(2026, 3, 1), CommitmentState.KEPT, 0),
    ],
)
def test_overdue_is_open_and_past_its_day(
    due: date | None, state: CommitmentState, days: int
) -> None:
    one = Commitment("c", "Ask", AT, due_on=due, state=state)
    assert one.days_overdue(date(2026, 3, 10)) == days
