import random
from datetime import date, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from kotter_journal.domain.entries import revised
from kotter_journal.domain.errors import StorageFailed, StorageTrouble
from kotter_journal.domain.search import SearchQuery
from kotter_journal.gui.entries import list_model
from kotter_journal.gui.entries.list_model import EntryListModel, Role
from kotter_journal.gui.session import JournalSession
from kotter_journal.services.entries import revise_entry
from kotter_journal.storage.database import Transaction
from tests.gui.entries.journals import TODAY, delete, draft, fill, workdays


def loaded(
    session: JournalSession, qtbot: QtBot, query: SearchQuery | None = None
) -> EntryListModel:
    """A model that has its answer."""
    model = EntryListModel(session, session)
    with qtbot.waitSignal(model.answered):
        model.ask(query)
    return model


def contents(model: EntryListModel) -> list[tuple[Any, Any]]:
    """What the rows show."""
    rows = [model.index(row) for row in range(model.rowCount())]
    return [(index.data(Role.SUMMARY), index.data(Role.HEAD)) for index in rows]


def test_the_newest_entry_comes_first(session: JournalSession, qtbot: QtBot) -> None:
    fill(session, qtbot, [draft(at=time(9), title="older"), draft(at=time(11), title="newer")])
    model = loaded(session, qtbot)
    assert [model.index(row).data() for row in range(2)] == ["newer", "older"]


def test_the_first_row_of_a_day_carries_the_day_and_its_hours(
    session: JournalSession, qtbot: QtBot
) -> None:
    yesterday = TODAY - timedelta(days=1)
    fill(
        session,
        qtbot,
        [
            draft(TODAY, time(9), aligning_people=45),
            draft(TODAY, time(10), setting_direction=30),
            draft(yesterday, time(9)),
            draft(date(2025, 12, 1), time(9)),
        ],
    )
    heads = [head for _, head in contents(loaded(session, qtbot))]
    assert [head and (head.text, head.minutes) for head in heads] == [
        ("Today", 75),
        None,
        ("Yesterday", 0),
        ("Monday 1 December 2025", 0),
    ]


def test_a_row_tells_a_screen_reader_title_time_minutes_and_activities(
    session: JournalSession, qtbot: QtBot
) -> None:
    fill(session, qtbot, [draft(at=time(10, 30), title="Ops leads", aligning_people=45)])
    said = loaded(session, qtbot).index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Ops leads, 10:30, 45 m, Aligning people 45 m, Thursday 14 May 2026"


