"""Rows: how values of the domain are written into columns, and rows taken away."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from kotter_journal.storage.database import Transaction


def day_text(day: date | None) -> str | None:
    """A local date as ISO 8601 text."""
    return None if day is None else day.isoformat()


def day_from(text: str | None) -> date | None:
    """The local date that stands in a column."""
    return None if text is None else date.fromisoformat(text)


def milliseconds(at: datetime | None) -> int | None:
    """An instant as milliseconds since 1970 in UTC."""
    return None if at is None else round(at.timestamp() * 1000)


def instant(ms: int | None) -> datetime | None:
    """The instant, in UTC, that stands in a column."""
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC)


def alive(row: dict[str, Any], stamp: str) -> dict[str, Any]:
    """``row``, in force; its ``extra`` stays as it is, since newer programs may say more."""
    return row | {"updated_at": stamp, "deleted_at": None}


def set_deleted(
    tx: Transaction, table: sa.Table, ids: Sequence[str], stamp: str, *, deleted: bool
) -> None:
    """Take rows away, or bring them back."""
    values = {"deleted_at": stamp if deleted else None, "updated_at": stamp}
    tx.execute(sa.update(table).where(table.c.id.in_(ids)).values(values))
