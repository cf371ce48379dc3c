"""The user's own band beside a balance: the plain fact, never a verdict."""

from collections.abc import Iterable

from kotter_journal.domain.balance import Balance, Status
from kotter_journal.domain.balance_sentences import percent_text
from kotter_journal.domain.periods import Period
from kotter_journal.domain.sentences import date_text, minutes_text
from kotter_journal.domain.working_time import Band, band_on


def band_in(bands: Iterable[Band], period: Period) -> Band | None:
    """The band that held at the end of a period; None for none."""
    return band_on(bands, period.last)


def band_text(band: Band) -> str:
    """A band in figures: "30–45 %"."""
    return f"{band.low}–{band.high} %"


def band_sentence(balance: Balance, band: Band | None) -> str:
    """How the range of a balance lies to a band; empty without a band or a share."""
    between = balance.range_80
    if band is None or band.low is None or band.high is None or between is None:
        return ""
    if balance.status is Status.TOO_LITTLE:
        return ""
    since = (
        f" (from {date_text(band.valid_from)} on)" if band.valid_from > balance.period.start else ""
    )
    low, high = (int(percent_text(share).split()[0]) for share in between)
    figure = f"{low}–{high} %" if low < high else f"{low} %"
    basis = f"{balance.logged_days} days, {minutes_text(balance.classified)}"
    lies = _lies(low, high, band)
    return f"Your band {band_text(band)}{since}; the range {figure} ({basis}) {lies}."


def _lies(low: int, high: int, band: Band) -> str:
    first, last = band.low or 0, band.high or 0
    if high < first:
        return "lies below it"
    if low > last:
        return "lies above it"
    return "lies within it" if first <= low and high <= last else "overlaps it"
