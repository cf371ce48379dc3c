"""Stamps: the hybrid logical clock that orders changes across machines.

Text form ``%012x-%04x-<device 8>``: milliseconds since 1970 in UTC, a counter for changes within
the same millisecond, and the last eight digits of the device's id (Kulkarni et al., "Logical
Physical Clocks", 2014). Plain text order is the order of the changes.
"""

from datetime import UTC, datetime

import sqlalchemy as sa

from kotter_journal.storage.database import Transaction
from kotter_journal.storage.tables import vault


def stamp_of(at: datetime, device_id: str) -> str:
    """The stamp of a change at ``at``, first of its millisecond."""
    return f"{_ms(at):012x}-{0:04x}-{device_id[-8:]}"


def next_stamp(last: str, now: datetime) -> str:
    """The stamp after ``last`` on the same device; later even where the clock was set back."""
    ms, counter, device = last.split("-")
    if _ms(now) > int(ms, 16):
        return f"{_ms(now):012x}-{0:04x}-{device}"
    if int(counter, 16) < 0xFFFF:
        return f"{ms}-{int(counter, 16) + 1:04x}-{device}"
    return f"{int(ms, 16) + 1:012x}-{0:04x}-{device}"


def tick(tx: Transaction, now: datetime) -> str:
    """The stamp for everything one verb writes; raises the journal's change counter by one."""
    stamp = next_stamp(tx.execute(_LAST).scalar_one(), now)
    tx.execute(_TICK, {"stamp": stamp})
    return stamp


def last_change(tx: Transaction) -> datetime:
    """When the journal was last changed, in UTC, by the clocks that had a part in it."""
    ms = int(tx.execute(_LAST).scalar_one().partition("-")[0], 16)
    return datetime.fromtimestamp(ms / 1000, UTC)


_LAST = sa.select(vault.c.hlc)
_TICK = sa.update(vault).values(
    hlc=sa.bindparam("stamp"), change_counter=vault.c.change_counter + 1
)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
