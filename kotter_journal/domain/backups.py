"""Backups: when one is due, what it is called, and which of them stay."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

DAYS, WEEKS, MONTHS = 7, 4, 12
"""How many daily, weekly and monthly backups stay."""

BEFORE_UPGRADE, MOST_BEFORE_UPGRADE = "before-upgrade", 3
_NAME = re.compile(
    r"kotter-journal-(?P<journal>[0-9a-f]{8})-(?P<at>\d{8}-\d{6})Z"
    rf"(?:-(?P<occasion>{BEFORE_UPGRADE}))?\.zip"
)
_AT = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class BackupName:
    """What the name of a backup tells: the first digits of the journal's id, and when (UTC)."""

    journal: str
    taken_at: datetime
    occasion: str | None = None

    @property
    def text(self) -> str:
        """The file's name."""
        occasion = f"-{self.occasion}" if self.occasion else ""
        at = self.taken_at.astimezone(UTC)
        return f"kotter-journal-{self.journal}-{at.strftime(_AT)}Z{occasion}.zip"


def name_of(vault_id: str, now: datetime, occasion: str | None = None) -> BackupName:
    """The name of a backup of the journal ``vault_id`` taken at ``now``."""
    return BackupName(vault_id[:8], now.astimezone(UTC).replace(microsecond=0), occasion)


def read_name(text: str) -> BackupName | None:
    """What a name tells, or None for a file that is no backup of ours."""
    found = _NAME.fullmatch(text)
    if found is None:
        return None
    try:
        at = datetime.strptime(found["at"], _AT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return BackupName(found["journal"], at, found["occasion"])


def is_due(now: datetime, names: Iterable[BackupName]) -> bool:
    """Whether no regular backup was taken on the local date of ``now`` (aware)."""
    return newest_of_day(now, names) is None


def newest_of_day(now: datetime, names: Iterable[BackupName]) -> BackupName | None:
    """The last regular backup taken on the local date of ``now`` (aware)."""
    regular = (n for n in names if n.occasion is None and _day(n, now.tzinfo) == now.date())
    return max(regular, key=lambda name: name.taken_at, default=None)


def to_rotate(now: datetime, names: Iterable[BackupName]) -> frozenset[BackupName]:
    """Which backups of one journal go.

    Of regular ones the newest of each of the last 7 days that have any, of 4 weeks and of 12
    months stay, and those dated after ``now``, by a clock that was wrong then or is wrong now. Of
    those before an upgrade the newest 3 stay.
    """
    all_names = sorted(set(names), key=lambda name: name.taken_at)
    past = [n for n in all_names if n.occasion is None and n.taken_at <= now]
    special = [n for n in all_names if n.occasion is not None]
    kept = set(special[-MOST_BEFORE_UPGRADE:]) | {n for n in all_names if n.taken_at > now}
    for stretch, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        newest = {stretch(name, now.tzinfo): name for name in past}
        kept |= {newest[key] for key in sorted(newest)[-count:]}
    return frozenset(all_names) - kept


def _day(name: BackupName, zone: tzinfo | None) -> date:
    return name.taken_at.astimezone(zone).date()


def _week(name: BackupName, zone: tzinfo | None) -> date:
    day = _day(name, zone)
    return day - timedelta(days=day.weekday())


def _month(name: BackupName, zone: tzinfo | None) -> date:
    return _day(name, zone).replace(day=1)