def test_the_model_passes_qt_own_checks(
    session: JournalSession, qtbot: QtBot, qtmodeltester: Any
) -> None:
    model = EntryListModel(session, session)
    qtmodeltester.check(model)
    fill(session, qtbot, workdays(5))
    with qtbot.waitSignal(model.answered):
        model.ask()
    qtmodeltester.check(model)
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_one_page_takes_at_most_two_queries(session: JournalSession, qtbot: QtBot) -> None:
    fill(session, qtbot, workdays(60))
    model = loaded(session, qtbot)
    asked: list[str] = []

    def count(_tx: Transaction, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    with session._reading.transaction() as tx:
        sa.event.listen(tx.engine, "before_cursor_execute", count)
    for row in range(list_model.PAGE):
        assert model.index(row).data(Role.SUMMARY) is not None
    assert len([one for one in asked if one.startswith("SELECT")]) == 2


def test_only_a_bounded_number_of_rows_is_remembered(
    session: JournalSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_model, "PAGES", 2)
    fill(session, qtbot, workdays(60))
    model = loaded(session, qtbot)
    contents(model)
    assert len(model._rows) == 2 * list_model.PAGE
    assert model.rowCount() > 3 * list_model.PAGE


@pytest.mark.parametrize("seed", range(4))
def test_after_any_writing_and_deleting_the_list_is_as_if_asked_afresh(
    session: JournalSession, qtbot: QtBot, qtmodeltester: Any, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  (test data)
    alive = fill(session, qtbot, workdays(12, seed=seed))
    model = loaded(session, qtbot)
    qtmodeltester.check(model)
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    for _ in range(12):
        if chance.random() < 0.5:
            some = chance.sample(alive, chance.randint(1, 3))
            delete(session, qtbot, some)
            alive = [entry for entry in alive if entry not in some]
        else:
            day = TODAY - timedelta(days=chance.randint(0, 14))
            new = [draft(day, time(chance.randint(0, 23), 7)) for _ in range(chance.randint(1, 4))]
            alive += fill(session, qtbot, new)
        assert contents(model) == contents(loaded(session, qtbot))
    assert not resets


def test_many_new_days_at_once_are_asked_for_on_the_worker(
    session: JournalSession, qtbot: QtBot
) -> None:
    fill(session, qtbot, workdays(3))
    model = loaded(session, qtbot)
    with qtbot.waitSignal(model.answered):
        fill(session, qtbot, workdays(40, TODAY - timedelta(days=3)))
    assert contents(model) == contents(loaded(session, qtbot))


def test_a_changed_text_is_shown_without_moving_a_row(
    session: JournalSession, qtbot: QtBot
) -> None:
    entry = fill(session, qtbot, workdays(2))[-1]
    model = loaded(session, qtbot)
    contents(model)
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    new = revised(entry, session.now(), title="Another title")
    with qtbot.waitSignal(session.changed):
        session.write(lambda tx: revise_entry(tx, new), owner=session)
    row = model.row_of(entry.id)
    assert row in changed
    assert model.index(row or 0).data() == "Another title"


def test_rows_are_found_by_entry_and_by_day(session: JournalSession, qtbot: QtBot) -> None:
    made = fill(session, qtbot, workdays(10))
    gap = TODAY - timedelta(days=20)
    fill(session, qtbot, [draft(gap, title="long ago")])
    model = loaded(session, qtbot)
    for entry in made:
        row = model.row_of(entry.id)
        assert row is not None
        assert model.entry_id(row) == entry.id
    day = TODAY - timedelta(days=4)
    row = model.row_on(day)
    assert row is not None
    assert model.day_at(row) == day
    assert model.is_first_of_day(row)
    assert model.row_on(gap + timedelta(days=3)) is None
    assert model.row_until(gap + timedelta(days=3)) == model.rowCount() - 1
    assert model.row_until(date.max) == 0
    assert model.row_until(date(1, 1, 1)) == model.rowCount() - 1


def test_a_search_shows_its_hits_and_their_number(session: JournalSession, qtbot: QtBot) -> None:
    fill(session, qtbot, workdays(10))
    fill(session, qtbot, [draft(title="Walk", body="A wombat crossed the road 🙂 wombats!")])
    model = loaded(session, qtbot)
    counted: list[int] = []
    model.counted.connect(counted.append)
    with qtbot.waitSignal(model.answered):
        model.ask(SearchQuery(words=("wombat",), open_ended=True))
    found = model.index(0).data(Role.FOUND)
    assert [found.text[start:end] for start, end in found.hits] == ["wombat", "wombats"]
    assert counted == [1]


def test_a_search_with_too_many_hits_counts_them_late(
    session: JournalSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_model, "LIMIT", 5)
    made = fill(session, qtbot, workdays(10))
    model = EntryListModel(session, session)
    with qtbot.waitSignal(model.counted) as counted:
        model.ask(SearchQuery(since=date(2026, 1, 1)))
    assert (model.rowCount(), counted.args) == (5, [len(made)])


def test_of_several_searches_only_the_newest_is_answered(
    session: JournalSession, qtbot: QtBot
) -> None:
    fill(session, qtbot, workdays(10))
    model = loaded(session, qtbot)
    answers: list[int] = []
    model.answered.connect(answers.append)
    for typed in ("b", "bu", "bud", "budg", "budget"):
        model.ask(SearchQuery(words=(typed,), open_ended=True))
    qtbot.waitUntil(lambda: session.idle)
    assert model.query.words == ("budget",)
    assert len(answers) == 1


def test_a_failing_disk_is_told_once_and_leaves_rows_blank(
    session: JournalSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(session, qtbot, workdays(30))
    model = loaded(session, qtbot)
    failures: list[object] = []
    model.failed.connect(failures.append)

    def fail(_ask: object) -> None:
        raise StorageFailed(StorageTrouble.DISK_ERROR, session.journal.folder)

    with monkeypatch.context() as broken:
        broken.setattr(session, "read", fail)
        assert {model.index(row).data() for row in range(model.rowCount())} == {None}
        assert model.row_of("any") is None
        assert len(failures) == 1
    fill(session, qtbot, [draft(at=time(23), title="It works again")])
    assert model.index(0).data() == "It works again"
    assert None not in {model.index(row).data() for row in range(model.rowCount())}
