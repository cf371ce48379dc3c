"""The time zone of this computer, by the name that the zone database gives it."""

import os
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

_LOCALTIME = Path("/etc/localtime")
_DATABASE = "zoneinfo/"


def local_zone() -> str:
    """The IANA name of the local zone, or else its offset now, such as "+05:30"."""
    for name in (os.environ.get("TZ", "").lstrip(":"), _linked_name()):
        if name and _is_zone(name):
            return name
    if time.timezone == 0 and not time.daylight:
        return "UTC"
    offset = datetime.now().astimezone().strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}"


def _linked_name() -> str:
    """The zone that /etc/localtime points to; empty on systems without it."""
    try:
        target = os.path.realpath(_LOCALTIME)
    except OSError:
        return ""
    return target.rpartition(_DATABASE)[2] if _DATABASE in target else ""


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
