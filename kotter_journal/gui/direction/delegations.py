"""DelegationsSection: what somebody else could take over, and how far that is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from kotter_journal.domain.delegation import (
    DelegableEntry,
    Delegation,
    Stage,
    Step,
    by_stage,
    came_back,
    next_stage,
)
from kotter_journal.domain.errors import KotterError
from kotter_journal.domain.sentences import (
    date_text,
    entries_text,
    error_sentence,
    minutes_text,
)
from kotter_journal.gui import theme
from kotter_journal.gui.card import Card, label
from kotter_journal.gui.direction.task_dialogs import KeepDialog, TaskDialog
from kotter_journal.gui.live_section import LiveSection
from kotter_journal.gui.section import button, buttons
from kotter_journal.services import delegations as verbs
from kotter_journal.storage import delegations, vocabulary
from kotter_journal.storage.database import Transaction

_WEEKS = 12


@dataclass(frozen=True, slots=True)
class _Answer:
    tasks: tuple[Delegation, ...]
    entries: tuple[DelegableEntry, ...]
    people: tuple[tuple[str, str], ...]


class DelegationsSection(LiveSection):
    """The tasks of each stage, and what was marked as delegable and is no task yet."""

    _typed = ""

    def ask(self, tx: Transaction) -> _Answer:
        """The tasks, the entries of twelve weeks, and who there is to take them."""
        today = self.session.today()
        start, end = today - timedelta(weeks=_WEEKS), today + timedelta(days=1)
        people = ((row.id, row.name) for row in vocabulary.people_rows(tx))
        return _Answer(
            tuple(delegations.delegations(tx)),
            tuple(delegations.delegable_entries(tx, start, end)),
            tuple(sorted(people, key=lambda one: one[1].casefold())),
        )

    def build(self, answer: _Answer) -> None:
        """The field for a new task, the marked entries, then stage by stage."""
        self._answer = answer
        self._add_field()
        self._add_marked()
        for stage, tasks in by_stage(answer.tasks).items():
            if tasks:
                card = self.card(stage.label)
                count = self.tr("1 task") if len(tasks) == 1 else self.tr("{0} tasks")
                card.set_title(stage.label, count.format(len(tasks)))
                for task in tasks:
                    self._add_task(card, task)

    def _add_field(self) -> None:
        card = self.card(self.tr("Delegation"))
        words = self.tr(
            "A task that somebody else could take over, once they know what it is for. Note one"
            " here, or from any entry with Ctrl+Shift+D."
        )
        card.body.addWidget(label(words, "quiet", wrap=True))
        self.task = QLineEdit(self._typed)
        self.task.setObjectName("task")
        self.task.setAccessibleName(self.tr("A task to hand over"))
        self.task.setPlaceholderText(self.tr("New task"))
        self.task.textEdited.connect(self._on_typed)
        self.task.returnPressed.connect(self._on_add)
        self.add_button = button(self.tr("Add"), "add_task")
        self.add_button.clicked.connect(self._on_add)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        row = QHBoxLayout()
        row.addWidget(self.task, 1)
        row.addWidget(self.add_button)
        card.body.addLayout(row)
        card.body.addWidget(self.trouble)
        for part in (self.task, self.add_button):
            part.setEnabled(not self.session.read_only)

    def _on_typed(self, text: str) -> None:
        self._typed = text
        self.trouble.hide()

    def _on_add(self) -> None:
        task, made = self.task.text(), list[Delegation]()

        def tell(tx: Transaction, now: datetime) -> object:
            answer = verbs.notice_task(tx, task, now)
            made.append(answer[1])
            return answer

        def refused(error: KotterError) -> None:
            self._typed = task
            self.trouble.setText(error_sentence(error))
            self.trouble.show()

        self._typed = ""
        told = self.tr("The task is noted.")
        self.write(tell, told, lambda tx, now: verbs.drop_task(tx, made[0].id, now), refused)

    def _add_marked(self) -> None:
        entries, tasks = self._answer.entries, {task.id for task in self._answer.tasks}
        # An entry of two tasks comes twice.
        marked = {one.entry_id: one.minutes for one in entries if one.is_flagged}
        if not marked:
            return
        tied = {one.entry_id for one in entries if one.delegation_id in tasks}
        card = self.card(self.tr("Marked as delegable"))
        words = self.tr("{0} in {1} of the last {2} weeks; {3} without a task yet.").format(
            minutes_text(sum(marked.values())),
            entries_text(len(marked)),
            _WEEKS,
            entries_text(len(marked.keys() - tied)),
        )
        card.body.addWidget(label(words, "quiet", wrap=True))
        show = button(self.tr("Show them"), "show_marked", "link")
        ids = list(marked)
        told = self.tr("Marked as delegable.")
        show.clicked.connect(lambda: self.entries_asked.emit(ids, told))
        card.body.addLayout(buttons(show))

    def _add_task(self, card: Card, task: Delegation) -> None:
        row = TaskRow(task, self._facts(task), can_write=not self.session.read_only)
        row.moved.connect(lambda step: self._go(task, step))
        row.menu_asked.connect(lambda at: self.menu_of(task).popup(at))
        card.body.addWidget(row)

    def _facts(self, task: Delegation) -> str:
        parts = []
        if task.person:
            parts.append(self.tr("for {0}").format(task.person))
        if task.minutes_a_week:
            each = self.tr("about {0} a week").format(minutes_text(task.minutes_a_week))
            parts.append(each)
        parts.append(self.tr("since {0}").format(date_text(task.since)))
        mine = [one for one in self._answer.entries if one.delegation_id == task.id]
        if mine:
            spent = minutes_text(sum(one.minutes for one in mine))
            parts.append(self.tr("{0} logged in {1} weeks").format(spent, _WEEKS))
        if back := came_back(task, mine):
            again = minutes_text(sum(one.minutes for one in back))
            words = (
                self.tr("came back {0} times, {1}")
                if len(back) > 1
                else self.tr("came back once, {1}")
            )
            parts.append(words.format(len(back), again))
        if task.steps[-1].note:
            parts.append(task.steps[-1].note)
        return ", ".join(parts)

    def menu_of(self, task: Delegation) -> QMenu:
        """What there is to do with a task; of a journal that is only read, looking."""
        can_write = not self.session.read_only
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        stages = menu.addMenu(self.tr("Move to"))
        for stage in Stage:
            if stage is not task.stage:
                stages.addAction(stage.label, partial(self._move, task, stage))
        change = menu.addAction(self.tr("Change…"), lambda: self._change(task))
        mine = [one.entry_id for one in self._answer.entries if one.delegation_id == task.id]
        show = menu.addAction(
            self.tr("Show its entries"),
            lambda: self.entries_asked.emit(mine, self.tr("Of this task.")),
        )
        show.setEnabled(bool(mine))
        menu.addSeparator()
        drop = menu.addAction(self.tr("Let it go"), lambda: self._drop(task))
        for each in (stages.menuAction(), change, drop):
            each.setEnabled(can_write)
        return menu

    def _go(self, task: Delegation, step: int) -> None:
        # From a task that is kept nothing leads on.
        if step < 0 or not task.stage.is_over:
            self._move(task, next_stage(task.stage, step))

    def _move(self, task: Delegation, stage: Stage) -> None:
        if stage is task.stage:
            return
        if stage is Stage.KEPT:
            dialog = KeepDialog(task, self.window())
            dialog.reasoned.connect(lambda note: self._step(task, stage, note))
            self.open(dialog)
        else:
            self._step(task, stage, "")

    def _step(self, task: Delegation, stage: Stage, note: str) -> None:
        today, made = self.session.today(), list[Step]()

        def tell(tx: Transaction, now: datetime) -> object:
            answer = verbs.move_task(tx, task.id, stage, today, note, now)
            made.append(answer[1])
            return answer

        told = self.tr("{0}: {1}").format(task.task, stage.label)
        self.write(tell, told, lambda tx, now: verbs.take_back_step(tx, made[0].id, now))

    def _change(self, task: Delegation) -> None:
        dialog = TaskDialog(task, self._answer.people, self.window())
        dialog.changed.connect(
            lambda new: self.write(
                lambda tx, now: verbs.change_task(tx, new, now),
                self.tr("Changed."),
                lambda tx, now: verbs.change_task(tx, task, now),
            )
        )
        self.open(dialog)

    def _drop(self, task: Delegation) -> None:
        self.write(
            lambda tx, now: verbs.drop_task(tx, task.id, now),
            self.tr("Let go; its entries stay."),
            lambda tx, now: verbs.change_task(tx, task, now),
        )


class TaskRow(QFrame):
    """A task and its facts. Ctrl+Right and Ctrl+Left move it on and back; the menu key has more.

    ``moved`` carries 1 or -1, ``menu_asked`` a point of the screen.
    """

    moved = Signal(int)
    menu_asked = Signal(object)

    def __init__(
        self, task: Delegation, facts: str, *, can_write: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"task {task.id}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{task.task}. {task.stage.label}. {facts}")
        self._can_write = can_write
        theme.mark(self, "task")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(task.task, "strong", wrap=True))
        words.addWidget(label(facts, "meta", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 6, 6)
        row.addLayout(words, 1)
        on = next_stage(task.stage, 1)
        if not task.stage.is_over:
            self.next_button = button(on.label, f"next {task.id}", "link")
            self.next_button.setAccessibleName(self.tr("Move on to: {0}").format(on.label))
            self.next_button.setIcon(theme.icon("chevron-right"))
            self.next_button.clicked.connect(lambda: self.moved.emit(1))
            self.next_button.setEnabled(can_write)
            row.addWidget(self.next_button)
        self.more_button = button("", f"more {task.id}", "link")
        self.more_button.setIcon(theme.icon("ellipsis"))
        self.more_button.setAccessibleName(self.tr("More about: {0}").format(task.task))
        self.more_button.clicked.connect(self._ask_menu)
        row.addWidget(self.more_button)

    def _ask_menu(self) -> None:
        corner = self.more_button.rect().bottomLeft()
        self.menu_asked.emit(self.more_button.mapToGlobal(corner))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+Right and Ctrl+Left move; Enter and the menu key open the menu."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if step is not None and with_control and self._can_write:
            self.moved.emit(-step if self.isRightToLeft() else step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            self._ask_menu()
        else:
            super().keyPressEvent(event)
