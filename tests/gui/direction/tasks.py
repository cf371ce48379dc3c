"""Tasks as somebody handles them who has only a keyboard."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from kotter_journal.domain.activities import Activity
from kotter_journal.domain.changes import Changes
from kotter_journal.domain.delegation import Delegation, Stage
from kotter_journal.domain.entries import Allocation, Delegable, Entry, EntryDraft, begin
from kotter_journal.gui.direction.delegations import DelegationsSection, TaskRow
from kotter_journal.gui.session import JournalSession
from kotter_journal.services import delegations as verbs
from kotter_journal.services.entries import write_entry
from kotter_journal.storage import delegations
from kotter_journal.storage.database import Transaction
from tests.gui.conftest import NOW

D = TypeVar("D", bound=QDialog)
TODAY = NOW.date()
CTRL = Qt.KeyboardModifier.ControlModifier


def known(session: JournalSession) -> list[Delegation]:
    """The tasks of the journal."""
    return session.read(delegations.delegations)


def words(section: DelegationsSection) -> str:
    """All that the section says."""
    return "\n".join(label.text() for label in section.findChildren(QLabel))


def rows(section: DelegationsSection) -> list[str]:
    """What a screen reader hears of each task."""
    shown = [row for row in section.findChildren(TaskRow) if row.isVisible()]
    return [row.accessibleName() for row in shown]


def row(section: DelegationsSection) -> TaskRow:
    """The one row there is."""
    (one,) = [row for row in section.findChildren(TaskRow) if row.isVisible()]
    return one


def add(qtbot: QtBot, section: DelegationsSection, task: str) -> None:
    """Type a task and keep it with Enter."""
    section.task.setFocus()
    qtbot.keyClicks(section.task, task)
    with qtbot.waitSignal(section.session.changed):
        qtbot.keyClick(section.task, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(one.startswith(task) for one in rows(section)))


def step(qtbot: QtBot, section: DelegationsSection, key: Qt.Key) -> None:
    """Move the one task on or back, and wait until it stands there."""
    one = row(section)
    one.setFocus()
    with qtbot.waitSignal(section.session.changed):
        qtbot.keyClick(one, key, CTRL)
    qtbot.waitUntil(lambda: bool(rows(section)) and row(section) is not one)


def undos(section: DelegationsSection) -> list[Callable[[], None]]:
    """Whatever can be taken back from now on."""
    found: list[Callable[[], None]] = []
    section.told.connect(lambda _, back: found.append(back))
    return found


def action(section: DelegationsSection, words: str) -> QAction:
    """What the menu of the one task offers under these words, in its second level as well."""
    (task,) = known(section.session)
    first = section.menu_of(task).actions()
    both = [*first, *(one for top in first if top.menu() for one in top.menu().actions())]
    return next(one for one in both if one.text() == words)


def dialog_of(section: DelegationsSection, kind: type[D]) -> D:
    """The dialog in front."""
    return next(d for d in section.window().findChildren(kind) if d.isVisible())


def entry(rank: int, on: date, minutes: int, delegable: Delegable = Delegable.UNSET) -> Entry:
    """An entry with minutes of planning."""
    part = (Allocation(Activity.PLANNING_BUDGETING, minutes),)
    draft = EntryDraft(
        on=on, body="x", duration=minutes, allocations=part, delegable=delegable, people=("Dana",)
    )
    return begin(draft, NOW, rank)


def log(qtbot: QtBot, section: DelegationsSection, one: Entry, *task_ids: str) -> None:
    """Write an entry that belongs to tasks."""
    session = section.session
    session.write(lambda tx: write_entry(tx, one), owner=section)
    with qtbot.waitSignals([session.changed] * 2):
        session.write(lambda tx: verbs.set_delegations(tx, one.id, task_ids, NOW)[0], owner=section)


def handed_over(qtbot: QtBot, section: DelegationsSection, on: date) -> Delegation:
    """A task that was noted and handed over on a date."""
    session, then = section.session, NOW - (TODAY - on)
    made: list[Delegation] = []

    def tell(tx: Transaction) -> Changes:
        made.append(verbs.notice_task(tx, "Report", then)[1])
        return verbs.move_task(tx, made[0].id, Stage.HANDED_OVER, on, "", then)[0]

    with qtbot.waitSignal(session.changed):
        session.write(tell, owner=section)
    qtbot.waitUntil(lambda: len(rows(section)) == 1)
    return made[0]
