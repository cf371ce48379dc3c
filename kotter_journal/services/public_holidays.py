"""Public holidays by country, from the ``holidays`` library; it needs no network.

The library is loaded when a country is asked for: it takes longer than the first frame may.
"""

import importlib
from datetime import date
from functools import lru_cache

from kotter_journal.domain.periods import Period


def countries() -> dict[str, tuple[str, ...]]:
    """The codes (ISO 3166-1) of the countries that are known, each with its subdivisions."""
    module = importlib.import_module("holidays")
    return {code: tuple(parts) for code, parts in module.list_supported_countries().items()}


def public_holidays(country: str, subdivision: str, period: Period) -> dict[date, str]:
    """The public holidays of a period with their names in English where there are such.

    Empty for a country or subdivision that the library does not know.
    """
    found: dict[date, str] = {}
    for year in range(period.start.year, period.last.year + 1):
        found |= _of_year(country, subdivision, year)
    return {day: name for day, name in found.items() if day in period}


@lru_cache(maxsize=64)
def _of_year(country: str, subdivision: str, year: int) -> dict[date, str]:
    module = importlib.import_module("holidays")
    try:
        days = module.country_holidays(
            country, subdiv=subdivision or None, years=year, language="en_US"
        )
    except NotImplementedError:
        return {}
    return {day: str(name) for day, name in sorted(days.items()) if day.year == year}
