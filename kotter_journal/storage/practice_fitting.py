"""Practice fitting: what a file says of a leader's practice, in terms of the journal it comes into.

The file's people may have other ids here, an area or a day that is known by its name or date is
the journal's own, and what was taken from an entry that was erased for good does not come back.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from kotter_journal.domain.entries import fold
from kotter_journal.storage.database import Transaction
from kotter_journal.storage.practice_objects import ERASED
from kotter_journal.storage.practice_tables import area, day
from kotter_journal.storage.tables import purged

_TAKEN = frozenset({"commitments", "delegations"})


def fitted(
    tx: Transaction, objects: Mapping[str, Sequence[Any]], people: Mapping[str, str]
) -> dict[str, list[Any]]:
    """The objects of an export as they fit into the journal, each in its place.

    ERASED stands where one was taken from an entry that was erased for good. ``people`` gives the
    journal's ids for those of the file.
    """
    fitting = _Fitting(tx, people)
    return {name: [fitting.fit(name, one) for one in some] for name, some in objects.items()}


class _Fitting:
    def __init__(self, tx: Transaction, people: Mapping[str, str]) -> None:
        self._people = people
        self._erased = frozenset(tx.execute(sa.select(purged.c.id)).scalars())
        self._own = {
            "areas": _ids(tx, area, area.c.folded),
            "days": _ids(tx, day, day.c.local_date),
        }
        self._known = {name: frozenset(ids.values()) for name, ids in self._own.items()}

    def fit(self, name: str, one: Any) -> Any:
        if not isinstance(one, dict):
            return one
        changed: dict[str, Any] = {}
        if self._is_erased(one.get("entry_id")):
            if name in _TAKEN:
                return ERASED
            changed["entry_id"] = None
        if isinstance(one.get("entries"), list):
            changed["entries"] = [e for e in one["entries"] if not self._is_erased(e)]
        if isinstance(one.get("person_id"), str):
            changed["person_id"] = self._people.get(one["person_id"], one["person_id"])
        if name in self._own and one.get("id") not in self._known[name]:
            said = fold(str(one.get("name"))) if name == "areas" else str(one.get("local_date"))
            changed["id"] = self._own[name].get(said, one.get("id"))
        return one | changed

    def _is_erased(self, entry_id: object) -> bool:
        return isinstance(entry_id, str) and entry_id in self._erased


def _ids(tx: Transaction, table: sa.Table, column: sa.Column[Any]) -> dict[str, str]:
    asked = sa.select(column, table.c.id).where(table.c.deleted_at.is_(None))
    return {row[0]: row.id for row in tx.execute(asked.order_by(table.c.id.desc()))}
