"""Journals to test on: a few hundred entries with known words, days and minutes."""

import random
import secrets
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta

from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.entries import Allocation, Entry, EntryDraft, begin
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.entries import delete_entries, write_entries

TODAY = date(2026, 5, 14)
_TEXTS = (
    ("Ops leads: why the direction changed", "Two of the four leads still plan against the old"),
    ("Line 3 outage follow-up", "Root cause is the supplier swap. Asked for a second source."),
    ("Q3 budget, first pass", "Cut two hires to fit the envelope. Not happy with it yet."),
    ("Coffee with Tomasz", "He found the fix nobody else saw, and said so in front of all."),
    ("Hiring panel for the site lead", "Three good people; one who would leave in a year."),
)
_DAY = timedelta(days=1)


def draft(
    on: date = TODAY,
    at: time | None = time(9, 0),
    title: str | None = "A note",
    body: str = "Something happened.",
    **minutes: int,
) -> EntryDraft:
    """A draft with minutes by key of the activity."""
    rows = tuple(Allocation(Activity(key), given) for key, given in minutes.items())
    return EntryDraft(
        on=on,
        at=at,
        title=title,
        body=body,
        duration=sum(row.minutes for row in rows) or None,
        allocations=rows,
    )


def fill(session: JournalSession, qtbot: QtBot, drafts: Iterable[EntryDraft]) -> list[Entry]:
    """Write the drafts; returns when the session has announced them."""
    now = session.now()
    new = [begin(one, now, secrets.randbits(74)) for one in drafts]
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: write_entries(tx, new), owner=session)
    return new


def delete(session: JournalSession, qtbot: QtBot, gone: Sequence[Entry]) -> None:
    """Put entries into the trash; returns when the session has announced it."""
    ids, now = [entry.id for entry in gone], session.now()
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: delete_entries(tx, ids, now), owner=session)


def workdays(count: int, last: date = TODAY, seed: int = 3) -> list[EntryDraft]:
    """Three to five entries on each of ``count`` days up to ``last``, oldest first."""
    chance = random.Random(seed)  # noqa: S311  (test data)
    made = []
    for back in range(count - 1, -1, -1):
        on = last - back * _DAY
        for number in range(chance.randint(3, 5)):
            title, body = chance.choice(_TEXTS)
            some = chance.sample(list(Activity), chance.randint(1, 2))
            minutes = {a.value: 15 * chance.randint(1, 4) for a in some}
            at = time(8 + 2 * number, chance.choice((0, 10, 15, 30)))
            made.append(draft(on, at, title, body, **minutes))
    return made
