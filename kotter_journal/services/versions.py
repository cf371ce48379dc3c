"""Going back to an earlier text of an entry."""

import secrets
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from kotter_journal.domain.changes import Changes
from kotter_journal.domain.entries import EntryDraft, TimeSource, begin, revised
from kotter_journal.services.entries import revise_entry, write_entry
from kotter_journal.storage import entries, versions
from kotter_journal.storage.database import Transaction

_WORDS = ("title", "body", "tags", "people")


def restore_version(
    tx: Transaction, version_id: str, now: datetime, *, in_place: bool, with_facts: bool = False
) -> Changes:
    """Let an earlier text stand again: in its entry, or as a new entry beside it.

    In place it brings back the words, and with ``with_facts`` date, minutes and flags too; what
    it replaces is kept as a version. The copy has the words, date and flags, but no minutes, so
    that no hour counts twice. Raises EntryMissing and InvalidEntry.
    """
    version = versions.version(tx, version_id)
    draft = version.draft
    if not in_place:
        return write_entry(tx, begin(_without_minutes(draft), now, secrets.randbits(74)))
    return put_back(tx, version.entry_id, brought_back(draft, with_facts=with_facts), now)


def brought_back(draft: EntryDraft, *, with_facts: bool) -> dict[str, Any]:
    """What going back to ``draft`` brings back of it, by the names of the fields."""
    names = [field.name for field in fields(EntryDraft)] if with_facts else _WORDS
    return {name: getattr(draft, name) for name in names}


def put_back(tx: Transaction, entry_id: str, held: Mapping[str, Any], now: datetime) -> Changes:
    """Let an entry hold these fields again; what they replace is kept as a version.

    Raises EntryMissing and InvalidEntry.
    """
    entry = entries.entry(tx, entry_id)
    return revise_entry(tx, revised(entry, now, **held), keep_replaced=True)


def _without_minutes(draft: EntryDraft) -> EntryDraft:
    untimed = tuple(replace(one, minutes=0) for one in draft.allocations)
    return replace(draft, duration=None, time_source=TimeSource.NONE, allocations=untimed)
