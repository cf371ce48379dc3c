"""Noticing what could be handed over, moving it on, and tying entries to it."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.delegation import Delegation, Stage, Step
from kotter_journal.domain.entries import EntryId, uuid7
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.storage import delegations
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import tick

_LONGEST = 200


def notice_task(
    tx: Transaction,
    task: str,
    now: datetime,
    *,
    entry_id: EntryId | None = None,
    person_id: str | None = None,
    minutes_a_week: int | None = None,
) -> tuple[Changes, Delegation]:
    """Note a task that somebody else could take over, today. Raises UnreadableInput."""
    one = Delegation(
        id=uuid7(now, secrets.randbits(74)),
        task=_checked(task),
        steps=(_step(Stage.NOTICED, now.date(), "", now),),
        created_at=now,
        person_id=person_id,
        minutes_a_week=minutes_a_week,
        entry_id=entry_id,
    )
    stamp = tick(tx, now)
    delegations.keep_delegation(tx, one, stamp)
    delegations.append_step(tx, one.id, one.steps[0], stamp)
    if entry_id is not None:
        linked = [*delegations.delegations_of(tx, entry_id), one.id]
        delegations.link_delegations(tx, entry_id, linked, stamp)
    return Changes(), one


def change_task(tx: Transaction, one: Delegation, now: datetime) -> Changes:
    """Let a task's words, person and estimate be as in ``one``; undoes that as well.

    Raises UnreadableInput.
    """
    _checked(one.task)
    delegations.keep_delegation(tx, one, tick(tx, now))
    return Changes()


def drop_task(tx: Transaction, delegation_id: str, now: datetime) -> Changes:
    """Let a task go; ``change_task`` brings it back."""
    delegations.drop_delegation(tx, delegation_id, tick(tx, now))
    return Changes()


def move_task(
    tx: Transaction, delegation_id: str, stage: Stage, on: date, note: str, now: datetime
) -> tuple[Changes, Step]:
    """Say that a task reached a stage. Raises UnreadableInput where it is kept without a reason."""
    if stage is Stage.KEPT and not note.strip():
        raise UnreadableInput("The reason", "it is empty; say in a few words why you keep the task")
    step = _step(stage, on, note.strip(), now)
    delegations.append_step(tx, delegation_id, step, tick(tx, now))
    return Changes(), step


def take_back_step(tx: Transaction, step_id: str, now: datetime) -> Changes:
    """Undo a step that was just made."""
    delegations.drop_step(tx, step_id, tick(tx, now))
    return Changes()


def set_delegations(
    tx: Transaction, entry_id: EntryId, delegation_ids: Sequence[str], now: datetime
) -> tuple[Changes, list[str]]:
    """Let an entry belong to just these tasks; answers with those it belonged to."""
    before = delegations.delegations_of(tx, entry_id)
    delegations.link_delegations(tx, entry_id, delegation_ids, tick(tx, now))
    return Changes.of([entry_id], [], membership=False), before


def _step(stage: Stage, on: date, note: str, now: datetime) -> Step:
    return Step(uuid7(now, secrets.randbits(74)), stage, on, note)


def _checked(task: str) -> str:
    task = " ".join(task.split())
    if not 0 < len(task) <= _LONGEST:
        raise UnreadableInput("The task", f"it takes 1 to {_LONGEST} characters")
    return task
