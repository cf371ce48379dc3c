"""Balance figures: a balance as plain numbers, for whoever reads it without this program."""

from typing import Any

from kotter_journal.domain.activities import SIX, Activity
from kotter_journal.domain.balance import Balance, Status


def figures_of(balance: Balance) -> dict[str, Any]:
    """A balance as ``balance --json`` shows it and a finished review keeps it.

    Minutes and counts are whole numbers, shares 0..1; ratios are None where there is too little.
    """
    shown = balance.status is not Status.TOO_LITTLE
    percent = balance.percent if shown else None
    return {
        "from": balance.period.start.isoformat(),
        "to": balance.period.last.isoformat(),
        "minutes": {a.value: balance.minutes[a] for a in Activity},
        "percent": {a.value: None if percent is None else percent[a] for a in SIX},
        "leading": balance.leading,
        "managing": balance.managing,
        "unclassified": balance.unclassified,
        "share": _rounded(balance.share) if shown else None,
        "share_bounds": _both(balance.bounds) if shown else None,
        "range_80": _both(balance.range_80) if shown else None,
        "status": balance.status.value,
        "pairs": {
            pair.value: _rounded(share) if shown else None
            for pair, share in balance.pair_shares.items()
        },
        "logged_days": balance.logged_days,
        "workdays": balance.workdays,
        "logged_minutes": balance.logged,
        "expected_minutes": balance.expected,
        "coverage": _rounded(balance.coverage),
        "entries": balance.entries,
        "untimed_entries": balance.untimed,
        "even_split_share": _rounded(balance.even_share),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _both(pair: tuple[float, float] | None) -> list[float] | None:
    return None if pair is None else [round(share, 4) for share in pair]
