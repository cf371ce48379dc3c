"""Vault row: which journal this is, and what other programs' files said about it as a whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kotter_journal.storage.database import Transaction
from kotter_journal.storage.entries import json_text
from kotter_journal.storage.tables import entry, purged, vault

_OWN = frozenset({"wipe", "unsent_line"})
"""Members of ``extra`` that database.py and unsent_line.py keep for this file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultRow:
    """The journal's id, name and home zone; ``extra`` are members that only exports know.

    What this file alone has to remember stands beside them in the column, and leaves with nobody.
    """

    id: str
    name: str
    time_zone: str | None
    extra: Mapping[str, Any]


def vault_row(tx: Transaction) -> VaultRow:
    """What the journal says about itself."""
    row = tx.execute(sa.select(vault)).one()
    extra = {name: value for name, value in json.loads(row.extra).items() if name not in _OWN}
    return VaultRow(id=row.id, name=row.name, time_zone=row.time_zone, extra=extra)


def keep_vault_row(tx: Transaction, row: VaultRow) -> None:
    """Let the journal say this about itself; the ids of tags and people follow from its id."""
    here = json.loads(tx.execute(sa.select(vault.c.extra)).scalar_one())
    theirs = {name: value for name, value in row.extra.items() if name not in _OWN}
    own = {name: value for name, value in here.items() if name in _OWN}
    extra = json_text(theirs | own)
    tx.execute(
        sa.update(vault).values(id=row.id, name=row.name, time_zone=row.time_zone, extra=extra)
    )


def is_untouched(tx: Transaction) -> bool:
    """Whether the journal never held an entry, the trash and what was erased included."""
    return not any(
        tx.execute(sa.select(sa.exists().select_from(table))).scalar_one()
        for table in (entry, purged)
    )
