"""DayHours: the logged minutes of days that a list has shown, read a month at a time."""

from collections.abc import Callable, Iterable
from datetime import date

from kotter_journal.storage import day_totals
from kotter_journal.storage.database import Transaction

_Asked = Callable[[Transaction], dict[date, int]]
_MOST_MONTHS = 60


class DayHours:
    """Remembers months until one of their days changes."""

    def __init__(self) -> None:
        self._months: dict[tuple[int, int], dict[date, int]] = {}

    def of(self, day: date, read: Callable[[_Asked], dict[date, int] | None]) -> int | None:
        """Minutes logged on ``day``; None where ``read`` has no answer."""
        month = (day.year, day.month)
        if month not in self._months:
            found = read(lambda tx: _logged(tx, day.replace(day=1)))
            if found is None:
                return None
            if len(self._months) >= _MOST_MONTHS:
                self._months.clear()
            self._months[month] = found
        return self._months[month].get(day, 0)

    def forget(self, days: Iterable[date]) -> None:
        """Ask again for the months of ``days``; without any, for all."""
        months = {(day.year, day.month) for day in days}
        for month in months or set(self._months):
            self._months.pop(month, None)


def _logged(tx: Transaction, first: date) -> dict[date, int]:
    last = date.fromordinal(min(first.toordinal() + 31, date.max.toordinal()))
    end = last.replace(day=1) if last < date.max else last
    return {d.on: d.logged for d in day_totals.day_minutes(tx, first, end)}
