"""What a made-up journal says beside its entries: a direction, areas, tasks, promises, people."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from kotter_journal.config.paths import resource
from kotter_journal.domain.areas import AreaState, Control
from kotter_journal.domain.commitments import Commitment, CommitmentState, Owner, checkboxes_in
from kotter_journal.domain.delegation import Delegation, Stage, Step
from kotter_journal.domain.direction import Direction, Origin, Revision, revision_on
from kotter_journal.domain.entries import Delegable, Entry, EntryId, fold, uuid7
from kotter_journal.domain.naming import NameKind
from kotter_journal.storage import areas, commitments, delegations, directions, names
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.stamps import tick

_SLICE = 500
_RECENT, _MOST_BOXES = timedelta(days=21), 2
_WORDS = timedelta(days=365)
"""How far back entries belong to the areas that they name."""


class DemoPractice:
    """The same for the same seed and last day; the dates lie that many days before it.

    Every entry of the journal goes through ``seen`` before ``keep`` writes the rest.
    """

    def __init__(self, seed: int, last_day: date) -> None:
        self._chance = random.Random(f"{seed} practice")  # noqa: S311 - made-up, not secrets
        self._last_day = last_day
        self._direction = self._made_direction()
        self._areas: dict[EntryId, list[str]] = {}
        self._delegable: list[EntryId] = []
        self._boxes: list[tuple[Entry, str]] = []

    def seen(self, entry: Entry) -> Entry:
        """The entry, with what the direction said on its day where it came up."""
        if entry.on > self._last_day - _WORDS:
            self._remember(entry)
        touches = entry.direction
        if not (touches.stated or touches.heard_back or touches.challenged):
            return entry
        held = revision_on(self._direction, entry.on)
        if held is None:
            return entry
        return replace(entry, direction=replace(touches, revision=held.id))

    def keep(self, tx: Transaction) -> None:
        """Write it all, when the entries are written."""
        stamp = tick(tx, self._noon(0))
        directions.keep(tx, self._direction, 0, stamp)
        for revision in self._direction.revisions:
            directions.append(tx, revision, stamp)
        people = self._keep_people(tx, stamp)
        self._keep_areas(tx, stamp)
        self._keep_tasks(tx, people, stamp)
        self._keep_commitments(tx, people, stamp)

    def _remember(self, entry: Entry) -> None:
        text = f"{entry.title or ''} {entry.body}"
        for area in _told()["areas"]:
            if any(word in text for word in area["words"]):
                self._areas.setdefault(entry.id, []).append(area["name"])
        if entry.delegable is Delegable.SHOULD:
            self._delegable.append(entry.id)
        if entry.on > self._last_day - _RECENT:
            boxes = (box.text for box in checkboxes_in(entry.body) if not box.ticked)
            self._boxes += [(entry, text) for text in boxes]

    def _made_direction(self) -> Direction:
        told = _told()
        one = self._id(told["revisions"][0]["days_ago"])
        revisions = [
            Revision(
                self._id(said["days_ago"]),
                one,
                said["text"],
                said["why"],
                Origin(said["origin"]),
                self._day(said["days_ago"]),
                self._noon(said["days_ago"]),
            )
            for said in told["revisions"]
        ]
        return Direction(one, "", tuple(revisions), self._day(told["confirmed_days_ago"]))

    def _keep_people(self, tx: Transaction, stamp: str) -> dict[str, str]:
        found = {}
        for name, (relation, alias) in _told()["people"].items():
            one = found[name] = names.id_made(tx, NameKind.PERSON, name, stamp)
            notes = {"relation": relation} | ({"aliases": [alias]} if alias else {})
            names.note(tx, NameKind.PERSON, one, notes, stamp)
        return found

    def _keep_areas(self, tx: Transaction, stamp: str) -> None:
        told = _told()["areas"]
        ids = areas.make_areas(tx, [one["name"] for one in told], stamp)
        for one in told:
            for days_ago, control, change, complexity in one["states"]:
                new, day = self._id(days_ago), self._day(days_ago)
                state = AreaState(new, day, Control(control), change, complexity)
                areas.append_state(tx, ids[fold(one["name"])], state, stamp)
        linked = list(self._areas.items())
        for start in range(0, len(linked), _SLICE):
            areas.link_areas(tx, dict(linked[start : start + _SLICE]), stamp)

    def _keep_tasks(self, tx: Transaction, people: dict[str, str], stamp: str) -> None:
        told = _told()["delegations"]
        made = [self._task(one, people) for one in told]
        for one in made:
            delegations.keep_delegation(tx, one, stamp)
            for step in one.steps:
                delegations.append_step(tx, one.id, step, stamp)
        for one, entry_id in zip(made, self._delegable[-len(made) :], strict=False):
            delegations.link_delegations(tx, entry_id, [one.id], stamp)

    def _task(self, told: dict[str, Any], people: dict[str, str]) -> Delegation:
        return Delegation(
            id=self._id(told["steps"][0][1]),
            task=told["task"],
            steps=tuple(
                Step(self._id(days_ago), Stage(stage), self._day(days_ago), note)
                for stage, days_ago, note in told["steps"]
            ),
            created_at=self._noon(told["steps"][0][1]),
            person_id=people.get(told["person"]),
            minutes_a_week=told["minutes_a_week"],
        )

    def _keep_commitments(self, tx: Transaction, people: dict[str, str], stamp: str) -> None:
        made = [self._commitment(one, people) for one in _told()["commitments"]]
        for one in (*made, *self._promised(self._boxes[-_MOST_BOXES:])):
            commitments.keep_commitment(tx, one, stamp)

    def _commitment(self, told: dict[str, Any], people: dict[str, str]) -> Commitment:
        return Commitment(
            id=self._id(told["made"]),
            text=told["text"],
            created_at=self._noon(told["made"]),
            owner=Owner(told.get("owner", "me")),
            person_id=people.get(told["person"]),
            due_on=self._day(told["due"]) if told["due"] is not None else None,
            state=CommitmentState(told.get("state", "open")),
            settled_on=self._day(told["settled"]) if "settled" in told else None,
            note=told.get("note", ""),
        )

    def _promised(self, boxes: Sequence[tuple[Entry, str]]) -> list[Commitment]:
        return [
            Commitment(
                id=uuid7(entry.created_at, self._chance.getrandbits(74)),
                text=" ".join(text.split()),
                created_at=entry.created_at,
                entry_id=entry.id,
            )
            for entry, text in boxes
        ]

    def _id(self, days_ago: int) -> str:
        return uuid7(self._noon(days_ago), self._chance.getrandbits(74))

    def _day(self, days_ago: int) -> date:
        return self._last_day - timedelta(days=days_ago)

    def _noon(self, days_ago: int) -> datetime:
        return datetime.combine(self._day(days_ago), time(12), UTC)


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(resource("demo/practice.json").read_text("utf-8"))
    return told
