import re
from zoneinfo import ZoneInfo

import pytest

from kotter_journal.config import zone


def test_the_environment_names_the_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert zone.local_zone() == "Europe/Berlin"


def test_without_a_name_there_is_a_zone_or_an_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZ", raising=False)
    found = zone.local_zone()
    if not re.fullmatch(r"[+-]\d\d:\d\d", found):
        ZoneInfo(found)


def test_a_wrong_name_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Mars/Olympus")
    assert zone.local_zone() != "Mars/Olympus"
