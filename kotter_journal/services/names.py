"""Renaming and merging tags and people, and noting who somebody is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import Entry, fold
from kotter_journal.domain.errors import UnreadableInput
from kotter_journal.domain.naming import NameKind, can_be_written, renamed_in
from kotter_journal.services import revisions
from kotter_journal.services.revisions import Fields, Revision
from kotter_journal.storage import names
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import tick

_FIELDS = {NameKind.TAG: "tags", NameKind.PERSON: "people"}
_EXAMPLES = {NameKind.TAG: "night-shift", NameKind.PERSON: "Dana"}


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a renaming did, so that it can be taken back.

    ``was_known``: the journal had the new name before, so that two became one. ``mentions`` are
    the ids of the tasks and commitments that were the person's.
    """

    kind: NameKind
    old: str
    new: str
    notes: dict[str, Any]
    was_known: bool
    mentions: tuple[str, ...]
    revision: Revision


def rename(
    tx: Transaction, kind: NameKind, name_id: str, old: str, new: str, now: datetime
) -> tuple[Changes, Renaming]:
    """Give a tag or a person another name, in every text that names it as well.

    Where the journal knows the new name already, the two become one. A person's tasks and
    commitments go with the name. What the texts were is kept
    as a version of each. Raises UnreadableInput for what no text could name.
    """
    if not can_be_written(kind, new):
        reason = (
            "a name is one word of letters, digits and hyphens with at least one letter,"
            f" such as {_EXAMPLES[kind]}"
        )
        raise UnreadableInput(f'"{new}"', reason)
    notes = names.notes_of(tx, kind, name_id)
    was_known = names.id_of(tx, kind, fold(new)) is not None
    carriers = names.carriers(tx, kind, [name_id])
    mentions = names.mentions(tx, name_id) if kind is NameKind.PERSON else ()

    def change(entry: Entry) -> Fields:
        return _renamed(entry, kind, old, new)

    fields = ("title", "body", _FIELDS[kind])
    changes, revision = revisions.revise(tx, carriers, fields, change, now)
    done = Renaming(kind, old, new, notes, was_known, mentions, revision)
    _settle(tx, done, name_id, now)
    return changes, done


def take_back(tx: Transaction, done: Renaming, now: datetime) -> tuple[Changes, int]:
    """Undo a renaming where nobody has written since; answers how many entries stay as they are."""
    changes, left = revisions.take_back(tx, done.revision, now)
    carriers = len(done.revision.entries)
    if carriers and left == carriers:
        return changes, left
    stamp = tick(tx, now)
    old_id = names.id_made(tx, done.kind, done.old, stamp)
    new_id = names.id_of(tx, done.kind, fold(done.new))
    names.note(tx, done.kind, old_id, done.notes, stamp)
    if new_id is not None:
        names.move_mentions(tx, done.mentions, new_id, old_id, stamp)
    if old_id == new_id:
        names.respell(tx, done.kind, old_id, done.old, stamp)
    elif new_id is not None and not done.was_known and not left:
        names.drop(tx, done.kind, new_id, stamp)
    return changes, left


def note_person(
    tx: Transaction, person_id: str, *, alias: str, relation: str, now: datetime
) -> Changes:
    """Note what a person is called outside and who they are; empty for nothing."""
    notes = names.notes_of(tx, NameKind.PERSON, person_id)
    others = [one for one in notes.pop("aliases", [])[1:] if one != alias.strip()]
    notes.pop("relation", None)
    if aliases := [one for one in (alias.strip(), *others) if one]:
        notes["aliases"] = aliases
    if relation.strip():
        notes["relation"] = relation.strip()
    names.note(tx, NameKind.PERSON, person_id, notes, tick(tx, now))
    return Changes()


def _renamed(entry: Entry, kind: NameKind, old: str, new: str) -> Fields:
    field = _FIELDS[kind]
    carried = [new if fold(name) == fold(old) else name for name in getattr(entry, field)]
    return {
        "title": entry.title and renamed_in(entry.title, kind, old, new),
        "body": renamed_in(entry.body, kind, old, new),
        field: tuple({fold(name): name for name in reversed(carried)}.values())[::-1],
    }


def _settle(tx: Transaction, done: Renaming, name_id: str, now: datetime) -> None:
    """After the entries: the old name goes, and what was noted about it moves to the new one."""
    stamp, kind = tick(tx, now), done.kind
    new_id = names.id_made(tx, kind, done.new, stamp)
    if new_id == name_id:
        names.respell(tx, kind, name_id, done.new, stamp)
        return
    if done.notes and not names.notes_of(tx, kind, new_id):
        names.note(tx, kind, new_id, done.notes, stamp)
    names.move_mentions(tx, done.mentions, name_id, new_id, stamp)
    names.drop(tx, kind, name_id, stamp)
